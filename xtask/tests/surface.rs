//! The surface that `codegen` computes has what the generated files have, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use desk_codegen::emit::GENERATED;
use desk_codegen::lock::LOCK;
use desk_codegen::surface::{EXHAUSTIVE_ENUMS, Item, Kind, LITERAL_RECORDS, Surface};
use desk_codegen::{EXAMPLES, Files, LOCAL, UPSTREAM, load, model};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All files with this ending, by their path from the root.
fn files(folder: &str, ending: &str) -> Files {
    let mut files = Files::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                todo.push(path);
            } else if path.ends_with(ending) {
                files.insert(path, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    files
}

/// The public paths that a generated file declares, read line by line: what stands in braces is a part of what stands
/// before them.
fn declared(path: &str, text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let home = path.split('/').next().unwrap_or_default();
    let mut owner = String::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let depth = line.len() - line.trim_start().len();
        let line = line.trim_start();
        let name: String = line.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '#')).collect();
        let after = &line[name.len()..];
        if let Some(rest) = line.strip_prefix("impl ").filter(|_| home == "types") {
            owner = format!("types::{}", rest.split(' ').next().unwrap_or_default());
        } else if let Some(rest) = line.strip_prefix("pub fn ") {
            let of = if home == "types" { &owner } else { "Client" };
            paths.push(format!("{of}::{}", rest.split('(').next().unwrap_or_default()));
        } else if let Some(rest) = line.strip_prefix("pub const ").filter(|_| home == "types") {
            paths.push(format!("{owner}::{}", rest.split(':').next().unwrap_or_default()));
        } else if let Some(rest) = line.strip_prefix("pub type ") {
            paths.push(format!("{home}::{}", rest.split(' ').next().unwrap_or_default()));
        } else if let Some(rest) = line.strip_prefix("pub const ").filter(|_| path == "scopes.rs") {
            paths.push(format!("scopes::{}", rest.split(':').next().unwrap_or_default()));
        } else if let Some(rest) = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum ")) {
            owner = format!("types::{}", rest.split([' ', ':']).next().unwrap_or_default());
            paths.push(owner.clone());
        } else if depth == 4 && home == "types" && line.ends_with('{') && after.starts_with([' ', ',']) {
            owner = format!("types::{name}");
            paths.push(owner.clone());
        } else if depth == 4 && home != "types" && after.starts_with('(') && line.contains(") -> ") {
            owner = format!("{home}::{name}");
            paths.push(owner.clone());
        } else if depth == 8 && !name.is_empty() && !owner.is_empty() && after.contains(" = ") {
            paths.push(format!("{owner}::{name}"));
        }
        if line == "}" {
            owner.clear();
        }
    }
    paths
}

#[test]
fn the_surface_has_what_the_generated_files_declare() {
    let mut sources = files(UPSTREAM, ".json");
    sources.extend(files(LOCAL, ".json"));
    sources.extend(files(EXAMPLES, ".rs"));
    sources.insert(LOCK.to_owned(), fs::read_to_string(root().join(LOCK)).unwrap());
    let loaded = load::load(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let model = model::build(&loaded).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let surface = Surface::of(&model);
    let generated = files(GENERATED, ".rs");
    let inside = |path: &str| path.strip_prefix(GENERATED).unwrap_or_default().trim_start_matches('/').to_owned();
    // The enums of `api.rs` are written from `api.json` alone, which no comparison looks at.
    let hidden = ["api.rs", "mod.rs", "routes.rs", "resources.rs", "metrics.rs"];
    let declared: BTreeSet<String> = generated
        .iter()
        .map(|(path, text)| (inside(path), text))
        .filter(|(path, _)| !hidden.contains(&path.as_str()))
        .flat_map(|(path, text)| declared(&path, text))
        .collect();
    // What the macros add to every struct, or to those with a certain body, is not written down; and a duplicate has the
    // parts of the operation that it is an alias of.
    let written = |item: &&Item<'_>| {
        let name = item.path.rsplit("::").next().unwrap_or_default();
        let of_twin = surface.get(item.parent()).is_some_and(|parent| !parent.twins.is_empty());
        !of_twin && (item.kind != Kind::Function || !["new", "field", "custom"].contains(&name))
    };
    let known = surface.items().filter(|item| !matches!(item.kind, Kind::Feature | Kind::Implementation));
    let known = known.filter(|item| declared.contains(&item.path) || written(item));
    let known: BTreeSet<String> = known.map(|item| item.path.clone()).collect();
    assert!(known.len() > 15_000, "{}", known.len());
    let differences: Vec<&String> = known.symmetric_difference(&declared).take(20).collect();
    assert!(differences.is_empty(), "{} against {}: {differences:#?}", known.len(), declared.len());
}

#[test]
fn what_a_further_field_or_value_breaks_is_as_the_macros_have_it() {
    let macros = fs::read_to_string(root().join("desk-sdk/src/record/macros.rs")).unwrap();
    // Attributes stand before the item, after the last `$(#[$about])*`.
    let is_open = |item: &str| {
        let (before, _) = macros.split_once(item).unwrap_or_else(|| panic!("no `{item}` in the macros"));
        let attributes = before.rsplit("$(#[$about])*").next().unwrap_or_default();
        !attributes.contains("non_exhaustive")
    };
    assert_eq!(is_open("pub struct $name {\n            $(#[doc"), LITERAL_RECORDS);
    assert_eq!(is_open("pub enum $name {\n            $(#[doc"), EXHAUSTIVE_ENUMS);
}
