//! The command line as clap sees it; what it says to people comes from the text catalogues by the ids used here.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use thidua::model::Severity;
use thidua::pack::Lang;
use thidua::report::Format;

#[derive(Debug, Parser)]
#[command(name = "thidua", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[arg(long, global = true, value_enum, default_value = "vi")]
    pub lang: LangArg,
    #[arg(short, long, global = true)]
    pub quiet: bool,
    #[arg(long, global = true)]
    pub ocr: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Extract(Box<ExtractArgs>),
    Run(super::office::OfficeArgs),
    Worker(super::worker::WorkerArgs),
    Init(InitArgs),
    Check(Box<super::check::CheckArgs>),
    Lint(Box<super::lint::LintArgs>),
    Form(super::form_cmd::FormArgs),
    Rules(super::rules_cmd::RulesArgs),
    Render(Box<super::render::RenderArgs>),
    Template(super::template_cmd::TemplateArgs),
    Draft(super::draft::DraftArgs),
    Award(Box<super::award::AwardArgs>),
    Register(super::register::RegisterArgs),
    Compare(super::compare::CompareArgs),
    Collect(Box<super::collect::CollectArgs>),
}

#[derive(Debug, Args)]
pub struct ExtractArgs {
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    #[arg(short, long, value_enum, default_value = "table")]
    pub format: FormatArg,
    #[arg(short, long, value_name = "FILE|DIR")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    pub stdin_name: String,
    #[arg(long)]
    pub explain: bool,
    #[arg(long, value_enum, default_value = "never")]
    pub fail_on: FailOn,
    #[command(flatten)]
    pub run: RunOptions,
}

#[derive(Debug, Args)]
pub struct InitArgs {
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

#[derive(Debug, Args)]
pub struct RunOptions {
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<jiff::civil::Date>,
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
}

impl RunOptions {
    /// Threads to use: as asked, else one per core.
    pub fn threads(&self) -> usize {
        self.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, std::num::NonZeroUsize::get)
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LangArg {
    Vi,
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Vi => Self::Vi,
            LangArg::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FormatArg {
    Table,
    Json,
    Jsonl,
    Html,
    Text,
    Ics,
    Xlsx,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Table => Self::Table,
            FormatArg::Json => Self::Json,
            FormatArg::Jsonl => Self::Jsonl,
            FormatArg::Html => Self::Html,
            FormatArg::Text => Self::Text,
            FormatArg::Ics => Self::Ics,
            FormatArg::Xlsx => Self::Xlsx,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FailOn {
    Never,
    Info,
    Warning,
    Error,
}

impl FailOn {
    /// The least severity that counts; `None` when none does.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Never => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A date as `2026-11-22` or `22/11/2026`.
pub(super) fn date(value: &str) -> Result<jiff::civil::Date, String> {
    let parts: Vec<&str> = value.split('/').collect();
    if let [day, month, year] = parts.as_slice() {
        let number = |part: &str| part.parse::<i16>().map_err(|error| error.to_string());
        let small = |part: &str| part.parse::<i8>().map_err(|error| error.to_string());
        return jiff::civil::Date::new(number(year)?, small(month)?, small(day)?).map_err(|error| error.to_string());
    }
    value.parse().map_err(|error: jiff::Error| error.to_string())
}

/// How far a print is moved, in millimetres to the right and down: `1.5,-2`.
pub fn offset(text: &str) -> Result<(f64, f64), String> {
    let parse = |part: &str| part.trim().replace(',', ".").parse::<f64>().ok().filter(|mm| mm.abs() <= 100.0);
    let parts = text.split_once(',').and_then(|(right, down)| Some((parse(right)?, parse(down)?)));
    parts.ok_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn dates_are_read_in_both_spellings() {
        let day = jiff::civil::date(2026, 11, 2);
        assert_eq!(date("2026-11-02"), Ok(day));
        assert_eq!(date("2/11/2026"), Ok(day));
        assert!(date("31/02/2026").is_err());
        assert!(date("hôm nay").is_err());
    }
}
