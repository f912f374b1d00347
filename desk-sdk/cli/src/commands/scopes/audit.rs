//! `desk scopes audit`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use desk_cli::audit::{Audit, Choice, Compared, LOCK, Linked, Lock, Verdict, html, json, sarif, text};
use desk_cli::scopes::{ScopesError, line};
use desk_sdk::ScopeSet;

use super::needs::{kept, kept_with, one_of};
use super::output::{Done, print, print_json};

pub(super) const HELP: &str = "\
It reads Rust source and says which operations a program uses, where, and which scopes that takes. Nothing is compiled or
run. PATHS are workspaces, crates, or .rs files; without one, it is the current folder.

What the source does not settle is told with its place: `unsure` if something may be a call, `unseen` if one is
made whose operation is chosen at run time. Both can be accepted in desk-scopes.toml, which lies beside Cargo.toml:

  [[allow]]
  file = \"src/tools.rs\"
  function = \"bot::tools::run\"
  call = \"invoke\"
  count = 2
  operations = [\"get_tickets\"]
  reason = \"the names are checked against a list\"

An entry settles as many calls as it says, one without a count: what is added later is unseen again. --fix proposes
entries for what is not settled.

With such a file, or with --granted, --token-store or --profile, it says what is missing and what is too much. --fix writes the file,
and keeps its [[allow]] and what is granted there, unless one of these says otherwise; --tests and
--organization-known are remembered. Members of a workspace that have a file of their own are compared with it as well.
Of a .rs file, only what is in it counts, and --fix is refused, since desk-scopes.toml is for all of a crate.

--binary reads a compiled program instead, or also, if PATHS are given: the operations whose tables are linked into it
(ELF, Mach-O, PE; stripped as well). It is a check of the audit of the source. A program that calls by name has all
tables of the families that are enabled; `Client::request` links none, since the table of paths is another one. An
optimizer leaves out what it can prove is never called. The operation that finds the organization is in most programs.

Exit codes: 0 good; 1 scopes are missing, a name or a path is wrong, the source differs from desk-scopes.toml, names
desk_sdk without depending on it, or lacks what is linked (with --strict also if something is unsure or unseen, an
[[allow]] does not fit, or nothing depends on desk-sdk); 2 it cannot be done as asked, or not all could be read.

  desk scopes audit --fix
  desk scopes audit --strict --sarif > desk.sarif
  desk scopes audit crates/bot --granted \"Desk.tickets.READ Desk.basic.READ\"";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Workspaces, crates, or .rs files
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A compiled program: the operations that are linked into it
    #[arg(long, value_name = "FILE", conflicts_with = "fix")]
    binary: Option<PathBuf>,
    /// The scopes that the token has, with spaces or commas
    #[arg(long, value_name = "SCOPES", conflicts_with = "token_store")]
    granted: Option<String>,
    /// The file with a token, which tells its scopes; no token is printed or renewed
    #[arg(long, value_name = "FILE")]
    token_store: Option<PathBuf>,
    /// The file to compare with [default: desk-scopes.toml beside the Cargo.toml]
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
    /// Write that file anew, with what is used now
    #[arg(long)]
    fix: bool,
    /// Count code that only runs in tests, examples and benchmarks as well
    #[arg(long)]
    tests: bool,
    /// Fail if something is unsure or unseen, an [[allow]] does not fit, or nothing depends on the SDK
    #[arg(long)]
    strict: bool,
    /// The client is given its organization, so that it need not look for one
    #[arg(long)]
    organization_known: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "sarif")]
    json: bool,
    /// Print SARIF 2.1.0, for code hosts
    #[arg(long)]
    sarif: bool,
    /// Write a page for a browser, which needs nothing else; `-` prints it
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn run(self, profile: Option<&str>) -> Done {
        if (self.json || self.sarif) && self.html.as_ref().is_some_and(|file| file == Path::new("-")) {
            let problem =
                "--html - prints the page, so that nothing else can be printed: name a file, such as desk.html";
            return Err(ScopesError::new(problem).into());
        }
        one_of(profile, self.granted.is_some() || self.token_store.is_some())?;
        let granted = match (&self.granted, &self.token_store) {
            (Some(list), _) => Some(desk_cli::scopes::granted(list)),
            (None, Some(file)) => Some(kept(file)?),
            // Only where it is named: a source is often compared with no token at all.
            (None, None) if profile.is_some() => Some(kept_with(profile)?),
            (None, None) => None,
        };
        let linked = match &self.binary {
            Some(file) => {
                Some((file.as_path(), Linked::of(file).map_err(|problem| ScopesError::new(problem.to_string()))?))
            }
            None => None,
        };
        if let (Some((file, linked)), true) = (&linked, self.paths.is_empty()) {
            self.only_of_binary()?;
            let compared = Compared::new(file, linked, None);
            return match self.json {
                true => print_json(&compared.json(), 0),
                false => print(&compared.text(), 0),
            };
        }
        let here = [PathBuf::from(".")];
        let audit = Audit::of(if self.paths.is_empty() { &here } else { &self.paths });
        let lock = self.lock(&audit)?;
        let choice = Choice {
            tests: self.tests,
            strict: self.strict,
            organization_known: self.organization_known,
            granted: granted.clone(),
        };
        let members = self.members(&audit)?;
        let verdict = Verdict::with_members(&audit, &lock, &members, &choice);
        if self.fix {
            let written = self.fix(&verdict, granted.as_ref())?;
            let verdict = Verdict::with_members(&audit, &written, &members, &choice);
            let told = self.tell(&verdict, None);
            next(&verdict);
            return told;
        }
        match &linked {
            Some((file, linked)) => {
                let compared = Compared::new(file, linked, Some(&verdict));
                self.tell(&verdict.with_linked(compared.only_linked().to_vec()), Some(&compared))
            }
            None => self.tell(&verdict, None),
        }
    }

    /// Refuses what says something of the source, where only a compiled program is named.
    fn only_of_binary(&self) -> Result<(), ScopesError> {
        let given = [
            ("--granted", self.granted.is_some()),
            ("--token-store", self.token_store.is_some()),
            ("--lock", self.lock.is_some()),
            ("--tests", self.tests),
            ("--strict", self.strict),
            ("--organization-known", self.organization_known),
            ("--sarif", self.sarif),
            ("--html", self.html.is_some()),
        ];
        match given.into_iter().find(|(_, is_given)| *is_given) {
            Some((option, _)) => Err(ScopesError::new(format!(
                "{option} is about the source, and only a program is named: name its source as well, such as `.` for \
                 this folder"
            ))),
            None => Ok(()),
        }
    }

    fn lock(&self, audit: &Audit) -> Result<Lock, ScopesError> {
        match &self.lock {
            // One that is to be written need not be there.
            Some(file) if self.fix && !file.exists() => Ok(Lock::absent(file)),
            Some(file) => Lock::read(file),
            None if self.fix && audit.roots.len() > 1 => {
                let each = audit.roots.iter().map(|root| format!("`desk scopes audit {} --fix`", root.display()));
                let each = each.collect::<Vec<_>>().join(" and ");
                Err(ScopesError::new(format!(
                    "each of these folders has a {LOCK} of its own: write {each}; or name one file for all with --lock"
                )))
            }
            None => Lock::beside(audit),
        }
    }

    /// Members with a file of their own, unless one file is named for all: each as if it were audited alone.
    fn members(&self, audit: &Audit) -> Result<Vec<(Audit, Lock)>, ScopesError> {
        let folders = if self.lock.is_some() { Vec::new() } else { Lock::members(audit) };
        folders
            .into_iter()
            .map(|folder| Ok((Audit::of(std::slice::from_ref(&folder)), Lock::read(&folder.join(LOCK))?)))
            .collect()
    }

    /// Writes the file, and reads it again.
    fn fix(&self, verdict: &Verdict<'_>, granted: Option<&ScopeSet>) -> Result<Lock, Box<dyn std::error::Error>> {
        if !verdict.audit.problems.is_empty() {
            self.tell(verdict, None)?;
            let file = line(&verdict.lock.file.display().to_string());
            return Err(format!("{file} is not written, since not all could be read").into());
        }
        if verdict.is_part {
            let file = line(&verdict.lock.file.display().to_string());
            return Err(format!(
                "{file} is for all of the crate, and these files are a part of it: name its folder instead, as in `desk \
                 scopes audit {} --fix`; or another file for these with --lock",
                line(&verdict.audit.roots[0].display().to_string())
            )
            .into());
        }
        let text = verdict.lock_text(granted);
        let is_new = verdict.lock.write(&text)?;
        let written = Lock::read(&verdict.lock.file)?;
        let shown = line(&written.file.display().to_string());
        let _ = writeln!(io::stderr(), "{shown} {}", if is_new { "is written" } else { "is as it should be" });
        Ok(written)
    }

    fn tell(&self, verdict: &Verdict<'_>, compared: Option<&Compared<'_>>) -> Done {
        let printed = self.html.as_ref().is_some_and(|file| file == Path::new("-"));
        if let Some(file) = self.html.as_ref().filter(|_| !printed) {
            write(file, &html(verdict))?;
        }
        let code = verdict.exit_code();
        match (self.json, self.sarif) {
            _ if printed => print(&html(verdict), code),
            (true, _) => print_json(&json(verdict, compared), code),
            (_, true) => print_json(&sarif(verdict), code),
            _ => match compared {
                Some(compared) => print(&format!("{}\n{}", text(verdict), compared.text()), code),
                None => print(&text(verdict), code),
            },
        }
    }
}

/// What is left for people once the file is written.
fn next(verdict: &Verdict<'_>) {
    let entries = verdict.proposed();
    if entries.is_empty() {
        return;
    }
    let file = line(&verdict.lock.file.display().to_string());
    let _ = writeln!(
        io::stderr(),
        "\nWhat is unsure or unseen is not settled by this, and --strict fails. For each, check which operations it may \
         call, and add an entry to {file}, with their names ([] if it is no call) and the reason:\n\n{entries}"
    );
}

fn write(file: &Path, text: &str) -> Result<(), ScopesError> {
    let shown = line(&file.display().to_string());
    std::fs::write(file, text).map_err(|error| ScopesError::new(format!("{shown} cannot be written: {error}")))
}
