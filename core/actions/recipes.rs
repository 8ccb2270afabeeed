//! Recipes of the person's own: a folder beside the state files, one text each, named by the person.

use super::leaving_file::save_text;
use crate::case::{Case, state};
use crate::error::{Code, Error, Result};
use crate::import::{Mapping, MappingName, OwnRecipe, RecipeInfo, UNNAMED, recipe_text, recipes};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes of a file that are read: a longer one is no recipe.
const MAX_FILE: u64 = 128 * 1024;
/// Files of the folder that are read.
const MAX_FILES: usize = 500;

/// A file of the folder that is no recipe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BrokenRecipe {
    /// File name.
    pub file: String,
    /// What is wrong with it, in Russian.
    pub ru: String,
    /// The same in English.
    pub en: String,
}

/// The folder of a person's own recipes.
#[derive(Clone, Debug)]
pub struct RecipeShelf {
    folder: PathBuf,
}

impl Default for RecipeShelf {
    fn default() -> Self {
        Self::at(state::folder().join("recipes"))
    }
}

impl RecipeShelf {
    /// The shelf in a folder, which need not exist.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The recipes that hold, by name, and the files that do not: those are said and passed over.
    #[must_use]
    pub fn read(&self) -> (Vec<OwnRecipe>, Vec<BrokenRecipe>) {
        let (mut own, mut broken): (Vec<OwnRecipe>, Vec<BrokenRecipe>) = (Vec::new(), Vec::new());
        for (path, held) in self.held() {
            let file = file_name(&path);
            match held {
                Ok(recipe) => own.push(recipe),
                Err(error) => broken.push(BrokenRecipe { file, ru: error.message("ru"), en: error.message("en") }),
            }
        }
        own.sort_by(|a, b| a.name().cmp(b.name()));
        (own, broken)
    }

    /// Every file of the folder with the recipe in it: a copy that a person made may be called anything. Of two recipes
    /// of one name the first holds.
    fn held(&self) -> Vec<(PathBuf, Result<OwnRecipe>)> {
        let mut names: FxHashSet<String> = FxHashSet::default();
        let mut read = |path: PathBuf| {
            let held = recipe_of_file(&path).and_then(|recipe| match names.insert(recipe.name().to_owned()) {
                true => Ok(recipe),
                false => Err(unfit("так называется и другой формат", "another layout has the same name")),
            });
            (path, held)
        };
        self.files().into_iter().map(&mut read).collect()
    }

    /// Every layout that is known: those of the program, then the person's own.
    #[must_use]
    pub fn list(&self) -> Vec<RecipeInfo> {
        recipes().into_iter().chain(self.read().0.iter().map(OwnRecipe::info)).collect()
    }

    /// Saves a mapping under a name; one of the same name is replaced.
    ///
    /// # Errors
    /// [`Code::RecipeBroken`] where the name or the mapping will not do; [`Code::WriteFailed`].
    pub fn save(&self, name: &str, mapping: &Mapping) -> Result<OwnRecipe> {
        let name = name.trim();
        if name == UNNAMED {
            return Err(unfit("это название занято программой", "the program itself uses this name"));
        }
        let recipe = OwnRecipe::parse(&recipe_text(mapping, MappingName::of(name)))?;
        let file = match self.find(name) {
            Ok((file, _)) => file,
            Err(_) => self.place(name, None)?,
        };
        self.put(&recipe, &file)?;
        Ok(recipe)
    }

    fn put(&self, recipe: &OwnRecipe, file: &Path) -> Result<()> {
        let failed = |cause: std::io::Error| Error::new(Code::WriteFailed).with("file", recipe.name()).because(cause);
        fs::create_dir_all(&self.folder).map_err(failed)?;
        let beside = tempfile::NamedTempFile::new_in(&self.folder).map_err(failed)?;
        fs::write(beside.path(), recipe.text()).map_err(failed)?;
        beside.persist(file).map_err(|e| failed(e.error))?;
        Ok(())
    }

    /// Gives a recipe another name.
    ///
    /// # Errors
    /// [`Code::NotFound`]; [`Code::RecipeBroken`] where the name will not do or is taken; [`Code::WriteFailed`].
    pub fn rename(&self, name: &str, to: &str) -> Result<OwnRecipe> {
        let to = to.trim();
        let (before, known) = self.find(name)?;
        if known.name() == to {
            return Ok(known);
        }
        let renamed = known.renamed(to)?;
        let file = self.place(to, Some(&before))?;
        self.put(&renamed, &file)?;
        // Where letters of either case are one, the new file may be the old one.
        if !is_one(&before, &file) {
            remove(&before, name)?;
        }
        Ok(renamed)
    }

    /// Takes a recipe in from a file. One of the same name stays: the person renames either.
    ///
    /// # Errors
    /// As [`recipe_of_file`]; [`Code::RecipeBroken`] where the name is taken by another; [`Code::WriteFailed`].
    pub fn take_in(&self, path: &Path) -> Result<OwnRecipe> {
        let taken = recipe_of_file(path)?;
        let named = |error: Error| error.with("file", file_name(path)).with("recipe", file_name(path));
        // The very same text is there already: nothing is to be done.
        if self.read().0.contains(&taken) {
            return Ok(taken);
        }
        let file = self.place(taken.name(), None).map_err(named)?;
        self.put(&taken, &file)?;
        Ok(taken)
    }

    /// Saves the text of a recipe as a file of its own, for somebody else.
    ///
    /// # Errors
    /// [`Code::NotFound`]; [`Code::TargetUnwritable`], also where the place is the open case itself; [`Code::DiskFull`].
    pub fn give_out(&self, case: Option<&Case>, name: &str, out: &Path) -> Result<()> {
        save_text(case, out, self.find(name)?.1.text())
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.retain(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "toml"));
        paths.sort();
        paths.truncate(MAX_FILES);
        paths
    }

    fn find(&self, name: &str) -> Result<(PathBuf, OwnRecipe)> {
        let absent = || Error::new(Code::NotFound).with("what", "recipe").with("id", name);
        let mut held = self.held().into_iter().filter_map(|(path, held)| Some((path, held.ok()?)));
        held.find(|(_, recipe)| recipe.name() == name).ok_or_else(absent)
    }

    /// The file for a recipe whose name is new here. No other file is written over, whatever it holds; `before` is the
    /// one that the recipe had.
    fn place(&self, name: &str, before: Option<&Path>) -> Result<PathBuf> {
        let file = self.folder.join(format!("{name}.toml"));
        let of_another = file.symlink_metadata().is_ok() && !before.is_some_and(|before| is_one(before, &file));
        if name == UNNAMED || of_another || self.find(name).is_ok() {
            return Err(unfit(
                "такое название уже есть; переименуйте один из форматов",
                "the name is taken; rename one of the layouts",
            ));
        }
        Ok(file)
    }

    /// Forgets a recipe. Cases that were read by it hold its text themselves.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::WriteFailed`].
    pub fn forget(&self, name: &str) -> Result<()> {
        remove(&self.find(name)?.0, name)
    }
}

/// The recipe in a file.
///
/// # Errors
/// [`Code::FileAbsent`], [`Code::FileUnreadable`], [`Code::RecipeBroken`].
pub fn recipe_of_file(path: &Path) -> Result<OwnRecipe> {
    let named = |error: Error| error.with("file", file_name(path)).with("recipe", file_name(path));
    let unreadable = |cause: std::io::Error| match cause.kind() {
        std::io::ErrorKind::NotFound => named(Error::new(Code::FileAbsent).because(cause)),
        _ => named(Error::new(Code::FileUnreadable).because(cause)),
    };
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(MAX_FILE).read_to_end(&mut bytes)).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| named(unfit("это не текст в UTF-8", "it is no text in UTF-8")))?;
    OwnRecipe::parse(text.trim_start_matches('\u{FEFF}')).map_err(named)
}

fn unfit(reason: &str, reason_en: &str) -> Error {
    Error::new(Code::RecipeBroken).with("reason", reason).with("reason_en", reason_en)
}

fn remove(file: &Path, name: &str) -> Result<()> {
    fs::remove_file(file).map_err(|cause| Error::new(Code::WriteFailed).with("file", name).because(cause))
}

/// Whether two paths lead to one file.
fn is_one(a: &Path, b: &Path) -> bool {
    a.canonicalize().ok().zip(b.canonicalize().ok()).is_some_and(|(a, b)| a == b)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
