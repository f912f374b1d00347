//! The modules of the runtime depend on one another in only one direction: that of the table in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Generated code depends on the runtime, and the runtime reads its tables by name.
const GENERATED: &str = "generated";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The modules of the table, lowest first: the code spans in its first column.
fn order() -> Vec<String> {
    let page = read(&root().join("ARCHITECTURE.md"));
    let (_, section) = page.split_once("## The modules of the runtime").expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('|').next());
    rows.flat_map(|cell| cell.split('`').step_by(2).map(str::trim).collect::<Vec<_>>())
        .filter(|name| !name.is_empty() && *name != ",")
        .map(str::to_owned)
        .collect()
}

/// Code without comments, and without the tests at its end.
fn code(file: &Path) -> String {
    let text = read(file);
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// What follows each `crate::`: a name, or the names in braces.
fn named(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            Some(list) => {
                names.extend(list.split('}').next().unwrap_or_default().split(',').map(|name| word(name.trim())))
            }
            None => names.push(word(rest)),
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The module that each name of the crate's root comes from.
fn exported(lib: &str) -> BTreeMap<String, String> {
    let mut from = BTreeMap::new();
    for rest in lib.split("pub use crate::").skip(1) {
        let Some((module, names)) = rest.split(';').next().and_then(|item| item.split_once("::")) else { continue };
        for name in names.trim_matches(['{', '}']).split(',') {
            from.insert(name.trim().to_owned(), module.to_owned());
        }
    }
    from
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

#[test]
fn modules_depend_on_those_before_them_only() {
    let source = root().join("desk-sdk/src");
    let (order, exported) = (order(), exported(&code(&source.join("lib.rs"))));
    let place = |module: &str| order.iter().position(|known| known == module);
    let mut all = Vec::new();
    files(&source, &mut all);
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for file in all {
        let relative = file.strip_prefix(&source).expect("below the source").to_owned();
        let first = relative.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let module = first.trim_end_matches(".rs");
        if module == "lib" || module == GENERATED {
            continue;
        }
        let Some(own) = place(module) else { panic!("{module} is missing in the table of ARCHITECTURE.md") };
        seen.insert(module.to_owned());
        for name in named(&code(&file)) {
            // A type is used by its own name, a module by its.
            let is_type = name.starts_with(char::is_uppercase);
            let target = exported.get(&name).filter(|_| is_type).map_or(name.as_str(), String::as_str);
            if target == module || target == GENERATED {
                continue;
            }
            match place(target) {
                Some(other) if other < own => {}
                Some(_) => wrong.push(format!("{} uses {target}, which comes later", relative.display())),
                None => wrong.push(format!("{} uses crate::{name}, which the table does not have", relative.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let missing: Vec<_> = order.iter().filter(|module| !seen.contains(*module)).collect();
    assert!(missing.is_empty(), "the table lists modules that do not exist: {missing:?}");
}
