//! Rows that were damaged on their way are mended where it is certain, and shown where it is not.

use super::common::{Chance, Seen, seen, seen_with, workbook};
use std::io::Cursor;
use std::time::Instant;
use ulika::import::{MendKind, ReadOptions, read_number, rows_as_found};
use ulika::model::RowFate;

const HEAD: &str = "Дата и время;Номер;Направление;Длительность;Стоимость";

/// A table of these lines below the header.
fn table(lines: &[&str]) -> Vec<u8> {
    format!("{HEAD}\n{}\n", lines.join("\n")).into_bytes()
}

fn kinds(seen: &Seen) -> Vec<(u64, MendKind, u32, u32)> {
    seen.summary.mends.iter().map(|mend| (mend.row, mend.kind, mend.lines, mend.rows)).collect()
}

/// Skipped, rows, mended, problems.
fn sums(seen: &Seen) -> (u64, u64, u64, usize) {
    let s = &seen.summary;
    (s.skipped, s.rows, s.mended, s.problems.len())
}

const FIRST: &str = "03.09.2025 10:15:00;+79071112233;Входящий;0:31;1,50";
const SECOND: &str = "04.09.2025 11:40:12;+79353104084;Исходящий;2:05;0,00";
const THIRD: &str = "05.09.2025 09:05:59;+79460001122;Входящий;0:07;0,00";

/// What the three rows say.
fn whole() -> Vec<String> {
    seen(table(&[FIRST, SECOND, THIRD])).told()
}

#[test]
fn a_stamp_on_a_line_of_its_own_is_skipped_and_one_that_speaks_of_a_call_is_shown() {
    for stamp in [
        "[03.09.2025, 10:15] Анна: вот остальное",
        "[03.09.2025 10:15:22] Анна Тестова:",
        "03.09.2025, 10:15 - Анна: дальше",
        "03.09.2025, 10:15 - +7 907 111-22-33: дальше",
        "Анна, [16.07.2026 12:54]",
        "\u{200E}[9/3/25, 10:15:22 AM] Anna: \u{200E}here",
    ] {
        let seen = seen(table(&[FIRST, stamp, SECOND, THIRD]));
        assert_eq!((sums(&seen), seen.told()), ((1, 3, 0, 0), whole()), "{stamp}");
    }
    let seen = seen(table(&[FIRST, "[03.09.2025, 10:15] Анна: звонили с 9071112233", SECOND]));
    assert_eq!(sums(&seen), (0, 3, 0, 1), "it may be a call: {:?}", seen.problems());
    assert_eq!(seen.problems()[0].0, 3);
}

#[test]
fn a_stamp_within_a_row_is_taken_out_of_it() {
    let [date, rest] = FIRST.split_once(';').map(<[&str; 2]>::from).unwrap();
    for stamp in ["[03.09.2025, 10:15] Анна: ", "03.09.2025, 10:15 - Анна: ", "[16.07.2026 12:54] "] {
        for damaged in [
            format!("{stamp}{FIRST}"),
            format!("{date};{stamp}{rest}"),
            format!("03.09.2025 {stamp}10:15:00;{rest}"),
            FIRST.replace("0:31", &format!("0:{stamp}31")),
            FIRST.replace("Вход", &format!("{stamp}Вход")),
        ] {
            let seen = seen(table(&[&damaged, SECOND, THIRD]));
            assert_eq!((sums(&seen), seen.told()), ((0, 3, 1, 0), whole()), "{damaged}");
            assert_eq!(kinds(&seen), [(2, MendKind::Stamp, 1, 1)], "{damaged}");
            assert!(seen.summary.mends[0].found.contains("2026 12:54") || damaged.contains("10:15"), "{damaged}");
        }
    }
    // The comma of a stamp is a delimiter here.
    let comma = |lines: &[&str]| format!("date,number,type,duration\n{}\n", lines.join("\n"));
    let rows = ["2025-09-03 10:15:00,+79071112233,incoming,31", "2025-09-04 11:40:00,+79353104084,outgoing,125"];
    let damaged = seen(comma(&[&format!("[03.09.2025, 10:15] Анна: {}", rows[0]), rows[1]]));
    assert_eq!((damaged.told(), sums(&damaged)), (seen(comma(&rows)).told(), (0, 2, 1, 0)));
    // It may even read, where the last cells are empty.
    let comma = |lines: &[&str]| format!("date,number,duration,type,note,name\n{}\n", lines.join("\n"));
    let rows = ["2025-09-03 10:15:00,+79071112233,31,incoming,,", "2025-09-04 11:40:00,+79353104084,125,outgoing,,"];
    let number = rows[1].find("104084").unwrap();
    let damaged = seen(comma(&[rows[0], &broken(rows[1], number, " [03.09.2025, 10:15] Анна: ")]));
    assert_eq!((damaged.told(), sums(&damaged)), (seen(comma(&rows)).told(), (0, 2, 1, 0)));
}

#[test]
fn what_is_left_behind_a_stamp_must_be_a_row() {
    for damaged in [
        "[03.09.2025, 10:15] Анна: 03.09.2025;+79071112233;Входящий;0:31;1,50",
        "[03.09.2025, 10:15] Анна: 03.09.2025 10:15:00;кто-то;Входящий;0:31;1,50",
        "[03.09.2025, 10:15] Анна: 03.09.2025 10:15:00;+79071112233;Входящий;??;1,50",
        "[03.09.2025, 10:15] Анна: 03.09.2025 10:15:00;+79071112233;Входящий;0:31;1,50;5;6",
        "[03.09.2025, 10:15] Анна: 03.09.2025 10:15:00;+79071112233;наверно;0:31;1,50",
    ] {
        let seen = seen(table(&[damaged, SECOND, THIRD]));
        assert_eq!(sums(&seen), (0, 3, 0, 1), "{damaged}");
        assert_eq!(seen.told(), whole()[1..], "{damaged}");
    }
}

#[test]
fn page_numbers_totals_and_captions_between_the_rows_are_skipped() {
    for line in [
        "Страница 3 из 12;;;;",
        "Стр. 3",
        "1411 из 1422",
        "Итого;;;1:05:07;12 345,00",
        HEAD,
        "Детализация вызовов за сентябрь 2025;;;;",
        "Отчёт о звонках",
    ] {
        let seen = seen(table(&[FIRST, line, SECOND, THIRD]));
        assert_eq!((sums(&seen), seen.told()), ((1, 3, 0, 0), whole()), "{line}");
    }
    let seen = seen(table(&[FIRST, "Отчёт;+79071112233;;;", SECOND, THIRD]));
    assert_eq!(sums(&seen).3, 1, "more than a caption");
}

#[test]
fn a_footer_is_taken_out_of_a_cell_whose_rest_reads() {
    for (from, to) in [
        ("0:31", "0:31 Страница 3 из 12"),
        ("0:31", "0:31Стр. 3"),
        ("0:31", "0:31 1411 из 1422"),
        ("0:31", "0:31 Итого: 528"),
        ("+79071112233", "+79071112233 Страница 3 из 12"),
        ("03.09.2025 10:15:00", "Страница 3 из 12 03.09.2025 10:15:00"),
        ("10:15:00", "10:15:00 Page 3 of 12"),
    ] {
        let seen = seen(table(&[&FIRST.replace(from, to), SECOND, THIRD]));
        assert_eq!((sums(&seen), seen.told()), ((0, 3, 1, 0), whole()), "{to}");
        assert_eq!(kinds(&seen), [(2, MendKind::Footer, 1, 1)], "{to}");
    }
    for (from, to) in [("0:31", "Страница 3 из 12 минут"), ("0:31", "?? Страница 3 из 12"), ("10:15:00", "Стр. 3")]
    {
        let seen = seen(table(&[&FIRST.replace(from, to), SECOND, THIRD]));
        assert_eq!((sums(&seen), seen.told()), ((0, 3, 0, 1), whole()[1..].to_vec()), "{to}");
    }
}

#[test]
fn footers_and_stamps_are_taken_out_of_the_cells_of_a_workbook() {
    let head = ["Дата и время", "Номер", "Направление", "Длительность"];
    let book = |first: [&str; 4], between: &[&[&str]]| {
        let rows: Vec<&[&str]> = [head.as_slice(), first.as_slice()]
            .into_iter()
            .chain(between.iter().copied())
            .chain([["04.09.2025 11:40:12", "+79353104084", "Исходящий", "2:05"].as_slice()])
            .collect();
        workbook(&[("Лист", &rows)])
    };
    let clean = seen(book(["03.09.2025 10:15:00", "+79071112233", "Входящий", "0:31"], &[]));
    let damaged = seen(book(
        ["[03.09.2025, 10:15] Анна: 03.09.2025 10:15:00", "+79071112233", "Входящий", "0:31 Страница 1 из 2"],
        &[&["Страница 1 из 2"], &["[03.09.2025, 10:15] Анна: вот ещё"], &["Итого", "", "", "0:31"]],
    ));
    assert_eq!((damaged.told(), sums(&damaged)), (clean.told(), (3, 2, 1, 0)));
    assert_eq!(damaged.summary.mends[0].sheet, 1);
    // Rows of a sheet neither break nor run together.
    let broken = seen(book(["03.09.2025 10:15:00", "+7907111", "", ""], &[&["2233", "Входящий", "0:31"]]));
    assert_eq!(broken.summary.mended, 0);
}

/// The row with a break of the line at this byte.
pub fn broken(row: &str, at: usize, with: &str) -> String {
    format!("{}{with}{}", &row[..at], &row[at..])
}

#[test]
fn a_row_broken_by_the_end_of_a_line_is_put_together() {
    let calls = whole();
    for at in (1..SECOND.rfind(';').unwrap()).filter(|at| SECOND.is_char_boundary(*at)) {
        let seen = seen(table(&[FIRST, &broken(SECOND, at, "\n"), THIRD]));
        assert_eq!((sums(&seen), seen.told()), ((0, 3, 1, 0), calls.clone()), "at {at}");
        assert_eq!(kinds(&seen), [(3, MendKind::Broken, 2, 1)], "at {at}");
        let place = seen.records()[1].place;
        let bytes = table(&[FIRST, &broken(SECOND, at, "\n"), THIRD]);
        let there = &bytes[place.offset as usize..][..place.length as usize];
        assert_eq!(std::str::from_utf8(there).unwrap(), broken(SECOND, at, "\n"), "its place is both lines");
    }
    // On three lines, the first row of the table, the last without an end, at a delimiter that is lost.
    for damaged in [
        "04.09.2025 11:40:12\n;+79353104084;Исход\nящий;2:05;0,00",
        "04.09.2025 11:40:12\n+79353104084;Исходящий;2:05;0,00",
    ] {
        for lines in [[damaged, FIRST, THIRD], [FIRST, damaged, THIRD], [FIRST, THIRD, damaged]] {
            let seen = seen(format!("{HEAD}\n{}", lines.join("\n")));
            let mut told = seen.told();
            told.sort();
            assert_eq!((sums(&seen), told), ((0, 3, 1, 0), calls.clone()), "{damaged}");
        }
    }
}

#[test]
fn a_message_between_two_parts_of_a_row_is_left_out() {
    let calls = whole();
    for damaged in [
        "04.09.2025 11:40:12;+79353\n[03.09.2025, 10:15] Анна: 104084;Исходящий;2:05;0,00",
        "04.09.2025 11:40:12;+79353\n[03.09.2025, 10:15] Анна:\n104084;Исходящий;2:05;0,00",
        "04.09.2025 11:40:12;+79353\nАнна, [03.09.2025 10:15]\n104084;Исходящий;2:05;0,00",
    ] {
        let seen = seen(table(&[FIRST, damaged, THIRD]));
        let lines = damaged.lines().count() as u32;
        assert_eq!(seen.told(), calls, "{damaged}");
        assert_eq!((kinds(&seen), sums(&seen).3), (vec![(3, MendKind::Broken, lines, 1)], 0), "{damaged}");
        assert_eq!(seen.summary.skipped, u64::from(lines) - 2, "{damaged}");
    }
}

#[test]
fn parts_that_come_to_no_row_or_to_more_than_one_stay_problems() {
    for (damaged, problems) in [
        // One part is missing.
        ("04.09.2025 11:40:12;+79353104084", 1),
        // Something stands between them.
        ("04.09.2025 11:40:12;+79353\n\n104084;Исходящий;2:05;0,00", 2),
        ("04.09.2025 11:40:12;+79353\nчто-то ещё\n104084;Исходящий;2:05;0,00", 3),
        // Too many cells, and too few.
        ("04.09.2025 11:40:12;+79353\n104084;Исходящий;2:05;0,00;5;6", 2),
        ("04.09.2025 11:40:12;+79353\n104084;Исходящий;2:05", 2),
        // The second part ends one row or begins another.
        ("04.09.2025 11:40:12;+79353104084;\nИсходящий;2:05;04.09.2025 11:41:12;\n+79353104084;Исходящий;2:05;0,00", 3),
    ] {
        let seen = seen(table(&[FIRST, damaged, THIRD]));
        assert_eq!(sums(&seen).2, 0, "{damaged}");
        assert_eq!(seen.summary.problems.len(), problems, "{damaged}: {:?}", seen.problems());
        assert_eq!(seen.told(), [whole()[0].clone(), whole()[2].clone()], "{damaged}");
    }
    // What a service is called is kept as written, and nobody knows whether a space stood at the break.
    let head = "Дата и время;Номер;Услуга;Длительность";
    let row = "04.09.2025 11:40:12;+79353104084;Исходящий\nзвонок;2:05";
    let seen = seen(format!("{head}\n03.09.2025 10:15:00;+79071112233;Входящий звонок;0:31\n{row}\n"));
    assert_eq!(sums(&seen).2, 0);
}

#[test]
fn rows_on_one_line_are_parted() {
    let calls = whole();
    for between in ["", " ", ";", "; ", "[03.09.2025, 10:15] Анна: "] {
        let line = [FIRST, SECOND, THIRD].join(between);
        let seen = seen(table(&[&line]));
        assert_eq!((sums(&seen), seen.told()), ((0, 3, 3, 0), calls.clone()), "{between:?}");
        assert!(seen.records().iter().all(|record| record.place.row == 2));
        let line = [FIRST, SECOND].join(between);
        let seen = seen_with(&table(&[&line, THIRD]), &ReadOptions::default());
        assert_eq!((sums(&seen), seen.told()), ((0, 3, 2, 0), calls.clone()), "{between:?}");
        assert_eq!(kinds(&seen)[0].2, 1);
    }
}

#[test]
fn rows_that_could_be_parted_in_two_ways_stay_one_problem() {
    // Seconds, and a day of one digit or of two: 31 and the 13th, or 311 and the 3rd.
    let head = "Дата и время;Номер;Направление;Длительность, сек";
    let rows = "3.09.2025 10:15:00;+79071112233;Входящий;3113.09.2025 11:40:12;+79353104084;Исходящий;125";
    let seen = seen(format!("{head}\n05.09.2025 09:05:59;+79460001122;Входящий;7\n{rows}\n"));
    assert_eq!(sums(&seen), (0, 2, 0, 1));
    for damaged in [
        // A part of one is missing, or there is one cell too many.
        format!("{FIRST};{}", SECOND.replace("+79353104084;", "")),
        format!("{FIRST};{SECOND};5;6;7"),
        format!("{};{SECOND}", FIRST.replace("0:31", "??")),
    ] {
        let seen = super::common::seen(table(&[&damaged, THIRD]));
        assert_eq!(sums(&seen), (0, 2, 0, 1), "{damaged}");
        assert_eq!(seen.told(), whole()[2..], "{damaged}");
    }
}

#[test]
fn a_mended_row_is_shown_as_it_stood() {
    let glued = format!("{FIRST}{SECOND}");
    let bytes = table(&[
        "[03.09.2025, 10:15] Анна: 03.09.2025 10:15:01;+79071112233;Входящий;0:31;1,50",
        &broken(THIRD, 25, "\n"),
        &glued,
    ]);
    let seen = seen(&bytes);
    assert_eq!(sums(&seen), (0, 4, 4, 0));
    let places: Vec<(u32, u64)> = seen.records().iter().map(|r| (r.place.sheet, r.place.row)).collect();
    assert_eq!(places, [(0, 2), (0, 3), (0, 5), (0, 5)]);
    let mut what = seen.what.clone();
    what.mends.clone_from(&seen.summary.mends);
    let found = rows_as_found(&mut Cursor::new(&bytes), &what, &places).unwrap();
    let told: Vec<_> = found.iter().map(|row| (row.mended, row.cells.join(";"))).collect();
    assert_eq!(told[0].0, Some(MendKind::Stamp));
    assert!(told[0].1.starts_with("[03.09.2025, 10:15] Анна: 03.09.2025 10:15:01;"));
    assert_eq!(told[1], (Some(MendKind::Broken), broken(THIRD, 25, "\n")), "with its break");
    assert_eq!(told[2], (Some(MendKind::Glued), glued.clone()));
    assert_eq!(told[3], (Some(MendKind::Glued), glued));
    // Without the mends lines are lines.
    let lines = rows_as_found(&mut Cursor::new(&bytes), &seen.what, &[(0, 3), (0, 4)]).unwrap();
    assert!(lines.iter().all(|row| row.mended.is_none() && !row.cells.concat().contains('\n')));
}

#[test]
fn a_reading_without_mending_gives_every_row_as_before() {
    let bytes =
        table(&[&broken(FIRST, 25, "\n"), &format!("{SECOND};{THIRD}"), "Стр. 3", "[03.09.2025, 10:15] Анна: да"]);
    let mut file = Cursor::new(&bytes);
    let mut what = ulika::import::identify(&mut file, "x", &ReadOptions::default()).unwrap();
    let mut read = |what: &_| {
        let options = ReadOptions::default();
        let (name, quiet) = ("x", &ulika::progress::Silent);
        ulika::import::read(&mut file, name, what, &options, &mut ulika::import::Discard, quiet).unwrap()
    };
    let mending = read(&what);
    assert_eq!((mending.rows, mending.mended, mending.problems.len(), mending.skipped), (3, 3, 0, 2));
    what.mending = false;
    let before = read(&what);
    assert_eq!((before.rows, before.mended, before.problems.len(), before.skipped), (4, 0, 4, 1));
}

#[test]
fn legs_of_one_call_are_found_in_mended_rows_too() {
    let row = |id: u32, n: u32, from: &str, to: &str, seconds: u32| {
        format!(
            "2023-07-26 03:51:{n:02},\"\" <{from}>,{from},{to},ext,SIP/a,SIP/b,Dial,x,{seconds},{seconds},ANSWERED,3,,1690325492.{n},,,,,,,,,1690325492.{id},,{n}"
        )
    };
    let head = "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,recordingfile,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,linkedid,peeraccount,sequence";
    let rows =
        [row(1, 1, "79071112233", "201", 5), row(1, 2, "79071112233", "202", 42), row(3, 3, "203", "79353104084", 9)];
    let clean = seen(format!("{head}\n{}\n", rows.join("\n")));
    let damaged =
        seen(format!("{head}\n{}\n{}\n{}\n", rows[0], broken(&rows[1], rows[1].find("IP/a").unwrap(), "\n"), rows[2]));
    assert_eq!(damaged.summary.mended, 1, "{:?}", damaged.problems());
    assert_eq!((damaged.told(), damaged.summary.repeats_in_file), (clean.told(), clean.summary.repeats_in_file));
}

/// A file of calls as they fall, no two at one moment.
fn generated(chance: &mut Chance, rows: usize) -> Vec<String> {
    (0..rows)
        .map(|at| {
            let number = format!("+7{}{:07}", ["907", "935", "946"][chance.below(3)], chance.below(10_000_000));
            let way = ["Входящий", "Исходящий"][chance.below(2)];
            let (minutes, seconds) = (chance.below(15), chance.below(60));
            let (day, hour, minute, second) = (1 + at / 40, 8 + at % 12, chance.below(60), at % 60);
            format!(
                "{day:02}.09.2025 {hour:02}:{minute:02}:{second:02};{number};{way};{minutes}:{seconds:02};{},50",
                chance.below(9)
            )
        })
        .collect()
}

#[test]
fn whatever_the_damage_a_call_is_right_or_its_row_is_a_problem() {
    let (mut mended, mut problems) = (0, 0);
    for seed in 1..=60 {
        let mut chance = Chance(seed);
        let rows = generated(&mut chance, 80);
        let clean = seen(table(&rows.iter().map(String::as_str).collect::<Vec<_>>()));
        let told = clean.told();
        assert_eq!(told.len(), 80);
        let mut text = format!("{HEAD}\n");
        let mut strays = 0;
        for row in &rows {
            let bounds: Vec<usize> = (1..row.rfind(';').unwrap()).filter(|at| row.is_char_boundary(*at)).collect();
            let at = bounds[chance.below(bounds.len())];
            let stamp = ["[03.09.2025, 10:15] Анна: ", "03.09.2025, 10:15 - Анна: ", "[16.07.2026 12:54] Пётр: "]
                [chance.below(3)];
            match chance.below(14) {
                0 => text += &broken(row, at, "\n"),
                1 => text += &broken(row, at, stamp),
                2 => text += &format!("{stamp}{row}"),
                3 => {
                    strays += 1;
                    text += &format!("{stamp}\n{row}");
                }
                4 => text += &broken(row, at, &format!("\n{stamp}")),
                5 => text += &format!("{row} Страница {} из 12", chance.below(12)),
                6 => text += &broken(row, row.rfind(';').unwrap(), " Стр. 3"),
                7 => {
                    strays += 1;
                    text += &format!("Страница 3 из 12\n{row}");
                }
                // The next row on the same line.
                8 => {
                    text += row;
                    text += ["", " ", ";"][chance.below(3)];
                    continue;
                }
                9 => text += &broken(&broken(row, at, "\n"), 7, "\n"),
                _ => text += row,
            }
            text += "\n";
        }
        let damaged = seen(text.trim_end());
        for call in damaged.told() {
            assert!(told.contains(&call), "seed {seed}: no such call: {call}\n{text}");
        }
        let mut unique = damaged.told();
        unique.dedup();
        assert_eq!(unique.len(), damaged.told().len(), "seed {seed}: a call twice");
        // No row is passed over: what was skipped is what was put between them.
        strays += text.lines().filter(|line| line.is_empty()).count() as u64;
        assert!(damaged.summary.skipped <= strays, "seed {seed}: {} skipped of {strays}", damaged.summary.skipped);
        mended += damaged.summary.mended;
        problems += damaged.summary.problems.len();
    }
    assert!(mended > 2000 && problems < 400, "{mended} mended, {problems} problems");
}

#[test]
fn the_own_line_is_found_however_damaged_a_row_is() {
    let head = "Дата и время;Кто звонил;Кому звонили;Длительность";
    let rows: Vec<String> = (0..12)
        .map(|at| {
            let (own, other) = ("79071110001", format!("7935310408{}", at % 10));
            let (a, b) = if at % 2 == 0 { (own, other.as_str()) } else { (other.as_str(), own) };
            format!("{:02}.09.2025 10:15:00;{a};{b};0:3{}", at + 1, at % 10)
        })
        .collect();
    let clean = seen(format!("{head}\n{}\n", rows.join("\n")));
    assert_eq!(clean.summary.notes.len(), 1);
    for at in 1..rows[4].len() - 4 {
        let mut damaged = rows.clone();
        damaged[4] = broken(&rows[4], at, "\n");
        let seen = seen(format!("{head}\n{}\n", damaged.join("\n")));
        assert_eq!((seen.told(), seen.summary.mended), (clean.told(), 1), "at {at}");
        assert_eq!(seen.summary.notes, clean.summary.notes, "at {at}");
    }
}

#[test]
fn rows_of_a_line_that_was_not_picked_stay_uncounted_when_they_are_mended() {
    let head = "Линия;Дата и время;Номер;Направление;Длительность";
    let of = |line: &str, day: u32| format!("{line};{day:02}.09.2025 10:15:00;79353104084;Входящий;0:31");
    let (one, two) = ("79071110001", "79071110002");
    let glued = format!("{};{}", of(one, 2), of(two, 3));
    let text = format!("{head}\n{}\n{glued}\n{}\n", of(one, 1), of(two, 4));
    let options = ReadOptions { line: Some(read_number(one, None)), ..ReadOptions::default() };
    let seen = seen_with(text.as_bytes(), &options);
    assert_eq!((seen.summary.rows, seen.summary.records, seen.summary.other_lines, seen.summary.mended), (4, 2, 2, 2));
    assert!(matches!(seen.fates[2], RowFate::OtherLine { .. }));
}

#[test]
fn a_million_broken_rows_take_a_while_in_step_with_their_number() {
    let hostile = |rows: usize| {
        let lines =
            ["04.09.2025 11:40:12;+79353", "104084;Исход", "[03.09.2025, 10:15] x 1:2", ";;;;;;;;;;;;04.09.2025 11:40"];
        let mut text = format!("{HEAD}\n{FIRST}\n");
        for at in 0..rows {
            text += lines[at % lines.len()];
            text.push('\n');
        }
        text
    };
    let took = |text: String| {
        let begun = Instant::now();
        let seen = seen(text);
        assert_eq!(seen.summary.mended, 0);
        begun.elapsed().as_secs_f64()
    };
    took(hostile(1_000));
    let (little, much) = (took(hostile(4_000)), took(hostile(32_000)));
    assert!(much < little * 8.0 * 4.0 + 0.5, "{little} s, then {much} s for eight times as much");
}
