//! Writing the papers of an award: decisions, proposal, minutes, roll, certificates, mail merge, each with its trace.

use super::award::Job;
use super::exit::Exit;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use thidua::compose::award::{
    Context, Decision, Line, Plan, certificate, decision, issued, minutes, printed_name, proposal, roll,
};
use thidua::guard::digest::hexadecimal;
use thidua::guard::input::read_file;
use thidua::guard::{Limits, write};
use thidua::model::{Field, IssuedDecision, Open, Origin, Trace, Traced, padded};
use thidua::pack::word_form;
use thidua::register::{FILE, Register};
use thidua::report::award::{MailRow, mail_merge};
use thidua::template::{Data, Missing, RenderOptions, Template, plain_name};

/// What is known about the decisions of a run, for the register and for later runs.
pub(super) const INDEX: &str = "dot-khen.json";

/// The papers of a run.
pub(super) struct Papers<'p> {
    pub job: &'p Job<'p>,
    pub plan: &'p Plan,
    pub folder: &'p Path,
    /// Papers written so far, each with its hash.
    pub written: Mutex<BTreeMap<String, String>>,
    pub desk: write::Desk,
}

/// Writes everything.
pub(super) fn write(papers: &Papers<'_>) -> Exit {
    let console = papers.job.console;
    let jobs = papers.job.args.jobs.map_or(0, std::num::NonZeroUsize::get);
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
        Ok(pool) => pool,
        Err(error) => return console.fault(&error),
    };
    match pool.install(|| papers.write()) {
        Ok(exit) => exit,
        Err(exit) => exit,
    }
}

/// A form with the options to fill it.
pub(super) struct Form {
    template: Template,
    options: RenderOptions,
}

impl Form {
    /// The office's own form, or the built-in one.
    pub fn open(office: &Path, name: &str, console: &super::console::Console) -> Result<Self, Exit> {
        Self::open_moved(office, name, (0.0, 0.0), console)
    }

    /// The same with everything that has a place on the page moved, in millimetres.
    fn open_moved(
        office: &Path,
        name: &str,
        (right, down): (f64, f64),
        console: &super::console::Console,
    ) -> Result<Self, Exit> {
        let own = office.join("goi").join(name).join("form.docx");
        let path = format!("hoi-lhpn/{name}/form.docx");
        let bytes = if own.is_file() {
            read_file(&own, &Limits::default()).map_err(|error| {
                console.input_error(&own.to_string_lossy(), &error);
                Exit::Usage
            })?
        } else {
            word_form(&path).map(<[u8]>::to_vec).unwrap_or_default()
        };
        let shown = if own.is_file() { own.to_string_lossy().into_owned() } else { path };
        let bytes = if (right, down) == (0.0, 0.0) {
            bytes
        } else {
            thidua::template::moved(&bytes, right, down).map_err(|error| {
                console.input_error(&shown, &error);
                Exit::Usage
            })?
        };
        let template = super::render::compile(&bytes, false).map_err(|error| {
            let reason = match &error {
                thidua::template::TemplateError::Faults(faults) => {
                    faults.iter().map(|fault| fault.sentence(&console.texts)).collect::<Vec<_>>().join("; ")
                }
                thidua::template::TemplateError::Input(error) => error.to_string(),
            };
            console.error("award.bad-form", &[("file", &shown), ("reason", &reason)]);
            Exit::Usage
        })?;
        Ok(Self { template, options: RenderOptions { missing: Missing::Dots, ..RenderOptions::default() } })
    }

    /// Fills the form.
    pub fn fill(&self, context: &Context, console: &super::console::Console) -> Result<Vec<u8>, Exit> {
        let values = Value::Object(context.values.clone());
        let data = Data::from_value(&values).map_err(|error| console.fault(&error))?;
        let filled = self.template.render(&data, &self.options).map_err(|error| {
            for fault in &error.0 {
                eprintln!("{}", fault.sentence(&console.texts));
            }
            Exit::Fault
        })?;
        Ok(filled.bytes)
    }
}

impl Papers<'_> {
    fn write(&self) -> Result<Exit, Exit> {
        let job = self.job;
        let targets = self.targets();
        self.refuse_collisions(&targets)?;
        let earlier = self.earlier();
        self.refuse_edited(&earlier)?;
        self.refuse_numbers()?;
        let form = |name: &str| Form::open(&job.args.office, name, job.console);
        let stock = job.profile.certificate;
        let offset = job.args.offset.unwrap_or((stock.right, stock.down));
        let certificates = Form::open_moved(&job.args.office, "giay-khen", offset, job.console)?;
        let decisions = form("quyet-dinh")?;
        let index = self.write_decisions(&decisions, &targets)?;
        let basis = job.basis();
        for (name, context) in [
            ("to-trinh", proposal(&basis, self.plan)),
            ("bien-ban", minutes(&basis, self.plan)),
            ("bang-vang", roll(&basis, self.plan)),
        ] {
            let bytes = form(name)?.fill(&context, job.console)?;
            self.put(&self.folder.join(format!("{name}.docx")), &bytes, &context, true)?;
        }
        let certificates_written = self.write_certificates(&certificates, &targets)?;
        self.write_mail_merge()?;
        let list = job.sources.first().map(|source| source.sha256.clone()).unwrap_or_default();
        let entries: Vec<Value> = targets
            .iter()
            .zip(index)
            .map(|(target, issued)| json!({"file": self.relative(&target.file), "issued": issued}))
            .collect();
        let written: BTreeMap<String, String> = self.written.lock().map(|written| written.clone()).unwrap_or_default();
        let gone = self.remove_stale(&earlier, &written)?;
        let index = json!({
            "schema_version": 1, "list": job.list_name, "sha256": list, "decisions": entries, "files": written,
        });
        self.put_bytes(&self.folder.join(INDEX), format!("{index:#}\n").as_bytes(), true)?;
        self.say(certificates_written);
        if gone > 0 {
            job.console.note("award.removed", &[("count", &gone.to_string())]);
        }
        Ok(Exit::Done)
    }

    fn say(&self, certificates: usize) {
        let job = self.job;
        let counts = thidua::report::award::Review {
            file: &job.list_name,
            counts: &self.plan.counts,
            findings: &[],
            texts: &job.console.texts,
        };
        let slots = [
            ("decisions", self.plan.decisions.len().to_string()),
            ("certificates", certificates.to_string()),
            ("counts", counts.counts()),
            ("place", self.folder.to_string_lossy().into_owned()),
        ];
        let slots: Vec<(&str, &str)> = slots.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
        job.console.note("award.written", &slots);
        if let Some(first) = self.plan.decisions.first() {
            let open = self.opened(&decision(&job.basis(), first).open);
            if !open.is_empty() {
                let names: Vec<&str> = open.iter().map(|open| open.what.as_str()).collect();
                job.console
                    .note("award.left-open", &[("count", &open.len().to_string()), ("names", &names.join(", "))]);
            }
        }
    }

    /// Files of the decisions and folders of their certificates.
    fn targets(&self) -> Vec<Target> {
        let certificates = self.folder.join("giay-khen");
        if let [_] = self.plan.decisions.as_slice() {
            return vec![Target { file: self.folder.join("quyet-dinh.docx"), certificates }];
        }
        let width = self.plan.decisions.len().to_string().len().max(2);
        let each = (1..).zip(&self.plan.decisions).map(|(number, decision): (usize, &Decision)| {
            let mut name = format!("{number:0width$}-{}", slug(&decision.form_name));
            if let Some(unit) = &decision.unit {
                name = format!("{name}-{}", slug(unit));
            }
            if let Some(kind) = decision.kind {
                name = format!("{name}-{}", kind.code());
            }
            Target { file: self.folder.join(format!("quyet-dinh-{name}.docx")), certificates: certificates.join(name) }
        });
        each.collect()
    }

    fn relative(&self, path: &Path) -> String {
        path.strip_prefix(self.folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    /// Files that this command did not write for the same list stay.
    fn refuse_collisions(&self, targets: &[Target]) -> Result<(), Exit> {
        let same =
            self.index().is_some_and(|index| index.get("list").and_then(Value::as_str) == Some(&self.job.list_name));
        let standing = targets.iter().map(|target| &target.file).find(|file| file.exists());
        match standing {
            Some(file) if !same => {
                self.job.console.error("award.collision", &[("name", &file.to_string_lossy())]);
                Err(Exit::Usage)
            }
            _ => Ok(()),
        }
    }

    /// The index of the run before in this folder.
    fn index(&self) -> Option<Value> {
        serde_json::from_slice(&std::fs::read(self.folder.join(INDEX)).ok()?).ok()
    }

    /// Papers that the run before wrote here for the same list, with their hashes.
    fn earlier(&self) -> BTreeMap<String, String> {
        let index = self.index().filter(|index| index.get("list").and_then(Value::as_str) == Some(&self.job.list_name));
        let files = index.and_then(|mut index| index.get_mut("files").map(Value::take));
        files.and_then(|files| serde_json::from_value(files).ok()).unwrap_or_default()
    }

    /// What a person changed since is not replaced: nothing is written before the person has put it aside.
    fn refuse_edited(&self, earlier: &BTreeMap<String, String>) -> Result<(), Exit> {
        let changed = |(name, sha): &(&String, &String)| {
            std::fs::read(self.folder.join(name)).is_ok_and(|bytes| hexadecimal(&bytes) != **sha)
        };
        let edited: Vec<&String> = earlier.iter().filter(changed).map(|(name, _)| name).collect();
        let Some(first) = edited.first() else { return Ok(()) };
        let slots = [("count", edited.len().to_string()), ("name", self.folder.join(first).display().to_string())];
        let slots: Vec<(&str, &str)> = slots.iter().map(|(slot, value)| (*slot, value.as_str())).collect();
        self.job.console.error("award.edited", &slots);
        Err(Exit::Usage)
    }

    /// Papers of the run before that this one did not write: of who is no longer on the list.
    fn remove_stale(
        &self,
        earlier: &BTreeMap<String, String>,
        written: &BTreeMap<String, String>,
    ) -> Result<usize, Exit> {
        let mut gone = 0;
        for name in earlier.keys().filter(|name| !written.contains_key(*name)) {
            // The index says only what lies below the folder.
            let path = Path::new(name);
            if !path.components().all(|part| matches!(part, std::path::Component::Normal(_))) {
                continue;
            }
            let path = self.folder.join(path);
            match std::fs::remove_file(&path) {
                Ok(()) => gone += 1,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(self.job.console.output_error(&path, &error)),
            }
            let _ = std::fs::remove_file(path.with_extension("trace.json"));
            // A folder of certificates goes with its last one.
            if let Some(folder) = path.parent().filter(|folder| *folder != self.folder) {
                let _ = std::fs::remove_dir(folder);
            }
        }
        Ok(gone)
    }

    /// A number is given once a year: neither the register nor another run of this office has it.
    fn refuse_numbers(&self) -> Result<(), Exit> {
        let job = self.job;
        let Some(date) = job.order.date else { return Ok(()) };
        let symbol = format!("QĐ-{}", job.profile.unit.symbol);
        let path = job.args.office.join(FILE);
        let register = if path.is_file() {
            Some(Register::open_to_read(&path).map_err(|error| super::register::failed(&error, job.console))?)
        } else {
            None
        };
        let used = self.used();
        for decision in &self.plan.decisions {
            let Some(number) = decision.number.map(|number| number.to_string()) else { continue };
            let (code, year) = (format!("{}/{symbol}", padded(&number)), date.year().to_string());
            let refuse = |key: &str, file: &str| {
                job.console.error(key, &[("code", &code), ("year", &year), ("file", file)]);
                Err(Exit::Usage)
            };
            if let Some(register) = &register {
                let taken = register.taken(&number, &symbol, date.year());
                let taken = taken.map_err(|error| super::register::failed(&error, job.console))?;
                if let Some(file) = taken {
                    return refuse("award.number-taken", &file);
                }
            }
            let other = used.iter().find(|(issued, _)| {
                issued.number == number && issued.symbol == symbol && issued.date.year() == date.year()
            });
            if let Some((_, file)) = other {
                return refuse("award.number-used", &file.to_string_lossy());
            }
        }
        Ok(())
    }

    /// Decisions of other runs whose papers lie in the office's folder of results.
    fn used(&self) -> Vec<(IssuedDecision, PathBuf)> {
        let root = self.job.args.office.join(super::office::OUTGOING).join("khen-thuong");
        let own = self.folder.canonicalize().ok();
        let Ok(folders) = std::fs::read_dir(root) else { return Vec::new() };
        let mut out = Vec::new();
        for folder in folders.flatten().map(|entry| entry.path()) {
            if folder.canonicalize().ok() == own {
                continue;
            }
            out.extend(read_index(&folder.join(INDEX)).into_iter().map(|issued| (issued, folder.clone())));
        }
        out
    }

    fn write_decisions(&self, form: &Form, targets: &[Target]) -> Result<Vec<Option<IssuedDecision>>, Exit> {
        let job = self.job;
        let year = job.year();
        let one = |(planned, target): (&Decision, &Target)| -> Result<Option<IssuedDecision>, Exit> {
            let basis = job.basis();
            let context = decision(&basis, planned);
            let bytes = form.fill(&context, job.console)?;
            self.put(&target.file, &bytes, &context, true)?;
            let name = target.file.file_name().unwrap_or_default().to_string_lossy();
            Ok(issued(&basis, planned, year, &name, &hexadecimal(&bytes)))
        };
        self.plan.decisions.par_iter().zip(targets).map(one).collect()
    }

    fn write_certificates(&self, form: &Form, targets: &[Target]) -> Result<usize, Exit> {
        let job = self.job;
        for target in targets {
            std::fs::create_dir_all(&target.certificates)
                .map_err(|error| job.console.output_error(&target.certificates, &error))?;
        }
        let lines: Vec<(&Decision, &Target, &Line)> = self
            .plan
            .decisions
            .iter()
            .zip(targets)
            .flat_map(|(decision, target)| {
                decision.groups.iter().flat_map(|(_, lines)| lines).map(move |line| (decision, target, line))
            })
            .collect();
        let one = |(planned, target, line): &(&Decision, &Target, &Line)| -> Result<(), Exit> {
            let basis = job.basis();
            let Some(certificate) = certificate(&basis, planned, line) else { return Ok(()) };
            let bytes = form.fill(&certificate.context, job.console)?;
            let name = format!("{:04}-{}.docx", line.golden, slug(&certificate.name));
            self.put(&target.certificates.join(name), &bytes, &certificate.context, false)
        };
        lines.par_iter().map(one).collect::<Result<(), Exit>>()?;
        Ok(lines.len())
    }

    fn write_mail_merge(&self) -> Result<(), Exit> {
        let job = self.job;
        let mut rows: Vec<MailRow> = Vec::new();
        for planned in &self.plan.decisions {
            let code =
                planned.number.map(|number| format!("{}/QĐ-{}", padded(&number.to_string()), job.profile.unit.symbol));
            let date = job.order.date.map(|date| format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()));
            for (subject, lines) in &planned.groups {
                for line in lines {
                    let Some(awardee) = job.roster.awardees.get(line.row) else { continue };
                    let text = |field| awardee.text(field).unwrap_or_default().to_owned();
                    let achievement = awardee.text(Field::Achievement).map(str::to_owned);
                    let cells = [
                        text(Field::Salutation),
                        printed_name(awardee),
                        text(Field::Post),
                        awardee.unit().unwrap_or_default().to_owned(),
                        job.words.kind_name(*subject).to_owned(),
                        planned.form_name.clone(),
                        achievement.or_else(|| job.order.achievement.clone()).unwrap_or_default(),
                        code.clone().unwrap_or_default(),
                        date.clone().unwrap_or_default(),
                    ];
                    rows.push((cells, line.money.as_ref().map(|(money, _)| *money), line.golden));
                }
            }
        }
        let bytes = mail_merge(&rows, &job.console.texts).map_err(|error| job.console.fault(&error))?;
        self.put_paper(&self.folder.join("tron-thu.xlsx"), &bytes, true)
    }

    fn opened(&self, open: &[Open]) -> Vec<Open> {
        let texts = &self.job.console.texts;
        let said = |open: &Open| {
            let key = format!("award.open.{}", open.place);
            let what = if texts.sentence(&key).is_some() { texts.get(&key, &[]) } else { open.place.clone() };
            Open { what, ..open.clone() }
        };
        open.iter().map(said).collect()
    }

    /// A document with its trace; `durable` waits for the disk.
    fn put(&self, path: &Path, bytes: &[u8], context: &Context, durable: bool) -> Result<(), Exit> {
        let mut entries = context.entries.clone();
        if let Some(reason) = &self.job.args.force {
            let origin = Origin::Given { option: "--force".to_owned() };
            entries.push(Traced { place: "force".to_owned(), value: reason.clone(), origin });
        }
        let trace = Trace {
            schema_version: 1,
            document: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            sources: self.job.sources.clone(),
            entries,
            open: self.opened(&context.open),
        };
        let text = serde_json::to_vec(&trace).map_err(|error| self.job.console.fault(&error))?;
        self.put_paper(path, bytes, durable)?;
        self.put_bytes(&path.with_extension("trace.json"), &text, durable)
    }

    /// A paper that a person may go on with: the next run has to know how it was.
    fn put_paper(&self, path: &Path, bytes: &[u8], durable: bool) -> Result<(), Exit> {
        self.put_bytes(path, bytes, durable)?;
        if let Ok(mut written) = self.written.lock() {
            written.insert(self.relative(path), hexadecimal(bytes));
        }
        Ok(())
    }

    fn put_bytes(&self, path: &Path, bytes: &[u8], durable: bool) -> Result<(), Exit> {
        let written = if durable { write::atomic(path, bytes) } else { self.desk.put(path, bytes) };
        written.map_err(|error| self.job.console.output_error(path, &error))
    }
}

/// Where a decision and its certificates go.
struct Target {
    file: PathBuf,
    certificates: PathBuf,
}

/// The issued decisions that an index names.
pub(super) fn read_index(path: &Path) -> Vec<IssuedDecision> {
    let Ok(bytes) = read_file(path, &Limits::default()) else { return Vec::new() };
    let Ok(index) = serde_json::from_slice::<Value>(&bytes) else { return Vec::new() };
    let Some(decisions) = index.get("decisions").and_then(Value::as_array) else { return Vec::new() };
    decisions.iter().filter_map(|entry| serde_json::from_value(entry.get("issued")?.clone()).ok()).collect()
}

/// A name as part of a file name: plain letters, no longer than a file system likes.
fn slug(name: &str) -> String {
    let plain = plain_name(name).replace('_', "-");
    plain.chars().take(60).collect::<String>().trim_end_matches('-').to_owned()
}
