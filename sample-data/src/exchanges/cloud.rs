//! Exchanges that are rented: Манго, Sipuni, Yeastar, Bitrix24, UIS, and what 1С makes of their calls.

use super::{Talk, inside, talks};
use crate::truth::Truth;
use crate::{Expectation, Result};
use std::fmt::Write;

/// The number of the office: eleven digits.
const OFFICE: &str = "79071204518";

/// The answer of `stats/result`: every third call that comes in is written as two legs.
pub fn mango(told: &Truth) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("mango-stats", "pbx", "utf-8");
    let mut text = String::new();
    for talk in talks(told) {
        let (start, id) = (talk.epoch, format!("NDEx{:06}==", talk.serial));
        let end = start + i64::from(talk.ringing + talk.seconds);
        let answer = if talk.seconds > 0 { start + i64::from(talk.ringing) } else { 0 };
        let number = talk.number;
        if talk.call.incoming && talk.serial % 3 == 0 {
            let given_up = start + 4;
            let _ = writeln!(text, "[];{start};{given_up};0;;{number};;{OFFICE};1170;{OFFICE};ivr;{id}");
            expected.repeat();
        }
        let _ = if talk.call.incoming {
            let records = if talk.seconds > 0 { format!("[{}]", talk.serial) } else { "[]".to_owned() };
            writeln!(
                text,
                "{records};{start};{end};{answer};;{number};1112;sip:anna@office.invalid;1110;{OFFICE};abonent;{id}"
            )
        } else {
            writeln!(
                text,
                "[];{start};{end};{answer};1112;sip:anna@office.invalid;;{number};1121;{OFFICE};abonent;{id}"
            )
        };
        talk.expected(&mut expected, talk.seconds);
        if talk.serial == 20 {
            let _ = writeln!(
                text,
                "[];{end};{};{};1112;sip:anna@office.invalid;1113;sip:oleg@office.invalid;1110;;abonent;eA==",
                end + 9,
                end + 2
            );
            inside(&mut expected, 7, talk.call.start.date());
        }
    }
    (text.into_bytes(), expected)
}

/// A table of who called whom, with the end of the call and without its length.
pub fn mango_table(told: &Truth) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("mango-lk", "pbx", "utf-8");
    let mut text =
        String::from("\u{FEFF}№;Дата;Кто звонил;Откуда;Класс;Проект;Куда звонил;Вызов завершен;Запись;Комментарий\r\n");
    for talk in talks(told) {
        let at = talk.call.start;
        let end = at + chrono::TimeDelta::seconds(i64::from(talk.ringing + talk.seconds));
        let (from, to, class) = if talk.call.incoming {
            (talk.number.to_string(), "201".to_owned(), "Входящий")
        } else {
            ("201".to_owned(), talk.number.to_string(), "Исходящий")
        };
        let form = "%d.%m.%Y %H:%M:%S";
        let _ = write!(
            text,
            "{};{};;{from};{class};Основной;{to};{};;\r\n",
            talk.serial + 1,
            at.format(form),
            end.format(form)
        );
        talk.expected(&mut expected, 0);
    }
    (text.into_bytes(), expected)
}

/// Date and time apart, a dash where nobody talked, a Latin «MM» in the heading of the length.
pub fn vats(told: &Truth) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("vats-csv", "pbx", "utf-8");
    let mut text =
        String::from("Дата;Время;Кто звонил;Номер или Call-back компании;Кому звонили;Длительность вызова ЧЧ:MM:СС\n");
    for talk in talks(told) {
        let at = talk.call.start;
        let (from, to) = if talk.call.incoming {
            (talk.number.to_string(), "202".to_owned())
        } else {
            ("202".to_owned(), talk.number.to_string())
        };
        let length = match talk.seconds {
            0 => "–".to_owned(),
            s => format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60),
        };
        let _ = writeln!(text, "{};{from};{OFFICE};{to};{length}", at.format("%d.%m.%Y;%H:%M:%S"));
        talk.expected(&mut expected, talk.seconds);
    }
    (text.into_bytes(), expected)
}

/// The three headers of Sipuni.
pub const SIPUNI: [(&str, &str); 3] = [
    (
        "2015",
        "Тип;Статус;Время;Схема;Откуда;Куда;Кто ответил;Продолжительность звонка;Продолжительность разговора;Время ответа;\
         Оценка;ID записи;Метка;ID заказа звонка;;",
    ),
    (
        "later",
        "Тип;Статус;Время;Схема;ID схемы звонка;Исходящая линия;Откуда;Куда;Кто ответил;Длительность звонка;\
         Длительность разговора;Время ответа;Оценка;ID записи;Метка;Теги;Инициатор завершения звонка;ID заказа звонка;\
         Запись существует;Новый клиент;Состояние перезвона;Время перезвона;Информация из CRM;Ответственный из CRM",
    ),
    (
        "seconds",
        "Тип;Статус;Время;Схема;Исходящая линия;Откуда;Куда;Кто ответил;Длительность звонка, сек;\
         Длительность разговора, сек;Время ответа, сек;Оценка;ID записи;Метка;Теги;ID заказа звонка;Запись существует",
    ),
];

/// Saved statistics under one of the headers.
pub fn sipuni(told: &Truth, header: &str) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("sipuni-csv", "pbx", "utf-8");
    let mut text = format!("{header}\n");
    for talk in talks(told) {
        let cell = |heading: &str| -> String {
            let (inside, outside) = ("201".to_owned(), talk.number.to_string());
            match heading.trim_end_matches(", сек") {
                "Тип" if talk.call.incoming => "входящий".into(),
                "Тип" => "исходящий".into(),
                "Статус" if talk.seconds > 0 => "отвечен".into(),
                "Статус" => "не отвечен".into(),
                "Время" => talk.call.start.format("%d.%m.%Y %H:%M:%S").to_string(),
                "Схема" => "Основная".into(),
                "Исходящая линия" if !talk.call.incoming => OFFICE.into(),
                "Откуда" => {
                    if talk.call.incoming {
                        outside
                    } else {
                        inside
                    }
                }
                "Куда" if talk.call.incoming => OFFICE.into(),
                "Куда" => outside,
                "Кто ответил" if talk.seconds > 0 => inside,
                "Продолжительность звонка" | "Длительность звонка" => {
                    (talk.seconds + talk.ringing).to_string()
                }
                "Продолжительность разговора" | "Длительность разговора" => {
                    talk.seconds.to_string()
                }
                "Время ответа" => talk.ringing.to_string(),
                "ID записи" => format!("{}.{}", talk.epoch, talk.serial),
                _ => String::new(),
            }
        };
        let cells: Vec<String> = header.split(';').map(cell).collect();
        let _ = writeln!(text, "{}", cells.join(";"));
        talk.expected(&mut expected, talk.seconds);
    }
    (text.into_bytes(), expected)
}

/// The fields of `NewCdr`, with its own spelling of «duration».
pub fn yeastar(told: &Truth) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("yeastar-cdr", "pbx", "utf-8");
    let mut text =
        String::from("callid,timestart,callfrom,callto,callduraction,talkduraction,status,type,recording,didnumber\n");
    for talk in talks(told) {
        let id = format!("{}.{}", talk.epoch, talk.serial);
        let start = talk.call.start;
        let (from, to, kind, did) = if talk.call.incoming {
            (talk.number.to_string(), "203".to_owned(), "Inbound", OFFICE)
        } else {
            ("203".to_owned(), talk.number.to_string(), "Outbound", "")
        };
        let status = if talk.seconds > 0 { "ANSWERED" } else { "NO ANSWER" };
        let file = format!("{}-{id}-{from}-{to}-{kind}.wav", start.format("%Y%m%d%H%M%S"));
        let whole = talk.seconds + talk.ringing;
        let start = start.format("%Y-%m-%d %H:%M:%S");
        let _ = writeln!(text, "{id},{start},{from},{to},{whole},{},{status},{kind},{file},{did}", talk.seconds);
        talk.expected(&mut expected, talk.seconds);
        if talk.serial == 11 {
            let inner = format!("{}.9{}", talk.epoch + 1, talk.serial);
            let _ = writeln!(text, "{inner},{start},203,204,9,5,ANSWERED,Internal,,");
            inside(&mut expected, 5, talk.call.start.date());
        }
    }
    (text.into_bytes(), expected)
}

/// The fields of `voximplant.statistic.get` as columns; times with their offset.
pub fn bitrix(told: &Truth) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("bitrix24-calls", "pbx", "utf-8");
    let mut text = String::from(
        "ID;PORTAL_USER_ID;PORTAL_NUMBER;PHONE_NUMBER;CALL_ID;CALL_TYPE;CALL_DURATION;CALL_START_DATE;COST;CALL_FAILED_CODE;CALL_FAILED_REASON\n",
    );
    for talk in talks(told) {
        let kind = match (talk.call.incoming, talk.serial % 5) {
            (true, 0) => 3,
            (true, _) => 2,
            (false, _) => 1,
        };
        let (code, reason) = if talk.seconds > 0 { (200, "Success call") } else { (304, "Skipped call") };
        let _ = writeln!(
            text,
            "{};1;{OFFICE};+{};externalCall.{:08x};{kind};{};{}+03:00;0.0000;{code};{reason}",
            talk.serial + 1,
            talk.number,
            talk.serial,
            talk.seconds,
            talk.call.start.format("%Y-%m-%dT%H:%M:%S"),
        );
        talk.expected(&mut expected, talk.seconds);
    }
    (text.into_bytes(), expected)
}

/// The fields of the interface of UIS as columns.
pub fn uis(told: &Truth) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("uis-calls", "pbx", "utf-8");
    let mut text = String::from(
        "call_session_id,start_time,direction,contact_phone_number,virtual_phone_number,talk_duration,wait_duration,total_duration,is_lost\n",
    );
    for talk in talks(told) {
        let Talk { number, seconds, ringing, serial, .. } = talk;
        let way = if talk.call.incoming { "in" } else { "out" };
        let start = talk.call.start.format("%Y-%m-%d %H:%M:%S");
        let (id, whole, lost) = (480_000_000 + serial, seconds + ringing, seconds == 0);
        let _ = writeln!(text, "{id},{start},{way},{number},{OFFICE},{seconds},{ringing},{whole},{lost}");
        talk.expected(&mut expected, seconds);
    }
    (text.into_bytes(), expected)
}

/// A report of 1С: employees, under each a word for the direction, under it the rows.
pub fn onec(told: &Truth) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("onec-calls", "pbx", "windows-1251");
    let mut text = String::from("Отчёт по звонкам\t\t\t\t\t\r\nПериод: 01.06.2025 - 30.06.2025\t\t\t\t\t\r\n\r\n");
    let talks = talks(told);
    for (employee, share) in ["Лида Ветрова", "Матвей Гай"].iter().zip([0, 1]) {
        let _ = write!(text, "{employee}\t\t\t\t\t\r\n");
        for (word, incoming) in [("Входящее", true), ("Исходящее", false)] {
            let _ = write!(text, "{word}\t\t\t\t\t\r\n");
            for talk in talks.iter().filter(|talk| talk.call.incoming == incoming && talk.serial % 2 == share) {
                let start = talk.call.start.format("%d.%m.%Y %H:%M:%S");
                let _ = write!(
                    text,
                    "{start}\tКонтрагент {}\t{}\tТелефонный звонок\tПрослушать\t1\r\n",
                    talk.serial, talk.number
                );
                let label = format!("Контрагент {}", talk.serial);
                expected.record(incoming, 0, talk.call.start.date(), Some(&label));
            }
        }
    }
    let _ = write!(text, "Итого\t\t\t\t\t{}\r\n", talks.len());
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1251.encode(&text);
    if lossy { Err("a letter that windows-1251 lacks".into()) } else { Ok((bytes.into_owned(), expected)) }
}
