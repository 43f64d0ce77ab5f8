//! The command line; sees only the public API of the crate.

mod against;
mod args;
mod award;
mod award_papers;
mod award_reports;
mod check;
mod check_output;
mod collect;
mod compare;
mod console;
mod documents;
mod draft;
mod exit;
mod file;
mod form_cmd;
mod help;
mod init;
mod interrupt;
mod lint;
mod office;
mod output;
mod outside;
mod register;
mod render;
mod rules_cmd;
mod template_cmd;
mod walk;
mod worker;

use args::{Cli, Command};
use console::Console;
pub use exit::Exit;
use thidua::Engine;

/// Parses the command line and runs it.
pub fn main() -> std::process::ExitCode {
    let args: Vec<std::ffi::OsString> = std::env::args_os().collect();
    match thidua::read::foreign::serve(&args) {
        Some(code) => code.into(),
        None => run(args).into(),
    }
}

fn run(args: Vec<std::ffi::OsString>) -> Exit {
    let (cli, texts) = match help::parse(args) {
        Ok(parsed) => parsed,
        Err(exit) => return exit,
    };
    interrupt::listen();
    let console = Console { texts, lang: cli.lang.into(), quiet: cli.quiet };
    let Some(outside) = outside::programs(cli.ocr, &console) else { return Exit::Usage };
    let with = |run: &dyn Fn(&Engine) -> Exit| match Engine::new() {
        Ok(engine) => run(&engine.with_outside(outside.clone())),
        Err(error) => console.fault(&error),
    };
    dispatch(cli.command, &with, &console)
}

/// Runs what needs an engine with one.
type WithEngine<'e> = dyn Fn(&dyn Fn(&Engine) -> Exit) -> Exit + 'e;

/// Runs a command. Those that read documents take the knowledge for it `with` an engine; the others do not wait for one.
fn dispatch(command: Command, with: &WithEngine<'_>, console: &Console) -> Exit {
    match command {
        Command::Extract(args) => with(&|engine| documents::run(&args, engine, console)),
        Command::Run(args) => with(&|engine| office::run(&args, engine, console)),
        Command::Worker(args) => with(&|engine| worker::run(&args, engine, console)),
        Command::Init(args) => init::run(&args, console),
        Command::Form(args) => with(&|engine| form_cmd::run(&args, engine, console)),
        Command::Lint(args) => with(&|engine| lint::run(&args, engine, console)),
        Command::Rules(args) => rules_cmd::run(&args, console),
        Command::Check(args) => with(&|engine| check::run(&args, engine, console)),
        Command::Render(args) => render::run(&args, console),
        Command::Award(args) => with(&|engine| award::run(&args, engine, console)),
        Command::Register(args) => with(&|engine| register::run(&args, engine, console)),
        Command::Compare(args) => with(&|engine| compare::run(&args, engine, console)),
        Command::Draft(args) => with(&|engine| draft::run(&args, engine, console)),
        Command::Template(args) => template_cmd::run(&args, console),
        Command::Collect(args) => with(&|engine| collect::run(&args, engine, console)),
    }
}
