//! Calls and groups of a case, and what stands around them.

use super::{LONG, Tour, Visit};
use crate::{Result, of_project};
use fantoccini::key::Key;

impl<V: Visit> Tour<'_, V> {
    pub(super) async fn calls(&mut self) -> Result<()> {
        self.see("#grid [data-call]").await?;
        self.at("calls").await?;
        self.press("#row-2").await?;
        self.see("#records dl dd").await?;
        self.at("call").await?;
        self.press("#call-close").await?;
        self.gone("#inspector").await?;
        self.press("#row-1 .tick").await?;
        self.press("#row-3 .tick").await?;
        self.window.says("#marks b", "2").await?;
        self.at("calls-marked").await?;
        self.press("#not-them").await?;
        self.at("not-them").await?;
        self.escape().await?;
        self.press("#unmark").await?;
        self.press("#filter").await?;
        self.write("#filter-direction", "incoming").await?;
        self.see(".chip").await?;
        self.at("filters").await?;
        self.press("#filter").await?;
        self.press(".chip").await?;
        self.write("#search", "вектория").await?;
        self.see("#label-hint").await?;
        self.at("calls-hint").await?;
        self.write("#search", "такого нет").await?;
        self.gone("#grid").await?;
        self.at("calls-nothing").await?;
        self.write("#search", "").await?;
        self.segment("picture").await?;
        self.see("#charts svg").await?;
        self.at("calls-picture").await?;
        self.press("#charts-table").await?;
        self.see("#charts tbody").await?;
        self.at("calls-table").await?;
        self.segment("list").await
    }

    pub(super) async fn groups(&mut self) -> Result<()> {
        self.go("groups").await?;
        self.see("#charts svg").await?;
        self.see("#numbers tbody tr").await?;
        self.at("groups").await?;
        for kind in ["lanes", "block", "graph"] {
            self.bring(&format!("#charts [data-chart={kind}]")).await?;
            self.at(&format!("groups-{kind}")).await?;
        }
        self.press("#numbers tbody tr:nth-child(2) input").await?;
        self.press("#numbers tbody tr:nth-child(3) input").await?;
        self.bring("#split-numbers").await?;
        self.at("groups-split").await?;
        self.press("#numbers tbody tr:nth-child(2) input").await?;
        self.press("#numbers tbody tr:nth-child(3) input").await?;
        self.press("#rename").await?;
        self.write("#group-name", LONG).await?;
        self.at("group-name").await?;
        self.press("form.name button[type=submit]").await?;
        self.see("#rename").await?;
        self.press("#groups li:nth-child(2) input").await?;
        self.press("#groups li:nth-child(1) input").await?;
        self.at("groups-picked").await?;
        self.go("calls").await?;
        self.see("#grid [data-call]").await?;
        self.at("calls-long-name").await
    }

    /// The sources beside each other, and a zone that is set by mistake: the clocks show it, and it is undone.
    async fn witnesses(&mut self) -> Result<()> {
        self.see("#coverage").await?;
        self.bring("#coverage").await?;
        self.at("overview-days").await?;
        self.press("#coverage-day").await?;
        self.see("#coverage-day i").await?;
        self.at("overview-day").await?;
        self.press("#coverage-table").await?;
        self.see("#coverage tbody tr").await?;
        self.at("overview-days-table").await?;
        self.press("#coverage-table").await?;
        self.bring("#clocks").await?;
        self.at("overview-clocks").await?;
        self.press("#sources .change").await?;
        self.see("#zone-choice").await?;
        self.at("zone").await?;
        self.write("#zone-choice", "Asia/Yekaterinburg").await?;
        self.see("#zone-verdicts").await?;
        self.at("zone-changes").await?;
        self.press("#zone-save").await?;
        self.gone("dialog").await?;
        self.see("#clocks .offer").await?;
        self.bring("#clocks").await?;
        self.at("overview-offer").await?;
        self.press("#undo").await?;
        self.gone("#clocks .offer").await?;
        self.bring("#verdicts").await
    }

    /// What is not one of the sections.
    pub(super) async fn rest(&mut self) -> Result<()> {
        self.go("overview").await?;
        self.at("overview").await?;
        self.witnesses().await?;
        self.press("#edit-case").await?;
        self.write("#facts-title", LONG).await?;
        self.at("case-facts").await?;
        self.press("#facts-save").await?;
        self.gone("dialog").await?;
        self.at("overview-long").await?;
        self.go("log").await?;
        self.see("#log > li").await?;
        self.at("log").await?;
        self.segment("releases").await?;
        self.at("log-releases").await?;
        self.window.press(&[Key::Control], 'k').await?;
        self.see("#palette").await?;
        self.at("palette").await?;
        self.write("#palette", "вектория").await?;
        self.at("palette-found").await?;
        self.escape().await?;
        self.gone("dialog").await?;
        self.press("#show-keys").await?;
        self.see("#keys").await?;
        self.at("keys").await?;
        self.escape().await?;
        self.gone("dialog").await?;
        self.place.drop_files(&[])?;
        self.see(".drop").await?;
        self.at("drop").await?;
        self.place.drop_files(&[&of_project("sample-data/case/phone.xml")])?;
        self.press("#leave").await
    }

    /// Work that takes its time, what is seen of it, and a window that is closed meanwhile.
    pub(super) async fn work(&mut self) -> Result<()> {
        let many = self.place.path("много.csv");
        ulika_samples::bulk::calls_csv(400_000, 7, &many).map_err(|cause| cause.to_string())?;
        self.place.drop_files(&[&many])?;
        self.see("#cancel").await?;
        (self.visit)(&self.window, "looking").await?;
        self.see(".sums").await?;
        self.press("#confirm").await?;
        self.see("#cancel").await?;
        (self.visit)(&self.window, "adding").await?;
        self.command("Закрыть окно|Close the window").await?;
        self.see("#stay").await?;
        (self.visit)(&self.window, "closing").await?;
        self.press("#stay").await?;
        self.press("#cancel").await?;
        self.gone("#cancel").await
    }
}
