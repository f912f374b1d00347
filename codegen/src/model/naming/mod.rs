//! Rust names for the spec's names: readable, never a keyword, and unique within their place.

mod operations;
mod records;
mod reserved;
mod stem;
mod values;

use std::collections::BTreeSet;

pub(super) use self::operations::name_operations;
pub(super) use self::records::{compare_with_choices, free, name_records};
pub(crate) use self::reserved::is_runtime_name;
pub(super) use self::reserved::{RUNTIME_NAMES, compare_with_lock};
pub(super) use self::stem::{Stem, transport_words};
pub(super) use self::values::{ValueNames, name_fields, name_inputs};

use crate::lock::Item;
use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Words that Rust reserves but allows with `r#`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that Rust does not allow as names in any form.
const FORBIDDEN: &[&str] = &["self", "super", "crate", "Self", "_"];

/// A name for a field, parameter or method.
pub(crate) fn snake(wire: &str) -> String {
    let name = start_with_letter(&wire.to_snake_case(), "n", "empty");
    escape(name)
}

/// The name of a module of the spec: of its files and of their Rust modules.
pub(crate) fn module_name(module: &str) -> String {
    snake(module)
}

/// A name for a type.
pub(crate) fn camel(wire: &str) -> String {
    start_with_letter(&wire.to_upper_camel_case(), "N", "Empty")
}

/// A name for a constant.
pub(crate) fn shouty(wire: &str) -> String {
    start_with_letter(&wire.to_shouty_snake_case(), "N", "EMPTY")
}

/// A name for one value of an enum. Characters other than letters and digits would vanish, so a leading minus is spelt
/// out, and a value made only of symbols gets a number from the caller.
pub(crate) fn variant(wire: &str) -> String {
    let minus = wire.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let name = match minus {
        Some(rest) => format!("Minus{}", rest.to_upper_camel_case()),
        None => wire.to_upper_camel_case(),
    };
    let symbols = name.is_empty() && !wire.is_empty();
    let name = if symbols { "Symbol".to_owned() } else { start_with_letter(&name, "N", "Empty") };
    escape(name)
}

fn start_with_letter(name: &str, prefix: &str, empty: &str) -> String {
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if first.is_ascii_alphabetic() => name,
        Some(_) => format!("{prefix}{name}"),
    }
}

/// Whether Rust does not allow a name as it stands.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name) || FORBIDDEN.contains(&name)
}

/// A name as Rust allows it.
pub(crate) fn escaped(name: &str) -> String {
    escape(name.to_owned())
}

fn escape(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else if FORBIDDEN.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The names given so far in one place; a name given again gets a number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken {
    given: BTreeSet<String>,
    reserved: BTreeSet<String>,
}

impl Taken {
    /// Names that may not be given out.
    pub(crate) fn reserving(names: &[&str]) -> Self {
        let reserved: BTreeSet<_> = names.iter().map(|name| (*name).to_owned()).collect();
        Self { given: reserved.clone(), reserved }
    }

    /// Keeps the names of an item of the lock from others.
    pub(crate) fn hold(&mut self, item: &Item) {
        self.given.insert(item.name.clone());
        self.given.extend(item.was.iter().cloned());
    }

    /// Whether a name was reserved from the start.
    pub(crate) fn is_reserved(&self, name: &str) -> bool {
        self.reserved.contains(name)
    }

    /// Whether a name has already been given.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.given.contains(name)
    }

    /// The name itself, or the name with the first number from 2 that makes it free.
    pub(crate) fn give(&mut self, name: String) -> String {
        let mut given = name.clone();
        let mut number = 2;
        while !self.given.insert(given.clone()) {
            let bare = name.trim_start_matches("r#");
            let gap = if bare.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
            let lower = bare.starts_with(|c: char| c.is_lowercase());
            given = format!("{bare}{}{number}", if lower { "_" } else { gap });
            number += 1;
        }
        given
    }
}

/// The singular: `tickets` holds a `ticket`.
pub(crate) fn singular(plural: &str) -> String {
    match plural {
        word if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        word if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") => word.to_owned(),
        word if word.len() > 2 && word.ends_with('s') => word[..word.len() - 1].to_owned(),
        word if word.to_lowercase().ends_with("data") || word.to_lowercase().ends_with("list") => format!("{word}Item"),
        word => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_become_rust_names() {
        let snakes =
            [("ticketNumber", "ticket_number"), ("type", "r#type"), ("self", "self_"), ("15", "n15"), ("", "empty")];
        for (wire, rust) in snakes {
            assert_eq!(snake(wire), rust);
        }
        let variants = [
            ("zh_TW", "ZhTw"),
            ("zh-tw", "ZhTw"),
            ("", "Empty"),
            ("15", "N15"),
            ("-1", "Minus1"),
            ("Self", "Self_"),
            ("${}", "Symbol"),
        ];
        for (wire, rust) in variants {
            assert_eq!(variant(wire), rust, "{wire:?}");
        }
    }

    #[test]
    fn a_second_comer_gets_a_number() {
        let mut taken = Taken::reserving(&["new"]);
        let given: Vec<_> =
            ["type", "type", "new", "n2", "n2"].into_iter().map(|wire| taken.give(snake(wire))).collect();
        assert_eq!(given, ["r#type", "type_2", "new_2", "n2", "n2_2"]);
        assert_eq!(taken.give("ZhTw".into()) + &taken.give("ZhTw".into()), "ZhTwZhTw2");
    }

    #[test]
    fn one_of_many() {
        for (plural, one) in [("entries", "entry"), ("tickets", "ticket"), ("status", "status"), ("data", "dataItem")] {
            assert_eq!(singular(plural), one);
        }
    }
}
