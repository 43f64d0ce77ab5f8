//! Writes an expression down in Tera's syntax.

use super::ast::{Args, Expr, ExprKind};
use super::parse::SyntaxError;
use super::words::{self, FILTERS, FUNCTIONS, METHODS, TEST_METHODS, TESTS, Word};
use std::collections::BTreeSet;

/// What becomes of a value that the data does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// An error (the default).
    #[default]
    Error,
    /// `……`, highlighted, and listed.
    Dots,
    /// Nothing, and listed.
    Empty,
}

/// First control character of what the evaluator hands to the last pass over its output.
pub const MARK: char = '\u{1}';
/// Last control character of the same.
pub const MARK_END: char = '\u{2}';

/// Writes expressions of one part, in order.
#[derive(Debug)]
pub struct Emitter {
    /// What becomes of missing values.
    pub missing: Missing,
    /// Number of the tag that is being written, for the list of missing values.
    pub tag: usize,
    /// Variables that hold a `namespace(…)`.
    pub namespaces: BTreeSet<String>,
    /// For each open loop, the variable that holds its list, when the loop looks at its neighbours.
    pub loops: Vec<Option<String>>,
    /// What could not be written.
    pub errors: Vec<SyntaxError>,
    counter: usize,
    careful: bool,
}

impl Emitter {
    /// An emitter at the start of a part.
    #[must_use]
    pub fn new(missing: Missing) -> Self {
        Self {
            missing,
            tag: 0,
            namespaces: BTreeSet::new(),
            loops: Vec::new(),
            errors: Vec::new(),
            counter: 0,
            careful: false,
        }
    }

    /// A variable name that no template has.
    pub fn fresh(&mut self, prefix: &str) -> String {
        self.counter += 1;
        format!("td_{prefix}{}", self.counter)
    }

    /// An expression whose value is needed.
    pub fn value(&mut self, expr: &Expr) -> String {
        self.write(expr, true)
    }

    /// An expression that may be undefined: a condition.
    pub fn maybe(&mut self, expr: &Expr) -> String {
        self.write(expr, false)
    }

    /// An expression that is asked whether it is there at all (`is defined`, `default`): no step of it is an error.
    fn asked(&mut self, expr: &Expr) -> String {
        let before = std::mem::replace(&mut self.careful, true);
        let written = self.write(expr, false);
        self.careful = before;
        written
    }

    fn fail(&mut self, key: &'static str, expr: &Expr, what: impl ToString) -> String {
        self.errors.push(SyntaxError { key, start: expr.start, end: expr.end, what: what.to_string() });
        "\"\"".to_owned()
    }

    fn write(&mut self, expr: &Expr, needed: bool) -> String {
        match &expr.kind {
            ExprKind::Str(text) => quote(text),
            ExprKind::Number(number) => number.clone(),
            ExprKind::Bool(value) => value.to_string(),
            ExprKind::None => "none".to_owned(),
            ExprKind::List(items) => format!("[{}]", self.list(items)),
            ExprKind::Map(pairs) => self.map(pairs),
            ExprKind::Name(_) | ExprKind::Attr(..) | ExprKind::Index(..) | ExprKind::Slice(..) => {
                self.path_value(expr, needed)
            }
            ExprKind::Call(callee, args) => self.call(expr, callee, args),
            ExprKind::Filter(base, name, args) => self.filter(expr, base, name, args),
            ExprKind::Test(base, name, args, negated) => match words::find(TESTS, name) {
                Some(word) => self.test(expr, base, word, args, *negated),
                None => self.fail("unknown-test", expr, name),
            },
            ExprKind::Unary("not", inner) => format!("(not {})", self.maybe(inner)),
            ExprKind::Unary("-", inner) => match &inner.kind {
                ExprKind::Number(number) => format!("-{number}"),
                _ => format!("(0 - {})", self.value(inner)),
            },
            ExprKind::Unary(_, inner) => self.value(inner),
            ExprKind::Binary("+", left, right) => self.plus(left, right),
            ExprKind::Binary(op @ ("and" | "or"), left, right) => {
                format!("({} {op} {})", self.maybe(left), self.write(right, needed && *op == "or"))
            }
            ExprKind::Binary("not in", left, right) => {
                format!("(not ({} in {}))", self.value(left), self.value(right))
            }
            ExprKind::Binary(op @ ("==" | "!="), left, right) => {
                format!("({} {op} {})", self.maybe(left), self.maybe(right))
            }
            ExprKind::Binary(op, left, right) => format!("({} {op} {})", self.value(left), self.value(right)),
            ExprKind::Ternary(then, condition, other) => {
                let other = other.as_ref().map_or("\"\"".to_owned(), |other| self.write(other, needed));
                format!("({} if {} else {other})", self.write(then, needed), self.maybe(condition))
            }
        }
    }

    fn list(&mut self, items: &[Expr]) -> String {
        items.iter().map(|item| self.value(item)).collect::<Vec<_>>().join(", ")
    }

    fn map(&mut self, pairs: &[(Expr, Expr)]) -> String {
        let mut out = Vec::with_capacity(pairs.len());
        for (key, value) in pairs {
            let key = match &key.kind {
                ExprKind::Str(text) => quote(text),
                ExprKind::Number(number) => number.clone(),
                _ => self.fail("map-key", key, ""),
            };
            out.push(format!("{key}: {}", self.value(value)));
        }
        format!("{{{}}}", out.join(", "))
    }

    /// `a.b[c]`; where it may be missing, every step is a careful one and the end has a fallback.
    fn path_value(&mut self, expr: &Expr, needed: bool) -> String {
        let path = match self.special_attr(expr) {
            Some(special) if !special.contains("td_") => return special,
            Some(special) => special,
            None => self.path(expr),
        };
        match (self.missing, needed) {
            (Missing::Error, _) | (_, false) => path,
            (Missing::Dots, true) => format!("({path} | default(value=\"{MARK}M{}{MARK_END}\"))", self.tag),
            (Missing::Empty, true) => format!("({path} | default(value=\"{MARK}N{}{MARK_END}\"))", self.tag),
        }
    }

    fn path(&mut self, expr: &Expr) -> String {
        let lenient = self.careful || self.missing != Missing::Error;
        let mark = if lenient { "?" } else { "" };
        match &expr.kind {
            ExprKind::Name(name) => variable(name),
            ExprKind::Attr(base, name) => {
                if let Some(special) = self.special_attr(expr) {
                    return special;
                }
                let base = self.base(base);
                match is_plain(name) {
                    true => format!("{base}{mark}.{name}"),
                    false => format!("{base}{mark}[{}]", quote(name)),
                }
            }
            ExprKind::Index(base, index) => format!("{}{mark}[{}]", self.base(base), self.value(index)),
            ExprKind::Slice(base, parts) => {
                let base = self.base(base);
                let [start, end, step] = parts.each_ref().map(|part| match part {
                    Some(part) => self.value(part),
                    None => String::new(),
                });
                let step = if step.is_empty() { step } else { format!(":{step}") };
                format!("{base}{mark}[{start}:{end}{step}]")
            }
            _ => self.value(expr),
        }
    }

    fn base(&mut self, base: &Expr) -> String {
        match &base.kind {
            ExprKind::Name(_) | ExprKind::Attr(..) | ExprKind::Index(..) | ExprKind::Slice(..) => self.path(base),
            _ => self.value(base),
        }
    }

    /// `loop.…` and fields of a namespace.
    fn special_attr(&mut self, expr: &Expr) -> Option<String> {
        let ExprKind::Attr(base, attr) = &expr.kind else { return None };
        let ExprKind::Name(name) = &base.kind else { return None };
        if self.namespaces.contains(name) {
            return Some(namespace_field(name, attr));
        }
        if name != "loop" || self.loops.is_empty() {
            return None;
        }
        let neighbour = |this: &Self, step: &str, edge: &str| {
            let list = this.loops.last().cloned().flatten().unwrap_or_default();
            format!("({list}[loop.index0 {step} 1] if not loop.{edge} else td_nothing)")
        };
        Some(match attr.as_str() {
            "index" | "index0" | "first" | "last" | "length" => format!("loop.{attr}"),
            "revindex" => "(loop.length - loop.index0)".to_owned(),
            "revindex0" => "(loop.length - loop.index)".to_owned(),
            "depth" => self.loops.len().to_string(),
            "depth0" => (self.loops.len() - 1).to_string(),
            "previtem" => neighbour(self, "-", "first"),
            "nextitem" => neighbour(self, "+", "last"),
            other => self.fail("unknown-loop-field", expr, other),
        })
    }

    fn call(&mut self, expr: &Expr, callee: &Expr, args: &Args) -> String {
        match &callee.kind {
            ExprKind::Name(name) => match (name.as_str(), words::find(FUNCTIONS, name)) {
                ("dict", _) => {
                    let pairs: Vec<String> = args
                        .named
                        .iter()
                        .map(|(key, value)| format!("{}: {}", quote(key), self.value(value)))
                        .collect();
                    format!("{{{}}}", pairs.join(", "))
                }
                ("range", Some(word)) => {
                    let params = if args.positional.len() == 1 { &["end"][..] } else { word.params };
                    let args = self.arguments(expr, params, args);
                    format!("range({args})")
                }
                ("namespace", _) => self.fail("namespace-outside-set", expr, name),
                _ => self.fail("unknown-function", expr, name),
            },
            ExprKind::Attr(base, method) => self.method(expr, base, method, args),
            _ => self.fail("not-callable", expr, ""),
        }
    }

    fn method(&mut self, expr: &Expr, base: &Expr, method: &str, args: &Args) -> String {
        if matches!(&base.kind, ExprKind::Name(name) if name == "loop") && !self.loops.is_empty() {
            return match method {
                "cycle" if !args.positional.is_empty() => {
                    let count = args.positional.len();
                    format!("([{}][loop.index0 % {count}])", self.list(&args.positional))
                }
                "changed" if !args.positional.is_empty() => {
                    let id = self.fresh("c");
                    let values = self.list(&args.positional);
                    format!("changed(id=\"{id}\", value=[{values}], first=loop.first)")
                }
                _ => self.fail("unknown-loop-field", expr, method),
            };
        }
        if method == "join" && args.positional.len() == 1 {
            let (list, sep) = (self.list(&args.positional), self.value(base));
            return format!("({list} | join(d={sep}))");
        }
        if let Some(word) = words::find(TEST_METHODS, method) {
            return self.test(expr, base, word, args, false);
        }
        match words::find(METHODS, method) {
            Some(word) => {
                let (base, args) = (self.value(base), self.arguments(expr, word.params, args));
                format!("({base} | {}({args}))", word.target)
            }
            None => self.fail("unknown-method", expr, method),
        }
    }

    fn filter(&mut self, expr: &Expr, base: &Expr, name: &str, args: &Args) -> String {
        let Some(word) = words::find(FILTERS, name) else { return self.fail("unknown-filter", expr, name) };
        let base = if word.target == "default" { self.asked(base) } else { self.value(base) };
        let mut args = match word.target {
            "format" | "str_format" => self.format_arguments(args),
            "map" if args.named.iter().any(|(name, _)| name == "attribute") => self.arguments(expr, &[], args),
            "sum" if matches!(args.positional.first().map(|e| &e.kind), Some(ExprKind::Number(_))) => {
                self.arguments(expr, &["start"], args)
            }
            _ => self.arguments(expr, word.params, args),
        };
        if word.target == "default" && args.is_empty() {
            args = "value=\"\"".to_owned();
        }
        match args.is_empty() {
            true => format!("({base} | {})", word.target),
            false => format!("({base} | {}({args}))", word.target),
        }
    }

    fn format_arguments(&mut self, args: &Args) -> String {
        let positional = self.list(&args.positional);
        let named: Vec<String> =
            args.named.iter().map(|(name, value)| format!("{}: {}", quote(name), self.value(value))).collect();
        format!("args=[{positional}], named={{{}}}", named.join(", "))
    }

    fn test(&mut self, expr: &Expr, base: &Expr, word: &Word, args: &Args, negated: bool) -> String {
        let careful =
            matches!(word.target, "defined" | "undefined" | "none" | "true_value" | "false_value" | "eq" | "ne");
        let base = if careful { self.asked(base) } else { self.value(base) };
        let args = self.arguments(expr, word.params, args);
        let not = if negated { "not " } else { "" };
        match args.is_empty() {
            true => format!("({base} is {not}{})", word.target),
            false => format!("({base} is {not}{}({args}))", word.target),
        }
    }

    fn arguments(&mut self, expr: &Expr, params: &[&str], args: &Args) -> String {
        let mut out = Vec::new();
        for (index, value) in args.positional.iter().enumerate() {
            match params.get(index) {
                Some(name) => out.push(format!("{name}={}", self.value(value))),
                None => {
                    self.fail("too-many-arguments", expr, args.positional.len());
                }
            }
        }
        for (name, value) in &args.named {
            let name = match name.as_str() {
                "default_value" => "value",
                other => other,
            };
            out.push(format!("{name}={}", self.value(value)));
        }
        out.join(", ")
    }

    /// Tera adds numbers only; texts and lists are joined by a filter of ours.
    fn plus(&mut self, left: &Expr, right: &Expr) -> String {
        let is_text = |expr: &Expr| matches!(expr.kind, ExprKind::Str(_) | ExprKind::Binary("~", ..));
        let is_number = |expr: &Expr| matches!(expr.kind, ExprKind::Number(_));
        let (l, r) = (self.value(left), self.value(right));
        if is_text(left) || is_text(right) {
            format!("({l} ~ {r})")
        } else if is_number(left) || is_number(right) {
            format!("({l} + {r})")
        } else {
            format!("({l} | plus(other={r}))")
        }
    }
}

/// The variable that stands for a namespace's field.
#[must_use]
pub fn namespace_field(name: &str, field: &str) -> String {
    variable(&format!("td_ns_{name}__{field}"))
}

/// A name as Tera takes it: ASCII only, no reserved word.
#[must_use]
pub fn variable(name: &str) -> String {
    if is_plain(name) {
        return name.to_owned();
    }
    let mut out = String::from("td_u_");
    for c in name.chars() {
        match c {
            'a'..='w' | 'y' | 'z' | 'A'..='Z' | '0'..='9' => out.push(c),
            _ => out.push_str(&format!("x{:x}_", c as u32)),
        }
    }
    out
}

/// `true` for a name that Tera takes as it is.
#[must_use]
pub fn is_plain(name: &str) -> bool {
    const RESERVED: [&str; 22] = [
        "true", "false", "True", "False", "none", "None", "null", "and", "or", "not", "in", "is", "if", "else", "loop",
        "self", "super", "for", "set", "filter", "block", "raw",
    ];
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !name.starts_with("__tera")
        && !RESERVED.contains(&name)
}

/// A text literal in Tera's spelling.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
