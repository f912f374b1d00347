//! Signing in and out, profiles, and what a token is good for: as a person does it, against a real accounts server.

mod login;
mod logout;
mod mock;
mod profiles;
mod secrets;
#[cfg(unix)]
mod terminal;
mod whoami;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use desk_mock::OauthClient;

use crate::common::{Desk, Ran, bare, ran};

/// A person with settings of their own, and a client that is registered at the local server.
pub(super) struct Person {
    pub(super) desk: Desk,
    pub(super) client: OauthClient,
    home: tempfile::TempDir,
}

impl Person {
    pub(super) fn new() -> Self {
        let desk = Desk::start();
        // Whoever has a port to themselves has it for long enough.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let client = desk.server.register_client_at(format!("http://localhost:{port}/"));
        let home = tempfile::tempdir().unwrap();
        let person = Self { desk, client, home };
        person.install_browser();
        person
    }

    /// Where settings are kept.
    pub(super) fn config(&self) -> PathBuf {
        self.home.path().join("config")
    }

    /// The text of a file among the settings.
    pub(super) fn file(&self, name: &str) -> String {
        fs::read_to_string(self.config().join(name)).unwrap()
    }

    /// The names of all files among the settings.
    pub(super) fn files(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.config()) else { return Vec::new() };
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// A program in place of a browser: it says what it was to open.
    fn install_browser(&self) {
        let path = self.home.path().join("bin/xdg-open");
        fs::create_dir(path.parent().unwrap()).unwrap();
        let opened = self.opened();
        let script = format!("#!/bin/sh\nprintf %s \"$1\" > '{0}.new' && mv '{0}.new' '{0}'\n", opened.display());
        fs::write(&path, script).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }

    fn opened(&self) -> PathBuf {
        self.home.path().join("opened")
    }

    /// The address that the browser was to open, as soon as it is.
    pub(super) fn opened_address(&self) -> String {
        loop {
            if let Ok(address) = fs::read_to_string(self.opened()) {
                fs::remove_file(self.opened()).unwrap();
                return address;
            }
            std::thread::yield_now();
        }
    }

    /// The program with this person's settings, and without any terminal.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare();
        let mut path = self.home.path().join("bin").into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        command.args(arguments).env("DESK_CONFIG_DIR", self.config()).env("PATH", path);
        command
    }

    /// The same, and the registered client is in the environment.
    pub(super) fn with_client(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        command.env("DESK_CLIENT_ID", &self.client.id).env("DESK_CLIENT_SECRET", &self.client.secret);
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// What is said of signing in to this server with this client.
    pub(super) fn login_arguments<'a>(&'a self, more: &[&'a str]) -> Vec<&'a str> {
        let here = ["login", "--against", self.desk.server.url(), "--redirect-uri", &self.client.redirect_uri];
        [&here[..], more].concat()
    }

    /// Starts to sign in, with pipes.
    pub(super) fn login(&self, more: &[&str]) -> Child {
        let mut command = self.with_client(&self.login_arguments(more));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Signs in with a code of the API console for these scopes.
    pub(super) fn sign_in(&self, more: &[&str], scopes: &[&str]) -> Ran {
        let code = self.desk.server.console_code(&self.client, scopes.iter().copied());
        given(self.login(&[&["--self-client"], more].concat()), &code)
    }

    /// Signs in to everything; this must succeed.
    pub(super) fn signed_in(&self, more: &[&str]) {
        let scopes = self.desk.server.every_scope();
        let ran = self.sign_in(more, &scopes.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(ran.code, Some(0), "{ran:#?}");
    }
}

/// Gives a program a line, and waits for its end.
pub(super) fn given(mut child: Child, line: &str) -> Ran {
    writeln!(child.stdin.take().unwrap(), "{line}").unwrap();
    finished(child)
}

/// What a program did.
pub(super) fn finished(child: Child) -> Ran {
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// What a browser does with the address that it is sent to.
pub(super) fn visit(address: &str) -> String {
    let (host, target) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let port = host.rsplit(':').next().unwrap();
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    write!(stream, "GET /{target} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

/// Whether a file can be read by its owner alone.
#[cfg(unix)]
pub(super) fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o077 == 0
}

#[cfg(not(unix))]
pub(super) fn is_private(_: &Path) -> bool {
    true
}
