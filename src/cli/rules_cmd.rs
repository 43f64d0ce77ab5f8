//! `thidua rules`: what each rule says, why, on what basis, and an example of either kind.

use super::console::Console;
use super::exit::Exit;
use clap::Args;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use thidua::pack::{RuleBook, RuleEntry};
use thidua::report::checked;

/// What the command takes.
#[derive(Debug, Args)]
pub struct RulesArgs {
    #[arg(value_name = "CODE")]
    pub codes: Vec<String>,
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
pub fn run(args: &RulesArgs, console: &Console) -> Exit {
    let book = match RuleBook::builtin() {
        Ok(book) => book,
        Err(error) => return console.fault(&error),
    };
    let mut chosen: Vec<&RuleEntry> = Vec::new();
    for code in &args.codes {
        match book.get(code) {
            Some(rule) => chosen.push(rule),
            None => {
                console.error("check.unknown-rule", &[("code", code)]);
                return Exit::Usage;
            }
        }
    }
    let text = if args.json {
        let all: Vec<checked::RuleText> = if chosen.is_empty() {
            book.iter().map(|rule| checked::rule(rule, &console.texts)).collect()
        } else {
            chosen.iter().map(|rule| checked::rule(rule, &console.texts)).collect()
        };
        match serde_json::to_string_pretty(&all) {
            Ok(text) => text + "\n",
            Err(error) => return console.fault(&error),
        }
    } else if chosen.is_empty() {
        list(&book, console)
    } else {
        chosen.iter().map(|rule| whole(rule, console)).collect::<Vec<_>>().join("\n")
    };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            console.output_error(Path::new("stdout"), &error)
        }
        _ => Exit::Done,
    }
}

fn list(book: &RuleBook, console: &Console) -> String {
    let mut out = String::new();
    for rule in book.iter() {
        let text = checked::rule(rule, &console.texts);
        let _ = writeln!(out, "{:<6} {:<10} {}", text.code, text.severity, text.title);
    }
    out
}

fn whole(rule: &RuleEntry, console: &Console) -> String {
    let text = checked::rule(rule, &console.texts);
    let mut out = format!("{}  {}  ({})\n", text.code, text.title, text.severity);
    let parts = [
        ("check.rule.reason", &text.reason),
        ("check.rule.basis", &text.basis),
        ("check.rule.remedy", &text.remedy),
        ("check.rule.bad", &text.bad),
        ("check.rule.good", &text.good),
    ];
    for (key, value) in parts {
        let _ =
            writeln!(out, "  {:<10} {}", console.texts.get(key, &[]), value.trim().replace('\n', "\n             "));
    }
    if text.fix {
        let _ = writeln!(out, "  {}", console.texts.get("check.rule.fix", &[]));
    }
    out
}
