//! Questions and answers about a new operation.

use std::io::{BufRead, Write};

use anyhow::{Context, Result, anyhow, bail};
use desk_codegen::load::Loaded;
use desk_codegen::new_operation::{Draft, Key, QUESTIONS, Question};
use desk_codegen::visible;

use super::Given;

/// Questions and answers.
pub(super) struct Interview<'a> {
    pub(super) given: &'a Given,
    pub(super) input: &'a mut dyn BufRead,
    pub(super) output: &'a mut dyn Write,
    /// Whether the answers are typed, so that they are seen and end their lines.
    pub(super) typed: bool,
    /// What was answered so far, as flags.
    pub(super) answered: Vec<String>,
}

impl Interview<'_> {
    /// The operation that the answers describe.
    pub(super) fn of<'l>(mut self, loaded: &'l Loaded) -> Result<Draft<'l>> {
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
                if self.is_given(question) {
                    bail!("--{}: {}\nnothing was written", question.flag, draft.closed(question.key));
                }
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
                let error = unanswered(question, "there is no answer");
                // Nobody answers everything twice.
                return Err(match self.answered.is_empty() {
                    true => error,
                    false => anyhow!("{error}\n  so far: {}", self.answered.join(" ")),
                });
            }
            if !self.typed {
                writeln!(self.output, "{}", visible(line.trim_end()))?;
            }
            let empty = line.trim().is_empty();
            if empty && !first {
                return Ok(());
            }
            let answer = usual.filter(|_| empty).unwrap_or(line);
            let taken = draft.answer(question.key, &answer);
            if taken.is_ok() && !answer.trim().is_empty() {
                self.answered.push(format!("--{} {}", question.flag, quoted(answer.trim())));
            }
            match taken {
                Ok(()) if question.several && !answer.trim().is_empty() => first = false,
                Ok(()) => return Ok(()),
                Err(problem) => writeln!(self.output, "  {}", visible(&problem))?,
            }
        }
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | ',' | '+');
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

fn unanswered(question: &Question, problem: &str) -> anyhow::Error {
    let (text, flag, legal) = (question.text, question.flag, question.legal);
    anyhow!("{text} {problem}; nothing was written\n  help: answer with --{flag}: {legal}")
}
