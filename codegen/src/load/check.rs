//! What a spec that can be read may still have wrong.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{ListedOperation, ListedType, Spec, Unread};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::spec::{Kind, Operation, Place as In, Rules, Scalar, Schema};
use crate::visible::is_hidden;

/// What a scope may end with.
const SCOPE_ENDS: &[&str] = &["READ", "CREATE", "UPDATE", "DELETE", "ALL", "WRITE", "CUSTOM"];

/// What no family can be called.
const RESERVED: &[&str] =
    &["by_name", "crate", "default", "full", "mod", "redis", "routes", "scopes", "self", "super", "type", "types"];

/// What no module can be called: Rust has no file of the name, or another one.
const RESERVED_MODULES: &[&str] = &["crate", "mod", "self", "super"];

/// Checks the whole spec.
pub(super) fn check(spec: &Spec, unread: &Unread, diagnostics: &mut Diagnostics) {
    let mut checker = Checker { spec, unread, diagnostics };
    let mut ids = HashSet::new();
    for listed in &spec.operations {
        let id = &listed.operation.id;
        if !ids.insert(id) {
            checker.fail(listed.place.join("id"), format!("two operations have the id {id}"), "ids are unique");
        }
        checker.operation(listed);
    }
    for (name, listed) in &spec.types {
        checker.schema(&listed.schema, &listed.place);
        checker.circle(name, listed);
    }
    checker.aliases();
    checker.families();
}

struct Checker<'a> {
    spec: &'a Spec,
    unread: &'a Unread,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn fail(&mut self, place: Place, problem: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(place, problem, help));
    }

    fn operation(&mut self, listed: &ListedOperation) {
        let (operation, place) = (&listed.operation, &listed.place);
        if !is_identifier(&operation.id) {
            let help = "small letters, digits and underscores, starting with a letter";
            self.fail(place.join("id"), format!("{:?} is no operation id", operation.id), help);
        }
        let unfit = |c: char| matches!(c, '?' | '#' | '\\') || c.is_whitespace() || is_hidden(c);
        if !operation.path.starts_with('/') || operation.path.contains(unfit) {
            let help = "a path starts with / and has no query, such as /api/v1/tickets/{ticketId}";
            self.fail(place.join("path"), format!("{:?} is no path", operation.path), help);
        } else if operation.path.split('/').any(|step| step.contains(['{', '}']) && !is_whole_parameter(step)) {
            let help = "a part of a path is a word or one parameter, such as /tickets/{ticketId}";
            self.fail(place.join("path"), format!("{:?} mixes words and parameters", operation.path), help);
        }
        self.path_parameters(operation, place);
        self.parameters(operation, place);
        self.scopes(operation, place);
        self.body(operation, place);
        self.answers(operation, place);
    }

    fn path_parameters(&mut self, operation: &Operation, place: &Place) {
        let declared = |name: &str| operation.parameters.iter().any(|p| p.place == In::Path && p.name == name);
        for name in operation.path_names().filter(|name| !declared(name)) {
            let help = format!(
                "add {{\"name\": {name:?}, \"in\": \"path\", \"required\": true, \"type\": \"id\"}} to parameters"
            );
            self.fail(place.join("path"), format!("path parameter {{{name}}} is not declared"), help);
        }
        for (index, parameter) in operation.parameters.iter().enumerate() {
            if parameter.place == In::Path && !operation.path_names().any(|name| name == parameter.name) {
                let place = place.join("parameters").join(index.to_string()).join("name");
                let help = format!("the path is {}", operation.path);
                self.fail(place, format!("the path has no {{{}}}", parameter.name), help);
            }
        }
    }

    fn parameters(&mut self, operation: &Operation, place: &Place) {
        let mut seen = HashSet::new();
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let place = place.join("parameters").join(index.to_string());
            if !seen.insert((parameter.place, &parameter.name)) {
                let problem = format!("parameter {} is declared twice", parameter.name);
                self.fail(place.join("name"), problem, "keep one of them");
            }
            if parameter.place == In::Path && !parameter.required {
                self.fail(
                    place.clone(),
                    format!("path parameter {} is optional", parameter.name),
                    "add \"required\": true",
                );
            }
            self.schema(&parameter.schema, &place.join("type"));
        }
    }

    fn scopes(&mut self, operation: &Operation, place: &Place) {
        for (row, set) in operation.scopes.iter().enumerate() {
            let place = place.join("scopes").join(row.to_string());
            if set.is_empty() {
                let help = "leave the alternative out; `\"scopes\": []` says that any token will do";
                self.fail(place.clone(), "an alternative without scopes", help);
            }
            for (column, scope) in set.iter().enumerate().filter(|(_, scope)| !is_scope(scope)) {
                let help = format!("Product.area.OP, where OP is one of {}", SCOPE_ENDS.join(", "));
                self.fail(place.join(column.to_string()), format!("{scope:?} is no scope"), help);
            }
        }
    }

    fn body(&mut self, operation: &Operation, place: &Place) {
        let Some(body) = &operation.body else { return };
        let place = place.join("body");
        if body.json.is_none() && body.multipart.is_none() && !body.bytes {
            self.fail(place.clone(), "a body of no kind", "give `json`, `multipart` or `bytes`");
        }
        if let Some(json) = &body.json {
            self.schema(json, &place.join("json"));
        }
        if let Some(form) = &body.multipart {
            self.schema(form, &place.join("multipart"));
            if !matches!(self.spec.resolve(form).map(|form| &form.kind), Some(Kind::Object(_)) | None) {
                self.fail(place.join("multipart"), "a form must be an object", "its fields are the parts of the form");
            }
        }
    }

    fn answers(&mut self, operation: &Operation, place: &Place) {
        if operation.answers.is_empty() {
            self.fail(place.join("answers"), "no success answer", "such as {\"204\": \"empty\"}");
        }
        for (status, answer) in &operation.answers {
            let place = place.join("answers").join(status.to_string());
            if !(200..300).contains(status) {
                self.fail(place.clone(), format!("{status} is no success"), "put error statuses into `errors`");
            }
            if let crate::spec::Answer::Json(schema) = answer {
                self.schema(schema, &place.join("json"));
            }
        }
        for (index, status) in operation.errors.iter().enumerate().filter(|(_, s)| !(300..600).contains(*s)) {
            let place = place.join("errors").join(index.to_string());
            self.fail(place, format!("{status} is no error status"), "a status from 300 to 599");
        }
    }

    fn schema(&mut self, schema: &Schema, place: &Place) {
        self.rules(schema, place);
        match &schema.kind {
            Kind::Scalar(_) => {}
            Kind::Named(name) if self.spec.types.contains_key(name) || self.unread.types.contains(name) => {}
            Kind::Named(name) => {
                let help = match nearest(name, self.spec.types.keys()) {
                    Some(near) => format!("did you mean {near}? Missing types can be added in spec/local/types.json"),
                    None => "add the type in spec/local/types.json".to_owned(),
                };
                self.fail(place.clone(), format!("there is no type {name}"), help);
            }
            Kind::List(of) | Kind::Map(of) => self.schema(of, &place.join("of")),
            Kind::Union(of) => {
                for (index, branch) in of.iter().enumerate() {
                    self.schema(branch, &place.join("of").join(index.to_string()));
                }
            }
            Kind::Object(object) => {
                for (name, field) in &object.fields {
                    self.schema(field, &place.join("fields").join(name));
                }
                for name in object.required.iter().filter(|name| !object.fields.contains_key(*name)) {
                    let help = "declare it under `fields`, or take it out of `required`";
                    self.fail(place.join("required"), format!("required field {name} is not declared"), help);
                }
            }
        }
    }

    fn rules(&mut self, schema: &Schema, place: &Place) {
        let Rules { minimum, maximum, min_length, max_length, min_items, max_items, .. } = schema.rules;
        let limits = [
            (minimum.zip(maximum).is_some_and(|(least, most)| most < least), "maximum", "minimum"),
            (min_length.zip(max_length).is_some_and(|(least, most)| most < least), "max_length", "min_length"),
            (min_items.zip(max_items).is_some_and(|(least, most)| most < least), "max_items", "min_items"),
        ];
        for (wrong, most, least) in limits {
            if wrong {
                self.fail(place.join(most), format!("{most} is below {least}"), "swap or mend the two limits");
            }
        }
        let numeric = matches!(schema.kind, Kind::Scalar(Scalar::Integer | Scalar::Number));
        if !numeric && (minimum.is_some() || maximum.is_some()) {
            let help =
                "numbers have minimum and maximum, text min_length and max_length, lists min_items and max_items";
            self.fail(place.clone(), "minimum and maximum belong to numbers", help);
        }
        if !matches!(schema.kind, Kind::List(_)) && (min_items.is_some() || max_items.is_some() || schema.rules.unique)
        {
            self.fail(
                place.clone(),
                "min_items, max_items and unique belong to lists",
                "put them beside \"type\": \"list\"",
            );
        }
        let values: BTreeSet<_> = schema.rules.values.iter().collect();
        if values.len() < schema.rules.values.len() {
            self.fail(place.join("values"), "a value stands there twice", "keep one of them");
        }
    }

    /// A name that stands for itself, by way of other names, means nothing.
    fn circle(&mut self, name: &str, listed: &ListedType) {
        let mut seen = HashSet::from([name]);
        let mut schema = &listed.schema;
        while let Some(next) = schema.name() {
            if !seen.insert(next) {
                self.fail(
                    listed.place.clone(),
                    format!("type {name} is only another name for itself"),
                    "give it a shape",
                );
                return;
            }
            let Some(found) = self.spec.types.get(next) else { return };
            schema = &found.schema;
        }
    }

    fn aliases(&mut self) {
        let spec = self.spec;
        for listed in &spec.operations {
            let Some(target) = &listed.operation.alias_of else { continue };
            let place = listed.place.join("alias_of");
            match spec.operation(target) {
                None if self.unread.operations.contains(target) => {}
                None => {
                    self.fail(place, format!("there is no operation {target}"), "name an operation on the same route")
                }
                Some(real) if same_route(&real.operation, &listed.operation) && target != &listed.operation.id => {}
                Some(real) => {
                    let problem = format!("{target} is {} {}", real.operation.method, real.operation.path);
                    self.fail(place, problem, "an alias has the method and path of what it stands for");
                }
            }
        }
    }

    fn families(&mut self) {
        let spec = self.spec;
        let mut homes: BTreeMap<&str, usize> = BTreeMap::new();
        for module in spec.families.iter().flat_map(|(family, _)| &family.modules) {
            *homes.entry(module).or_default() += 1;
        }
        let mut reported = BTreeSet::new();
        for listed in &spec.operations {
            let module = listed.module.as_str();
            let unfit = !is_identifier(module) || RESERVED_MODULES.contains(&module);
            if unfit && reported.insert(module) {
                let help = "small letters, digits and underscores, starting with a letter, and no name that Rust keeps";
                self.fail(listed.place.clone(), format!("{module:?} is no name for a module"), help);
            }
            if !homes.contains_key(module) && reported.insert(module) {
                let help = "add the module to a family in spec/local/families.json";
                self.fail(Place::file(&listed.place.file), format!("module {module} belongs to no family"), help);
            }
        }
        let read = spec.operations.iter().map(|listed| listed.module.as_str());
        let known: BTreeSet<_> = read.chain(self.unread.modules.iter().map(String::as_str)).collect();
        let mut names = BTreeSet::new();
        for (family, place) in &spec.families {
            if !names.insert(&family.name) {
                let problem = format!("two families have the name {}", family.name);
                self.fail(place.join("name"), problem, "put their modules into one");
            }
            if RESERVED.contains(&family.name.as_str()) {
                let help = "the manifest, the generated files or Rust have the name for themselves";
                self.fail(place.join("name"), format!("{:?} is no name for a feature", family.name), help);
            }
            if !is_identifier(&family.name) {
                let help = "small letters, digits and underscores, starting with a letter";
                self.fail(place.join("name"), format!("{:?} is no name for a feature", family.name), help);
            }
            for (index, module) in family.modules.iter().enumerate() {
                let place = place.join("modules").join(index.to_string());
                if !known.contains(module.as_str()) {
                    self.fail(
                        place,
                        format!("there is no module {module} with operations"),
                        "take it out, or mend its name",
                    );
                } else if homes.get(module.as_str()).is_some_and(|count| *count > 1) {
                    self.fail(place, format!("module {module} is in two families"), "keep it in one");
                }
            }
        }
    }
}

/// Whether two operations have the same method and path, names of path parameters aside.
fn same_route(a: &Operation, b: &Operation) -> bool {
    a.method == b.method && a.route() == b.route()
}

/// `{ticketId}`, and nothing beside it.
fn is_whole_parameter(step: &str) -> bool {
    let name = step.strip_prefix('{').and_then(|step| step.strip_suffix('}'));
    name.is_some_and(|name| !name.is_empty() && !name.contains(['{', '}']))
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Product, area (which may nest) and end: `Desk.activities.calls.READ`.
fn is_scope(scope: &str) -> bool {
    let parts: Vec<_> = scope.split('.').collect();
    let letters = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    parts.len() >= 3
        && parts.iter().all(letters)
        && !parts[0].eq_ignore_ascii_case(parts[1])
        && parts.last().is_some_and(|end| SCOPE_ENDS.contains(end))
}

/// The known name that differs least, if it differs little.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let fold = |name: &str| name.to_lowercase().replace(['_', '-'], "");
    let (module, own) = name.split_once('.')?;
    let near = |candidate: &&String| {
        let (other, rest) = candidate.split_once('.')?;
        let alike = other == module && (fold(rest).contains(&fold(own)) || fold(own).contains(&fold(rest)));
        let distance = distance(name, candidate);
        (alike || rest == own || distance <= 2).then_some(distance)
    };
    known.filter_map(|candidate| Some((near(&candidate)?, candidate))).min().map(|(_, candidate)| candidate)
}

/// How many characters must be put in, taken out or replaced to make one text the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, one) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = line + 1;
        for (column, other) in b.iter().enumerate() {
            let kept = corner + usize::from(one != *other);
            corner = row[column + 1];
            row[column + 1] = kept.min(corner + 1).min(row[column] + 1);
        }
    }
    row[b.len()]
}
