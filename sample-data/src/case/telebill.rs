//! Билайн for organisations («telebill»), CSV: sixteen columns, windows-1251, doubled quotes, ten digits without 7,
//! a Cyrillic letter in «МB». Not part of the sample case: it is the sample of its recipe.

use super::{billed, windows_1251};
use crate::truth::{LINE, Sender, Service, Truth, day};
use crate::{Expectation, Result, Seed};
use chrono::NaiveDate;

const FIRST: NaiveDate = day(2025, 6, 1);
const LAST: NaiveDate = day(2025, 6, 30);
const HEADER: &str = "Номер договора;Группа счетов;Номер абонента;Дата звонка;Время звонка;Длительность;\
Длительность округленная до минут;Размер начислений;Инициатор звонка;Принимающий номер;Описание действия;\
Описание услуги;Тип услуги;Номер базовой станции;Объем в МB;Описание провайдера";

pub fn detail(told: &Truth, seed: u64) -> Result<(Vec<u8>, Expectation)> {
    let mut chance = Seed::new(seed ^ 0x4232_4201);
    let mut expected = Expectation::new("beeline-b2b-csv", "operator", "windows-1251");
    let mut rows = Vec::new();
    for call in billed(&told.calls, FIRST, LAST) {
        let Some(number) = call.number else { continue };
        let seconds = call.outcome.seconds();
        let (from, to, what) = if call.incoming {
            (number, LINE, "Входящий звонок")
        } else {
            (LINE, number, "Исходящий звонок")
        };
        rows.push((
            call.start,
            format!(
                "{:02}:{:02}:{:02};{};{};{from};{to};\"\"{what}\"\";Голосовая связь;звонки;{};0,00;",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60,
                seconds.div_ceil(60),
                if call.incoming { "0,00".to_owned() } else { format!("{},90", seconds.div_ceil(60)) },
                chance.between(10_000, 60_000),
            ),
        ));
        expected.record(call.incoming, seconds, call.start.date(), None);
    }
    for event in told.events.iter().filter(|event| (FIRST..=LAST).contains(&event.at.date())) {
        let (kind, cells) = match event.service {
            Service::SmsIn(Sender::Number(number)) => {
                ("sms", format!("00:00:00;0;0,00;{number};{LINE};Входящее SMS;Короткие сообщения;SMS;;0,00;"))
            }
            Service::SmsIn(Sender::Name(name)) => {
                ("sms", format!("00:00:00;0;0,00;{name};{LINE};Входящее SMS;Короткие сообщения;SMS;;0,00;"))
            }
            Service::SmsOut(number) => {
                ("sms", format!("00:00:00;0;2,50;{LINE};{number};Исходящее SMS;Короткие сообщения;SMS;;0,00;"))
            }
            Service::Data(kb) => (
                "data",
                format!("00:00:00;0;0,00;{LINE};internet;Интернет;GPRS-Internet;GPRS;;{},{:02};", kb / 1024, kb % 100),
            ),
            Service::SmsIn(Sender::CalledYou(_)) | Service::Ussd | Service::Fee(_) => continue,
        };
        rows.push((event.at, cells));
        expected.other(kind);
    }
    rows.sort();
    let mut text = format!("{HEADER}\r\n");
    for (at, cells) in rows {
        text.push_str(&format!("100000000;1;{LINE};{};{cells}\r\n", at.format("%d.%m.%Y;%H:%M:%S")));
    }
    Ok((windows_1251(&text)?, expected))
}
