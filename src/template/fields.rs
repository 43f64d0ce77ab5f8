//! The values that a template needs: names, places, and a JSON schema.

use super::compile::Template;
use super::expr::names::{self, Use};
use super::expr::{Expr, ExprKind};
use super::fault::Place;
use super::flow::expressions;
use super::part::Tag;
use super::tag::Statement;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// One value that a template needs.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Field {
    /// Path from the top; an element of a list is `[]`, e.g. `nguoi[].ten`.
    pub path: String,
    /// `text`, `number`, `date`, `image`, `boolean`, `list` or `object`.
    pub kind: &'static str,
    /// The template manages without it.
    pub optional: bool,
    /// Where it is used, in order.
    pub places: Vec<Place>,
}

impl Template {
    /// Every value that the template needs, sorted by path.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let mut collector = Collector::default();
        for part in &self.parts {
            collector.scopes = vec![BTreeMap::new()];
            for item in part.order() {
                if let Some(tag) = part.part.tags.get(item) {
                    collector.tag(tag);
                }
            }
        }
        collector.finish()
    }

    /// A JSON schema (2020-12) of the data.
    #[must_use]
    pub fn schema(&self) -> Value {
        let mut root = Node::default();
        for field in self.fields() {
            root.add(&field);
        }
        let mut schema = root.schema();
        if let Some(object) = schema.as_object_mut() {
            object.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        }
        schema
    }
}

#[derive(Default)]
struct Collector {
    /// Variables that the template sets itself: the path they stand for, or nothing.
    scopes: Vec<BTreeMap<String, Option<Vec<String>>>>,
    found: BTreeMap<String, Found>,
}

#[derive(Default)]
struct Found {
    kinds: BTreeSet<&'static str>,
    needed: bool,
    places: Vec<Place>,
}

impl Collector {
    fn tag(&mut self, tag: &Tag) {
        let conditional = matches!(tag.statement, Statement::If(_) | Statement::Elif(_));
        for expr in expressions(&tag.statement) {
            for used in names::uses(expr, conditional) {
                let kind = if conditional { "boolean" } else { kind_of(&used) };
                self.note(&used.path, kind, !used.optional, &tag.place);
            }
        }
        match &tag.statement {
            Statement::For { targets, list, .. } => self.open_loop(targets, list, &tag.place),
            Statement::EndFor | Statement::EndWith => {
                self.scopes.pop();
            }
            Statement::With(pairs) => {
                self.scopes.push(BTreeMap::new());
                for (name, expr) in pairs {
                    let path = self.path_of(expr);
                    self.set(name, path);
                }
            }
            Statement::Set(names, expr) => {
                let path = if names.len() == 1 { self.path_of(expr) } else { None };
                names.iter().for_each(|name| self.set(name, path.clone()));
            }
            Statement::SetBlock(name) => self.set(name, None),
            _ => {}
        }
    }

    fn open_loop(&mut self, targets: &[String], list: &Expr, place: &Place) {
        let path = self.path_of(list);
        let mut scope = BTreeMap::new();
        scope.insert("loop".to_owned(), None);
        if let Some(path) = &path {
            self.note_resolved(path, if targets.len() > 1 { "object" } else { "list" }, true, place);
        }
        let element = path.filter(|_| targets.len() == 1).map(|mut path| {
            path.push("[]".to_owned());
            path
        });
        for target in targets {
            scope.insert(target.clone(), element.clone());
        }
        self.scopes.push(scope);
    }

    fn set(&mut self, name: &str, path: Option<Vec<String>>) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), path);
        }
    }

    /// The path that an expression stands for, through filters that keep the elements of a list.
    fn path_of(&self, expr: &Expr) -> Option<Vec<String>> {
        match &expr.kind {
            ExprKind::Filter(base, name, _)
                if matches!(
                    name.as_str(),
                    "sort" | "reverse" | "list" | "unique" | "default" | "d" | "selectattr" | "rejectattr"
                ) =>
            {
                self.path_of(base)
            }
            ExprKind::Name(_) | ExprKind::Attr(..) | ExprKind::Index(..) => {
                names::uses(expr, false).pop().and_then(|used| self.resolve(&used.path))
            }
            _ => None,
        }
    }

    /// A path from the top of the data; `None` when it starts with a variable of the template's own.
    fn resolve(&self, path: &[String]) -> Option<Vec<String>> {
        let (root, rest) = path.split_first()?;
        match self.scopes.iter().rev().find_map(|scope| scope.get(root)) {
            Some(Some(stands_for)) => Some(stands_for.iter().chain(rest).cloned().collect()),
            Some(None) => None,
            None => Some(path.to_vec()),
        }
    }

    fn note(&mut self, path: &[String], kind: &'static str, needed: bool, place: &Place) {
        if let Some(path) = self.resolve(path) {
            self.note_resolved(&path, kind, needed, place);
        }
    }

    fn note_resolved(&mut self, path: &[String], kind: &'static str, needed: bool, place: &Place) {
        if path.first().is_some_and(|root| root == "loop" || root.starts_with("td_")) {
            return;
        }
        let mut name = String::new();
        for step in path {
            if step != "[]" && !name.is_empty() {
                name.push('.');
            }
            name.push_str(step);
        }
        let found = self.found.entry(name).or_default();
        found.kinds.insert(kind);
        found.needed |= needed;
        if found.places.last() != Some(place) {
            found.places.push(place.clone());
        }
    }

    fn finish(self) -> Vec<Field> {
        let mut out: Vec<Field> = Vec::with_capacity(self.found.len());
        let names: BTreeSet<String> = self.found.keys().cloned().collect();
        for (path, found) in self.found {
            let has_inside = |mark: &str| {
                let inside = format!("{path}{mark}");
                names.range(inside.clone()..).next().is_some_and(|name| name.starts_with(&inside))
            };
            let first = |kinds: &[&'static str]| kinds.iter().copied().find(|kind| found.kinds.contains(kind));
            let kind = if found.kinds.contains("list") || has_inside("[]") {
                "list"
            } else if has_inside(".") || found.kinds.contains("object") {
                "object"
            } else {
                first(&["image", "date", "number", "text", "boolean"]).unwrap_or("text")
            };
            out.push(Field { path, kind, optional: !found.needed, places: found.places });
        }
        out
    }
}

fn kind_of(used: &Use) -> &'static str {
    match used.filter.as_deref() {
        Some("ngay" | "date") => "date",
        Some("so" | "tien" | "bang_chu" | "tien_bang_chu" | "la_ma" | "phan_tram" | "round" | "abs") => "number",
        Some("image") => "image",
        Some("o_tich" | "checkbox") => "boolean",
        Some(
            "join" | "length" | "count" | "sort" | "sum" | "first" | "last" | "liet_ke" | "groupby" | "map" | "batch",
        ) => "list",
        Some("items" | "dictsort" | "keys" | "values") => "object",
        _ => "text",
    }
}

#[derive(Default)]
struct Node {
    fields: BTreeMap<String, Node>,
    element: Option<Box<Node>>,
    kind: Option<&'static str>,
    needed: bool,
}

impl Node {
    fn add(&mut self, field: &Field) {
        let mut at = self;
        for step in field.path.split('.') {
            let name = step.trim_end_matches("[]");
            let depth = (step.len() - name.len()) / 2;
            at = at.fields.entry(name.to_owned()).or_default();
            at.needed |= !field.optional;
            for _ in 0..depth {
                at = at.element.get_or_insert_default();
            }
        }
        at.kind = Some(field.kind);
    }

    fn schema(&self) -> Value {
        if let Some(element) = &self.element {
            return json!({"type": "array", "items": element.schema()});
        }
        if !self.fields.is_empty() || self.kind.is_none() {
            let properties: Map<String, Value> =
                self.fields.iter().map(|(name, node)| (name.clone(), node.schema())).collect();
            let required: Vec<&String> =
                self.fields.iter().filter(|(_, node)| node.needed).map(|(name, _)| name).collect();
            return json!({"type": "object", "properties": properties, "required": required});
        }
        match self.kind {
            Some("list") => json!({"type": "array"}),
            Some("object") => json!({"type": "object"}),
            Some("number") => json!({"type": ["number", "string"]}),
            Some("date") => json!({"type": "string", "description": "date, e.g. 2026-09-05 or 05/09/2026"}),
            Some("boolean") => json!({}),
            Some("image") => json!({"type": ["string", "object"]}),
            _ => json!({"type": ["string", "number", "boolean", "object", "null"]}),
        }
    }
}
