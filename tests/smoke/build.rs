//! Makes the cases from `spec/`, so that they are never older than it. The spec that is built into the local server
//! would not do: it lacks the Rust names that people chose.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use desk_codegen::emit::smoke;
use desk_codegen::lock::LOCK;
use desk_codegen::{Files, LOCAL, UPSTREAM, load, model};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Files::new();
    for folder in [UPSTREAM, LOCAL] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        for entry in fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".json")) {
                files.insert(format!("{folder}/{name}"), fs::read_to_string(&path)?);
            }
        }
    }
    println!("cargo::rerun-if-changed={}", root.join(LOCK).display());
    if root.join(LOCK).exists() {
        files.insert(LOCK.to_owned(), fs::read_to_string(root.join(LOCK))?);
    }
    let loaded = load::load(&files).map_err(|diagnostics| diagnostics.to_string())?;
    let model = model::build(&loaded).map_err(|diagnostics| diagnostics.to_string())?;
    let target = PathBuf::from(env::var("OUT_DIR")?).join("cases.rs");
    fs::write(target, smoke::emit(&loaded.spec, &model)?)?;
    Ok(())
}
