//! Small files that a reader must survive: each is refused with a code, or read with every row accounted for.

use crate::sheet::workbook;
use crate::truth::day;
use crate::{Expectation, Made, Result, Seed, case};

const HEADER: &str = "№;Дата и время;Услуга;Направление;Номер;Длительность;Подпись";

/// Every hostile file with its expectation beside it.
///
/// # Errors
/// When a workbook cannot be written.
pub fn files(seed: u64) -> Result<Vec<Made>> {
    let mut files = Vec::new();
    let mut refuse = |name: &str, bytes: Vec<u8>, code: &str| {
        files.push((format!("hostile/{name}"), bytes));
        files.push((format!("hostile/{name}.expect.json"), format!("{{\n  \"code\": \"{code}\"\n}}\n").into_bytes()));
    };
    refuse("empty.csv", Vec::new(), "file_empty");
    let mut junk = vec![0; 3000];
    Seed::new(seed).fill(&mut junk);
    refuse("junk.csv", junk, "format_unknown");
    refuse("truncated.xlsx", half(&sample("case/beeline.xlsx")?), "file_truncated");
    refuse("truncated.xml", half(&sample("case/mts.xml")?), "file_truncated");
    refuse("two-cells.xlsx", two_cells()?, "recipe_unknown");
    refuse("entities.xml", ENTITIES.as_bytes().to_vec(), "xml_entities");
    refuse("external-entity.xml", EXTERNAL.as_bytes().to_vec(), "xml_entities");
    refuse("header-only.csv", format!("{HEADER}\r\n").into_bytes(), "no_rows");

    let mut read = |name: &str, (bytes, expected): (Vec<u8>, Expectation)| -> Result<()> {
        files.push((format!("hostile/{name}"), bytes));
        files.push((format!("hostile/{name}.expect.json"), expected.json()?));
        Ok(())
    };
    read("wrong-width.csv", wrong_width())?;
    read("formulas.csv", formulas_csv())?;
    read("formulas.xlsx", formulas_xlsx()?)?;
    Ok(files)
}

fn sample(path: &str) -> Result<Vec<u8>> {
    let found = case::files(crate::SEED)?.into_iter().find(|(name, _)| name == path);
    Ok(found.ok_or("no such sample")?.1)
}

fn half(bytes: &[u8]) -> Vec<u8> {
    // Two fifths: the end falls inside a row of the XML, and inside the largest entry of the workbook.
    bytes[..bytes.len() * 2 / 5].to_vec()
}

/// Two cells in opposite corners of the largest sheet there can be: a reader that fills the space between them dies.
fn two_cells() -> Result<Vec<u8>> {
    workbook("Лист1", |sheet| {
        sheet.at(0, 0, "Дата")?;
        sheet.at(1_048_575, 16_383, "Номер")
    })
}

/// A detail that would unfold to billions of letters.
const ENTITIES: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE Report [\n<!ENTITY a \"лялялялялял\">\n\
<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\n<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\n\
<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">\n]>\n<Report layerType=\"OldCompatible\" version=\"2\">\
<ds n=\"79071204518\" pt=\"Сетевой ресурс\">\
<i d=\"01.03.2025 10:00:00\" n=\"&lt;--+79353104000\" zv=\"&d;\" s=\"Телеф.\" du=\"0:05\" gmt=\"+03:00\"/></ds></Report>\n";

/// A detail that would read a file of the computer.
const EXTERNAL: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
<!DOCTYPE Report [<!ENTITY name SYSTEM \"file:///etc/hostname\">]>\n<Report layerType=\"OldCompatible\" version=\"2\">\
<ds n=\"79071204518\" pt=\"Сетевой ресурс\">\
<i d=\"01.03.2025 10:00:00\" n=\"&lt;--&name;\" s=\"Телеф.\" du=\"0:05\" gmt=\"+03:00\"/></ds></Report>\n";

/// Rows too short and too long, a day that no month has, an hour that no day has; two rows are sound.
fn wrong_width() -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("table", "other", "utf-8");
    let text = format!(
        "{HEADER}\r\n\
         1;28.02.2025 10:00:00;Голосовой вызов;Входящий;79353104000;00:05;ООО ВЕКТОРИЯ\r\n\
         2;28.02.2025 10:10:00;Голосовой вызов\r\n\
         3;28.02.2025 10:20:00;Голосовой вызов;Входящий;79353104004;00:07;ООО ВЕКТОРИЯ;лишнее;лишнее;лишнее\r\n\
         4;31.02.2025 10:30:00;Голосовой вызов;Входящий;79353104008;00:09;ООО ВЕКТОРИЯ\r\n\
         5;28.02.2025 25:00:00;Голосовой вызов;Входящий;79353104012;00:09;ООО ВЕКТОРИЯ\r\n\
         6;28.02.2025 10:50:00;Голосовой вызов;Исходящий;79353104000;01:11;\r\n"
    );
    expected.record(true, 5, day(2025, 2, 28), Some("ООО ВЕКТОРИЯ"));
    expected.problem("", "");
    expected.problem("", "");
    expected.problem("Дата и время", "31.02.2025 10:30:00");
    expected.problem("Дата и время", "28.02.2025 25:00:00");
    expected.record(false, 71, day(2025, 2, 28), None);
    (text.into_bytes(), expected)
}

/// Labels that a table program would run, and one that a window would.
const LABELS: [&str; 4] = [
    "=HYPERLINK(\"file:///etc/passwd\",\"ООО ВЕКТОРИЯ\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert('ООО ВЕКТОРИЯ')</script>",
    "<img src=x onerror=alert(1)>\u{202e}ЯИРОТКЕВ",
];

fn formulas_csv() -> (Vec<u8>, Expectation) {
    let mut expected = Expectation::new("table", "other", "utf-8");
    let mut text = format!("{HEADER}\r\n");
    for (i, label) in LABELS.iter().enumerate() {
        let quoted = label.replace('"', "\"\"");
        text.push_str(&format!(
            "{};01.03.2025 1{i}:00:00;Голосовой вызов;Входящий;7935310400{i};00:0{i};\"{quoted}\"\r\n",
            i + 1
        ));
        expected.record(true, i as u32, day(2025, 3, 1), Some(label));
    }
    (text.into_bytes(), expected)
}

fn formulas_xlsx() -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("table", "other", "");
    let bytes = workbook("Детализация", |sheet| {
        sheet.texts(&HEADER.split(';').collect::<Vec<_>>())?;
        for (i, label) in LABELS.iter().enumerate() {
            let row = [
                (i + 1).to_string(),
                format!("01.03.2025 1{i}:00:00"),
                "Голосовой вызов".into(),
                "Входящий".into(),
                format!("7935310400{i}"),
                format!("00:0{i}"),
            ];
            for (column, text) in row.iter().enumerate() {
                sheet.text(column as u16, text)?;
            }
            if i == 0 {
                sheet.formula(6, "=HYPERLINK(\"file:///etc/passwd\",\"ООО ВЕКТОРИЯ\")", "ООО ВЕКТОРИЯ")?;
                expected.record(true, 0, day(2025, 3, 1), Some("ООО ВЕКТОРИЯ"));
            } else {
                sheet.text(6, label)?;
                expected.record(true, i as u32, day(2025, 3, 1), Some(label));
            }
            sheet.next();
        }
        Ok(())
    })?;
    Ok((bytes, expected))
}
