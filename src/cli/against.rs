//! What a batch of reports is compared with: a list, a directive's deadline, the files beside them.

use super::check::CheckArgs;
use super::console::Console;
use super::exit::Exit;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use thidua::check::Checker;
use thidua::check::batch::{Against, Listed};
use thidua::guard::Limits;
use thidua::language::fold::fold;
use thidua::model::{DeadlineKind, Field, When};
use thidua::pack::{AwardRules, ListWords};
use thidua::read::roster::{self, ColumnMap, Knowledge};
use thidua::{Engine, Options, batch};

/// What the batch is compared with: the list, the directive's last day, the files beside the reports.
pub fn against(args: &CheckArgs, engine: &Engine, checker: &Checker, console: &Console) -> Result<Against, Exit> {
    let mut against = Against::default();
    if let Some(path) = &args.list {
        let bytes = super::file::read(path, console)?;
        against.list = match document(path, &bytes, engine, checker) {
            Some(rows) => rows,
            None => listed(path, &bytes, checker, console)?,
        };
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

/// Rows of a proposal (tờ trình) or a list that is a document; nothing when it is a plain table.
fn document(path: &Path, bytes: &[u8], engine: &Engine, checker: &Checker) -> Option<Vec<Listed>> {
    let name = path.to_string_lossy();
    let proposal = engine.proposal(checker, engine.read(&name, bytes).ok()?)?;
    let rows = Listed::of(&proposal, &name);
    (!rows.is_empty()).then_some(rows)
}

/// Rows of a list of awardees.
fn listed(path: &Path, bytes: &[u8], checker: &Checker, console: &Console) -> Result<Vec<Listed>, Exit> {
    let name = path.to_string_lossy().into_owned();
    let (words, rules) = match (ListWords::builtin(), AwardRules::builtin()) {
        (Ok(words), Ok(rules)) => (words, rules),
        (Err(error), _) | (_, Err(error)) => return Err(console.fault(&error)),
    };
    let tables = roster::tables(&name, bytes, &Limits::default()).map_err(|error| {
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
            award_id: text(awardee, Field::Award)
                .and_then(|award| checker.awards().first(&fold(&award)).map(|award| award.id.clone())),
            path: name.clone(),
            place: awardee.place().map(|place| place.cell.clone()).unwrap_or_default(),
            span: None,
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
    let bytes = super::file::read(path, console)?;
    let document = super::file::document(path, &bytes, engine, console)?;
    let name = path.to_string_lossy().into_owned();
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
