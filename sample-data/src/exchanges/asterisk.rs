//! Asterisk and FreePBX: one row for each leg. A call that comes in rings at 201 first and is taken, if at all, at 202.

use super::{AHEAD_S, Talk, inside, talks};
use crate::Expectation;
use crate::truth::Truth;
use chrono::{DateTime, NaiveDateTime};

/// The number of the office that callers dial.
const OFFICE: u64 = 79_071_204_518;

/// A leg as every order of columns has it.
struct Leg {
    context: &'static str,
    from: String,
    to: String,
    start: i64,
    answered: bool,
    duration: u32,
    billsec: u32,
    /// The channel's own id and that of the first channel of the call.
    unique: String,
    linked: String,
}

/// The legs of a call; several where somebody outside called.
fn legs(talk: &Talk<'_>) -> Vec<Leg> {
    let linked = format!("{}.{}", talk.epoch, talk.serial * 4);
    let leg = |index: usize, after: i64, context, from: String, to: String, billsec: Option<u32>| Leg {
        context,
        from,
        to,
        start: talk.epoch + after,
        answered: billsec.is_some(),
        duration: talk.ringing + billsec.unwrap_or(0),
        billsec: billsec.unwrap_or(0),
        unique: if index == 0 { linked.clone() } else { format!("{}.{}", talk.epoch + after, talk.serial * 4 + index) },
        linked: linked.clone(),
    };
    let answered = (talk.seconds > 0).then_some(talk.seconds);
    if !talk.call.incoming {
        return vec![leg(0, 0, "from-internal", "201".into(), talk.number.to_string(), answered)];
    }
    let caller = talk.number.to_string();
    vec![
        leg(0, 0, "from-trunk", caller.clone(), "201".into(), None),
        leg(1, i64::from(talk.ringing) + 40, "ext-queues", caller, "202".into(), answered),
    ]
}

fn written(epoch: i64, ahead: i64) -> String {
    let at: NaiveDateTime = DateTime::from_timestamp(epoch + ahead, 0).unwrap_or_default().naive_utc();
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}

fn quoted(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    cells.join(",") + "\n"
}

fn disposition(leg: &Leg) -> String {
    if leg.answered { "ANSWERED" } else { "NO ANSWER" }.to_owned()
}

/// The moments of a leg: start, answer or nothing, end.
fn moments(leg: &Leg, ahead: i64) -> [String; 3] {
    let end = leg.start + i64::from(leg.duration);
    let answer = if leg.answered { written(end - i64::from(leg.billsec), ahead) } else { String::new() };
    [written(leg.start, ahead), answer, written(end, ahead)]
}

/// Expects the legs of a call: the first stands for it, the others repeat it.
fn expect(expected: &mut Expectation, talk: &Talk<'_>, legs: usize) {
    talk.expected(expected, talk.seconds);
    (1..legs).for_each(|_| expected.repeat());
}

/// `Master.csv` of cdr_csv with all 21 columns, in UTC. Once a channel that was up for a minute ends as not answered,
/// and once bytes of no letter stand in a number.
pub fn by_legs(told: &Truth) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("asterisk-cdr-csv", "pbx", "windows-1251");
    let mut bytes = Vec::new();
    let mut odd = 0;
    for talk in talks(told) {
        let mut legs = legs(&talk);
        if talk.call.incoming && talk.seconds == 0 && odd == 0 {
            odd = 60;
            legs[1].billsec = odd;
            talk.expected(&mut expected, odd);
            expected.repeat();
        } else {
            expect(&mut expected, &talk, legs.len());
        }
        for (sequence, leg) in legs.iter().enumerate() {
            let [start, answer, end] = moments(leg, 0);
            let cells = [
                String::new(),
                leg.from.clone(),
                leg.to.clone(),
                leg.context.to_owned(),
                format!("\"{0}\" <{0}>", leg.from),
                format!("SIP/trunk-{:08x}", talk.serial),
                format!("SIP/{}-{:08x}", leg.to, talk.serial + 1),
                "Dial".to_owned(),
                format!("SIP/{},40,tT", leg.to),
                start,
                answer,
                end,
                leg.duration.to_string(),
                leg.billsec.to_string(),
                disposition(leg),
                "DOCUMENTATION".to_owned(),
                leg.unique.clone(),
                String::new(),
                String::new(),
                leg.linked.clone(),
                sequence.to_string(),
            ];
            let mut line = quoted(&cells).into_bytes();
            if talk.serial == 7 {
                // As a line that was torn off wrote it.
                let clid = line.iter().position(|b| *b == b'<').unwrap_or(0);
                line.splice(clid + 1..clid + 1, *b"\xA5\xA5b");
            }
            bytes.extend(line);
        }
    }
    (bytes, expected)
}

/// `Master.csv` of cdr_custom with 19 columns, in the time of the office. Two extensions call one another as well.
pub fn custom(told: &Truth) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("asterisk-cdr-custom", "pbx", "utf-8");
    let mut text = String::new();
    let mut line = |leg: &Leg, serial: usize| {
        let [start, answer, end] = moments(leg, AHEAD_S);
        text.push_str(&quoted(&[
            format!("\"\" <{}>", leg.from),
            leg.from.clone(),
            leg.to.clone(),
            leg.context.to_owned(),
            format!("PJSIP/{}-{serial:08x}", leg.from),
            format!("PJSIP/{}-{:08x}", leg.to, serial + 1),
            "Dial".to_owned(),
            format!("PJSIP/{}", leg.to),
            start,
            answer,
            end,
            leg.duration.to_string(),
            leg.billsec.to_string(),
            disposition(leg),
            "DOCUMENTATION".to_owned(),
            String::new(),
            leg.unique.clone(),
            String::new(),
            serial.to_string(),
        ]));
    };
    for talk in talks(told) {
        let mut legs = legs(&talk);
        // Without the common id only the channel's own joins rows: both are written by one channel here.
        let first = legs[0].unique.clone();
        legs.iter_mut().for_each(|leg| leg.unique.clone_from(&first));
        expect(&mut expected, &talk, legs.len());
        legs.iter().for_each(|leg| line(leg, talk.serial));
        if talk.serial % 25 == 3 {
            let mut leg = legs.remove(0);
            (leg.context, leg.from, leg.to) = ("default", "anna".to_owned(), "202".to_owned());
            (leg.answered, leg.billsec, leg.duration) = (true, 12, 20);
            (leg.start, leg.unique) = (leg.start + 7, format!("{}.{}", leg.start + 7, 90_000 + talk.serial));
            line(&leg, talk.serial);
            inside(&mut expected, 12, talk.call.start.date());
        }
    }
    (text.into_bytes(), expected)
}

const COLUMNS: [&str; 26] = [
    "calldate",
    "clid",
    "src",
    "dst",
    "dcontext",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "duration",
    "billsec",
    "disposition",
    "amaflags",
    "accountcode",
    "uniqueid",
    "userfield",
    "did",
    "recordingfile",
    "cnum",
    "cnam",
    "outbound_cnum",
    "outbound_cnam",
    "dst_cnam",
    "linkedid",
    "peeraccount",
    "sequence",
];

/// The values of a leg in the order of the table's columns.
fn values(leg: &Leg, talk: &Talk<'_>, sequence: usize) -> [String; 26] {
    let [start, ..] = moments(leg, AHEAD_S);
    let incoming = talk.call.incoming;
    let file = format!("{}-{}-{}-{}.wav", if incoming { "external" } else { "out" }, leg.to, leg.from, leg.unique);
    [
        start,
        format!("\"{0}\" <{0}>", leg.from),
        leg.from.clone(),
        leg.to.clone(),
        leg.context.to_owned(),
        format!("SIP/trunk-{:08x}", talk.serial),
        format!("SIP/{}-{:08x}", leg.to, talk.serial + 1),
        "Dial".to_owned(),
        format!("SIP/{},40,tT", leg.to),
        leg.duration.to_string(),
        leg.billsec.to_string(),
        disposition(leg),
        "3".to_owned(),
        String::new(),
        leg.unique.clone(),
        String::new(),
        if incoming && sequence == 0 { OFFICE.to_string() } else { String::new() },
        file,
        leg.from.clone(),
        // A name with an apostrophe and a semicolon, which a dump has to mask.
        "О'Хара; приёмная".to_owned(),
        String::new(),
        String::new(),
        String::new(),
        leg.linked.clone(),
        String::new(),
        sequence.to_string(),
    ]
}

/// A dump of the table by statements of many rows, between tables that hold no calls.
pub fn dump(told: &Truth) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("freepbx-cdr", "pbx", "utf-8");
    let mut text = String::from(
        "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\n\nDROP TABLE IF EXISTS `cdr`;\nCREATE TABLE `cdr` (\n",
    );
    for (at, column) in COLUMNS.iter().enumerate() {
        let kind =
            if at == 0 { "datetime NOT NULL DEFAULT '0000-00-00 00:00:00'" } else { "varchar(80) NOT NULL DEFAULT ''" };
        text.push_str(&format!("  `{column}` {kind},\n"));
    }
    text.push_str(
        "  KEY `calldate` (`calldate`),\n  KEY `uniqueid` (`uniqueid`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8;\n\n",
    );
    let mut rows = Vec::new();
    for talk in talks(told) {
        let legs = legs(&talk);
        expect(&mut expected, &talk, legs.len());
        for (sequence, leg) in legs.iter().enumerate() {
            let cells: Vec<String> = values(leg, &talk, sequence)
                .iter()
                .enumerate()
                .map(|(at, cell)| match at {
                    9 | 10 | 12 | 25 => cell.clone(),
                    13 => "NULL".to_owned(),
                    _ => format!("'{}'", cell.replace('\\', "\\\\").replace('\'', "\\'").replace('"', "\\\"")),
                })
                .collect();
            rows.push(format!("({})", cells.join(",")));
        }
    }
    for part in rows.chunks(50) {
        text.push_str(&format!("INSERT INTO `cdr` VALUES {};\n", part.join(",")));
    }
    text.push_str("\nCREATE TABLE `queuelog` (`id` int, `event` varchar(20));\n");
    text.push_str("INSERT INTO `queuelog` (`id`, `event`) VALUES (1,'CONNECT'),(2,'COMPLETE');\n");
    (text.into_bytes(), expected)
}

/// The same table saved with its header.
pub fn table(told: &Truth) -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("freepbx-cdr", "pbx", "utf-8");
    let mut text = COLUMNS.join(",") + "\n";
    for talk in talks(told) {
        let legs = legs(&talk);
        expect(&mut expected, &talk, legs.len());
        legs.iter().enumerate().for_each(|(sequence, leg)| text.push_str(&quoted(&values(leg, &talk, sequence))));
    }
    (text.into_bytes(), expected)
}
