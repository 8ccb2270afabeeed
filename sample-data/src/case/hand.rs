//! What the window writes when a person notes a call, as one table of several entries: to the minute, to the hour, to
//! the day; a call in a messenger, an SMS. Not part of the sample case: it is the sample of its recipe.

use crate::truth::{LINE, Truth, day};
use crate::{Expectation, Result};
use chrono::NaiveDate;

const FIRST: NaiveDate = day(2025, 6, 1);
const HEADER: &str = "\u{FEFF}Записано;Когда (со слов);Часовой пояс;Направление;Номер (со слов);Вид связи;Мессенджер;Исход;\
Длительность;Надпись на экране;Что сказали;Своя линия\r\n";

pub fn entries(told: &Truth) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("hand", "hand", "utf-8");
    let mut text = HEADER.to_owned();
    let calls = told.calls.iter().filter(|call| call.incoming && call.start.date() >= FIRST);
    for (at, call) in calls.filter(|call| call.number.is_some()).take(5).enumerate() {
        let (Some(number), start) = (call.number, call.start) else { continue };
        let seconds = call.outcome.seconds();
        let when = start.format(["%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H", "%d.%m.%Y"][at % 4]);
        let (channel, messenger) = if at == 3 {
            ("звонок в мессенджере", "Выдуманный")
        } else {
            ("звонок", "")
        };
        let (outcome, length) = match seconds {
            0 => ("не отвечен", String::new()),
            _ => ("отвечен", super::minutes(seconds)),
        };
        text.push_str(&format!(
            "{}T20:00:00+03:00;{when};Europe/Moscow;входящий;8{number};{channel};{messenger};{outcome};{length};\
             ООО ВЫМЫСЕЛ;Предлагали «выгодно» ⏎ и ещё раз;+7{LINE}\r\n",
            start.date()
        ));
        expected.record(true, seconds, start.date(), Some("ООО ВЫМЫСЕЛ"));
    }
    let hidden = day(2025, 7, 30);
    text.push_str(&format!("{hidden}T20:00:00+03:00;30.07.2025;;исходящий;номер скрыт;звонок;;;;;;+7{LINE}\r\n"));
    expected.record(false, 0, hidden, None);
    text.push_str(&format!("{hidden}T20:01:00+03:00;30.07.2025 19;;входящий;ZAIM;SMS;;;;;Займ одобрен;+7{LINE}\r\n"));
    expected.other("sms");
    Ok((text.into_bytes(), expected))
}
