//! Rows that read and say something else than was written, and damaged rows that no header explains.

use super::common::{seen, seen_with, try_with};
use super::damage::broken;
use ulika::import::{MendKind, ReadOptions, read_number};

/// A row of МегаФон's detail of an organisation, which no header explains.
fn megafon(day: u32, number: &str) -> String {
    format!(
        "{day:02}.12.15;;;\"10:00:00\";;\"Телефония\";\"Входящий\";;;\"{number}\";\"Мск\";;;;\"01:05\";\"Секунда\";;;\"0,37\""
    )
}

/// The same of Т2.
fn t2(day: u32, length: &str) -> String {
    format!("{day:02}.09.25 10:00:00;Корп;Входящий вызов;;7935100000{day};;;{length};;1,00")
}

const OF_MEGAFON: &str = "\"Детализация оказанных услуг по Абонентскому номеру +79077770001\";;;;;;;;;;;;;;;;;;";
const OF_T2: &str = "Абонент: 79077770001;;;;;;;;;\nНачисления:;;;;;;;;;";

/// A row of Манго's statistics: the whole table has no header.
fn mango(n: u32, number: &str, line: &str) -> String {
    let start = 1_690_365_600 + n * 1000;
    format!("[];{start};{};{};;{number};;79077770001;1170;{line};ivr;X{n}", start + 30, start + 5)
}

fn mango_rows() -> Vec<String> {
    (1..7).map(|n| mango(n, &format!("7935100000{n}"), "79077770001")).collect()
}

/// The lines of a file below its title.
fn below<S: AsRef<str>>(title: &str, rows: &[S]) -> String {
    let rows: Vec<&str> = std::iter::once(title).chain(rows.iter().map(AsRef::as_ref)).collect();
    rows.into_iter().filter(|row| !row.is_empty()).map(|row| format!("{row}\n")).collect()
}

/// The file with the two rows from here on one line.
fn glued(title: &str, rows: &[String], at: usize, between: &str) -> String {
    let mut rows = rows.to_vec();
    let second = rows.remove(at + 1);
    rows[at] += &format!("{between}{second}");
    below(title, &rows)
}

#[test]
fn rows_on_one_line_are_parted_where_no_header_explains_them() {
    let of_megafon: Vec<String> = (1..9).map(|day| megafon(day, &format!("7935100000{day}"))).collect();
    let of_t2: Vec<String> = (1..9).map(|day| t2(day, &format!("01:0{day}"))).collect();
    let of_mango = mango_rows();
    for (title, rows) in [(OF_MEGAFON, &of_megafon), (OF_T2, &of_t2), ("", &of_mango)] {
        let clean = seen(below(title, rows));
        assert_eq!(clean.records().len(), rows.len(), "{:?}", clean.problems());
        for at in [0, 1, 4] {
            for between in ["", ";", " "] {
                // Behind the last cell of a text nothing tells where the next row begins.
                if title.is_empty() && between != ";" {
                    continue;
                }
                let seen = seen(glued(title, rows, at, between));
                let skipped = clean.summary.skipped;
                let s = &seen.summary;
                assert_eq!((s.mended, s.problems.len(), s.skipped), (2, 0, skipped), "{title} {at} {between:?}");
                assert_eq!(seen.told(), clean.told(), "{title} {at} {between:?}");
            }
        }
        // What does not come to two rows is a problem and no call.
        let seen = seen(glued(title, rows, 3, ";79351;;"));
        let (records, problems) = (seen.records().len(), seen.summary.problems.len());
        assert_eq!((records, problems), (rows.len() - 2, 1), "{title}: {:?}", seen.told());
    }
}

#[test]
fn a_damaged_first_row_of_a_table_without_a_header_is_no_text_above_it() {
    let imazing: Vec<String> =
        (1..6).map(|n| format!("Incoming,1{n}/06/17 09:45,00:01:4{n},+7935100000{n},Name")).collect();
    let onec: Vec<String> =
        (1..6).map(|n| format!("0{n}.07.2023 10:00:00\tООО Ромашка\t8935000000{n}\tДок\tПрослушать\t1")).collect();
    let of_mango = mango_rows();
    let of_megafon: Vec<String> = (1..6).map(|day| megafon(day, &format!("7935100000{day}"))).collect();
    for (title, rows, delimiter) in [
        ("", &imazing, ','),
        ("Отчет\nИванов И.И.\nВходящее", &onec, '\t'),
        ("", &of_mango, ';'),
        (OF_MEGAFON, &of_megafon, ';'),
    ] {
        let clean = seen(below(title, rows));
        assert_eq!(clean.records().len(), rows.len(), "{:?}", clean.problems());
        let told = clean.told();
        let seen = seen(glued(title, rows, 0, &delimiter.to_string()));
        assert!(seen.summary.skipped <= clean.summary.skipped, "{title} {:?}", rows[0]);
        let rest = if seen.summary.problems.is_empty() { told.clone() } else { told[2..].to_vec() };
        assert_eq!(seen.told(), rest, "{title}");
        let number = rows[0].find("935").unwrap() + 3;
        for stamp in [" 1411 из 1422 ", "[16.07.2026 12:54] Имя: "] {
            let mut damaged = rows.clone();
            damaged[0] = broken(&rows[0], number, stamp);
            let seen = super::common::seen(below(title, &damaged));
            assert_eq!((seen.told(), seen.summary.mended), (told.clone(), 1), "{title} {stamp}");
        }
        // What is lost of a text behind the number leaves the call as it was.
        for at in (3..number + 7).filter(|at| rows[0].is_char_boundary(*at)) {
            let mut damaged = rows.clone();
            damaged[0] = broken(&rows[0], at, "\n");
            let Ok(seen) = try_with(below(title, &damaged).as_bytes(), &ReadOptions::default()) else {
                continue;
            };
            let fine = !seen.summary.problems.is_empty() && seen.told() == told[1..];
            assert!(seen.told() == told || fine, "{title} at {at}: {:?} {:?}", seen.told(), seen.problems());
        }
    }
}

const OF_BEELINE: &str = "Номер абонента;Дата звонка;Время звонка;Длительность;Начислено;Инициатор звонка;Принимающий номер;Описание действия;Описание услуги;Тип услуги";

fn beeline(day: u32) -> String {
    format!(
        "9077770001;0{day}.09.2025;9:07:1{day};00:01:1{day};0,00;935110013{day};9077770001;Входящий;Входящий звонок;Голос"
    )
}

#[test]
fn a_footer_or_a_stamp_in_the_cell_of_the_line_is_taken_out_and_names_no_other_line() {
    let rows: Vec<String> = (1..7).map(beeline).collect();
    let clean = seen(below(OF_BEELINE, &rows));
    assert_eq!((clean.records().len(), clean.lines()), (6, vec!["+79077770001"]));
    let mut mended = 0;
    for row in [0, 3] {
        for stamp in [" Страница 3 из 12 ", " Стр. 3 ", " 1411 из 1422 ", " [16.07.2026 12:54] Имя: "]
        {
            for at in 0..=10 {
                let mut damaged = rows.clone();
                damaged[row] = broken(&rows[row], at, stamp);
                let seen = seen(below(OF_BEELINE, &damaged));
                assert_eq!(seen.lines(), ["+79077770001"], "{stamp} at {at}");
                let mut told = clean.told();
                if seen.summary.mended == 0 {
                    told.remove(row);
                }
                assert_eq!(seen.told(), told, "{stamp} at {at}");
                assert_eq!(seen.summary.mended + seen.summary.problems.len() as u64, 1);
                mended += seen.summary.mended;
            }
        }
    }
    assert!(mended > 60, "{mended} of 88");
    let mut rows = mango_rows();
    let clean = seen(below("", &rows));
    rows[1] = mango(2, "79351000002", "7 Страница 3 из 12 9077770001");
    rows[2] = mango(3, "79351000003", "79077 1411 из 1422 770001");
    let seen = seen(below("", &rows));
    assert_eq!((seen.told(), seen.lines(), seen.summary.mended), (clean.told(), vec!["+79077770001"], 2));
}

#[test]
fn only_a_row_that_reads_names_a_line() {
    let rows: Vec<String> = (1..5).map(beeline).collect();
    // The end of a row whose beginning is lost: a caller stands where the line does.
    let torn = "9351101096;9077770001;Входящий;Входящий звонок;Голос";
    let text = below(OF_BEELINE, &[&rows[0], &rows[1], torn, &rows[2], &rows[3]]);
    let seen = seen(&text);
    assert_eq!((seen.lines(), seen.summary.problems.len()), (vec!["+79077770001"], 1));
    let line = Some(read_number("79077770001", None));
    let picked = seen_with(text.as_bytes(), &ReadOptions { line, ..ReadOptions::default() }).summary;
    assert_eq!((picked.other_lines, picked.problems.len()), (0, 1), "nor is it a row of another line");
}

#[test]
fn legs_of_one_call_on_one_line_are_one_call() {
    let leg = |id: u32, to: &str, talk: u32, end: &str| {
        format!(
            "2023-07-26 10:00:00,\"\" <79351112234>,79351112234,{to},ext,SIP/a,SIP/b,Dial,x,30,{talk},{end},3,,1690354800.{id},,,,79351112234,,,,,1690354800.1,,{id}"
        )
    };
    let head = "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,recordingfile,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,linkedid,peeraccount,sequence";
    let legs = [leg(1, "600", 0, "NO ANSWER"), leg(2, "101", 25, "ANSWERED")];
    let clean = seen(below(head, &legs));
    assert_eq!((clean.records().len(), clean.summary.repeats_in_file), (1, 1));
    // With a stamp in the id that they share they would be two.
    let at = legs[1].rfind("4800.1").unwrap() + 2;
    let stamped = seen(below(head, &[legs[0].clone(), broken(&legs[1], at, " 1411 из 1422 ")]));
    assert_eq!((stamped.records().len(), stamped.summary.problems.len()), (1, 1), "{:?}", stamped.told());
    for between in [",", " "] {
        let seen = seen(glued(head, &legs, 0, between));
        assert_eq!((seen.told(), seen.summary.repeats_in_file), (clean.told(), 1), "{between:?}");
        assert_eq!(seen.summary.mended, 2);
    }
}

#[test]
fn the_line_of_a_table_of_parties_is_found_beside_damaged_rows() {
    let head = "Дата звонка;Время звонка;Инициатор звонка;Набранный номер;Тип звонка;Услуга;Стоимость;Продолжительность;Объем (MB);Номер БС";
    let rows: Vec<String> = (1..8)
        .map(|day| format!("0{day}.09.2015;10:01:0{day};935100031{day};9077770001;вх;звонки;0,00;1:1{day};;77"))
        .collect();
    let clean = seen(below(head, &rows));
    assert!(clean.told()[0].contains("incoming"), "{:?}", clean.told());
    let own = rows[2].find("9077770001").unwrap();
    for (at, stamp) in [(own + 2, "[03.09.2025, 10:15] Анна: "), (own + 1, " Страница 3 из 12 "), (own + 5, "\n")]
    {
        for row in [0, 2] {
            let mut damaged = rows.clone();
            damaged[row] = broken(&rows[row], at, stamp);
            let seen = seen(below(head, &damaged));
            let mut told = clean.told();
            if seen.summary.mended == 0 {
                told.remove(row);
            }
            assert_eq!((seen.told(), seen.lines()), (told, clean.lines()), "{stamp:?} in {row}");
        }
    }
    let seen = seen(glued(head, &rows, 0, ""));
    assert_eq!((seen.told(), seen.summary.mended), (clean.told(), 2));
}

#[test]
fn a_row_that_reads_without_its_end_is_joined_or_shown() {
    let rows: Vec<String> = (1..7).map(|day| t2(day, &format!("29:1{day}"))).collect();
    let clean = seen(below(OF_T2, &rows));
    let length = rows[4].find("29:").unwrap();
    for at in length..rows[4].len() - 4 {
        let mut damaged = rows.clone();
        damaged[4] = broken(&rows[4], at, "\n");
        let seen = seen(below(OF_T2, &damaged));
        assert_eq!((seen.told(), seen.summary.mended), (clean.told(), 1), "at {at}: {:?}", seen.problems());
    }
    // The end of another length: neither part is a call.
    let mut damaged = rows.clone();
    damaged[4] = t2(5, "29\n:??");
    let seen = seen(below(OF_T2, &damaged));
    assert_eq!((seen.records().len(), seen.summary.problems.len()), (5, 2), "{:?}", seen.told());
    // Rows that leave out what is empty at their end are whole.
    let short: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| row[..row.len() - if at % 2 == 0 { 0 } else { 6 }].to_owned())
        .collect();
    let seen = super::common::seen(below(OF_T2, &short));
    assert_eq!((seen.told(), seen.summary.problems.len()), (clean.told(), 0));
}

#[test]
fn a_line_that_ends_within_a_cell_is_joined_or_shown() {
    let head =
        "\"Contact\",\"Number\",\"Date\",\"Duration\",\"Call Type\",\"Unformatted Number\",\"Number Geo Description\"";
    let row = |day: u32, number: &str, way: &str| {
        format!("\"Bob\",\"{number}\",\"2017-06-0{day} 10:00:48\",\"1:05\",\"{way}\",\"8935100000{day}\",\"Moscow\"")
    };
    let whole = [row(1, "+79351000001", "Incoming"), row(2, "+79351000002", "Incoming")];
    let clean = seen(below(head, &whole));
    for damaged in [row(2, "+7935\n1000002", "Incoming"), row(2, "+79351000002", "Inco\nming")] {
        let seen = seen(below(head, &[&whole[0], &damaged]));
        assert_eq!((seen.told(), seen.summary.mended), (clean.told(), 1), "{damaged}: {:?}", seen.problems());
        assert_eq!(seen.summary.mends[0].kind, MendKind::Broken);
    }
    let seen = seen(below(head, &[&whole[0], &row(2, "+79351000002", "Inco\nstuff")]));
    assert_eq!((seen.records().len(), seen.summary.problems.len()), (1, 1));
    let of_megafon: Vec<String> = ["79351000001", "7935\n1000002", "79351000003"]
        .iter()
        .zip(1..)
        .map(|(number, day)| megafon(day, number))
        .collect();
    let seen = super::common::seen(below(OF_MEGAFON, &of_megafon));
    assert_eq!((seen.records().len(), seen.summary.mended), (3, 1), "{:?}", seen.problems());
    assert!(seen.told()[1].contains("+79351000002"));
}

#[test]
fn the_beginning_of_a_word_for_the_direction_is_no_word() {
    let head = "Дата;Время;Номер;Длительность;Направление";
    let rows: Vec<String> = (1..6)
        .map(|day| format!("0{day}.09.2025;10:01:0{day};7935100031{day};{day};{}", ["вх", "исх"][day as usize % 2]))
        .collect();
    let clean = seen(below(head, &rows));
    for cut in [1, 2, 4] {
        let mut damaged = rows.clone();
        let word = rows[cut].rfind(';').unwrap() + 1;
        damaged[cut] = broken(&rows[cut], word + 2, "\n");
        let seen = seen(below(head, &damaged));
        assert_eq!((seen.told(), seen.summary.mended), (clean.told(), 1), "{cut}: {:?}", seen.problems());
        damaged[cut] = rows[cut][..word + 2].to_owned();
        let seen = super::common::seen(below(head, &damaged));
        assert_eq!((seen.records().len(), seen.summary.problems.len()), (4, 1), "{:?}", seen.told());
    }
}

#[test]
fn a_row_broken_within_its_length_is_whole_again_or_a_problem_and_never_a_call_of_another_length() {
    let row = |n: usize, length: &str| format!("0{n}.09.2025 10:00:0{n};7935100000{n};Исходящий;{length}");
    let head = "Дата и время;Номер;Направление;Длительность";
    let file = |lengths: &[&str]| -> Vec<String> { (1..).zip(lengths).map(|(n, length)| row(n, length)).collect() };
    for lengths in [["0:05", "1:35", "12:40", "0:59", "3:01"], ["0:00:05", "0:01:35", "0:12:40", "0:00:59", "1:02:03"]]
    {
        let rows = file(&lengths);
        let clean = seen(below(head, &rows)).told();
        for which in 0..rows.len() {
            let begins = rows[which].len() - lengths[which].len();
            for at in begins..rows[which].len() {
                let mut cut = rows.clone();
                cut[which].insert(at, '\n');
                let seen = seen(below(head, &cut));
                let s = &seen.summary;
                assert_eq!((s.mended, s.problems.len()), (1, 0), "{:?}: {:?}", &cut[which], seen.problems());
                assert_eq!(seen.told(), clean, "{:?}", &cut[which]);
                assert_eq!(s.mends[0].kind, MendKind::Broken);
            }
        }
    }
    // Where nothing tells what the line below is, the row above is a problem too, whatever it reads as.
    for (lengths, cut) in
        [(["5", "95", "12", "59"], "9\n5"), (["0:05", "", "", ""], "\n1:35"), (["1:3", "0:5", "2:10", "0:7"], "1:3\n5")]
    {
        let mut rows = file(&lengths);
        rows[1] = row(2, cut);
        let seen = seen(below(head, &rows));
        assert_eq!((seen.records().len(), seen.summary.problems.len(), seen.summary.mended), (3, 2, 0), "{cut:?}");
        assert_eq!(seen.summary.problems[0].row, 3);
    }
    // A length without its last digit is none, and one of a whole row needs nothing from the line below.
    let mut rows = file(&["0:05", "1:35", "12:40", "0:59"]);
    rows[1] = row(2, "1:3");
    let alone = seen(below(head, &rows));
    assert_eq!((alone.records().len(), alone.summary.problems.len()), (3, 1));
    assert_eq!(
        (alone.summary.problems[0].column.as_str(), alone.summary.problems[0].found.as_str()),
        ("Длительность", "1:3")
    );
    rows[1] = row(2, "1:35\n12");
    let paged = seen(below(head, &rows));
    assert_eq!((paged.records().len(), paged.summary.problems.len(), paged.summary.problems[0].row), (4, 1, 4));
}

#[test]
fn a_page_number_that_clings_to_a_number_or_a_length_is_taken_out_or_the_row_is_a_problem() {
    let row =
        |n: usize, number: &str, length: &str| format!("0{n}.09.2025 10:00:0{n};{number};Исходящий;{length};0,00");
    let head = "Дата и время;Номер;Направление;Длительность;Стоимость";
    let rows = |number: &str, length: &str| {
        let rows = [row(1, "79351000001", "0:05"), row(2, number, length), row(3, "79351000003", "0:40")];
        seen(below(head, &rows))
    };
    let clean = rows("79351000002", "1:35").told();
    for (number, length) in [
        ("793510000021411 из 1422", "1:35"),
        ("+793510000021411 из 1422", "1:35"),
        ("7935100000214 из 22", "1:35"),
        ("79351000002", "1:351 из 22"),
        ("79351000002", "1:3511 из 22"),
    ] {
        let seen = rows(number, length);
        assert_eq!((seen.summary.mended, seen.told()), (1, clean.clone()), "{number} {length}: {:?}", seen.problems());
        assert_eq!(seen.summary.mends[0].kind, MendKind::Footer);
    }
    // What could be the number of one page or of another, or leaves no number, is no call.
    for (number, length) in [("7935100 1411 из 1422", "1:35"), ("793511 из 22", "1:35")] {
        let seen = rows(number, length);
        assert_eq!((seen.records().len(), seen.summary.problems.len()), (2, 1), "{number} {length}: {:?}", seen.told());
    }
}
