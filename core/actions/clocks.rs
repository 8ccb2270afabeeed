//! How the clocks of two sources run beside each other, and the zone that would explain a difference of whole hours.
//! Such a zone is offered; only the person sets it.

use super::matrix::Matrix;
use crate::error::Result;
use crate::model::{SourceId, SourceKind, Zone, ZoneBasis, rfc3339};
use crate::reconcile::Course;
use crate::store::evidence::StoredSource;
use crate::store::zones::has_wall_clock;
use crate::store::{Connection, lists, word};
use serde::Serialize;

/// Zones differ by halves of an hour.
const HALF_HOUR_S: i64 = 1_800;
/// A clock may be this wrong beside a wrong zone.
const SLACK_S: i64 = 120;
/// Fewer pairs prove no zone.
const SUPPORT: u32 = 3;
/// Zones of Russia by name, for whoever reads the offer.
const NAMED: [&str; 11] = [
    "Europe/Moscow",
    "Europe/Kaliningrad",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
];

/// A stretch of time through which a clock kept its course.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ClockStretch {
    /// Where it begins, by the first source, RFC 3339.
    pub from: String,
    /// Its last pair.
    pub until: String,
    /// How far the second clock is ahead in the middle of it, seconds.
    pub offset_s: i32,
    /// By how many seconds more each day.
    pub drift_s_per_day: f64,
    /// Pairs in it.
    pub paired: u32,
}

/// A zone that would explain a difference of whole or half hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ZoneOffer {
    /// Source that could be read in it.
    pub source: SourceId,
    /// The zone.
    pub zone: String,
    /// The zone in which it is read now.
    pub zone_now: String,
    /// How that is known.
    pub zone_basis: String,
    /// By how many seconds the times of the source would be later.
    pub shift_s: i32,
}

/// Two sources compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PairView {
    /// The sources, ascending.
    pub sources: [SourceId; 2],
    /// How far the second clock is ahead of the first, seconds: the middle of the pairs.
    pub offset_s: i32,
    /// Spread of what is left after the course of the clock, seconds.
    pub spread_s: i32,
    /// Records paired.
    pub paired: u32,
    /// `steady`, `drifting`, `stepped`.
    pub clock: String,
    /// The course of a clock that is not steady.
    pub stretches: Vec<ClockStretch>,
    /// Zones that would explain the difference: zones of Russia or of a line first, then the likelier source. A source that
    /// a third one bears out is not among them where the other one is.
    pub zone_offers: Vec<ZoneOffer>,
}

/// Every two sources compared.
pub(super) fn pairs(connection: &Connection, matrix: &Matrix) -> Result<Vec<PairView>> {
    let mut points = matrix.points();
    let compared = lists::pairs(connection)?;
    let agreeing: Vec<[SourceId; 2]> = compared
        .iter()
        .filter(|(.., offset_s, _, paired)| *paired >= SUPPORT && i64::from(*offset_s).abs() <= SLACK_S)
        .map(|(first, second, ..)| [*first, *second])
        .collect();
    let mut pairs = Vec::new();
    for (first, second, offset_s, spread_s, paired) in compared {
        let course = points.remove(&(first, second)).and_then(Course::of);
        let zone_offers = match &course {
            None if paired >= SUPPORT => zone_offers(connection, matrix, (first, second), offset_s, &agreeing)?,
            _ => Vec::new(),
        };
        let zone = matrix.source(first).and_then(|s| s.source.zone).unwrap_or(Zone::MOSCOW);
        pairs.push(PairView {
            sources: [first, second],
            offset_s,
            spread_s,
            paired,
            clock: clock_word(course.as_ref()).to_owned(),
            stretches: course.iter().flat_map(|c| stretches(c, &zone)).collect(),
            zone_offers,
        });
    }
    Ok(pairs)
}

fn clock_word(course: Option<&Course>) -> &'static str {
    match course.map(|course| course.stretches().len()) {
        None => "steady",
        Some(1) => "drifting",
        Some(_) => "stepped",
    }
}

fn stretches(course: &Course, zone: &Zone) -> Vec<ClockStretch> {
    let whole = |seconds: i64| i32::try_from(seconds).unwrap_or(0);
    course
        .stretches()
        .iter()
        .map(|s| ClockStretch {
            from: rfc3339(s.from, zone),
            until: rfc3339(s.until, zone),
            offset_s: whole(s.at(s.from + (s.until - s.from) / 2)),
            drift_s_per_day: s.drift_ms_a_day as f64 / 1_000.0,
            paired: s.paired,
        })
        .collect()
}

/// The whole and half hours nearest to an offset, where it is such a difference.
fn half_hours(offset_s: i64) -> Option<i64> {
    let nearest = (offset_s + HALF_HOUR_S / 2).div_euclid(HALF_HOUR_S) * HALF_HOUR_S;
    (nearest != 0 && (offset_s - nearest).abs() <= SLACK_S).then_some(nearest)
}

fn zone_offers(
    connection: &Connection,
    matrix: &Matrix,
    (first, second): (SourceId, SourceId),
    offset_s: i32,
    agreeing: &[[SourceId; 2]],
) -> Result<Vec<ZoneOffer>> {
    let Some(ahead) = half_hours(i64::from(offset_s)) else { return Ok(Vec::new()) };
    let mut known: Vec<Zone> = word::lines(connection)?.into_iter().filter_map(|line| line.zone).collect();
    known.extend(NAMED.iter().filter_map(|name| Zone::parse(name)));
    let mut offers = Vec::new();
    for (id, east) in [(first, -ahead), (second, ahead)] {
        let Some(stored) = matrix.source(id) else { continue };
        if !has_wall_clock(connection, id)? {
            continue;
        }
        let zone = matrix.period(id).zip(stored.source.zone).and_then(|(p, now)| zone_east_of(&now, east, p, &known));
        if let (Some(zone), Some(now)) = (zone, stored.source.zone) {
            offers.push((
                (!known.contains(&zone), likelihood(stored)),
                ZoneOffer {
                    source: id,
                    zone: zone.name(),
                    zone_now: now.name(),
                    zone_basis: stored.source.zone_basis.word().to_owned(),
                    shift_s: i32::try_from(-east).unwrap_or(0),
                },
            ));
        }
    }
    // Whom a third witness bears out is not to blame, where that is one of the two.
    let mut borne_out = Vec::new();
    for (_, offer) in &offers {
        borne_out.push(is_borne_out(connection, matrix, offer.source, [first, second], agreeing)?);
    }
    if borne_out.contains(&false) {
        let mut borne_out = borne_out.into_iter();
        offers.retain(|_| borne_out.next() != Some(true));
    }
    offers.sort_by_key(|(likelihood, _)| *likelihood);
    Ok(offers.into_iter().map(|(_, offer)| offer).collect())
}

/// Whether a third source agrees with the clock of one of two: one that writes instants, or one of another witness. Two
/// files of one operator may be wrong together.
fn is_borne_out(
    connection: &Connection,
    matrix: &Matrix,
    source: SourceId,
    pair: [SourceId; 2],
    agreeing: &[[SourceId; 2]],
) -> Result<bool> {
    let kind = |id: SourceId| matrix.source(id).map(|s| s.source.kind);
    for with in agreeing.iter().filter(|with| with.contains(&source)) {
        let Some(third) = with.iter().copied().find(|id| !pair.contains(id)) else { continue };
        if kind(third) != kind(source) || !has_wall_clock(connection, third)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The less is known of a zone, the sooner it is the wrong one; of two equals the phone's, which travels.
fn likelihood(stored: &StoredSource) -> (u8, bool, SourceId) {
    let known = match stored.source.zone_basis {
        ZoneBasis::Assumed => 0,
        ZoneBasis::Line => 1,
        ZoneBasis::Given => 2,
        ZoneBasis::Recipe => 3,
        ZoneBasis::Stated => 4,
    };
    (known, stored.source.kind != SourceKind::Phone, stored.source.id)
}

/// The zone that lies so far east of another throughout a period: a known one, or one by its offset.
fn zone_east_of(now: &Zone, east_s: i64, (from, to): (i64, i64), known: &[Zone]) -> Option<Zone> {
    let moments = [from, from + (to - from) / 2, to];
    let wanted = |t: i64| i64::from(now.offset_s(t)) + east_s;
    if moments.iter().any(|t| !(-12 * 3_600..=14 * 3_600).contains(&wanted(*t))) {
        return None;
    }
    let fits = |zone: &Zone| moments.iter().all(|t| i64::from(zone.offset_s(*t)) == wanted(*t));
    if let Some(named) = known.iter().find(|zone| fits(zone)) {
        return Some(*named);
    }
    let offset = i32::try_from(wanted(from)).ok().and_then(chrono::FixedOffset::east_opt).map(Zone::Fixed)?;
    fits(&offset).then_some(offset)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn whole_and_half_hours_are_told_from_a_wrong_clock() {
        assert_eq!(half_hours(7_200), Some(7_200));
        assert_eq!(half_hours(-3_637), Some(-3_600));
        assert_eq!(half_hours(12_600 + 90), Some(12_600));
        for no_zone in [0, 37, -119, 900, 3_600 + 121] {
            assert_eq!(half_hours(no_zone), None, "{no_zone}");
        }
    }

    #[test]
    fn a_zone_is_named_where_one_is_known_for_the_whole_period() {
        let known: Vec<Zone> = NAMED.iter().filter_map(|name| Zone::parse(name)).collect();
        let of = |east: i64, from: i64, to: i64| zone_east_of(&Zone::MOSCOW, east, (from, to), &known);
        let (spring, summer) = (1_743_000_000, 1_750_000_000);
        assert_eq!(of(7_200, spring, summer).unwrap().name(), "Asia/Yekaterinburg");
        assert_eq!(of(-3_600, spring, summer).unwrap().name(), "Europe/Kaliningrad");
        assert_eq!(of(9_000, spring, summer).unwrap().name(), "+05:30");
        assert_eq!(of(15 * 3_600, spring, summer), None, "no such zone");
        // Samara kept another distance from Moscow before October 2010 than after March 2011.
        assert_ne!(of(3_600, 1_280_000_000, summer).map(|z| z.name()), Some("Europe/Samara".to_owned()));
    }
}
