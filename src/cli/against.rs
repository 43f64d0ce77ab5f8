//! What a batch of reports is compared with: a list, a directive's deadline, the files beside them.

use super::check::CheckArgs;
use super::console::Console;
use super::exit::Exit;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use thidua::check::batch::{Against, Listed};
use thidua::guard::Limits;
use thidua::model::{DeadlineKind, Field, When};
use thidua::pack::{AwardRules, ListWords};
use thidua::read::roster::{self, ColumnMap, Knowledge};
use thidua::{Engine, Options, batch};

/// What the batch is compared with: the list, the directive's last day, the files beside the reports.
pub fn against(args: &CheckArgs, engine: &Engine, console: &Console) -> Result<Against, Exit> {
    let mut against = Against::default();
    if let Some(path) = &args.list {
        against.list = listed(path, console)?;
    }
    if let Some(path) = &args.directive {
        against.deadline = deadline(path, args, engine, console)?;
    }
    if let Ok(list) = batch::worklist(&args.paths, &args.common.stdin_name) {
        let folders: BTreeSet<PathBuf> =
            list.items.iter().filter_map(|item| Path::new(&item.name).parent().map(Path::to_path_buf)).collect();
        for folder in folders {
            let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
            let Ok(entries) = std::fs::read_dir(folder) else { continue };
            let names = entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().to_lowercase());
            against.files.extend(names);
        }
    }
    Ok(against)
}

/// Rows of a list of awardees.
fn listed(path: &Path, console: &Console) -> Result<Vec<Listed>, Exit> {
    let bytes = super::template_cmd::read(path, console)?;
    let name = path.to_string_lossy().into_owned();
    let (words, rules) = match (ListWords::builtin(), AwardRules::builtin()) {
        (Ok(words), Ok(rules)) => (words, rules),
        (Err(error), _) | (_, Err(error)) => return Err(console.fault(&error)),
    };
    let tables = roster::tables(&name, &bytes, &Limits::default()).map_err(|error| {
        console.input_error(&name, &error);
        Exit::Usage
    })?;
    let knowledge = Knowledge { words: &words, rules: &rules };
    let roster = roster::roster(&name, &tables, &ColumnMap::default(), knowledge);
    let text = |awardee: &thidua::model::Awardee, field| awardee.text(field).map(str::to_owned);
    let rows = roster.awardees.iter().filter(|awardee| !awardee.name().is_empty());
    Ok(rows
        .map(|awardee| Listed {
            name: awardee.name().to_owned(),
            birth: text(awardee, Field::Birth),
            award: text(awardee, Field::Award),
            path: name.clone(),
            place: awardee.place().map(|place| place.cell.clone()).unwrap_or_default(),
        })
        .collect())
}

/// The last day by which a directive wants reports, with its words.
fn deadline(
    path: &Path,
    args: &CheckArgs,
    engine: &Engine,
    console: &Console,
) -> Result<Option<(jiff::civil::Date, String, String)>, Exit> {
    let bytes = super::template_cmd::read(path, console)?;
    let name = path.to_string_lossy().into_owned();
    let document = engine.read(&name, &bytes).map_err(|error| {
        console.input_error(&name, &error);
        Exit::Usage
    })?;
    let reading = engine.extract(document, &Options { as_of: args.common.run.as_of });
    let last = reading
        .extraction
        .deadlines
        .iter()
        .filter(|deadline| matches!(deadline.kind, DeadlineKind::Report | DeadlineKind::Submission));
    let dated = last.filter_map(|deadline| match &deadline.when {
        When::By { date, inclusive } => {
            let date: jiff::civil::Date = date.parse().ok()?;
            let date = if *inclusive { Some(date) } else { date.yesterday().ok() };
            Some((date?, deadline.text.clone(), name.clone()))
        }
        When::On { date } => Some((date.parse().ok()?, deadline.text.clone(), name.clone())),
        _ => None,
    });
    let found = dated.max_by_key(|(date, ..)| *date);
    if found.is_none() {
        console.note("check.no-deadline", &[("name", &name)]);
    }
    Ok(found)
}
