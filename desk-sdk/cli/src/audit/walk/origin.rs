//! Where a value comes from that is made at run time, for people to find it: as the source has it, in short.

use super::texts::{HOLE, is_made};
use crate::audit::ir::{Expr, Path};
use crate::audit::names::FRAGMENT;

/// More than fits into a line of a report.
const LONGEST: usize = 60;

/// How deep chains of calls are shown.
const DEEPEST: usize = 8;

/// Where a value comes from, as the rest of a sentence, and what is known of its text.
pub(super) fn source(value: Option<&Expr>, texts: &[&str]) -> String {
    let from = value.and_then(|value| shown(value, 0)).map(cut);
    let is_pattern = |text: &&&str| is_made(text) && **text != HOLE && !text.contains(FRAGMENT);
    let patterns: Vec<String> =
        texts.iter().filter(is_pattern).map(|text| format!("`{}`", cut((*text).to_owned()))).collect();
    // A pattern that stands in the call says as much by itself.
    let is_template = matches!(value, Some(Expr::Template(_)));
    match (from, patterns.is_empty() || is_template) {
        (Some(from), true) => format!(", from `{from}`"),
        (Some(from), false) => format!(", from `{from}`, which is {}", patterns.join(" or ")),
        (None, false) => format!(", as {}", patterns.join(" or ")),
        (None, true) => String::new(),
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A value as the source has it, if it is a chain of names, fields and calls.
fn shown(value: &Expr, depth: usize) -> Option<String> {
    if depth > DEEPEST {
        return Some("…".to_owned());
    }
    let of = |value: &Expr| shown(value, depth + 1);
    let given = |arguments: &[Expr]| if arguments.is_empty() { "()" } else { "(…)" };
    match value {
        Expr::Path(path) => path_shown(path),
        Expr::Field(of_value, name) => Some(format!("{}.{}", of(of_value)?, name.text())),
        Expr::Index(list, _) => Some(format!("{}[…]", of(list)?)),
        Expr::Method(method) => {
            let arguments = given(&method.arguments);
            Some(format!("{}.{}{arguments}", of(&method.receiver)?, method.name.text()))
        }
        Expr::Call(function, arguments) => Some(format!("{}{}", of(function)?, given(arguments))),
        Expr::Cast(value, _) | Expr::Lent(value) => of(value),
        Expr::Template(parts) => {
            let part = |part: &Expr| match part {
                Expr::Text(text) => text.text().to_owned(),
                part => format!("{{{}}}", of(part).unwrap_or_default()),
            };
            Some(parts.iter().map(part).collect())
        }
        _ => None,
    }
}

fn path_shown(path: &Path) -> Option<String> {
    let names: Vec<&str> = path.segments.iter().map(|segment| segment.name.text()).collect();
    let is_plain = path.of.is_none() && !names.is_empty();
    is_plain.then(|| names.join("::"))
}
