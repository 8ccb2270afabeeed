//! `group`: the person's word about groups.

use crate::args::closed_set;
use crate::exit::{Failure, Outcome};
use crate::session::Session;
use clap::Subcommand;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions;
use ulika::model::{AttributionBasis, CallId, CustodyKind, GroupId, RespondentRole, StatedAttribution};

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
    /// Say to whom a group belongs, and on what that rests; without a name, take it back
    Attribute {
        /// Group
        #[arg(value_name = "ID")]
        id: i64,
        /// Organisation or person
        #[arg(value_name = "NAME")]
        name: Option<String>,
        /// Taxpayer number (ИНН)
        #[arg(long, value_name = "INN", requires = "name")]
        inn: Option<String>,
        /// What it has to do with the calls: unknown, label_owner, call_centre, advertiser, creditor, site_owner or operator
        #[arg(long, value_name = "ROLE", default_value = "unknown", hide_possible_values = true, hide_default_value = true,
            value_parser = closed_set(RespondentRole::ALL, RespondentRole::word, RespondentRole::from_word))]
        role: RespondentRole,
        /// On what it rests: self_named, answer, operator_answer, published, message, contract, decision, label or other; may be repeated
        #[arg(long = "basis", value_name = "BASIS", hide_possible_values = true, requires = "name",
            value_parser = closed_set(AttributionBasis::ALL, AttributionBasis::word, AttributionBasis::from_word))]
        bases: Vec<AttributionBasis>,
        /// In your words
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        note: String,
    },
    /// Choose the mark of a group (0 to 23); without one, the program chooses
    Mark {
        /// Group
        #[arg(value_name = "ID")]
        id: i64,
        /// Mark
        #[arg(value_name = "MARK")]
        mark: Option<u8>,
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
        Verb::Attribute { id, name, inn, role, bases, note } => {
            let claim = name.map(|respondent| StatedAttribution { respondent, inn, role, bases, note });
            (actions::attribute_group(&mut case, GroupId(id), claim.as_ref())?, CustodyKind::GroupAttributed)
        }
        Verb::Mark { id, mark } => (actions::mark_group(&mut case, GroupId(id), mark)?, CustodyKind::GroupMarked),
        Verb::Name { id, name } => (actions::name_group(&mut case, GroupId(id), &name)?, CustodyKind::GroupNamed),
    };
    session.answer(&edited, |words| words.done(kind))?;
    Ok(Outcome::Done)
}
