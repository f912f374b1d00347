//! Parameters: their place, their type, and how their values are written.

use serde_json::Value;

use super::keys::Keys;
use super::told::Fix;
use super::tree::{Entry, Node};
use super::{Importer, counts, media, notes, openapi};
use crate::spec::{Kind, Parameter, ParameterPlace, Scalar, Schema};

impl<'n> Importer<'n> {
    /// The parameters of an operation, `shared` being those of its path, and whether it takes the organization.
    pub(super) fn parameters(
        &mut self,
        own: &'n [Node<'n>],
        shared: &'n [Node<'n>],
        file: &'n str,
    ) -> (Vec<Parameter>, bool) {
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut organization = false;
        for (index, written) in own.iter().chain(shared).enumerate() {
            let Some((home, keys)) = self.resolved(written, file, &openapi::PARAMETER) else { continue };
            let name = self.text(keys, "name").unwrap_or_default();
            let place = self.text(keys, "in").unwrap_or_default();
            if self.api.organization_parameter() == Some(name) && place != "path" {
                organization = true;
                continue;
            }
            let Some(place) = self.place(name, place, written, file) else { continue };
            if let Some(known) = parameters.iter().find(|known| known.name == name && known.place == place) {
                // An operation's own parameter stands in place of its path's.
                if index < own.len() {
                    let problem = format!("{}declared twice; the first one is used", shared_name(&known.name, written));
                    self.note(file, written.at(), problem, Fix::Unknown);
                }
                continue;
            }
            let parameter = self.parameter(name, place, keys, home);
            parameters.push(parameter);
        }
        (parameters, organization)
    }

    fn place(&mut self, name: &str, place: &str, written: &'n Node<'n>, file: &'n str) -> Option<ParameterPlace> {
        if name.is_empty() {
            let required = if place == "path" { "\"required\": true, " } else { "" };
            let add = format!("{{\"in\": {}, {required}\"type\": \"text\"}}", Value::from(place));
            let problem = "a parameter without a name; it was left out";
            self.note(file, written.at(), problem, Fix::Parameter("…".to_owned(), add));
            return None;
        }
        match place {
            "path" => Some(ParameterPlace::Path),
            "query" => Some(ParameterPlace::Query),
            "header" => Some(ParameterPlace::Header),
            other => {
                let add = "{\"in\": \"query\", \"type\": \"text\"}".to_owned();
                let problem = format!("{}in {other:?}; it was left out", shared_name(name, written));
                self.note(file, written.at(), problem, Fix::Parameter(name.to_owned(), add));
                None
            }
        }
    }

    fn parameter(&mut self, name: &str, place: ParameterPlace, keys: Keys<'n>, file: &'n str) -> Parameter {
        let content = self.object(keys, "content").and_then(Node::entries).unwrap_or_default();
        let schema = match (keys.node.get("schema"), content) {
            (Some(schema), _) => self.parameter_type(name, schema, file),
            (None, [Entry { key, value, .. }, ..]) => self.document(name, key, value, file),
            (None, []) => Schema::scalar(Scalar::Any),
        };
        self.style(&schema, content.is_empty(), keys, place);
        let note = self.text(keys, "description").map(str::trim).filter(|note| !note.is_empty());
        let mut parameter = Parameter {
            name: name.to_owned(),
            place,
            required: self.flag(keys, "required") == Some(true) || place == ParameterPlace::Path,
            expected: false,
            schema,
            note: note.map(str::to_owned),
        };
        notes::settle(&mut parameter, self.api.paging.times.as_ref());
        parameter
    }

    /// A parameter that holds a document. Records are sent as JSON, and nothing else is.
    fn document(&mut self, name: &str, kind: &'n str, media: &'n Node<'n>, file: &'n str) -> Schema {
        self.keys(media, file, &openapi::MEDIA);
        if !media::is_json(kind) {
            let problem = format!("written as {kind}; clients write it as text");
            self.note(file, media.at(), problem, Fix::Change("type", "\"…\"".to_owned()));
            return Schema::scalar(Scalar::Text);
        }
        match media.get("schema") {
            Some(schema) => self.parameter_type(name, schema, file),
            None => Schema::scalar(Scalar::Any),
        }
    }

    fn parameter_type(&mut self, name: &str, source: &'n Node<'n>, file: &'n str) -> Schema {
        let mut schema = self.schema(source, file);
        // Small types are written inline, so that the reader sees their limits.
        if let Some(target) = schema.name().map(str::to_owned).and_then(|name| self.named(&name))
            && !matches!(target.kind, Kind::Object(_) | Kind::Union(_))
        {
            schema = target;
        }
        counts::settle(name, &mut schema);
        let sorts = self.api.paging.times.as_ref().is_some_and(|times| times.sort == name);
        if sorts && !schema.rules.values.is_empty() {
            schema.rules.descending = true;
        }
        schema.nullable = false;
        schema
    }

    /// Tells ways of writing that clients do not know: they write lists with commas, and records as JSON.
    fn style(&mut self, schema: &Schema, plain: bool, keys: Keys<'n>, place: ParameterPlace) {
        let style = self.text(keys, "style");
        let explode = self.flag(keys, "explode") == Some(true);
        let several = match self.branches(schema, 0).first().map(|branch| &branch.kind) {
            Some(Kind::List(_)) => "a list with commas",
            Some(Kind::Object(_) | Kind::Map(_)) if plain => "a record as JSON",
            _ => return,
        };
        let query = place == ParameterPlace::Query;
        let odd_style = style.filter(|style| !matches!((*style, query), ("form", true) | ("simple", false)));
        let odd = match (odd_style, explode && query) {
            (Some(style), _) => format!("`style: {style}`"),
            (None, true) => "`explode: true`".to_owned(),
            (None, false) => return,
        };
        let problem = format!("{odd} is not understood: clients write {several}");
        self.note(keys.file, keys.node.at(), problem, Fix::Change("type", "\"text\"".to_owned()));
    }
}

/// The name of a parameter that stands elsewhere, to be said of what refers to it.
fn shared_name(name: &str, written: &Node<'_>) -> String {
    if written.get("name").is_some() { String::new() } else { format!("the parameter {name} is ") }
}
