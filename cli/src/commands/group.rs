//! `group`: the person's word about groups.

use crate::exit::{Failure, Outcome};
use crate::session::Session;
use clap::Subcommand;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions;
use ulika::model::{CallId, CustodyKind, GroupId};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// What to do.
    #[command(subcommand)]
    verb: Verb,
}

/// What to do with groups.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Make one group of several; the earliest keeps its name
    Merge {
        /// Groups
        #[arg(value_name = "ID", required = true, num_args = 2..)]
        ids: Vec<i64>,
    },
    /// Take calls out of a group: they stand together on their own
    Split {
        /// Group
        #[arg(value_name = "ID")]
        id: i64,
        /// Calls
        #[arg(value_name = "CALL", required = true)]
        calls: Vec<i64>,
    },
    /// Name a group
    Name {
        /// Group
        #[arg(value_name = "ID")]
        id: i64,
        /// Name
        #[arg(value_name = "TEXT")]
        name: String,
    },
}

/// Runs the command.
///
/// # Errors
/// As the action.
pub fn run(args: Args, session: &Session) -> Result<Outcome, Failure> {
    let mut case = session.open(&args.case, Access::Write)?;
    let (edited, kind) = match args.verb {
        Verb::Merge { ids } => {
            let ids: Vec<GroupId> = ids.into_iter().map(GroupId).collect();
            (actions::merge_groups(&mut case, &ids)?, CustodyKind::GroupsMerged)
        }
        Verb::Split { id, calls } => {
            let calls: Vec<CallId> = calls.into_iter().map(CallId).collect();
            (actions::split_group(&mut case, GroupId(id), &calls)?, CustodyKind::GroupSplit)
        }
        Verb::Name { id, name } => (actions::name_group(&mut case, GroupId(id), &name)?, CustodyKind::GroupNamed),
    };
    session.answer(&edited, |words| words.done(kind))?;
    Ok(Outcome::Done)
}
