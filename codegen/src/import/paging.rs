//! How a list is read page by page, judging by its parameters.

use crate::spec::{Kind, Paging, Parameter, Rules, Scalar};

/// The paging of an operation that has `from` and `limit` and answers with records under `key`.
pub(super) fn of(parameters: &[Parameter], key: String) -> Option<Paging> {
    let rules = |name: &str| {
        let parameter = parameters.iter().find(|parameter| parameter.name == name)?;
        matches!(parameter.schema.kind, Kind::Scalar(Scalar::Integer | Scalar::Id)).then_some(&parameter.schema.rules)
    };
    let (from, limit) = (rules("from")?, rules("limit")?);
    Some(Paging {
        first: first(from),
        maximum: limit.maximum.and_then(positive),
        default: number(limit).and_then(positive),
        key,
        id: None,
        timelines: Vec::new(),
    })
}

/// Counting starts at the default of `from`, or else at its smallest value, or else at 0.
fn first(from: &Rules) -> u64 {
    let default = number(from).filter(|first| *first <= 1);
    let first = default.or(from.minimum).unwrap_or(0);
    u64::try_from(first).unwrap_or(0)
}

/// Some defaults are written as text.
fn number(rules: &Rules) -> Option<i64> {
    let default = rules.default.as_ref()?;
    default.as_i64().or_else(|| default.as_str()?.parse().ok())
}

fn positive(number: i64) -> Option<u64> {
    u64::try_from(number).ok().filter(|number| *number > 0)
}
