//! Tags: where they begin and end in a text, and what they say.

use super::expr::{Args, Expr, Parser, SyntaxError};
use std::ops::Range;

/// What a tag takes with it: nothing, or the element that carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Stands in the text.
    Inline,
    /// `{%r …`: the run.
    Run,
    /// `{%p …`: the paragraph.
    Paragraph,
    /// `{%tc …`: the cell.
    Cell,
    /// `{%tr …`: the row.
    Row,
}

impl Scope {
    /// The element that the tag takes with it.
    #[must_use]
    pub fn element(self) -> Option<&'static str> {
        match self {
            Self::Inline => None,
            Self::Run => Some("w:r"),
            Self::Paragraph => Some("w:p"),
            Self::Cell => Some("w:tc"),
            Self::Row => Some("w:tr"),
        }
    }
}

/// What a tag says.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// `{{ x }}`.
    Print(Expr),
    /// `{# … #}`.
    Comment,
    /// `{% if x %}`.
    If(Expr),
    /// `{% elif x %}`.
    Elif(Expr),
    /// `{% else %}`.
    Else,
    /// `{% endif %}`.
    EndIf,
    /// `{% for a, b in x if y %}`.
    For {
        /// Names of the loop's variables.
        targets: Vec<String>,
        /// The list.
        list: Expr,
        /// The condition that chooses from it.
        condition: Option<Expr>,
    },
    /// `{% endfor %}`.
    EndFor,
    /// `{% set a = x %}`.
    Set(Vec<String>, Expr),
    /// `{% set space.a = x %}`.
    SetField(String, String, Expr),
    /// `{% set a %}`.
    SetBlock(String),
    /// `{% endset %}`.
    EndSet,
    /// `{% with a = x %}`.
    With(Vec<(String, Expr)>),
    /// `{% endwith %}`.
    EndWith,
    /// `{% filter name %}`.
    Filter(String, Args),
    /// `{% endfilter %}`.
    EndFilter,
    /// `{% break %}`.
    Break,
    /// `{% continue %}`.
    Continue,
    /// `{% raw %}`: what follows is text.
    Raw,
    /// `{% endraw %}`.
    EndRaw,
    /// `{% cellbg x %}`: the cell's colour.
    CellColour(Expr),
    /// `{% colspan x %}`: the cell's width in columns.
    ColumnSpan(Expr),
    /// `{% hm %}`: one cell for all passes of the loop.
    MergeAcross,
    /// `{% vm %}`: merged over all passes of the loop; `{% vm x %}`: over neighbours with the same value.
    MergeDown(Option<Expr>),
    /// `{% restart %}`: the list begins anew with each pass of the loop.
    Restart,
}

/// A tag as found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct RawTag {
    /// Bytes of the tag in the text, marks included.
    pub range: Range<usize>,
    /// `{`, `%` or `#`.
    pub mark: char,
    /// What it takes with it.
    pub scope: Scope,
    /// `{%-`.
    pub trim_before: bool,
    /// `-%}`.
    pub trim_after: bool,
    /// Between the marks, without scope and dashes.
    pub inner: Range<usize>,
}

/// A tag that begins and does not end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclosed(pub Range<usize>);

/// All tags of a text, in order. Between `{% raw %}` and `{% endraw %}` there are none.
pub fn find_tags(text: &str) -> (Vec<RawTag>, Vec<Unclosed>) {
    let (mut tags, mut unclosed) = (Vec::new(), Vec::new());
    let mut at = 0;
    let mut raw = false;
    let mut comments_end = true;
    while let Some(start) = next_open(text, at) {
        let mark = text.as_bytes().get(start + 1).map_or('{', |b| char::from(*b));
        let end = if mark != '#' || comments_end { tag_end(text, start, mark) } else { None };
        let Some(end) = end else {
            // Where one comment does not end, no later one does.
            comments_end &= mark != '#';
            unclosed.push(Unclosed(start..text.len()));
            at = start + 2;
            continue;
        };
        let tag = raw_tag(text, start..end, mark);
        let word = text.get(tag.inner.clone()).unwrap_or_default().trim();
        let keep = !raw || (mark == '%' && word == "endraw");
        if keep {
            raw = mark == '%' && word == "raw";
            tags.push(tag);
        }
        at = if keep { end } else { start + 2 };
    }
    (tags, unclosed)
}

fn next_open(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += memchr::memchr(b'{', bytes.get(at..)?)?;
        match bytes.get(at + 1) {
            Some(b'{' | b'%' | b'#') => return Some(at),
            _ => at += 1,
        }
    }
}

fn tag_end(text: &str, start: usize, mark: char) -> Option<usize> {
    let close = match mark {
        '{' => "}}",
        '%' => "%}",
        _ => return text.get(start + 2..)?.find("#}").map(|at| start + 2 + at + 2),
    };
    scan_end(text, start + 2, close, true).or_else(|| scan_end(text, start + 2, close, false))
}

/// The end of a tag. The marks of texts and the braces of maps are respected, unless that leads nowhere. Another tag
/// that begins before this one ends means that this one does not end.
fn scan_end(text: &str, from: usize, close: &str, respect: bool) -> Option<usize> {
    let mut braces = 0_usize;
    let mut at = from;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(close) && (braces == 0 || close == "%}") {
            return Some(at + close.len());
        }
        let c = rest.chars().next()?;
        if respect && (super::expr::is_quote(c)) {
            at += super::expr::quoted_len(rest)?;
            continue;
        }
        match c {
            '{' if rest.starts_with("{{") || rest.starts_with("{%") => return None,
            '{' if respect => braces += 1,
            '}' if respect => braces = braces.saturating_sub(1),
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}

fn raw_tag(text: &str, range: Range<usize>, mark: char) -> RawTag {
    let (mut from, mut to) = (range.start + 2, range.end - 2);
    let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let trim_before = slice(from, to).starts_with('-');
    from += usize::from(trim_before);
    let trim_after = slice(from, to).ends_with('-');
    to -= usize::from(trim_after);
    let body = slice(from, to);
    let scopes = [("tr", Scope::Row), ("tc", Scope::Cell), ("p", Scope::Paragraph), ("r", Scope::Run)];
    let mut scope = Scope::Inline;
    for (prefix, found) in scopes {
        if let Some(rest) = body.strip_prefix(prefix) {
            let ends_word = rest.starts_with(char::is_whitespace) || (mark == '#' && rest.is_empty());
            if ends_word {
                scope = found;
                from += prefix.len();
                break;
            }
        }
    }
    RawTag { range, mark, scope, trim_before, trim_after, inner: from..to }
}

/// Reads what a tag says; `inner` is the text between its marks.
///
/// # Errors
/// When it says nothing that is known.
pub fn statement(mark: char, inner: &str) -> Result<Statement, SyntaxError> {
    if mark == '#' {
        return Ok(Statement::Comment);
    }
    let mut parser = Parser::new(inner)?;
    if mark == '{' {
        let value = parser.expression_list()?;
        parser.done()?;
        return Ok(Statement::Print(value));
    }
    let word = parser.name()?;
    let parsed = block(&word, &mut parser)?;
    parser.done()?;
    Ok(parsed)
}

fn block(word: &str, parser: &mut Parser) -> Result<Statement, SyntaxError> {
    Ok(match word {
        "if" => Statement::If(parser.expression()?),
        "elif" | "elseif" => Statement::Elif(parser.expression()?),
        "else" => {
            if parser.take_word("if") {
                Statement::Elif(parser.expression()?)
            } else {
                Statement::Else
            }
        }
        "endif" => Statement::EndIf,
        "for" => loop_head(parser)?,
        "endfor" => Statement::EndFor,
        "set" => assignment(parser)?,
        "endset" => Statement::EndSet,
        "with" => {
            let mut pairs = Vec::new();
            while !parser.is_done() {
                let name = parser.name()?;
                if !parser.take_op("=") {
                    return Err(SyntaxError { key: "missing-mark", start: 0, end: 0, what: "=".into() });
                }
                pairs.push((name, parser.expression()?));
                if !parser.take_op(",") {
                    break;
                }
            }
            Statement::With(pairs)
        }
        "endwith" => Statement::EndWith,
        "filter" => {
            let name = parser.name()?;
            let args = if parser.take_op("(") { parser.arguments()? } else { Args::default() };
            Statement::Filter(name, args)
        }
        "endfilter" => Statement::EndFilter,
        "break" => Statement::Break,
        "continue" => Statement::Continue,
        "raw" => Statement::Raw,
        "endraw" => Statement::EndRaw,
        "cellbg" => Statement::CellColour(parser.expression()?),
        "colspan" => Statement::ColumnSpan(parser.expression()?),
        "hm" => Statement::MergeAcross,
        "vm" => Statement::MergeDown(if parser.is_done() { None } else { Some(parser.expression()?) }),
        "restart" => Statement::Restart,
        "include" | "import" | "from" | "extends" | "block" | "endblock" | "macro" | "endmacro" | "call"
        | "endcall" | "do" | "autoescape" | "endautoescape" | "trans" | "endtrans" | "component" | "set_global" => {
            return Err(SyntaxError { key: "unsupported-tag", start: 0, end: word.len(), what: word.to_owned() });
        }
        _ => return Err(SyntaxError { key: "unknown-tag", start: 0, end: word.len(), what: word.to_owned() }),
    })
}

/// What stands for a tag that cannot be read: a block that opens, when it looks like one.
#[must_use]
pub fn opening(inner: &str) -> Statement {
    let nothing = || Expr { kind: super::expr::ExprKind::List(Vec::new()), start: 0, end: 0 };
    match inner.split_whitespace().next() {
        Some("if") => Statement::If(nothing()),
        Some("for" | "fro") => Statement::For { targets: vec!["x".to_owned()], list: nothing(), condition: None },
        _ => Statement::Comment,
    }
}

/// Words that a `{% … %}` may begin with.
pub const WORDS: [&str; 22] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "set",
    "endset",
    "with",
    "endwith",
    "filter",
    "endfilter",
    "break",
    "continue",
    "raw",
    "endraw",
    "cellbg",
    "colspan",
    "hm",
    "vm",
    "restart",
    "elseif",
];

fn loop_head(parser: &mut Parser) -> Result<Statement, SyntaxError> {
    let grouped = parser.take_op("(");
    let mut targets = vec![parser.name()?];
    while parser.take_op(",") {
        targets.push(parser.name()?);
    }
    if grouped && !parser.take_op(")") {
        return Err(SyntaxError { key: "missing-mark", start: 0, end: 0, what: ")".into() });
    }
    if !parser.take_word("in") {
        return Err(SyntaxError { key: "for-without-in", start: 0, end: 0, what: String::new() });
    }
    let list = parser.or()?;
    let condition = if parser.take_word("if") { Some(parser.or()?) } else { None };
    if parser.is_word("recursive") {
        return Err(SyntaxError { key: "recursive-loop", start: 0, end: 0, what: String::new() });
    }
    Ok(Statement::For { targets, list, condition })
}

fn assignment(parser: &mut Parser) -> Result<Statement, SyntaxError> {
    let name = parser.name()?;
    if parser.take_op(".") {
        let field = parser.name()?;
        if !parser.take_op("=") {
            return Err(SyntaxError { key: "missing-mark", start: 0, end: 0, what: "=".into() });
        }
        return Ok(Statement::SetField(name, field, parser.expression_list()?));
    }
    let mut names = vec![name];
    while parser.take_op(",") {
        names.push(parser.name()?);
    }
    if parser.take_op("=") {
        return Ok(Statement::Set(names, parser.expression_list()?));
    }
    match names.pop() {
        Some(name) if names.is_empty() => Ok(Statement::SetBlock(name)),
        _ => Err(SyntaxError { key: "missing-mark", start: 0, end: 0, what: "=".into() }),
    }
}
