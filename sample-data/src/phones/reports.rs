//! Reports of the programs that look into a phone's files: times in UTC.

use super::Seen;
use crate::Expectation;

/// ALEAPP, «Call Logs»: tabs, the mark-up of an icon behind the word for the type, a space where there is nothing.
pub fn aleapp(seen: &[Seen<'_>]) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("aleapp-call-logs", "phone", "utf-8");
    let mut text =
        "Call Date\tPhone Account Address\tPartner\tType\tDuration in Secs\tPartner Location\tCountry ISO\tData\t\
                    Mime Type\tTranscription\tDeleted\tSource File\r\n"
            .to_owned();
    for call in seen {
        let (word, icon) = match call.code() {
            1 => ("Incoming", "phone-incoming\"\" stroke=\"\"green"),
            2 => ("Outgoing", "phone-outgoing\"\" stroke=\"\"green"),
            3 => ("Missed", "phone-missed\"\" stroke=\"\"red"),
            5 => ("Rejected", "x\"\" stroke=\"\"red"),
            _ => ("Blocked", "phone-off\"\" stroke=\"\"red"),
        };
        text.push_str(&format!(
            "{}\t \t{}\t\"{word} <i data-feather=\"\"{icon}\"\"></i>\"\t{}\tМосква\tRU\t \t \t \t0\tdata/calllog.db\r\n",
            call.utc().format("%Y-%m-%d %H:%M:%S"),
            call.number(),
            call.seconds,
        ));
        expected.record(call.call.incoming, call.seconds, call.local.date(), None);
    }
    (text.into_bytes(), expected)
}

/// ALEAPP, «Call Logs2»: the other party stands in the column of its side; no length.
pub fn aleapp2(seen: &[Seen<'_>]) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("aleapp-call-logs2", "phone", "utf-8");
    let mut text = "from_id,to_id,start_date,end_date,direction,call_type,number,name\r\n".to_owned();
    for call in seen {
        let number = call.number();
        let (from, to) = if call.call.incoming { (number.as_str(), "") } else { ("", number.as_str()) };
        let at = call.utc().format("%Y-%m-%d %H:%M:%S");
        let way = if call.call.incoming { "Incoming" } else { "Outgoing" };
        let name = call.name().replace('"', "\"\"");
        text.push_str(&format!("{from},{to},{at},{at},{way},Phone,{number},\"{name}\"\r\n"));
        expected.record(call.call.incoming, 0, call.local.date(), call.call.label);
    }
    (text.into_bytes(), expected)
}

/// iLEAPP, «Call History»: tabs, no answer in every outgoing row.
pub fn ileapp(seen: &[Seen<'_>]) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("ileapp-call-history", "phone", "utf-8");
    let mut text =
        "Starting Timestamp\tEnding Timestamp\tService Provider\tCall Type\tCall Direction\tPhone Number\tAnswered\t\
                    Call Duration\tFaceTime Data\tDisconnected Cause\tISO Country Code\tLocation\r\n"
            .to_owned();
    for (at, call) in seen.iter().enumerate() {
        let stamp = call.utc().format("%Y-%m-%d %H:%M:%S+00:00").to_string();
        let end = if call.seconds == 0 { "No Call Duration".to_owned() } else { stamp.clone() };
        let (provider, kind) = match at % 11 {
            7 => ("com.apple.FaceTime", "FaceTime Video"),
            9 => ("net.whatsapp.WhatsApp", "Third-Party App"),
            _ => ("com.apple.Telephony", "Phone"),
        };
        let way = if call.call.incoming { "Incoming" } else { "Outgoing" };
        let answered = if call.code() == 1 { "Yes" } else { "No" };
        text.push_str(&format!(
            "{stamp}\t{end}\t{provider}\t{kind}\t{way}\t{}\t{answered}\t{}\t\t{}\tRU\tМосква\r\n",
            call.number(),
            call.clock(),
            if call.seconds == 0 { "Missed" } else { "Ended" },
        ));
        expected.record(call.call.incoming, call.seconds, call.local.date(), None);
    }
    (text.into_bytes(), expected)
}
