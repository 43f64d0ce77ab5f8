//! What an expression means.

/// An expression with its place in the tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// First byte in the text of the tag.
    pub start: usize,
    /// One past the last byte in the text of the tag.
    pub end: usize,
}

/// Arguments of a call, a filter or a test.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Args {
    /// Arguments by position.
    pub positional: Vec<Expr>,
    /// Arguments by name.
    pub named: Vec<(String, Expr)>,
}

/// The forms of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A variable.
    Name(String),
    /// A text.
    Str(String),
    /// A number, as written.
    Number(String),
    /// `true` or `false`.
    Bool(bool),
    /// `none`.
    None,
    /// `[a, b]` or `(a, b)`.
    List(Vec<Expr>),
    /// `{"a": b}`.
    Map(Vec<(Expr, Expr)>),
    /// `a.b`.
    Attr(Box<Expr>, String),
    /// `a[b]`.
    Index(Box<Expr>, Box<Expr>),
    /// `a[b:c:d]`.
    Slice(Box<Expr>, [Option<Box<Expr>>; 3]),
    /// `a(…)`.
    Call(Box<Expr>, Args),
    /// `a | name(…)`.
    Filter(Box<Expr>, String, Args),
    /// `a is [not] name(…)`.
    Test(Box<Expr>, String, Args, bool),
    /// `not a`, `-a`, `+a`.
    Unary(&'static str, Box<Expr>),
    /// `a op b`.
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// `a if c else b`; the last part may be missing.
    Ternary(Box<Expr>, Box<Expr>, Option<Box<Expr>>),
}
