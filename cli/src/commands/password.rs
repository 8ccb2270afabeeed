//! `password`: set, change or remove the password of a case. Passwords come from files, never from arguments.

use crate::exit::{Failure, Outcome};
use crate::session::{Session, read_password};
use clap::Subcommand;
use std::path::{Path, PathBuf};
use ulika::Access;
use ulika::actions::{self, PasswordChange};
use ulika::model::Secret;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// What to do.
    #[command(subcommand)]
    verb: Verb,
}

/// What to do with the password.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Give a plain case the password of --password-file
    Set,
    /// Replace the password of --password-file by that of --new-password-file
    Change {
        /// File that holds the new password
        #[arg(long, value_name = "F")]
        new_password_file: PathBuf,
    },
    /// Make the case plain again
    Remove,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::change_password`]; wrong usage where the new password is missing or empty.
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let change = match &args.verb {
        Verb::Set => match &session.password {
            Some(password) => PasswordChange::Set(password.clone()),
            None if session.password_given => return Err(Failure::usage(session.words().password_empty())),
            None => return Err(Failure::usage(session.words().missing_argument("--password-file <F>"))),
        },
        Verb::Change { new_password_file } => {
            let to = read_password(new_password_file, session.language)?;
            if to.is_empty() {
                return Err(Failure::usage(session.words().password_empty()));
            }
            PasswordChange::Change { from: present(&args.case, session)?, to }
        }
        Verb::Remove => PasswordChange::Remove(present(&args.case, session)?),
    };
    let edited = actions::change_password(&args.case, &change, session.clock)?;
    session.answer(&edited, |words| words.password_changed(&change).to_owned())?;
    Ok(Outcome::Done)
}

/// The password that opens the case now. Without one given, opening says what is wrong: a case that has a password
/// refuses, and a plain case is left for the action to refuse.
fn present(case: &Path, session: &Session) -> Result<Secret, Failure> {
    match &session.password {
        Some(password) => Ok(password.clone()),
        None => session.open(case, Access::Read).map(|_| Secret::default()),
    }
}
