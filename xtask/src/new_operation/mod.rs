//! `cargo xtask new-operation`: asks what has to be known of an operation, and adds it to `spec/local`.

mod interview;
#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use desk_codegen::diagnostic::Diagnostics;
use desk_codegen::new_operation::Key;
use desk_codegen::{API, Files, LOCAL, load, model};

use self::interview::Interview;
use crate::files::Tree;
use crate::printing::{errln, outln};
use crate::{spec, transaction};

/// Where operations that people add usually stand.
const USUAL: &str = "operations.json";

/// Answers given beforehand. Whatever is needed and not given is asked, or read from the standard input, a line each.
#[derive(Debug, Args)]
pub(crate) struct Given {
    /// GET, POST, PUT, PATCH or DELETE
    #[arg(long)]
    method: Option<String>,
    /// The path with its parameters in braces: /api/v1/tickets/{ticketId}
    #[arg(long)]
    path: Option<String>,
    /// Its name in snake case; by default from method and path
    #[arg(long)]
    id: Option<String>,
    /// A module of spec/local/families.json; by default that of similar paths
    #[arg(long)]
    module: Option<String>,
    /// What it does, in a sentence
    #[arg(long)]
    summary: Option<String>,
    /// A space means or, a + means and: "Desk.tickets.READ+Desk.search.READ Desk.basic.READ"; none if any token will do
    #[arg(long)]
    scopes: Option<String>,
    /// safe, write, outbound or destructive; by default from method and name
    #[arg(long)]
    risk: Option<String>,
    /// Whether it takes orgId: yes or no; by default yes
    #[arg(long)]
    organization: Option<String>,
    /// Name, place, `required` if it is, type: "limit query integer"; any number of times. What stands in the path is
    /// an id by default
    #[arg(long)]
    parameter: Vec<String>,
    /// "json ticket.newTicket", "multipart …" or "bytes"; by default none
    #[arg(long)]
    body: Option<String>,
    /// "200 ticket.ticket", "200 bytes", "204 empty"; any number of times; by default 200 any, of a DELETE 204 empty
    #[arg(long)]
    answer: Vec<String>,
    /// Where it is known from, in a sentence
    #[arg(long)]
    why: Option<String>,
    /// documented, observed or inferred
    #[arg(long)]
    evidence: Option<String>,
    /// Who observed it: live, many or one
    #[arg(long)]
    strength: Option<String>,
    /// The file below spec/local, operations.json by default
    #[arg(long)]
    file: Option<String>,
}

impl Given {
    fn answers(&self, key: Key) -> &[String] {
        match key {
            Key::Method => self.method.as_slice(),
            Key::Path => self.path.as_slice(),
            Key::Id => self.id.as_slice(),
            Key::Module => self.module.as_slice(),
            Key::Summary => self.summary.as_slice(),
            Key::Scopes => self.scopes.as_slice(),
            Key::Risk => self.risk.as_slice(),
            Key::Organization => self.organization.as_slice(),
            Key::Parameter => &self.parameter,
            Key::Body => self.body.as_slice(),
            Key::Answer => &self.answer,
            Key::Why => self.why.as_slice(),
            Key::Evidence => self.evidence.as_slice(),
            Key::Strength => self.strength.as_slice(),
        }
    }
}

pub(crate) fn run(given: &Given) -> Result<ExitCode> {
    let mut sources = spec::project()?;
    let loaded = match load::load(&sources) {
        Ok(loaded) => loaded,
        Err(diagnostics) => return Ok(refused(&diagnostics.locate(&sources))),
    };
    let (mut input, output) = (io::stdin().lock(), io::stderr());
    let typed = io::stdin().is_terminal();
    let interview = Interview { given, input: &mut input, output: &mut output.lock(), typed, answered: Vec::new() };
    let draft = interview.of(&loaded)?;
    let path = format!("{LOCAL}/{}", given.file.as_deref().unwrap_or(USUAL));
    if !path.ends_with(".json") || path == API {
        bail!("{path} is no file for operations; nothing was written\n  help: --file takes a name such as {USUAL}");
    }
    let file = sources.get(&path).map_or("{}\n", String::as_str);
    let file = draft.written(file).map_err(|problem| anyhow!("{path}: {problem}; nothing was written"))?;
    // Nothing is written that `generate` would refuse.
    sources.insert(path.clone(), file.clone());
    if let Err(diagnostics) = load::load(&sources).and_then(|loaded| model::build(&loaded)) {
        return Ok(refused(&diagnostics.locate(&sources)));
    }
    transaction::apply(&Tree::project(), &Files::from([(path.clone(), file)]), &[])?;
    outln!("{path} has the operation; next: cargo xtask generate");
    Ok(ExitCode::SUCCESS)
}

fn refused(diagnostics: &Diagnostics) -> ExitCode {
    errln!("{diagnostics}\nnothing was written");
    ExitCode::FAILURE
}
