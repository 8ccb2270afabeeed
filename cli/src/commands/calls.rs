//! `calls`: list calls. Long lists are printed page by page, so that memory does not grow with them.

use super::register::notice_missing;
use crate::exit::{Failure, Outcome};
use crate::output;
use crate::session::Session;
use crate::words::Words;
use chrono::NaiveDate;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;
use ulika::actions::{self, CallFilter, CallList, CallView};
use ulika::model::{CallId, GroupId};
use ulika::{Access, Case};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// First date: 2025-09-01
    #[arg(long, value_name = "D")]
    from: Option<String>,
    /// Last date, inclusive
    #[arg(long, value_name = "D")]
    to: Option<String>,
    /// Number in any spelling
    #[arg(long, value_name = "N")]
    number: Option<String>,
    /// Group
    #[arg(long, value_name = "ID")]
    group: Option<i64>,
    /// Part of a number or of a label
    #[arg(long, value_name = "Q")]
    text: Option<String>,
    /// How many to list; 0 for all
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    /// List those after this call
    #[arg(long, value_name = "ID")]
    after: Option<i64>,
}

/// Calls read at a time.
const PAGE: usize = 1000;

/// Runs the command.
///
/// # Errors
/// As [`actions::calls`]; wrong usage for a date that is none.
pub fn run(args: Args, session: &Session) -> Result<Outcome, Failure> {
    let filter = CallFilter {
        from: args.from.map(|text| read_date("--from", &text, session.words())).transpose()?,
        to: args.to.map(|text| read_date("--to", &text, session.words())).transpose()?,
        number: args.number,
        group: args.group.map(GroupId),
        text: args.text,
        ..CallFilter::default()
    };
    let after = args.after.map(CallId);
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let case = session.open(&args.case, Access::Read)?;
    notice_missing(&actions::registers(&case)?, session);
    if (1..=PAGE).contains(&limit) {
        let page = actions::calls(&case, &filter, after, limit)?;
        session.answer(&page, |words| {
            let mut lines: Vec<String> = page.calls.iter().map(|call| line(call, words)).collect();
            lines.push(words.listed(page.calls.len(), page.total, page.next));
            lines.join("\n")
        })?;
        return Ok(Outcome::Done);
    }
    let list = CallList::find(&case, &filter)?;
    let from = match after {
        // The action knows what to say of a call that the list does not hold.
        Some(id) if !list.ids.contains(&id) => return Err(unlisted(&case, &filter, id)),
        Some(id) => list.ids.iter().position(|listed| *listed == id).map_or(0, |at| at + 1),
        None => 0,
    };
    let to = if limit == 0 { list.ids.len() } else { from.saturating_add(limit).min(list.ids.len()) };
    print(&case, &list, from..to, session)?;
    Ok(Outcome::Done)
}

/// What the action says of a call after which nothing can be listed.
fn unlisted(case: &Case, filter: &CallFilter, id: CallId) -> Failure {
    match actions::calls(case, filter, Some(id), 1) {
        Err(error) => error.into(),
        Ok(_) => ulika::Error::new(ulika::Code::NotFound).with("what", "call").with("id", id.0).into(),
    }
}

/// Prints a stretch of the list, page by page. The first page is read before anything is printed.
fn print(case: &Case, list: &CallList, range: std::ops::Range<usize>, session: &Session) -> Result<(), Failure> {
    let words = session.words();
    let total = u32::try_from(list.ids.len()).unwrap_or(u32::MAX);
    let next = if range.end < list.ids.len() { range.end.checked_sub(1).and_then(|at| list.ids.get(at)) } else { None };
    let pages = |at: usize| list.page(case, at, PAGE.min(range.end - at));
    // A case that cannot be read says so before half a document stands on standard output.
    let mut page = pages(range.start)?;
    let mut out = output::stdout();
    let mut write = || -> Result<(), Failure> {
        if session.json {
            out.write_all(b"{\"calls\":[")?;
        }
        let mut separator: &[u8] = b"";
        let mut at = range.start;
        loop {
            for call in &page {
                if session.json {
                    out.write_all(separator)?;
                    output::write_json(&mut out, call)?;
                    separator = b",";
                } else {
                    writeln!(out, "{}", line(call, words))?;
                }
            }
            at += PAGE;
            if at >= range.end {
                break;
            }
            page = pages(at)?;
        }
        if session.json {
            writeln!(out, "],\"next\":{},\"total\":{total}}}", json!(next))?;
        } else {
            writeln!(out, "{}", words.listed(range.len(), total, next.copied()))?;
        }
        Ok(out.flush()?)
    };
    match write() {
        Err(Failure::Output(error)) => Ok(output::forgive_closed_pipe(Err(error))?),
        other => other,
    }
}

/// One call as a line for people.
fn line(call: &CallView, words: &dyn Words) -> String {
    let number = match &call.number {
        Some(number) => number.clone(),
        None if call.number_raw.trim().is_empty() => words.number_hidden().to_owned(),
        None => output::visible(&call.number_raw),
    };
    let labels: Vec<String> = call.labels.iter().map(|label| output::visible(label)).collect();
    let group = call.group_name.as_deref().map(output::visible);
    words.call_line(call, &number, &labels.join(", "), group.as_deref())
}

/// Reads `2025-09-03` or `03.09.2025` and gives the first form.
fn read_date(option: &str, text: &str, words: &dyn Words) -> Result<String, Failure> {
    let text = text.trim();
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(text, "%d.%m.%Y"))
        .map(|date| date.format("%Y-%m-%d").to_string())
        .map_err(|_| Failure::usage(words.unfit_date(option, &output::visible(text))))
}
