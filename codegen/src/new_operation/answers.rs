//! Answers, each checked as soon as it is given. An error says what is wrong with it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Draft, Key};
use crate::load::is_identifier;
use crate::near;
use crate::spec::{Answer, Body, Method, Operation, Parameter, ParameterPlace, Schema, Status};

impl Draft<'_> {
    /// Takes an answer.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it; the draft is as before.
    pub fn answer(&mut self, key: Key, text: &str) -> Result<(), String> {
        let text = text.trim();
        match key {
            Key::Method => self.method = word(&text.to_uppercase())?,
            Key::Path => self.path = self.path_of(text)?,
            Key::Id => self.id = self.id_of(text)?,
            Key::Module => self.module = self.module_of(text)?,
            Key::Summary => self.summary = sentence(text)?,
            Key::Scopes => self.scopes = self.scopes_of(text)?,
            Key::Risk => self.risk = word(text)?,
            Key::Organization => self.organization = yes_or_no(text)?,
            Key::Parameter if text.is_empty() => {}
            Key::Parameter => {
                let parameter = self.parameter_of(text)?;
                self.parameters.push(parameter);
            }
            Key::Body => self.body = self.body_of(text)?,
            Key::Answer if text.is_empty() && !self.answers.is_empty() => {}
            Key::Answer => {
                let (status, answer) = self.answer_of(text)?;
                self.answers.insert(status, answer);
            }
            Key::Why => self.why = sentence(text)?,
            Key::Evidence => self.evidence = word(text)?,
            Key::Strength => self.strength = Some(word(text)?),
        }
        Ok(())
    }

    fn path_of(&self, text: &str) -> Result<String, String> {
        let unfit = |c: char| matches!(c, '?' | '#' | '\\') || c.is_whitespace() || c.is_control();
        if !text.starts_with('/') || text.contains(unfit) {
            return Err("a path starts with / and has no query".to_owned());
        }
        if !text.split('/').all(is_step) {
            return Err("a part of a path is a literal or a parameter, never both".to_owned());
        }
        let names = path_names(text);
        if let Some(twice) = names.iter().enumerate().find(|(index, name)| names[..*index].contains(name)) {
            return Err(format!("{{{}}} is there twice", twice.1));
        }
        let route = |operation: &Operation| operation.route();
        let own = names.iter().fold(text.to_owned(), |path, name| path.replacen(&format!("{{{name}}}"), "{}", 1));
        let same = self.loaded.spec.operations.iter().map(|listed| &listed.operation);
        match same.filter(|operation| operation.method == self.method).find(|operation| route(operation) == own) {
            Some(known) => Err(format!("that is {}, which the spec has: correct it in spec/local instead", known.id)),
            None => Ok(text.to_owned()),
        }
    }

    fn id_of(&self, text: &str) -> Result<String, String> {
        if !is_identifier(text) {
            return Err(format!("{text:?} is no name of an operation"));
        }
        match self.loaded.spec.operation(text) {
            Some(known) => {
                Err(format!("there is an operation {text}: {} {}", known.operation.method, known.operation.path))
            }
            None => Ok(text.to_owned()),
        }
    }

    fn module_of(&self, text: &str) -> Result<String, String> {
        let known = || self.loaded.families.iter().flat_map(|(family, _)| &family.modules).map(String::as_str);
        if known().any(|module| module == text) {
            return Ok(text.to_owned());
        }
        let meant = near(text, known()).map_or(String::new(), |module| format!(" did you mean {module}?"));
        Err(format!("no family has a module {text:?};{meant} a new one is added to a family first"))
    }

    fn scopes_of(&self, text: &str) -> Result<Vec<Vec<String>>, String> {
        if text == "none" {
            return Ok(Vec::new());
        }
        let sets: Vec<Vec<String>> =
            text.split_whitespace().map(|set| set.split('+').map(str::to_owned).collect()).collect();
        if sets.is_empty() {
            return Err("say none if any token will do".to_owned());
        }
        match sets.iter().flatten().find(|scope| self.loaded.api.scopes.parse(scope).is_none()) {
            Some(odd) => {
                // What operations of this kind need: nobody reads with a scope to write.
                let alike = self.loaded.spec.operations.iter().map(|listed| &listed.operation);
                let alike = alike.filter(|operation| operation.method == self.method);
                let known = alike.flat_map(|operation| operation.scopes.iter().flatten());
                let meant = near(odd, known.map(String::as_str))
                    .map_or(String::new(), |near| format!("; did you mean {near}?"));
                Err(format!("{odd:?} is not a scope{meant}"))
            }
            None => Ok(sets),
        }
    }

    fn parameter_of(&self, text: &str) -> Result<Parameter, String> {
        let (name, rest) = split(text);
        let (place, rest) = split(rest);
        let place: ParameterPlace = word(place)?;
        let (required, rest) = match split(rest) {
            ("required", rest) => (true, rest),
            (other, rest) if !rest.is_empty() && !other.starts_with('{') => {
                let meant =
                    near(other, ["required"]).map_or_else(String::new, |_| "; did you mean required?".to_owned());
                return Err(format!("{other:?} does not belong between the place and the type{meant}"));
            }
            _ => (place == ParameterPlace::Path, rest),
        };
        if place == ParameterPlace::Path && !path_names(&self.path).contains(&name) {
            return Err(format!("the path has no {{{name}}}"));
        }
        if self.parameters.iter().any(|known| known.name == name && known.place == place) {
            return Err(format!("there is a parameter {name} already"));
        }
        let schema = self.type_of(rest)?;
        Ok(Parameter { name: name.to_owned(), place, required, expected: false, schema, note: None })
    }

    fn body_of(&self, text: &str) -> Result<Option<Body>, String> {
        let partial = self.method == Method::Patch;
        let body = Body { required: !partial, partial, ..Body::default() };
        match split(text) {
            ("", _) => Ok(None),
            ("bytes", "") => Ok(Some(Body { bytes: true, ..body })),
            ("json", rest) => Ok(Some(Body { json: Some(self.type_of(rest)?), ..body })),
            ("multipart", rest) => Ok(Some(Body { multipart: Some(self.type_of(rest)?), ..body })),
            (other, _) => Err(format!("{other:?} is no kind of body")),
        }
    }

    fn answer_of(&self, text: &str) -> Result<(Status, Answer), String> {
        let (status, rest) = split(text);
        let success = status.parse::<Status>().ok().filter(|status| (200..300).contains(status));
        let status = success.ok_or_else(|| format!("{status:?} is not a success status: 200 to 299"))?;
        let answer = match rest {
            "empty" => Answer::Empty,
            "bytes" => Answer::Bytes,
            rest => Answer::Json(self.type_of(rest)?),
        };
        Ok((status, answer))
    }

    /// A type: a word, a name, or an object as in a spec file.
    fn type_of(&self, text: &str) -> Result<Schema, String> {
        let value = match text.starts_with('{') {
            true => serde_json::from_str(text).map_err(|error| format!("the type is not JSON: {error}"))?,
            false => Value::from(text),
        };
        let schema: Schema = serde_json::from_value(value).map_err(|error| error.to_string())?;
        let types = &self.loaded.spec.types;
        let mut missing = None;
        schema.walk(&mut |part| missing = missing.or(part.name().filter(|name| !types.contains_key(*name))));
        let Some(name) = missing else { return Ok(schema) };
        let meant = near(name, types.keys().map(String::as_str))
            .map_or(String::new(), |near| format!("; did you mean {near}?"));
        Err(format!("there is no type {name}{meant}"))
    }
}

/// A literal, or a parameter in braces.
fn is_step(step: &str) -> bool {
    let name = step.strip_prefix('{').and_then(|step| step.strip_suffix('}'));
    !name.unwrap_or(step).contains(['{', '}']) && name != Some("")
}

/// The names in braces.
pub(super) fn path_names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

/// The first word, and what follows it.
fn split(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim())
}

/// One of the words that the spec has for this.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(Value::from(text)).map_err(|error| error.to_string())
}

fn sentence(text: &str) -> Result<String, String> {
    if text.is_empty() { Err("say it in a sentence".to_owned()) } else { Ok(text.to_owned()) }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(format!("{other:?} is neither yes nor no")),
    }
}
