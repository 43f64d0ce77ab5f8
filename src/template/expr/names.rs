//! Variables that an expression needs.

use super::ast::{Args, Expr, ExprKind};

/// One use of a variable path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The root variable and the fields after it; an element of a list is `[]`.
    pub path: Vec<String>,
    /// The name of the first filter after it, when it decides the type (`ngay`, `tien`, …).
    pub filter: Option<String>,
    /// A value may be absent: it is asked for (`is defined`, `default`, a condition).
    pub optional: bool,
}

/// All paths of an expression, in order.
#[must_use]
pub fn uses(expr: &Expr, optional: bool) -> Vec<Use> {
    let mut out = Vec::new();
    walk(expr, optional, None, &mut out);
    out
}

fn walk(expr: &Expr, optional: bool, filter: Option<&str>, out: &mut Vec<Use>) {
    match &expr.kind {
        ExprKind::Name(_) | ExprKind::Attr(..) | ExprKind::Index(..) | ExprKind::Slice(..) => {
            let mut path = Vec::new();
            if collect(expr, &mut path, out) {
                out.push(Use { path, filter: filter.map(str::to_owned), optional });
            }
        }
        ExprKind::List(items) => items.iter().for_each(|item| walk(item, optional, None, out)),
        ExprKind::Map(pairs) => pairs.iter().for_each(|(_, value)| walk(value, optional, None, out)),
        ExprKind::Call(callee, args) => {
            if let ExprKind::Attr(base, _) = &callee.kind {
                walk(base, optional, None, out);
            }
            arguments(args, out);
        }
        ExprKind::Filter(base, name, args) => {
            walk(base, optional || matches!(name.as_str(), "default" | "d"), Some(name), out);
            arguments(args, out);
        }
        ExprKind::Test(base, name, args, _) => {
            walk(base, optional || matches!(name.as_str(), "defined" | "undefined" | "none"), None, out);
            arguments(args, out);
        }
        ExprKind::Unary(_, inner) => walk(inner, optional, None, out),
        ExprKind::Binary(op, left, right) => {
            walk(left, optional || *op == "or", None, out);
            walk(right, optional, None, out);
        }
        ExprKind::Ternary(then, condition, other) => {
            walk(condition, true, None, out);
            walk(then, optional, filter, out);
            if let Some(other) = other {
                walk(other, optional, filter, out);
            }
        }
        ExprKind::Str(_) | ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::None => {}
    }
}

fn arguments(args: &Args, out: &mut Vec<Use>) {
    for value in args.positional.iter().chain(args.named.iter().map(|(_, value)| value)) {
        walk(value, false, None, out);
    }
}

/// Collects the steps of a path; `false` when it does not start with a variable.
fn collect(expr: &Expr, path: &mut Vec<String>, out: &mut Vec<Use>) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => {
            path.push(name.clone());
            true
        }
        ExprKind::Attr(base, name) => {
            let known = collect(base, path, out);
            path.push(name.clone());
            known
        }
        ExprKind::Index(base, index) => {
            let known = collect(base, path, out);
            match &index.kind {
                ExprKind::Str(name) => path.push(name.clone()),
                ExprKind::Number(_) => path.push("[]".to_owned()),
                _ => {
                    path.push("[]".to_owned());
                    walk(index, false, None, out);
                }
            }
            known
        }
        ExprKind::Slice(base, _) => collect(base, path, out),
        _ => {
            walk(expr, false, None, out);
            false
        }
    }
}
