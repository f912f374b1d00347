//! `cargo xtask find <words>`: finds the method, and its family, that does what the words say.

use std::collections::BTreeSet;
use std::fmt;
use std::process::ExitCode;

use anyhow::Result;
use desk_codegen::model::{BodyModel, Model, OperationModel};
use desk_codegen::{near, visible};

use crate::generate::modelled;
use crate::printing::out;

/// How many results are printed; add a word to narrow the search.
const SHOWN: usize = 15;

/// What a match counts, by where it is found.
const IN_NAME: u32 = 12;
const IN_SUMMARY: u32 = 5;
const ELSEWHERE: u32 = 2;
/// How much less a prefix match counts.
const BEGINNING: u32 = 2;

pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    let Some((_, model)) = modelled()? else { return Ok(ExitCode::FAILURE) };
    let found = find(&model, words);
    out!("{found}");
    Ok(if found.operations.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What was found.
struct Found<'m> {
    /// Best matches first.
    operations: Vec<&'m OperationModel>,
    /// The names of families that are enabled by default.
    usual: BTreeSet<&'m str>,
    /// Words without a match, each with what was probably meant.
    unknown: Vec<(String, Option<String>)>,
}

/// The operations that match all of the words.
fn find<'m>(model: &'m Model, words: &[String]) -> Found<'m> {
    let words: Vec<String> = words.iter().flat_map(|word| split(word)).collect();
    let usual = model.families.iter().filter(|family| family.family.default);
    let usual = usual.map(|family| family.family.name.as_str()).collect();
    let all: Vec<_> = model.families.iter().flat_map(|family| family.modules.values().flatten()).collect();
    let texts: Vec<Texts> = all.iter().map(|operation| Texts::of(operation)).collect();
    let mut rated: Vec<_> = all
        .into_iter()
        .zip(&texts)
        .filter_map(|(operation, texts)| Some((texts.rate(&words)?, texts.name.len(), operation)))
        .collect();
    rated.sort_by_key(|(points, length, operation)| (std::cmp::Reverse(*points), *length, &operation.operation.id));
    let operations = rated.into_iter().map(|(_, _, operation)| operation).collect();
    let known: BTreeSet<&str> = texts.iter().flat_map(Texts::all).map(String::as_str).collect();
    let unknown = words.into_iter().filter(|word| !known.iter().any(|known| is_beginning(word, known)));
    let unknown = unknown.map(|word| {
        let meant = near(&word, known.iter().copied()).map(str::to_owned);
        (word, meant)
    });
    Found { operations, usual, unknown: unknown.collect() }
}

/// The words of an operation, in lower case and singular.
struct Texts {
    name: Vec<String>,
    summary: Vec<String>,
    other: Vec<String>,
}

impl Texts {
    fn of(model: &OperationModel) -> Self {
        let operation = &model.operation;
        let mut other = split(&operation.path);
        let twins = model.aliases.iter().map(|twin| &twin.id);
        other.extend([&model.family, &model.module].into_iter().chain(twins).flat_map(|name| split(name)));
        other.extend(operation.parameters.iter().flat_map(|parameter| split(&parameter.name)));
        if let BodyModel::Fields { fields, .. } = &model.body {
            other.extend(fields.iter().flat_map(|field| split(&field.wire)));
        }
        Self { name: split(&operation.id), summary: split(&operation.summary), other }
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
                whole.or_else(|| texts.iter().any(|text| is_beginning(word, text)).then_some(points / BEGINNING))
            });
            best.max()
        };
        words.iter().map(points).sum()
    }
}

/// Whether a known word starts with the given one.
fn is_beginning(word: &str, known: &str) -> bool {
    known.starts_with(word)
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

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for operation in self.operations.iter().take(SHOWN) {
            self.write(operation, f)?;
        }
        match self.operations.len().saturating_sub(SHOWN) {
            0 if self.operations.is_empty() => self.write_nothing(f),
            0 => Ok(()),
            more => writeln!(f, "and {more} more; add a word to narrow the search"),
        }
    }
}

impl Found<'_> {
    fn write(&self, model: &OperationModel, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = &model.operation;
        let usual =
            if self.usual.contains(model.family.as_str()) { "enabled by default" } else { "not enabled by default" };
        let scopes: Vec<_> = operation.scopes.iter().map(|set| set.join(" and ")).collect();
        let scopes = if scopes.is_empty() { "no scope".to_owned() } else { scopes.join(", or ") };
        writeln!(f, "{}: {}", model.names.method, visible(&operation.summary))?;
        writeln!(f, "    feature {}, {usual}: use desk_sdk::{0}::{};", model.family, model.names.parameters)?;
        writeln!(f, "    {} {}, {}", operation.method, visible(&operation.path), operation.risk)?;
        writeln!(f, "    {scopes}")?;
        if !model.aliases.is_empty() {
            let twins: Vec<_> = model.aliases.iter().map(|twin| twin.method.as_str()).collect();
            writeln!(f, "    also {}", twins.join(", "))?;
        }
        writeln!(f)
    }

    fn write_nothing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unknown.is_empty() {
            return writeln!(f, "no operation matches all of these words; try fewer");
        }
        for (word, meant) in &self.unknown {
            let word = visible(word);
            match meant {
                Some(meant) => writeln!(f, "no operation matches {word}; did you mean {meant}?")?,
                None => writeln!(f, "no operation matches {word}; spec/index.tsv lists all operations")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use desk_codegen::{Files, load, model};
    use serde_json::{Value, json};

    use super::*;

    fn operation(id: &str, path: &str, summary: &str, parameter: &str) -> Value {
        json!({
            "id": id, "method": "GET", "path": path, "summary": summary, "scopes": [["Desk.a.READ", "Desk.b.READ"]],
            "risk": "safe", "organization": true, "answers": {"204": "empty"},
            "parameters": [{"name": parameter, "in": "query", "type": "text"}],
        })
    }

    fn known() -> Model {
        let tickets = [
            operation("get_tickets", "/tickets", "List tickets.", "departmentId"),
            operation("get_ticket", "/tickets/one", "Read a ticket.", "include"),
            operation("get_ticket_again", "/tickets/one", "Read a ticket.", "include"),
        ];
        let search = [operation("search_tickets", "/tickets/search", "Find tickets by their fields.", "_all")];
        let families = json!({"families": [
            {"name": "tickets", "about": "Tickets.", "default": true, "modules": ["ticket"]},
            {"name": "data", "about": "Search.", "modules": ["search"]},
        ]});
        let module = |name: &str, operations: &[Value]| json!({"module": name, "operations": operations}).to_string();
        let files = Files::from([
            ("spec/upstream/ticket.json".to_owned(), module("ticket", &tickets)),
            ("spec/upstream/search.json".to_owned(), module("search", &search)),
            ("spec/local/families.json".to_owned(), families.to_string()),
            ("spec/local/api.json".to_owned(), include_str!("../../spec/local/api.json").to_owned()),
        ]);
        model::build(&load::load(&files).unwrap()).unwrap()
    }

    fn found(words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let model = known();
        find(&model, &words).operations.iter().map(|found| found.operation.id.clone()).collect()
    }

    fn said(words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        find(&known(), &words).to_string()
    }

    #[test]
    fn a_method_is_found_by_its_name_as_it_was_written() {
        for written in ["search_tickets", "SearchTickets", "searchTickets", "client.search_tickets"] {
            let found = found(&[written.trim_start_matches("client.")]);
            assert_eq!(found, ["search_tickets"], "{written}");
        }
        assert_eq!(found(&["ticket", "search"]), ["search_tickets"]);
    }

    #[test]
    fn what_has_the_words_in_its_name_comes_first_and_all_words_count() {
        assert_eq!(found(&["tickets"]), ["get_ticket", "get_tickets", "search_tickets"]);
        assert_eq!(found(&["list"]), ["get_tickets"]);
        assert_eq!(found(&["department"]), ["get_tickets"], "by a parameter");
        assert_eq!(found(&["data"]), ["search_tickets"], "by the family");
        assert_eq!(found(&["sear"]), ["search_tickets"], "by the beginning");
        assert_eq!(found(&["read", "list"]), [""; 0]);
    }

    #[test]
    fn what_is_found_says_how_to_get_at_it() {
        let said = said(&["find", "fields"]);
        assert!(said.starts_with("search_tickets: Find tickets by their fields.\n"), "{said}");
        for part in [
            "    feature data, not enabled by default: use desk_sdk::data::SearchTickets;\n",
            "    GET /tickets/search, safe\n",
            "    Desk.a.READ and Desk.b.READ\n",
        ] {
            assert!(said.contains(part), "{part} in {said}");
        }
        let said = self::said(&["again"]);
        assert!(
            said.contains("feature tickets, enabled by default") && said.contains("also get_ticket_again"),
            "{said}"
        );
    }

    #[test]
    fn nothing_found_says_what_was_likely_meant() {
        assert_eq!(said(&["serach"]), "no operation matches serach; did you mean search?\n");
        assert_eq!(said(&["xyz"]), "no operation matches xyz; spec/index.tsv lists all operations\n");
        assert_eq!(said(&["read", "list"]), "no operation matches all of these words; try fewer\n");
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
