//! `cargo xtask new-operation`: asks what has to be known of an operation, and adds it to `spec/local`.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use desk_codegen::diagnostic::Diagnostics;
use desk_codegen::load::{self, Loaded};
use desk_codegen::new_operation::{Draft, Key, QUESTIONS, Question};
use desk_codegen::{API, Files, LOCAL, model, visible};

use crate::files::Tree;
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
    let draft = Interview { given, input: &mut input, output: &mut output.lock() }.of(&loaded)?;
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
    println!("{path} has the operation; next: cargo xtask generate");
    Ok(ExitCode::SUCCESS)
}

fn refused(diagnostics: &Diagnostics) -> ExitCode {
    eprintln!("{diagnostics}\nnothing was written");
    ExitCode::FAILURE
}

/// Questions and answers.
struct Interview<'a> {
    given: &'a Given,
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
}

impl Interview<'_> {
    /// The operation that the answers describe.
    fn of<'l>(mut self, loaded: &'l Loaded) -> Result<Draft<'l>> {
        // Whoever gives all that has no usual answer wants to be asked nothing.
        let needed = |key| !matches!(key, Key::Module | Key::Strength) && Draft::new(loaded).usual(key).is_none();
        let silent = QUESTIONS.iter().all(|question| !needed(question.key) || self.is_given(question));
        // What is wrong among the flags is told before anything is asked.
        let mut rehearsed = Draft::new(loaded);
        let wrong: Vec<String> = QUESTIONS.iter().flat_map(|question| self.take(question, &mut rehearsed)).collect();
        if !wrong.is_empty() {
            bail!("{}\nnothing was written", wrong.join("\n"));
        }
        let mut draft = Draft::new(loaded);
        for question in &QUESTIONS {
            if !draft.is_open(question.key) {
                continue;
            }
            if self.is_given(question) {
                // An answer to a question that was asked may have made it wrong.
                if let Some(problem) = self.take(question, &mut draft).pop() {
                    bail!("{problem}\nnothing was written");
                }
                continue;
            }
            match draft.usual(question.key).filter(|_| silent) {
                Some(usual) => draft.answer(question.key, &usual).map_err(|problem| unanswered(question, &problem))?,
                None => self.ask(question, &mut draft)?,
            }
        }
        Ok(draft)
    }

    fn is_given(&self, question: &Question) -> bool {
        !self.given.answers(question.key).is_empty()
    }

    /// Takes the answers that were given by flags, and says what is wrong with them.
    fn take(&self, question: &Question, draft: &mut Draft<'_>) -> Vec<String> {
        let problems =
            self.given.answers(question.key).iter().filter_map(|answer| draft.answer(question.key, answer).err());
        problems.map(|problem| format!("--{}: {problem}\n  help: {}", question.flag, question.legal)).collect()
    }

    /// Asks until the answer is a legal one, and where there may be several, until an empty line.
    fn ask(&mut self, question: &Question, draft: &mut Draft<'_>) -> Result<()> {
        let mut first = true;
        loop {
            let usual = draft.usual(question.key).filter(|_| first);
            let shown = usual.as_deref().filter(|usual| !usual.is_empty());
            let shown = shown.map_or(String::new(), |usual| format!(" [{}]", visible(usual)));
            let more = if first { "" } else { " another, or nothing;" };
            write!(self.output, "{}{more} ({}){shown} ", question.text, question.legal)?;
            self.output.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line).context("cannot read the answer")? == 0 {
                writeln!(self.output)?;
                return Err(unanswered(question, "there is no answer"));
            }
            let empty = line.trim().is_empty();
            if empty && !first {
                return Ok(());
            }
            let answer = usual.filter(|_| empty).unwrap_or(line);
            match draft.answer(question.key, &answer) {
                Ok(()) if question.several && !answer.trim().is_empty() => first = false,
                Ok(()) => return Ok(()),
                Err(problem) => writeln!(self.output, "  {}", visible(&problem))?,
            }
        }
    }
}

fn unanswered(question: &Question, problem: &str) -> anyhow::Error {
    let (text, flag, legal) = (question.text, question.flag, question.legal);
    anyhow!("{text} {problem}; nothing was written\n  help: answer with --{flag}: {legal}")
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        given: Given,
    }

    /// A spec of two modules.
    fn loaded() -> Loaded {
        let get = json!({
            "id": "get_tickets", "method": "GET", "path": "/api/v1/tickets", "summary": "List tickets.",
            "scopes": [["Desk.tickets.READ"]], "risk": "safe", "organization": true, "answers": {"200": {"json": "any"}},
        });
        let families = json!({"families": [{"name": "tickets", "about": "Tickets.", "modules": ["ticket"]}]});
        let files = Files::from([
            ("spec/upstream/ticket.json".to_owned(), json!({"module": "ticket", "operations": [get]}).to_string()),
            ("spec/local/families.json".to_owned(), families.to_string()),
        ]);
        load::load(&files).unwrap()
    }

    /// What comes of flags and typed lines: the file or the error, and what was shown.
    fn interview(flags: &[&str], typed: &str) -> (Result<String, String>, String) {
        let given = Line::parse_from([&["xtask"], flags].concat()).given;
        let (mut input, mut output) = (typed.as_bytes(), Vec::new());
        let loaded = loaded();
        let interview = Interview { given: &given, input: &mut input, output: &mut output };
        let made = interview.of(&loaded).map(|draft| draft.written("{}").unwrap());
        (made.map_err(|error| error.to_string()), String::from_utf8(output).unwrap())
    }

    fn operation(file: &str) -> Value {
        serde_json::from_str::<Value>(file).unwrap()["operations"][0].clone()
    }

    const ENOUGH: [&str; 14] = [
        "--method",
        "post",
        "--path",
        "/api/v1/tickets/{ticketId}/weather",
        "--summary",
        "Tell the weather.",
        "--scopes",
        "Desk.tickets.UPDATE+Desk.search.READ Desk.basic.UPDATE",
        "--why",
        "a guide",
        "--evidence",
        "observed",
        "--strength",
        "many",
    ];

    #[test]
    fn flags_that_say_enough_are_followed_by_no_question() {
        let (made, shown) = interview(&ENOUGH, "");
        let made = operation(&made.unwrap());
        assert_eq!(shown, "");
        assert_eq!((&made["module"], &made["strength"]), (&json!("ticket"), &json!("many")));
        let expected = json!({
            "id": "create_tickets_weather", "method": "POST", "path": "/api/v1/tickets/{ticketId}/weather",
            "summary": "Tell the weather.", "risk": "write", "organization": true,
            "scopes": [["Desk.tickets.UPDATE", "Desk.search.READ"], ["Desk.basic.UPDATE"]],
            "parameters": [{"name": "ticketId", "in": "path", "required": true, "type": "id"}],
            "answers": {"200": {"json": "any"}},
        });
        assert_eq!(made["operation"], expected);
    }

    #[test]
    fn what_is_not_given_is_asked_until_it_is_legal() {
        let typed = [
            "FETCH",
            "get",
            "/api/v1/tickets",
            "/api/v1/tickets/weather",
            "",
            "tickets",
            "ticket",
            "Tell the weather.",
            "Desk.tickets",
            "none",
            "",
            "",
            "limit query integer",
            "day query required dat",
            "day query required date",
            "",
            "",
            "200 text",
            "204 empty",
            "",
            "a guide",
            "inferred",
        ];
        let (made, shown) = interview(&[], &(typed.join("\n") + "\n"));
        let made = operation(&made.unwrap());
        for part in [
            "unknown variant `FETCH`",
            "that is get_tickets",
            "[get_tickets_weather]",
            "did you mean ticket?",
            "is not a scope; did you mean Desk.tickets.READ?",
            "[safe]",
            "unknown type \"dat\"",
            "[200 any]",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert_eq!(
            made["operation"]["parameters"][1],
            json!({"name": "day", "in": "query", "required": true, "type": "date"})
        );
        assert_eq!(made["operation"]["answers"], json!({"200": {"json": "text"}, "204": "empty"}));
    }

    #[test]
    fn all_wrong_flags_are_told_at_once() {
        let mut flags = ENOUGH;
        (flags[3], flags[7]) = ("tickets", "Desk.ticket");
        let told = interview(&flags, "").0.unwrap_err();
        assert!(told.contains("--path: a path starts with /") && told.contains("--scopes: \"Desk.ticket\""), "{told}");
        assert!(told.contains("help: a space means or") && told.ends_with("nothing was written"), "{told}");
    }

    #[test]
    fn without_an_answer_nothing_comes_of_it() {
        let told = interview(&ENOUGH[..12], "").0.unwrap_err();
        assert!(told.contains("Who observed it? there is no answer; nothing was written"), "{told}");
        assert!(told.contains("--strength: live"), "{told}");
    }
}
