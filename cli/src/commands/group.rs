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
        /// Every call of their numbers too, later ones included
        #[arg(long)]
        numbers: bool,
    },
    /// Part again what was merged
    Part {
        /// Override, as `groups --json` names it
        #[arg(value_name = "OVERRIDE")]
        id: i64,
    },
    /// "This is not them": calls leave the group, and nothing puts them back by itself
    Not {
        /// Group
        #[arg(value_name = "ID")]
        id: i64,
        /// Calls
        #[arg(value_name = "CALL", required = true)]
        calls: Vec<i64>,
        /// Every call of their numbers too, later ones included
        #[arg(long)]
        numbers: bool,
    },
    /// Put back what was taken out of a group
    Back {
        /// Override, as `groups --json` names it
        #[arg(value_name = "OVERRIDE")]
        id: i64,
    },
    /// Mark a group as people whom you know
    Known {
        /// Group
        #[arg(value_name = "ID")]
        id: i64,
        /// Take the mark away
        #[arg(long)]
        off: bool,
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
        Verb::Split { id, calls, numbers } => {
            let calls: Vec<CallId> = calls.into_iter().map(CallId).collect();
            let edited = match numbers {
                true => actions::split_numbers(&mut case, GroupId(id), &calls)?,
                false => actions::split_group(&mut case, GroupId(id), &calls)?,
            };
            (edited, CustodyKind::GroupSplit)
        }
        Verb::Part { id } => (actions::part_groups(&mut case, id)?, CustodyKind::GroupsParted),
        Verb::Not { id, calls, numbers } => {
            let calls: Vec<CallId> = calls.into_iter().map(CallId).collect();
            (actions::take_out(&mut case, Some(GroupId(id)), &calls, numbers)?, CustodyKind::CallsTakenOut)
        }
        Verb::Back { id } => (actions::put_back(&mut case, id)?, CustodyKind::CallsPutBack),
        Verb::Known { id, off } => (actions::mark_known(&mut case, GroupId(id), !off)?, CustodyKind::GroupKnown),
        Verb::Name { id, name } => (actions::name_group(&mut case, GroupId(id), &name)?, CustodyKind::GroupNamed),
    };
    session.answer(&edited, |words| words.done(kind))?;
    Ok(Outcome::Done)
}
