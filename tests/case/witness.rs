//! Witnesses beside each other: whatever the order of rows, the clocks, the holes and the order of files, the calls are
//! the same and the sums add up; what was said by hand stays.

use super::common::*;
use super::hand::just_called;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tempfile::TempDir;
use ulika::Case;
use ulika::actions::{
    self, CallColumns, CallFilter, CallList, ChartsAsked, ImportOptions, SilentFilter, SourceAnswer, VerdictCount,
    WitnessMatrix,
};
use ulika::charts::Tongue;
use ulika::model::{Direction, SilenceReason, SourceId, SourceKind, Verdict, ZoneBasis};
use ulika::progress::Silent;

/// A call as it was: seconds from the beginning of the year, number, whether incoming, length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Was {
    pub at: i64,
    pub number: u32,
    pub incoming: bool,
    pub length: u32,
}

pub const BEGIN: i64 = 1_735_689_600;

pub fn table(calls: &[Was], ahead: i64) -> String {
    let mut text = "Дата и время;Направление;Номер;Длительность;Подпись\r\n".to_owned();
    for call in calls {
        let at = chrono::DateTime::from_timestamp(BEGIN + call.at + ahead, 0).unwrap().format("%d.%m.%Y %H:%M:%S");
        let way = if call.incoming { "Входящий" } else { "Исходящий" };
        let label = if call.number < 3 { "ООО ВЕКТОРИЯ" } else { "" };
        let (h, m, s) = (call.length / 3_600, call.length / 60 % 60, call.length % 60);
        text += &format!("{at};{way};7907000{:04};{h:02}:{m:02}:{s:02};{label}\r\n", 1_000 + call.number * 577);
    }
    text
}

/// Calls of a few numbers; half of them follow the one before within minutes.
pub fn calls_of_a_while(most: usize) -> impl Strategy<Value = Vec<Was>> {
    let gap = select(vec![40i64, 90, 115, 130, 4_000, 30_011, 90_000]);
    let one = (gap, 0u32..5, any::<bool>(), select(vec![0u32, 0, 7, 8, 35, 61, 600]));
    prop::collection::vec(one, 24..most).prop_map(|calls| {
        let mut at = 0;
        let mut was: Vec<Was> = calls
            .into_iter()
            .map(|(gap, number, incoming, length)| {
                at += gap;
                Was { at, number, incoming, length }
            })
            .collect();
        was.dedup();
        was
    })
}

struct Desk {
    folder: TempDir,
    case: Case,
    files: usize,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let (_, case) = new_case(&folder, None);
        Self { folder, case, files: 0 }
    }

    fn file(&mut self, text: &str) -> PathBuf {
        self.files += 1;
        let path = self.folder.path().join(format!("{}.csv", self.files));
        std::fs::write(&path, text).unwrap();
        path
    }

    fn import(&mut self, kind: SourceKind, text: &str) -> SourceAnswer {
        let path = self.file(text);
        let options = ImportOptions { kind: Some(kind), zone: Some("Europe/Moscow".to_owned()), ..Default::default() };
        let answer = actions::import(&mut self.case, &[path], &options, &[], &Silent).unwrap().sources.remove(0);
        let other: u32 = answer.other.values().sum();
        let accounted =
            answer.records + other + answer.problems.len() as u32 + answer.repeats_in_file + answer.other_lines;
        assert_eq!(answer.rows, accounted, "{answer:?}");
        assert_eq!(answer.records, answer.new_calls + answer.corroborating + answer.duplicates, "{answer:?}");
        answer
    }

    /// The calls as they can be told without ids: start, number, direction, length, verdict, what is left of the
    /// difference of starts, records of each source.
    fn told(&self) -> Vec<String> {
        let matrix = WitnessMatrix::read(&self.case).unwrap();
        let listed = actions::calls(&self.case, &Default::default(), None, 10_000).unwrap().calls;
        assert_eq!(listed.len(), matrix.ids.len());
        let mut told: Vec<String> = listed
            .iter()
            .map(|call| {
                let seen = matrix.call(call.id);
                assert_eq!((seen.verdict, &seen.records), (call.verdict, &call.records), "two views of one call");
                let sources: Vec<SourceId> = seen.records.iter().map(|r| r.source).collect();
                let (number, way) = (call.number.as_deref(), call.direction);
                format!("{} {number:?} {way:?} {:?} {:?} {sources:?}", call.started_at, call.duration_s, seen.verdict)
            })
            .collect();
        told.sort();
        told
    }

    /// Every record stands in one call, and the days of a source add up to its records.
    fn adds_up(&self) {
        let matrix = WitnessMatrix::read(&self.case).unwrap();
        let mut stated: BTreeMap<SourceId, u32> = BTreeMap::new();
        for id in &matrix.ids {
            for record in matrix.call(*id).records {
                *stated.entry(record.source).or_default() += 1;
            }
        }
        for source in actions::overview(&self.case).unwrap().sources {
            assert_eq!(stated.get(&source.id).copied().unwrap_or(0), source.records);
        }
        for days in &matrix.sources.coverage {
            assert_eq!(days.days.iter().map(|d| d.records).sum::<u32>(), days.records);
            assert_eq!(days.records, stated.get(&days.source).copied().unwrap_or(0));
        }
    }
}

fn shuffled<T: Clone>(rows: &[T], seed: u64) -> Vec<T> {
    let mut rows: Vec<(u64, T)> = (1u64..)
        .zip(rows)
        .map(|(at, row)| (at.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left((seed % 63) as u32) ^ seed, row.clone()))
        .collect();
    rows.sort_by_key(|(key, _)| *key);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// What the operator writes: most calls, none that nobody answered.
fn billed(was: &[Was], dropped: u64) -> Vec<Was> {
    was.iter().enumerate().filter(|(at, w)| w.length > 0 && (dropped >> (at % 64)) & 1 == 0).map(|(_, w)| *w).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn shuffled_rows_give_the_same_calls(was in calls_of_a_while(60), dropped: u64, seed: u64) {
        let told = |phone: &[Was], operator: &[Was]| {
            let mut desk = Desk::new();
            desk.import(SourceKind::Phone, &table(phone, 0));
            desk.import(SourceKind::Operator, &table(operator, 2));
            desk.adds_up();
            desk.told()
        };
        let operator = billed(&was, dropped & 0x1111_1111_1111_1111);
        prop_assert_eq!(told(&shuffled(&was, seed), &shuffled(&operator, seed >> 7)), told(&was, &operator));
    }

    #[test]
    fn a_clock_that_is_ahead_gives_the_same_calls(was in calls_of_a_while(60), ahead in select(vec![-3_600i64, -40, 25, 90, 7_200])) {
        // Calls that are all far apart, so that the clock can be known.
        let was: Vec<Was> = was.iter().enumerate().map(|(at, w)| Was { at: at as i64 * 40_007 + w.at % 9_001, ..*w }).collect();
        let told = |ahead: i64| {
            let mut desk = Desk::new();
            desk.import(SourceKind::Phone, &table(&was, 0));
            // The same bytes would be the same file.
            desk.import(SourceKind::Operator, &(table(&was, ahead) + "\r\n"));
            let pairs = WitnessMatrix::read(&desk.case).unwrap().sources.pairs;
            (desk.told(), pairs[0].offset_s, pairs[0].paired)
        };
        let (apart, together) = (told(ahead), told(0));
        prop_assert_eq!(i64::from(apart.1), ahead);
        prop_assert_eq!(apart.2, was.len() as u32);
        prop_assert_eq!(apart.0, together.0);
    }

    #[test]
    fn rows_that_one_witness_lacks_leave_the_others_calls(was in calls_of_a_while(50), dropped: u64) {
        let was: Vec<Was> = was.iter().enumerate().map(|(at, w)| Was { at: at as i64 * 40_007, ..*w }).collect();
        let kept: Vec<Was> = was.iter().enumerate().filter(|(at, _)| (dropped >> at) & 1 == 0).map(|(_, w)| *w).collect();
        prop_assume!(!kept.is_empty());
        let mut desk = Desk::new();
        desk.import(SourceKind::Phone, &table(&was, 0));
        let answer = desk.import(SourceKind::Operator, &table(&kept, 0));
        prop_assert_eq!(answer.corroborating as usize, kept.len());
        let matrix = WitnessMatrix::read(&desk.case).unwrap();
        prop_assert_eq!(matrix.ids.len(), was.len());
        for id in &matrix.ids {
            let call = matrix.call(*id);
            prop_assert_eq!(call.silent.is_empty(), call.verdict == Verdict::Both, "whoever is silent has a reason");
        }
        desk.adds_up();
    }

    #[test]
    fn a_file_twice_or_in_another_order_adds_no_call(was in calls_of_a_while(60), seed: u64) {
        let mut desk = Desk::new();
        let text = table(&was, 0);
        desk.import(SourceKind::Operator, &text);
        let before = desk.told();
        prop_assert!(desk.import(SourceKind::Operator, &text).already_imported);
        prop_assert_eq!(desk.told(), before.clone());
        let again = desk.import(SourceKind::Operator, &table(&shuffled(&was, seed), 0));
        prop_assert_eq!((again.new_calls, again.corroborating), (0, 0));
        prop_assert_eq!(desk.told().len(), before.len());
        desk.adds_up();
    }

    #[test]
    fn a_later_longer_file_extends_the_case(was in calls_of_a_while(60), part in 8usize..20, overlap in 0usize..8) {
        let (mut in_steps, mut at_once) = (Desk::new(), Desk::new());
        in_steps.import(SourceKind::Operator, &table(&was[..part], 0));
        let first = in_steps.told();
        in_steps.import(SourceKind::Operator, &table(&was[part - overlap..], 0));
        let whole = in_steps.import(SourceKind::Operator, &table(&was, 0));
        prop_assert_eq!((whole.new_calls, whole.corroborating), (0, 0), "the longest file says nothing new");
        at_once.import(SourceKind::Operator, &table(&was, 0));
        let starts = |told: &[String]| told.iter().map(|t| t.split(" [").next().unwrap().to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(starts(&in_steps.told()), starts(&at_once.told()));
        prop_assert!(starts(&first).iter().all(|call| starts(&at_once.told()).contains(call)));
        in_steps.adds_up();
    }
}

/// A year of calls, two a day, of five numbers.
fn a_year() -> Vec<Was> {
    (0..360)
        .map(|i| Was {
            at: i * 43_200 + (i * i * 7_919) % 20_000,
            number: (i * i % 5) as u32,
            incoming: i % 4 != 0,
            length: [0, 12, 61, 300][i as usize % 4],
        })
        .collect()
}

#[test]
fn what_was_said_by_hand_outlives_longer_files() {
    let was = a_year();
    let mut desk = Desk::new();
    desk.import(SourceKind::Phone, &table(&was[..200], 0));
    let group = actions::groups(&desk.case).unwrap().groups[0].clone();
    actions::name_group(&mut desk.case, group.id, "Назойливые").unwrap();
    let call = actions::calls(&desk.case, &Default::default(), None, 10).unwrap().calls[5].clone();
    let picture = sample("shots/Screenshot_20250401-173316.png");
    let options = actions::AttachOptions {
        calls: vec![call.id], kind: None, label: Some("Банк Тихий берег".into())
    };
    actions::attach(&mut desk.case, &[picture], &options, &Silent).unwrap();
    let other = actions::groups(&desk.case).unwrap().groups.into_iter().find(|g| g.id != group.id);

    desk.import(SourceKind::Operator, &table(&billed(&was[..260], 0), 37));
    desk.import(SourceKind::Phone, &table(&was, 0));
    let groups = actions::groups(&desk.case).unwrap().groups;
    assert_eq!(groups.iter().find(|g| g.id == group.id).map(|g| g.name.as_str()), Some("Назойливые"));
    assert!(other.is_none_or(|o| groups.iter().any(|g| g.id == o.id)), "no other group is lost");
    let seen = actions::call_detail(&desk.case, call.id).unwrap().call;
    assert_eq!((seen.exhibits.len(), seen.started_at.as_str()), (1, call.started_at.as_str()));
    assert!(seen.labels.contains(&"Банк Тихий берег".to_owned()), "{:?}", seen.labels);
    assert_eq!(actions::overview(&desk.case).unwrap().calls as usize, was.len(), "no duplicate");
    desk.adds_up();
    assert_eq!(differences(&desk.case), Vec::<String>::new());
}

#[test]
fn a_wrong_zone_is_offered_and_set_by_the_person_only() {
    let was = a_year();
    let mut desk = Desk::new();
    desk.import(SourceKind::Phone, &table(&was, 7_200));
    desk.import(SourceKind::Operator, &table(&billed(&was, 0), 0));
    let before = calls(&desk.case);
    let pair = WitnessMatrix::read(&desk.case).unwrap().sources.pairs.remove(0);
    assert_eq!((pair.offset_s, pair.clock.as_str()), (-7_200, "steady"));
    let offer = &pair.zone_offers[0];
    assert_eq!((offer.source, offer.zone.as_str(), offer.shift_s), (SourceId(1), "Asia/Yekaterinburg", -7_200));
    assert_eq!(pair.zone_offers.len(), 2, "which of the two is wrong is for the person to know");
    assert_eq!(calls(&desk.case), before, "nothing moves by itself");

    let (source, zone) = (offer.source, offer.zone.clone());
    let edited = actions::set_source_zone(&mut desk.case, source, Some(&zone)).unwrap();
    assert!(edited.changed.contains(&"calls".to_owned()));
    let pair = WitnessMatrix::read(&desk.case).unwrap().sources.pairs.remove(0);
    assert_eq!((pair.offset_s, pair.zone_offers.len()), (0, 0));
    let call = &actions::calls(&desk.case, &Default::default(), None, 1).unwrap().calls[0];
    assert!(call.started_at.ends_with("+05:00"), "{}", call.started_at);
    assert_eq!((call.zone.as_str(), call.zone_basis.as_str()), ("Asia/Yekaterinburg", "given"));
    assert_eq!(differences(&desk.case), Vec::<String>::new(), "the evidence is as it was imported");
    let entry = actions::log(&desk.case).unwrap().custody.pop().unwrap();
    assert_eq!((entry.kind.as_str(), entry.facts.zone.as_deref()), ("zone_set", Some("Asia/Yekaterinburg")));
    assert_eq!(entry.facts.name.as_deref(), Some("1.csv"));

    actions::undo(&mut desk.case).unwrap();
    assert_eq!(calls(&desk.case), before);
    actions::redo(&mut desk.case).unwrap();
    actions::set_source_zone(&mut desk.case, source, None).unwrap();
    assert_eq!(calls(&desk.case), before, "taken back");
    assert_eq!(differences(&desk.case), Vec::<String>::new());
}

#[test]
fn no_zone_is_set_where_none_can_be() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml", "mts.xml"]);
    let code = |case: &mut Case, id, zone| actions::set_source_zone(case, SourceId(id), zone).unwrap_err().code;
    assert_eq!(code(&mut case, 9, Some("+05:00")), ulika::Code::NotFound);
    assert_eq!(code(&mut case, 2, Some("Луна")), ulika::Code::ZoneUnknown);
    assert_eq!(code(&mut case, 1, Some("+05:00")), ulika::Code::RequestUnfit, "a phone's milliseconds are moments");
}

#[test]
fn a_case_of_the_third_version_takes_a_zone_after_a_copy() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("третья.ulika");
    let packed = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/old/v3.ulika.gz");
    let mut bytes = Vec::new();
    let mut unpacked = flate2::read::GzDecoder::new(std::fs::File::open(packed).unwrap());
    std::io::Read::read_to_end(&mut unpacked, &mut bytes).unwrap();
    std::fs::write(&path, &bytes).unwrap();
    let holds = |case: &Case| {
        let overview = actions::overview(case).unwrap();
        assert_eq!((overview.calls, overview.sources.len(), overview.exhibits), (392, 2, 1));
        assert_eq!(actions::exhibits(case).unwrap()[0].labels[0].text, "ООО ВЕКТОРИЯ");
        let names: Vec<String> = actions::groups(case).unwrap().groups.into_iter().map(|g| g.name).collect();
        assert!(names.iter().any(|name| name == "Вектория, третья версия"), "{names:?}");
        assert_eq!(differences(case), Vec::<String>::new());
        WitnessMatrix::read(case).unwrap().ids.len()
    };
    assert_eq!(holds(&look(&path, None).unwrap()), 392);
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "looking changes no byte");
    let mut case = open(&path, None).unwrap();
    holds(&case);
    actions::set_source_zone(&mut case, SourceId(1), Some("Europe/Samara")).unwrap();
    assert_eq!(differences(&case), Vec::<String>::new());
    actions::undo(&mut case).unwrap();
    actions::undo(&mut case).unwrap();
    assert_eq!(differences(&case), Vec::<String>::new());
    drop(case);
    let mut copy = path.into_os_string();
    copy.push(".v3.backup.ulika");
    holds(&look(&PathBuf::from(copy), None).unwrap());
}

#[test]
fn every_verdict_is_counted_and_the_list_that_it_leads_to_holds_as_many() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "beeline.xlsx", "table.csv", "phone.xml"]);
    let columns = CallColumns::default();
    let counts = actions::call_verdicts(&case, &columns).unwrap();
    assert_eq!(counts.iter().map(|c| c.verdict).collect::<Vec<_>>(), Verdict::ALL, "those of none too");
    let of = |verdict| counts.iter().find(|c| c.verdict == verdict).unwrap().calls;
    assert!(of(Verdict::Both) > 0 && of(Verdict::PhoneOnly) > 0 && of(Verdict::OperatorOnly) > 0, "{counts:?}");
    assert_eq!(counts.iter().map(|c| c.calls).sum::<u32>(), actions::overview(&case).unwrap().calls);
    let matrix = WitnessMatrix::read(&case).unwrap();
    for count in &counts {
        let filter = CallFilter { verdict: Some(count.verdict), ..CallFilter::default() };
        let listed = CallList::find_with(&case, &filter, &columns).unwrap().ids;
        assert_eq!(listed.len(), count.calls as usize, "{count:?}");
        assert!(listed.iter().all(|id| matrix.call(*id).verdict == count.verdict));
        // Together with another condition both hold.
        let incoming = CallFilter { direction: Some(Direction::Incoming), ..filter };
        let both = CallList::find_with(&case, &incoming, &columns).unwrap().ids;
        let hold =
            listed.iter().filter(|id| actions::call_detail(&case, **id).unwrap().call.direction == Direction::Incoming);
        assert_eq!(both.len(), hold.count());
    }
}

#[test]
fn the_silence_of_one_call_is_that_of_the_matrix_and_its_counts_lead_to_as_many_calls() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "beeline.xlsx", "table.csv", "phone.xml"]);
    actions::note_call(&mut case, &just_called("+7 935 310-40-11")).unwrap();
    let columns = CallColumns::default();
    let matrix = WitnessMatrix::read(&case).unwrap();
    let mut counted: BTreeMap<String, u32> = BTreeMap::new();
    let mut further = 0;
    for id in &matrix.ids {
        let call = matrix.call(*id);
        let told = actions::call_silence(&case, *id, &columns).unwrap();
        assert_eq!(told[..call.silent.len()], call.silent, "the words of the panel are those of the table");
        // What follows could have stated it, and is named once.
        for one in &told[call.silent.len()..] {
            further += 1;
            let source = one.source.unwrap();
            assert!(!matches!(
                one.reason,
                SilenceReason::OtherLine | SilenceReason::OutsidePeriod | SilenceReason::NoSource
            ));
            assert!(call.records.iter().all(|record| record.source != source), "{one:?}");
            assert_eq!(told.iter().filter(|other| other.source == Some(source)).count(), 1);
        }
        for one in call.silent {
            *counted.entry(format!("{:?} {:?}", one.witness, one.reason)).or_default() += 1;
        }
    }
    let counts = actions::silence_counts(&case, &columns).unwrap();
    let told: BTreeMap<String, u32> =
        counts.iter().map(|c| (format!("{:?} {:?}", c.witness, c.reason), c.calls)).collect();
    assert_eq!(told, counted);
    assert!(counts.len() > 2 && further > 0, "{counts:?}, {further}");
    for count in &counts {
        let silent = SilentFilter { witness: count.witness, reason: count.reason };
        let filter = CallFilter { silent: Some(silent), ..CallFilter::default() };
        let listed = CallList::find_with(&case, &filter, &columns).unwrap().ids;
        assert_eq!(listed.len(), count.calls as usize, "{count:?}");
        let holds = |id| matrix.call(id).silent.iter().any(|s| s.witness == count.witness && s.reason == count.reason);
        assert!(listed.iter().all(|id| holds(*id)));
        let asked = ChartsAsked { width: 800, tongue: Tongue::Ru };
        let drawn = actions::charts(&case, &filter, &columns, asked).unwrap();
        assert!(drawn[0].lead.contains(&count.calls.to_string()), "the picture too: {}", drawn[0].lead);
    }
    // Other sources, other reasons: what was kept is not told again.
    let source = actions::overview(&case).unwrap().sources.into_iter().find(|s| s.file == "phone.xml").unwrap();
    actions::withdraw_source(&mut case, source.id).unwrap();
    let counts = actions::silence_counts(&case, &columns).unwrap();
    let phone: Vec<_> = counts.iter().filter(|c| c.witness == SourceKind::Phone).map(|c| c.reason).collect();
    assert!(phone.contains(&SilenceReason::NoSource), "{counts:?}");
    let first = WitnessMatrix::read(&case).unwrap();
    for id in &first.ids {
        let silent = first.call(*id).silent;
        assert_eq!(actions::call_silence(&case, *id, &columns).unwrap()[..silent.len()], silent);
    }
}

#[test]
fn the_source_that_a_third_one_bears_out_is_not_blamed_and_a_zone_of_russia_comes_first() {
    let was = a_year();
    let mut desk = Desk::new();
    desk.import(SourceKind::Phone, &table(&was, 0));
    desk.import(SourceKind::Operator, &table(&billed(&was, 0), 7 * 3_600));
    let offers = |desk: &Desk, pair: [i64; 2]| {
        let pairs = WitnessMatrix::read(&desk.case).unwrap().sources.pairs;
        let pair = pairs.into_iter().find(|p| p.sources == pair.map(SourceId)).unwrap();
        pair.zone_offers.into_iter().map(|o| (o.source.0, o.zone)).collect::<Vec<_>>()
    };
    let both = [(2, "Asia/Vladivostok".to_owned()), (1, "-04:00".to_owned())];
    assert_eq!(offers(&desk, [1, 2]), both, "of two, the zone that people live in first");
    desk.import(SourceKind::Pbx, &table(&was, 30));
    assert_eq!(offers(&desk, [1, 2]), both[..1], "the exchange bears the phone out");
    assert_eq!(offers(&desk, [2, 3]), both[..1], "and the phone the exchange");
    assert_eq!(offers(&desk, [1, 3]), []);
}

/// A case with a phone two hours ahead; of so few calls no clock can be known.
fn few_calls_apart() -> Desk {
    let was = &a_year()[1..3];
    let mut desk = Desk::new();
    desk.import(SourceKind::Phone, &table(was, 7_200));
    desk.import(SourceKind::Operator, &table(was, 0));
    desk
}

fn counted(counts: &[VerdictCount]) -> Vec<(Verdict, u32)> {
    counts.iter().filter(|c| c.calls > 0).map(|c| (c.verdict, c.calls)).collect()
}

#[test]
fn what_a_zone_would_change_is_said_before_and_is_what_changes() {
    let mut desk = few_calls_apart();
    let columns = CallColumns::default();
    let (source, zone) = (SourceId(1), "Asia/Yekaterinburg");
    let before = calls(&desk.case);
    let preview = actions::preview_source_zone(&desk.case, source, Some(zone), &columns).unwrap();
    assert_eq!(counted(&preview.verdicts), [(Verdict::PhoneOnly, 2), (Verdict::OperatorOnly, 2)]);
    assert_eq!(counted(&preview.verdicts_then), [(Verdict::Both, 2)]);
    let first = preview.first.clone().unwrap();
    assert_eq!((preview.zone.as_str(), first.shift_s), (zone, -7_200));
    assert!(first.now.ends_with("+03:00") && first.then.ends_with("+05:00"), "{first:?}");
    assert_eq!(first.now[..19], first.then[..19], "the reading of the clock stays");
    assert_eq!(calls(&desk.case), before, "to look changes nothing");

    actions::set_source_zone(&mut desk.case, source, Some(zone)).unwrap();
    assert_eq!(actions::call_verdicts(&desk.case, &columns).unwrap(), preview.verdicts_then);
    let listed = actions::overview(&desk.case).unwrap().sources.remove(0);
    let said = (listed.zone.as_deref(), listed.zone_basis, listed.zone_settable, listed.zone_set);
    assert_eq!(said, (Some(zone), ZoneBasis::Given, true, true));
    let sums = actions::source_sums(&desk.case, source).unwrap();
    assert_eq!((sums.zone.as_str(), sums.zone_basis.as_str()), (zone, "given"), "two views of one source");

    let back = actions::preview_source_zone(&desk.case, source, None, &columns).unwrap();
    assert_eq!((back.zone.as_str(), back.first.unwrap().shift_s), ("Europe/Moscow", 7_200));
    assert_eq!(back.verdicts_then, preview.verdicts);
    actions::undo(&mut desk.case).unwrap();
    assert_eq!(actions::call_verdicts(&desk.case, &columns).unwrap(), preview.verdicts);
    assert!(!actions::overview(&desk.case).unwrap().sources[0].zone_set);
}

#[test]
fn a_preview_counts_as_the_case_does_whatever_the_sources() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "beeline.xlsx", "table.csv", "phone.xml"]);
    actions::note_call(&mut case, &just_called("+7 935 310-40-11")).unwrap();
    let columns = CallColumns::default();
    let table = actions::overview(&case).unwrap().sources.into_iter().find(|s| s.file == "table.csv").unwrap();
    // The same zone by another name: nothing may change.
    let preview = actions::preview_source_zone(&case, table.id, Some("+03:00"), &columns).unwrap();
    assert_eq!(preview.verdicts_then, preview.verdicts);
    let far = actions::preview_source_zone(&case, table.id, Some("Asia/Kamchatka"), &columns).unwrap();
    actions::set_source_zone(&mut case, table.id, Some("Asia/Kamchatka")).unwrap();
    assert_eq!(actions::call_verdicts(&case, &columns).unwrap(), far.verdicts_then);
    let phone = actions::overview(&case).unwrap().sources.into_iter().find(|s| s.file == "phone.xml").unwrap();
    assert!(!phone.zone_settable, "a phone's milliseconds are moments");
    let refused = actions::preview_source_zone(&case, phone.id, Some("+05:00"), &columns).unwrap_err();
    assert_eq!(refused.code, ulika::Code::RequestUnfit);
}
