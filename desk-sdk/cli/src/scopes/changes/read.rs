//! Reads what operations need.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use desk_sdk::ScopeSet;
use toml_edit::{Document, Item, Table, TableLike, TomlError, Value};

use super::need::{Need, Requirements, risk};
use crate::scopes::ScopesError;
use crate::scopes::text::line;

/// More than any index has.
const LARGEST: u64 = 64 << 20;

pub(super) fn read(path: &Path) -> Result<Requirements, ScopesError> {
    let file = if path.is_dir() { path.join("index.tsv") } else { path.to_owned() };
    let text = text(&file).map_err(|problem| {
        let wanted = "give the folder of a spec, its index.tsv, or a desk-scopes.toml";
        ScopesError::new(format!("{}: {problem}; {wanted}", shown(&file)))
    })?;
    let read = match file.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml")) {
        true => integration(&text),
        false => index(&text),
    };
    read.map_err(|problem| ScopesError::new(format!("{}: {problem}", shown(&file))))
}

/// A `desk-scopes.toml`, whatever it is called.
pub(super) fn read_integration(file: &Path) -> Result<Requirements, ScopesError> {
    let failed = |problem: String| ScopesError::new(format!("{}: {problem}", shown(file)));
    integration(&text(file).map_err(failed)?).map_err(failed)
}

fn shown(file: &Path) -> String {
    line(&PathBuf::from(file).display().to_string())
}

fn text(file: &Path) -> Result<String, String> {
    let about = fs::metadata(file).map_err(|error| format!("cannot be read ({error})"))?;
    if !about.is_file() {
        return Err("is not a file".to_owned());
    }
    if about.len() > LARGEST {
        return Err(format!("is larger than {} MiB", LARGEST >> 20));
    }
    let bytes = fs::read(file).map_err(|error| format!("cannot be read ({error})"))?;
    String::from_utf8(bytes).map_err(|_| "is not text (UTF-8)".to_owned())
}

/// An `index.tsv`: a space between sets means or, a `+` within a set means and.
fn index(text: &str) -> Result<Requirements, String> {
    let mut lines = text.lines().enumerate();
    let names: Vec<&str> = lines.next().map(|(_, names)| names.split('\t').collect()).unwrap_or_default();
    let column = |name: &str| {
        let found = names.iter().position(|known| *known == name);
        found.ok_or_else(|| format!("line 1 has no column `{name}`: it is no index of operations"))
    };
    let (id, scopes, doubt) = (column("id")?, column("scopes")?, column("in doubt")?);
    // Those of earlier versions had none.
    let risks = names.iter().position(|known| *known == "risk");
    let mut operations = BTreeMap::new();
    for (number, text) in lines.filter(|(_, text)| !text.trim().is_empty()) {
        let cells: Vec<&str> = text.split('\t').collect();
        let place = number + 1;
        if cells.len() != names.len() {
            return Err(format!("line {place} has {} columns, and the first line {}", cells.len(), names.len()));
        }
        let sets = cells[scopes].split(' ').filter(|set| !set.is_empty()).map(|set| ScopeSet::new(set.split('+')));
        let risk = risks.map(|column| risk(cells[column])).transpose();
        let risk = risk.map_err(|problem| format!("line {place}: {problem}"))?;
        let need = Need { sets: sets.collect(), in_doubt: !cells[doubt].is_empty(), risk };
        if operations.insert(cells[id].to_owned(), need).is_some() {
            return Err(format!("line {place} repeats the operation {}", line(cells[id])));
        }
    }
    Ok(Requirements { operations, granted: None, of_spec: true })
}

/// A `desk-scopes.toml`: `granted`, and under `operations` what each needs.
fn integration(text: &str) -> Result<Requirements, String> {
    let document = Document::parse(text).map_err(|error| not_toml(text, &error))?;
    let operations: &dyn TableLike = match document.get("operations").map(Item::as_table_like) {
        Some(Some(table)) => table,
        Some(None) => return Err("`operations` is not a table of operations with their scopes".to_owned()),
        // People may have written only what they accept.
        None if ["allow", "granted", "organization_known", "tests"].iter().any(|name| document.contains_key(name)) => {
            &Table::new()
        }
        None => {
            let problem = "it has no table `operations`: remove the file, and `desk scopes audit --fix` writes it";
            return Err(problem.to_owned());
        }
    };
    let mut found = BTreeMap::new();
    for (id, item) in operations.iter() {
        let scopes = item.as_table_like().and_then(|table| table.get("scopes")).unwrap_or(item);
        let sets = scopes.as_value().and_then(sets).ok_or_else(|| {
            let example = "such as [\"Desk.agents.READ\", \"Desk.basic.READ\"], of which one is enough";
            format!("`operations.{}` is not a list of scopes, {example}", line(id))
        })?;
        let field = |name: &str| item.as_table_like().and_then(|table| table.get(name));
        let in_doubt = field("in_doubt").map_or(Some(false), Item::as_bool);
        let in_doubt =
            in_doubt.ok_or_else(|| format!("`operations.{}.in_doubt` is neither true nor false", line(id)))?;
        let risk = field("risk").map(|item| risk(item.as_str().unwrap_or_default())).transpose();
        let risk = risk.map_err(|problem| format!("`operations.{}.risk`: {problem}", line(id)))?;
        found.insert(id.to_owned(), Need { sets, in_doubt, risk });
    }
    let granted = match document.get("granted") {
        None => None,
        Some(item) => {
            let sets = item.as_value().and_then(sets).ok_or("`granted` is not a list of scopes")?;
            Some(sets.iter().fold(ScopeSet::default(), |all, set| all.union(set)))
        }
    };
    Ok(Requirements { operations: found, granted, of_spec: false })
}

/// Where a text is no TOML, and why.
pub(crate) fn not_toml(text: &str, error: &TomlError) -> String {
    let at = error.span().map_or(text.len(), |span| span.start);
    let before = text.get(..at).unwrap_or(text);
    let (line, column) =
        (before.matches('\n').count() + 1, before.chars().rev().take_while(|c| *c != '\n').count() + 1);
    format!("line {line}, column {column} is not TOML: {}", self::line(error.message()))
}

/// Alternatives: a text may name several scopes that are needed together, and so may a list.
fn sets(value: &Value) -> Option<Vec<ScopeSet>> {
    let set = |value: &Value| match value {
        Value::String(text) => Some(scopes(text.value())),
        Value::Array(list) => {
            let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            Some(ScopeSet::new(texts?))
        }
        _ => None,
    };
    let sets: Option<Vec<ScopeSet>> = match value {
        Value::String(text) => Some(vec![scopes(text.value())]),
        Value::Array(list) => list.iter().map(set).collect(),
        _ => None,
    };
    sets.map(|sets| sets.into_iter().filter(|set| !set.is_empty()).collect())
}

/// `A + B`, `A and B` or `A B`.
fn scopes(text: &str) -> ScopeSet {
    ScopeSet::new(text.split(['+', ' ', ',']).filter(|word| *word != "and"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_files_are_read() {
        let spec = "id\tscopes\tin doubt\na\tA.b.READ+A.c.READ A.d.READ\tscopes\nb\t\t\n";
        let toml = "granted = ['A.d.READ A.e.READ']\n[operations]\nb = []\na = ['A.b.READ + A.c.READ', ['A.d.READ']]\n";
        let (spec, toml) = (index(spec).unwrap(), integration(toml).unwrap());
        let needs = |read: &Requirements| read.operations.values().map(|need| need.sets.clone()).collect::<Vec<_>>();
        assert_eq!(needs(&spec), needs(&toml));
        assert_eq!(spec.operations["a"].to_string(), "(A.b.READ and A.c.READ) or A.d.READ (in doubt)");
        assert_eq!(toml.granted.unwrap().len(), 2);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, problem) in [
            ("", "line 1 has no column `id`"),
            ("id\tscopes\tin doubt\na\t\n", "line 2 has 2 columns, and the first line 3"),
            ("id\tscopes\tin doubt\trisk\na\t\t\tgrave\n", "line 2: there is no risk `grave`"),
            ("id\tscopes\tin doubt\na\t\t\na\t\t", "line 3 repeats the operation a"),
        ] {
            assert!(index(text).unwrap_err().contains(problem), "{text}");
        }
        assert!(integration("operations = { a = ['A.b.READ'] }").is_ok());
        assert!(integration("[[allow]]\ncall = 'invoke'").unwrap().operations.is_empty());
        for (text, problem) in [
            ("", "has no table `operations`"),
            ("operations = 1", "`operations` is not a table"),
            ("[operations]\na = 1", "`operations.a` is not a list of scopes"),
            ("[operations]\na = { scopes = [], in_doubt = 1 }", "`operations.a.in_doubt` is neither true nor false"),
            ("[operations]\na = { scopes = [], risk = 'grave' }", "`operations.a.risk`: there is no risk `grave`"),
            ("[operations]\na = { scopes = [], risk = 1 }", "`operations.a.risk`: there is no risk"),
            ("[operations]\na = [1]", "`operations.a` is not a list of scopes"),
            ("granted = 1\n[operations]", "`granted` is not a list"),
            ("[operations", "is not TOML"),
        ] {
            assert!(integration(text).unwrap_err().contains(problem), "{text}");
        }
    }
}
