//! Jinja's grammar of expressions, by recursive descent with a bounded depth.

use super::ast::{Args, Expr, ExprKind};
use super::lex::{Spanned, Token, tokens};

/// What is wrong with the text of a tag. `key` names the sentence in the text catalogues.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntaxError {
    /// Key of the sentence under `template.syntax`.
    pub key: &'static str,
    /// First byte in the text of the tag.
    pub start: usize,
    /// One past the last byte in the text of the tag.
    pub end: usize,
    /// Value for the slot `{what}`.
    pub what: String,
}

impl SyntaxError {
    pub(super) fn new(key: &'static str, start: usize, end: usize) -> Self {
        Self { key, start, end, what: String::new() }
    }

    pub(super) fn with(key: &'static str, start: usize, end: usize, what: impl ToString) -> Self {
        Self { key, start, end, what: what.to_string() }
    }
}

const MAX_DEPTH: usize = 48;
/// Links of one chain (`a.b.c`, `a + b + c`), which nest as deeply as they are long.
const MAX_CHAIN: usize = 200;

/// Reads the text of one tag from left to right.
#[derive(Debug)]
pub struct Parser {
    tokens: Vec<Spanned>,
    at: usize,
    depth: usize,
    len: usize,
}

type Parsed<T> = Result<T, SyntaxError>;

impl Parser {
    /// A parser at the start of a tag's text.
    ///
    /// # Errors
    /// When the text holds a character that no expression has, or a text that is not closed.
    pub fn new(text: &str) -> Parsed<Self> {
        Ok(Self { tokens: tokens(text)?, at: 0, depth: 0, len: text.len() })
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|spanned| &spanned.token)
    }

    fn start(&self) -> usize {
        self.tokens.get(self.at).map_or(self.len, |spanned| spanned.start)
    }

    fn last_end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |spanned| spanned.end)
    }

    /// `true` at the end of the text.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    fn is_op(&self, op: &str) -> bool {
        matches!(self.peek(), Some(Token::Op(found)) if *found == op)
    }

    /// `true` when the next word is `word`.
    #[must_use]
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Name(found)) if found == word)
    }

    /// Takes the operator, if it is next.
    pub fn take_op(&mut self, op: &str) -> bool {
        let found = self.is_op(op);
        self.at += usize::from(found);
        found
    }

    /// Takes the word, if it is next.
    pub fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    /// Takes a name.
    ///
    /// # Errors
    /// When something else comes next.
    pub fn name(&mut self) -> Parsed<String> {
        match self.peek() {
            Some(Token::Name(name)) => {
                let name = name.clone();
                self.at += 1;
                Ok(name)
            }
            _ => Err(self.unexpected()),
        }
    }

    /// Nothing may follow.
    ///
    /// # Errors
    /// When something follows.
    pub fn done(&self) -> Parsed<()> {
        if self.is_done() { Ok(()) } else { Err(self.unexpected()) }
    }

    fn unexpected(&self) -> SyntaxError {
        match self.tokens.get(self.at) {
            None => SyntaxError::new("unexpected-end", self.len, self.len),
            Some(spanned) => {
                let what = match &spanned.token {
                    Token::Name(text) | Token::Number(text) => text.clone(),
                    Token::Str(text) => format!("\"{text}\""),
                    Token::Op(op) => (*op).to_owned(),
                };
                SyntaxError::with("unexpected", spanned.start, spanned.end, what)
            }
        }
    }

    fn require(&mut self, op: &str) -> Parsed<()> {
        if self.take_op(op) {
            return Ok(());
        }
        match self.is_done() {
            true => Err(SyntaxError::with("missing-mark", self.len, self.len, op)),
            false => Err(self.unexpected()),
        }
    }

    fn wrap(&self, start: usize, kind: ExprKind) -> Expr {
        Expr { kind, start, end: self.last_end() }
    }

    /// An expression.
    ///
    /// # Errors
    /// When the text is not one.
    pub fn expression(&mut self) -> Parsed<Expr> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SyntaxError::new("too-deep", self.start(), self.len));
        }
        let start = self.start();
        let mut left = self.or()?;
        let mut links = 0;
        while self.take_word("if") {
            links += 1;
            self.bounded(links)?;
            let condition = self.or()?;
            let other = if self.take_word("else") { Some(Box::new(self.expression()?)) } else { None };
            left = self.wrap(start, ExprKind::Ternary(Box::new(left), Box::new(condition), other));
        }
        self.depth -= 1;
        Ok(left)
    }

    /// Expressions with commas between them; more than one make a list.
    ///
    /// # Errors
    /// When the text is not one.
    pub fn expression_list(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.expression()?;
        if !self.is_op(",") {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.take_op(",") {
            if self.is_done() {
                break;
            }
            items.push(self.expression()?);
        }
        Ok(self.wrap(start, ExprKind::List(items)))
    }

    /// An expression without a trailing `if`, as the list of a loop has.
    ///
    /// # Errors
    /// When the text is not one.
    pub fn or(&mut self) -> Parsed<Expr> {
        self.left_assoc(&[("or", "or"), ("||", "or")], Self::and)
    }

    fn and(&mut self) -> Parsed<Expr> {
        self.left_assoc(&[("and", "and"), ("&&", "and")], Self::not)
    }

    fn left_assoc(&mut self, words: &[(&str, &'static str)], next: fn(&mut Self) -> Parsed<Expr>) -> Parsed<Expr> {
        let start = self.start();
        let mut left = next(self)?;
        let mut links = 0;
        while let Some((_, op)) = words.iter().find(|(word, _)| self.take_word(word) || self.take_op(word)) {
            links += 1;
            self.bounded(links)?;
            let right = next(self)?;
            left = self.wrap(start, ExprKind::Binary(op, Box::new(left), Box::new(right)));
        }
        Ok(left)
    }

    fn bounded(&self, links: usize) -> Parsed<()> {
        if links > MAX_CHAIN { Err(SyntaxError::new("too-deep", self.start(), self.len)) } else { Ok(()) }
    }

    fn not(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if !self.is_word("not") && !self.is_op("!") {
            return self.compare();
        }
        self.at += 1;
        self.nested(|parser| {
            let inner = parser.not()?;
            Ok(parser.wrap(start, ExprKind::Unary("not", Box::new(inner))))
        })
    }

    fn nested(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<Expr>) -> Parsed<Expr> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SyntaxError::new("too-deep", self.start(), self.len));
        }
        let parsed = parse(self)?;
        self.depth -= 1;
        Ok(parsed)
    }

    fn compare(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let mut left = self.sum()?;
        let mut chain: Option<Expr> = None;
        for links in 0.. {
            self.bounded(links)?;
            let op = if self.is_word("not")
                && matches!(self.tokens.get(self.at + 1).map(|s| &s.token), Some(Token::Name(n)) if n == "in")
            {
                self.at += 2;
                "not in"
            } else if self.take_word("in") {
                "in"
            } else if let Some(op) = ["==", "!=", "<=", ">=", "<", ">"].into_iter().find(|op| self.take_op(op)) {
                op
            } else {
                return Ok(chain.unwrap_or(left));
            };
            let right = self.sum()?;
            let link = self.wrap(start, ExprKind::Binary(op, Box::new(left), Box::new(right.clone())));
            chain = Some(match chain {
                None => link,
                Some(before) => self.wrap(start, ExprKind::Binary("and", Box::new(before), Box::new(link))),
            });
            left = right;
        }
        Ok(chain.unwrap_or(left))
    }

    fn sum(&mut self) -> Parsed<Expr> {
        self.left_assoc(&[("+", "+"), ("-", "-")], Self::concat)
    }

    fn concat(&mut self) -> Parsed<Expr> {
        self.left_assoc(&[("~", "~")], Self::product)
    }

    fn product(&mut self) -> Parsed<Expr> {
        self.left_assoc(&[("*", "*"), ("//", "//"), ("/", "/"), ("%", "%")], Self::power)
    }

    fn power(&mut self) -> Parsed<Expr> {
        self.left_assoc(&[("**", "**")], Self::unary)
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let start = self.start();
        for op in ["-", "+"] {
            if self.take_op(op) {
                return self.nested(|parser| {
                    let inner = parser.unary()?;
                    Ok(parser.wrap(start, ExprKind::Unary(op, Box::new(inner))))
                });
            }
        }
        let primary = self.primary()?;
        self.postfix(start, primary)
    }

    fn primary(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let Some(token) = self.peek().cloned() else { return Err(self.unexpected()) };
        self.at += 1;
        let kind = match token {
            Token::Name(name) => match name.as_str() {
                "true" | "True" => ExprKind::Bool(true),
                "false" | "False" => ExprKind::Bool(false),
                "none" | "None" | "null" => ExprKind::None,
                "and" | "or" | "not" | "in" | "is" | "if" | "else" => {
                    self.at -= 1;
                    return Err(self.unexpected());
                }
                _ => ExprKind::Name(name),
            },
            Token::Str(mut text) => {
                while let Some(Token::Str(more)) = self.peek() {
                    text.push_str(more);
                    self.at += 1;
                }
                ExprKind::Str(text)
            }
            Token::Number(number) => ExprKind::Number(number),
            Token::Op("(") => {
                if self.take_op(")") {
                    ExprKind::List(Vec::new())
                } else {
                    let inner = self.expression_list()?;
                    self.require(")")?;
                    return Ok(inner);
                }
            }
            Token::Op("[") => ExprKind::List(self.items("]")?),
            Token::Op("{") => ExprKind::Map(self.pairs()?),
            _ => {
                self.at -= 1;
                return Err(self.unexpected());
            }
        };
        Ok(self.wrap(start, kind))
    }

    fn items(&mut self, close: &str) -> Parsed<Vec<Expr>> {
        let mut items = Vec::new();
        while !self.take_op(close) {
            items.push(self.expression()?);
            if !self.take_op(",") {
                self.require(close)?;
                break;
            }
        }
        Ok(items)
    }

    fn pairs(&mut self) -> Parsed<Vec<(Expr, Expr)>> {
        let mut pairs = Vec::new();
        while !self.take_op("}") {
            let key = self.expression()?;
            self.require(":")?;
            pairs.push((key, self.expression()?));
            if !self.take_op(",") {
                self.require("}")?;
                break;
            }
        }
        Ok(pairs)
    }

    fn postfix(&mut self, start: usize, mut base: Expr) -> Parsed<Expr> {
        for links in 0.. {
            self.bounded(links)?;
            let kind = if self.take_op(".") || self.take_op("?.") {
                match self.peek().cloned() {
                    Some(Token::Name(name)) => {
                        self.at += 1;
                        ExprKind::Attr(Box::new(base), name)
                    }
                    Some(Token::Number(number)) if number.bytes().all(|b| b.is_ascii_digit()) => {
                        let index = Expr { kind: ExprKind::Number(number), start: self.start(), end: self.start() };
                        self.at += 1;
                        ExprKind::Index(Box::new(base), Box::new(index))
                    }
                    _ => return Err(self.unexpected()),
                }
            } else if self.take_op("[") {
                self.subscript(base)?
            } else if self.take_op("(") {
                ExprKind::Call(Box::new(base), self.arguments()?)
            } else if self.take_op("|") {
                let name = self.name()?;
                let args = if self.take_op("(") { self.arguments()? } else { Args::default() };
                ExprKind::Filter(Box::new(base), name, args)
            } else if self.take_word("is") {
                self.test(base)?
            } else {
                return Ok(base);
            };
            base = self.wrap(start, kind);
        }
        Ok(base)
    }

    fn subscript(&mut self, base: Expr) -> Parsed<ExprKind> {
        let mut parts: [Option<Box<Expr>>; 3] = [None, None, None];
        let mut colons = 0;
        loop {
            if self.take_op("]") {
                break;
            }
            if self.take_op(":") {
                colons += 1;
                if colons > 2 {
                    return Err(self.unexpected());
                }
                continue;
            }
            match parts.get_mut(colons) {
                Some(slot @ None) => *slot = Some(Box::new(self.expression()?)),
                _ => return Err(self.unexpected()),
            }
        }
        match (colons, parts) {
            (0, [Some(index), None, None]) => Ok(ExprKind::Index(Box::new(base), index)),
            (0, _) => Err(self.unexpected()),
            (_, parts) => Ok(ExprKind::Slice(Box::new(base), parts)),
        }
    }

    /// Arguments up to the closing parenthesis.
    ///
    /// # Errors
    /// When they are not well-formed.
    pub fn arguments(&mut self) -> Parsed<Args> {
        let mut args = Args::default();
        while !self.take_op(")") {
            let named = match (self.peek(), self.tokens.get(self.at + 1).map(|s| &s.token)) {
                (Some(Token::Name(name)), Some(Token::Op("="))) => Some(name.clone()),
                _ => None,
            };
            if let Some(name) = named {
                self.at += 2;
                args.named.push((name, self.expression()?));
            } else {
                args.positional.push(self.expression()?);
            }
            if !self.take_op(",") {
                self.require(")")?;
                break;
            }
        }
        Ok(args)
    }

    fn test(&mut self, base: Expr) -> Parsed<ExprKind> {
        let negated = self.take_word("not");
        let name = match self.peek().cloned() {
            Some(Token::Op(op @ ("==" | "!=" | "<" | ">" | "<=" | ">="))) => {
                self.at += 1;
                op.to_owned()
            }
            _ => self.name()?,
        };
        let mut args = Args::default();
        if self.take_op("(") {
            args = self.arguments()?;
        } else if matches!(self.peek(), Some(Token::Str(_) | Token::Number(_)))
            || matches!(self.peek(), Some(Token::Name(word)) if !matches!(word.as_str(), "and" | "or" | "else" | "if" | "is" | "not" | "in"))
        {
            let start = self.start();
            let argument = self.primary()?;
            args.positional.push(self.postfix(start, argument)?);
        }
        Ok(ExprKind::Test(Box::new(base), name, args, negated))
    }
}
