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
use thidua::pack::Texts;

/// Parses the command line and runs it.
pub fn main() -> std::process::ExitCode {
    let args: Vec<std::ffi::OsString> = std::env::args_os().collect();
    match thidua::read::foreign::serve(&args) {
        Some(code) => code.into(),
        None => run(args).into(),
    }
}

fn run(args: Vec<std::ffi::OsString>) -> Exit {
    let cli = match help::parse(args) {
        Ok(cli) => cli,
        Err(exit) => return exit,
    };
    let (engine, texts) = match (Engine::new(), Texts::builtin(cli.lang.into())) {
        (Ok(engine), Ok(texts)) => (engine, texts),
        (Err(error), _) | (_, Err(error)) => {
            eprintln!("{error}");
            return Exit::Fault;
        }
    };
    interrupt::listen();
    let console = Console { texts, lang: cli.lang.into(), quiet: cli.quiet };
    let Some(outside) = outside::programs(cli.ocr, &console) else { return Exit::Usage };
    let engine = engine.with_outside(outside);
    dispatch(cli.command, &engine, &console)
}

/// Runs a command.
fn dispatch(command: Command, engine: &Engine, console: &Console) -> Exit {
    match command {
        Command::Extract(args) => documents::run(&args, engine, console),
        Command::Run(args) => office::run(&args, engine, console),
        Command::Worker(args) => worker::run(&args, engine, console),
        Command::Init(args) => init::run(&args, console),
        Command::Form(args) => form_cmd::run(&args, engine, console),
        Command::Lint(args) => lint::run(&args, engine, console),
        Command::Rules(args) => rules_cmd::run(&args, console),
        Command::Check(args) => check::run(&args, engine, console),
        Command::Render(args) => render::run(&args, console),
        Command::Award(args) => award::run(&args, engine, console),
        Command::Register(args) => register::run(&args, engine, console),
        Command::Compare(args) => compare::run(&args, engine, console),
        Command::Draft(args) => draft::run(&args, engine, console),
        Command::Template(args) => template_cmd::run(&args, console),
        Command::Collect(args) => collect::run(&args, engine, console),
    }
}
