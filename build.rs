//! Names the program by its own sources and data, so that an office is read anew when either has changed; and lays out
//! the sentences that people see, so that no start of the program has to read the catalogues.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    for lang in ["vi", "en"] {
        lay_out(lang)?;
    }
    let mut files = Vec::new();
    for folder in ["src", "templates"] {
        println!("cargo:rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files);
    }
    files.sort();
    // FNV-1a: a name, not a seal.
    let mut name: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in files.iter().filter_map(|file| std::fs::read(file).ok()).flatten() {
        name = (name ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    println!("cargo:rustc-env=THIDUA_BUILD={name:016x}");
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// Writes the catalogues of a language (`templates/base/text/`) as one sorted table of keys and sentences.
#[allow(clippy::disallowed_methods, reason = "what is built goes to a folder of the build")]
fn lay_out(lang: &str) -> Outcome {
    let mut files = Vec::new();
    collect(&Path::new("templates/base/text").join(lang), &mut files);
    files.sort();
    let mut sentences = BTreeMap::new();
    for file in &files {
        let wrong = |reason: &dyn std::fmt::Display| format!("{}: {reason}", file.display());
        let text = std::fs::read_to_string(file).map_err(|error| wrong(&error))?;
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| wrong(&error))?;
        flatten("", &table, &mut sentences).map_err(|reason| wrong(&reason))?;
    }
    let entries: String = sentences.iter().map(|(key, sentence)| format!("    ({key:?}, {sentence:?}),\n")).collect();
    let folder = std::env::var_os("OUT_DIR").ok_or("no folder for what is built")?;
    std::fs::write(Path::new(&folder).join(format!("texts_{lang}.rs")), format!("&[\n{entries}]\n"))?;
    Ok(())
}

fn flatten(prefix: &str, table: &toml::Table, out: &mut BTreeMap<String, String>) -> Result<(), String> {
    for (key, value) in table {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&path, inner, out)?,
            toml::Value::String(sentence) => {
                if out.insert(path.clone(), sentence.clone()).is_some() {
                    return Err(format!("{path} stands in another catalogue too"));
                }
            }
            other => return Err(format!("{path} is a {}, not a text", other.type_str())),
        }
    }
    Ok(())
}
