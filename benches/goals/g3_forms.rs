//! A million rows of each other container that holds so many into a committed case.

use crate::{Bar, Goal, Result, floors, inputs};
use std::path::Path;

/// Our own bar: there is none from elsewhere.
const BAR: Bar = Bar::Cpu(2.0);

const fn goal(
    id: &'static str,
    work: &'static str,
    prepare: fn(&Path) -> Result<std::path::PathBuf>,
    floor: fn(&Path, &Path) -> Result<()>,
) -> Goal {
    Goal { id, work, prepare, ours: inputs::import, floor: Some(floor), bar: BAR, peak_mib: None }
}

/// A page with a table.
pub const HTML: Goal =
    goal("G3-html", "page of a table into a committed case", |f| inputs::form(f, "html"), floors::html);
/// A phone's database.
pub const SQLITE: Goal =
    goal("G3-sqlite", "phone's database into a committed case", |f| inputs::form(f, "sqlite"), floors::sqlite);
/// A phone's log as its shell prints it.
pub const DUMP: Goal = goal("G3-dump", "phone's dump into a committed case", |f| inputs::form(f, "dump"), floors::dump);
/// An exchange's dump of its table.
pub const SQL: Goal =
    goal("G3-sql", "exchange's SQL dump into a committed case", |f| inputs::form(f, "sql"), floors::sql);
/// Records in lines of text.
pub const TEXT: Goal =
    goal("G3-text", "text of a printed detail into a committed case", |f| inputs::form(f, "text"), floors::text);
