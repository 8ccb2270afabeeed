//! The charts of the report, drawn as in the window: of all calls in scope, then of the numbers of each large group. What
//! is not in scope is not in the dossier, and so in no chart.

use crate::bundle::cells::visible;
use crate::bundle::facts;
use crate::charts::{
    Chart, ChartKind, Counted, Frame, GroupNamed, Links, Local, Tally, Tongue, block, days, graph, hours, lanes,
    numbers, svg,
};
use crate::model::{Dossier, DossierCall, Group, GroupId, NONE, NumberKind, PhoneNumber, Pool, Zone};
use crate::typesetting::Picture;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Groups whose numbers are drawn, those with most calls.
const GROUPS: usize = 9;
/// Pixels of the window to the width of the page.
const WIDTH: f64 = 760.0;

/// Charts under one heading.
pub(in crate::bundle) struct Section {
    pub(in crate::bundle) heading: String,
    pub(in crate::bundle) charts: Vec<Drawn>,
    /// What is not drawn.
    pub(in crate::bundle) more: Option<String>,
}

/// A chart, and its name on the page.
pub(in crate::bundle) struct Drawn {
    pub(in crate::bundle) name: String,
    pub(in crate::bundle) chart: Chart,
}

impl Drawn {
    /// The name by which the typesetter finds it.
    pub(in crate::bundle) fn file(&self) -> String {
        format!("{}.svg", self.name)
    }

    pub(in crate::bundle) fn svg(&self) -> String {
        svg::svg(&self.chart, &self.name)
    }
}

/// All of them as the typesetter takes them.
pub(in crate::bundle) fn pictures(sections: &[Section]) -> Vec<Picture> {
    let drawn = sections.iter().flat_map(|section| &section.charts);
    drawn.map(|drawn| Picture { name: drawn.file(), bytes: drawn.svg().into_bytes() }).collect()
}

/// Draws them; none where there is no call. `home` is the zone of days and hours, as in the window.
pub(in crate::bundle) fn sections(dossier: &Dossier, home: &Zone) -> Vec<Section> {
    if dossier.calls.is_empty() {
        return Vec::new();
    }
    let frame = Frame { width: WIDTH, tongue: Tongue::Ru, zone: *home };
    let name = |group: &Group| GroupNamed {
        id: group.id,
        name: visible(&group.name).into_owned(),
        mark: dossier.marks.get(&group.id).copied().unwrap_or(0),
    };
    let named: Vec<GroupNamed> = dossier.groups.iter().map(name).collect();
    let index: FxHashMap<GroupId, u32> = (0..).zip(&named).map(|(at, group)| (group.id, at)).collect();
    let mut local = Local::of(*home);
    let mut day_of = |call: &DossierCall| {
        local.day_and_hour(call.start.instant(), call.start.clock.precision, &call.start.clock.zone)
    };
    let counted = dossier.calls.iter().map(|call| {
        let (day, hour) = day_of(call);
        Counted { day, hour, group: call.group.and_then(|id| index.get(&id)).copied().unwrap_or(NONE) }
    });
    let tally = Tally::of(counted, named.len());
    let mut drawn = 0;
    let mut section = |heading: String, charts: Vec<Chart>| {
        let charts = charts.into_iter().filter(|chart| !chart.shapes.is_empty()).map(|chart| {
            drawn += 1;
            Drawn { name: format!("chart-{drawn}"), chart }
        });
        Section { heading, charts: charts.collect(), more: None }
    };
    let both = vec![days(&tally, &named, &frame), hours(&tally, &frame)];
    let mut sections = vec![section("Когда звонили".to_owned(), both)];

    let mut groups: Vec<&Group> = dossier.groups.iter().collect();
    groups.sort_by_key(|group| (Reverse(group.calls.len()), group.id));
    let more = groups.len().saturating_sub(GROUPS);
    groups.truncate(GROUPS);
    let mut calls_of: FxHashMap<GroupId, Vec<(&DossierCall, i64)>> =
        groups.iter().map(|group| (group.id, Vec::new())).collect();
    for call in &dossier.calls {
        if let Some(calls) = call.group.and_then(|id| calls_of.get_mut(&id)) {
            calls.push((call, day_of(call).0));
        }
    }
    for group in groups {
        let of_group = calls_of.remove(&group.id).unwrap_or_default();
        let charts = of_numbers(dossier, group, &name(group), &of_group, &frame);
        sections.push(section(format!("Номера группы «{}»", visible(&group.name)), charts));
    }
    if let Some(last) = sections.last_mut().filter(|_| more > 0) {
        let groups = facts::counted(more as u64, "группы", "групп", "групп");
        last.more = Some(format!("Номера ещё {groups} не нарисованы; они стоят в tables/numbers.csv."));
    }
    sections.retain(|section| !section.charts.is_empty());
    sections
}

/// The charts of the numbers of a group.
fn of_numbers(
    dossier: &Dossier,
    group: &Group,
    named: &GroupNamed,
    calls: &[(&DossierCall, i64)],
    frame: &Frame,
) -> Vec<Chart> {
    let mut known: Vec<PhoneNumber> = Vec::new();
    let mut index: FxHashMap<(NumberKind, &str), u32> = FxHashMap::default();
    let mut labels: FxHashMap<(u32, &str), u32> = FxHashMap::default();
    let mut holders: FxHashMap<&str, &str> = FxHashMap::default();
    let mut used: Vec<(u32, i64)> = Vec::with_capacity(calls.len());
    for (call, day) in calls {
        let text = call.number_e164.as_deref().unwrap_or(&call.number_raw);
        let at = if call.number_kind == NumberKind::Hidden {
            NONE
        } else {
            *index.entry((call.number_kind, text)).or_insert_with(|| {
                known.push(PhoneNumber { kind: call.number_kind, text: visible(text).into_owned() });
                u32::try_from(known.len() - 1).unwrap_or(NONE)
            })
        };
        let label = call.labels.first().map_or("", |label| &*label.text);
        *labels.entry((at, label)).or_default() += 1;
        if let (Some(number), Some(holder)) = (call.number_e164.as_deref(), call.range_holder.as_deref()) {
            holders.insert(number, holder);
        }
        used.push((at, *day));
    }
    let found = numbers(used, |at| known.get(at as usize), frame.tongue);
    let place: FxHashMap<&str, usize> = found.iter().enumerate().map(|(at, n)| (n.text.as_str(), at)).collect();
    let mut links = Links {
        labels: vec![Vec::new(); found.len()],
        holders: found
            .iter()
            .map(|n| holders.get(n.text.as_str()).map_or_else(String::new, |h| visible(h).into_owned()))
            .collect(),
        registers: dossier.registers.iter().map(|register| register.dated).collect(),
    };
    links.registers.sort_unstable();
    links.registers.dedup();
    for ((number, label), calls) in labels {
        let text = known.get(number as usize).map_or("", |number| number.text.as_str());
        if let Some(of_number) = place.get(text).and_then(|at| links.labels.get_mut(*at)) {
            of_number.push((visible(label).into_owned(), calls));
        }
    }
    links.labels.iter_mut().for_each(|of| of.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0))));
    let pools: Vec<(u64, u64)> = group.pools.iter().filter_map(Pool::ends).collect();
    let all = [lanes(&found, named, frame), block(&found, &pools, named, frame), graph(&found, &links, named, frame)];
    // Of one number alone nothing is to be seen that the table of groups does not say.
    let alone = |chart: &Chart| matches!(chart.kind, ChartKind::Lanes | ChartKind::Graph) && found.len() < 2;
    all.into_iter().filter(|chart| !alone(chart)).collect()
}
