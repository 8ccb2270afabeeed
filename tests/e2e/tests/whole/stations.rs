//! The stations of the way, each by either hand.

use crate::{LABEL, PICTURE, Seen, Way, expectation, notebook};
use fantoccini::key::Key;
use std::fs;
use std::path::{Path, PathBuf};
use ulika_e2e::{Hand, Result, of_project};

/// How many exhibits wait in the tray, as its tab says.
const UNLINKED: &str =
    "Number(/\\d+/.exec(document.querySelector('input[value=tray]').closest('label').textContent)[0])";

impl Way<'_> {
    pub async fn new_case(&self, case: &Path) -> Result<()> {
        self.person.pick("input[value=ru], input[value=en]", "input[value=ru]").await?;
        self.station("start").await?;
        self.place.answer(&[case])?;
        self.person.write("#title", "Дело о рекламе").await?;
        self.person.write("#line", "8 (907) 120-45-18").await?;
        self.person.act("#create").await?;
        self.window().says("main", "Здесь появятся звонки").await?;
        assert!(fs::read(case)?.starts_with(b"SQLite format 3\0"), "without a password a case is a plain SQLite file");
        self.station("empty").await
    }

    /// The phone's log, and a notebook that names the month before the day.
    pub async fn two_files(&self) -> Result<()> {
        let log = of_project("sample-data/case/phone.xml");
        let notebook = self.place.path("Тетрадь.csv");
        fs::write(&notebook, notebook::of(&fs::read_to_string(&log)?))?;
        self.place.answer(&[&log, &notebook])?;
        self.person.by("#add", &[Key::Control], 'i').await?;
        self.window().see(".preview:nth-of-type(2)").await?;
        let sums = self.window().texts(".preview .sums").await?;
        let expected = expectation();
        let (rows, records) = (&expected["rows"], &expected["records"]);
        assert!(sums[0].starts_with(&format!("{rows} строк")), "every row of the log is accounted for: {sums:?}");
        assert!(sums[0].contains(&format!("{records} звон")), "and every call: {sums:?}");
        // Read with the day first, not one line of the notebook is a call that the phone knows.
        self.window().says(".preview:nth-of-type(2) .fates", &format!("{} новых звонков", notebook::LINES)).await?;
        self.station("files").await
    }

    pub async fn correct_a_mapping(&self) -> Result<()> {
        self.person.act("[id^=correct-]").await?;
        self.window().see("#mapping-date").await?;
        self.station("mapping").await?;
        self.person.choose("#mapping-kind", "hand").await?;
        self.person.choose("#mapping-date", "mm/dd/yyyy").await?;
        self.window().says("#mapping-outcome", &format!("{} звонков", notebook::LINES)).await?;
        self.window().says("#mapping-example", &format!("{} →", notebook::FIRST)).await?;
        self.window().says("#mapping-example", notebook::FIRST_SAID).await?;
        self.station("mapping-corrected").await?;
        self.person.act("#mapping-done").await?;
        self.window().says(".preview:nth-of-type(2) .fates", "0 новых звонков").await?;
        self.station("files-corrected").await?;
        self.person.act("#confirm").await?;
        self.window().see("#grid [data-call]").await?;
        let records = expectation()["records"].as_i64().unwrap();
        let listed = format!("document.querySelector('#grid').ariaRowCount === '{}'", records + 1);
        self.until(&listed, "what the log and the notebook both state is counted once").await?;
        self.station("calls").await
    }

    /// Dropped on the window; by the keyboard a folder is chosen.
    pub async fn drop_a_folder_of_exhibits(&self) -> Result<()> {
        let folder = of_project("sample-data/case/exhibits");
        match self.person.hand {
            Hand::Mouse => self.place.drop_files(&[&folder])?,
            Hand::Keys => {
                self.go("exhibits", '4').await?;
                self.place.answer(&[&folder])?;
                self.person.act("#add-folder").await?;
            }
        }
        self.window().see("#incoming-exhibits").await?;
        self.until("document.querySelector('#incoming-files .goes') !== null", "calls that are proposed").await?;
        self.station("exhibits-come").await?;
        self.person.act("#confirm").await?;
        self.until("document.querySelector('#incoming-exhibits') === null", "they are added").await
    }

    pub async fn confirm_links(&self) -> Result<()> {
        self.go("exhibits", '4').await?;
        self.window().see("input[value=tray]").await?;
        self.person.pick("input[value=tray], input[value=all]", "input[value=tray]").await?;
        self.window().see("#tray .proposal").await?;
        self.station("tray").await?;
        let waiting = self.unlinked().await?;
        assert!(waiting > 5, "what was brought waits: {waiting}");
        let first =
            self.ask("document.querySelector('#tray .proposal').closest('[data-exhibit]').dataset.exhibit").await?;
        let first = format!("#tray [data-exhibit=\"{}\"]", first.as_str().unwrap());
        self.person.act(&format!("{first} .proposal button")).await?;
        self.until(&format!("document.querySelector('{first}') === null"), "the first is linked").await?;
        assert_eq!(self.unlinked().await?, waiting - 1);
        self.person.act("#link-all").await?;
        self.until(&format!("{UNLINKED} < {}", waiting - 1), "what is beyond doubt is linked, several at once").await?;
        self.station("linked").await
    }

    async fn unlinked(&self) -> Result<i64> {
        Ok(self.ask(UNLINKED).await?.as_i64().unwrap())
    }

    /// Opens the screenshot by what stands on its card.
    async fn open_picture(&self) -> Result<()> {
        self.person.pick("input[value=tray], input[value=all]", "input[value=all]").await?;
        self.window().see("#exhibits [data-exhibit]").await?;
        let found = format!(
            "[...document.querySelectorAll('#exhibits [data-exhibit]')]
                .find((li) => li.querySelector('.file').title === '{PICTURE}')?.dataset.exhibit ?? ''"
        );
        self.until(&format!("({found}) !== ''"), PICTURE).await?;
        let id = self.ask(&found).await?;
        self.person.open("#exhibits", &format!("#exhibits [data-exhibit=\"{}\"]", id.as_str().unwrap())).await?;
        self.until("document.querySelector('#picture')?.naturalWidth > 0", "the picture").await
    }

    async fn leave_picture(&self) -> Result<()> {
        self.person.by("#leave-exhibit", &[], Key::Escape.into()).await?;
        self.window().see("#exhibits").await
    }

    pub async fn enter_a_label(&self) -> Result<()> {
        self.open_picture().await?;
        self.person.write("#label", LABEL).await?;
        self.person.by("#labels form button", &[], Key::Enter.into()).await?;
        self.window().says("#labels li .text", LABEL).await?;
        self.station("label").await?;
        self.leave_picture().await
    }

    pub async fn merge_groups(&self) -> Result<()> {
        self.go("groups", '3').await?;
        self.window().see("#groups li:nth-child(3)").await?;
        self.window().see("#reasons li").await?;
        self.station("groups").await?;
        self.merge_first_two().await
    }

    /// The two that stand first, into one.
    async fn merge_first_two(&self) -> Result<()> {
        let before = self.window().texts("#groups li").await?.len();
        self.person.tick("#groups li:nth-child(1) input").await?;
        self.person.tick("#groups li:nth-child(2) input").await?;
        self.person.act("#merge").await?;
        let fewer = format!("document.querySelectorAll('#groups li').length === {}", before - 1);
        self.until(&fewer, "one group in place of two").await?;
        self.window().says("#undo", "Отменить: объединение групп").await
    }

    /// One merge too many is taken back; the one before it stays.
    pub async fn undo(&self) -> Result<()> {
        let merged = self.window().texts("#groups li").await?;
        self.merge_first_two().await?;
        self.person.by("#undo", &[Key::Control], 'z').await?;
        let as_before = format!("document.querySelectorAll('#groups li').length === {}", merged.len());
        self.until(&as_before, "the groups of the merge before").await?;
        self.window().says("#redo", "Повторить: объединение групп").await?;
        assert_eq!(self.window().texts("#groups li").await?, merged, "the groups are as they were");
        self.station("merged").await
    }

    pub async fn export(&self) -> Result<PathBuf> {
        let bundle = self.place.path("пакет.zip");
        self.go("bundle", '5').await?;
        self.window().says("#leaves", "звон").await?;
        self.window().see("#others").await?;
        self.station("bundle").await?;
        self.person.pick("#originals, #extracts", "#extracts").await?;
        self.place.answer(&[&bundle])?;
        self.person.act("#export").await?;
        self.window().see("#code").await?;
        self.station("exported").await?;
        Ok(bundle)
    }

    pub async fn verify(&self, bundle: &Path) -> Result<()> {
        self.place.answer(&[bundle])?;
        self.person.act("#verify-bundle").await?;
        self.window().see("#outcome[data-valid=true]").await?;
        let code = self.window().texts("#code").await?.remove(0);
        assert_eq!(code.len(), 19, "the code is four groups of four, not {code}");
        self.window().says("#outcome", &code).await?;
        self.station("verified").await?;
        let damaged = self.place.path("damaged.zip");
        let mut bytes = fs::read(bundle)?;
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&damaged, bytes)?;
        self.place.answer(&[&damaged])?;
        self.person.act("#verify-bundle").await?;
        self.window().see("#outcome[data-valid=false] li").await?;
        self.station("damaged").await?;
        self.person.act("#verify-case").await?;
        self.window().see("#outcome[data-valid=true]").await
    }

    /// Looks the case over as it now is: calls, links, labels, groups.
    pub async fn look_over(&self) -> Result<Seen> {
        self.go("calls", '2').await?;
        self.window().see("#grid [data-call]").await?;
        let calls = self.ask("Number(document.querySelector('#grid').ariaRowCount) - 1").await?.as_i64().unwrap();
        self.go("exhibits", '4').await?;
        self.window().see("input[value=tray]").await?;
        let unlinked = self.unlinked().await?;
        self.open_picture().await?;
        self.window().see("#labels li").await?;
        let labels = self.window().texts("#labels li .text").await?;
        self.leave_picture().await?;
        self.go("groups", '3').await?;
        self.window().see("#groups li").await?;
        let groups = self.window().texts("#groups li").await?;
        Ok(Seen { calls, groups, unlinked, labels })
    }
}
