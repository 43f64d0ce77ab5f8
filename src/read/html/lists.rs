//! Labels of list entries, as a browser prints them.

use crate::language::numeral::to_roman;

/// A list that is open.
#[derive(Debug, Clone)]
pub struct List {
    style: Style,
    next: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    None,
    Bullet(&'static str),
    Decimal,
    Alpha { upper: bool },
    Roman { upper: bool },
}

impl List {
    /// A list of `<ul>` or `<ol>` with its attributes; `depth` counts the lists around it.
    pub fn new(ordered: bool, depth: usize, kind: Option<&str>, style: Option<&str>, start: Option<&str>) -> Self {
        let default =
            if ordered { Style::Decimal } else { Style::Bullet(["•", "◦", "▪"].get(depth).unwrap_or(&"▪")) };
        let named = style.and_then(declared).or(kind).and_then(by_name);
        Self { style: named.unwrap_or(default), next: start.and_then(|s| s.trim().parse().ok()).unwrap_or(1) }
    }

    /// Label of the next entry; `value` is the number that the entry itself names.
    pub fn label(&mut self, value: Option<&str>) -> Option<String> {
        let number = value.and_then(|v| v.trim().parse().ok()).unwrap_or(self.next);
        self.next = number.saturating_add(1);
        match self.style {
            Style::None => None,
            Style::Bullet(mark) => Some(mark.to_owned()),
            Style::Decimal => Some(format!("{number}.")),
            Style::Alpha { upper } => Some(format!("{}.", alpha(number, upper))),
            Style::Roman { upper } => Some(format!("{}.", roman(number, upper))),
        }
    }
}

/// The value of `list-style-type` or `list-style` in a style attribute.
fn declared(style: &str) -> Option<&str> {
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        matches!(name.trim(), "list-style-type" | "list-style").then(|| value.trim())
    })
}

fn by_name(name: &str) -> Option<Style> {
    Some(match name.trim() {
        "none" => Style::None,
        "disc" => Style::Bullet("•"),
        "circle" => Style::Bullet("◦"),
        "square" => Style::Bullet("▪"),
        "1" | "decimal" => Style::Decimal,
        "a" | "lower-alpha" | "lower-latin" => Style::Alpha { upper: false },
        "A" | "upper-alpha" | "upper-latin" => Style::Alpha { upper: true },
        "i" | "lower-roman" => Style::Roman { upper: false },
        "I" | "upper-roman" => Style::Roman { upper: true },
        _ => return None,
    })
}

fn alpha(number: i64, upper: bool) -> String {
    if !(1..=1_000_000).contains(&number) {
        return number.to_string();
    }
    let first = if upper { b'A' } else { b'a' };
    let mut rest = number;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(first + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(number: i64, upper: bool) -> String {
    match u32::try_from(number).ok().and_then(to_roman) {
        Some(figures) if upper => figures,
        Some(figures) => figures.to_ascii_lowercase(),
        None => number.to_string(),
    }
}
