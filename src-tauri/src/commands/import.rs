//! Import: look first, then write once.

use crate::failure::Answer;
use crate::jobs::{self, Report};
use crate::state::Desk;
use serde::Deserialize;
use tauri::WebviewWindow;
use tauri::ipc::Channel;
use ulika::Result;
use ulika::actions::{
    self, Edited, ImportAnswer, ImportFile, ImportOptions, RecipeShelf, SourceAnswer, WithdrawalPreview,
};
use ulika::import::{DayOrder, Mapping, MappingName, OwnRecipe, RecipeInfo, recipe_text};
use ulika::model::{SourceId, SourceKind};

/// What the person says about a file.
#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct ImportChoice {
    /// Recipe by name; otherwise found.
    pub recipe: Option<String>,
    /// Kind of witness, where the recipe does not fix it.
    pub kind: Option<SourceKind>,
    /// Line picked, in any spelling.
    pub line: Option<String>,
    /// Further lines picked beside it.
    pub further_lines: Vec<String>,
    /// Zone.
    pub zone: Option<String>,
    /// Order of day and month in dates with strokes.
    pub days: Option<DayOrder>,
    /// Columns set by hand.
    pub mapping: Option<Mapping>,
    /// Only the rows of the line picked are kept.
    pub extract: bool,
    /// The whole file is kept though the case has an extract of it.
    pub whole: bool,
}

/// A file on its way in, and what the person says about it.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct FileChoice {
    /// Stands for the path.
    pub token: u32,
    /// What the person says.
    pub choice: ImportChoice,
}

fn options(choice: ImportChoice, own: &[OwnRecipe]) -> Result<ImportOptions> {
    let ImportChoice { recipe, kind, line, further_lines, zone, days, mapping, extract, whole } = choice;
    let line = line.or_else(|| mapping.as_ref().and_then(|mapping| mapping.line.clone()));
    let by = mapping.map(|mapping| OwnRecipe::parse(&recipe_text(&mapping, MappingName::none()))).transpose()?;
    Ok(ImportOptions { recipe, kind, line, further_lines, zone, days, by, own: own.to_vec(), extract, whole })
}

fn asked(desk: &Desk, files: Vec<FileChoice>) -> Result<Vec<ImportFile>> {
    let (own, _) = RecipeShelf::default().read();
    let file = |FileChoice { token, choice }: FileChoice| -> Result<ImportFile> {
        let path = desk.paths(&[token])?.remove(0);
        Ok(ImportFile { path, options: options(choice, &own)? })
    };
    files.into_iter().map(file).collect()
}

/// The known layouts, the person's own among them.
#[tauri::command]
#[specta::specta]
pub async fn recipes() -> Answer<Vec<RecipeInfo>> {
    jobs::blocking(|| Ok(RecipeShelf::default().list())).await
}

/// The page shows the first of many row problems and mended rows; how many there are follows from the sums.
const PROBLEMS_SHOWN: usize = 200;

fn few_problems(mut source: SourceAnswer) -> SourceAnswer {
    source.problems.truncate(PROBLEMS_SHOWN);
    source.mends.truncate(PROBLEMS_SHOWN);
    source
}

fn shortened(mut answer: ImportAnswer) -> ImportAnswer {
    answer.sources = answer.sources.into_iter().map(few_problems).collect();
    answer
}

/// Reads files as an import would and writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_import(
    app: WebviewWindow,
    files: Vec<FileChoice>,
    progress: Channel<Report>,
) -> Answer<ImportAnswer> {
    jobs::long(app, progress, move |desk, progress| {
        let files = asked(desk, files)?;
        desk.read(|case| actions::preview_files(case, &files, progress)).map(shortened)
    })
    .await
}

/// What became of the rows of a source that is in the case.
#[tauri::command]
#[specta::specta]
pub async fn source_sums(app: WebviewWindow, id: SourceId) -> Answer<SourceAnswer> {
    jobs::read(app, move |case| actions::source_sums(case, id).map(few_problems)).await
}

/// What would go with a source that is taken out of the case.
#[tauri::command]
#[specta::specta]
pub async fn preview_withdrawal(app: WebviewWindow, id: SourceId) -> Answer<WithdrawalPreview> {
    jobs::on_desk(app, move |desk| desk.with_columns(|case, columns| actions::preview_withdrawal(case, id, columns)))
        .await
}

/// Withdraws a source: its bytes stay in the case, its calls no longer count.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_source(app: WebviewWindow, id: SourceId) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::withdraw_source(case, id)).await
}

/// Imports files. `expected` holds the digests that the person saw in the preview.
#[tauri::command]
#[specta::specta]
pub async fn import(
    app: WebviewWindow,
    files: Vec<FileChoice>,
    expected: Vec<String>,
    progress: Channel<Report>,
) -> Answer<ImportAnswer> {
    jobs::long(app, progress, move |desk, progress| {
        let files = asked(desk, files)?;
        desk.with_case(|case| actions::import_files(case, &files, &expected, progress)).map(shortened)
    })
    .await
}
