//! The values that an operation takes, each with the option that gives it.

use std::collections::HashSet;

use desk_sdk::{Body, Field, Kind, Operation, ParameterPlace, Rule};
use heck::ToKebabCase as _;

/// The argument of calls by name that has the body, or fields of it.
pub(crate) const BODY: &str = "body";

/// A value that an operation takes.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where it lies among the arguments of a call by name: wire names, mostly a single one.
    pub path: Vec<String>,
    /// What part of the request it is.
    pub place: Place,
    /// What kind of value it is.
    pub kind: Kind,
    /// Its rules.
    pub rules: &'static [Rule],
    /// The option, without its dashes.
    pub long: String,
    /// The name on the wire, if it is another option for the same.
    pub wire: Option<String>,
}

/// What part of a request a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A part of the path.
    Path,
    /// A parameter of the query.
    Query,
    /// A header.
    Header,
    /// The body, or a part of it.
    Body,
}

impl Input {
    /// Whether a call needs it.
    pub fn required(&self) -> bool {
        self.rules.contains(&Rule::Required)
    }

    /// Whether it is a file, or a list of files.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, Kind::File | Kind::List(Kind::File))
    }

    /// Its name on the wire, with the records around it.
    pub fn name(&self) -> String {
        self.path.join(".")
    }

    /// Whether a word of the command line, without its dashes, is this option.
    pub(crate) fn is_called(&self, word: &str) -> bool {
        self.long == word || self.wire.as_deref() == Some(word)
    }
}

/// The values that an operation takes, in the order of its tables.
///
/// The options are the names in kebab case, and the names on the wire. What is `taken` has another meaning; an option
/// that is called so gets `with-` in front.
pub fn inputs(operation: &Operation, taken: &HashSet<String>) -> Vec<Input> {
    let mut naming = Naming { taken: taken.clone(), inputs: Vec::new() };
    for parameter in operation.parameters {
        let place = match parameter.place {
            ParameterPlace::Path => Place::Path,
            ParameterPlace::Query => Place::Query,
            ParameterPlace::Header => Place::Header,
        };
        naming.add(vec![parameter.field.name.to_owned()], place, &parameter.field);
    }
    for field in operation.body.fields() {
        // At the top, the name means the parameter.
        let path = match operation.parameter(field.name) {
            Some(_) => vec![BODY.to_owned(), field.name.to_owned()],
            None => vec![field.name.to_owned()],
        };
        naming.add(path, Place::Body, field);
    }
    if let Body::Whole { required, kind } = operation.body {
        let rules: &[Rule] = if required { &[Rule::Required] } else { &[] };
        naming.add(vec![BODY.to_owned()], Place::Body, &Field { name: BODY, kind, rules });
    }
    naming.inputs
}

/// The name of an option for a name on the wire.
pub(crate) fn kebab(name: &str) -> String {
    name.to_kebab_case()
}

struct Naming {
    taken: HashSet<String>,
    inputs: Vec<Input>,
}

impl Naming {
    fn add(&mut self, path: Vec<String>, place: Place, field: &Field) {
        let wire = path.join(".");
        let usual = path.iter().map(|step| kebab(step)).collect::<Vec<_>>().join(".");
        let names = [usual.clone(), wire.clone(), format!("with-{usual}"), format!("with-{wire}")];
        let Some(long) = names.into_iter().find(|name| self.taken.insert(name.clone())) else { return };
        let alias = (long != wire && self.taken.insert(wire.clone())).then_some(wire);
        self.inputs.push(Input { path, place, kind: field.kind, rules: field.rules, long, wire: alias });
    }
}
