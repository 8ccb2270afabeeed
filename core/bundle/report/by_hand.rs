//! What the complainant wrote down by hand: the part of the report that says so.

use crate::bundle::{facts, names};
use crate::model::{Dossier, DossierCall, DossierEntry, HandChannel, SourceId, SourceKind, Verdict, Zone};
use rustc_hash::FxHashSet;

/// What stands above the table.
pub(in crate::bundle) const LEAD: &str = "Эти записи сделал сам заявитель, со слов и по памяти; файла телефона или оператора за ними нет. Там, где тот же \
     звонок есть и в файле, об этом сказано в хронологии.";

/// The columns.
pub(in crate::bundle) const COLUMNS: [&str; 6] = ["№", "Когда", "Что", "Номер", "Надпись и что сказали", "Записано"];

/// The rows.
pub(in crate::bundle) fn rows<'d>(dossier: &'d Dossier, home: &'d Zone) -> impl Iterator<Item = [String; 6]> + 'd {
    dossier.by_hand.iter().map(|entry| {
        let number = match (entry.number.as_deref(), entry.number_raw.as_str()) {
            (None, "") => String::new(),
            (e164, raw) => facts::number(entry.number_kind, e164, raw),
        };
        let label = Some(&entry.label).filter(|label| !label.is_empty()).map(|label| format!("«{label}»"));
        let said = Some(entry.said.clone()).filter(|said| !said.is_empty());
        [
            names::source_no(entry.source.0),
            entry.at.as_ref().map_or_else(|| entry.when.clone(), facts::moment),
            what(entry),
            number,
            label.into_iter().chain(said).collect::<Vec<_>>().join("; "),
            facts::written(&entry.written_at, home),
        ]
    })
}

/// `входящий звонок`, `исходящее SMS`, `входящий звонок (WhatsApp)`.
fn what(entry: &DossierEntry) -> String {
    let call = if entry.outgoing { "исходящий звонок" } else { "входящий звонок" };
    let message = if entry.outgoing { "исходящее" } else { "входящее" };
    let named = |what: &str| match entry.messenger.as_str() {
        "" => what.to_owned(),
        messenger => format!("{what} ({messenger})"),
    };
    match entry.channel {
        Some(HandChannel::Sms) => format!("{message} SMS"),
        Some(HandChannel::Message) => named(&format!("{message} сообщение")),
        Some(HandChannel::Messenger) => named(call),
        Some(HandChannel::Call) | None => call.to_owned(),
    }
}

/// Which sources are written by hand, so that a call that they alone state is not said to be stated by a file.
pub(in crate::bundle) fn sources(dossier: &Dossier) -> FxHashSet<SourceId> {
    let by_hand = dossier.sources.iter().filter(|item| item.source.kind == SourceKind::Hand);
    by_hand.map(|item| item.source.id).collect()
}

/// The witness of a call in a word.
pub(in crate::bundle) fn witness(call: &DossierCall, by_hand: &FxHashSet<SourceId>) -> &'static str {
    let only = call.verdict == Verdict::OtherOnly && call.records.iter().all(|r| by_hand.contains(&r.source));
    if only { "от руки" } else { facts::verdict(call.verdict) }
}
