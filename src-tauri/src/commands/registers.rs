//! Registers of the numbering plan: look first, then load.

use crate::failure::Answer;
use crate::jobs;
use serde::Deserialize;
use tauri::WebviewWindow;
use ulika::actions::{self, RegisterOptions, RegisterPlace, RegistersAnswer};

/// Registers on their way in, and what the person says about them.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct RegisterChoice {
    /// Stand for the paths.
    pub tokens: Vec<u32>,
    /// Where they are to lie.
    pub place: RegisterPlace,
    /// The day whose state they are, where the person says it.
    pub dated: Option<String>,
    /// Digests that the person saw in the preview; none before it.
    pub expected: Vec<String>,
}

impl RegisterChoice {
    /// What is older is taken too: the person has been told of it, and confirms.
    fn options(&self) -> RegisterOptions {
        let older = !self.expected.is_empty();
        RegisterOptions { dated: self.dated.clone(), older, expected: self.expected.clone() }
    }
}

/// The page shows the first of many rows that do not hold.
const PROBLEMS_SHOWN: usize = 200;

fn few_problems(mut answer: RegistersAnswer) -> RegistersAnswer {
    answer.registers.iter_mut().for_each(|register| register.problems.truncate(PROBLEMS_SHOWN));
    answer
}

/// Reads registers as loading would, and loads nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_registers(app: WebviewWindow, choice: RegisterChoice) -> Answer<RegistersAnswer> {
    jobs::on_desk(app, move |desk| {
        let files = desk.paths(&choice.tokens)?;
        desk.read(|case| actions::preview_registers(case, choice.place, &files, &choice.options())).map(few_problems)
    })
    .await
}

/// Loads registers: into the case, or for all cases of this computer.
#[tauri::command]
#[specta::specta]
pub async fn load_registers(app: WebviewWindow, choice: RegisterChoice) -> Answer<RegistersAnswer> {
    jobs::on_desk(app, move |desk| {
        let (files, options) = (desk.paths(&choice.tokens)?, choice.options());
        let loaded = match choice.place {
            RegisterPlace::Case => desk.with_case(|case| actions::load_case_registers(case, &files, &options)),
            RegisterPlace::User => desk.read(|case| actions::load_user_registers(&files, &options, case.clock())),
        };
        loaded.map(few_problems)
    })
    .await
}
