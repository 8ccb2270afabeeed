//! A small dossier of invented people, a reader of originals from memory, and tools to forge bundles.

use flate2::{Compression, write::DeflateEncoder};
use sha2::{Digest, Sha256, Sha512};
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Cursor, Read, Write};
use std::sync::Arc;
use ulika::bundle::{self, Verification, Written};
use ulika::error::Result;
use ulika::model::*;
use ulika::progress::Silent;
use ulika::typesetting::Typesetter;

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

pub fn sha512(bytes: &[u8]) -> String {
    Sha512::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Stands for the typesetter: the source itself, marked as a PDF.
pub struct PlainPaper;

impl Typesetter for PlainPaper {
    fn pdf(&self, source: &str, now: i64) -> Result<Vec<u8>> {
        Ok(format!("%PDF-1.7\n% {now}\n{source}\n%%EOF\n").into_bytes())
    }
}

/// Originals and exhibits in memory.
#[derive(Default)]
pub struct Shelf {
    pub blobs: HashMap<String, Vec<u8>>,
    pub ledger: Vec<LedgerRow>,
    pub rows: HashMap<(SourceId, u64), Vec<String>>,
}

impl OriginalReader for Shelf {
    fn open(&self, sha256: &str) -> io::Result<Box<dyn Read + '_>> {
        let blob = self.blobs.get(sha256).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(Box::new(blob.as_slice()))
    }

    fn rows_as_found(&self, source: SourceId, rows: &[(u32, u64)]) -> io::Result<Vec<Vec<String>>> {
        let header = vec!["Дата".to_owned(), "Номер".to_owned(), "Название".to_owned()];
        let found = rows.iter().map(|(_, row)| self.rows.get(&(source, *row)).cloned());
        let cells: Option<Vec<_>> = std::iter::once(Some(header)).chain(found).collect();
        cells.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn for_each_ledger_row(&self, visit: &mut dyn FnMut(LedgerRow) -> io::Result<()>) -> io::Result<()> {
        self.ledger.iter().cloned().try_for_each(visit)
    }
}

pub const SECRET_NAME: &str = "ЗВОНОК ПОСТОРОННЕГО";

fn days(from: &str, to: &str, state: CoverageState, records: u64) -> CoverageRun {
    CoverageRun { from: from.parse().unwrap(), to: to.parse().unwrap(), state, records }
}

fn moscow() -> Clock {
    Clock { kind: ClockKind::Wall, zone: Zone::MOSCOW, basis: ZoneBasis::Stated, precision: Precision::Second }
}

/// `count` calls of two groups, two sources, two exhibits.
pub fn sample(count: i64) -> (Dossier, Shelf) {
    let mut shelf = Shelf::default();
    let detail = "<detail>вымышленная детализация</detail>\r\n".repeat(20).into_bytes();
    let log = b"\xd0\x94\xd0\xb0\xd1\x82\xd0\xb0;\xd0\x9d\xd0\xbe\xd0\xbc\xd0\xb5\xd1\x80\n".repeat(30);
    let picture = [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 3000]].concat();
    let sound = [b"RIFF".as_slice(), &[9; 5000]].concat();
    for blob in [&detail, &log, &picture, &sound] {
        shelf.blobs.insert(sha256(blob), blob.clone());
    }
    let source = |id: i64, name: &str, blob: &[u8], kind| DossierSource {
        source: Source {
            id: SourceId(id),
            name: name.to_owned(),
            size: blob.len() as u64,
            sha256: sha256(blob),
            kind,
            recipe: "invented".to_owned(),
            encoding: "utf-8".to_owned(),
            zone: Some(Zone::MOSCOW),
            zone_basis: ZoneBasis::Stated,
            received_at: "2026-11-20T12:00:00+03:00".to_owned(),
            withdrawn: false,
        },
        recipe_text: None,
        rows: count as u64 + 1,
        records: count as u64,
        other: vec![("sms".to_owned(), 1)],
        repeats_in_file: 0,
        other_lines: 0,
        extract_of: None,
        problems: 0,
        mended: 0,
        coverage: vec![
            days("2025-09-01", "2025-09-01", CoverageState::Records, count as u64),
            days("2025-09-02", "2025-09-04", CoverageState::Gap, 0),
            days("2025-09-05", "2025-09-05", CoverageState::Records, 0),
        ],
        numbers_of_others: 3,
    };
    let labels: Vec<Arc<str>> =
        ["ООО ВЕКТОРИЯ", "ВЕКТОРИЯ: ВК", "=cmd|'/c calc'!A1", "<script>alert(1)</script>", "гпж.\u{202e}exe"]
            .map(Arc::from)
            .to_vec();
    let mut calls = Vec::new();
    for index in 0..count {
        let id = index + 1;
        let group = GroupId(1 + index % 2);
        let number =
            if index % 10 == 9 { None } else { Some(Arc::from(format!("+7907000{:04}", index % 40).as_str())) };
        let records = vec![RowText {
            record: RecordId(id),
            source: SourceId(1 + index % 2),
            sheet: 0,
            row: id as u64 + 1,
            why: None,
            residual_s: 0,
        }];
        let label = &labels[(index % labels.len() as i64) as usize];
        let seen = |place| DossierLabel { text: Arc::clone(label), seen: place };
        shelf.rows.insert(
            (SourceId(1 + index % 2), id as u64 + 1),
            vec!["03.09.2025".to_owned(), number.as_deref().unwrap_or("").to_owned(), label.to_string()],
        );
        shelf.ledger.push(LedgerRow {
            source: SourceId(1 + index % 2),
            sheet: 0,
            row: id as u64 + 1,
            fate: "record",
            detail: String::new(),
            call: Some(CallId(id)),
        });
        calls.push(DossierCall {
            id: CallId(id),
            start: Moment { reading: 1_756_894_500 + index * 4_321, clock: moscow() },
            direction: if index % 7 == 0 { Direction::Outgoing } else { Direction::Incoming },
            disposition: if index % 3 == 0 { Disposition::Missed } else { Disposition::Answered },
            number_kind: if number.is_some() { NumberKind::E164 } else { NumberKind::Hidden },
            number_raw: number.clone().unwrap_or_else(|| Arc::from("")),
            number_e164: number,
            line: Some(Arc::from("+79350000001")),
            duration_s: if index % 3 == 0 { None } else { Some((index * 17 % 4000) as u32) },
            labels: match index % 4 {
                0 => vec![],
                // The second call's label stands in its row and was read off the first exhibit.
                _ if index == 1 => {
                    vec![seen(LabelPlace::Row(RecordId(id))), seen(LabelPlace::Exhibit(Some(ExhibitId(1))))]
                }
                _ => vec![seen(LabelPlace::Row(RecordId(id)))],
            },
            service: Arc::from("Телефония"),
            group: Some(group),
            verdict: if index % 5 == 0 { Verdict::Both } else { Verdict::OperatorOnly },
            clock_offset_s: if index % 5 == 0 { Some(-37) } else { None },
            records,
            silent: vec![Silence {
                witness: SourceKind::Phone,
                source: Some(SourceId(2)),
                reason: SilenceReason::ALL[index as usize % SilenceReason::ALL.len()],
            }],
            said: None,
            range_holder: Some(Arc::from("ПАО \"ВЫМЫСЕЛ\"")),
            region: Some(Arc::from("Город & область")),
        });
    }
    shelf.ledger.push(LedgerRow {
        source: SourceId(1),
        sheet: 0,
        row: 999_999,
        fate: "problem",
        detail: SECRET_NAME.to_owned(),
        call: None,
    });
    shelf.ledger.sort_by_key(|row| (row.source, row.row));
    let group = |id: i64, name: &str| Group {
        id: GroupId(id),
        name: name.to_owned(),
        named_by_person: id == 2,
        also_named: Vec::new(),
        calls: calls.iter().filter(|c| c.group == Some(GroupId(id))).map(|c| c.id).collect(),
        numbers: vec![format!("+790700000{:02}", id - 1)],
        labels: vec![GroupLabel { text: "ООО ВЕКТОРИЯ".to_owned(), seen: 3 }],
        pools: vec![Pool {
            from: "+79070000000".to_owned(),
            to: "+79070000099".to_owned(),
            numbers: 20,
            range_holder: Some("ПАО \"ВЫМЫСЕЛ\"".to_owned()),
            region: None,
            range_dated: Some("2026-08-19".to_owned()),
        }],
        known: false,
        attribution: None,
        also_attributed: Vec::new(),
        mark: None,
        conflicts: Vec::new(),
        reasons: vec![GroupReason {
            kind: ReasonKind::Label,
            signal: ReasonSignal::Label,
            text: "одна маркировка: «ООО ВЕКТОРИЯ»".to_owned(),
            text_en: "one label".to_owned(),
            calls: vec![CallId(id)],
            chance: Some(0.000_4),
        }],
    };
    let exhibit = |id: i64, name: &str, media: &str, kind, blob: &[u8]| DossierExhibit {
        exhibit: Exhibit {
            id: ExhibitId(id),
            no: format!("E{id:04}"),
            name: name.to_owned(),
            kind,
            media_type: media.to_owned(),
            size: blob.len() as u64,
            sha256: sha256(blob),
            received_at: "2026-11-20T12:05:00+03:00".to_owned(),
            captured_at: Some("2025-09-03T10:15:00+03:00".to_owned()),
            captured_basis: CapturedBasis::FileName,
            caption: "Экран входящего вызова с надписью «ООО ВЕКТОРИЯ»".to_owned(),
            calls: vec![CallId(1), CallId(2)],
        },
    };
    let exhibits = vec![
        exhibit(1, "Снимок экрана.png", "image/png", ExhibitKind::Screenshot, &picture),
        exhibit(2, "запись\u{202e}3pm.wav", "audio/wav", ExhibitKind::Recording, &sound),
    ];
    let custody = (1..=3)
        .scan(hex(&NOTHING_BEFORE), |previous, seq| {
            let (at, kind) = (format!("2026-11-20T09:0{seq}:00Z"), CustodyKind::Imported);
            let digest = details_digest(&[seq as u8], "{}");
            let hash = hex(&event_hash(&bytes_of_hex(previous).unwrap(), seq, &at, kind.word(), seq, &digest));
            let event = CustodyEvent {
                seq: EventId(seq),
                at,
                kind,
                subject: seq,
                details_digest: hex(&digest),
                salt: Some(hex(&[seq as u8])),
                details: Some("{}".to_owned()),
                previous: std::mem::replace(previous, hash.clone()),
                hash,
            };
            Some(event)
        })
        .collect();
    let groups = vec![group(1, "ВЕКТОРИЯ"), group(2, "Банк «Вымысел»")];
    let dossier = Dossier {
        case_id: "6f0e7a5c-3f3b-4d8e-9a55-0d5b8c1f2a31".to_owned(),
        title: "Назойливые звонки \"ВЕКТОРИИ\" & <b>других</b> #1 \\ $x$".to_owned(),
        schema_version: 1,
        program: "0.1.0".to_owned(),
        scope: BundleScope::default(),
        now: 1_795_445_100,
        lines: vec![Line {
            number: PhoneNumber::e164(79_350_000_001),
            operator: "Вымысел".to_owned(),
            zone: Some(Zone::MOSCOW),
        }],
        sources: vec![
            source(1, "Детализация сентябрь.XML", &detail, SourceKind::Operator),
            source(2, "журнал.csv", &log, SourceKind::Phone),
        ],
        calls,
        calls_left_out: 0,
        by_hand: Vec::new(),
        groups,
        marks: [(GroupId(1), 0), (GroupId(2), 9)].into(),
        registers: vec![RegisterOrigin {
            file: "=DEF-9xx\u{202e}.csv".to_owned(),
            sha256: sha256(b"register"),
            dated: "2026-08-19".parse().unwrap(),
            dated_basis: DatedBasis::FileName,
        }],
        ranges: vec![DossierRange {
            register: 0,
            line: 17,
            from: 79_070_000_000,
            to: 79_070_009_999,
            operator: Arc::from("ПАО \"ВЫМЫСЕЛ\""),
            region: Arc::from("-"),
            territory: Arc::from("Город & область"),
            inn: Arc::from("0001000010"),
        }],
        exhibits,
        exhibits_left_out: 0,
        custody,
    };
    (dossier, shelf)
}

/// The sample restricted to its first group.
pub fn scoped(count: i64) -> (Dossier, Shelf) {
    let (mut dossier, shelf) = sample(count);
    dossier.scope.groups = vec![GroupId(1)];
    dossier.calls.retain(|call| call.group == Some(GroupId(1)));
    dossier.groups.truncate(1);
    dossier.calls_left_out = count as u64 - dossier.calls.len() as u64;
    dossier.exhibits.truncate(1);
    dossier.exhibits_left_out = 1;
    dossier.sources.truncate(1);
    for event in &mut dossier.custody[1..] {
        (event.salt, event.details) = (None, None);
    }
    (dossier, shelf)
}

pub fn write(dossier: &Dossier, shelf: &Shelf, contents: Contents) -> (Vec<u8>, Written) {
    let mut out = Cursor::new(Vec::new());
    let written = bundle::write(dossier, shelf, contents, &PlainPaper, &mut out, &Silent).unwrap();
    (out.into_inner(), written)
}

pub fn full() -> (Vec<u8>, Written) {
    let (dossier, shelf) = sample(12);
    write(&dossier, &shelf, Contents::Originals)
}

pub fn verify(bytes: &[u8]) -> Verification {
    bundle::verify(&mut Cursor::new(bytes), &Silent).unwrap()
}

/// The kinds of difference that a bundle shows, each once.
pub fn kinds(bytes: &[u8]) -> Vec<String> {
    let mut kinds: Vec<String> = verify(bytes).differences.into_iter().map(|d| d.kind).collect();
    kinds.dedup();
    kinds
}

/// The files of a bundle by path below the top folder, read by another program's code.
pub fn files(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        let name = entry.name().unwrap().into_owned();
        files.insert(name.split_once('/').unwrap().1.to_owned(), content);
    }
    files
}

/// An entry of a forged zip.
pub struct Forged {
    pub name: String,
    pub content: Vec<u8>,
    pub mode: u32,
}

/// Packs files anew, as a forger's program would.
pub fn pack(top: &str, files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let entries = files.iter().map(|(path, content)| Forged {
        name: format!("{top}/{path}"),
        content: content.clone(),
        mode: 0o100_644,
    });
    pack_entries(&entries.collect::<Vec<_>>())
}

/// A plain zip writer that lets anything through.
pub fn pack_entries(entries: &[Forged]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = out.len() as u32;
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&entry.content).unwrap();
        let packed = encoder.finish().unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(&entry.content);
        let mut common = Vec::new();
        for value in [20_u16, 1 << 11, 8, 0x6000, 0x5b77] {
            common.extend_from_slice(&value.to_le_bytes());
        }
        for value in [crc.sum(), packed.len() as u32, entry.content.len() as u32] {
            common.extend_from_slice(&value.to_le_bytes());
        }
        common.extend_from_slice(&(entry.name.len() as u16).to_le_bytes());
        common.extend_from_slice(&[0; 2]);
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&common);
        out.extend_from_slice(entry.name.as_bytes());
        out.extend_from_slice(&packed);
        directory.extend_from_slice(b"PK\x01\x02\x1e\x03");
        directory.extend_from_slice(&common);
        directory.extend_from_slice(&[0; 6]);
        directory.extend_from_slice(&(entry.mode << 16).to_le_bytes());
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(entry.name.as_bytes());
    }
    let start = out.len() as u32;
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&(entries.len() as u16).to_le_bytes());
    out.extend_from_slice(&(entries.len() as u16).to_le_bytes());
    out.extend_from_slice(&(directory.len() as u32).to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    out
}

/// Computes manifests and tag manifests anew over whatever lies there, as a forger would; the oxum as well.
pub fn rehash(files: &mut BTreeMap<String, Vec<u8>>) {
    let payload: Vec<_> = files.iter().filter(|(path, _)| path.starts_with("data/")).collect();
    let octets: usize = payload.iter().map(|(_, content)| content.len()).sum();
    let oxum = format!("Payload-Oxum: {octets}.{}", payload.len());
    let lines = |digest: fn(&[u8]) -> String, wanted: &dyn Fn(&str) -> bool, files: &BTreeMap<String, Vec<u8>>| {
        let chosen = files.iter().filter(|(path, _)| wanted(path));
        chosen.map(|(path, content)| format!("{}  {path}\n", digest(content))).collect::<String>().into_bytes()
    };
    let data = |path: &str| path.starts_with("data/");
    let (short, long) = (lines(sha256, &data, files), lines(sha512, &data, files));
    files.insert("manifest-sha256.txt".to_owned(), short);
    files.insert("manifest-sha512.txt".to_owned(), long);
    if let Some(info) = files.get_mut("bag-info.txt") {
        let text = String::from_utf8(info.clone()).unwrap();
        let edited = text.lines().map(|line| if line.starts_with("Payload-Oxum") { &oxum } else { line });
        *info = edited.map(|line| format!("{line}\n")).collect::<String>().into_bytes();
    }
    rehash_tags(files);
}

/// Computes the tag manifests anew.
pub fn rehash_tags(files: &mut BTreeMap<String, Vec<u8>>) {
    files.remove("tagmanifest-sha256.txt");
    files.remove("tagmanifest-sha512.txt");
    let tags: Vec<_> = files.iter().filter(|(path, _)| !path.starts_with("data/")).collect();
    let list = |digest: fn(&[u8]) -> String| {
        tags.iter().map(|(path, content)| format!("{}  {path}\n", digest(content))).collect::<String>().into_bytes()
    };
    let (short, long) = (list(sha256), list(sha512));
    files.insert("tagmanifest-sha256.txt".to_owned(), short);
    files.insert("tagmanifest-sha512.txt".to_owned(), long);
}
