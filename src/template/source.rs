//! Writes a part down for the evaluator.

use super::engine::delimit;
use super::expr::emit::{Emitter, MARK, MARK_END, Missing, namespace_field, variable};
use super::expr::{Expr, ExprKind, words};
use super::fault::Fault;
use super::flat::Item;
use super::flow::Blocks;
use super::part::{Context, Part, TagId};
use super::tag::{Scope, Statement};
/// A part in the evaluator's language.
#[derive(Debug, Default)]
pub struct Source {
    /// The text.
    pub text: String,
    /// For each tag written: first byte, one past the last byte, the tag.
    pub map: Vec<(usize, usize, TagId)>,
}

impl Source {
    /// The tag that a byte of the text belongs to, or the last one before it.
    #[must_use]
    pub fn tag_at(&self, byte: usize) -> Option<TagId> {
        let after = self.map.partition_point(|(start, _, _)| *start <= byte);
        after.checked_sub(1).and_then(|at| self.map.get(at)).map(|(_, _, tag)| *tag)
    }
}

/// Writes a part down. Expressions that the evaluator does not know become faults of the part, once.
pub fn write(part: &mut Part, items: &[Item], blocks: &Blocks, missing: Missing) -> Source {
    let (source, mut faults) = write_with(part, items, blocks, missing, false);
    part.faults.append(&mut faults);
    source
}

/// Writes a part down once more, for another way with missing values, or `traced`: with a mark in front of each value
/// that says which tag prints it. The part's faults are known.
#[must_use]
pub fn write_again(part: &Part, items: &[Item], blocks: &Blocks, missing: Missing, traced: bool) -> Source {
    write_with(part, items, blocks, missing, traced).0
}

fn write_with(part: &Part, items: &[Item], blocks: &Blocks, missing: Missing, traced: bool) -> (Source, Vec<Fault>) {
    let mut writer = Writer {
        part,
        blocks,
        emitter: Emitter::new(missing),
        source: Source::default(),
        ends: Vec::new(),
        loops: Vec::new(),
        writes: false,
        traced,
        faults: Vec::new(),
    };
    writer.items(items);
    (writer.source, writer.faults)
}

struct Writer<'a> {
    part: &'a Part,
    blocks: &'a Blocks,
    emitter: Emitter,
    source: Source,
    ends: Vec<String>,
    /// The lists that each open loop restarts.
    loops: Vec<Vec<u32>>,
    /// What follows is written whatever the data says.
    writes: bool,
    /// Each value is preceded by the mark of its tag.
    traced: bool,
    faults: Vec<Fault>,
}

impl Writer<'_> {
    fn items(&mut self, items: &[Item]) {
        for (index, item) in items.iter().enumerate() {
            // A pass that writes something is counted by what it writes; in a captured block nothing is written.
            self.writes =
                matches!(items.get(index + 1), Some(Item::Xml(_) | Item::Str(_) | Item::Open(..) | Item::Close(_)))
                    && !self.ends.iter().any(|end| end == "endset" || end == "endfilter");
            match item {
                Item::Xml(range) => {
                    let range = range.clone();
                    self.xml(range);
                }
                Item::Str(text) => self.source.text.push_str(text),
                Item::Open(_, Some(inner)) => self.items(inner),
                Item::Open(id, None) => {
                    let range = self.part.tree.node(*id).open.clone();
                    self.xml(range);
                }
                Item::Close(id) => {
                    let range = self.part.tree.node(*id).close.clone();
                    self.source.text.push_str(self.part.tree.slice(range));
                }
                Item::Tag(tag) => self.tag(*tag),
                Item::IfFirst => self.block("if loop.first"),
                Item::IfGroupStarts(tag) => self.block(&format!("if td_g{tag}")),
                Item::Else => self.block("else"),
                Item::EndIf => self.block("endif"),
                Item::LoopSpan(span) => self.print(&format!("loop.length * {span}")),
                Item::MergeState(tag) => self.merge_state(*tag),
            }
        }
    }

    /// XML of the template. In a loop, what must be unique in a document is made so.
    fn xml(&mut self, range: std::ops::Range<usize>) {
        let xml = self.part.tree.slice(range);
        if self.loops.is_empty() {
            self.source.text.push_str(xml);
        } else {
            let restarted: Vec<u32> = self.loops.iter().flatten().copied().collect();
            let xml = super::unique::in_loop(xml);
            let xml = super::unique::with_restarts(xml, &restarted, &self.blocks.list_styles);
            self.source.text.push_str(&xml);
        }
    }

    fn block(&mut self, text: &str) {
        self.source.text.push_str(delimit::BLOCK.0);
        self.source.text.push_str(text);
        self.source.text.push_str(delimit::BLOCK.1);
    }

    fn print(&mut self, text: &str) {
        self.source.text.push_str(delimit::VALUE.0);
        self.source.text.push_str(text);
        self.source.text.push_str(delimit::VALUE.1);
    }

    fn merge_state(&mut self, id: TagId) {
        if let Statement::MergeDown(Some(expr)) = self.part.tags[id].statement.clone() {
            let start = self.source.text.len();
            let value = self.emitter.value(&expr);
            let first = if !self.loops.is_empty() { "loop.first" } else { "false" };
            self.block(&format!("set td_g{id} = changed(id=\"g{id}\", value=[{value}], first={first})"));
            self.print(&format!("\"restart\" if td_g{id} else \"continue\""));
            self.source.map.push((start, self.source.text.len(), id));
            self.take_errors(id);
        } else {
            self.print("\"restart\" if loop.first else \"continue\"");
        }
    }

    fn tag(&mut self, id: TagId) {
        let start = self.source.text.len();
        self.emitter.tag = id;
        let statement = self.part.tags[id].statement.clone();
        match &statement {
            Statement::Print(expr) => self.value(id, expr),
            Statement::If(expr) => {
                let condition = self.emitter.maybe(expr);
                self.block(&format!("if {condition}"));
                self.ends.push("endif".to_owned());
            }
            Statement::Elif(expr) => {
                let condition = self.emitter.maybe(expr);
                self.block(&format!("elif {condition}"));
            }
            Statement::Else => self.block("else"),
            Statement::For { targets, list, condition } => self.open_loop(id, targets, list, condition.as_ref()),
            Statement::EndFor => {
                self.emitter.loops.pop();
                self.loops.pop();
                self.end();
            }
            Statement::EndIf | Statement::EndSet | Statement::EndFilter => self.end(),
            Statement::Set(names, expr) => self.assign(names, expr),
            Statement::SetField(space, field, expr) => {
                if !self.emitter.namespaces.contains(space) {
                    let place = self.part.tags[id].place.clone();
                    self.faults.push(Fault::error("not-a-namespace", &place, space));
                }
                let value = self.emitter.value(expr);
                self.block(&format!("set_global {} = bounded(value={value})", namespace_field(space, field)));
            }
            Statement::SetBlock(name) => {
                self.block(&format!("set {}", variable(name)));
                self.ends.push("endset".to_owned());
            }
            Statement::With(pairs) => {
                for (name, expr) in pairs {
                    self.assign(std::slice::from_ref(name), expr);
                }
                self.ends.push(String::new());
            }
            Statement::EndWith => {
                self.ends.pop();
            }
            Statement::Filter(name, args) => {
                let base = Expr { kind: ExprKind::Name("td_body".to_owned()), start: 0, end: 0 };
                let kind = ExprKind::Filter(Box::new(base), name.clone(), args.clone());
                let before = std::mem::replace(&mut self.emitter.missing, Missing::Error);
                let written = self.emitter.value(&Expr { kind, start: 0, end: name.len() });
                self.emitter.missing = before;
                let call = written.trim_start_matches("(td_body | ").trim_end_matches(')');
                let call = if call.contains('(') { format!("{call})") } else { call.to_owned() };
                self.block(&format!("filter {call}"));
                self.ends.push("endfilter".to_owned());
            }
            Statement::Break => self.block("break"),
            Statement::Continue => self.block("continue"),
            Statement::CellColour(expr) => {
                let value = self.emitter.value(expr);
                self.print(&format!("{value} | colour"));
            }
            Statement::ColumnSpan(expr) => {
                let value = self.emitter.value(expr);
                self.print(&format!("{value} | attribute"));
            }
            Statement::Comment
            | Statement::Raw
            | Statement::EndRaw
            | Statement::MergeAcross
            | Statement::MergeDown(_)
            | Statement::Restart => {}
        }
        if self.source.text.len() > start {
            self.source.map.push((start, self.source.text.len(), id));
        }
        self.take_errors(id);
    }

    fn end(&mut self) {
        if let Some(word) = self.ends.pop().filter(|word| !word.is_empty()) {
            self.block(&word);
        }
    }

    fn value(&mut self, id: TagId, expr: &Expr) {
        let value = self.emitter.value(expr);
        let tag = &self.part.tags[id];
        let trimmed = (if tag.trim_before { "-" } else { "" }, if tag.trim_after { "-" } else { "" });
        let (context, scope) = (tag.context, tag.scope);
        let around = match scope {
            Scope::Paragraph => Some(('p', 'q')),
            Scope::Run => Some(('r', 's')),
            Scope::Row | Scope::Cell => {
                self.faults.push(Fault::error("value-in-row", &tag.place, &tag.inner));
                return;
            }
            Scope::Inline => None,
        };
        if let Some((open, _)) = around {
            self.source.text.push_str(&format!("{MARK}{open}{id}{MARK_END}"));
        }
        if self.traced && context == Context::Text {
            self.source.text.push_str(&format!("{MARK}t{id}{MARK_END}"));
        }
        match context {
            Context::Text if prints_text(expr) => self.print_trimmed(&value, trimmed),
            Context::Text => {
                // Where dots stand for what is missing, they stand for a value that says it is not there, too.
                let missing = match self.emitter.missing {
                    Missing::Dots => format!("(missing=\"{MARK}M{id}{MARK_END}\")"),
                    _ => String::new(),
                };
                self.print_trimmed(&format!("{value} | shown{missing}"), trimmed);
            }
            Context::Plain => self.print_trimmed(&format!("{value} | plain"), trimmed),
            Context::Attribute => self.print_trimmed(&format!("{value} | attribute"), trimmed),
            Context::Link => self.print_trimmed(&format!("{value} | link"), trimmed),
        }
        if let Some((_, close)) = around {
            self.source.text.push_str(&format!("{MARK}{close}{MARK_END}"));
        }
    }

    fn print_trimmed(&mut self, text: &str, (before, after): (&str, &str)) {
        self.source.text.push_str(delimit::VALUE.0);
        self.source.text.push_str(&format!("{before} {text} {after}"));
        self.source.text.push_str(delimit::VALUE.1);
    }

    fn assign(&mut self, names: &[String], expr: &Expr) {
        let is_namespace = match &expr.kind {
            ExprKind::Call(callee, _) => matches!(&callee.kind, ExprKind::Name(name) if name == "namespace"),
            _ => false,
        };
        if let (true, [name], ExprKind::Call(_, args)) = (is_namespace, names, &expr.kind) {
            self.emitter.namespaces.insert(name.clone());
            for (field, value) in &args.named {
                let value = self.emitter.value(value);
                self.block(&format!("set_global {} = {value}", namespace_field(name, field)));
            }
            return;
        }
        let value = self.emitter.value(expr);
        if let [name] = names {
            self.block(&format!("set {} = bounded(value={value})", variable(name)));
            return;
        }
        let list = self.emitter.fresh("s");
        self.block(&format!("set {list} = {value}"));
        for (index, name) in names.iter().enumerate() {
            self.block(&format!("set {} = {list}[{index}]", variable(name)));
        }
    }

    fn open_loop(&mut self, id: TagId, targets: &[String], list: &Expr, condition: Option<&Expr>) {
        let pairs_of = match &list.kind {
            ExprKind::Call(callee, args) if args.positional.is_empty() => match &callee.kind {
                ExprKind::Attr(base, method) if method == "items" => Some(base.as_ref()),
                _ => None,
            },
            ExprKind::Filter(base, name, _) if matches!(name.as_str(), "items" | "pairs") => Some(base.as_ref()),
            _ => None,
        };
        let neighbours = self.blocks.neighbours.contains(&id);
        if self.emitter.missing != Missing::Error && is_path(list) {
            // A missing list is no pass at all; that it is missing is still said.
            let asked = self.emitter.maybe(list);
            self.block(&format!("if {asked} is undefined"));
            self.source.text.push_str(&format!("{MARK}m{id}{MARK_END}"));
            self.block("endif");
        }
        let iterable = |this: &mut Self, expr: &Expr| match this.emitter.missing != Missing::Error && is_path(expr) {
            true => format!("({} | default(value=[]))", this.emitter.maybe(expr)),
            false if this.emitter.missing != Missing::Error => format!("({} | listed)", this.emitter.value(expr)),
            false => this.emitter.value(expr),
        };
        match (targets, pairs_of, condition) {
            ([key, value], Some(base), None) if !neighbours => {
                let base = iterable(self, base);
                self.block(&format!("for {}, {} in {base}", variable(key), variable(value)));
            }
            ([name], _, _) => {
                let name = variable(name);
                let mut source = iterable(self, list);
                if let Some(condition) = condition {
                    let condition = self.emitter.maybe(condition);
                    source = format!("[{name} for {name} in {source} if {condition}]");
                }
                let source = self.kept_list(neighbours, source);
                self.block(&format!("for {name} in {source}"));
            }
            (targets, _, condition) => {
                let item = self.emitter.fresh("t");
                let count = targets.len();
                let mut source = format!("({} | tuples(n={count}))", iterable(self, list));
                if let Some(condition) = condition {
                    let mut condition = condition.clone();
                    for (index, target) in targets.iter().enumerate() {
                        substitute(&mut condition, target, &item, index);
                    }
                    let condition = self.emitter.maybe(&condition);
                    source = format!("[{item} for {item} in {source} if {condition}]");
                }
                let source = self.kept_list(neighbours, source);
                self.block(&format!("for {item} in {source}"));
                for (index, target) in targets.iter().enumerate() {
                    self.block(&format!("set {} = {item}[{index}]", variable(target)));
                }
            }
        }
        if !neighbours {
            self.emitter.loops.push(None);
        }
        let restarts: Vec<u32> = self.blocks.restarts.get(&id).into_iter().flatten().copied().collect();
        self.ends.push("endfor".to_owned());
        if !self.writes {
            self.print("tick()");
        }
        for number in &restarts {
            self.block(&format!("set td_n{number} = restart_list(number={number})"));
        }
        self.loops.push(restarts);
    }

    /// The list under a name of its own, for a loop that looks at its neighbours.
    fn kept_list(&mut self, neighbours: bool, source: String) -> String {
        if !neighbours {
            return source;
        }
        let name = self.emitter.fresh("l");
        self.block(&format!("set {name} = {source}"));
        self.emitter.loops.push(Some(name.clone()));
        name
    }

    fn take_errors(&mut self, id: TagId) {
        for error in std::mem::take(&mut self.emitter.errors) {
            let list = match error.key {
                "unknown-filter" => words::FILTERS,
                "unknown-test" => words::TESTS,
                "unknown-method" => words::METHODS,
                "unknown-function" => words::FUNCTIONS,
                _ => &[],
            };
            let near = words::near(&error.what, list.iter().map(|word| word.name));
            self.faults.push(Fault::error(error.key, &self.part.tags[id].place, &error.what).near(near));
        }
    }
}

fn is_path(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Name(_) | ExprKind::Attr(..) | ExprKind::Index(..))
}

/// Puts `item[index]` in the place of a variable.
fn substitute(expr: &mut Expr, name: &str, item: &str, index: usize) {
    let (start, end) = (expr.start, expr.end);
    let each = |expr: &mut Expr| substitute(expr, name, item, index);
    match &mut expr.kind {
        ExprKind::Name(found) if found == name => {
            let base = Expr { kind: ExprKind::Name(item.to_owned()), start, end };
            let number = Expr { kind: ExprKind::Number(index.to_string()), start, end };
            expr.kind = ExprKind::Index(Box::new(base), Box::new(number));
        }
        ExprKind::List(items) => items.iter_mut().for_each(each),
        ExprKind::Attr(base, _) | ExprKind::Unary(_, base) => substitute(base, name, item, index),
        ExprKind::Index(base, other) | ExprKind::Binary(_, base, other) => {
            substitute(base, name, item, index);
            substitute(other, name, item, index);
        }
        ExprKind::Filter(base, _, args) | ExprKind::Test(base, _, args, _) | ExprKind::Call(base, args) => {
            substitute(base, name, item, index);
            args.positional.iter_mut().for_each(|expr| substitute(expr, name, item, index));
            args.named.iter_mut().for_each(|(_, expr)| substitute(expr, name, item, index));
        }
        ExprKind::Ternary(a, b, c) => {
            substitute(a, name, item, index);
            substitute(b, name, item, index);
            if let Some(c) = c {
                substitute(c, name, item, index);
            }
        }
        _ => {}
    }
}

/// `true` when an expression gives text or a whole number whatever the data says; printing it needs no look at its kind.
fn prints_text(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Str(_) | ExprKind::Binary("~", ..) => true,
        ExprKind::Attr(base, field) => {
            matches!(&base.kind, ExprKind::Name(name) if name == "loop")
                && matches!(field.as_str(), "index" | "index0" | "length" | "revindex" | "revindex0" | "depth")
        }
        _ => false,
    }
}
