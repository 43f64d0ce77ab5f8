//! Fills a compiled template.

use super::compile::Template;
use super::data::Data;
use super::engine::{Bounded, EngineError, Evaluator, TeraEvaluator};
use super::expr::Missing;
use super::fault::{Fault, Place};
use super::finish::Finisher;
use super::package::{self, Deflater, Entry, Package};
use super::session::{self, Session};
use super::side::{Media, NoMedia, Side};
use super::source::Source;
use super::{merge, merged};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How a document is filled.
#[derive(Debug, Clone)]
pub struct RenderOptions {
    /// What becomes of values that the data does not have.
    pub missing: Missing,
    /// Effort of compression, 0 to 9.
    pub level: u32,
    /// Where pictures and documents come from.
    pub media: Arc<dyn Media>,
    /// Most bytes of one rendered part.
    pub max_output: usize,
    /// Most loop passes of one document.
    pub max_passes: u64,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self {
            missing: Missing::Error,
            level: DEFAULT_LEVEL,
            media: Arc::new(NoMedia),
            max_output: 256 << 20,
            max_passes: 2_000_000,
        }
    }
}

/// Fills one document after another on one thread: with memory that it uses again, and an evaluator of its own, so that
/// threads do not get into each other's way.
#[derive(Debug)]
pub struct Filler<'t> {
    template: &'t Template,
    options: RenderOptions,
    engine: Option<TeraEvaluator>,
    space: Workspace,
}

impl Filler<'_> {
    /// Fills one document.
    ///
    /// # Errors
    /// As [`Template::render`].
    pub fn fill(&mut self, data: &Data) -> Result<Rendered, RenderError> {
        let mut run = Run::new(self.template, &self.options);
        run.texts = self.template.evaluate(data, &self.options, &mut run, self.engine.as_ref(), &mut self.space)?;
        run.finish(self.template, &self.options, &mut self.space)
    }

    /// Takes the bytes of a document back that are not needed any more.
    pub fn reuse(&mut self, bytes: Vec<u8>) {
        self.space.reuse(bytes);
    }
}

/// Memory that is used again from document to document.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    free: Vec<Vec<u8>>,
    deflater: Deflater,
}

/// Buffers that are kept; a document needs a few.
const KEPT: usize = 8;

impl Workspace {
    /// Takes a buffer back that is not needed any more.
    pub(super) fn reuse(&mut self, buffer: Vec<u8>) {
        if self.free.len() < KEPT {
            self.free.push(buffer);
        }
    }

    /// An empty buffer: the largest that is free.
    pub(super) fn buffer(&mut self) -> Vec<u8> {
        let largest = (0..self.free.len()).max_by_key(|at| self.free.get(*at).map(Vec::capacity));
        let mut buffer = largest.map(|at| self.free.swap_remove(at)).unwrap_or_default();
        buffer.clear();
        buffer
    }
}

/// Compression that costs little and gains most; see `benches/`.
pub const DEFAULT_LEVEL: u32 = 3;

/// A filled document.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The Word file.
    pub bytes: Vec<u8>,
    /// Values that were missing, in reading order.
    pub missing: Vec<MissingValue>,
}

/// A value that the data does not have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct MissingValue {
    /// The tag's text, e.g. `ten_don_vi`.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

/// Why a document could not be filled.
#[derive(Debug, thiserror::Error)]
#[error("{} faults", .0.len())]
pub struct RenderError(pub Vec<Fault>);

impl Template {
    /// Fills one document.
    ///
    /// # Errors
    /// When a value is missing or of the wrong kind, a picture cannot be found, or a limit is reached.
    pub fn render(&self, data: &Data, options: &RenderOptions) -> Result<Rendered, RenderError> {
        let mut run = Run::new(self, options);
        let mut space = Workspace::default();
        run.texts = self.evaluate(data, options, &mut run, None, &mut space)?;
        run.finish(self, options, &mut space)
    }

    /// What fills many documents on one thread.
    #[must_use]
    pub fn filler(&self, options: &RenderOptions) -> Filler<'_> {
        let (_, sources) = self.evaluator(options.missing, false);
        let named: Vec<(String, &str)> =
            self.parts.iter().zip(sources).map(|(part, source)| (part.name.clone(), source.text.as_str())).collect();
        // What has been compiled once compiles again; should it not, the common evaluator serves.
        let engine = TeraEvaluator::compile(&named).ok();
        Filler { template: self, options: options.clone(), engine, space: Workspace::default() }
    }

    /// Fills one document and puts finished Word documents behind it, each in a section of its own: its page and its
    /// numbers of pages, the styles of the same name, headers and footers of the first document.
    ///
    /// # Errors
    /// As [`Template::render`]; and when an annex is no Word document.
    pub fn render_with_annexes(
        &self,
        data: &Data,
        annexes: &[Vec<u8>],
        options: &RenderOptions,
    ) -> Result<Rendered, RenderError> {
        const BODY: &str = "word/document.xml";
        let mut run = Run::new(self, options);
        let mut space = Workspace::default();
        run.texts = self.evaluate(data, options, &mut run, None, &mut space)?;
        let body = self.parts.iter().position(|part| part.name == BODY);
        if let Some(whole) = body.and_then(|index| run.texts.get_mut(index)) {
            run.side.part = BODY.to_owned();
            let mut end = whole.split_off(merged::end_of_content(whole));
            for (number, annex) in annexes.iter().enumerate() {
                let Some((blocks, section)) = merge::annex_xml(annex, &mut run.side) else {
                    let place = Place { part: BODY.to_owned(), ..Place::default() };
                    return Err(RenderError(vec![Fault::error("media-document", &place, (number + 1).to_string())]));
                };
                whole.push_str(&merged::section_break(&end));
                whole.push_str(&blocks);
                end = merged::end_with_section(&end, &section);
            }
            whole.push_str(&end);
        }
        run.finish(self, options, &mut space)
    }

    /// Puts many records into one document, each on a new page. Everything outside the body is the first record's.
    ///
    /// # Errors
    /// As [`Template::render`].
    pub fn render_merged(
        &self,
        records: impl IntoIterator<Item = Data>,
        options: &RenderOptions,
    ) -> Result<Rendered, RenderError> {
        let mut run = Run::new(self, options);
        let mut space = Workspace::default();
        let body = self.parts.iter().position(|part| part.name == "word/document.xml");
        let mut end = String::new();
        for data in records {
            let texts = self.evaluate(&data, options, &mut run, None, &mut space)?;
            if run.texts.is_empty() {
                run.texts = texts;
                if let Some(first) = body.and_then(|index| run.texts.get_mut(index)) {
                    let at = merged::end_of_content(first);
                    end = first.split_off(at);
                }
            } else if let Some(next) = body.and_then(|index| texts.get(index))
                && let Some(whole) = body.and_then(|index| run.texts.get_mut(index))
            {
                whole.push_str(&merged::on_new_page(merged::content(next)));
                if whole.len() > options.max_output {
                    let place = Place { part: "word/document.xml".to_owned(), ..Place::default() };
                    return Err(RenderError(vec![Fault::error("limit-output", &place, "")]));
                }
                texts.into_iter().for_each(|text| space.reuse(text.into_bytes()));
            }
        }
        if let Some(whole) = body.and_then(|index| run.texts.get_mut(index)) {
            whole.push_str(&end);
        }
        run.finish(self, options, &mut space)
    }

    /// `true` when something outside the body depends on data.
    #[must_use]
    pub fn has_tags_outside_body(&self) -> bool {
        self.parts.iter().any(|part| part.name != "word/document.xml")
    }

    /// Evaluates all parts for one record.
    fn evaluate(
        &self,
        data: &Data,
        options: &RenderOptions,
        run: &mut Run,
        own: Option<&TeraEvaluator>,
        space: &mut Workspace,
    ) -> Result<Vec<String>, RenderError> {
        let (engine, sources) = self.evaluator(options.missing, run.traced);
        let engine = own.unwrap_or(engine);
        session::begin(Session {
            rich: data.rich.as_ref().clone(),
            max_passes: options.max_passes,
            first_list: self.styles.next_list + u32::try_from(run.restarts.len()).unwrap_or(0),
            ..Session::default()
        });
        let evaluated = self.evaluate_parts(engine, &sources, data, options, space);
        let session = session::end();
        let texts = evaluated.map_err(|error| RenderError(self.explain(error, &sources, data, options)))?;
        run.restarts.extend(session.restarts);
        let mut finished = Vec::with_capacity(texts.len());
        for (order, (part, text)) in self.parts.iter().zip(texts).enumerate() {
            run.side.part.clone_from(&part.name);
            let mut finisher = Finisher::new(&part.surroundings, &session.rich, &mut run.side);
            finished.push(finisher.run(text, space));
            for tag in std::mem::take(&mut finisher.missing) {
                if let (Some(name), Some(place)) = (part.inner.get(tag), part.places.get(tag)) {
                    let value = MissingValue { name: name.clone(), place: place.clone() };
                    run.missing.entry((order, tag)).or_insert(value);
                }
            }
        }
        if run.side.failures.is_empty() {
            return Ok(finished);
        }
        if !run.traced {
            // Which tags asked for what could not be had shows in an evaluation that traces them.
            let mut again = Run { traced: true, ..Run::new(self, options) };
            self.evaluate(data, options, &mut again, None, space)?;
        }
        let faults = run.side.failures.iter().map(|failure| {
            let part = self.parts.iter().find(|part| part.name == failure.part);
            let place = part.zip(failure.tag).and_then(|(part, tag)| part.places.get(tag)).cloned();
            let unknown = || Place { part: failure.part.clone(), ..Place::default() };
            Fault::error(failure.code, &place.unwrap_or_else(unknown), &failure.what)
        });
        Err(RenderError(faults.collect()))
    }

    fn evaluate_parts(
        &self,
        engine: &dyn Evaluator,
        sources: &[&Source],
        data: &Data,
        options: &RenderOptions,
        space: &mut Workspace,
    ) -> Result<Vec<String>, EngineError> {
        let mut texts = Vec::with_capacity(self.parts.len());
        for (part, source) in self.parts.iter().zip(sources) {
            let mut buffer = space.buffer();
            buffer.reserve(source.text.len() + part.size);
            let mut out = Bounded::new(buffer, options.max_output, options.max_passes.saturating_mul(32));
            engine.render(&part.name, &data.values, &mut out).map_err(|error| match error.name.is_empty() {
                true => EngineError { name: part.name.clone(), ..error },
                false => error,
            })?;
            let text = String::from_utf8(out.bytes).map_err(|error| EngineError {
                name: part.name.clone(),
                byte: 0,
                message: error.to_string(),
                limit: None,
            })?;
            texts.push(text);
        }
        Ok(texts)
    }

    /// Faults of the data for people. The first missing value ends an evaluation; to name them all, the document is
    /// evaluated once more without them.
    fn explain(&self, error: EngineError, sources: &[&Source], data: &Data, options: &RenderOptions) -> Vec<Fault> {
        let at = self.parts.iter().zip(sources).find(|(part, _)| part.name == error.name);
        let fault = |code: &'static str, what: &str| match at {
            Some((part, source)) => part.fault(source, error.byte, code, what),
            None => Fault::error(code, &Place { part: error.name.clone(), ..Place::default() }, what),
        };
        if let Some(limit) = error.limit {
            return vec![fault(if limit == "output" { "limit-output" } else { "limit-passes" }, "")];
        }
        let undefined = ["undefined", "not defined", "not found"].iter().any(|word| error.message.contains(word));
        if !undefined || options.missing != Missing::Error {
            return vec![fault("evaluator", &error.message)];
        }
        let tag = at.and_then(|(part, source)| part.inner.get(source.tag_at(error.byte)?)).cloned().unwrap_or_default();
        let mut faults = vec![fault("undefined", &tag)];
        let mut again = Run::new(self, options);
        let lenient = RenderOptions { missing: Missing::Empty, ..options.clone() };
        if self.evaluate(data, &lenient, &mut again, None, &mut Workspace::default()).is_ok() {
            faults
                .extend(again.missing.values().map(|missing| Fault::error("undefined", &missing.place, &missing.name)));
        }
        faults.dedup();
        let mut seen = BTreeSet::new();
        faults.retain(|fault| seen.insert((fault.place.clone(), fault.what.clone())));
        for fault in &mut faults {
            fault.near = self.near_values(&fault.what, data);
        }
        faults
    }

    fn near_values(&self, name: &str, data: &Data) -> Vec<String> {
        let root: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let names = data.names();
        super::expr::words::near(&root, names.iter().map(String::as_str))
    }
}

/// A document in the making.
#[derive(Debug)]
struct Run {
    texts: Vec<String>,
    /// By part and tag, in reading order.
    missing: BTreeMap<(usize, usize), MissingValue>,
    restarts: Vec<u32>,
    side: Side,
    /// The tag in front of each value is told.
    traced: bool,
}

impl Run {
    fn new(template: &Template, options: &RenderOptions) -> Self {
        let side = Side::new(options.media.clone(), template.styles.clone());
        Self { texts: Vec::new(), missing: BTreeMap::new(), restarts: Vec::new(), side, traced: false }
    }

    fn finish(
        self,
        template: &Template,
        options: &RenderOptions,
        space: &mut Workspace,
    ) -> Result<Rendered, RenderError> {
        let entries = self.entries(template, options, space);
        let mut bytes = space.buffer();
        package::write_into(&mut bytes, entries.iter().map(Cow::as_ref));
        for entry in entries {
            if let Cow::Owned(entry) = entry {
                space.reuse(entry.raw);
            }
        }
        self.texts.into_iter().for_each(|text| space.reuse(text.into_bytes()));
        Ok(Rendered { bytes, missing: self.missing.into_values().collect() })
    }

    /// Entries of the document: new ones for what has changed, the template's own for the rest.
    fn entries<'t>(
        &self,
        template: &'t Template,
        options: &RenderOptions,
        space: &mut Workspace,
    ) -> Vec<Cow<'t, Entry>> {
        let mut out: Vec<Cow<'t, Entry>> = template.package.entries.iter().map(Cow::Borrowed).collect();
        let mut exchange = |name: &str, content: &[u8]| {
            let raw = space.buffer();
            let entry = Cow::Owned(Package::pack_into(raw, name, content, options.level, &mut space.deflater));
            match out.iter().position(|old| old.name.eq_ignore_ascii_case(name)) {
                Some(index) => out[index] = entry,
                None => out.push(entry),
            }
        };
        let added = super::additions::exchanged(template, &self.side, &self.restarts, &self.texts);
        for (part, text) in template.parts.iter().zip(&self.texts) {
            if !added.iter().any(|(name, _)| *name == part.name) {
                exchange(&part.name, text.as_bytes());
            }
        }
        for (name, content) in &added {
            exchange(name, content);
        }
        for (name, content) in &self.side.entries {
            exchange(name, content);
        }
        out
    }
}
