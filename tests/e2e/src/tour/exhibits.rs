//! Files on their way in, and exhibits.

use super::{LONG, Tour, Visit};
use crate::{Result, of_project};
use std::path::PathBuf;

impl<V: Visit> Tour<'_, V> {
    /// Files of every fate; a table that nobody knows; exhibits.
    pub(super) async fn coming(&mut self) -> Result<()> {
        let (letter, table) = (self.place.path("Письмо.html"), self.place.path("Мои звонки.csv"));
        std::fs::write(&letter, "<p>Здравствуйте. Это не детализация.")?;
        let mut rows = "Мои звонки;;;\nчас;кого видно;сколько длилось;куда шёл\n".to_owned();
        for n in 1..9 {
            rows += &format!("{n:02}.09.2025 10:{n:02};+7 935 310-40-1{n};0:1{n};ко мне\n");
        }
        rows += "10.09.2025 10:10;+7 935 310-40-19;долго;ко мне\n";
        std::fs::write(&table, rows)?;
        let known = of_project("sample-data/case/table.csv");
        self.place.drop_files(&[&letter, &known])?;
        self.see(".preview").await?;
        self.at("files-refused").await?;
        self.press("#leave").await?;
        self.place.drop_files(&[&table])?;
        self.see("#map-columns").await?;
        self.at("file-unknown").await?;
        self.press("#show-excerpt").await?;
        self.see("#excerpt").await?;
        self.at("excerpt").await?;
        self.leave_dialog().await?;
        self.press("#show-layouts").await?;
        self.see("#layout-take-in").await?;
        self.at("layouts-none").await?;
        self.leave_dialog().await?;
        self.press("#map-columns").await?;
        self.see("#field-0").await?;
        self.at("mapping").await?;
        for (column, field) in ["start", "number", "duration", "direction"].into_iter().enumerate() {
            self.write(&format!("#field-{column}"), field).await?;
        }
        self.see("#mapping-outcome .sums").await?;
        self.at("mapping-set").await?;
        self.press("#mapping-save").await?;
        self.see("#recipe-name").await?;
        self.at("mapping-save").await?;
        self.write("#recipe-name", "Мой журнал").await?;
        self.press("#recipe-save").await?;
        self.gone("dialog").await?;
        self.press("#mapping-done").await?;
        self.see(".preview .sums").await?;
        self.at("files").await?;
        self.command("Ваши форматы|Your layouts").await?;
        self.see("#layouts li").await?;
        self.at("layouts").await?;
        self.leave_dialog().await?;
        self.press("#leave").await?;
        self.bring_exhibits().await
    }

    async fn leave_dialog(&self) -> Result<()> {
        self.escape().await?;
        self.gone("dialog").await
    }

    async fn bring_exhibits(&mut self) -> Result<()> {
        let (shot, note) = (self.place.path(&format!("{LONG}.png")), self.place.path("Ответ оператора.eml"));
        let mut bytes = std::fs::read(of_project("sample-data/case/shots/Screenshot_20250507-115420.png"))?;
        // Other bytes, and so another exhibit than the one that the case holds.
        bytes.push(0);
        std::fs::write(&shot, bytes)?;
        std::fs::write(&note, "Subject: answer\n\nОператор ответил 3 сентября.")?;
        let sample = std::fs::read_dir(of_project("sample-data/case/exhibits"))?;
        let mut files: Vec<PathBuf> = sample.filter_map(|file| Some(file.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension != "tsv"));
        files.sort();
        files.extend([shot, note]);
        self.place.drop_files(&files.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
        self.see("#incoming-files li:nth-child(3)").await?;
        let seen = "const told = [...document.querySelectorAll('#incoming-files .told')];
            return told.length > 3 && told.every((one) => one.querySelectorAll('p').length > 1)";
        self.window.until(seen, vec![], "every exhibit, looked at").await?;
        self.at("exhibits-come").await?;
        self.press("#confirm").await?;
        self.gone("#incoming-exhibits").await
    }

    pub(super) async fn exhibits(&mut self) -> Result<()> {
        self.go("exhibits").await?;
        self.segment("tray").await?;
        self.see("#tray > li").await?;
        self.at("tray").await?;
        self.segment("all").await?;
        self.see("#exhibits li").await?;
        self.at("exhibits").await?;
        self.look_at(".png", "#picture").await?;
        self.at("viewer").await?;
        self.press("#state-time").await?;
        self.write("#time", "вчера").await?;
        self.press("#capture form button[type=submit]").await?;
        self.see("#capture [role=alert]").await?;
        self.press("#search-call").await?;
        self.write("#call-text", "935").await?;
        self.see("#calls-found li").await?;
        self.at("viewer-asks").await?;
        self.leave_exhibit().await?;
        self.look_at(".m4a", ".player").await?;
        self.at("player").await?;
        self.leave_exhibit().await?;
        self.look_at("Ответ оператора.eml", "#viewer pre").await?;
        self.at("document").await?;
        self.leave_exhibit().await?;
        self.look_at("Очень длинное", "#picture").await?;
        self.at("viewer-long").await?;
        self.leave_exhibit().await
    }

    /// Opens the exhibit whose card says this.
    async fn look_at(&self, says: &str, then: &str) -> Result<()> {
        let open = "const says = arguments[0];
            const card = [...document.querySelectorAll('#exhibits [data-exhibit]')]
                .find((li) => li.querySelector('.file').title.includes(says));
            const pane = document.querySelector('#exhibits');
            // Only what is in sight is drawn: the list is walked down, and round again.
            if (!card) pane.scrollTop = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 1 ? 0 : pane.scrollTop + 200;
            card?.click();
            return card !== undefined";
        self.window.until(open, vec![says.into()], says).await?;
        self.see(then).await
    }

    async fn leave_exhibit(&self) -> Result<()> {
        self.press("#leave-exhibit").await?;
        self.see("#exhibits").await
    }
}
