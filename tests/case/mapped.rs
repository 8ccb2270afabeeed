//! A table read by columns that a person set: its recipe stands with the source, is kept on the shelf, and is found again.

use super::common::*;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use ulika::actions::{self, ImportOptions, RecipeShelf};
use ulika::error::Code;
use ulika::import::{Mapping, MappingName, OwnRecipe, recipe_text};
use ulika::model::{Contents, Direction};
use ulika::progress::Silent;

const MONTH: &str = "когда;кто;сколько;куда\n\
03.09.2025 10:15;+7 907 111-22-33;31;+7 907 000-00-00\n\
03.09.2025 11:40;+7 907 000-00-00;125;8 (935) 310-40-84\n\
04.09.2025 09:05;+7 946 000-11-22;0;+7 907 000-00-00\n\
04.09.2025 18:00;+7 907 000-00-00;??;+7 907 111-22-33\n";

fn table(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn proposed(path: &Path) -> Mapping {
    actions::look_at(path, None).unwrap().mapping
}

fn by(mapping: &Mapping) -> ImportOptions {
    let by = OwnRecipe::parse(&recipe_text(mapping, MappingName::none())).unwrap();
    ImportOptions { by: Some(by), line: mapping.line.clone(), ..ImportOptions::default() }
}

#[test]
fn a_trial_says_what_an_import_then_does() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let file = table(&folder, "таблица.csv", MONTH);
    let mapping = proposed(&file);
    let trial = actions::try_mapping(&case, &file, &mapping, &Silent).unwrap();
    assert_eq!((trial.rows, trial.records, trial.problems.len()), (4, 3, 1));
    assert_eq!((trial.directions["incoming"], trial.directions["outgoing"]), (2, 1));
    let first = trial.first.unwrap();
    assert_eq!((first.row, first.started_at.as_str()), (2, "2025-09-03T10:15:00+03:00"));
    let answer = actions::import(&mut case, &[file], &by(&mapping), &[], &Silent).unwrap();
    let source = &answer.sources[0];
    assert_eq!((source.rows, source.records, source.problems.len()), (4, 3, 1));
    assert_eq!(source.recipe, "mapping");
}

#[test]
fn a_place_in_xml_is_an_entry_and_in_a_table_a_row_whoever_s_recipe_read_it() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let xml = r#"<?xml version="1.0"?><e><c w="2025-09-03 10:15:00" n="+79071112233" k="in" s="31"/></e>"#;
    let mut answered = Vec::new();
    for file in [table(&folder, "таблица.csv", MONTH), table(&folder, "выгрузка.xml", xml)] {
        let options = by(&proposed(&file));
        let files = [file];
        let looked = actions::preview_import(&case, &files, &options, &Silent).unwrap().sources;
        let brought = actions::import(&mut case, &files, &options, &[], &Silent).unwrap().sources;
        assert_eq!(looked[0].entries, brought[0].entries, "known before it is imported");
        answered.extend(brought);
    }
    answered.extend(import(&mut case, &["phone.xml", "beeline.xlsx"]).sources);
    let sources = actions::overview(&case).unwrap().sources;
    let expected = [("таблица.csv", false), ("выгрузка.xml", true), ("phone.xml", true), ("beeline.xlsx", false)];
    let expected = expected.map(|(file, entries)| (file.to_owned(), entries));
    assert_eq!(answered.into_iter().map(|s| (s.file, s.entries)).collect::<Vec<_>>(), expected);
    let sums = sources.iter().map(|s| actions::source_sums(&case, s.id).unwrap());
    assert_eq!(sums.map(|s| (s.file, s.entries)).collect::<Vec<_>>(), expected, "and said of what is in the case");
    let told: Vec<_> = sources.into_iter().map(|s| (s.file, s.entries)).collect();
    assert_eq!(told, expected);
}

#[test]
fn a_mapped_import_holds_its_recipe_and_verifies_on_another_computer() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let file = table(&folder, "таблица.csv", MONTH);
    let options = by(&proposed(&file));
    actions::import(&mut case, std::slice::from_ref(&file), &options, &[], &Silent).unwrap();
    assert_eq!(differences(&case), Vec::<String>::new());
    drop(case);
    let connection = rusqlite::Connection::open(&path).unwrap();
    let text: String = connection.query_row("SELECT text FROM source_recipe", [], |row| row.get(0)).unwrap();
    drop(connection);
    // Nothing but the case: the row is found again by the recipe in it.
    let case = look(&path, None).unwrap();
    let call = actions::calls(&case, &actions::CallFilter::default(), None, 1).unwrap().calls[0].id;
    let row = &actions::call_detail(&case, call).unwrap().records[0].as_found;
    assert_eq!(row.columns, ["когда", "кто", "сколько", "куда"]);
    assert_eq!(row.cells[0], "03.09.2025 10:15");
    // The text in the case reads the original as it was read.
    let own = OwnRecipe::parse(&text).unwrap();
    let again = ImportOptions { by: Some(own), ..options };
    let (_, other) = {
        let f = TempDir::new().unwrap();
        let made = new_case(&f, None);
        (f, made.1)
    };
    let preview = actions::preview_import(&other, &[file], &again, &Silent).unwrap();
    assert_eq!((preview.sources[0].records, preview.sources[0].problems.len()), (3, 1));
}

#[test]
fn a_changed_recipe_is_named_and_one_that_does_not_hold_hides_no_call() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let file = table(&folder, "таблица.csv", MONTH);
    let options = by(&proposed(&file));
    actions::import(&mut case, &[file], &options, &[], &Silent).unwrap();
    drop(case);
    let untouched = std::fs::read(&path).unwrap();
    let nonsense = ["", "name = 1", "\u{1}", &"[".repeat(100_000), "name = \"x\"\ndates = [\"(a+)+$\"]"];
    for text in nonsense {
        std::fs::write(&path, &untouched).unwrap();
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch("DROP TRIGGER source_recipe_no_update").unwrap();
        connection.execute("UPDATE source_recipe SET text = ?1", [text]).unwrap();
        let guard = "CREATE TRIGGER source_recipe_no_update BEFORE UPDATE ON source_recipe
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END";
        connection.execute_batch(guard).unwrap();
        drop(connection);
        let case = look(&path, None).unwrap();
        assert_eq!(differences(&case), ["reading_differs", "source_changed"]);
        let page = actions::calls(&case, &actions::CallFilter::default(), None, 9).unwrap();
        assert_eq!(page.calls.len(), 3);
        let detail = actions::call_detail(&case, page.calls[0].id).unwrap();
        assert!(detail.records[0].as_found.cells.is_empty(), "the row is not shown, the call is");
    }
}

/// Stands for the typesetter.
struct Paper;

impl ulika::typesetting::Typesetter for Paper {
    fn pdf(&self, source: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(format!("%PDF-1.7\n{source}\n%%EOF\n").into_bytes())
    }
}

#[test]
fn a_package_with_the_original_carries_the_text_that_reads_it() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let file = table(&folder, "таблица.csv", MONTH);
    let options = by(&proposed(&file));
    let read_by = options.by.as_ref().unwrap().text().to_owned();
    actions::import(&mut case, &[file], &options, &[], &Silent).unwrap();
    for (contents, carried) in [(Contents::Originals, true), (Contents::Extracts, false)] {
        let out = folder.path().join(format!("{}.zip", contents.word()));
        let options = actions::ExportOptions { groups: Vec::new(), contents };
        actions::export(&mut case, &out, &options, &Paper, &Silent).unwrap();
        let verified = actions::verify_bundle(&out, &Silent).unwrap();
        assert!(verified.valid);
        assert_eq!(verified.file.as_deref(), out.file_name().and_then(|name| name.to_str()));
        let mut zip = zip::ZipArchive::new(std::fs::File::open(out).unwrap()).unwrap();
        let name =
            zip.file_names().map(|name| name.unwrap().into_owned()).find(|name| name.ends_with("case/case.json"));
        let told: serde_json::Value = serde_json::from_reader(zip.by_name(&name.unwrap()).unwrap()).unwrap();
        let text = told["sources"][0]["recipe_text"].as_str();
        assert_eq!(text, Some(read_by.as_str()).filter(|_| carried));
    }
}

#[test]
fn an_original_that_does_not_read_as_the_case_has_it_is_named() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let file = table(&folder, "таблица.csv", MONTH);
    let options = by(&proposed(&file));
    actions::import(&mut case, &[file], &options, &[], &Silent).unwrap();
    // Own numbers may change: what the rows say of time and length does not.
    actions::edit_case(&mut case, "Проба", &[]).unwrap();
    assert_eq!(differences(&case), Vec::<String>::new());
    drop(case);
    // Another recipe that holds just as well, and reads lengths as minutes.
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("DROP TRIGGER source_recipe_no_update").unwrap();
    let text: String = connection.query_row("SELECT text FROM source_recipe", [], |row| row.get(0)).unwrap();
    let other: String = text
        .lines()
        .map(
            |line| {
                if line.starts_with("durations") { "durations = [\"min\"]\n".to_owned() } else { format!("{line}\n") }
            },
        )
        .collect();
    assert_ne!(text, other);
    connection.execute("UPDATE source_recipe SET text = ?1", [&other]).unwrap();
    let guard = "CREATE TRIGGER source_recipe_no_update BEFORE UPDATE ON source_recipe
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END";
    connection.execute_batch(guard).unwrap();
    drop(connection);
    assert!(differences(&look(&path, None).unwrap()).contains(&"reading_differs".to_owned()));
}

#[test]
fn a_layout_is_renamed_given_out_and_taken_in_elsewhere() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let (here, there) = (RecipeShelf::at(folder.path().join("здесь")), RecipeShelf::at(folder.path().join("там")));
    let mapping = proposed(&table(&folder, "сентябрь.csv", MONTH));
    here.save("Ромашка", &mapping).unwrap();
    let renamed = here.rename("Ромашка", " Ромашка \"плюс\" = 2 ").unwrap_err();
    assert_eq!(renamed.code, Code::RecipeBroken, "quotation marks make no name of a file");
    let renamed = here.rename("Ромашка", " Ромашка = 2 ").unwrap();
    assert_eq!((renamed.name(), renamed.info().title_ru.as_str()), ("Ромашка = 2", "Ромашка = 2"));
    let (own, broken) = here.read();
    assert_eq!((own.len(), broken.len()), (1, 0), "the old name is gone");
    assert!(own[0].reads().iter().any(|(heading, field)| heading == "когда" && field.word() == "start"));
    let file = folder.path().join("для соседа.toml");
    here.give_out(Some(&case), "Ромашка = 2", &file).unwrap();
    let untouched = std::fs::read(&path).unwrap();
    assert_eq!(here.give_out(Some(&case), "Ромашка = 2", &path).unwrap_err().code, Code::TargetUnwritable);
    assert_eq!(std::fs::read(&path).unwrap(), untouched, "no layout is saved over the case");
    assert_eq!(there.take_in(&file).unwrap().name(), "Ромашка = 2");
    assert_eq!(there.take_in(&file).unwrap().name(), "Ромашка = 2", "the same once more is nothing to do");
    // Found again by itself next month, on the other shelf.
    let october = table(&folder, "октябрь.csv", &MONTH.replace(".09.2025", ".10.2025"));
    let options = ImportOptions { own: there.read().0, ..ImportOptions::default() };
    let source = actions::import(&mut case, &[october], &options, &[], &Silent).unwrap().sources.remove(0);
    assert_eq!((source.recipe.as_str(), source.records), ("Ромашка = 2", 3));
    // Another layout of a taken name, and no layout at all, are refused in words; the shelf is as it was.
    let mut other = mapping.clone();
    other.fields[2] = None;
    let third = RecipeShelf::at(folder.path().join("ещё"));
    third.save("Ромашка = 2", &other).unwrap();
    third.give_out(None, "Ромашка = 2", &file).unwrap();
    let refused = there.take_in(&file).unwrap_err();
    assert!(refused.message("ru").contains("уже есть"), "{}", refused.message("ru"));
    for nonsense in [&b"<html>"[..], b"", &[0xFF, 0xFE], b"name = \"x\"\n"] {
        std::fs::write(&file, nonsense).unwrap();
        let refused = there.take_in(&file).unwrap_err();
        assert_eq!(refused.code, Code::RecipeBroken);
        assert!(refused.message("ru").contains("для соседа.toml"), "{}", refused.message("ru"));
    }
    assert_eq!(there.take_in(&folder.path().join("нет.toml")).unwrap_err().code, Code::FileAbsent);
    assert_eq!(there.rename("нет", "да").unwrap_err().code, Code::NotFound);
    there.save("вторая", &mapping).unwrap();
    assert_eq!(there.rename("вторая", "Ромашка = 2").unwrap_err().code, Code::RecipeBroken, "a name is one layout's");
    assert_eq!(there.rename("вторая", "table").unwrap_err().code, Code::RecipeBroken);
    assert_eq!(there.read().0.len(), 2);
}

#[test]
fn a_copy_under_another_file_name_is_forgotten_too() {
    let folder = TempDir::new().unwrap();
    let shelf = RecipeShelf::at(folder.path().join("форматы"));
    shelf.save("Ромашка", &proposed(&table(&folder, "x.csv", MONTH))).unwrap();
    let held = folder.path().join("форматы");
    std::fs::rename(held.join("Ромашка.toml"), held.join("из письма.toml")).unwrap();
    shelf.forget("Ромашка").unwrap();
    assert_eq!(std::fs::read_dir(held).unwrap().count(), 0);
}

#[test]
fn a_file_that_holds_another_layout_is_written_over_by_none() {
    let folder = TempDir::new().unwrap();
    let held = folder.path().join("форматы");
    let shelf = RecipeShelf::at(held.clone());
    let mapping = proposed(&table(&folder, "x.csv", MONTH));
    for name in ["Ромашка", "Василёк", "Мак"] {
        shelf.save(name, &mapping).unwrap();
    }
    let out = folder.path().join("мак.toml");
    shelf.give_out(None, "Мак", &out).unwrap();
    shelf.forget("Мак").unwrap();
    // The person called a file after another layout.
    std::fs::rename(held.join("Ромашка.toml"), held.join("Мак.toml")).unwrap();
    let before = std::fs::read(held.join("Мак.toml")).unwrap();
    let refused = shelf.rename("Василёк", "Мак").unwrap_err();
    assert!(refused.message("ru").contains("уже есть"), "{}", refused.message("ru"));
    assert_eq!(shelf.take_in(&out).unwrap_err().code, Code::RecipeBroken);
    assert_eq!(shelf.save("Мак", &mapping).unwrap_err().code, Code::RecipeBroken);
    assert_eq!(std::fs::read(held.join("Мак.toml")).unwrap(), before);
    let names = |shelf: &RecipeShelf| shelf.read().0.iter().map(|own| own.name().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&shelf), ["Василёк", "Ромашка"]);
    // It may be renamed into its own file, and what is saved under its name goes where it lies.
    shelf.save("Ромашка", &mapping).unwrap();
    assert_eq!(shelf.rename("Ромашка", "Мак").unwrap().name(), "Мак");
    assert_eq!((names(&shelf), shelf.read().1.len()), (vec!["Василёк".to_owned(), "Мак".to_owned()], 0));
}

#[test]
fn of_two_layouts_of_one_name_the_one_that_is_renamed_goes_and_the_other_stays() {
    let folder = TempDir::new().unwrap();
    let held = folder.path().join("форматы");
    let shelf = RecipeShelf::at(held.clone());
    let mapping = proposed(&table(&folder, "x.csv", MONTH));
    shelf.save("Ромашка", &mapping).unwrap();
    let (first, second) = (held.join("А.toml"), held.join("Ромашка.toml"));
    let other = std::fs::read_to_string(&second).unwrap() + "# правлено\n";
    std::fs::write(&first, &other).unwrap();
    let text = std::fs::read_to_string(&second).unwrap();
    assert!(shelf.rename("Ромашка", "Мак").unwrap().text().ends_with("# правлено\n"));
    assert!(!first.exists(), "what was renamed");
    assert_eq!(std::fs::read_to_string(&second).unwrap(), text);
    // Names that lead to one file, as names that differ in case do on many computers.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(held.join("Мак.toml"), held.join("мак.toml")).unwrap();
        shelf.rename("Мак", "мак").unwrap();
        assert_eq!(shelf.read().0.iter().map(OwnRecipe::name).collect::<Vec<_>>(), ["Ромашка", "мак"]);
        assert!(shelf.read().1.is_empty());
    }
}

#[test]
fn a_saved_layout_is_found_by_itself_next_month() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let shelf = RecipeShelf::at(folder.path().join("форматы"));
    let mapping = proposed(&table(&folder, "сентябрь.csv", MONTH));
    assert_eq!(shelf.save(" Ромашка, детализация ", &mapping).unwrap().name(), "Ромашка, детализация");
    let october = table(&folder, "октябрь.csv", &MONTH.replace(".09.2025", ".10.2025"));
    let (own, broken) = shelf.read();
    assert_eq!((own.len(), broken.len()), (1, 0));
    let options = ImportOptions { own, ..ImportOptions::default() };
    let source = actions::import(&mut case, &[october], &options, &[], &Silent).unwrap().sources.remove(0);
    assert_eq!((source.recipe.as_str(), source.records), ("Ромашка, детализация", 3));
    let calls = actions::calls(&case, &actions::CallFilter::default(), None, 9).unwrap().calls;
    assert_eq!(calls[1].direction.word(), "outgoing", "the line of the case tells who called");
    assert_eq!(differences(&case), Vec::<String>::new());
    // The same name replaces, forgetting takes away; the case is as it was.
    shelf.save("Ромашка, детализация", &mapping).unwrap();
    assert_eq!(shelf.list().iter().filter(|recipe| recipe.own).count(), 1);
    shelf.forget("Ромашка, детализация").unwrap();
    assert_eq!(shelf.forget("Ромашка, детализация").unwrap_err().code, Code::NotFound);
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn broken_files_of_the_folder_are_said_and_passed_over() {
    let folder = TempDir::new().unwrap();
    let shelf = RecipeShelf::at(folder.path().to_owned());
    let mapping = proposed(&table(&folder, "x.csv", MONTH));
    shelf.save("хороший", &mapping).unwrap();
    let copy = std::fs::read(folder.path().join("хороший.toml")).unwrap();
    std::fs::write(folder.path().join("хороший (копия).toml"), copy).unwrap();
    std::fs::write(folder.path().join("обрывок.toml"), "name = \"обрывок").unwrap();
    std::fs::write(folder.path().join("двоичный.toml"), [0xFF, 0xFE, 0x00]).unwrap();
    std::fs::write(folder.path().join("большой.toml"), vec![b'#'; 1 << 20]).unwrap();
    std::fs::create_dir(folder.path().join("папка.toml")).unwrap();
    let (own, broken) = shelf.read();
    assert_eq!(own.len(), 1);
    let files: Vec<&str> = broken.iter().map(|b| b.file.as_str()).collect();
    assert_eq!(files, ["большой.toml", "двоичный.toml", "обрывок.toml", "хороший.toml"]);
    assert!(broken.iter().all(|b| b.ru.contains("не тронуты") && b.en.contains("cannot be read")), "{broken:?}");
    for name in ["", "table", "mapping", "a/b", "..", "д\u{0}"] {
        assert_eq!(shelf.save(name, &mapping).unwrap_err().code, Code::RecipeBroken, "{name:?}");
    }
}

#[test]
fn a_mapping_that_lacks_what_a_call_needs_is_refused_in_words() {
    let folder = TempDir::new().unwrap();
    let (_, case) = new_case(&folder, None);
    let file = table(&folder, "x.csv", MONTH);
    let mut mapping = proposed(&file);
    mapping.fields[0] = None;
    let error = actions::try_mapping(&case, &file, &mapping, &Silent).unwrap_err();
    assert_eq!(error.code, Code::RecipeBroken);
    assert!(error.message("ru").contains("столбец времени"), "{}", error.message("ru"));
}

/// The case of version 2, unpacked.
fn second_version(folder: &TempDir) -> PathBuf {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/old/v2.ulika.gz");
    let mut bytes = Vec::new();
    let mut unpacked = flate2::read::GzDecoder::new(std::fs::File::open(packed).unwrap());
    std::io::Read::read_to_end(&mut unpacked, &mut bytes).unwrap();
    let path = folder.path().join("вторая.ulika");
    std::fs::write(&path, bytes).unwrap();
    path
}

fn holds_what_it_held(case: &ulika::Case) {
    let overview = actions::overview(case).unwrap();
    assert_eq!((overview.calls, overview.sources.len(), overview.exhibits), (392, 2, 1));
    assert_eq!(actions::exhibits(case).unwrap()[0].labels[0].text, "ООО ВЕКТОРИЯ");
    let names: Vec<String> = actions::groups(case).unwrap().groups.into_iter().map(|g| g.name).collect();
    assert!(names.iter().any(|name| name == "Вектория, вторая версия"), "{names:?}");
    assert_eq!(differences(case), Vec::<String>::new());
}

#[test]
fn a_case_of_the_second_version_is_looked_at_as_it_is_and_takes_a_mapped_table_after_a_copy() {
    let folder = TempDir::new().unwrap();
    let path = second_version(&folder);
    let before = std::fs::read(&path).unwrap();
    holds_what_it_held(&look(&path, None).unwrap());
    assert_eq!(std::fs::read(&path).unwrap(), before, "looking changes no byte");
    let mut case = open(&path, None).unwrap();
    holds_what_it_held(&case);
    let file = table(&folder, "таблица.csv", MONTH);
    let options = by(&proposed(&file));
    actions::import(&mut case, &[file], &options, &[], &Silent).unwrap();
    assert_eq!(differences(&case), Vec::<String>::new());
    actions::undo(&mut case).unwrap();
    actions::undo(&mut case).unwrap();
    drop(case);
    let mut copy = path.into_os_string();
    copy.push(".v2.backup.ulika");
    let copy = PathBuf::from(copy);
    assert_eq!(std::fs::read(&copy).unwrap()[..16], before[..16]);
    holds_what_it_held(&look(&copy, None).unwrap());
}

/// A person's own notes: no word says which way the calls went, and the name of the table stands above it.
const NOTES: &str = "Моя тетрадка про звонки;;;;\r\nдень;во сколько;кто звонил (номер);разговор;что было\r\n\
05.11.2026;14:22;8 935 410-20-01;2:10;предлагали\r\n06.11.2026;10:05;8(944)330-55-11;0:45;грозили\r\n\
07.11.2026;12:03;8-973-777-88-01;0:15;робот\r\n09.11.2026;9:40;8 975 660 12 34;;молчание\r\n\
10.11.2026;18.30;8 935 410 20 02;1:05;опять\r\n11.11.2026;после обеда;8 935 410 20 07;;не помню\r\n";

#[test]
fn of_calls_whose_table_says_no_direction_the_person_says_it_for_all() {
    let folder = TempDir::new().unwrap();
    let (_, case) = new_case(&folder, None);
    let file = table(&folder, "мои записи.csv", NOTES);
    let mapping = proposed(&file);
    let fields: Vec<Option<&str>> = mapping.fields.iter().map(|field| field.map(|f| f.word())).collect();
    assert_eq!(fields[..4], [Some("date"), Some("time"), Some("number"), Some("duration")]);
    let trial = actions::try_mapping(&case, &file, &mapping, &Silent).unwrap();
    assert_eq!((trial.records, trial.directions.get("unknown")), (5, Some(&5)));
    // «После обеда» is no time that could be meant for certain: it is shown, and the row stays in the original.
    let unread: Vec<(u64, &str)> = trial.problems.iter().map(|p| (p.row, p.found.as_str())).collect();
    assert_eq!(unread, [(8, "11.11.2026 после обеда")]);
    let said = Mapping { way: Some(Direction::Incoming), ..mapping };
    let trial = actions::try_mapping(&case, &file, &said, &Silent).unwrap();
    assert_eq!((trial.records, trial.directions.get("incoming")), (5, Some(&5)));
}

#[test]
fn a_header_that_is_marked_where_it_was_found_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let file = table(&folder, "мои записи.csv", NOTES);
    let found = actions::look_at(&file, None).unwrap();
    let row = found.mapping.header.map(|header| header.row);
    assert_eq!(row, Some(2));
    assert_eq!(actions::look_at(&file, row).unwrap(), found);
}

#[test]
fn a_header_below_lines_that_name_the_number_and_the_period_is_found() {
    let folder = TempDir::new().unwrap();
    let text = "Оператор «Связь»;;;;;;;;\nАбонентский номер;;79071204518;;;;;;\nПериод;;01.10.2026;27.11.2026;;;;;\n\
        № п/п;Сутки;Час;Контакт;Что оказано;Кол-во;Мера;Сумма, р.;Станция\n\
        1;06.10.2026;09:15:04;79354102001;Входящее соединение;41;сек;0;М-1\n\
        2;06.10.2026;11:02:40;internet;Передача данных;13,4;Мб;1,5;М-2\n\
        3;07.10.2026;18:44:09;79443305519;Исходящее соединение;7;сек;0;М-1\n\
        4;08.10.2026;10:00:00;79443305519;Входящее SMS;1;шт;0;М-1\n";
    let (_, case) = new_case(&folder, None);
    let file = table(&folder, "расшифровка.csv", text);
    let look = actions::look_at(&file, None).unwrap();
    assert_eq!(look.mapping.header.map(|header| header.row), Some(4));
    let fields: Vec<&str> = look.mapping.fields.iter().map(|field| field.map_or("", |f| f.word())).collect();
    assert_eq!(fields[1..4], ["date", "time", "number"]);
    assert_eq!(fields[5], "duration");
    let trial = actions::try_mapping(&case, &file, &look.mapping, &Silent).unwrap();
    assert_eq!((trial.records, trial.directions["incoming"], trial.directions["outgoing"]), (2, 1, 1));
    assert_eq!((trial.other["sms"], trial.other["data"]), (1, 1));
}

/// A table whose headings are nearly known: nothing of it may go unsaid.
const BEREG: &str = "День;Время;Звонил;Отвечал;Итог;Длит.\n\
1 апреля 2026 г.;10:15:04;79354102001;79071204518;Отвечен;0:41\n\
2 апреля 2026 г.;11:20:33;79071204518;79443305519;Отвечен;1:05\n\
3 апреля 2026 г.;09:01:10;79354102002;79071204518;Не взяли;0:00\n\
4 апреля 2026 г.;18:44:09;79354102007;79071204518;Отвечен;0:12\n";

#[test]
fn both_parties_of_a_table_are_read_and_a_mapping_begins_from_what_was_read() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let file = table(&folder, "берег.csv", BEREG);
    let look = actions::look_at(&file, None).unwrap();
    let fields: Vec<&str> = look.mapping.fields.iter().map(|field| field.map_or("", |f| f.word())).collect();
    assert_eq!(fields, ["date", "time", "caller", "callee", "outcome", "duration"]);
    assert_eq!(look.mapping.date, "dd mmm yyyy");
    let trial = actions::try_mapping(&case, &file, &look.mapping, &Silent).unwrap();
    assert_eq!((trial.records, trial.directions["incoming"], trial.directions["outgoing"]), (4, 3, 1));
    let answer = actions::import(&mut case, &[file], &ImportOptions::default(), &[], &Silent).unwrap();
    let source = &answer.sources[0];
    assert_eq!((source.recipe.as_str(), source.records), ("table", 4));
    let calls = actions::calls(&case, &actions::CallFilter::default(), None, 10).unwrap().calls;
    assert!(calls.iter().all(|call| call.number.is_some()), "{calls:?}");
    assert_eq!(calls.iter().filter(|call| call.direction.word() == "outgoing").count(), 1);
    assert_eq!(calls.iter().filter(|call| call.disposition.word() == "missed").count(), 1);
}

#[test]
fn what_the_calls_of_an_unknown_table_lack_is_said_before_they_are_added() {
    let folder = TempDir::new().unwrap();
    let (_, case) = new_case(&folder, None);
    let text = "Дата;Номер;Длительность;Перевод на\n\
        06.10.2026;79354102001;0:41;79443305519\n07.10.2026;;0:07;79443305511\n08.10.2026;79354102007;0:00;79443305512\n";
    let file = table(&folder, "учёт.csv", text);
    let looked = actions::preview_import(&case, &[file], &ImportOptions::default(), &Silent).unwrap().sources;
    let told: Vec<(&str, Option<u32>)> = looked[0].notes.iter().map(|note| (note.kind.word(), note.calls)).collect();
    assert_eq!(
        told,
        [("no_direction", Some(3)), ("no_time", Some(3)), ("no_number", Some(1)), ("unread_numbers", None)]
    );
    assert!(looked[0].notes[3].text.contains("«Перевод на»"));
    // A layout that is known has its own reasons for what it lacks.
    let phone = crate::common::sample("phone.xml");
    let looked = actions::preview_import(&case, &[phone], &ImportOptions::default(), &Silent).unwrap().sources;
    assert!(looked[0].notes.is_empty());
}

#[test]
fn a_column_of_services_is_none_of_outcomes_and_times_with_dashes_are_times() {
    let folder = TempDir::new().unwrap();
    let (_, case) = new_case(&folder, None);
    let rows = |at: usize| {
        let what = ["Принятое соединение", "Совершённое соединение", "Передача данных", "Принятое сообщение"][at % 4];
        format!("2026/02/{:02};{:02}-25-{:02};7935410{:04};{what};{at}\n", at + 1, 8 + at, at, 2000 + at)
    };
    let text: String = (0..12).map(rows).collect();
    let file = table(&folder, "прибой.csv", &format!("Дата;Время;Номер;Вид;Секунд\n{text}"));
    for header in [None, Some(0)] {
        let look = actions::look_at(&file, header).unwrap();
        let trial = actions::try_mapping(&case, &file, &look.mapping, &Silent).unwrap();
        assert_eq!(
            (trial.records, trial.directions["incoming"], trial.directions["outgoing"]),
            (6, 3, 3),
            "{header:?}"
        );
        assert_eq!((trial.other["data"], trial.other["sms"]), (3, 3));
        assert!(trial.notes.iter().all(|note| note.kind.word() != "no_time"), "{:?}", trial.notes);
    }
}
