//! `zone`: set the zone in which the times of a source are read, or take it back.

use crate::exit::{Failure, Outcome};
use crate::session::Session;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions;
use ulika::model::{CustodyKind, SourceId};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Source
    #[arg(value_name = "SOURCE")]
    source: i64,
    /// Zone: Asia/Yekaterinburg, +05:00
    #[arg(value_name = "TZ", required_unless_present = "off", allow_hyphen_values = true)]
    zone: Option<String>,
    /// Take the zone back: read the times as the import did
    #[arg(long, conflicts_with = "zone")]
    off: bool,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::set_source_zone`].
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let mut case = session.open(&args.case, Access::Write)?;
    let edited = actions::set_source_zone(&mut case, SourceId(args.source), args.zone.as_deref())?;
    session.answer(&edited, |words| words.done(CustodyKind::ZoneSet))?;
    Ok(Outcome::Done)
}
