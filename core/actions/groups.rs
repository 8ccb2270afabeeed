//! Groups: list, merge, split, name.

use super::Edited;
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::{CallId, GroupId, GroupLabel, GroupReason, Pool};
use serde::Serialize;

/// A group as listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GroupView {
    /// Identity.
    pub id: GroupId,
    /// Name.
    pub name: String,
    /// Whether the person named it.
    pub named_by_person: bool,
    /// Number of calls.
    pub calls: u32,
    /// Start of the first call, RFC 3339.
    pub first: String,
    /// Start of the last call.
    pub last: String,
    /// Numbers.
    pub numbers: Vec<String>,
    /// Labels.
    pub labels: Vec<GroupLabel>,
    /// Pools.
    pub pools: Vec<Pool>,
    /// Reasons.
    pub reasons: Vec<GroupReason>,
    /// Respondent attributed by the person.
    pub respondent: Option<String>,
}

/// All groups, largest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GroupsAnswer {
    /// Groups.
    pub groups: Vec<GroupView>,
}

/// Lists the groups.
///
/// # Errors
/// When the case file cannot be read.
pub fn groups(_case: &Case) -> Result<GroupsAnswer> {
    Err(Error::new(Code::Internal))
}

/// Merges groups; the earliest keeps its id and name.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::RequestUnfit`] for fewer than two different groups.
pub fn merge_groups(_case: &mut Case, _ids: &[GroupId]) -> Result<Edited> {
    Err(Error::new(Code::Internal))
}

/// Splits calls from a group: they stand together on their own.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::RequestUnfit`] for calls that are not in the group.
pub fn split_group(_case: &mut Case, _id: GroupId, _calls: &[CallId]) -> Result<Edited> {
    Err(Error::new(Code::Internal))
}

/// Names a group.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::RequestUnfit`] for an empty name.
pub fn name_group(_case: &mut Case, _id: GroupId, _name: &str) -> Result<Edited> {
    Err(Error::new(Code::Internal))
}
