//! Android: a maker's backup as XML, and what the provider of the call log prints.

use super::{CODE_OF_MAKER, Seen};
use crate::Expectation;
use crate::truth::LINE;

/// OPPO, realme: one line of elements, a space where there is no name, how long it rang in seconds. One row has a code
/// of the maker's own.
pub fn oppo(seen: &[Seen<'_>]) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("oppo-xml", "phone", "utf-8");
    let mut text = "<?xml version='1.0' standalone='no' ?><CallLog>".to_owned();
    for (at, call) in seen.iter().enumerate() {
        let kind = if at == 3 { CODE_OF_MAKER } else { call.code() };
        let number = if call.call.number.is_some() { call.number() } else { "-2".to_owned() };
        let name = if call.name().is_empty() { " " } else { call.name() };
        text.push_str(&format!(
            "<CALL_RECORDS _id=\"{}\" number=\"{number}\" duration=\"{}\" type=\"{kind}\" date=\"{}\" name=\"{}\" \
             numbertype=\"0\" numberlabel=\" \" ring_time=\"{}\" new=\"0\" features=\"0\" countryiso=\"RU\" />",
            1000 + at,
            call.seconds,
            call.unix_ms(),
            name.replace('&', "&amp;"),
            3 + at % 30,
        ));
        if kind == CODE_OF_MAKER {
            expected.directed("unknown", call.seconds, call.local.date(), call.call.label);
        } else {
            call.tell(&mut expected);
        }
    }
    text.push_str("</CallLog>");
    (text.into_bytes(), expected)
}

/// `content query`: keys in an order of their own, values as they are, with commas, signs of equality and a line end in
/// a name. The network's word for a caller stands in a key of its own.
pub fn dump(seen: &[Seen<'_>]) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("android-provider-dump", "phone", "utf-8");
    let mut text = String::new();
    for (at, call) in seen.iter().enumerate() {
        let shown = match at {
            // A name in which the next keys seem to begin, and one of two lines.
            1 => Some("Иванов, Пётр, type=9, date=1"),
            2 => Some("Склад\nвторой этаж"),
            _ => call.call.label,
        };
        let asserted = at % 5 == 4 && shown.is_some();
        let or_null = |text: Option<&str>| text.unwrap_or("NULL").to_owned();
        text.push_str(&format!(
            "Row: {at} formatted_number=NULL, duration={}, subject=, subscription_id=1, post_dial_digits=, \
             call_screening_app_name=NULL, number={}, countryiso=RU, geocoded_location=Москва, missed_reason=0, \
             is_business_call={}, block_reason=0, _id={}, new=1, name={}, date={}, type={}, presentation={}, via_number=, \
             phone_account_address=7{LINE}, transcription=NULL, asserted_display_name={}, is_read=NULL\n",
            call.seconds,
            call.number(),
            u8::from(asserted),
            15_000 + at,
            or_null(shown.filter(|_| !asserted)),
            call.unix_ms(),
            call.code(),
            if call.call.number.is_some() { 1 } else { 2 },
            or_null(shown.filter(|_| asserted)),
        ));
        expected.record(call.call.incoming, call.seconds, call.local.date(), shown);
    }
    (text.into_bytes(), expected)
}
