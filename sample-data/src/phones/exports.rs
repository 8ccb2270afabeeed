//! Programs for a computer that save an iPhone's calls as a table: times by the clock on the wall.

use super::Seen;
use crate::Expectation;

fn way(call: &Seen<'_>) -> &'static str {
    match (call.call.incoming, call.code()) {
        (false, _) => "Outgoing",
        (true, 1) => "Incoming",
        (true, _) => "Missed",
    }
}

/// iMazing 3: a header, and a column that names the carrier of the call.
pub fn imazing(seen: &[Seen<'_>]) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("imazing-csv", "phone", "utf-8");
    let mut text = "\u{FEFF}Call type,Date,Duration,Number,Contact,Location,Service\r\n".to_owned();
    for (at, call) in seen.iter().enumerate() {
        let number = call.number();
        let service = match at % 11 {
            7 => "FaceTime Video".to_owned(),
            9 => "WhatsApp Video".to_owned(),
            _ => format!("Phone: {number}"),
        };
        text.push_str(&format!(
            "{},{},{},{number},\"{}\",Россия,{service}\r\n",
            way(call),
            call.local.format("%Y-%m-%d %H:%M:%S"),
            call.clock(),
            call.name(),
        ));
        call.tell(&mut expected);
    }
    (text.into_bytes(), expected)
}

/// iMazing 2: no header, days before months, no seconds in the times.
pub fn imazing2(seen: &[Seen<'_>]) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("imazing2-csv", "phone", "utf-8");
    let mut text = String::new();
    for call in seen {
        let at = call.local.format("%d/%m/%y %H:%M");
        text.push_str(&format!("{},{at},{},{},{}\r\n", way(call), call.clock(), call.number(), call.name()));
        call.tell(&mut expected);
    }
    (text.into_bytes(), expected)
}

/// iExplorer: every cell quoted, lengths as minutes and seconds.
pub fn iexplorer(seen: &[Seen<'_>]) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("iexplorer-csv", "phone", "utf-8");
    let mut text =
        "\"Contact\",\"Number\",\"Date\",\"Duration\",\"Call Type\",\"Unformatted Number\",\"Number Geo Description\"\n"
            .to_owned();
    for call in seen {
        let number = call.number();
        text.push_str(&format!(
            "\"{}\",\"{number}\",\"{}\",\"{}:{:02}\",\"{}\",\"{}\",\"Россия\"\n",
            call.name(),
            call.local.format("%Y-%m-%d %H:%M:%S"),
            call.seconds / 60,
            call.seconds % 60,
            way(call),
            number.replacen("+7", "8", 1),
        ));
        call.tell(&mut expected);
    }
    (text.into_bytes(), expected)
}

/// Google Voice, Takeout: the page of the first answered call that came in from a known name.
pub fn google_voice(seen: &[Seen<'_>]) -> crate::Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("google-voice", "phone", "utf-8");
    let shown = |call: &&Seen<'_>| call.code() == 1 && call.call.label.is_some();
    let call = seen.iter().find(shown).ok_or("no such call")?;
    let (number, name) = (call.number(), call.name());
    let page = format!(
        "<?xml version=\"1.0\" ?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \
         \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\"><html xmlns=\"http://www.w3.org/1999/xhtml\">\n\
         <head><meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\" />\n\
         <title>Received call from\n{name}</title>\n<style type=\"text/css\">.haudio {{ margin: 8px; }}</style></head>\n\
         <body><div class=\"haudio\"><span class=\"album\">Call Log for</span>\n\
         <span class=\"fn\">Received call from\n{name}</span>\n\
         <div class=\"contributor vcard\">Received call from\n<a class=\"tel\" href=\"tel:{number}\">\
         <span class=\"fn\">{name}</span></a></div>\n\
         <abbr class=\"published\" title=\"{}.{:03}+03:00\">{}&#8239;PM Moscow Time</abbr>\n<br />\n\
         <abbr class=\"duration\" title=\"PT{}M{}S\">({})</abbr>\n\
         <div class=\"tags\">Labels: <a rel=\"tag\" href=\"http://www.google.com/voice#received\">Received</a></div>\n\
         <div class=\"deletedStatusContainer\">User Deleted: False</div></div></body></html>",
        call.local.format("%Y-%m-%dT%H:%M:%S"),
        call.ms,
        call.local.format("%b %d, %Y, %-I:%M:%S"),
        call.seconds / 60,
        call.seconds % 60,
        call.clock(),
    );
    call.tell(&mut expected);
    Ok((page.into_bytes(), expected))
}
