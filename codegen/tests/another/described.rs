//! An API that is described in the tests, taken the whole way, and the crate of its client.

use std::fs;
use std::path::{Path, PathBuf};

use desk_codegen::api::Api;
use desk_codegen::emit::{GENERATED, MANIFEST, emit};
use desk_codegen::import::import;
use desk_codegen::load::load;
use desk_codegen::model::build;
use desk_codegen::spec::Spec;
use desk_codegen::{API, Files, LOCAL};

/// What a description becomes.
pub(crate) struct Described {
    pub(crate) spec: Spec,
    pub(crate) files: Files,
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The description in one of the folders of `data`: `api.json`, `families.json`, and OpenAPI files.
pub(crate) fn described(name: &str) -> Described {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let (mut sources, mut known) = (Files::new(), Files::new());
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("a file").path();
        let file = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        match file.as_str() {
            "api.json" => drop(known.insert(API.to_owned(), text(&path))),
            "families.json" => drop(known.insert(format!("{LOCAL}/{file}"), text(&path))),
            _ => drop(sources.insert(file, text(&path))),
        }
    }
    let api = Api::read(&known).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let imported = import(&sources, &api).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    assert!(imported.notes.iter().all(|note| !format!("{note:?}").contains("left out")), "{:?}", imported.notes);
    known.extend(imported.files);
    let loaded = load(&known).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let model = build(&loaded).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.locate(&known)));
    let files = emit(&loaded.spec, &model, &text(&project().join(MANIFEST))).expect("it is valid Rust");
    Described { spec: loaded.spec, files }
}

/// Writes a workspace with the client's crate and the program that makes calls with it.
pub(crate) fn written_to(name: &str, described: &Described) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(fs::remove_dir_all(&folder));
    copy(&project().join("desk-sdk/src"), &folder.join("desk-sdk/src"));
    for (path, text) in described.files.iter().filter(|(path, _)| path.starts_with(GENERATED) || *path == MANIFEST) {
        write(&folder.join(path), text);
    }
    write(&folder.join("Cargo.toml"), &workspace());
    write(&folder.join("Cargo.lock"), &text(&project().join("Cargo.lock")));
    write(&folder.join("calls/Cargo.toml"), &calls());
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/another").join(format!("{name}_calls.rs"));
    write(&folder.join("calls/src/main.rs"), &text(&program));
    folder
}

/// The runtime, without what is generated.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the folder is there") {
        let entry = entry.expect("a file");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() && entry.file_name() != "generated" {
            copy(&from, &to);
        } else if from.is_file() {
            write(&to, &text(&from));
        }
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// What the runtime has for other APIs is not needed by this one.
const LINTS: &str = "dead_code = \"allow\"\nunused_imports = \"allow\"\nunused_macros = \"allow\"\n";

/// The project's manifest, with other members, and without the lints for parts that nothing uses.
fn workspace() -> String {
    let manifest = text(&project().join("Cargo.toml"));
    let (before, rest) = manifest.split_once("members = [").expect("it has members");
    let (_, after) = rest.split_once("]\n").expect("the list ends");
    let lines = after.lines().filter(|line| !line.starts_with("default-members") && !line.starts_with("exclude"));
    let after: Vec<&str> = lines.collect();
    let lints = "[workspace.lints.rust]\n";
    let manifest = format!("{before}members = [\"calls\", \"desk-sdk\"]\n{}\n", after.join("\n"));
    manifest.replace(lints, &format!("{lints}{LINTS}"))
}

/// The manifest of the program. It asks for the same features of shared dependencies as the project's own tests, so that
/// they are not compiled again.
fn calls() -> String {
    let features = project().join("tests/features").canonicalize().expect("it is there");
    format!(
        "[package]\nname = \"calls\"\nversion.workspace = true\nedition.workspace = true\n\n[dependencies]\n\
         axum.workspace = true\ndesk-features = {{ path = {features:?} }}\n\
         desk-sdk = {{ workspace = true, features = [\"by-name\", \"full\"] }}\nserde_json.workspace = true\n\
         tokio = {{ workspace = true, features = [\"net\", \"sync\"] }}\n"
    )
}
