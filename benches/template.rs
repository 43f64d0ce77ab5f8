//! Bulk filling of one template, in documents a second, beside the floor below which no engine of this kind can get:
//! reading the data, evaluating the parts, deflating what has changed at the same level, copying the rest.
//!
//! `cargo bench --bench template -- TEMPLATE.docx DATA.jsonl [LEVEL]`; `benches/peers/` makes both files.

#![allow(clippy::unwrap_used, reason = "a measurement stops where it cannot go on")]

use rayon::prelude::*;
use std::io::Write;
use std::time::Instant;
use thidua::guard::{Limits, package::Package};
use thidua::template::{CompileOptions, DEFAULT_LEVEL, Data, RenderOptions, Template};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let [template, data, ..] = args.as_slice() else {
        eprintln!("usage: template TEMPLATE.docx DATA.jsonl [LEVEL]");
        return;
    };
    let level = args.get(2).and_then(|level| level.parse().ok()).unwrap_or(DEFAULT_LEVEL);
    let bytes = std::fs::read(template).unwrap();
    let lines = std::fs::read_to_string(data).unwrap();
    let records: Vec<&str> = lines.lines().collect();
    let options = RenderOptions { level, ..RenderOptions::default() };
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();

    let start = Instant::now();
    let template = Template::compile(&bytes, &CompileOptions::default()).unwrap();
    println!("compile: {:.2} ms", start.elapsed().as_secs_f64() * 1e3);

    let fill = |record: &str, index: usize| {
        let data = Data::from_json(record.as_bytes()).unwrap();
        let done = template.render(&data, &options).unwrap();
        let path = folder.path().join(format!("{index}.docx"));
        #[expect(clippy::disallowed_methods, reason = "a measurement writes to a scratch folder")]
        let mut file = std::fs::File::create(path).unwrap();
        file.write_all(&done.bytes).unwrap();
        done.bytes.len()
    };
    let floor = Floor::new(&bytes);
    records.iter().take(20).enumerate().for_each(|(index, record)| {
        fill(record, index);
    });
    let mut size = 0;
    let one = best(|| size = records.iter().enumerate().map(|(index, record)| fill(record, index)).sum());
    let count = records.len() as f64;
    println!("one thread: {:.0} documents a second, {} bytes each (level {level})", count / one, size / records.len());
    let all = best(|| {
        records.par_iter().enumerate().for_each(|(index, record)| {
            fill(record, index);
        });
    });
    let base = best(|| floor.run(&records, level, folder.path()));
    println!("floor: {:.0} documents a second; {:.2} times the time of the floor", count / base, one / base);
    println!(
        "{} threads: {:.0} documents a second, {:.2} times one",
        rayon::current_num_threads(),
        count / all,
        one / all
    );
}

/// The shortest of three runs, in seconds.
fn best(mut run: impl FnMut()) -> f64 {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}

/// Evaluating, deflating what has changed, copying the rest, and nothing else.
struct Floor {
    tera: tera::Tera,
    parts: Vec<(String, Vec<u8>)>,
}

impl Floor {
    fn new(bytes: &[u8]) -> Self {
        let package = Package::open(bytes, &Limits::default()).unwrap();
        let mut tera = tera::Tera::default();
        tera.autoescape_on([".xml"]);
        let mut parts = Vec::new();
        for raw in package.raw() {
            if matches!(raw.name, "word/document.xml" | "word/footer1.xml") {
                let text = String::from_utf8(package.read(raw.name).unwrap()).unwrap();
                tera.add_raw_template(raw.name, &plain_template(&text)).unwrap();
            }
            parts.push((raw.name.to_owned(), raw.data.to_vec()));
        }
        Self { tera, parts }
    }

    fn run(&self, records: &[&str], level: u32, folder: &std::path::Path) {
        for (index, record) in records.iter().enumerate() {
            let value: serde_json::Value = serde_json::from_str(record).unwrap();
            let context = tera::Context::from_serialize(&value).unwrap();
            let mut out = Vec::new();
            for (name, raw) in &self.parts {
                out.extend_from_slice(name.as_bytes());
                if matches!(name.as_str(), "word/document.xml" | "word/footer1.xml") {
                    let text = self.tera.render(name, &context).unwrap();
                    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(level));
                    encoder.write_all(text.as_bytes()).unwrap();
                    out.extend(crc32fast::hash(text.as_bytes()).to_le_bytes());
                    out.extend(encoder.finish().unwrap());
                } else {
                    out.extend_from_slice(raw);
                }
            }
            #[expect(clippy::disallowed_methods, reason = "a measurement writes to a scratch folder")]
            let mut file = std::fs::File::create(folder.join(format!("{index}.docx"))).unwrap();
            file.write_all(&out).unwrap();
        }
    }
}

/// The part as a plain Tera template: tags put together, rows that carry a tag replaced by it.
fn plain_template(xml: &str) -> String {
    let cut = regex::Regex::new(r"(?s)\{[^{}]*?(?:<[^{}]*?>)*\{.*?\}(?:<[^{}]*?>)*[^{}]*?\}").unwrap();
    let inner = regex::Regex::new("<[^>]+>").unwrap();
    let whole = cut.replace_all(xml, |found: &regex::Captures| inner.replace_all(&found[0], "").into_owned());
    let row = regex::Regex::new(r"(?s)<w:tr[ >].*?</w:tr>").unwrap();
    let tag = regex::Regex::new(r"\{%tr (.*?)%\}").unwrap();
    row.replace_all(&whole, |found: &regex::Captures| match tag.captures(&found[0]) {
        Some(tag) => format!("{{% {}%}}", &tag[1]),
        None => found[0].to_owned(),
    })
    .into_owned()
}
