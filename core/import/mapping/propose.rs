//! What each column seems to hold, with the reason: the words of its heading, and what its cells look like.

use super::shapes::Shapes;
use super::{Field, WordMeaning};
use crate::import::columns::PARTIES;
use crate::import::recipe::{RECIPES, Recipe, ServiceKind};
use crate::import::words::{any_fits, folded};
use crate::model::{Direction, Disposition, words};
use serde::Serialize;

words!(
    /// What the cells of a column look like.
    ValueShape {
        /// Dates with times.
        Moments = "moments",
        /// Dates.
        Days = "days",
        /// Times of day.
        Clocks = "clocks",
        /// Numbers of phones.
        Phones = "phones",
        /// One number throughout.
        OneNumber = "one_number",
        /// Lengths.
        Lengths = "lengths",
        /// Words that say which way a call went.
        Ways = "ways",
        /// Words that say how a call ended.
        Ends = "ends",
        /// Words of services.
        Services = "services",
        /// Offsets of zones.
        Zones = "zones",
        /// Yes and no.
        YesNo = "yes_no",
        /// Texts.
        Texts = "texts",
    }
);

/// Why a column seems to hold something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Proposal {
    /// What it seems to hold.
    pub field: Field,
    /// Whether its heading says so.
    pub by_heading: bool,
    /// What its cells look like, where they say so.
    pub by_values: Option<ValueShape>,
    /// The first of its cells.
    pub example: String,
}

/// Parts of headings that are met beside the whole headings of the general recipe.
const STEMS: [(Field, &[&str]); 13] = [
    (
        Field::Start,
        &["дата и вр", "дата/вр", "когда", "начал", "datetime", "timestamp", "start", "дата", "date", "время"],
    ),
    (Field::Date, &["дата", "день", "число", "date", "day", "дня"]),
    (Field::Time, &["время", "час", "time", "во сколько"]),
    (
        Field::Caller,
        &[
            "кто",
            "от кого",
            "откуда",
            "звонящ",
            "вызывающ",
            "инициатор",
            "номер а",
            "номер a",
            "абонент а",
            "абонент a",
            "исход",
            "с номера",
            "звонил",
            "originat",
            "caller",
            "from",
            "src",
            "calling",
        ],
    ),
    (
        Field::Callee,
        &[
            "кому",
            "куда",
            "вызываем",
            "принима",
            "набран",
            "номер б",
            "номер b",
            "номер в",
            "абонент б",
            "абонент b",
            "входящий номер",
            "на номер",
            "получател",
            "terminat",
            "dial",
            "callee",
            "to",
            "dst",
            "called",
            "dest",
        ],
    ),
    (
        Field::Number,
        &[
            "номер",
            "тел",
            "абон",
            "собесед",
            "контрагент",
            "с кем",
            "phone",
            "number",
            "msisdn",
            "peer",
            "party",
            "contact",
        ],
    ),
    (Field::Direction, &["направ", "вх", "исх/вх", "тип", "вид", "direction", "type", "in/out", "way"]),
    (Field::Outcome, &["стат", "результ", "исход", "итог", "ответ", "status", "result", "outcome", "disposition"]),
    (Field::Service, &["услуг", "сервис", "связ", "service", "operation", "операц"]),
    (
        Field::Duration,
        &[
            "длит",
            "продолж",
            "сколько",
            "сек",
            "мин",
            "разговор",
            "dur",
            "length",
            "talk",
            "billsec",
            "объем",
            "кол-во",
            "колич",
        ],
    ),
    (Field::Label, &["имя", "контакт", "фио", "назван", "подпис", "метка", "кто", "name", "label", "contact"]),
    (Field::Line, &["линия", "свой", "мой", "своя", "line", "own", "my "]),
    (Field::Zone, &["пояс", "gmt", "utc", "zone", "смещ"]),
];

/// Headings of what is never read: money, and the numbering of rows.
const NEVER: [&str; 12] =
    ["стоим", "сумма", "руб", "цена", "тариф", "cost", "sum", "amount", "price", "№ п/п", "п/п", "charge"];

/// Below this nothing is proposed.
const ENOUGH: u32 = 4;

/// The meaning proposed for each column.
pub(super) fn propose(headings: &[String], shapes: &[Shapes]) -> Vec<Option<Proposal>> {
    let mut scored: Vec<(u32, usize, Field)> = Vec::new();
    for (column, shape) in shapes.iter().enumerate() {
        let heading = headings.get(column).map_or("", String::as_str);
        for field in Field::ALL {
            let score = score(*field, heading, shape, column.checked_sub(1).map(|left| &shapes[left]));
            if score >= ENOUGH {
                scored.push((score, column, *field));
            }
        }
    }
    scored.sort_by_key(|(score, column, field)| (std::cmp::Reverse(*score), *column, *field));
    let mut found: Vec<Option<Field>> = vec![None; shapes.len()];
    let pair = pair_of_parties(headings, shapes);
    if let Some((caller, callee)) = pair {
        (found[caller], found[callee]) = (Some(Field::Caller), Some(Field::Callee));
    }
    for (_, column, field) in scored {
        let needless = field == Field::Number && pair.is_some();
        if found[column].is_none() && !found.contains(&Some(field)) && !needless {
            found[column] = Some(field);
        }
    }
    settle(&mut found, headings, shapes);
    let proposal = |(column, field): (usize, &Option<Field>)| {
        let (field, shape) = ((*field)?, shapes.get(column)?);
        let heading = headings.get(column).map_or("", String::as_str);
        Some(Proposal {
            field,
            by_heading: by_heading(field, heading) > 0,
            by_values: by_values(field, shape, column.checked_sub(1).map(|left| &shapes[left])).1,
            example: shape.example.clone(),
        })
    };
    found.iter().enumerate().map(proposal).collect()
}

/// What columns say of each other.
fn settle(found: &mut [Option<Field>], headings: &[String], shapes: &[Shapes]) {
    let place = |found: &[Option<Field>], field| found.iter().position(|f| *f == Some(field));
    // One moment is enough, and a day without a clock is one too.
    if place(found, Field::Start).is_some() {
        for field in [Field::Date, Field::Time] {
            if let Some(at) = place(found, field) {
                found[at] = None;
            }
        }
    } else if let (Some(date), None) = (place(found, Field::Date), place(found, Field::Time)) {
        found[date] = Some(Field::Start);
    } else if let (None, Some(time)) = (place(found, Field::Date), place(found, Field::Time)) {
        found[time] = None;
    }
    settle_parties(found, shapes);
    // Bare numbers say little; where nothing else is a length, the only such column is.
    if place(found, Field::Duration).is_none() {
        let fits = |at: &usize| {
            let (shape, heading) = (&shapes[*at], headings.get(*at).map_or("", String::as_str));
            let counts = shape.counts * 10 >= shape.filled * 9 && shape.steps * 2 < shape.filled;
            found[*at].is_none() && shape.filled > 0 && counts && !is_never(heading)
        };
        let free: Vec<usize> = (0..shapes.len()).filter(fits).collect();
        if let [only] = free.as_slice() {
            found[*only] = Some(Field::Duration);
        }
    }
}

/// Two columns whose headings say together who called and who was called, whatever each would be alone: «Номер А» beside
/// «Номер Б», «Кто» beside «Кому».
fn pair_of_parties(headings: &[String], shapes: &[Shapes]) -> Option<(usize, usize)> {
    let best = |field: Field, other: Field, but: Option<usize>| {
        let says = |at: usize| {
            let heading = headings.get(at).map_or("", String::as_str);
            let (says, says_other) = (by_heading(field, heading), by_heading(other, heading));
            (says > says_other && Some(at) != but && holds_parties(&shapes[at])).then_some((says, at))
        };
        (0..shapes.len()).filter_map(says).max_by_key(|(says, at)| (*says, std::cmp::Reverse(*at))).map(|(_, at)| at)
    };
    let caller = best(Field::Caller, Field::Callee, None)?;
    Some((caller, best(Field::Callee, Field::Caller, Some(caller))?))
}

/// Whether the cells are numbers of phones, or extensions and what stands in place of a number among some.
fn holds_parties(s: &Shapes) -> bool {
    is_mostly(s.phones, s.filled, 5) || (is_mostly(s.phones + s.party, s.filled, 7) && is_mostly(s.phones, s.filled, 2))
}

/// Numbers: one column is the other party; of two, one may be the person's own line, or they are who called and who was
/// called.
fn settle_parties(found: &mut [Option<Field>], shapes: &[Shapes]) {
    let place = |found: &[Option<Field>], field| found.iter().position(|f| *f == Some(field));
    let numbers = |at: &usize| is_mostly(shapes[*at].phones, shapes[*at].filled, 5);
    let taken = |found: &[Option<Field>]| PARTIES.iter().filter_map(|field| place(found, *field)).collect::<Vec<_>>();
    let free: Vec<usize> = (0..shapes.len()).filter(|at| found[*at].is_none() && numbers(at)).collect();
    if let ([one], [other]) = (taken(found).as_slice(), free.as_slice()) {
        let (first, second) = ((*one).min(*other), (*one).max(*other));
        let constant = |at: usize| shapes[at].numbers.len() == 1 && shapes[at].filled > 2;
        if constant(*other) && !constant(*one) && place(found, Field::Line).is_none() {
            found[*other] = Some(Field::Line);
        } else if frequent_number(&[&shapes[first], &shapes[second]], 6).is_some() {
            (found[first], found[second]) = (Some(Field::Caller), Some(Field::Callee));
        }
    }
    match (taken(found).as_slice(), place(found, Field::Line)) {
        ([only], _) => found[*only] = Some(Field::Number),
        // Calls have another party: a lone column of numbers is theirs, whatever its heading.
        ([], Some(line)) => found[line] = Some(Field::Number),
        _ => {}
    }
}

/// The number that stands in nearly every row, in one column or the other: the person's own line. Of a table of many
/// lines none is chosen, however often one calls.
pub(super) fn own_line(columns: &[&Shapes]) -> Option<String> {
    frequent_number(columns, 9)
}

/// The most frequent number of the columns together, where it stands in so many tenths of the rows.
fn frequent_number(columns: &[&Shapes], tenths: u32) -> Option<String> {
    let rows = columns.iter().map(|shape| shape.filled).max()?;
    let mut counts: Vec<(u32, &String)> = Vec::new();
    for number in columns.iter().flat_map(|shape| shape.numbers.keys()) {
        counts.push((columns.iter().filter_map(|shape| shape.numbers.get(number)).sum(), number));
    }
    let (count, number) = counts.into_iter().max()?;
    (rows > 2 && is_mostly(count, rows, tenths)).then(|| number.clone())
}

fn score(field: Field, heading: &str, shape: &Shapes, left: Option<&Shapes>) -> u32 {
    let by_heading = by_heading(field, heading);
    let (by_values, _) = by_values(field, shape, left);
    let speaks_by_words = matches!(field, Field::Direction | Field::Outcome | Field::Service | Field::Label);
    if is_never(heading) && by_heading < 6 {
        return 0;
    }
    match (by_heading, by_values) {
        // A heading alone is believed of words and of empty columns, never against what stands in the cells.
        (heading, 0) if shape.filled == 0 || (speaks_by_words && shape.texts > 0 && !holds_parties(shape)) => heading,
        (_, 0) => 0,
        (heading, values) => heading + values,
    }
}

fn is_never(heading: &str) -> bool {
    let plain = folded(heading);
    plain == "№" || plain == "id" || NEVER.iter().any(|part| plain.contains(part))
}

/// 6 for a heading that the general recipe knows for the field, 4 for a part of one, 0 for none.
fn by_heading(field: Field, heading: &str) -> u32 {
    let plain = folded(heading);
    if plain.is_empty() {
        return 0;
    }
    let general = RECIPES.iter().find(|recipe| recipe.general);
    let known =
        |recipe: &Recipe| recipe.column.iter().any(|c| !c.lone && c.field == field && any_fits(&c.headers, &plain));
    if general.is_some_and(|recipe| known(recipe)) {
        return 6;
    }
    let begins = |stem: &&str| {
        plain.starts_with(*stem)
            || plain.contains(&format!(" {stem}"))
            || (stem.chars().count() > 4 && plain.contains(*stem))
    };
    let stems = STEMS.iter().filter(|(of, _)| *of == field).flat_map(|(_, stems)| stems.iter());
    if stems.into_iter().any(begins) { 4 } else { 0 }
}

fn is_mostly(count: u32, of: u32, tenths: u32) -> bool {
    of > 0 && count * 10 >= of * tenths
}

/// How well the cells of a column fit a field, and what they look like.
fn by_values(field: Field, s: &Shapes, left: Option<&Shapes>) -> (u32, Option<ValueShape>) {
    let mostly = |count: u32| is_mostly(count, s.filled, 7);
    let party = holds_parties(s);
    let beside_days = left.is_some_and(|left| is_mostly(left.days, left.filled, 7));
    let words = !s.many_words && s.words.len() <= 40;
    let said = |score: u32, shape: ValueShape| (score, Some(shape));
    match field {
        Field::Start if mostly(s.moments) && !party => said(6, ValueShape::Moments),
        Field::Start if mostly(s.days + s.moments) && !party => said(2, ValueShape::Days),
        Field::Date if mostly(s.days) && !party => said(6, ValueShape::Days),
        Field::Time if mostly(s.clocks) && is_mostly(s.late, s.filled, 4) => said(5, ValueShape::Clocks),
        // Beside the day, a column in which a person wrote «18.30» and «после обеда» too.
        Field::Time if beside_days && is_mostly(s.clocks + s.loose, s.filled, 5) => said(4, ValueShape::Clocks),
        Field::Time if beside_days && mostly(s.fractions) => said(4, ValueShape::Clocks),
        Field::Line if party && s.numbers.len() == 1 && s.filled > 2 => said(5, ValueShape::OneNumber),
        Field::Number | Field::Caller | Field::Callee | Field::Line if party => {
            let shape = if s.numbers.len() == 1 && s.filled > 2 { ValueShape::OneNumber } else { ValueShape::Phones };
            said(if field == Field::Number { 5 } else { 2 }, shape)
        }
        Field::Direction if words && is_mostly(s.ways, s.filled, 6) => said(6, ValueShape::Ways),
        // A column that names messages and traffic tells services, however its calls ended.
        Field::Outcome if words && is_mostly(s.ends, s.filled, 6) && !is_mostly(s.others, s.filled, 1) => {
            said(5, ValueShape::Ends)
        }
        Field::Service if words && is_mostly(s.services, s.filled, 5) => said(5, ValueShape::Services),
        // Calls told by their ways, beside messages and traffic.
        Field::Service if words && s.others > 0 && is_mostly(s.services + s.ways, s.filled, 6) => {
            said(5, ValueShape::Services)
        }
        Field::Duration if mostly(s.units) => said(6, ValueShape::Lengths),
        Field::Duration if mostly(s.clocks) && !is_mostly(s.late, s.filled, 4) => said(4, ValueShape::Lengths),
        Field::Duration if mostly(s.fractions) && !is_mostly(s.days, s.filled, 3) => said(4, ValueShape::Lengths),
        Field::Duration if mostly(s.counts + s.decimals + s.clocks) => said(1, ValueShape::Lengths),
        Field::Zone if mostly(s.zones) => said(6, ValueShape::Zones),
        Field::Answered if mostly(s.yes_no) => said(3, ValueShape::YesNo),
        Field::Label if mostly(s.texts) && !party => said(1, ValueShape::Texts),
        _ => (0, None),
    }
}

/// What a word of a column of directions or services seems to mean; of a service that no rule knows, `otherwise`.
pub(super) fn means(word: &str, otherwise: WordMeaning) -> WordMeaning {
    let plain = folded(word);
    let Some(general) = RECIPES.iter().find(|recipe| recipe.general) else { return otherwise };
    let service = general.service.iter().find(|rule| any_fits(&rule.words, &plain)).map(|rule| rule.kind);
    match service {
        Some(ServiceKind::Sms) => return WordMeaning::Sms,
        Some(ServiceKind::Mms) => return WordMeaning::Mms,
        Some(ServiceKind::Ussd) => return WordMeaning::Ussd,
        Some(ServiceKind::Data) => return WordMeaning::Data,
        Some(ServiceKind::Fax) => return WordMeaning::Fax,
        Some(ServiceKind::Fee) => return WordMeaning::Fee,
        Some(ServiceKind::Other) => return WordMeaning::Other,
        Some(ServiceKind::Call) | None => {}
    }
    match plain.as_str() {
        "<-" | "<<" | "⬅" | "⇐" | "↓" | "↘" | "i" => return WordMeaning::Incoming,
        "->" | ">>" | "➡" | "⇒" | "↑" | "o" => return WordMeaning::Outgoing,
        _ => {}
    }
    let way = general.direction.iter().find(|rule| any_fits(&rule.words, &plain));
    match way.map(|rule| (rule.direction, rule.disposition)) {
        Some((Direction::Outgoing, Some(Disposition::Missed))) => WordMeaning::OutgoingMissed,
        Some((Direction::Outgoing, _)) => WordMeaning::Outgoing,
        Some((Direction::Incoming, Some(Disposition::Missed))) => WordMeaning::Missed,
        Some((Direction::Incoming, Some(Disposition::Rejected))) => WordMeaning::Rejected,
        Some((Direction::Incoming, Some(Disposition::Blocked))) => WordMeaning::Blocked,
        Some((Direction::Incoming, Some(Disposition::Voicemail))) => WordMeaning::Voicemail,
        Some((Direction::Incoming, _)) => WordMeaning::Incoming,
        _ if service == Some(ServiceKind::Call) => WordMeaning::Call,
        _ => otherwise,
    }
}

/// Whether a word says which way a call went.
pub(super) fn says_way(word: &str) -> bool {
    use WordMeaning as W;
    let way = [W::Incoming, W::Outgoing, W::Missed, W::Rejected, W::Blocked, W::Voicemail, W::OutgoingMissed];
    way.contains(&means(word, WordMeaning::Unknown))
}

/// What a word of a column of outcomes seems to mean.
pub(super) fn ends(word: &str) -> WordMeaning {
    let plain = folded(word);
    let general = RECIPES.iter().find(|recipe| recipe.general);
    let rule = general.and_then(|general| general.outcome.iter().find(|rule| any_fits(&rule.words, &plain)));
    match rule.map(|rule| rule.disposition) {
        Some(Disposition::Answered) => WordMeaning::Answered,
        Some(Disposition::Missed) => WordMeaning::Missed,
        Some(Disposition::Rejected) => WordMeaning::Rejected,
        Some(Disposition::Blocked) => WordMeaning::Blocked,
        Some(Disposition::Voicemail) => WordMeaning::Voicemail,
        Some(Disposition::Unknown) | None => WordMeaning::Unknown,
    }
}
