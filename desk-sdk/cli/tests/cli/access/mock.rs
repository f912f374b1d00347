//! `desk mock`.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::{Person, finished};

/// A server that runs. It is killed at the end of the test, whatever comes.
struct Running {
    child: Option<Child>,
    _out: BufReader<ChildStdout>,
    lines: Vec<String>,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut lines = Vec::new();
        while lines.last().is_none_or(|last: &String| !last.contains("Control-C")) {
            let mut line = String::new();
            assert_ne!(out.read_line(&mut line).unwrap(), 0, "it ended: {lines:?} {:?}", child.wait_with_output());
            lines.push(line.trim().to_owned());
        }
        Self { child: Some(child), _out: out, lines }
    }

    /// What stands after a word.
    fn said(&self, word: &str) -> &str {
        let line = self.lines.iter().find_map(|line| line.strip_prefix(word));
        line.unwrap_or_else(|| panic!("{word}: {:?}", self.lines)).trim()
    }

    #[cfg(unix)]
    fn interrupt(mut self) -> crate::common::Ran {
        let child = self.child.take().unwrap();
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        finished(child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[cfg(unix)]
#[test]
fn its_profile_is_there_while_it_runs() {
    let person = Person::new();
    let server = Running::start(person.command(&["mock", "--port", "0", "--tickets", "3"]));
    let (url, organization) = (server.said("url").to_owned(), server.said("organization").to_owned());
    assert!(server.lines.iter().any(|line| line.starts_with("curl")));
    let out = person.run(&["--profile", "mock", "whoami"]);
    assert_eq!(out.code, Some(0), "{out:#?}");
    assert!(out.out.contains(&url) && out.out.contains(&organization), "{}", out.out);
    // Calls find it wherever the profile is named.
    for words in [
        &["--profile", "mock", "call", "get_tickets"][..],
        &["call", "--profile", "mock", "get_tickets"],
        &["call", "get_tickets", "--profile", "mock"],
        &["request", "GET", "/api/v1/tickets", "--profile", "mock"],
        &["--profile", "mock", "request", "GET", "/api/v1/tickets"],
    ] {
        let out = person.run(words);
        assert!(out.code == Some(0) && out.out.contains("\"ticketNumber\""), "{words:?}: {out:#?}");
    }
    let shown = person.run(&["--profile", "mock", "request", "GET", "/api/v1/tickets", "--show"]);
    assert!(shown.out.contains(&url) && shown.out.contains(&format!("orgId: {organization}")), "{shown:#?}");
    // All that signing in takes is told.
    assert!(server.said("redirect to").starts_with("http://localhost:"));
    let code = server.said("console code").split(' ').next().unwrap().to_owned();
    let mut login = person.command(&["login", "--profile", "try", "--against", &url, "--self-client"]);
    login.env("DESK_CLIENT_ID", server.said("client id")).env("DESK_CLIENT_SECRET", server.said("client secret"));
    login.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let out = super::given(login.spawn().unwrap(), &code);
    assert!(out.code == Some(0) && out.out.contains("signed in: profile try"), "{out:#?}");
    assert_eq!(person.run(&["logout", "--profile", "try"]).code, Some(0));
    assert_eq!(person.run(&["profiles", "remove", "try"]).code, Some(0));
    // It is not what is used where nothing is named, but it is told.
    let out = person.run(&["whoami"]);
    assert!(out.code == Some(3) && out.err.contains("`desk --profile mock …`"), "{out:#?}");
    let out = person.run(&["--profile", "mock", "logout"]);
    assert!(out.code == Some(2) && out.err.contains("ends with its `desk mock`"), "{out:#?}");
    // Nobody signs in to it.
    let out = person.run(&["login", "--profile", "mock"]);
    assert!(out.code == Some(2) && out.err.contains("`desk mock` started"), "{out:#?}");
    // Another one takes its place, and keeps it.
    let second = Running::start(person.command(&["mock", "--port", "0"]));
    let url = second.said("url").to_owned();
    let ran = server.interrupt();
    assert!(ran.code == Some(0) && ran.err.contains("stopped"), "{ran:#?}");
    let out = person.run(&["--profile", "mock", "whoami"]);
    assert!(out.code == Some(0) && out.out.contains(&url), "{out:#?}");
    second.interrupt();
    let out = person.run(&["--profile", "mock", "whoami"]);
    assert!(out.code == Some(2) && out.err.contains("no profile `mock`"), "{out:#?}");
    assert_eq!(person.files(), ["profiles.toml", "profiles.toml.lock"]);
}

#[test]
fn what_a_killed_server_leaves_is_removed() {
    let person = Person::new();
    for words in [&["profiles", "remove", "mock"][..], &["--profile", "mock", "logout", "--forget"]] {
        // Dropped, it is killed.
        drop(Running::start(person.command(&["mock", "--port", "0", "--tickets", "3"])));
        let out = person.run(&["--profile", "mock", "call", "get_tickets"]);
        assert!(out.code == Some(1) || out.code == Some(3), "{out:#?}");
        assert!(out.err.contains("is `desk mock` running?"), "{out:#?}");
        let out = person.run(words);
        assert_eq!((out.code, out.out.as_str()), (Some(0), "removed: profile mock\n"), "{out:#?}");
        assert_eq!(person.files(), ["profiles.toml", "profiles.toml.lock"]);
    }
}

#[cfg(unix)]
#[test]
fn profiles_of_ones_own_are_left_alone() {
    let person = Person::new();
    person.signed_in(&["--profile", "mock"]);
    let before = person.file("profiles.toml");
    let out = finished(
        person.command(&["mock", "--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap(),
    );
    assert!(out.code == Some(2) && out.err.contains("--no-profile"), "{out:#?}");
    let server = Running::start(person.command(&["mock", "--port", "0", "--no-profile"]));
    assert!(!server.lines[0].contains("profile"));
    assert_eq!(person.file("profiles.toml"), before);
    server.interrupt();
    let server = Running::start(person.command(&["mock", "--port", "0", "--profile", "local"]));
    assert_eq!(person.run(&["whoami", "--profile", "local"]).code, Some(0));
    server.interrupt();
    assert_eq!(person.file("profiles.toml"), before);
}

#[test]
fn what_cannot_be_served_is_told() {
    let person = Person::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let out = person.run(&["mock", "--port", &port]);
    assert!(out.code == Some(2) && out.err.contains("another program is listening"), "{out:#?}");
    let out = person.run(&["mock", "--port", "0", "--contradictions", "nothing"]);
    assert!(out.code == Some(2) && out.err.contains("nothing"), "{out:#?}");
    assert!(!person.files().contains(&"profiles.toml".to_owned()));
}
