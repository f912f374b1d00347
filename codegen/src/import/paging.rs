//! How a list is read page by page, judging by its parameters.

use crate::api::{self, Counts};
use crate::spec::{Kind, Paging, Parameter, Rules, Scalar};

/// The paging of an operation that takes index and size of a page and answers with records under `key`.
pub(super) fn of(parameters: &[Parameter], api: &api::Paging, key: String) -> Option<Paging> {
    let rules = |name: &str| {
        let parameter = parameters.iter().find(|parameter| parameter.name == name)?;
        matches!(parameter.schema.kind, Kind::Scalar(Scalar::Integer | Scalar::Id)).then_some(&parameter.schema.rules)
    };
    let (index, size) = (rules(&api.index)?, rules(&api.size)?);
    Some(Paging {
        first: first(index, api.counts),
        maximum: size.maximum.and_then(positive),
        default: number(size).and_then(positive),
        key,
        id: None,
        timelines: Vec::new(),
    })
}

/// Counting starts at the default of the index, or else at its smallest value, or else at 0, or 1 if it counts pages.
fn first(index: &Rules, counts: Counts) -> u64 {
    let default = number(index).filter(|first| *first <= 1);
    let first = default.or(index.minimum).unwrap_or(i64::from(counts == Counts::Pages));
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
