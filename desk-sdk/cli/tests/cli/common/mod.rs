//! A local server, and the program run against it as a person would run it.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod rows;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use desk_cli::table::{Folder, MANIFEST, Owner};
use desk_mock::MockDesk;
use serde_json::Value;
use tokio::runtime::Runtime;

/// A local server in threads of its own, a token for everything, and a folder to export to.
pub(crate) struct Desk {
    runtime: Runtime,
    pub(crate) server: MockDesk,
    pub(crate) token: String,
    pub(crate) scopes: String,
    pub(crate) folder: tempfile::TempDir,
}

/// What the program did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let server = runtime.block_on(MockDesk::start()).unwrap();
        let scopes = server.every_scope();
        let token = server.token(scopes.clone());
        let folder = tempfile::tempdir().unwrap();
        Self { runtime, server, token, scopes: scopes.join(" "), folder }
    }

    /// Stops the server.
    pub(crate) fn stop(self) -> tempfile::TempDir {
        let Self { runtime, server, folder, .. } = self;
        runtime.block_on(server.stop());
        folder
    }

    /// The folder to export to, which does not exist yet.
    pub(crate) fn to(&self) -> PathBuf {
        self.folder.path().join("export")
    }

    /// The program with these arguments, and with access to the server.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare();
        command.args(["export", "--against", self.server.url()]).args(arguments);
        command.env("DESK_TOKEN", &self.token).env("DESK_SCOPES", &self.scopes);
        command
    }

    /// Any word of the program, with access to the server.
    pub(crate) fn desk(&self, words: &[&str]) -> Command {
        let mut command = bare();
        command.args(words).args(["--against", self.server.url()]);
        command.env("DESK_TOKEN", &self.token).env("DESK_SCOPES", &self.scopes);
        command.current_dir(self.folder.path());
        command
    }

    /// What it did.
    pub(crate) fn ran(&self, words: &[&str]) -> Ran {
        ran(&mut self.desk(words))
    }

    /// What it printed, which must have been without a complaint.
    #[track_caller]
    pub(crate) fn printed(&self, words: &[&str]) -> String {
        let ran = self.ran(words);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{words:?}: {ran:#?}");
        ran.out
    }

    /// Exports to the folder.
    pub(crate) fn export(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        ran(command.arg("--to").arg(self.to()))
    }

    /// Exports to the folder, which must succeed.
    pub(crate) fn exported(&self, arguments: &[&str]) -> Ran {
        let ran = self.export(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:#?}");
        ran
    }

    /// The manifest's JSON.
    pub(crate) fn manifest(&self) -> Value {
        serde_json::from_slice(&fs::read(self.to().join(MANIFEST)).unwrap()).unwrap()
    }

    /// The records of a resource in the export.
    pub(crate) fn rows(&self, resource: &str) -> Vec<Value> {
        rows::of(&self.to(), &self.manifest(), resource)
    }

    /// Checks that every file is as the manifest says.
    pub(crate) fn assert_whole(&self) {
        assert_whole(&self.to(), self.server.organization(), self.server.url());
    }

    /// What the server answers to a GET, as JSON; null if it is empty.
    pub(crate) fn get(&self, path: &str) -> Value {
        let address = self.server.url().strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let (token, organization) = (&self.token, self.server.organization());
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: desk\r\norgId: {organization}\r\nconnection: close\r\n\
             authorization: Zoho-oauthtoken {token}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
        let body = &answer[end..];
        if body.is_empty() { Value::Null } else { serde_json::from_slice(body).unwrap() }
    }
}

/// The program without any access.
pub(crate) fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_desk"));
    let ours = ["TOKEN", "SCOPES", "CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN", "DATA_CENTRE", "PROFILE"];
    for name in ours {
        command.env_remove(format!("DESK_{name}"));
    }
    // Neither the profiles nor the keyring of whoever runs the tests.
    command.env("DESK_CONFIG_DIR", env!("CARGO_TARGET_TMPDIR").to_owned() + "/no-profiles");
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    command.stdin(Stdio::null());
    command
}

pub(crate) fn ran(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), out: text(stdout), err: text(stderr) }
}

pub(crate) fn assert_whole(to: &Path, organization: &str, address: &str) {
    let folder = Folder::open(to).unwrap();
    let manifest = folder.manifest(&Owner::new(organization, address)).unwrap();
    assert_eq!(folder.spoiled(&manifest).unwrap(), Vec::<String>::new());
    assert_eq!(folder.clean(&manifest).unwrap(), Vec::<PathBuf>::new(), "leftovers");
}

/// The text of a record's id.
pub(crate) fn id(record: &Value) -> String {
    match &record["id"] {
        Value::String(id) => id.clone(),
        other => other.to_string(),
    }
}

/// The ids of records, sorted.
pub(crate) fn ids<'r>(records: impl IntoIterator<Item = &'r Value>) -> Vec<String> {
    let mut ids: Vec<String> = records.into_iter().map(id).collect();
    ids.sort();
    ids
}
