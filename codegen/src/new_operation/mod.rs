//! An operation that a person describes, question by question: each answer is checked at once.
//!
//! [`Draft::answer`] takes an answer, [`Draft::written`] puts the whole into a file of `spec/local`. Nothing here reads
//! or writes files, or talks to anybody.

mod answers;
mod insert;
mod questions;

use indexmap::IndexMap;
use serde::Serialize;

pub use self::questions::{Key, QUESTIONS, Question};
use crate::import;
use crate::load::{Evidence, Loaded, Strength};
use crate::spec::{Answer, Body, Method, Operation, Parameter, ParameterPlace, Risk, Scalar, Schema, Status};

/// What is known so far of a new operation.
#[derive(Debug)]
pub struct Draft<'a> {
    loaded: &'a Loaded,
    method: Method,
    path: String,
    id: String,
    module: String,
    summary: String,
    scopes: Vec<Vec<String>>,
    risk: Risk,
    organization: bool,
    parameters: Vec<Parameter>,
    body: Option<Body>,
    answers: IndexMap<Status, Answer>,
    why: String,
    evidence: Evidence,
    strength: Option<Strength>,
}

/// An entry of `operations` in `spec/local`.
#[derive(Serialize)]
struct Entry<'a> {
    why: &'a str,
    evidence: Evidence,
    #[serde(skip_serializing_if = "Option::is_none")]
    strength: Option<Strength>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    inferred: IndexMap<&'static str, &'a str>,
    module: &'a str,
    operation: Operation,
}

impl<'a> Draft<'a> {
    /// Nothing but the spec that the operation is new to.
    pub fn new(loaded: &'a Loaded) -> Self {
        Self {
            loaded,
            method: Method::Get,
            path: String::new(),
            id: String::new(),
            module: String::new(),
            summary: String::new(),
            scopes: Vec::new(),
            risk: Risk::Safe,
            organization: true,
            parameters: Vec::new(),
            body: None,
            answers: IndexMap::new(),
            why: String::new(),
            evidence: Evidence::Documented,
            strength: None,
        }
    }

    /// Whether the answers so far leave the question open.
    pub fn is_open(&self, key: Key) -> bool {
        match key {
            Key::Strength => self.evidence == Evidence::Observed,
            _ => true,
        }
    }

    /// Why a question is not open, in words.
    pub fn closed(&self, key: Key) -> String {
        match key {
            Key::Strength => {
                let word = serde_json::to_value(self.evidence).unwrap_or_default();
                format!("only what is observed has it, and the evidence is {}", word.as_str().unwrap_or_default())
            }
            _ => "it does not belong to the other answers".to_owned(),
        }
    }

    /// The answer that no answer stands for, if there is one.
    pub fn usual(&self, key: Key) -> Option<String> {
        match key {
            Key::Id => Some(self.usual_id()),
            Key::Module => self.usual_module().map(str::to_owned),
            Key::Risk => Some(import::risk_of(self.method, &self.path, &self.id).to_string()),
            Key::Organization => Some("yes".to_owned()),
            Key::Parameter | Key::Body => Some(String::new()),
            Key::Answer if self.method == Method::Delete => Some("204 empty".to_owned()),
            Key::Answer => Some("200 any".to_owned()),
            Key::Method | Key::Path | Key::Summary | Key::Scopes | Key::Why | Key::Evidence | Key::Strength => None,
        }
    }

    /// `get_tickets_comments` for GET `/api/v1/tickets/{ticketId}/comments`.
    fn usual_id(&self) -> String {
        let verb = match self.method {
            Method::Get => "get",
            Method::Post => "create",
            Method::Put | Method::Patch => "update",
            Method::Delete => "delete",
        };
        let literals = self.path.split('/').filter(|step| !step.is_empty() && !step.starts_with('{'));
        let literals = literals.skip_while(|step| *step == "api" || step.trim_start_matches('v').parse::<u8>().is_ok());
        let words: Vec<String> = literals.map(heck::ToSnakeCase::to_snake_case).collect();
        let id = [&[verb.to_owned()][..], &words].concat().join("_");
        let free = |id: &String| self.loaded.spec.operation(id).is_none();
        let numbered = (2_u32..).map(|number| format!("{id}_{number}"));
        std::iter::once(id.clone()).chain(numbered).find(free).unwrap_or(id)
    }

    /// The module of the operations whose paths start alike.
    fn usual_module(&self) -> Option<&str> {
        let start = |path: &'_ str| path.split('/').take(4).map(str::to_owned).collect::<Vec<_>>();
        let own = start(&self.path);
        let alike = self.loaded.spec.operations.iter().filter(|listed| start(&listed.operation.path) == own);
        let mut counts: IndexMap<&str, usize> = IndexMap::new();
        alike.for_each(|listed| *counts.entry(&listed.module).or_default() += 1);
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(module, _)| module)
    }

    /// The file with the operation added to its list.
    ///
    /// # Errors
    ///
    /// If the file is not one to which an operation can be added.
    pub fn written(&self, file: &str) -> Result<String, String> {
        insert::operation(file, &self.module, &self.entry()).map_err(|error| error.to_string())
    }

    fn entry(&self) -> Entry<'_> {
        // What the whole entry is only a guess about, the scopes are as well; then a call without them is not refused.
        let guessed = self.evidence == Evidence::Inferred && !self.scopes.is_empty();
        Entry {
            why: &self.why,
            evidence: self.evidence,
            strength: self.strength,
            inferred: guessed.then_some(("scopes", self.why.as_str())).into_iter().collect(),
            module: &self.module,
            operation: self.operation(),
        }
    }

    fn operation(&self) -> Operation {
        let given = |name: &str| self.parameters.iter().find(|p| p.place == ParameterPlace::Path && p.name == name);
        let in_path = |name: &str| given(name).cloned().unwrap_or_else(|| path_parameter(name));
        let mut parameters: Vec<Parameter> = answers::path_names(&self.path).into_iter().map(in_path).collect();
        parameters.extend(self.parameters.iter().filter(|p| p.place != ParameterPlace::Path).cloned());
        Operation {
            id: self.id.clone(),
            upstream_id: None,
            method: self.method,
            path: self.path.clone(),
            summary: self.summary.clone(),
            scopes: self.scopes.clone(),
            doubtful_scopes: false,
            cookie_only: false,
            risk: self.risk,
            organization: self.organization,
            undocumented_query: false,
            parameters,
            body: self.body.clone(),
            answers: self.answers.clone(),
            error_in_success: false,
            errors: Vec::new(),
            paging: None,
            deprecated: false,
            discovers_organization: false,
            alias_of: None,
        }
    }
}

fn path_parameter(name: &str) -> Parameter {
    Parameter {
        name: name.to_owned(),
        place: ParameterPlace::Path,
        required: true,
        expected: false,
        schema: Schema::scalar(Scalar::Id),
        note: None,
    }
}
