//! The person says that an exhibit does not belong to a call, and takes that back. It is proposed for that call no more.

use super::attach::resolve_calls;
use super::exhibits::present;
use super::links::{ExhibitLink, pairs_of};
use super::overview::linked_calls;
use super::{Edited, unfit};
use crate::case::Case;
use crate::error::Result;
use crate::matching::Refused;
use crate::model::CustodyKind;
use crate::store::{Connection, lists, refusals};

/// Says that an exhibit does not belong to a call.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound); [`Code::RequestUnfit`](crate::Code::RequestUnfit) where it is linked to
/// that call, and where this has been said.
pub fn refuse_proposal(case: &mut Case, link: ExhibitLink) -> Result<Edited> {
    let connection = case.connection();
    present(connection, link.exhibit)?;
    let call = resolve_calls(connection, &[link.call])?.first().copied().unwrap_or(link.call);
    if linked_calls(connection)?.contains(&(link.exhibit, call)) {
        return Err(unfit(
            "доказательство связано с этим звонком, сначала отвяжите его",
            "the exhibit is linked to this call: unlink it first",
        ));
    }
    if refused(connection)?.contains(&(link.exhibit, call)) {
        return Err(unfit("об этом звонке это уже сказано", "this has been said of that call"));
    }
    let records: Vec<_> = lists::members(connection, call)?.into_iter().map(|member| member.record.id).collect();
    let (_, outcome) = case.edit(CustodyKind::ProposalRefused, |edit| {
        refusals::insert_refusal(edit.connection, link.exhibit, &records)?;
        edit.subject = link.exhibit.0;
        edit.details.insert("links".to_owned(), serde_json::json!([ExhibitLink { call, ..link }]));
        edit.changed.push("exhibits");
        Ok(())
    })?;
    Ok(outcome.into())
}

/// Takes such words back: the calls may be proposed again.
///
/// # Errors
/// [`Code::RequestUnfit`](crate::Code::RequestUnfit) where nothing of the kind was said.
pub fn put_back_proposals(case: &mut Case, links: &[ExhibitLink]) -> Result<Edited> {
    let connection = case.connection();
    let said = refused(connection)?;
    let known: Vec<ExhibitLink> =
        links.iter().filter(|link| said.contains(&(link.exhibit, link.call))).copied().collect();
    let Some(first) = known.first().copied() else {
        return Err(unfit("о таких звонках ничего не сказано", "nothing of the kind was said of these calls"));
    };
    let (_, outcome) = case.edit(CustodyKind::ProposalsPutBack, |edit| {
        refusals::delete_refusals(edit.connection, &pairs_of(&known))?;
        edit.subject = first.exhibit.0;
        edit.details.insert("links".to_owned(), serde_json::to_value(&known).unwrap_or_default());
        edit.changed.push("exhibits");
        Ok(())
    })?;
    Ok(outcome.into())
}

/// What the person said, as calls stand now.
pub(super) fn refused(connection: &Connection) -> Result<Refused> {
    Ok(refusals::refusals(connection)?.into_iter().map(|said| (said.exhibit, said.call)).collect())
}
