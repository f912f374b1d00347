//! What the SDK reads: answers of every operation.

use std::collections::BTreeMap;

use anyhow::Result;
use arbitrary::Unstructured;
use desk_sdk::{DecodeError, Operation, Risk};
use desk_smoke::{AnswerType, Consent, Progress, Selection, Target, answer_types, run};
use serde_json::Value;

use crate::documents::{any, damage, keys};
use crate::same::{change, difference};

/// Every answer's type with an example from a local server.
#[derive(Debug)]
pub struct Answers(Vec<Example>);

#[derive(Debug)]
struct Example {
    of: AnswerType,
    value: Value,
    keys: Vec<String>,
}

/// Keeps the answers of a run.
#[derive(Default)]
struct Seen(BTreeMap<&'static str, Value>);

impl Progress for Seen {
    fn begin(&mut self, _: Risk, _: usize) -> Consent {
        Consent::Given
    }

    fn answered(&mut self, operation: &'static Operation, answer: &Value) {
        if !answer.is_null() {
            self.0.insert(operation.id, answer.clone());
        }
    }

    fn called(&mut self, _: &'static Operation, _: bool) {}

    fn end(&mut self) {}
}

impl Answers {
    /// Calls every operation of a local server once, for the examples.
    ///
    /// # Errors
    ///
    /// When the server cannot be started.
    pub fn collect() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let mut seen = Seen::default();
        let selection = Selection { risks: vec![Risk::Safe, Risk::Write, Risk::Destructive], modules: [].into() };
        runtime.block_on(async { run(&Target::own().await?, &selection, &mut seen).await })?;
        let examples = answer_types().map(|of| {
            let value = seen.0.get(of.operation.id).cloned().unwrap_or_default();
            let mut known = vec!["data".to_owned(), "id".to_owned()];
            keys(&value, &mut known);
            Example { of, value, keys: known }
        });
        Ok(Self(examples.collect()))
    }

    /// The types that are read.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Makes an answer of the bytes and reads it: as they are, as a random document, or as a damaged example.
    ///
    /// # Panics
    ///
    /// When reading loses what it does not tell of, or does not read what it wrote itself.
    pub fn try_bytes(&self, bytes: &[u8]) {
        // Bytes that end too early make no input.
        let _ = self.input(&mut Unstructured::new(bytes));
    }

    fn input(&self, bytes: &mut Unstructured<'_>) -> arbitrary::Result<()> {
        let example = bytes.choose(&self.0)?;
        let body = match bytes.int_in_range(0..=7)? {
            0 => bytes.bytes(bytes.len())?.to_vec(),
            1 | 2 => any(bytes, &example.keys, 0)?.to_string().into_bytes(),
            3 => {
                // A document that breaks off, or has other bytes somewhere.
                let mut body = example.value.to_string().into_bytes();
                let at = bytes.choose_index(body.len())?;
                match bytes.arbitrary::<Option<u8>>()? {
                    Some(byte) => body[at] = byte,
                    None => body.truncate(at),
                }
                body
            }
            _ => {
                let mut value = example.value.clone();
                damage(bytes, &mut value, &example.keys)?;
                value.to_string().into_bytes()
            }
        };
        check(&example.of, &body);
        Ok(())
    }
}

/// What must hold for any body.
fn check(of: &AnswerType, body: &[u8]) {
    let name = of.operation.id;
    let shown = String::from_utf8_lossy(body);
    let read = match (of.reread)(body) {
        Err(DecodeError::Mismatch(mismatch)) => panic!("{name}: read leniently, {mismatch} ended it: {shown}"),
        Err(DecodeError::Syntax(_)) => {
            assert!(serde_json::from_slice::<Value>(body).is_err(), "{name}: JSON was not read as such: {shown}");
            return;
        }
        Ok(read) => read,
    };
    let (written, mismatches) = read;
    let text = written.to_string();
    assert!(text.len() <= 6 * body.len() + 100, "{name}: {} bytes became {}: {shown}", body.len(), text.len());
    if let (true, Ok(value)) = (mismatches.is_empty(), serde_json::from_slice::<Value>(body)) {
        let lost = difference(&value, Some(&written), "");
        assert!(lost.is_none(), "{name}: nothing was said to be odd, but {}; {shown}", lost.unwrap_or_default());
    }
    let Ok((again, still)) = (of.reread)(text.as_bytes()) else {
        panic!("{name}: what was written is not read: {text}")
    };
    assert!(again == written, "{name}: written twice, {}", change(&written, &again, ""));
    assert!(still.len() <= mismatches.len(), "{name}: {still:?} is odd in what was written: {text}");
}
