#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::blueprint::{Pattern, fitted, wide};
use super::days::apart_in_grey;
use super::scale::{Span, Unit, ticks};
use super::*;
use crate::model::{NONE, NumberKind, PhoneNumber, Precision};
use proptest::prelude::*;
use std::collections::BTreeMap;

const NUMBER: u64 = 79_073_100_000;

fn frame() -> Frame {
    Frame { width: 660.0, tongue: Tongue::Ru, zone: Zone::MOSCOW }
}

fn group(id: i64, mark: u32) -> GroupNamed {
    GroupNamed { id: GroupId(id), name: format!("Группа {id}"), mark }
}

fn tally(calls: &[(i64, Option<u8>, u32)], groups: usize) -> Tally {
    Tally::of(calls.iter().map(|(day, hour, group)| Counted { day: *day, hour: *hour, group: *group }), groups)
}

/// Numbers `NUMBER + n`, each with the days of its calls.
fn used(numbers: &[(u64, &[i64])]) -> Vec<NumberUse> {
    let known: Vec<PhoneNumber> = numbers.iter().map(|(n, _)| PhoneNumber::e164(NUMBER + n)).collect();
    let calls = numbers.iter().enumerate().flat_map(|(at, (_, days))| days.iter().map(move |day| (at as u32, *day)));
    super::numbers(calls.collect(), |at| known.get(at as usize), Tongue::Ru)
}

fn marked(chart: &Chart) -> u32 {
    chart.marks.iter().map(|mark| mark.calls).sum()
}

fn counts(chart: &Chart) -> u32 {
    let number = |text: &str| text.replace('\u{a0}', "").parse::<u32>().unwrap_or(0);
    chart.table.rows.iter().filter_map(|row| row.cells.last()).map(|cell| number(cell)).sum()
}

/// Everything stands within the chart, and every pattern that is asked for is there.
fn is_drawn_within(chart: &Chart) {
    let inside = |x: f64, y: f64| {
        let fits = (-0.5..=chart.width + 0.5).contains(&x) && (-0.5..=chart.height + 0.5).contains(&y);
        assert!(fits, "{:?}: {x}, {y} of {} × {}", chart.kind, chart.width, chart.height);
    };
    for shape in &chart.shapes {
        match shape {
            Shape::Rect { x, y, width, height, paint, .. } => {
                inside(*x, *y);
                inside(x + width, y + height);
                assert!(paint.tile.is_none_or(|tile| (tile as usize) < chart.tiles.len()));
            }
            Shape::Line { x1, y1, x2, y2, .. } => {
                inside(*x1, *y1);
                inside(*x2, *y2);
            }
            Shape::Disc { x, y, .. } => inside(*x, *y),
            Shape::Text { x, y, text, anchor, .. } => {
                let (left, right) = match anchor {
                    Anchor::Start => (0.0, wide(text)),
                    Anchor::Middle => (wide(text) / 2.0, wide(text) / 2.0),
                    Anchor::End => (wide(text), 0.0),
                };
                // Widths are said rather too wide.
                inside(x - left * 0.8, *y);
                inside(x + right * 0.8, *y);
            }
        }
    }
    chart.marks.iter().for_each(|mark| inside(mark.x + mark.width, mark.y + mark.height));
    assert!(chart.table.rows.iter().all(|row| row.cells.len() == chart.table.columns.len()), "{:?}", chart.kind);
}

#[test]
fn scales_begin_at_zero_and_are_few_and_round() {
    for most in [0, 1, 2, 3, 7, 31, 99, 431, 100_000, u32::MAX / 4] {
        let found = ticks(most);
        assert!(found[0] == 0 && *found.last().unwrap() >= most && (2..=6).contains(&found.len()), "{most}: {found:?}");
    }
    assert_eq!(ticks(99), [0, 50, 100]);
}

#[test]
fn columns_of_time_have_no_gap_and_end_where_the_next_begins() {
    let day = |text: &str| {
        let date: NaiveDateOf = text.parse().unwrap();
        date.signed_duration_since(chrono::NaiveDate::default()).num_days()
    };
    for (last, unit, columns, ends) in [
        ("2025-02-28", Unit::Day, 1, "2025-02-28"),
        ("2025-12-31", Unit::Week, 45, "2026-01-04"),
        ("2030-03-01", Unit::Month, 62, "2030-03-31"),
        ("2050-01-01", Unit::Year, 26, "2050-12-31"),
    ] {
        let span = Span::of(day("2025-02-28"), day(last), 186);
        assert_eq!((span.unit, span.len()), (unit, columns), "{last}");
        assert_eq!(span.last(span.len() - 1).unwrap().to_string(), ends);
        assert_eq!(span.column(day("2025-02-28")), Some(0));
        assert_eq!(span.column(day(last)), Some(span.len() - 1));
    }
    assert_eq!(Span::of(1, 0, 10).len(), 0);
}

type NaiveDateOf = chrono::NaiveDate;

#[test]
fn a_day_of_two_clocks_counts_each_call_once() {
    // Clocks in Berlin went back on 26 October 2025: 02:30 was twice.
    let berlin = Zone::Named(chrono_tz::Europe::Berlin);
    let mut local = Local::of(berlin);
    let night = 1_761_438_600;
    let found: Vec<_> =
        (0..4).map(|hour| local.day_and_hour(night + hour * 3_600, Precision::Second, &berlin)).collect();
    assert_eq!(found.iter().map(|(_, hour)| hour.unwrap()).collect::<Vec<_>>(), [2, 2, 3, 4]);
    assert!(found.iter().all(|(day, _)| date(*day).unwrap().to_string() == "2025-10-26"));
    // A day without an hour is that day where it was written, whatever the time here.
    let far = Zone::parse("+12:00").unwrap();
    let midnight = far.instant(20_000 * 86_400);
    assert_eq!(local.day_and_hour(midnight, Precision::Day, &far), (20_000, None));
}

#[test]
fn ten_calls_and_three_hundred_groups_are_counted_once_each() {
    for groups in [1_usize, 2, 9, 10, 300] {
        let named: Vec<GroupNamed> = (0..groups).map(|at| group(at as i64, at as u32 % MARKS)).collect();
        let calls: Vec<_> = (0..groups as i64 * 7)
            .map(|n| (20_000 + n % 90, (n % 5 != 0).then_some((n % 24) as u8), (n % groups as i64) as u32))
            .collect();
        let all: Vec<_> = calls.iter().copied().chain((0..10).map(|n| (20_000 + n, Some(12), NONE))).collect();
        let tally = tally(&all, groups);
        let chart = days(&tally, &named, &frame());
        assert_eq!(marked(&chart), all.len() as u32, "{groups} groups");
        assert_eq!(counts(&chart), all.len() as u32);
        assert_eq!(
            chart.table.columns.len(),
            2 + groups.min(9) + usize::from(groups > 9) + 1,
            "nine, the others, none, all"
        );
        is_drawn_within(&chart);
        let hourly = hours(&tally, &frame());
        assert_eq!(marked(&hourly), all.iter().filter(|(_, hour, _)| hour.is_some()).count() as u32);
        assert_eq!(counts(&hourly), marked(&hourly));
        assert_eq!(hourly.notes.len(), 1, "those without an hour are said");
        is_drawn_within(&hourly);
        // What is drawn is as high as what is counted: zero is zero.
        let bars: f64 = heights(&chart);
        let top = f64::from(*ticks(chart.marks.iter().map(|mark| mark.calls).max().unwrap()).last().unwrap());
        assert!((bars * top / 200.0 - all.len() as f64).abs() < 0.5, "{bars}");
    }
}

/// The heights of all columns together; swatches beside the names are squares of ten.
fn heights(chart: &Chart) -> f64 {
    let of = |shape: &Shape| match shape {
        Shape::Rect { width, height, .. } if (*width, *height) != (10.0, 10.0) => Some(*height),
        _ => None,
    };
    chart.shapes.iter().filter_map(of).sum()
}

#[test]
fn an_empty_case_has_sentences_and_no_axes() {
    let none = tally(&[], 0);
    let group = group(1, 0);
    let charts = [
        days(&none, &[], &frame()),
        hours(&none, &frame()),
        lanes(&[], &group, &frame()),
        block(&[], &[], &group, &frame()),
        graph(&[], &Links::default(), &group, &frame()),
    ];
    for chart in &charts {
        assert!(chart.shapes.is_empty() && chart.marks.is_empty() && chart.lead.ends_with('.'), "{chart:?}");
        assert_eq!(svg::svg(chart, "empty"), "");
    }
    let timeless = hours(&tally(&[(20_000, None, NONE)], 0), &frame());
    assert!(timeless.shapes.is_empty() && timeless.lead.contains("неизвестны"));
}

#[test]
fn neighbours_are_told_apart_without_colour() {
    // As many patterns of each kind as marks_of gives to nine groups, whatever their sizes.
    proptest!(|(sizes in proptest::collection::vec(1_u32..100, 1..=9), ids in 1_i64..1000)| {
        let groups: Vec<(GroupId, u32)> = sizes.iter().enumerate().map(|(at, calls)| (GroupId(ids + at as i64 * 7), *calls)).collect();
        let marks = derived(&groups, &[], &[]);
        let named: Vec<GroupNamed> = groups.iter().map(|(id, _)| group(id.0, marks[id])).collect();
        let calls: Vec<_> = sizes.iter().enumerate().flat_map(|(at, n)| (0..*n).map(move |_| (20_000, Some(1), at as u32))).collect();
        let chart = days(&tally(&calls, named.len()), &named, &frame());
        let fills: Vec<Vec<Shape>> = chart.shapes.iter().filter_map(|shape| match shape {
            // The column, not the swatches.
            Shape::Rect { paint, width, height, .. } if (*width, *height) != (10.0, 10.0) => Some(grey(&chart, paint)),
            _ => None,
        }).collect();
        prop_assert!(fills.windows(2).all(|pair| pair[0] != pair[1]), "{marks:?}");
    });
    // Where one pattern is too many, paper keeps them apart.
    assert_eq!(apart_in_grey(vec![0, 1, 2], |_| 1).len(), 3);
    assert_eq!(apart_in_grey(vec![0, 1, 2, 3], |at| u32::from(at >= 3)), [0, 3, 1, 2]);
}

/// A fill without its colour.
fn grey(chart: &Chart, paint: &Paint) -> Vec<Shape> {
    let plain = |shape: &Shape| match shape.clone() {
        Shape::Rect { x, y, width, height, .. } => {
            Shape::Rect { x, y, width, height, paint: Paint::plain(Ink::Ink), edged: false }
        }
        Shape::Disc { x, y, r, .. } => Shape::Disc { x, y, r, paint: Paint::plain(Ink::Ink) },
        other => other,
    };
    paint.tile.map_or_else(Vec::new, |tile| chart.tiles[tile as usize].shapes.iter().map(plain).collect())
}

/// The marks where the person chose none.
fn derived(groups: &[(GroupId, u32)], gone: &[GroupId], split_off: &[GroupId]) -> BTreeMap<GroupId, u32> {
    marks_of(groups, gone, split_off, &BTreeMap::new())
}

#[test]
fn what_the_person_chose_goes_before_all() {
    let groups: Vec<(GroupId, u32)> = [3, 11, 19].map(|id| (GroupId(id), 5)).to_vec();
    let before = derived(&groups, &[], &[]);
    let chosen = BTreeMap::from([(GroupId(19), before[&GroupId(3)])]);
    let now = marks_of(&groups, &[], &[], &chosen);
    assert_eq!(now[&GroupId(19)], before[&GroupId(3)]);
    assert_ne!(now[&GroupId(3)], before[&GroupId(3)], "no other has the same");
    assert_eq!(now[&GroupId(11)], before[&GroupId(11)]);
}

#[test]
fn marks_are_apart_and_stay() {
    let groups = |ids: &[i64]| ids.iter().map(|id| (GroupId(*id), 5)).collect::<Vec<_>>();
    let few = derived(&groups(&[3, 11, 19, 27, 40]), &[], &[]);
    let colours: std::collections::BTreeSet<u32> = few.values().map(|mark| mark % COLOURS).collect();
    assert_eq!(colours.len(), 5, "their identities ask for one colour");
    let patterns: std::collections::BTreeSet<u32> = few.values().take(3).map(|mark| mark % PATTERNS).collect();
    assert_eq!(patterns.len(), 3, "and they are apart in grey");
    let many: Vec<i64> = (0..24).map(|n| n * 8).collect();
    let all: std::collections::BTreeSet<u32> = derived(&groups(&many), &[], &[]).into_values().collect();
    assert_eq!(all.len(), 24);
    assert_eq!(derived(&groups(&(0..2_000).collect::<Vec<_>>()), &[], &[]).len(), 2_000);

    let before = derived(&groups(&[3, 11, 19, 27]), &[], &[]);
    let merged = derived(&groups(&[3, 19, 27]), &[GroupId(3), GroupId(11)], &[]);
    assert!(merged.iter().all(|(id, mark)| before[id] == *mark), "one was merged into another");
    let split = derived(&groups(&[2, 3, 11, 19, 27]), &[], &[GroupId(2)]);
    assert!(before.iter().all(|(id, mark)| split[id] == *mark), "one was split off");
    let grown = derived(&groups(&[3, 11, 19, 27, 90, 91]), &[], &[]);
    assert!(before.iter().all(|(id, mark)| grown[id] == *mark), "others came later");
    assert_eq!(derived(&groups(&[27, 3, 19]), &[], &[]), derived(&groups(&[3, 19, 27]), &[], &[]));
}

#[test]
fn lanes_hold_every_number_or_say_how_many_they_do_not() {
    let group = group(1, 4);
    for count in [1_u64, 12, 5_000] {
        let days: Vec<Vec<i64>> = (0..count).map(|n| vec![20_000 + n as i64 % 300, 20_001 + n as i64 % 300]).collect();
        let numbers =
            used(&days.iter().enumerate().map(|(n, days)| (n as u64 * 3, days.as_slice())).collect::<Vec<_>>());
        let chart = lanes(&numbers, &group, &frame());
        let drawn = count.min(40) as u32;
        assert_eq!(chart.marks.len(), drawn as usize);
        assert_eq!(marked(&chart), drawn * 2);
        assert_eq!(chart.notes.is_empty(), count <= 40);
        if count == 5_000 {
            let note = chart.notes[0].replace('\u{a0}', " ");
            assert!(note.contains("4 960 номеров") && note.contains("9 920 звонков"), "{note}");
        }
        is_drawn_within(&chart);
    }
    let order: Vec<u64> =
        used(&[(0, &[30]), (1, &[10, 11, 12]), (2, &[20])]).iter().map(|n| n.digits.unwrap() - NUMBER).collect();
    assert_eq!(order, [1, 0, 2], "most calls first");
    let chart = lanes(&used(&[(0, &[30]), (1, &[10, 11, 12]), (2, &[20])]), &group, &frame());
    let rows: Vec<&str> = chart.table.rows.iter().map(|row| row.cells[0].as_str()).collect();
    assert!(
        rows[0].ends_with("01") && rows[1].ends_with("02") && rows[2].ends_with("00"),
        "by their beginning: {rows:?}"
    );
}

#[test]
fn masked_and_hidden_numbers_stay_so() {
    let masked = PhoneNumber { kind: NumberKind::Masked, text: "907**1098580".to_owned() };
    let numbers = super::numbers(vec![(0, 1), (NONE, 1), (NONE, 2)], |at| (at == 0).then_some(&masked), Tongue::Ru);
    assert_eq!(
        numbers.iter().map(|n| (n.shown.as_str(), n.digits)).collect::<Vec<_>>(),
        [("номер скрыт", None), ("907**1098580", None)]
    );
    let chart = lanes(&numbers, &group(1, 0), &frame());
    assert_eq!(chart.marks[1].asks, Some(Asks { hidden: Some(true), ..Asks::default() }));
    assert_eq!(chart.marks[0].asks.as_ref().unwrap().number.as_deref(), Some("907**1098580"));
    assert!(block(&numbers, &[(0, u64::MAX)], &group(1, 0), &frame()).shapes.is_empty(), "a block is of whole numbers");
}

#[test]
fn a_block_shows_used_and_unused_numbers_and_counts_all_calls() {
    let group = group(1, 2);
    let numbers = used(&[(0, &[1, 2]), (3, &[40]), (9, &[80, 81, 82]), (50_000, &[5])]);
    let chart = block(&numbers, &[(NUMBER, NUMBER + 9)], &group, &frame());
    assert_eq!(chart.table.rows.len(), 10, "a row for each number, used or not");
    assert_eq!(chart.table.rows.iter().filter(|row| row.asks.is_some()).count(), 3);
    assert_eq!(marked(&chart), 6);
    let note = chart.notes[0].replace('\u{a0}', " ");
    assert!(note.contains("1 номер, 1 звонок"), "what stands outside is said: {note}");
    is_drawn_within(&chart);

    // Thousands of numbers: rows of ten, of a hundred, never more than fit.
    let days: Vec<Vec<i64>> = (0..5_000).map(|n| vec![n / 10]).collect();
    let numbers = used(&days.iter().enumerate().map(|(n, days)| (n as u64, days.as_slice())).collect::<Vec<_>>());
    let chart = block(&numbers, &[(NUMBER, NUMBER + 4_999)], &group, &frame());
    assert!(chart.table.rows.len() <= 200, "{}", chart.table.rows.len());
    assert_eq!(marked(&chart), 5_000);
    assert!(chart.notes.iter().any(|note| note.contains("100")), "{:?}", chart.notes);
    let asks = chart.marks[0].asks.as_ref().unwrap().block.clone().unwrap();
    assert_eq!(asks, (format!("+{NUMBER}"), format!("+{}", NUMBER + 99)));
    is_drawn_within(&chart);

    // Five blocks: three are drawn, the others are counted; blocks that overlap count no number twice.
    let pools: Vec<(u64, u64)> =
        (0..5).map(|n| (NUMBER + n * 1_000, NUMBER + n * 1_000 + 9)).chain([(NUMBER, NUMBER + 500)]).collect();
    let chart = block(&numbers, &pools, &group, &frame());
    let said: Vec<String> = chart.notes.iter().map(|note| note.replace('\u{a0}', " ")).collect();
    assert!(said.iter().any(|note| note.contains("Ещё 3 отрезка номеров")), "{said:?}");
    let outside = said.iter().find(|note| note.contains("Вне")).unwrap();
    assert!(outside.contains("4 459 номеров"), "{outside}");
}

#[test]
fn a_graph_counts_every_call_in_every_column() {
    let group = group(1, 5);
    let days: Vec<Vec<i64>> = (0..40).map(|n| (0..=n % 3).collect()).collect();
    let numbers = used(&days.iter().enumerate().map(|(n, days)| (n as u64, days.as_slice())).collect::<Vec<_>>());
    let all: u32 = numbers.iter().map(|number| number.calls).sum();
    let labels = numbers.iter().enumerate().map(|(at, number)| match at % 13 {
        0 => vec![(String::new(), number.calls)],
        kind => vec![(format!("ООО «Подпись {kind}» & <b>"), number.calls)],
    });
    let holders = (0..numbers.len())
        .map(|at| if at % 3 == 0 { String::new() } else { format!("АО «Вымысел {}»", at % 10) });
    let mut links = Links { labels: labels.collect(), holders: holders.collect(), registers: Vec::new() };
    let chart = graph(&numbers, &links, &group, &frame());
    assert_eq!(marked(&chart), 2 * all, "labels and numbers");
    assert!(chart.notes[0].contains("не загружен"), "{:?}", chart.notes);
    links.registers.push("2026-08-19".parse().unwrap());
    let chart = graph(&numbers, &links, &group, &frame());
    assert_eq!(marked(&chart), 3 * all, "labels, numbers and operators");
    assert!(chart.notes[0].contains("номер мог быть перенесён"), "nothing is claimed: {:?}", chart.notes);
    let rests = chart.marks.iter().filter(|mark| mark.asks.is_none()).count();
    assert_eq!(rests, 4, "the rest of each column, and what no register knows");
    is_drawn_within(&chart);
    assert_eq!(counts(&chart), all);
}

#[test]
fn both_languages_say_the_same_shapes() {
    let numbers = used(&[(0, &[1, 2]), (3, &[40])]);
    let links = Links { labels: vec![vec![("А".to_owned(), 2)], vec![(String::new(), 1)]], ..Links::default() };
    let drawn = |tongue| {
        let frame = Frame { tongue, ..frame() };
        let tally = tally(&[(1, Some(3), 0), (2, Some(4), NONE)], 1);
        [
            days(&tally, &[group(1, 0)], &frame),
            hours(&tally, &frame),
            lanes(&numbers, &group(1, 0), &frame),
            graph(&numbers, &links, &group(1, 0), &frame),
        ]
    };
    for (ru, en) in drawn(Tongue::Ru).iter().zip(&drawn(Tongue::En)) {
        assert_eq!((ru.shapes.len(), ru.marks.len()), (en.shapes.len(), en.marks.len()));
        let cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
        assert!(!cyrillic(&en.title) && !cyrillic(&en.lead) && cyrillic(&ru.title), "{}", en.title);
    }
}

#[test]
fn texts_are_cut_to_their_place_and_escaped() {
    assert_eq!(fitted("коротко", 200.0), "коротко");
    let cut = fitted(&"Очень длинное имя группы ".repeat(9), 120.0);
    assert!(cut.ends_with('…') && wide(&cut) <= 121.0, "{cut}");
    assert_eq!(Pattern::of_mark(5), Pattern::Dotted);
    let named = GroupNamed { name: "<script>&\"'\u{0}".to_owned(), ..group(1, 1) };
    let chart = days(&tally(&[(1, Some(1), 0), (1, Some(1), NONE)], 1), &[named], &frame());
    let drawn = svg::svg(&chart, "chart-1");
    assert!(!drawn.contains("<script") && drawn.contains("&lt;script&gt;&amp;&quot;&#39;"), "{drawn}");
    assert_eq!(drawn, svg::svg(&chart, "chart-1"), "the same bytes");
}

#[test]
fn the_drawing_is_well_formed_and_leads_nowhere() {
    let numbers = used(&[(0, &[1, 2]), (3, &[40])]);
    let tally = tally(&[(1, Some(3), 0), (2, Some(4), NONE)], 1);
    for chart in
        [days(&tally, &[group(1, 1)], &frame()), hours(&tally, &frame()), lanes(&numbers, &group(1, 1), &frame())]
    {
        let text = svg::svg(&chart, "one");
        let mut reader = quick_xml::Reader::from_str(&text);
        let (mut depth, mut ids, mut texts, mut shapes) = (0_i32, Vec::new(), 0, 0);
        loop {
            let (tag, opens) = match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(tag) => (tag, 1),
                quick_xml::events::Event::Empty(tag) => (tag, 0),
                quick_xml::events::Event::End(_) => {
                    depth -= 1;
                    continue;
                }
                quick_xml::events::Event::Eof => break,
                _ => continue,
            };
            depth += opens;
            let name = tag.name().as_ref().to_owned();
            texts += i32::from(name == "text");
            shapes += i32::from(matches!(name.as_str(), "rect" | "line" | "circle" | "text"));
            assert!(
                ["svg", "title", "desc", "defs", "pattern", "rect", "line", "circle", "text"].contains(&name.as_str()),
                "{name}"
            );
            for attribute in tag.attributes() {
                let attribute = attribute.unwrap();
                let (key, value): (&str, String) = (attribute.key.as_ref(), attribute.value.to_string());
                assert!(!key.starts_with("on") && key != "href" && key != "style", "{value}");
                if key == "id" {
                    ids.push(value.clone());
                }
                if let Some(name) = value.strip_prefix("url(#") {
                    assert!(ids.contains(&name.trim_end_matches(')').to_owned()), "{value} leads out of the drawing");
                } else {
                    assert!(key == "xmlns" || !value.contains("://"), "{value}");
                }
            }
        }
        assert_eq!(depth, 0);
        assert!(
            ids.contains(&"one-title".to_owned()) && ids.contains(&"one-desc".to_owned()),
            "for who does not see it"
        );
        let within = |shapes: &[Shape]| shapes.len() as i32;
        assert_eq!(shapes, within(&chart.shapes) + chart.tiles.iter().map(|tile| within(&tile.shapes)).sum::<i32>());
        assert!(texts > 0);
    }
}
