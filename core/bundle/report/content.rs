//! What the report says, apart from how it is drawn.

use super::by_hand;
use super::charts::{self, Section};
use crate::bundle::facts;
use crate::bundle::inventory::received;
use crate::bundle::names;
use crate::bundle::scope::Scope;
use crate::bundle::tables::{Linked, places};
use crate::model::{
    CallId, CoverageRun, CoverageState, Dossier, DossierCall, DossierSource, GroupId, NumberKind, SourceId, Zone,
};
use crate::typesetting::Picture;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Everything in the report but the calls, ready to be escaped and drawn.
pub(in crate::bundle) struct Content<'a> {
    pub(in crate::bundle) scope: &'a Scope<'a>,
    pub(in crate::bundle) linked: &'a Linked<'a>,
    pub(in crate::bundle) code: &'a str,
    /// Zone in which the list is read; a call in another zone says so in its row.
    pub(in crate::bundle) zone: Zone,
    /// What is drawn.
    pub(in crate::bundle) charts: Vec<Section>,
    groups: FxHashMap<GroupId, &'a str>,
    by_hand: FxHashSet<SourceId>,
}

/// One call as a row of the report.
pub(in crate::bundle) struct Row {
    pub(in crate::bundle) when: String,
    pub(in crate::bundle) direction: &'static str,
    pub(in crate::bundle) number: String,
    pub(in crate::bundle) length: String,
    pub(in crate::bundle) label: String,
    pub(in crate::bundle) group: String,
    pub(in crate::bundle) witness: &'static str,
    pub(in crate::bundle) places: String,
    pub(in crate::bundle) exhibits: String,
}

/// What is proven and what is not.
pub(in crate::bundle) const PROVEN: &[&str] = &[
    "Контрольные суммы показывают, что файлы пакета не изменились с того времени, когда суммы были сняты. \
     Кто и когда создал сам файл источника, они не показывают.",
    "Код пакета — короткая сумма доказательств пакета. Если код вписан в поданный документ, отметка о приёме на бумаге \
     связывает эти доказательства с датой подачи.",
    "Кто звонил, программа не устанавливает. Группа — предположение программы с названными причинами, маркировка — \
     надпись на экране, диапазон — запись в реестре: номер мог быть перенесён к другому оператору.",
];

/// How the report was made.
pub(in crate::bundle) const METHOD: &[&str] = &[
    "Звонки взяты из файлов, которые перечислены в разделе «Источники». Каждая строка каждого файла учтена: она стала \
     записью о звонке, другой услугой, повтором или нечитаемой строкой; все они перечислены в tables/row-ledger.csv.",
    "«Где записан» называет источник и строку: S0001:17 — строка 17 источника S0001; в файлах XML, где строк таблицы \
     нет, это семнадцатая по порядку запись файла.",
    "Записи разных источников считаются одним звонком, если номер и направление совпадают, начала с поправкой часов \
     отстоят не больше чем на 120 секунд, а длительности расходятся не больше чем на 2 секунды или совпадают после \
     округления, которое применяет оператор. Если сходится всё, кроме длительности, а начала отстоят не больше чем на \
     5 секунд, звонок тоже один, и расхождение отмечено.",
    "«Свидетельство»: «независимые» — звонок записан источниками разного вида, например телефоном и оператором \
     (источник, о котором не сказано, чей он, вторым свидетельством не считается); «оператор», «телефон», «другое» — только ими; «от руки» — звонок записал только сам заявитель; «расходятся» — источники называют разную длительность.",
    "При маркировке сказано, где она видна: в журнале телефона или в детализации (файл не говорит, контакт это или \
     отметка о звонящем), на приложении, с которого её прочитал заявитель, или только с его слов. Каждое наблюдение \
     со строкой или приложением стоит в tables/label-observations.csv.",
    "Номер в квадратных скобках, например [U+202E], — это знак, который здесь нельзя напечатать, под его номером в \
     Юникоде: везде — невидимый или управляющий, в report.pdf — также тот, которого нет в его шрифтах (эмодзи, \
     иероглифы, другая письменность); в report.html и в таблицах такой знак стоит сам.",
];

/// The English summary.
pub(in crate::bundle) const ENGLISH: &[&str] = &[
    "This report lists phone calls as the sources named in it state them. Each row names the source and the row of the \
     file where the call is recorded. Records of different sources that state one call are joined by a stated rule.",
    "Digests show that the files of this bundle have not changed since the digests were taken. They do not show who \
     made a source file, nor who called. Groups are proposals of the program, with reasons; caller labels are texts \
     that a screen displayed; a range holder is an entry in a register, and a number may have been ported.",
    "All calls stand in report.html and in tables/calls.csv; report.pdf prints at most 2,000 of them and says so where \
     there are more. How to check the bundle is written in the file ЧИТАЙ-МЕНЯ.txt (Russian and \
     English).",
];

/// Labels and reasons of a group that the report lists.
const SHOWN: usize = 6;
/// Numbers of a group that the report lists.
const NUMBERS: usize = 12;

/// Says where the rest of a list stands that is cut.
fn and_more(all: usize, shown: usize, file: &str) -> Option<String> {
    (all > shown).then(|| format!("и ещё {} ({file})", facts::grouped((all - shown) as u64)))
}

/// The days within the period of a source of which it has no record of a call.
fn without_calls(coverage: &[CoverageRun]) -> Option<String> {
    let gaps: Vec<&CoverageRun> = coverage.iter().filter(|run| run.state == CoverageState::Gap).collect();
    let date = |day: chrono::NaiveDate| day.format("%d.%m.%Y").to_string();
    let told = |run: &&CoverageRun| match run.from == run.to {
        true => date(run.from),
        false => format!("{}–{}", date(run.from), date(run.to)),
    };
    let mut listed: Vec<String> = gaps.iter().take(SHOWN).map(told).collect();
    listed.extend(and_more(gaps.len(), SHOWN, "tables/coverage.csv"));
    (!listed.is_empty()).then(|| format!("дни без звонков: {}", listed.join(", ")))
}

/// Calls by their rows in the timeline.
fn numbered(calls: &[CallId], rows: &FxHashMap<CallId, usize>) -> String {
    let mut calls: Vec<usize> = calls.iter().filter_map(|call| rows.get(call)).copied().collect();
    calls.sort_unstable();
    match calls.as_slice() {
        [] => "не связано со звонком".to_owned(),
        [row] => format!("звонок № {row}"),
        rows => {
            let listed: Vec<String> = rows.iter().take(NUMBERS).map(usize::to_string).collect();
            let more = if rows.len() > NUMBERS { " и другие" } else { "" };
            format!("звонки № {}{more}", listed.join(", "))
        }
    }
}

/// The numbers of each group with their calls, those that called most first.
fn numbers_of_groups(dossier: &Dossier) -> FxHashMap<GroupId, Vec<(String, u64)>> {
    let mut counts: FxHashMap<(GroupId, NumberKind, &str), u64> = FxHashMap::default();
    for call in &dossier.calls {
        let number = call.number_e164.as_deref().unwrap_or(&call.number_raw);
        if let Some(group) = call.group {
            *counts.entry((group, call.number_kind, number)).or_default() += 1;
        }
    }
    let mut numbers: FxHashMap<GroupId, Vec<(String, u64)>> = FxHashMap::default();
    for ((group, kind, number), calls) in counts {
        let e164 = (kind == NumberKind::E164).then_some(number);
        numbers.entry(group).or_default().push((facts::number(kind, e164, number), calls));
    }
    for numbers in numbers.values_mut() {
        numbers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
    numbers
}

/// To whom the ranges of the numbers of each group were allotted, with how many of its numbers.
fn holders_of_groups(dossier: &Dossier) -> FxHashMap<GroupId, BTreeMap<&str, usize>> {
    let mut seen: FxHashSet<(GroupId, &str)> = FxHashSet::default();
    let mut holders: FxHashMap<GroupId, BTreeMap<&str, usize>> = FxHashMap::default();
    for call in &dossier.calls {
        let (Some(group), Some(number), Some(holder)) = (call.group, &call.number_e164, &call.range_holder) else {
            continue;
        };
        if seen.insert((group, number)) {
            *holders.entry(group).or_default().entry(holder).or_default() += 1;
        }
    }
    holders
}

/// «диапазоны номеров выделены: … — 5 номеров, … — 1 номер; номера могли быть перенесены».
fn allotted(holders: &BTreeMap<&str, usize>) -> String {
    let mut holders: Vec<(&str, usize)> = holders.iter().map(|(holder, numbers)| (*holder, *numbers)).collect();
    holders.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let count = |numbers: usize| facts::counted(numbers as u64, "номер", "номера", "номеров");
    let mut told: Vec<String> =
        holders.iter().take(SHOWN).map(|(holder, numbers)| format!("{holder} — {}", count(*numbers))).collect();
    told.extend(and_more(holders.len(), SHOWN, "tables/numbers.csv"));
    match holders.as_slice() {
        [(holder, 1)] => format!("диапазон выделен оператору {holder}, номер мог быть перенесён"),
        [(holder, _)] => format!("диапазон выделен оператору {holder}, номера могли быть перенесены"),
        _ => format!("диапазоны выделены операторам: {}; номера могли быть перенесены", told.join(", ")),
    }
}

impl<'a> Content<'a> {
    pub(in crate::bundle) fn new(scope: &'a Scope<'a>, linked: &'a Linked<'a>, code: &'a str, home: Zone) -> Self {
        let groups = scope.dossier.groups.iter().map(|g| (g.id, g.name.as_str())).collect();
        let mut zones: FxHashMap<Zone, usize> = FxHashMap::default();
        for call in &scope.dossier.calls {
            *zones.entry(call.start.clock.zone).or_default() += 1;
        }
        let most = zones.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.name().cmp(&a.0.name())));
        let by_hand = by_hand::sources(scope.dossier);
        let charts = charts::sections(scope.dossier, &home);
        Self { scope, linked, code, zone: most.map_or(home, |(zone, _)| zone), charts, groups, by_hand }
    }

    /// The charts as the typesetter takes them.
    pub(in crate::bundle) fn pictures(&self) -> Vec<Picture> {
        charts::pictures(&self.charts)
    }

    /// The facts at the head of the report: name and value.
    pub(in crate::bundle) fn facts(&self, home: &Zone) -> Vec<(&'static str, String)> {
        let dossier = self.scope.dossier;
        let mut facts = vec![("Дело", dossier.title.clone())];
        let lines: Vec<String> = dossier
            .lines
            .iter()
            .map(|line| {
                let number = facts::number(line.number.kind, Some(&line.number.text), &line.number.text);
                if line.operator.is_empty() { number } else { format!("{number} ({})", line.operator) }
            })
            .collect();
        if !lines.is_empty() {
            facts.push(("Свои номера", lines.join(", ")));
        }
        facts.push(("Что в пакете", self.covers()));
        facts.push(("Звонков", facts::grouped(dossier.calls.len() as u64)));
        if let (Some(first), Some(last)) = (dossier.calls.first(), dossier.calls.last()) {
            let period = [first, last].map(|c| c.start.local().map_or_else(String::new, |t| facts::day(&t)));
            facts.push(("Период", format!("{} — {}", period[0], period[1])));
        }
        facts.push(("Время", format!("{}; где оно другое, сказано в строке", facts::zone(&self.zone))));
        if !dossier.registers.is_empty() {
            facts.push(("Реестр нумерации", self.registers()));
        }
        facts.push(("Не вошло", self.left_out()));
        facts.push(("Собран", format!("{}, время {}", facts::instant(dossier.now, home), facts::zone(home))));
        facts.push(("Код пакета", self.code.to_owned()));
        facts
    }

    /// By which registers ranges are told, and of which day.
    fn registers(&self) -> String {
        let registers = self.scope.dossier.registers.iter();
        let told: Vec<String> = registers
            .map(|register| {
                let day = register.dated.format("%d.%m.%Y");
                let basis = facts::dated_basis(register.dated_basis);
                format!("{} от {day} ({basis}; SHA-256 {})", register.file, register.sha256)
            })
            .collect();
        format!("{}; строки, по которым названы диапазоны, — в tables/ranges.csv", told.join("; "))
    }

    fn covers(&self) -> String {
        let groups = &self.scope.dossier.groups;
        let what = if self.scope.whole() {
            "всё дело".to_owned()
        } else {
            let names: Vec<String> = groups.iter().take(20).map(|g| format!("«{}»", g.name)).collect();
            let more = if groups.len() > 20 { " и другие" } else { "" };
            let of = if names.len() == 1 { "группы" } else { "групп" };
            format!("звонки {of} {}{more}", names.join(", "))
        };
        let is_extract = |item: &DossierSource| item.extract_of.is_some();
        let sources = if self.scope.full() && self.scope.sources().any(is_extract) {
            "источники так, как они хранятся в деле"
        } else if self.scope.full() {
            "источники целиком"
        } else {
            "выписки из источников"
        };
        format!("{what}; {sources}")
    }

    fn left_out(&self) -> String {
        let dossier = self.scope.dossier;
        let mut left = Vec::new();
        for (count, [one, few, many]) in [
            (dossier.calls_left_out, ["другой звонок", "других звонка", "других звонков"]),
            (dossier.exhibits_left_out, ["приложение", "приложения", "приложений"]),
        ] {
            if count > 0 {
                left.push(facts::counted(count, one, few, many));
            }
        }
        if !self.scope.full() {
            left.push("строки источников, которые не говорят об этих звонках".to_owned());
        }
        if left.is_empty() { "ничего: дело вошло целиком".to_owned() } else { left.join(", ") }
    }

    /// The sources: number, name, what it is, sums, digest.
    pub(in crate::bundle) fn sources(&self) -> impl Iterator<Item = [String; 5]> {
        self.scope.sources().map(|item| {
            let source = &item.source;
            let zone = source.zone.map_or_else(|| "своё в каждой строке".to_owned(), |zone| facts::zone(&zone));
            let kind = facts::source_kind(source.kind);
            let time = format!("{kind}; время {zone} ({})", facts::zone_basis(source.zone_basis));
            let other: u64 = item.other.iter().map(|(_, count)| count).sum();
            let mut sums = vec![format!(
                "{}: {}",
                facts::counted(item.rows, "строка", "строки", "строк"),
                facts::counted(item.records, "запись о звонке", "записи о звонках", "записей о звонках")
            )];
            for (count, [one, few, many]) in [
                (other, ["другая услуга", "другие услуги", "других услуг"]),
                (item.repeats_in_file, ["повтор", "повтора", "повторов"]),
                (item.other_lines, ["строка другой линии", "строки других линий", "строк других линий"]),
                (item.problems, ["нечитаемая строка", "нечитаемые строки", "нечитаемых строк"]),
                (item.mended, ["исправленная строка", "исправленные строки", "исправленных строк"]),
            ] {
                if count > 0 {
                    sums.push(facts::counted(count, one, few, many));
                }
            }
            sums.extend(without_calls(&item.coverage));
            let (sha256, bytes) = received(item);
            let name = format!("{} ({})", source.name, facts::size(bytes));
            let digest = match &item.extract_of {
                None => sha256.to_owned(),
                Some(of) => {
                    let line = facts::number(NumberKind::E164, Some(&of.line), &of.line);
                    sums.push(format!("хранится выписка: строки линии {line}; файл целиком не хранится"));
                    format!("{sha256} (файл целиком); {} (выписка)", source.sha256)
                }
            };
            [names::source_no(source.id.0), name, time, sums.join(", "), digest]
        })
    }

    /// The groups, those with most calls first: name, sums with the calls of each number, labels, reasons.
    pub(in crate::bundle) fn groups(&self) -> Vec<[String; 4]> {
        let mut numbers_of = numbers_of_groups(self.scope.dossier);
        let mut holders_of = holders_of_groups(self.scope.dossier);
        let mut groups: Vec<_> = self.scope.dossier.groups.iter().collect();
        groups.sort_by(|a, b| b.calls.len().cmp(&a.calls.len()).then(a.id.cmp(&b.id)));
        groups
            .into_iter()
            .map(|group| {
                let calls = facts::counted(group.calls.len() as u64, "звонок", "звонка", "звонков");
                let numbers = facts::counted(group.numbers.len() as u64, "номер", "номера", "номеров");
                let each = numbers_of.remove(&group.id).unwrap_or_default();
                let mut called: Vec<String> =
                    each.iter().take(NUMBERS).map(|(number, calls)| format!("{number} — {calls}")).collect();
                called.extend(and_more(each.len(), NUMBERS, "tables/numbers.csv"));
                let mut labels: Vec<String> =
                    group.labels.iter().take(SHOWN).map(|label| format!("«{}» — {}", label.text, label.seen)).collect();
                labels.extend(and_more(group.labels.len(), SHOWN, "tables/labels.csv"));
                let mut why: Vec<String> =
                    group.reasons.iter().take(SHOWN).map(|reason| facts::with_numbers(&reason.text)).collect();
                why.extend(and_more(group.reasons.len(), SHOWN, "tables/groups.csv"));
                why.extend(holders_of.remove(&group.id).map(|holders| allotted(&holders)));
                let sums = format!("{calls}, {numbers}: {}", called.join(", "));
                [group.name.clone(), sums, labels.join(", "), why.join("; ")]
            })
            .collect()
    }

    /// The exhibits: number, name, kind and time, caption and the calls that it belongs to by their rows, digest.
    pub(in crate::bundle) fn exhibits(&self, home: &Zone) -> impl Iterator<Item = [String; 5]> {
        let dossier = self.scope.dossier;
        let mut linked: FxHashSet<CallId> =
            dossier.exhibits.iter().flat_map(|item| item.exhibit.calls.clone()).collect();
        // What was read off an exhibit stays when its link is taken away.
        linked.extend(
            dossier
                .exhibits
                .iter()
                .flat_map(|item| self.linked.observed.read_off(item.exhibit.id).iter().flat_map(|(_, calls)| calls)),
        );
        let rows: FxHashMap<CallId, usize> =
            (1..).zip(&dossier.calls).filter(|(_, c)| linked.contains(&c.id)).map(|(row, c)| (c.id, row)).collect();
        dossier.exhibits.iter().map(move |item| {
            let exhibit = &item.exhibit;
            let [made, unknown, added] = facts::of_exhibit(exhibit.kind);
            let taken = exhibit.captured_at.as_ref().map_or_else(
                || unknown.to_owned(),
                |at| format!("{made} {} ({})", facts::written(at, home), facts::captured_basis(exhibit.captured_basis)),
            );
            let received = facts::written(&exhibit.received_at, home);
            let kind = format!("{}, {taken}, {added} {received}", facts::exhibit_kind(exhibit.kind));
            let name = format!("{} ({})", exhibit.name, facts::size(exhibit.size));
            let mut shows: Vec<String> = Some(exhibit.caption.clone()).into_iter().filter(|c| !c.is_empty()).collect();
            for (text, calls) in self.linked.observed.read_off(exhibit.id) {
                shows.push(format!("надпись «{text}» ({})", numbered(calls, &rows)));
            }
            shows.push(numbered(&exhibit.calls, &rows));
            [exhibit.no.clone(), name, kind, shows.join("; "), exhibit.sha256.clone()]
        })
    }

    /// A call as a row.
    pub(in crate::bundle) fn row(&self, call: &DossierCall) -> Row {
        let mut when = facts::moment(&call.start);
        // A zone by another name whose clocks show the same then is not another time.
        let at = call.start.instant();
        if call.start.clock.zone.offset_s(at) != self.zone.offset_s(at) {
            when.push_str(&format!(" ({})", facts::zone(&call.start.clock.zone)));
        }
        Row {
            when,
            direction: facts::direction(call.direction),
            number: facts::number(call.number_kind, call.number_e164.as_deref(), &call.number_raw),
            length: facts::length(call.duration_s, call.disposition),
            label: self.linked.observed.told(call),
            group: call.group.and_then(|id| self.groups.get(&id)).copied().unwrap_or("").to_owned(),
            witness: by_hand::witness(call, &self.by_hand),
            places: places(call),
            exhibits: self.linked.of(call.id, None),
        }
    }
}
