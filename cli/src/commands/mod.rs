//! One file for each command: its arguments, and what it asks of the core.

pub mod attach;
pub mod calls;
pub mod describe;
pub mod excerpt;
pub mod export;
pub mod group;
pub mod groups;
pub mod import;
pub mod log;
pub mod new_case;
pub mod password;
pub mod recipes;
pub mod redo;
pub mod register;
pub mod undo;
pub mod verify;
pub mod withdraw;
pub mod witness;
pub mod zone;

use crate::args::Command;
use crate::exit::{Failure, Outcome};
use crate::session::Session;

/// Carries out the command.
///
/// # Errors
/// As the command.
pub fn run(command: Command, session: &Session) -> Result<Outcome, Failure> {
    match command {
        Command::New(args) => new_case::run(&args, session),
        Command::Describe(args) => describe::run(&args, session),
        Command::Import(args) => import::run(args, session),
        Command::Recipes(args) => recipes::run(&args, session),
        Command::Excerpt(args) => excerpt::run(&args, session),
        Command::Attach(args) => attach::run(args, session),
        Command::Register(args) => register::run(args, session),
        Command::Calls(args) => calls::run(args, session),
        Command::Witness(args) => witness::run(&args, session),
        Command::Withdraw(args) => withdraw::run(&args, session),
        Command::Zone(args) => zone::run(&args, session),
        Command::Groups(args) => groups::run(&args, session),
        Command::Group(args) => group::run(args, session),
        Command::Export(args) => export::run(&args, session),
        Command::Verify(args) => verify::run(&args, session),
        Command::Log(args) => log::run(&args, session),
        Command::Undo(args) => undo::run(&args, session),
        Command::Redo(args) => redo::run(&args, session),
        Command::Password(args) => password::run(&args, session),
    }
}
