//! Packets into samples. Everything here may fail and then says `None`.

use super::peaks::{Peaks, Waveform};
use super::{Heard, Stretch};
use symphonia::core::codecs::audio::AudioDecoder;
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatReader, SeekMode, SeekTo, Track, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::RawValue;
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, Time, TimeBase, Timestamp};

/// More packets than a day of sound has; a container that claims more goes round in circles.
const MOST_PACKETS: u32 = 20_000_000;
/// Tags of one recording that are looked at, and how much of each.
const MOST_TAGS: usize = 256;
const LONGEST_TAG: usize = 1_200;
/// Frames by which the time of a packet may be off.
const ROUNDING: u64 = 2;
/// Decoded and thrown away before a stretch, so that its first sample is whole.
const LEAD_MS: u32 = 150;
/// The same of MPEG sound, whose frames borrow up to 511 bytes of those before: of quiet speech that is many frames.
const MPEG_LEAD_MS: u32 = 800;

struct Opened {
    format: Box<dyn FormatReader>,
    track: Track,
    /// Finished chains: an Ogg may be several recordings behind each other.
    chain: u32,
    /// How long they lasted, in nanoseconds.
    before: i128,
    /// Where the last packet ended, in nanoseconds from the beginning of its chain.
    end: i128,
}

fn open(stream: MediaSourceStream<'static>) -> Option<Opened> {
    let probe = symphonia::default::get_probe();
    let format = probe.probe(&Default::default(), stream, Default::default(), Default::default()).ok()?;
    let track = format.default_track(TrackType::Audio)?.clone();
    Some(Opened { format, track, chain: 0, before: 0, end: 0 })
}

fn decoder(track: &Track) -> Option<Box<dyn AudioDecoder>> {
    let parameters = track.codec_params.as_ref()?.audio()?;
    symphonia::default::get_codecs().make_audio_decoder(parameters, &Default::default()).ok()
}

impl Opened {
    /// Goes to the packet in which a time lies. Containers are not all good at that: where the packet found lies behind
    /// the time, or there is none, everything from the beginning follows. `Err` where the time lies behind the end, or
    /// in another chain.
    fn land(&mut self, base: TimeBase, milliseconds: u32) -> Result<Option<Packet>, ()> {
        let id = self.track.id;
        let to = |ms: u32| SeekTo::Time { time: Time::from_millis_u64(u64::from(ms)), track_id: Some(id) };
        self.format.seek(SeekMode::Accurate, to(milliseconds)).map_err(|_| ())?;
        let found = self.packet().filter(|packet| {
            self.chain > 0
                || base.calc_time(packet.pts).is_some_and(|at| at.as_millis() <= i128::from(milliseconds) + 1)
        });
        if found.is_none() {
            self.format.seek(SeekMode::Accurate, to(0)).map_err(|_| ())?;
        }
        Ok(found)
    }

    /// The next packet of the track; `None` at the end, and where nothing more can be read.
    fn packet(&mut self) -> Option<Packet> {
        for _ in 0..MOST_PACKETS {
            match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track.id => {
                    let packet = self.as_long_as_it_is(packet);
                    let first = packet.pts.checked_add(packet.trim_start);
                    let end = first.and_then(|first| self.track.time_base?.calc_time(first.checked_add(packet.dur)?));
                    self.end = end.map_or(self.end, |end| end.as_nanos());
                    return Some(packet);
                }
                Ok(Some(_)) => {}
                Err(Error::ResetRequired) => self.go_on()?,
                _ => return None,
            }
        }
        None
    }

    /// Whether it is MPEG sound without a container, of which nothing but its frames tells how long it lasts.
    fn is_bare_mpeg(&self) -> bool {
        ["mp1", "mp2", "mp3"].contains(&self.format.format_info().short_name)
    }

    /// A packet of MPEG sound with what has to be cut off it. The reader cuts off everything behind the length that the
    /// first header states or that it guessed by the first frames, and so all sound of a recording that goes on: of
    /// several in one file, of one that is loud first and then quiet. Behind that length lies padding only where the
    /// header says how much, and no more than that.
    fn as_long_as_it_is(&self, mut packet: Packet) -> Packet {
        if !self.is_bare_mpeg() {
            return packet;
        }
        // Of this format the reader gives the length of the whole frame.
        let frame = packet.dur;
        if packet.trim_end.get() > u64::from(self.track.padding.unwrap_or(0)) {
            packet.trim_end = Duration::ZERO;
        }
        packet.dur = frame.saturating_sub(packet.trim_start);
        packet.trim_end = packet.trim_end.min(packet.dur);
        packet.dur = packet.dur.saturating_sub(packet.trim_end);
        packet
    }

    /// The next chain, where it is sound of the same kind: nothing here plays two kinds as one recording.
    fn go_on(&mut self) -> Option<()> {
        let next = self.format.default_track(TrackType::Audio)?.clone();
        let form = |track: &Track| {
            let parameters = track.codec_params.as_ref()?.audio()?;
            Some((parameters.sample_rate, parameters.channels.as_ref().map(|c| c.count())))
        };
        if form(&next)? != form(&self.track)? {
            return None;
        }
        self.track = next;
        self.chain += 1;
        self.before += std::mem::take(&mut self.end);
        Some(())
    }

    /// What the container says of the length of its first chain.
    fn said_ms(&self) -> Option<u64> {
        let base = self.track.time_base;
        let said = base.zip(self.track.duration).and_then(|(base, length)| milliseconds(base, length));
        let rate = self.track.codec_params.as_ref().and_then(|p| p.audio()?.sample_rate);
        let counted =
            self.track.num_frames.zip(rate.filter(|r| *r > 0)).map(|(n, r)| n.saturating_mul(1_000) / u64::from(r));
        said.or(counted).filter(|length| *length > 0)
    }

    /// The tags: the container's own, and what stands before it.
    fn tags(&mut self) -> Vec<(String, String)> {
        let mut tags = Vec::new();
        let mut metadata = self.format.metadata();
        while let Some(revision) = metadata.current() {
            let of_tracks = revision.per_track.iter().flat_map(|track| &track.metadata.tags);
            for tag in revision.media.tags.iter().chain(of_tracks).take(MOST_TAGS) {
                if let RawValue::String(value) = &tag.raw.value {
                    tags.push((tag.raw.key.clone(), value.chars().take(LONGEST_TAG).collect()));
                }
            }
            if metadata.pop().is_none() {
                break;
            }
        }
        tags
    }
}

fn milliseconds(base: TimeBase, length: Duration) -> Option<u64> {
    u64::try_from(base.calc_duration(length)?.as_millis()).ok()
}

/// What a recording lasts and carries: its length is that of its packets, which is what can be played. What a header
/// says is guessed, or left from before a cut, or that of the first of several in one file; it counts where no packet says
/// how long it lasts.
pub(super) fn heard(stream: MediaSourceStream<'static>) -> Option<Heard> {
    let mut opened = open(stream)?;
    let tags = opened.tags();
    let said = opened.said_ms();
    let (base, mut total) = (opened.track.time_base, Duration::ZERO);
    for _ in 0..MOST_PACKETS {
        let Some(packet) = opened.packet() else { break };
        total = total.saturating_add(packet.dur);
    }
    let counted = base.and_then(|base| milliseconds(base, total)).filter(|length| *length > 0);
    Some(Heard { duration_ms: counted.or(said), tags })
}

/// The tags of a recording.
pub(super) fn tags(stream: MediaSourceStream<'static>) -> Option<Vec<(String, String)>> {
    open(stream).map(|mut opened| opened.tags())
}

/// Decodes everything.
pub(super) fn waveform(stream: MediaSourceStream<'static>) -> Option<Waveform> {
    let mut opened = open(stream)?;
    let mut decoder = decoder(&opened.track)?;
    let mut peaks: Option<Peaks> = None;
    let mut samples: Vec<f32> = Vec::new();
    let mut chain = 0;
    for _ in 0..MOST_PACKETS {
        let Some(packet) = opened.packet() else { break };
        if opened.chain != chain {
            chain = opened.chain;
            decoder = self::decoder(&opened.track)?;
        }
        match decoder.decode(&packet) {
            Ok(sound) => {
                let (rate, channels) = (sound.spec().rate(), sound.num_planes().max(1));
                sound.copy_to_vec_interleaved(&mut samples);
                let peaks = peaks.get_or_insert_with(|| Peaks::new(rate));
                samples.chunks(channels).for_each(|frame| peaks.frame(frame));
            }
            // One bad packet is a click; what follows may be sound again.
            Err(Error::DecodeError(_) | Error::IoError(_)) => {}
            Err(_) => break,
        }
    }
    peaks?.finish()
}

/// Decodes a stretch.
pub(super) fn stretch(stream: MediaSourceStream<'static>, from_ms: u32, length_ms: u32) -> Option<Stretch> {
    let mut opened = open(stream)?;
    let mut decoder = decoder(&opened.track)?;
    let base = opened.track.time_base?;
    let lead = from_ms.saturating_sub(if opened.is_bare_mpeg() { MPEG_LEAD_MS } else { LEAD_MS });
    let mut landed = None;
    let mut skipped = None;
    if lead > 0 && opened.is_bare_mpeg() {
        // Seeking walks through all frames as well, but takes headers between them for sound and ends where the first
        // header does.
        skipped = Some(i128::from(lead) * 1_000_000);
    } else if lead > 0 {
        match opened.land(base, lead) {
            Ok(packet) => landed = packet,
            // What lies behind the end may lie in the next chain, to which only the way through this one leads.
            Err(()) if opened.format.format_info().short_name == "ogg" => {
                skipped = Some(i128::from(lead) * 1_000_000);
            }
            Err(()) => return beyond(&opened.track, from_ms),
        }
        decoder.reset();
    }
    let mut chain = 0;
    let mut found: Option<Stretch> = None;
    let mut samples: Vec<i16> = Vec::new();
    // Times in a coarse base are a frame off; then a packet follows the one before to the very frame. One that was only
    // decoded to warm up gives fewer frames than it lasts, and the next one says itself where it begins.
    let mut next: Option<u64> = None;
    for _ in 0..MOST_PACKETS {
        let Some(packet) = landed.take().or_else(|| opened.packet()) else { break };
        if skipped.is_some_and(|skipped| opened.before + opened.end < skipped) {
            continue;
        }
        if opened.chain != chain {
            chain = opened.chain;
            decoder = self::decoder(&opened.track)?;
            next = None;
        }
        let sound = match decoder.decode(&packet) {
            Ok(sound) => sound,
            Err(Error::DecodeError(_) | Error::IoError(_)) => {
                next = None;
                continue;
            }
            Err(_) => break,
        };
        let (rate, channels) = (sound.spec().rate(), sound.num_planes().max(1));
        let wanted = frame_at(from_ms, rate);
        let end = wanted + u64::from(length_ms) * u64::from(rate) / 1_000;
        sound.copy_to_vec_interleaved(&mut samples);
        let said = frame_of(opened.track.time_base?, packet.pts, opened.before, rate)?;
        let start = next.filter(|next| next.abs_diff(said) <= ROUNDING).unwrap_or(said);
        let frames = (samples.len() / channels) as u64;
        next = Some(start + frames);
        let (from, to) = (wanted.clamp(start, start + frames) - start, end.clamp(start, start + frames) - start);
        let part = samples.get(from as usize * channels..to as usize * channels).unwrap_or_default();
        if !part.is_empty() {
            let stretch = found.get_or_insert_with(|| Stretch {
                rate,
                channels: channels as u32,
                first_frame: start + from,
                samples: Vec::new(),
            });
            if stretch.rate != rate || stretch.channels as usize != channels {
                break;
            }
            stretch.samples.extend_from_slice(part);
        }
        if start + frames >= end {
            break;
        }
    }
    found.or_else(|| beyond(&opened.track, from_ms))
}

/// A stretch behind the end: no samples.
fn beyond(track: &Track, from_ms: u32) -> Option<Stretch> {
    let parameters = track.codec_params.as_ref()?.audio()?;
    let rate = parameters.sample_rate?;
    let channels = parameters.channels.as_ref().map_or(1, |c| c.count().max(1)) as u32;
    Some(Stretch { rate, channels, first_frame: frame_at(from_ms, rate), samples: Vec::new() })
}

fn frame_at(milliseconds: u32, rate: u32) -> u64 {
    u64::from(milliseconds) * u64::from(rate) / 1_000
}

/// The frame at which a packet begins, `before` nanoseconds behind the beginning of its chain.
fn frame_of(base: TimeBase, at: Timestamp, before: i128, rate: u32) -> Option<u64> {
    let nanoseconds = u128::try_from(base.calc_time(at)?.as_nanos() + before).unwrap_or(0);
    // Half a frame up, because a time in nanoseconds is cut.
    u64::try_from((nanoseconds * u128::from(rate) + 500_000_000) / 1_000_000_000).ok()
}
