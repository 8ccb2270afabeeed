//! `export`: save a bundle. What it discloses of others is said before it is written.

use crate::exit::{Failure, Outcome};
use crate::output::{notice, visible};
use crate::progress;
use crate::session::Session;
use serde::Serialize;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions::{self, ExportAnswer, ExportOptions, PlainAnswer};
use ulika::model::{Contents, GroupId};
use ulika_typeset::TypstTypesetter;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Where to save the bundle
    #[arg(value_name = "OUT.zip", required_unless_present = "plain")]
    out: Option<PathBuf>,
    /// Folder in which to save the same as plain files: report, pictures as PDF, copies of recordings
    #[arg(long, value_name = "FOLDER")]
    plain: Option<PathBuf>,
    /// Only the calls of this group
    #[arg(long = "group", value_name = "ID")]
    groups: Vec<i64>,
    /// Addressee of the bundle (a later version)
    #[arg(long = "for", value_name = "fas|rkn|fssp|operator|court")]
    addressee: Option<String>,
    /// Hide the data of others (a later version)
    #[arg(long)]
    redact: bool,
    /// Put the rows in scope instead of whole originals
    #[arg(long)]
    extracts: bool,
    /// Size of a volume in megabytes (a later version)
    #[arg(long, value_name = "N")]
    volume_mb: Option<String>,
}

/// The answer: the bundle, the plain files, or both.
#[derive(Serialize)]
struct Saved {
    #[serde(flatten)]
    bundle: Option<ExportAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plain: Option<PlainAnswer>,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::export`]; wrong usage for options that this version cannot carry out.
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    // An option that was ignored would put into the bundle what the person wanted left out.
    let later =
        [("--for", args.addressee.is_some()), ("--redact", args.redact), ("--volume-mb", args.volume_mb.is_some())];
    if let Some((option, _)) = later.iter().find(|(_, given)| *given) {
        return Err(Failure::usage(session.words().later_option(option)));
    }
    progress::cancel_on_interrupt();
    let groups: Vec<GroupId> = args.groups.iter().copied().map(GroupId).collect();
    let contents = if args.extracts || !groups.is_empty() { Contents::Extracts } else { Contents::Originals };
    let options = ExportOptions { groups, contents };
    let mut case = session.open(&args.case, Access::Write)?;
    if contents == Contents::Originals {
        let preview = actions::preview_export(&case, &options)?;
        for source in &preview.sources {
            notice(&session.words().original_leaves(source, &visible(&source.file)));
        }
        if preview.sources.len() > 1 {
            notice(&session.words().originals_leave(preview.numbers_of_others));
        }
    }
    let bundle = args.out.as_deref().map(|out| {
        progress::report(session, |progress| actions::export(&mut case, out, &options, &TypstTypesetter, progress))
    });
    let bundle = bundle.transpose()?;
    let plain = args.plain.as_deref().map(|into| {
        progress::report(session, |progress| {
            actions::export_plain(&mut case, into, &options, &TypstTypesetter, progress)
        })
    });
    let answer = Saved { bundle, plain: plain.transpose()? };
    session.answer(&answer, |words| {
        let bundle = answer.bundle.as_ref().map(|saved| words.exported(saved, &visible(&saved.bundle)));
        let plain = answer.plain.as_ref().map(|saved| words.exported_plain(saved, &visible(&saved.folder)));
        bundle.into_iter().chain(plain).collect::<Vec<_>>().join("\n")
    })?;
    Ok(Outcome::Done)
}
