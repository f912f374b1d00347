//! Programs that a test writes, and the command that audits them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with files.
pub(crate) struct Project(TempDir);

/// What the program printed.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A manifest that depends on the SDK.
pub(crate) const MANIFEST: &str = "[package]\nname = \"app\"\n[dependencies]\ndesk-sdk = \"0.1\"\n";

impl Project {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(name, text)| project.write(name, text));
        project
    }

    /// A crate with a `main.rs`.
    pub(crate) fn of_main(main: &str) -> Self {
        Self::new(&[("Cargo.toml", MANIFEST), ("src/main.rs", main)])
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let file = self.file(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    /// Audits what is in the folder.
    pub(crate) fn audit(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_desk"));
        command.args(["scopes", "audit"]).args(arguments).current_dir(self.path()).stdin(Stdio::null());
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: status.code(), out: text(stdout), err: text(stderr) }
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let Ran { out, err, .. } = self.audit(&[&["--json"], arguments].concat());
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"))
    }

    /// The operations that are used for certain.
    pub(crate) fn operations(&self, arguments: &[&str]) -> Vec<String> {
        let list = self.json(arguments)["operations"].take();
        list.as_array().unwrap().iter().map(|one| one["operation"].as_str().unwrap().to_owned()).collect()
    }
}
