//! The unit profile of an office and the list of units below it, with what is wrong with them said to the user.

use super::PROFILE;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use std::io::{self, Read as _};
use std::path::Path;
use thidua::compose::units::{SubUnits, UnitsError};
use thidua::guard::Limits;
use thidua::guard::input::read_file;
use thidua::pack::Profile;

/// Longest profile in bytes; a longer one is something else.
const PROFILE_BYTES: u64 = 1 << 20;

/// The unit profile; says what is wrong with it where it is not valid.
pub fn profile(office: &Path, console: &Console) -> Option<Profile> {
    let path = office.join(PROFILE);
    let name = path.to_string_lossy();
    let mut text = String::new();
    let read = match std::fs::metadata(&path) {
        Ok(metadata) if metadata.is_file() => {
            std::fs::File::open(&path).and_then(|file| file.take(PROFILE_BYTES).read_to_string(&mut text))
        }
        Ok(_) => Err(io::ErrorKind::NotFound.into()),
        Err(error) => Err(error),
    };
    if let Err(error) = read {
        let key = if error.kind() == io::ErrorKind::NotFound { "run.no-profile" } else { "run.bad-profile" };
        console.error(key, &[("name", &name), ("reason", &error.to_string())]);
        return None;
    }
    match Profile::parse(&text) {
        Ok(profile) => Some(profile),
        Err(error) => {
            let args = error.args();
            let slots: Vec<(&str, &str)> = args.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
            let reason = console.texts.get(&format!("profile.{}", error.key()), &slots);
            console.error("run.bad-profile", &[("name", &name), ("reason", &reason)]);
            None
        }
    }
}

/// The list of units below that the profile names; `None` inside when it names none. Says what is wrong with it.
pub fn sub_units(office: &Path, profile: &Profile, console: &Console) -> Result<Option<SubUnits>, Exit> {
    let Some(file) = &profile.below.file else { return Ok(None) };
    let path = office.join(file);
    let limits = Limits::default();
    let read = read_file(&path, &limits).map_err(UnitsError::from);
    match read.and_then(|bytes| SubUnits::read(file, &bytes, profile, &limits)) {
        Ok(units) => Ok(Some(units)),
        Err(UnitsError::Input(error)) => {
            console.input_error(&path.to_string_lossy(), &error);
            Err(Exit::Usage)
        }
        Err(error) => {
            let args = error.args();
            let slots: Vec<(&str, &str)> = args.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
            let reason = console.texts.get(&format!("units.{}", error.key()), &slots);
            console.error("run.bad-profile", &[("name", &path.to_string_lossy()), ("reason", &reason)]);
            Err(Exit::Usage)
        }
    }
}
