//! Files of any size for the benchmarks, written as a stream: memory grows with the callers, not with the rows.

use crate::sheet::large_workbook;
use crate::{Result, Seed};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Mobile codes that the numbering plan leaves unallotted.
const CODES: [u64; 17] = [907, 935, 940, 943, 944, 945, 946, 947, 948, 956, 957, 972, 973, 974, 975, 976, 998];
const SERVICES: [(&str, &str); 6] = [
    ("Мобильный интернет", "Кб"),
    ("GPRS-трафик", "Кб"),
    ("Исходящее SMS", "шт"),
    ("Входящее SMS", "шт"),
    ("USSD-запрос", "шт"),
    ("Абонентская плата", "шт"),
];
const ZONES: [&str; 4] = ["Домашняя сеть", "Россия", "Внутрисетевой роуминг", "Москва и МО"];
const LABELS: [&str; 8] = [
    "ООО ВЕКТОРИЯ",
    "ВЕКТОРИЯ ИТ",
    "Спам: кредиты",
    "ПКО «Серая гавань»",
    "Доставка",
    "Банк Тихий берег",
    "Реклама",
    "Соцопрос",
];
pub(crate) const HEADER: [&str; 12] = [
    "№",
    "Дата и время",
    "Услуга",
    "Направление",
    "Номер",
    "Длительность",
    "Объем",
    "Ед.изм.",
    "Стоимость, руб.",
    "Зона",
    "Подпись",
    "Базовая станция",
];
const ABOVE: [&str; 7] = [
    "Детализация счета по лицевому счету 000000000",
    "Абонент: ПРИМЕРОВА АННА ИГОРЕВНА",
    "Номер: 79071204518",
    "Период: 01.01.2021 00:00:00 - 31.12.2024 23:59:59",
    "",
    "Внимание! Тарификация указана с учетом НДС;;;;;",
    "",
];

/// A row of a detail.
#[derive(Clone)]
pub(crate) struct Row {
    /// By the clock of Moscow.
    pub(crate) at: NaiveDateTime,
    service: &'static str,
    unit: &'static str,
    /// Whether it came in, and the word for that; absent for what is not a call.
    pub(crate) way: Option<(bool, &'static str)>,
    pub(crate) number: String,
    pub(crate) seconds: u32,
    kilobytes: u64,
    cost: u64,
    zone: &'static str,
    pub(crate) label: &'static str,
}

/// Rows without end, four years of them spread over `expected`; some repeat the row before, as page joins do.
pub(crate) struct Rows {
    seed: Seed,
    callers: Vec<u64>,
    at: NaiveDateTime,
    step: i64,
    last: Option<Row>,
}

impl Rows {
    pub(crate) fn new(expected: u64, seed: u64) -> Self {
        let mut seed = Seed::new(seed);
        // Unique numbers grow slower than rows: 10 thousand rows have 1,000 callers, a million has 31,600.
        let count = ((expected as f64).powf(0.75) as usize).max(500);
        let mut callers = Vec::with_capacity(count);
        while callers.len() < count {
            let base = *seed.pick(&CODES) * 10_000_000 + seed.below(9_999_000);
            let pool = if seed.chance(50) { *seed.pick(&[1, 5, 10, 20, 50, 100]) } else { 1 };
            callers.extend((0..pool).map(|i| base + i));
        }
        callers.truncate(count);
        let at = NaiveDate::from_ymd_opt(2021, 1, 1).and_then(|d| d.and_hms_opt(8, 0, 0)).unwrap_or_default();
        let step = (4 * 365 * 86_400 / expected.max(1)).max(1) as i64;
        Self { seed, callers, at, step, last: None }
    }

    fn call(&mut self) -> Row {
        let chance = self.seed.fraction();
        // A few numbers call very often.
        let caller = self.callers[(self.callers.len() as f64 * chance * chance * chance) as usize];
        let incoming = self.seed.chance(72);
        let word = if incoming {
            *self.seed.pick(&["Входящий", "Вх.", "входящий вызов"])
        } else {
            *self.seed.pick(&["Исходящий", "Исх.", "исходящий вызов"])
        };
        let seconds =
            if self.seed.chance(18) { 0 } else { ((-self.seed.fraction().max(1e-9).ln() * 70.0) as u32 + 1).min(7200) };
        let number = match self.seed.below(200) {
            0 => "112".to_owned(),
            1 => format!("4477009{:05}", self.seed.below(1000)),
            2..4 => String::new(),
            _ => self.spelled(caller),
        };
        // A third of the callers have a label, always the same one.
        let label = if caller.is_multiple_of(3) { LABELS[(caller / 3 % LABELS.len() as u64) as usize] } else { "" };
        Row {
            at: self.at,
            service: if self.seed.chance(90) {
                "Голосовой вызов"
            } else {
                "Телеф. соединение"
            },
            unit: "сек",
            way: Some((incoming, word)),
            number,
            seconds,
            kilobytes: 0,
            cost: if incoming { 0 } else { u64::from(seconds) * 190 / 60 },
            zone: self.seed.pick::<&str>(&ZONES),
            label,
        }
    }

    fn other(&mut self) -> Row {
        let (service, unit) = *self.seed.pick(&SERVICES);
        let number = if unit == "Кб" { "internet".to_owned() } else { self.callers[0].to_string() };
        Row {
            at: self.at,
            service,
            unit,
            way: None,
            number,
            seconds: 0,
            kilobytes: self.seed.below(50_000),
            cost: self.seed.below(500),
            zone: self.seed.pick::<&str>(&ZONES),
            label: "",
        }
    }

    fn spelled(&mut self, number: u64) -> String {
        let s = number.to_string();
        match self.seed.below(100) {
            0..55 => format!("7{s}"),
            55..70 => format!("+7{s}"),
            70..82 => format!("8({}){}-{}-{}", &s[..3], &s[3..6], &s[6..8], &s[8..]),
            82..92 => format!("8{s}"),
            92..97 => format!("+7 {} {}-{}-{}", &s[..3], &s[3..6], &s[6..8], &s[8..]),
            _ => s,
        }
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.at += TimeDelta::seconds(self.seed.between(0, 2 * self.step));
        if let Some(last) = self.last.clone().filter(|_| self.seed.below(1000) < 3) {
            return Some(last);
        }
        let row = if self.seed.chance(80) { self.call() } else { self.other() };
        self.last = Some(row.clone());
        Some(row)
    }
}

pub(crate) fn cells(index: u64, row: &Row) -> [String; 12] {
    let (m, s) = (row.seconds / 60, row.seconds % 60);
    [
        index.to_string(),
        row.at.format("%d.%m.%Y %H:%M:%S").to_string(),
        row.service.to_owned(),
        row.way.map_or("", |way| way.1).to_owned(),
        row.number.clone(),
        match row.way {
            None => String::new(),
            Some(_) if m < 60 => format!("{m:02}:{s:02}"),
            Some(_) => format!("{}:{:02}:{s:02}", m / 60, m % 60),
        },
        if row.way.is_none() { format!("{},00", row.kilobytes) } else { String::new() },
        row.unit.to_owned(),
        format!("{},{:02}", row.cost / 100, row.cost % 100),
        row.zone.to_owned(),
        row.label.to_owned(),
        if index.is_multiple_of(3) { String::new() } else { format!("250-01-{}", index * 7919 % 65_535) },
    ]
}

/// A detail of `rows` rows as CSV: windows-1251, `;`, a block above the header, a total below.
///
/// # Errors
/// When the disk refuses.
pub fn calls_csv(rows: u64, seed: u64, out: &Path) -> Result<()> {
    write_csv(Rows::new(rows, seed).take(usize::try_from(rows)?), out)
}

/// The same detail in so many files one after the other (`01.csv` and so on in a new folder), of `rows` rows each, as an
/// operator gives it out month by month; each but the first begins with the last `again` rows of the one before.
///
/// # Errors
/// When the disk refuses.
pub fn calls_csv_in_parts(rows: u64, parts: u64, again: u64, seed: u64, out: &Path) -> Result<()> {
    std::fs::create_dir(out)?;
    let (count, again) = (usize::try_from(rows)?, usize::try_from(again)?);
    let mut coming = Rows::new(rows * parts, seed);
    let mut part: Vec<Row> = Vec::new();
    for number in 1..=parts {
        part.drain(..part.len().saturating_sub(again));
        let missing = count.saturating_sub(part.len());
        part.extend(coming.by_ref().take(missing));
        write_csv(part.iter().cloned(), &out.join(format!("{number:02}.csv")))?;
    }
    Ok(())
}

fn write_csv(rows: impl Iterator<Item = Row>, out: &Path) -> Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(out)?);
    let mut line = |text: &str| -> Result<()> {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        file.write_all(&bytes)?;
        Ok(file.write_all(b"\r\n")?)
    };
    for text in ABOVE {
        line(text)?;
    }
    line(&HEADER.join(";"))?;
    let mut total = 0;
    for (row, index) in rows.zip(1..) {
        total += row.cost;
        line(&cells(index, &row).join(";"))?;
    }
    line(&format!("Итого;;;;;;;;{},{:02};;;", total / 100, total % 100))?;
    Ok(file.flush()?)
}

/// The same rows as a workbook.
///
/// # Errors
/// When the disk refuses, or `rows` is more than a sheet holds (1,048,568).
pub fn calls_xlsx(rows: u64, seed: u64, out: &Path) -> Result<()> {
    large_workbook("Детализация", out, |sheet| {
        for text in ABOVE {
            sheet.texts(&[text])?;
        }
        sheet.texts(&HEADER)?;
        for (row, index) in Rows::new(rows, seed).zip(1..=rows) {
            sheet.number(0, index as f64)?;
            for (column, text) in cells(index, &row).iter().enumerate().skip(1) {
                if column == 8 {
                    sheet.number(8, row.cost as f64 / 100.0)?;
                } else {
                    sheet.text(column as u16, text)?;
                }
            }
            sheet.next();
        }
        Ok(())
    })
}

/// A phone's log of `calls` calls as SMS Backup & Restore writes it: the calls among the same rows.
///
/// # Errors
/// When the disk refuses.
pub fn calls_sbr_xml(calls: u64, seed: u64, out: &Path) -> Result<()> {
    let mut chance = Seed::new(seed ^ 1);
    let mut file = BufWriter::with_capacity(1 << 20, File::create(out)?);
    write!(
        file,
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n\
         <!--File Created By SMS Backup & Restore v10.20.002 -->\n\
         <calls count=\"{calls}\" backup_set=\"00000000-0000-4000-8000-000000000000\" backup_date=\"1735689600000\" type=\"full\">\n"
    )?;
    let spoken = Rows::new(calls + calls / 4, seed).filter_map(|row| row.way.map(|way| (row, way.0)));
    for ((row, incoming), _) in spoken.zip(0..calls) {
        let stamp = (row.at.and_utc().timestamp() - 3 * 3600) * 1000 + chance.between(0, 999);
        let kind = match (incoming, row.seconds) {
            (false, _) => 2,
            (true, 0) => *chance.pick(&[3, 3, 5]),
            (true, _) => 1,
        };
        let name = if row.label.is_empty() { "(Unknown)" } else { row.label };
        writeln!(
            file,
            "  <call number=\"{}\" duration=\"{}\" date=\"{stamp}\" type=\"{kind}\" presentation=\"{}\" \
             subscription_id=\"null\" post_dial_digits=\"\" subscription_component_name=\"null\" \
             readable_date=\"{}\" contact_name=\"{name}\" />",
            row.number,
            row.seconds,
            if row.number.is_empty() { 2 } else { 1 },
            row.at.format("%d %b %Y %H:%M:%S"),
        )?;
    }
    writeln!(file, "</calls>")?;
    Ok(file.flush()?)
}

/// `count` exhibits of `total_bytes` together: pictures and recordings whose names say when they were made. Their
/// bytes cannot be compressed, as those of real ones.
///
/// # Errors
/// When the disk refuses.
pub fn exhibits(count: u64, total_bytes: u64, seed: u64, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut seed = Seed::new(seed);
    let share = total_bytes / count.max(1);
    let start = NaiveDate::from_ymd_opt(2025, 3, 1).and_then(|d| d.and_hms_opt(9, 0, 0)).unwrap_or_default();
    for i in 0..count {
        let at = start + TimeDelta::minutes(i as i64 * 17);
        // Half as much to one and a half times as much; every second file makes up for the one before.
        let size = if i % 2 == 0 { share / 2 + seed.below(share / 4) } else { share * 5 / 4 + seed.below(share / 4) };
        if i % 5 < 3 {
            let name = format!("Screenshot_{}.png", at.format("%Y%m%d-%H%M%S"));
            picture(size, &mut seed, &folder.join(name))?;
        } else {
            let name = format!("Call recording +7935310{:04}_{}.m4a", i % 10_000, at.format("%y%m%d_%H%M%S"));
            recording(size, i, &mut seed, &folder.join(name))?;
        }
    }
    Ok(())
}

/// A tall picture as a phone makes it, of noise: three bytes a point, so the size decides the height.
fn picture(size: u64, seed: &mut Seed, out: &Path) -> Result<()> {
    const WIDTH: u32 = 540;
    let height = (size / u64::from(WIDTH * 3)).clamp(1, 10_000) as u32;
    let mut points = vec![0; WIDTH as usize * height as usize * 3];
    seed.fill(&mut points);
    let image = image::RgbImage::from_raw(WIDTH, height, points).ok_or("a picture of a wrong size")?;
    Ok(image.save_with_format(out, image::ImageFormat::Png)?)
}

/// The beginning of an MPEG-4 audio file and noise after it.
fn recording(size: u64, index: u64, seed: &mut Seed, out: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(out)?);
    file.write_all(b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom\0\0\0\0")?;
    file.write_all(&index.to_be_bytes())?;
    let mut left = size;
    let mut block = [0; 8192];
    while left > 0 {
        seed.fill(&mut block);
        let take = left.min(block.len() as u64);
        file.write_all(&block[..take as usize])?;
        left -= take;
    }
    Ok(file.flush()?)
}
