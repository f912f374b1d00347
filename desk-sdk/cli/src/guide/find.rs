//! The operations that words describe.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::OnceLock;

use desk_sdk::Operation;

use crate::scopes::{Entry, entries, likely, line};

/// What a match counts, by where it is found.
const IN_NAME: u32 = 12;
const IN_SUMMARY: u32 = 5;
const ELSEWHERE: u32 = 2;
/// How much less a prefix match counts.
const BEGINNING: u32 = 2;

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The operations that match all of the words, best first. Aliases are left out: their words lead to the operation.
    pub operations: Vec<&'static Operation>,
    /// Words that match nothing anywhere.
    pub unknown: Vec<UnknownWord>,
}

/// A word that nothing is known of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word, in lower case and singular.
    pub word: String,
    /// What was probably meant.
    pub likely: Option<String>,
}

/// The operations that match all of the words, by their names, summaries, paths, families, parameters and fields.
///
/// Words are separated by anything but letters and digits; names may be written as in any language (`searchTickets`,
/// `search_tickets`), plurals do not matter, and the beginning of a word is enough.
///
/// ```
/// use desk_cli::guide::find;
///
/// assert_eq!(find("search tickets").operations[0].id, "search_tickets");
/// assert_eq!(find("serach").unknown[0].likely.as_deref(), Some("search"));
/// ```
pub fn find(words: &str) -> Found {
    let index = Index::read();
    let words = split(words);
    let rate =
        |(operation, texts): &(&'static Operation, Texts)| Some((texts.rate(&words)?, texts.name.len(), *operation));
    let mut rated: Vec<_> = index.operations.iter().filter_map(rate).collect();
    rated.sort_by_key(|(points, length, operation)| (std::cmp::Reverse(*points), *length, operation.id));
    let operations = match words.is_empty() {
        true => Vec::new(),
        false => rated.into_iter().map(|(_, _, operation)| operation).collect(),
    };
    let is_unknown =
        |word: &String| index.words.range(word.clone()..).next().is_none_or(|next| !next.starts_with(word));
    let unknown = words.into_iter().filter(is_unknown).map(|word| UnknownWord {
        likely: likely(&word, index.words.iter().map(String::as_str)).map(str::to_owned),
        word,
    });
    Found { operations, unknown: unknown.collect() }
}

/// The words of all operations.
struct Index {
    operations: Vec<(&'static Operation, Texts)>,
    words: BTreeSet<String>,
}

impl Index {
    fn read() -> &'static Self {
        static READ: OnceLock<Index> = OnceLock::new();
        READ.get_or_init(|| {
            let operations: Vec<_> = entries().iter().map(|entry| (entry.operation, Texts::of(entry))).collect();
            let words = operations.iter().flat_map(|(_, texts)| texts.all()).cloned().collect();
            Self { operations, words }
        })
    }
}

/// The words of an operation, in lower case and singular.
struct Texts {
    name: Vec<String>,
    summary: Vec<String>,
    other: Vec<String>,
}

impl Texts {
    fn of(entry: &Entry) -> Self {
        let operation = entry.operation;
        let parameters = operation.parameters.iter().map(|parameter| parameter.field.name);
        let fields = operation.body.fields().iter().map(|field| field.name);
        let names = [operation.path, entry.family(), operation.module].into_iter();
        let names = names.chain(operation.aliases.iter().copied()).chain(parameters).chain(fields);
        Self { name: split(operation.id), summary: split(operation.summary), other: names.flat_map(split).collect() }
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.name.iter().chain(&self.summary).chain(&self.other)
    }

    /// How well it matches; `None` if a word is missing.
    fn rate(&self, words: &[String]) -> Option<u32> {
        let points = |word: &String| {
            let places = [(&self.name, IN_NAME), (&self.summary, IN_SUMMARY), (&self.other, ELSEWHERE)];
            let best = places.into_iter().filter_map(|(texts, points)| {
                let whole = texts.contains(word).then_some(points);
                whole.or_else(|| texts.iter().any(|text| text.starts_with(word)).then_some(points / BEGINNING))
            });
            best.max()
        };
        words.iter().map(points).sum()
    }
}

/// The words of a text or name, in lower case and singular: `searchTickets` is `search` and `ticket`.
fn split(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in text.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && after_small) {
            words.push(String::new());
        }
        after_small = c.is_lowercase() || c.is_numeric();
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    let singular = |word: String| match word.strip_suffix('s') {
        Some(singular) if singular.len() > 2 && !singular.ends_with('s') => singular.to_owned(),
        _ => word,
    };
    words.into_iter().filter(|word| !word.is_empty()).map(singular).collect()
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = line(&self.word);
        match &self.likely {
            Some(likely) => write!(f, "no operation matches {word}; did you mean {likely}?"),
            None => write!(f, "no operation matches {word}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(words: &str, count: usize) -> Vec<&'static str> {
        find(words).operations.iter().take(count).map(|operation| operation.id).collect()
    }

    #[test]
    fn an_operation_is_found_by_its_name_as_it_was_written() {
        for written in ["search_tickets", "SearchTickets", "searchTickets", "search tickets", "TICKETS search"] {
            assert_eq!(first(written, 1), ["search_tickets"], "{written}");
        }
        for operation in desk_sdk::operations().filter(|operation| operation.alias_of.is_none()) {
            let found = find(operation.id).operations;
            assert!(found.iter().any(|found| found.id == operation.id), "{}", operation.id);
        }
    }

    #[test]
    fn what_has_the_words_in_its_name_comes_first_and_all_words_count() {
        assert!(first("tickets", 30).iter().all(|id| id.contains("ticket")));
        assert_eq!(first("list departments", 1), ["get_departments"]);
        assert_eq!(find("sear").operations.len(), find("search").operations.len(), "by the beginning");
        let by_parameter = find("departmentIds");
        assert!(by_parameter.operations.iter().any(|found| found.parameter("departmentIds").is_some()));
        assert!(!by_parameter.operations.iter().any(|found| found.id == "get_labels"));
        assert_eq!(first("search penguins", 1), [""; 0]);
        assert_eq!(first(" -- ", 1), [""; 0]);
    }

    #[test]
    fn an_alias_leads_to_its_operation() {
        let aliased = desk_sdk::operations().filter(|operation| operation.alias_of.is_some());
        for alias in aliased {
            let found = find(alias.id).operations;
            assert!(found.iter().all(|found| found.alias_of.is_none()), "{}", alias.id);
            assert!(found.iter().any(|found| Some(found.id) == alias.alias_of), "{}", alias.id);
        }
    }

    #[test]
    fn nothing_found_says_what_was_likely_meant() {
        let said = |words| find(words).unknown.iter().map(UnknownWord::to_string).collect::<Vec<_>>();
        assert_eq!(said("serach tickets"), ["no operation matches serach; did you mean search?"]);
        assert_eq!(said("xyzzyq"), ["no operation matches xyzzyq"]);
        assert_eq!(said("list articles"), [""; 0]);
    }

    #[test]
    fn words_are_told_apart() {
        assert_eq!(
            split("/api/v1/searchTickets?_all={ticketId}"),
            ["api", "v1", "search", "ticket", "all", "ticket", "id"]
        );
        assert_eq!(split("has classes, is s"), ["has", "classe", "is", "s"]);
    }
}
