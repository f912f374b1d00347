//! Kinds and rules of values, in words.

use desk_sdk::{Kind, Rule};

use super::Input;
use crate::scopes::line;

/// What a value looks like, as the name of an option's value.
pub fn shape(kind: Kind) -> &'static str {
    match kind {
        Kind::Any => "VALUE",
        Kind::Boolean => "true|false",
        Kind::DateTime => "TIME",
        Kind::File | Kind::List(Kind::File) => "@FILE",
        Kind::Id => "ID",
        Kind::Integer | Kind::Number => "NUMBER",
        Kind::List(Kind::Id) => "ID,…",
        Kind::List(Kind::Integer | Kind::Number) => "NUMBER,…",
        Kind::List(Kind::Record(_) | Kind::Map | Kind::Any | Kind::List(_)) => "JSON",
        Kind::List(_) => "TEXT,…",
        Kind::Record(_) | Kind::Map => "JSON|@FILE",
        Kind::Text => "TEXT",
        Kind::TimeRange => "TIME,TIME",
    }
}

/// The rules of a value, on a line.
pub fn rules(input: &Input) -> String {
    let mut parts: Vec<String> = input.rules.iter().filter_map(|rule| rule_of(*rule)).collect();
    let record = match input.kind {
        Kind::List(of) => *of,
        kind => kind,
    };
    if let Kind::Record(fields) = record {
        let names: Vec<&str> = fields().iter().map(|field| field.name).collect();
        parts.push(format!("fields: {}", names.join(", ")));
    }
    match input.kind {
        Kind::DateTime => parts.push("such as 2024-05-14T09:30:00.000Z".to_owned()),
        Kind::TimeRange => parts.push("two times with a comma between them".to_owned()),
        _ => {}
    }
    line(&parts.join("; "))
}

fn rule_of(rule: Rule) -> Option<String> {
    Some(match rule {
        Rule::Required => "required".to_owned(),
        Rule::Expected => "required, as the description has it, which is in doubt".to_owned(),
        Rule::Unless(other) => format!("required unless {other} is given"),
        Rule::Nullable => "can be cleared".to_owned(),
        Rule::ReadOnly => "set by the server".to_owned(),
        Rule::Minimum(least) => format!("at least {least}"),
        Rule::Maximum(most) => format!("at most {most}"),
        Rule::MinLength(least) => format!("at least {least} characters"),
        Rule::MaxLength(most) => format!("at most {most} characters"),
        Rule::MinItems(least) => format!("at least {least} of them"),
        Rule::MaxItems(most) => format!("at most {most} of them"),
        Rule::Unique => "each once".to_owned(),
        Rule::Values(values) => format!("one of {}", values.join(", ")),
        Rule::Open => "others may be allowed".to_owned(),
        Rule::Descending => "downwards with - in front".to_owned(),
        Rule::OrTimeRange => "or two times with a comma between them".to_owned(),
        Rule::Prefix(start) => format!("begins with {start}"),
        Rule::Words(words) => format!("or {}", words.join(", ")),
        Rule::Default(usual) => format!("default {usual}"),
        // Nobody has to know that a spelling is corrected.
        Rule::AnySpelling => return None,
    })
}
