//! Content controls set by data: tick boxes, drop-down lists, text fields.
//!
//! A control whose title or tag (in Word: Developer, Properties) is `{{ x }}` takes its value from `x`: a tick box is
//! ticked when `x` is true, a list shows the entry whose value or text is `x`, any other control shows `x`.

use super::expr::{Args, Expr, ExprKind};
use super::part::{Context, Inline, Part, Tag, TagId};
use super::tag::{Scope, Statement};
use super::xml::{NodeId, Tree, decode};
use crate::guard::write::xml_text;

/// Turns tags in the names of content controls into values of their content.
pub fn bind(part: &mut Part) {
    let controls: Vec<NodeId> = (1..part.tree.nodes.len()).filter(|id| part.tree.is(*id, "w:sdtPr")).collect();
    for properties in controls {
        bind_one(part, properties);
    }
}

fn bind_one(part: &mut Part, properties: NodeId) -> Option<()> {
    let control = part.tree.node(properties).parent;
    let content = part.tree.child(control, "w:sdtContent")?;
    let names: Vec<NodeId> = ["w:tag", "w:alias"]
        .iter()
        .filter_map(|name| part.tree.child(properties, name))
        .filter(|name| part.inline.contains_key(name))
        .collect();
    let (expr, source) = names.iter().find_map(|name| {
        part.inline.get(name)?.iter().find_map(|piece| match piece {
            Inline::Tag(id) => match &part.tags.get(*id)?.statement {
                Statement::Print(expr) => Some((expr.clone(), *id)),
                _ => None,
            },
            _ => None,
        })
    })?;
    for name in names {
        let inner = part.tags.get(source)?.inner.clone();
        let open = format!("<{} w:val=\"{}\"/>", part.tree.name(name), xml_text(&inner));
        part.inline.insert(name, vec![Inline::Xml(open)]);
    }
    let value = if let Some(tick_box) = part.tree.child(properties, "w14:checkbox") {
        let state = |tree: &Tree, name: &str, fallback: char| {
            let code = tree.child(tick_box, name).and_then(|state| tree.attr(state, "w14:val"));
            code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?)).unwrap_or(fallback)
        };
        let (on, off) = (state(&part.tree, "w14:checkedState", '☒'), state(&part.tree, "w14:uncheckedState", '☐'));
        if let Some(checked) = part.tree.child(tick_box, "w14:checked") {
            let flag = add(part, source, choose(&expr, "1", "0"), checked, Context::Attribute);
            let pieces =
                vec![Inline::Xml("<w14:checked w14:val=\"".into()), Inline::Tag(flag), Inline::Xml("\"/>".into())];
            part.inline.insert(checked, pieces);
        }
        choose(&expr, &on.to_string(), &off.to_string())
    } else if let Some(list) =
        ["w:dropDownList", "w:comboBox"].iter().find_map(|name| part.tree.child(properties, name))
    {
        entry_of(&part.tree, list, &expr)
    } else {
        expr
    };
    let texts: Vec<NodeId> = (content..part.tree.subtree_end(content))
        .filter(|id| part.tree.is(part.tree.node(*id).parent, "w:t") && part.tree.name(*id).is_empty())
        .collect();
    let (first, rest) = texts.split_first()?;
    if texts.iter().any(|text| part.inline.contains_key(text)) {
        return None;
    }
    let shown = add(part, source, value, *first, Context::Text);
    part.inline.insert(*first, vec![Inline::Tag(shown)]);
    part.swallowed.extend(rest);
    part.swallowed.extend(part.tree.child(properties, "w:showingPlcHdr"));
    Some(())
}

fn add(part: &mut Part, source: TagId, expr: Expr, node: NodeId, context: Context) -> TagId {
    let (place, inner) = part.tags.get(source).map(|tag| (tag.place.clone(), tag.inner.clone())).unwrap_or_default();
    part.tags.push(Tag {
        scope: Scope::Inline,
        trim_before: false,
        trim_after: false,
        statement: Statement::Print(expr),
        inner,
        place,
        context,
        node,
    });
    part.tags.len() - 1
}

fn text(value: &str) -> Expr {
    Expr { kind: ExprKind::Str(value.to_owned()), start: 0, end: 0 }
}

fn choose(condition: &Expr, then: &str, other: &str) -> Expr {
    let kind = ExprKind::Ternary(Box::new(text(then)), Box::new(condition.clone()), Some(Box::new(text(other))));
    Expr { kind, start: condition.start, end: condition.end }
}

/// The text of the list's entry for a value.
fn entry_of(tree: &Tree, list: NodeId, expr: &Expr) -> Expr {
    let mut entries = Vec::new();
    for item in tree.node(list).children.iter().filter(|item| tree.is(**item, "w:listItem")) {
        let value = decode(tree.attr(*item, "w:value").unwrap_or_default());
        let shown =
            decode(tree.attr(*item, "w:displayText").unwrap_or(tree.attr(*item, "w:value").unwrap_or_default()));
        entries.push((text(&value), text(&shown)));
        entries.push((text(&shown), text(&shown)));
    }
    let options = Expr { kind: ExprKind::Map(entries), start: 0, end: 0 };
    let free = Expr { kind: ExprKind::Bool(tree.is(list, "w:comboBox")), start: 0, end: 0 };
    let args = Args { positional: Vec::new(), named: vec![("options".to_owned(), options), ("free".to_owned(), free)] };
    let kind = ExprKind::Filter(Box::new(expr.clone()), "choice".to_owned(), args);
    Expr { kind, start: expr.start, end: expr.end }
}
