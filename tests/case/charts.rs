//! Charts of a case: every call is counted once, what a mark stands for is found, and a bundle draws only what leaves.

use crate::common::{import, members, new_case, sample};
use std::io::Read;
use tempfile::TempDir;
use ulika::Case;
use ulika::actions::{self, CallColumns, CallFilter, CallList, ChartsAsked, ExportOptions, RegisterOptions};
use ulika::charts::{Asks, Chart, ChartKind, Tongue};
use ulika::model::{Contents, GroupId};
use ulika::progress::Silent;
use ulika::typesetting::{Picture, Typesetter};

const ASKED: ChartsAsked = ChartsAsked { width: 720, tongue: Tongue::Ru };

fn case_of_sample() -> (TempDir, Case) {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    import(&mut case, &["beeline.xlsx", "table.csv"]);
    (folder, case)
}

fn found(case: &Case, filter: &CallFilter) -> usize {
    CallList::find(case, filter).unwrap().ids.len()
}

/// A list narrowed to what a mark stands for.
fn narrowed(filter: &CallFilter, asks: &Asks) -> CallFilter {
    CallFilter {
        from: asks.from.clone(),
        to: asks.to.clone(),
        weekday: asks.weekday,
        hour: asks.hour,
        number: asks.number.clone(),
        block: asks.block.clone(),
        hidden: asks.hidden,
        label: asks.label.clone(),
        labelled: asks.labelled,
        holder: asks.holder.clone(),
        ..filter.clone()
    }
}

fn counted(chart: &Chart) -> usize {
    chart.marks.iter().map(|mark| mark.calls as usize).sum()
}

#[test]
fn every_mark_leads_to_as_many_calls_as_it_says() {
    let (_folder, mut case) = case_of_sample();
    let dated = RegisterOptions { dated: Some("2026-08-19".to_owned()), ..RegisterOptions::default() };
    actions::load_case_registers(&mut case, &[sample("register.csv")], &dated).unwrap();
    let columns = CallColumns::default();
    let groups = actions::groups(&case).unwrap().groups;
    assert!(groups.len() > 1);
    let whole = [CallFilter::default(), CallFilter { text: Some("79".into()), ..CallFilter::default() }];
    let of_groups = groups.iter().map(|group| CallFilter { group: Some(group.id), ..CallFilter::default() });
    let (mut marks, mut holders, mut drawn) = (0, 0, Vec::new());
    for filter in whole.into_iter().chain(of_groups) {
        let all = found(&case, &filter);
        let charts = actions::charts(&case, &filter, &columns, ASKED).unwrap();
        assert_eq!(charts.len(), if filter.group.is_some() { 5 } else { 2 });
        for chart in charts.iter().filter(|chart| !chart.shapes.is_empty()) {
            match chart.kind {
                ChartKind::Days => assert_eq!(counted(chart), all, "{filter:?}"),
                ChartKind::Hours => assert!(counted(chart) <= all),
                ChartKind::Lanes | ChartKind::Block => assert!(counted(chart) <= all),
                ChartKind::Graph => assert_eq!(counted(chart) % all, 0, "a column each"),
            }
            for (mark, asks) in chart.marks.iter().filter_map(|mark| Some((mark, mark.asks.as_ref()?))) {
                let filter = narrowed(&filter, asks);
                assert_eq!(found(&case, &filter), mark.calls as usize, "{}: {filter:?}", mark.text);
                marks += 1;
                holders += usize::from(filter.holder.is_some());
            }
            for asks in chart.table.rows.iter().filter_map(|row| row.asks.as_ref()) {
                assert!(found(&case, &narrowed(&filter, asks)) > 0);
            }
            drawn.push(chart.kind);
        }
    }
    assert!(marks > 100 && holders > 0, "{marks}, of operators {holders}");
    assert!(ChartKind::ALL.iter().all(|kind| drawn.contains(kind)), "the sample shows every kind: {drawn:?}");
}

#[test]
fn a_list_is_narrowed_by_weekday_and_hour_in_the_zone_of_the_line() {
    let (_folder, case) = case_of_sample();
    let all = CallList::find(&case, &CallFilter::default()).unwrap().page(&case, 0, 10_000).unwrap();
    let one = all.iter().find(|call| call.started_at.ends_with("+03:00")).unwrap();
    let hour: u32 = one.started_at[11..13].parse().unwrap();
    let sum: usize = (0..24).map(|hour| found(&case, &CallFilter { hour: Some(hour), ..CallFilter::default() })).sum();
    let week: usize = (0..7).map(|day| found(&case, &CallFilter { weekday: Some(day), ..CallFilter::default() })).sum();
    assert!(sum <= all.len() && week == all.len());
    let ids = CallList::find(&case, &CallFilter { hour: Some(hour), ..CallFilter::default() }).unwrap().ids;
    assert!(ids.contains(&one.id));
    let none = CallFilter { text: Some("такого нет".into()), ..CallFilter::default() };
    let charts = actions::charts(&case, &none, &CallColumns::default(), ASKED).unwrap();
    assert!(charts.iter().all(|chart| chart.shapes.is_empty() && chart.lead.ends_with('.')), "a sentence, no axes");
}

/// Stands for the typesetter, and keeps the drawings that it is given.
struct Paper;

impl Typesetter for Paper {
    fn pdf(&self, source: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(format!("%PDF-1.7\n{source}\n%%EOF\n").into_bytes())
    }

    fn pdf_with(&self, source: &str, pictures: &[Picture], now: i64) -> ulika::Result<Vec<u8>> {
        let drawn: Vec<String> = pictures.iter().map(|p| String::from_utf8_lossy(&p.bytes).into_owned()).collect();
        assert!(pictures.iter().all(|p| source.contains(&format!("\"{}\"", p.name))), "each is called for");
        self.pdf(&format!("{source}\n{}", drawn.join("\n")), now)
    }
}

/// The report of a bundle, as HTML and as it goes to paper.
fn report(case: &mut Case, folder: &TempDir, groups: &[GroupId], name: &str) -> [String; 2] {
    let out = folder.path().join(name);
    let options = ExportOptions { groups: groups.to_vec(), contents: Contents::Extracts };
    actions::export(case, &out, &options, &Paper, &Silent).unwrap();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(out).unwrap()).unwrap();
    ["data/report.html", "data/report.pdf"].map(|end| {
        let at = (0..zip.len()).find(|at| zip.by_index(*at).unwrap().name().unwrap().ends_with(end)).unwrap();
        let mut text = String::new();
        zip.by_index(at).unwrap().read_to_string(&mut text).unwrap();
        text.replace('\u{a0}', " ").replace('\u{2011}', "-")
    })
}

#[test]
fn a_bundle_draws_what_leaves_and_nothing_else() {
    let (folder, mut case) = case_of_sample();
    let groups = actions::groups(&case).unwrap().groups;
    let [chosen, other] = [&groups[0], &groups[1]];
    let [html, paper] = report(&mut case, &folder, &[chosen.id], "one.zip");
    assert_eq!(html, report(&mut case, &folder, &[chosen.id], "again.zip")[0], "the same bytes for the same state");
    for text in [&html, &paper] {
        let drawings: Vec<&str> = text.split("<svg").skip(1).map(|rest| rest.split("</svg>").next().unwrap()).collect();
        assert!(drawings.len() >= 4, "days, hours, lanes, a graph: {}", drawings.len());
        let stays: Vec<String> = members(&case, other.id).into_iter().filter_map(|call| call.number).collect();
        assert!(!stays.is_empty());
        for drawing in drawings {
            assert!(!drawing.contains(&other.name), "a group that stays is named");
            for number in &stays {
                let shown = ulika::model::number_written(number).replace('\u{a0}', " ").replace('\u{2011}', "-");
                assert!(!drawing.contains(&shown), "{shown} stays and is drawn");
            }
        }
    }
    assert!(html.contains("<details><summary>Таблицей</summary>"), "with the table behind each");
    // The same mark as in the window, whatever else leaves.
    let colours = ["#2f6f9f", "#b5651d", "#4f7f3a", "#8a4a8f", "#b0413e", "#3d7d7b", "#8c7420", "#5b5f97"];
    let own = colours[chosen.mark as usize % 8];
    let alone = html.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap();
    assert!(alone.contains(own), "{own}");
    assert!(colours.iter().filter(|colour| **colour != own).all(|colour| !alone.contains(colour)));
    let [whole, _] = report(&mut case, &folder, &[], "whole.zip");
    assert!(whole.contains(&other.name) && whole.matches("<svg").count() > html.matches("<svg").count());
}

#[test]
fn a_case_without_calls_has_no_charts_in_its_report() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let [html, _] = report(&mut case, &folder, &[], "empty.zip");
    assert!(!html.contains("<svg") && !html.contains("Когда звонили"));
}
