//! English words.

use super::{Tally, Words, apart, length, moment, most_frequent_first, percent, register, witness};
use ulika::actions::{
    AttachedExhibit, BrokenRecipe, CallView, ClockStretch, CoverageView, ExportAnswer, GroupView, PairView,
    PasswordChange, PlainAnswer, SourceAnswer, SourcePreview, VerifyAnswer, ZoneOffer,
};
use ulika::bundle::LIMIT_OF_VERIFYING_EN;
use ulika::import::{Confidence, Mend, MendKind, ReadingNote, RecipeInfo};
use ulika::model::{
    CallId, CapturedBasis, CustodyKind, Direction, Disposition, ExhibitKind, JournalBeside, Precision, RowProblem,
    SourceId, SourceKind,
};

/// English.
pub struct English;

/// A count with its noun: “1 call”, “1,257 calls”.
pub(super) fn count(number: u32, one: &str, many: &str) -> String {
    format!("{} {}", apart(number, ','), if number == 1 { one } else { many })
}

fn rows(number: u32) -> String {
    count(number, "row", "rows")
}

pub(super) fn calls(number: u32) -> String {
    count(number, "call", "calls")
}

/// Rows of another service.
fn other(kind: &str, number: u32) -> String {
    let shown = apart(number, ',');
    match kind {
        "sms" => format!("{shown} SMS"),
        "mms" => format!("{shown} MMS"),
        "ussd" => format!("{shown} USSD"),
        "data" => format!("{shown} internet"),
        "fax" => count(number, "fax", "faxes"),
        "fee" => count(number, "fee", "fees"),
        _ => count(number, "other service", "other services"),
    }
}

pub(super) fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Phone => "call log of a phone",
        SourceKind::Operator => "billing detail",
        SourceKind::Pbx => "log of an office exchange",
        SourceKind::Hand => "written down by hand",
        SourceKind::Other => "another source",
    }
}

fn exhibit(kind: ExhibitKind) -> &'static str {
    match kind {
        ExhibitKind::Screenshot => "screenshot",
        ExhibitKind::Recording => "recording",
        ExhibitKind::Document => "document",
    }
}

/// What an event of either chain is called, as a noun.
fn event_noun(kind: &str) -> Option<&'static str> {
    let noun = match CustodyKind::from_word(kind) {
        Some(CustodyKind::Created) => "case created",
        Some(CustodyKind::Imported) => "import",
        Some(CustodyKind::CallNoted) => "entry by hand",
        Some(CustodyKind::AlreadyHeld) => "file already in the case",
        Some(CustodyKind::Attached) => "adding of exhibits",
        Some(CustodyKind::RegisterLoaded) => "loading of the numbering plan register",
        Some(CustodyKind::GroupsMerged) => "merging of groups",
        Some(CustodyKind::GroupSplit) => "splitting of calls from a group",
        Some(CustodyKind::GroupNamed) => "naming of a group",
        Some(CustodyKind::CallsGathered) => "making calls a group",
        Some(CustodyKind::CallsTakenOut) => "taking calls out of a group",
        Some(CustodyKind::GroupsParted) => "parting merged groups",
        Some(CustodyKind::CallsPutBack) => "putting calls back into a group",
        Some(CustodyKind::GroupAttributed) => "to whom a group belongs",
        Some(CustodyKind::GroupMarked) => "mark of a group",
        Some(CustodyKind::GroupKnown) => "marking a group as known",
        Some(CustodyKind::ExhibitEdited) => "editing of an exhibit",
        Some(CustodyKind::ExhibitsLinked) => "linking of exhibits to calls",
        Some(CustodyKind::ExhibitUnlinked) => "taking of an exhibit from a call",
        Some(CustodyKind::ProposalRefused) => "exhibit said not to be of a call",
        Some(CustodyKind::ProposalsPutBack) => "taking back of “not this call”",
        Some(CustodyKind::CaptureStated) => "time of capture stated",
        Some(CustodyKind::LabelObserved) => "caller label read off an exhibit",
        Some(CustodyKind::LabelRemoved) => "removal of a caller label",
        Some(CustodyKind::Undone) => "action undone",
        Some(CustodyKind::Redone) => "action redone",
        Some(CustodyKind::Withdrawn) => "withdrawal from the case",
        Some(CustodyKind::Reinstated) => "return to the case",
        Some(CustodyKind::Purged) => "purge",
        Some(CustodyKind::PasswordChanged) => "change of the password",
        Some(CustodyKind::ZoneSet) => "time zone of a source",
        Some(CustodyKind::CaseEdited) => "title and lines of the case",
        Some(CustodyKind::Adopted) => "case adopted: a copy, or a case from another computer",
        None => match kind {
            "exported" => "bundle saved",
            "verified" => "bundle verified",
            "viewed" => "viewed",
            "copied" => "copy of an exhibit saved",
            _ => return None,
        },
    };
    Some(noun)
}

impl Words for English {
    fn either<'a>(&self, _: &'a str, english: &'a str) -> &'a str {
        english
    }

    fn help(&self, text: &str) -> String {
        text.to_owned()
    }

    fn usage_hint(&self) -> &'static str {
        "For help: ulika-cli --help."
    }
    fn usage_other(&self) -> &'static str {
        "The command is written wrongly."
    }
    fn unknown_command(&self, command: &str) -> String {
        format!("There is no command “{command}”.")
    }
    fn later_command(&self, command: &str) -> String {
        format!("This version cannot do “{command}” yet: the command comes later.")
    }
    fn later_option(&self, option: &str) -> String {
        format!(
            "This version cannot do “{option}” yet: the option comes later. No bundle was saved, the case has not changed."
        )
    }
    fn missing_command(&self, commands: &str) -> String {
        if commands.is_empty() {
            "What to do is missing.".to_owned()
        } else {
            format!("What to do is missing. Possible: {commands}.")
        }
    }
    fn unknown_argument(&self, argument: &str) -> String {
        format!("“{argument}” does not fit here.")
    }
    fn missing_argument(&self, arguments: &str) -> String {
        format!("Missing: {arguments}.")
    }
    fn missing_value(&self, argument: &str) -> String {
        format!("“{argument}” has too few or too many values.")
    }
    fn unfit_value(&self, argument: &str, value: &str, allowed: &str) -> String {
        let message = format!("“{value}” does not fit “{argument}”.");
        if allowed.is_empty() { message } else { format!("{message} Possible: {allowed}.") }
    }
    fn unfit_date(&self, option: &str, text: &str) -> String {
        format!("“{option}” needs a date such as 2025-09-03; found “{text}”.")
    }
    fn given_twice(&self, argument: &str) -> String {
        format!("“{argument}” is given twice or does not go with another option.")
    }
    fn not_text(&self) -> &'static str {
        "One of the arguments is not text."
    }
    fn password_empty(&self) -> &'static str {
        "The password file is empty. Nothing has changed. Write the password into it."
    }
    fn password_file_no_text(&self, file: &str) -> String {
        format!("The password file “{file}” is not text. Nothing has changed. Save the password as plain text (UTF-8).")
    }
    fn line_part_unknown(&self, part: &str) -> String {
        format!("“{part}” in the line is not understood. Write it so: NUMBER,operator=…,zone=Europe/Moscow.")
    }
    fn output_failed(&self) -> &'static str {
        "The action was carried out, but the answer could not be printed. Check the disk space if it goes to a file."
    }

    fn thing(&self, what: &str) -> Option<&'static str> {
        let noun = match what {
            "call" => "call",
            "group" => "group",
            "source" => "source",
            "row" => "row",
            "exhibit" => "exhibit",
            "file" => "file",
            "recipe" => "layout",
            _ => return None,
        };
        Some(noun)
    }

    fn progress(&self, phase: &str, done: u64, total: Option<u64>) -> String {
        let phase = match phase {
            "read" => "Reading",
            "digest" => "Computing the digest",
            "store" => "Writing into the case",
            "derive" => "Comparing",
            "chance" => "Comparing with ordinary calls",
            "write" => "Building the bundle",
            "verify" => "Verifying",
            "paper" => "Files for paper",
            other => other,
        };
        match total {
            Some(total) => format!("{phase}: {}%", percent(done, total)),
            None => format!("{phase}: {}", apart(done, ',')),
        }
    }

    fn created(&self, path: &str) -> String {
        format!("The case is created: {path}")
    }
    fn password_changed(&self, change: &PasswordChange) -> &'static str {
        match change {
            PasswordChange::Set(_) => "The password is set. A forgotten password cannot be recovered.",
            PasswordChange::Change { .. } => "The password is changed. A forgotten password cannot be recovered.",
            PasswordChange::Remove(_) => "The password is removed: whoever has the file can now read the case.",
        }
    }

    fn own_recipe(&self) -> &'static str {
        "your own layout"
    }
    fn broken_recipe(&self, broken: &BrokenRecipe) -> String {
        format!("A layout of your own was passed over. {}", broken.en)
    }
    fn confidence(&self, confidence: Confidence) -> &'static str {
        match confidence {
            Confidence::Seen => "seen in a real file",
            Confidence::Described => "built from descriptions",
        }
    }
    fn recipe_title<'a>(&self, recipe: &'a RecipeInfo) -> &'a str {
        &recipe.title_en
    }
    fn source_heading(&self, file: &str, recipe: &str, source: &SourceAnswer) -> String {
        let mut text = format!("{file}: {recipe}, {}", kind(source.kind));
        if let Some((first, last)) = &source.period {
            text += &format!(", {first} to {last}");
        }
        if let Some((first, last)) =
            source.stated_period.as_ref().filter(|stated| Some(*stated) != source.period.as_ref())
        {
            text += &format!(" (the file states {first} to {last})");
        }
        match source.lines.as_slice() {
            [] => {}
            [line] => text += &format!(", line {line}"),
            lines => text += &format!(", lines {}", lines.join(", ")),
        }
        text
    }
    fn source_sums(&self, source: &SourceAnswer) -> String {
        let mut parts = vec![calls(source.records)];
        parts.extend(most_frequent_first(&source.other).into_iter().map(|(kind, n)| other(kind, n)));
        if source.repeats_in_file > 0 {
            parts.push(count(source.repeats_in_file, "repeat", "repeats"));
        }
        if source.other_lines > 0 {
            parts.push(format!("{} of other lines", rows(source.other_lines)));
        }
        let problems = u32::try_from(source.problems.len()).unwrap_or(u32::MAX);
        let end = if problems == 0 {
            "No row was left unread.".to_owned()
        } else {
            format!("{} could not be read.", rows(problems))
        };
        format!("{}: {}. {end}", rows(source.rows), parts.join(", "))
    }
    fn source_joined(&self, source: &SourceAnswer) -> String {
        let mut parts = vec![format!("{} new", apart(source.new_calls, ','))];
        if source.corroborating > 0 {
            parts.push(format!("{} already known from a source of another kind", apart(source.corroborating, ',')));
        }
        if source.duplicates > 0 {
            parts.push(format!("{} stated again by a source of the same kind", apart(source.duplicates, ',')));
        }
        format!("Of the calls: {}.", parts.join(", "))
    }
    fn note<'a>(&self, note: &'a ReadingNote) -> &'a str {
        &note.text_en
    }
    fn skipped(&self, number: u32) -> String {
        format!("Not counted: {} (heading, blank rows, totals).", rows(number))
    }
    fn zone_assumed(&self) -> &'static str {
        "The file states no time zone: Moscow time was assumed. If that is wrong, undo and give --zone."
    }
    fn read_from_pdf(&self) -> &'static str {
        "This is a PDF: its table was put together again from the places of the words. Compare the number of rows and a few calls with the document; if the operator gives XLSX or CSV, take that: it is more exact."
    }
    fn journal(&self, file: &str, journal: JournalBeside) -> String {
        match journal {
            JournalBeside::Absent => format!(
                "The phone may have written the very last calls to the file “{file}-wal” beside this one, which was not there. If \
                 you have it, add both files in one ZIP archive."
            ),
            JournalBeside::Unread => format!(
                "The file “{file}-wal” lies beside this one and may hold the very last calls; it was not read. To bring them into \
                 the case, add both files in one ZIP archive."
            ),
        }
    }
    fn mended(&self, number: u32) -> String {
        format!("Mended: {}. They are damaged in the file and can be read in one way only.", rows(number))
    }
    fn mend(&self, mend: &Mend, found: &str) -> String {
        let place = match mend.sheet {
            0 | 1 => format!("Row {}", mend.row),
            sheet => format!("Sheet {sheet}, row {}", mend.row),
        };
        let how = match mend.kind {
            MendKind::Stamp => "the stamp of a chat was taken out".to_owned(),
            MendKind::Footer => "a page number or a total was taken out".to_owned(),
            MendKind::Broken => format!("the row was put together from {} lines", mend.lines),
            MendKind::Glued => format!("{} rows on one line were parted", mend.rows),
        };
        format!("{place}: {how}; in the file “{found}”.")
    }
    fn row_problem(&self, problem: &RowProblem, column: &str, found: &str) -> String {
        let place = match problem.sheet {
            0 | 1 => format!("Row {}", problem.row),
            sheet => format!("Sheet {sheet}, row {}", problem.row),
        };
        let expected = &problem.expected_en;
        let what = if column.is_empty() {
            format!("found “{found}”, expected “{expected}”")
        } else {
            format!("column “{column}” holds “{found}”, expected “{expected}”")
        };
        format!("{place}: {what}. The row is kept and shown and does not count as a call.")
    }
    fn already_imported(&self, file: &str, source: Option<SourceId>) -> String {
        let source = source.map(|id| format!(" (source {id})")).unwrap_or_default();
        format!("{file}: the case already holds this file{source}. Nothing was added.")
    }
    fn held_as_extract(&self, file: &str, source: Option<SourceId>, line: &str) -> String {
        let source = source.map(|id| format!(", source {id}")).unwrap_or_default();
        format!(
            "{file}: the case already holds an extract of this file (rows of the line {line}{source}). Nothing was \
             added. To add the whole file: --whole."
        )
    }
    fn kept_as_extract(&self, line: &str, sha256: &str) -> String {
        format!("An extract is kept: rows of the line {line}. The whole file is not kept, its SHA-256 is {sha256}.")
    }
    fn only_preview(&self) -> &'static str {
        "This was a look: nothing in the case has changed."
    }

    fn attached(&self, attached: &AttachedExhibit, file: &str) -> String {
        let named = |confirmed: bool| -> Option<String> {
            let calls: Vec<String> =
                attached.matches.iter().filter(|m| m.confirmed == confirmed).map(|m| m.call.to_string()).collect();
            match calls.as_slice() {
                [] => None,
                [call] => Some(format!("for call {call}")),
                calls => Some(format!("for calls {}", calls.join(", "))),
            }
        };
        let linked = named(true).map_or(String::new(), |calls| format!(", {calls}"));
        let captured = attached.capture.captured_at.as_deref().map_or(String::new(), |at| {
            let by = match attached.capture.captured_basis {
                CapturedBasis::FileName => "by its name",
                CapturedBasis::Metadata => "by its metadata",
                CapturedBasis::Stated => "as you stated",
                CapturedBasis::Unknown => "unknown how",
            };
            let at = at.get(..16).unwrap_or(at).replace('T', " ");
            format!(" Captured {at} ({by}).")
        });
        let proposed = named(false).map_or(String::new(), |calls| format!(" Perhaps {calls}: not confirmed."));
        let saved = if attached.capture.saved_by.is_some() && attached.capture.captured_at.is_none() {
            " A messenger compressed the file and its time of capture is unknown: send it from the phone as a file."
        } else {
            ""
        };
        let held = if attached.already_attached { " The case already held this file." } else { "" };
        format!("{} {} {file}{linked}.{captured}{proposed}{saved}{held}", attached.no, exhibit(attached.kind))
    }

    fn number_hidden(&self) -> &'static str {
        "number withheld"
    }
    fn call_line(&self, call: &CallView, number: &str, labels: &str, group: Option<&str>) -> String {
        let direction = match call.direction {
            Direction::Incoming => "incoming",
            Direction::Outgoing => "outgoing",
            Direction::Unknown => "direction unknown",
        };
        let disposition = match call.disposition {
            Disposition::Answered => ", answered",
            Disposition::Missed => ", missed",
            Disposition::Rejected => ", rejected",
            Disposition::Blocked => ", blocked",
            Disposition::Voicemail => ", voicemail",
            Disposition::Unknown => "",
        };
        let precision = match call.precision {
            Precision::Second => "",
            Precision::Minute => " (to the minute)",
            Precision::Hour => " (to the hour)",
            Precision::Day => " (to the day)",
        };
        let length = call.duration_s.map(|s| format!("  {}", length(s))).unwrap_or_default();
        let labels = if labels.is_empty() { String::new() } else { format!("  “{labels}”") };
        let group = group.map(|name| format!("  [{name}]")).unwrap_or_default();
        format!(
            "{:>6}  {}{precision}  {direction}{disposition}  {number}{length}{labels}{group}{}",
            call.id.0,
            moment(&call.started_at),
            register::holder_english(call)
        )
    }
    fn listed(&self, shown: usize, total: u32, next: Option<CallId>) -> String {
        if total == 0 {
            return "No such calls.".to_owned();
        }
        let shown = apart(u64::try_from(shown).unwrap_or(u64::MAX), ',');
        let from_total = format!("{shown} of {} shown.", apart(total, ','));
        next.map_or_else(|| from_total.clone(), |id| format!("{from_total} To go on: --after {id}"))
    }

    fn verdicts(&self, tally: &Tally) -> Vec<String> {
        witness::english(tally)
    }
    fn clocks(&self) -> &'static str {
        "Clocks of the sources beside each other:"
    }
    fn pair(&self, pair: &PairView) -> String {
        witness::pair_english(pair)
    }
    fn clock_stretch(&self, stretch: &ClockStretch) -> String {
        witness::stretch_english(stretch)
    }
    fn zone_offer(&self, offer: &ZoneOffer) -> String {
        format!(
            "This looks like another time zone. If source {} was written in {} and not in {}: ulika-cli zone CASE {} {}",
            offer.source, offer.zone, offer.zone_now, offer.source, offer.zone
        )
    }
    fn coverage(&self, coverage: &CoverageView, file: &str) -> String {
        witness::coverage_english(coverage, file)
    }
    fn coverage_marks(&self) -> &'static str {
        "█: records of calls on that day, ·: none."
    }

    fn no_groups(&self) -> &'static str {
        "No groups."
    }
    fn group_heading(&self, group: &GroupView, name: &str) -> String {
        format!(
            "{}  {name}: {}, {} to {}",
            group.id,
            calls(group.calls),
            group.first.split('T').next().unwrap_or_default(),
            group.last.split('T').next().unwrap_or_default()
        )
    }
    fn numbers(&self) -> &'static str {
        "numbers"
    }
    fn labels(&self) -> &'static str {
        "labels"
    }

    fn done(&self, kind: CustodyKind) -> String {
        match kind {
            CustodyKind::GroupsMerged => "The groups are merged.",
            CustodyKind::GroupSplit => "The calls are split from the group.",
            CustodyKind::GroupNamed => "The group is named.",
            CustodyKind::CaseEdited => "Title and lines are set.",
            CustodyKind::CallsTakenOut => "The calls are taken out of the group and stay out.",
            CustodyKind::GroupsParted => "The groups are parted again.",
            CustodyKind::CallsPutBack => "The calls are put back.",
            CustodyKind::GroupAttributed => "Noted to whom the group belongs and why: it is your claim.",
            CustodyKind::GroupMarked => "The mark is noted.",
            CustodyKind::GroupKnown => "Noted.",
            CustodyKind::ZoneSet => "The times of this source are read anew; the calls are compared again.",
            _ => "Done.",
        }
        .to_owned()
    }
    fn undone(&self, kind: &str) -> String {
        event_noun(kind).map_or_else(|| "Undone.".to_owned(), |noun| format!("Undone: {noun}."))
    }
    fn redone(&self, kind: &str) -> String {
        event_noun(kind).map_or_else(|| "Redone.".to_owned(), |noun| format!("Redone: {noun}."))
    }
    fn custody_log(&self) -> &'static str {
        "Custody chain"
    }
    fn release_log(&self) -> &'static str {
        "Release log"
    }
    fn event(&self, kind: &str) -> String {
        event_noun(kind).unwrap_or(kind).to_owned()
    }

    fn original_leaves(&self, source: &SourcePreview, file: &str) -> String {
        let others = match source.numbers_of_others {
            0 => "every number that calls in it stands in a group".to_owned(),
            n => format!("beyond the groups it holds {} of others", count(n, "number", "numbers")),
        };
        let others = match source.rows_uncounted {
            0 => others,
            n => format!("{others}, apart from those in rows that are no calls ({})", apart(n, ',')),
        };
        if source.extract {
            return format!(
                "The extract that is kept in the place of the file leaves: {file} ({}), {others}.",
                rows(source.rows)
            );
        }
        format!("Leaves as a whole: {file} ({}), {others}. An extract can go instead: --extracts.", rows(source.rows))
    }
    fn originals_leave(&self, numbers_of_others: u32) -> String {
        format!(
            "Together the files that leave as a whole hold {} of others.",
            count(numbers_of_others, "number", "numbers")
        )
    }
    fn exported(&self, answer: &ExportAnswer, bundle: &str) -> String {
        let files = match answer.files {
            1 => "its one file is there and unchanged".to_owned(),
            n => format!("all {} are there and unchanged", count(n, "file", "files")),
        };
        format!(
            "{bundle}\nThe bundle is built and verified: {files}. Code of the bundle {}: write it into the complaint.",
            answer.code
        )
    }
    fn exported_plain(&self, answer: &PlainAnswer, folder: &str) -> String {
        let names: Vec<&str> = answer.files.iter().map(|file| file.name.as_str()).collect();
        format!("{folder}\nFiles saved: {}. Code of the bundle on the report: {}.", names.join(", "), answer.code)
    }
    fn verified(&self, answer: &VerifyAnswer) -> String {
        let bundle = answer.target == "bundle";
        let code = answer.code.as_deref().map(|c| format!(" Code of the bundle {c}.")).unwrap_or_default();
        let found = u32::try_from(answer.differences.len()).unwrap_or(u32::MAX);
        match (bundle, answer.differences.is_empty()) {
            (true, true) => format!(
                "The bundle is complete and valid: every file is there and unchanged.{code} {LIMIT_OF_VERIFYING_EN}"
            ),
            (false, true) => "The case is valid: everything is there and unchanged.".to_owned(),
            (true, false) => format!("The bundle did not verify: {}.{code}", count(found, "difference", "differences")),
            (false, false) => format!("The case did not verify: {}.", count(found, "difference", "differences")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{calls, other};

    #[test]
    fn nouns_agree_with_their_counts() {
        assert_eq!([1, 2, 1257].map(calls), ["1 call", "2 calls", "1,257 calls"]);
        assert_eq!(other("data", 8), "8 internet");
    }
}
