//! Parsing with help and errors in the user's language: clap does the work, the text catalogues have the words.

use super::args::Cli;
use super::exit::Exit;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory as _, FromArgMatches as _};
use std::ffi::OsString;
use thidua::pack::{Lang, Texts};

/// Parses the command line; gives the words of the language that it asks for, too. Where parsing ends the run (help,
/// version, wrong usage), everything has been said.
pub fn parse(args: Vec<OsString>) -> Result<(Cli, Texts), Exit> {
    let texts = Texts::builtin(language(&args));
    let command = translated(Cli::command(), "help", &texts);
    match command.try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => Ok((cli, texts)),
        Err(error) if error.use_stderr() => {
            eprintln!("{}\n{}", sentence(&error, &texts), texts.get("cli.see-help", &[]));
            Err(Exit::Usage)
        }
        Err(error) => {
            // Help and version go to standard output; nothing can be done about a closed one.
            let _ = error.print();
            Err(Exit::Done)
        }
    }
}

/// The language has to be known before parsing, for help and errors.
fn language(args: &[OsString]) -> Lang {
    let english = |pair: &[OsString]| matches!(pair, [option, value] if option == "--lang" && value == "en");
    if args.windows(2).any(english) || args.iter().any(|arg| arg == "--lang=en") { Lang::En } else { Lang::Vi }
}

/// Puts the words of the catalogue on a command, its arguments and its subcommands.
fn translated(command: Command, path: &str, texts: &Texts) -> Command {
    let text = |key: &str| texts.get(key, &[]);
    let template = format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}{{after-help}}\n", text("cli.usage"));
    let mut command = command
        .about(text(&format!("{path}.about")))
        .help_template(template)
        .subcommand_help_heading(text("cli.commands"))
        .disable_help_flag(true)
        .arg(clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help).help(text("help.help")));
    if path == "help" {
        command = command.disable_version_flag(true).arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help(text("help.version")),
        );
    }
    let after = text(&format!("{path}.after"));
    if !after.ends_with(".after") {
        command = command.after_help(after);
    }
    let command = command.mut_args(|arg| {
        let id = arg.get_id().to_string();
        let heading = if arg.is_positional() { "cli.arguments" } else { "cli.options" };
        let own = text(&format!("{path}.{id}"));
        let shared = text(&format!("help.{id}"));
        let help: StyledStr = if own.starts_with("help.") { shared } else { own }.into();
        let takes_value = arg.get_action().takes_values();
        let arg = arg.help(help).help_heading(text(heading));
        if takes_value { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
    });
    command.mut_subcommands(|sub| {
        let path = format!("{path}.{}", sub.get_name());
        translated(sub, &path, texts)
    })
}

/// What is wrong with the command line.
fn sentence(error: &clap::Error, texts: &Texts) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(value)) => value.clone(),
        Some(ContextValue::Strings(values)) => values.join(", "),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let valid = context(ContextKind::ValidValue);
    let subcommand = context(ContextKind::InvalidSubcommand);
    let slots = [
        ("argument", argument.as_str()),
        ("value", value.as_str()),
        ("valid", valid.as_str()),
        ("command", subcommand.as_str()),
    ];
    let key = match error.kind() {
        ErrorKind::UnknownArgument => "cli.unknown-argument",
        ErrorKind::InvalidValue if value.is_empty() => "cli.no-value",
        ErrorKind::InvalidValue => "cli.invalid-value",
        ErrorKind::ValueValidation => "cli.bad-value",
        ErrorKind::InvalidSubcommand => "cli.unknown-command",
        ErrorKind::MissingRequiredArgument => "cli.missing-argument",
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => "cli.missing-command",
        ErrorKind::ArgumentConflict => "cli.repeated",
        _ => return error.to_string(),
    };
    texts.get(key, &slots)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command, argument and option has words in both languages.
    #[test]
    fn nothing_is_left_without_help() {
        fn check(command: &Command, lang: Lang) {
            let words = |text: Option<&StyledStr>| text.map(ToString::to_string).unwrap_or_default();
            let about = words(command.get_about());
            assert!(!about.is_empty() && !about.starts_with("help."), "{lang:?} {}", command.get_name());
            for arg in command.get_arguments() {
                let help = words(arg.get_help());
                assert!(
                    !help.is_empty() && !help.starts_with("help."),
                    "{lang:?} {} {}",
                    command.get_name(),
                    arg.get_id()
                );
            }
            for sub in command.get_subcommands() {
                check(sub, lang);
            }
        }
        for lang in [Lang::Vi, Lang::En] {
            let texts = Texts::builtin(lang);
            let mut command = translated(Cli::command(), "help", &texts);
            command.build();
            check(&command, lang);
        }
    }
}
