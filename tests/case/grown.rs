//! A case that grows: whatever came before, and in which order, its derived tables are those that follow from nothing.

use super::common::*;
use super::hand::just_called;
use super::witness::{Was, calls_of_a_while, table};
use proptest::prelude::*;
use proptest::sample::select;
use tempfile::TempDir;
use ulika::actions::{self, AttachOptions, CallFilter, CallNote, ImportOptions};
use ulika::model::{CallId, ExhibitId, SourceKind};
use ulika::progress::Silent;
use ulika::{Case, Code};

/// What a person does next. Numbers say which of those that there are, counted around.
#[derive(Clone, Debug)]
enum Step {
    Import { from: usize, rows: usize, dropped: u64, ahead: i64, kind: SourceKind, line: usize },
    Note { of: usize, labelled: bool },
    Attach { call: usize },
    Label { call: usize, text: usize },
    Merge { one: usize, other: usize },
    TakeOut { call: usize, numbers: bool },
    Name { group: usize },
    Zone { source: usize, set: bool },
    Withdraw { source: usize },
    Undo,
    Redo,
    Reopen,
}

const LINES: [&str; 2] = ["+79070000000", "+79350000001"];
const TEXTS: [&str; 3] = ["ООО «ВЕКТОРИЯ»", "Доставка", "Соцопрос"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let kind = select(vec![SourceKind::Phone, SourceKind::Operator, SourceKind::Operator]);
    let import = (0..60usize, 6..50usize, any::<u64>(), select(vec![0i64, 0, 3, 3_600]), kind, 0..2usize);
    let import = import.prop_map(|(from, rows, dropped, ahead, kind, line)| Step::Import {
        from,
        rows,
        dropped: dropped & 0x1041_0410_4104_1041,
        ahead,
        kind,
        line,
    });
    let (some, other) = (0..1_000usize, 0..1_000usize);
    let one = prop_oneof![
        6 => import,
        2 => (some.clone(), any::<bool>()).prop_map(|(of, labelled)| Step::Note { of, labelled }),
        1 => some.clone().prop_map(|call| Step::Attach { call }),
        1 => (some.clone(), 0..TEXTS.len()).prop_map(|(call, text)| Step::Label { call, text }),
        1 => (some.clone(), other).prop_map(|(one, other)| Step::Merge { one, other }),
        1 => (some.clone(), any::<bool>()).prop_map(|(call, numbers)| Step::TakeOut { call, numbers }),
        1 => some.clone().prop_map(|group| Step::Name { group }),
        1 => (some.clone(), any::<bool>()).prop_map(|(source, set)| Step::Zone { source, set }),
        1 => some.prop_map(|source| Step::Withdraw { source }),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(one, 4..14)
}

struct Grown {
    folder: TempDir,
    case: Option<Case>,
    files: usize,
    exhibits: Vec<ExhibitId>,
}

/// One of those that there are.
fn nth<T: Clone>(all: &[T], at: usize) -> Option<T> {
    all.get(at.checked_rem(all.len())?).cloned()
}

impl Grown {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let (_, case) = new_case(&folder, None);
        Self { folder, case: Some(case), files: 0, exhibits: Vec::new() }
    }

    fn case(&mut self) -> &mut Case {
        self.case.as_mut().unwrap()
    }

    fn calls(&mut self) -> Vec<CallId> {
        actions::calls(self.case(), &CallFilter::default(), None, 10_000).unwrap().calls.iter().map(|c| c.id).collect()
    }

    fn groups(&mut self) -> Vec<ulika::model::GroupId> {
        actions::groups(self.case()).unwrap().groups.iter().map(|g| g.id).collect()
    }

    fn put(&mut self, name: &str, text: &str) -> std::path::PathBuf {
        self.files += 1;
        let path = self.folder.path().join(format!("{}-{name}", self.files));
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Does it; what cannot be done is refused with a code and changes nothing.
    fn take(&mut self, step: &Step, was: &[Was]) -> Option<()> {
        let done = match step {
            Step::Import { from, rows, dropped, ahead, kind, line } => {
                let from = from % was.len();
                let listed: Vec<Was> = was[from..(from + rows).min(was.len())]
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| (dropped >> (at % 64)) & 1 == 0)
                    .map(|(_, w)| *w)
                    .collect();
                let path = self.put("детализация.csv", &table(&listed, *ahead));
                let options = ImportOptions {
                    kind: Some(*kind),
                    zone: Some("Europe/Moscow".into()),
                    line: Some(LINES[*line].into()),
                    ..ImportOptions::default()
                };
                actions::import(self.case(), &[path], &options, &[], &Silent).map(|_| ())
            }
            Step::Note { of, labelled } => {
                let seen = nth(was, *of)?;
                let label = if *labelled { "ООО ВЕКТОРИЯ".to_owned() } else { String::new() };
                let at = chrono::DateTime::from_timestamp(super::witness::BEGIN + seen.at + 30, 0)?;
                let note = CallNote {
                    at: at.format("%Y-%m-%dT%H:%M:%S").to_string(),
                    label,
                    ..just_called(&format!("+7907000{:04}", 1_000 + seen.number * 577))
                };
                actions::note_call(self.case(), &note).map(|_| ())
            }
            Step::Attach { call } => {
                let call = nth(&self.calls(), *call)?;
                let path = self.put("заметка.txt", &format!("при звонке {}", call.0));
                let options = AttachOptions { calls: vec![call], label: Some(TEXTS[0].into()), ..Default::default() };
                actions::attach(self.case(), &[path], &options, &Silent)
                    .map(|attached| self.exhibits.extend(attached.exhibits.iter().map(|e| e.id)))
            }
            Step::Label { call, text } => {
                let (call, exhibit) = (nth(&self.calls(), *call)?, nth(&self.exhibits, *call)?);
                actions::observe_label(self.case(), exhibit, call, TEXTS[*text]).map(|_| ())
            }
            Step::Merge { one, other } => {
                let groups = self.groups();
                let ids = [nth(&groups, *one)?, nth(&groups, *other)?];
                actions::merge_groups(self.case(), &ids).map(|_| ())
            }
            Step::TakeOut { call, numbers } => {
                let call = nth(&self.calls(), *call)?;
                actions::take_out(self.case(), None, &[call], *numbers).map(|_| ())
            }
            Step::Name { group } => {
                let group = nth(&self.groups(), *group)?;
                actions::name_group(self.case(), group, "Окна").map(|_| ())
            }
            Step::Zone { source, set } => {
                let sources: Vec<_> = actions::overview(self.case()).unwrap().sources.iter().map(|s| s.id).collect();
                let zone = if *set { Some("Asia/Yekaterinburg") } else { None };
                actions::set_source_zone(self.case(), nth(&sources, *source)?, zone).map(|_| ())
            }
            Step::Withdraw { source } => {
                let sources: Vec<_> = actions::overview(self.case()).unwrap().sources.iter().map(|s| s.id).collect();
                actions::withdraw_source(self.case(), nth(&sources, *source)?).map(|_| ())
            }
            Step::Undo => actions::undo(self.case()).map(|_| ()),
            Step::Redo => actions::redo(self.case()).map(|_| ()),
            Step::Reopen => {
                let path = self.case().path().to_owned();
                self.case = None;
                self.case = Some(open(&path, None).unwrap());
                Ok(())
            }
        };
        match done {
            Ok(()) => Some(()),
            Err(error) => {
                assert_ne!(error.code, Code::Internal, "{step:?}: {error:?}");
                None
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_a_grown_case_derives_follows_from_nothing(was in calls_of_a_while(64), steps in steps()) {
        let mut grown = Grown::new();
        for step in &steps {
            if grown.take(step, &was).is_some() {
                prop_assert_eq!(differences(grown.case()), Vec::<String>::new(), "after {:?}", step);
            }
        }
    }
}
