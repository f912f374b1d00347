//! A call as a command, as Rust and as curl.

use desk_sdk::{Client, Kind, Operation, Risk, by_name};
use serde_json::Value;

use super::rust::{arguments, rust};
use super::sample::{Sample, samples};
use crate::call::{Given, Place, Shown, quoted, show_anywhere};
use crate::problem::Problem;

/// The file that examples send.
const FILE: &str = "photo.png";

/// An example of a call, with made-up values.
#[derive(Clone, Debug)]
pub struct Example {
    operation: &'static Operation,
    samples: Vec<Sample>,
}

impl Example {
    /// An example of an operation: what it needs, and little more.
    pub fn of(operation: &'static Operation) -> Self {
        Self { operation, samples: samples(operation) }
    }

    /// The words of the command after `desk`.
    pub fn words(&self) -> Vec<String> {
        let mut words = vec!["call".to_owned(), self.operation.id.to_owned()];
        let (path, others): (Vec<&Sample>, Vec<&Sample>) =
            self.samples.iter().partition(|sample| sample.input.place == Place::Path);
        words.extend(path.into_iter().map(|sample| text(&sample.value)));
        words.extend(others.into_iter().flat_map(option));
        if by_name::answers_with_file(self.operation.id) {
            words.extend(["--save".to_owned(), "file".to_owned()]);
        }
        if self.operation.risk > Risk::Safe {
            words.extend(["--max-risk".to_owned(), self.operation.risk.to_string()]);
        }
        words
    }

    /// The command, for a shell.
    pub fn command(&self) -> String {
        let words: Vec<String> = self.words().iter().map(|word| quoted(word)).collect();
        format!("desk {}", words.join(" "))
    }

    /// Lines of Rust, with a `client`, in a function that returns a result.
    pub fn rust(&self) -> String {
        rust(self.operation, &self.samples)
    }

    /// The request that the call makes.
    ///
    /// # Errors
    ///
    /// If a sample breaks a rule, which would be a mistake of ours.
    pub async fn request(&self) -> Result<Shown, Problem> {
        let given = Given { arguments: arguments(&self.samples), ..Given::default() };
        let files: Vec<String> =
            self.samples.iter().filter(|sample| sample.input.is_file()).map(|sample| sample.input.name()).collect();
        let is_file = by_name::answers_with_file(self.operation.id);
        show_anywhere(|client: Client| async move {
            let mut call = given.invocation(&client, self.operation).await?;
            for name in &files {
                call = call.file(name, desk_sdk::FilePart::new(FILE, "the photo"));
            }
            match is_file {
                true => drop(call.download()?.await?),
                false => drop(call.await?),
            }
            Ok(())
        })
        .await
    }
}

/// A value as an option.
fn option(sample: &Sample) -> Vec<String> {
    let (input, value) = (&sample.input, &sample.value);
    let long = format!("--{}", input.long);
    match (input.kind, value) {
        (Kind::Boolean, Value::Bool(true)) => vec![long],
        (Kind::Boolean, value) => vec![format!("{long}={value}")],
        _ if input.is_file() => vec![long, format!("@{FILE}")],
        _ => match text(value) {
            text if text.starts_with('-') => vec![format!("{long}={text}")],
            text => vec![long, text],
        },
    }
}

/// A value as the command line takes it.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) if !values.is_empty() && values.iter().all(is_plain) => {
            values.iter().map(text).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

/// Whether it can be told apart between commas.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.contains([',', '[', '{', '"']),
        value => value.is_number(),
    }
}
