//! Import: look first, then write once.

use crate::failure::Answer;
use crate::jobs::{self, Report};
use serde::Deserialize;
use tauri::WebviewWindow;
use tauri::ipc::Channel;
use ulika::actions::{self, ImportAnswer, ImportOptions, SourceAnswer};
use ulika::import::RecipeInfo;
use ulika::model::{SourceId, SourceKind};

/// What the person says about the files.
#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct ImportChoice {
    /// Recipe by name; otherwise found.
    pub recipe: Option<String>,
    /// Kind of witness, where the recipe does not fix it.
    pub kind: Option<SourceKind>,
    /// Line picked, in any spelling.
    pub line: Option<String>,
    /// Zone.
    pub zone: Option<String>,
}

impl From<ImportChoice> for ImportOptions {
    fn from(choice: ImportChoice) -> Self {
        Self { recipe: choice.recipe, kind: choice.kind, line: choice.line, zone: choice.zone }
    }
}

/// The known layouts.
#[tauri::command]
#[specta::specta]
pub fn recipes() -> Vec<RecipeInfo> {
    ulika::import::recipes()
}

/// The page shows the first of many row problems; how many there are follows from the sums.
const PROBLEMS_SHOWN: usize = 200;

fn few_problems(mut source: SourceAnswer) -> SourceAnswer {
    source.problems.truncate(PROBLEMS_SHOWN);
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
    tokens: Vec<u32>,
    choice: ImportChoice,
    progress: Channel<Report>,
) -> Answer<ImportAnswer> {
    jobs::long(app, progress, move |desk, progress| {
        let files = desk.paths(&tokens)?;
        let options = choice.into();
        desk.read(|case| actions::preview_import(case, &files, &options, progress)).map(shortened)
    })
    .await
}

/// What became of the rows of a source that is in the case.
#[tauri::command]
#[specta::specta]
pub async fn source_sums(app: WebviewWindow, id: SourceId) -> Answer<SourceAnswer> {
    jobs::read(app, move |case| actions::source_sums(case, id).map(few_problems)).await
}

/// Imports files. `expected` holds the digests that the person saw in the preview.
#[tauri::command]
#[specta::specta]
pub async fn import(
    app: WebviewWindow,
    tokens: Vec<u32>,
    choice: ImportChoice,
    expected: Vec<String>,
    progress: Channel<Report>,
) -> Answer<ImportAnswer> {
    jobs::long(app, progress, move |desk, progress| {
        let files = desk.paths(&tokens)?;
        desk.with_case(|case| actions::import(case, &files, &choice.into(), &expected, progress)).map(shortened)
    })
    .await
}
