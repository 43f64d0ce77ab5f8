//! `thidua run --dry-run`: which way each file would go, and why; nothing is written.

use super::OfficeArgs;
use super::pass::{Pass, Places};
use super::say::Say;
use crate::cli::exit::Exit;
use std::ops::ControlFlow;
use thidua::Engine;
use thidua::batch::{self, Item, office::Journal};

/// Prints the plan.
pub fn show(args: &OfficeArgs, engine: &Engine, places: &Places, say: &Say) -> Exit {
    let profile = match super::profile(&args.office, say.console) {
        Some(profile) => profile,
        None => return Exit::Usage,
    };
    let items = match super::incoming_items(places) {
        Ok(items) if !items.is_empty() => items,
        _ => {
            say.console.error("run.nothing", &[("name", &places.incoming.to_string_lossy())]);
            return Exit::Nothing;
        }
    };
    let pass = match Pass::new(args, engine, &profile, places, say) {
        Ok(pass) => pass,
        Err(error) => return say.console.fault(&error),
    };
    // A journal that is not there yet is an empty one; looking at a plan does not begin it.
    let known = if places.journal.exists() {
        Journal::open(&places.journal, "").map(|journal| journal.known()).unwrap_or_default()
    } else {
        std::sync::Arc::default()
    };
    let names = batch::output_names(items.iter().map(|item| item.name.as_str()));
    let named: Vec<(&Item, String)> = items.iter().zip(names).collect();
    let mut exit = Exit::Done;
    let work = |(item, _): &(&Item, String)| batch::guarded(|| pass.sort(item));
    let walked = batch::in_order(&named, pass.jobs(), work, |(item, name), result| {
        match result {
            Ok((sorted, sha256)) => {
                let stands = pass.stands(known.entry(&item.name).as_ref(), &sha256, name);
                say.planned(&item.name, &sorted, stands);
            }
            Err(error) => {
                exit = exit.and(Exit::Partial);
                say.console.input_error(&item.name, &error);
            }
        }
        ControlFlow::Continue(())
    });
    match walked {
        Ok(_) => exit,
        Err(error) => say.console.fault(&error),
    }
}
