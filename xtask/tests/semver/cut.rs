//! A part of the real spec that can be changed, and the crate that is generated from it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use desk_codegen::emit::{MANIFEST, emit};
use desk_codegen::load::load;
use desk_codegen::model::{Model, build};
use desk_codegen::spec::{ListedOperation, Module, Operation, Schema, Spec, to_json};
use desk_codegen::{EXAMPLES, Files, LOCAL, UPSTREAM};
use serde_json::{Value, json};

/// Families with some of their modules; the last one has the operation that finds a token's organization.
const FAMILIES: [(&str, &[&str]); 3] = [
    ("tickets", &["ticket_tag", "ticket_comment", "ticket_followers"]),
    ("contacts", &["contact_comments", "label"]),
    ("organization", &["organization"]),
];

/// A spec that can be changed.
#[derive(Clone)]
pub(crate) struct Cut {
    pub(crate) spec: Spec,
    pub(crate) families: Vec<Value>,
    sites: Value,
}

impl Cut {
    /// The part of the project's spec.
    pub(crate) fn new() -> Self {
        let loaded = load(&files(&root())).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
        let modules: Vec<&str> = FAMILIES.iter().flat_map(|(_, modules)| modules.iter().copied()).collect();
        let kept = |listed: &&ListedOperation| modules.contains(&listed.module.as_str());
        let operations: Vec<_> = loaded.spec.operations.iter().filter(kept).cloned().collect();
        let mut spec = Spec { operations, ..Spec::default() };
        let names = reached(&loaded.spec, &spec.operations);
        spec.types.extend(names.into_iter().map(|name| (name.clone(), loaded.spec.types[&name].clone())));
        let families = FAMILIES.iter().map(|(name, modules)| {
            json!({"name": name, "about": format!("All about {name}."), "default": *name != "contacts", "modules": modules})
        });
        let links = fs::read_to_string(root().join(LOCAL).join("links.json")).expect("the links");
        let links: Value = serde_json::from_str(&links).expect("JSON");
        Self { spec, families: families.collect(), sites: links["sites"].clone() }
    }

    /// An operation with its module, to be changed.
    pub(crate) fn listed(&mut self, id: &str) -> &mut ListedOperation {
        let found = self.spec.operations.iter_mut().find(|listed| listed.operation.id == id);
        found.unwrap_or_else(|| panic!("the cut has no {id}"))
    }

    /// An operation, to be changed.
    pub(crate) fn operation(&mut self, id: &str) -> &mut Operation {
        &mut self.listed(id).operation
    }

    /// A type, to be changed.
    pub(crate) fn schema(&mut self, name: &str) -> &mut Schema {
        self.spec.types.get_mut(name).unwrap_or_else(|| panic!("the cut has no {name}"))
    }

    /// What is generated from it.
    pub(crate) fn made(&self) -> (Spec, Model) {
        let loaded = load(&self.files()).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
        let model = build(&loaded).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
        (loaded.spec, model)
    }

    fn files(&self) -> Files {
        let mut modules: BTreeSet<&str> = self.spec.operations.iter().map(|listed| listed.module.as_str()).collect();
        modules.extend(self.spec.types.keys().filter_map(|name| Some(name.split_once('.')?.0)));
        let api = include_str!("../../../spec/local/api.json").to_owned();
        let mut files = Files::from([("spec/local/api.json".to_owned(), api)]);
        for name in modules {
            let operations = self.spec.operations.iter().filter(|listed| listed.module == name);
            let types =
                self.spec.types.iter().filter(|(full, _)| full.split_once('.').is_some_and(|(of, _)| of == name));
            let module = Module {
                module: name.to_owned(),
                operations: operations.map(|listed| listed.operation.clone()).collect(),
                types: types.map(|(name, schema)| (name.clone(), schema.clone())).collect(),
            };
            files.insert(format!("{UPSTREAM}/{name}.json"), to_json(&module).expect("a module can be written"));
        }
        let local = json!({"families": self.families, "sites": self.sites, "links": []});
        files.insert(format!("{LOCAL}/cut.json"), local.to_string());
        files
    }

    /// Writes the crate: the runtime, and what is generated from this spec.
    pub(crate) fn write_crate(&self, folder: &Path) {
        let (spec, model) = self.made();
        let _ = fs::remove_dir_all(folder);
        let manifest = fs::read_to_string(root().join(MANIFEST)).expect("the manifest");
        let files = emit(&spec, &model, &manifest).unwrap_or_else(|error| panic!("{error}"));
        copy(&root().join("desk-sdk/src"), &folder.join("desk-sdk/src"));
        for (path, text) in files.iter().filter(|(path, _)| path.starts_with("desk-sdk/src/") || *path == MANIFEST) {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("the root manifest");
        fs::write(folder.join("Cargo.toml"), alone(&workspace)).expect("the manifest can be written");
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock can be copied");
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The root manifest with no other member than the SDK.
fn alone(manifest: &str) -> String {
    let (before, rest) = manifest.split_once("members = [").expect("a list of members");
    let (_, after) = rest.split_once("]\n").expect("its end");
    let after: Vec<&str> = after.lines().filter(|line| !line.starts_with("default-members")).collect();
    format!("{before}members = [\"desk-sdk\"]\n{}\n", after.join("\n"))
}

fn files(root: &Path) -> Files {
    let mut files = Files::new();
    for (folder, ending) in [(UPSTREAM, "json"), (LOCAL, "json"), (EXAMPLES, "rs")] {
        for entry in fs::read_dir(root.join(folder)).expect("the spec") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|found| found == ending) {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                files.insert(format!("{folder}/{name}"), fs::read_to_string(&path).expect("a file"));
            }
        }
    }
    files
}

/// The types that operations need.
fn reached(spec: &Spec, operations: &[ListedOperation]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut todo: Vec<&Schema> = operations.iter().flat_map(|listed| listed.operation.schemas()).collect();
    while let Some(schema) = todo.pop() {
        schema.walk(&mut |part| {
            if let Some(name) = part.name()
                && names.insert(name.to_owned())
            {
                todo.push(&spec.types[name]);
            }
        });
    }
    names
}

/// Copies the runtime. What is generated is left out.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true if entry.file_name() == "generated" => {}
            true => copy(&path, &target),
            false => drop(fs::copy(&path, &target).expect("a file can be copied")),
        }
    }
}
