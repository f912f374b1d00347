//! What the SDK offers, as far as it tells which calls are made.

use std::collections::{HashMap, HashSet};

use desk_sdk::{Method, Operation};

use crate::audit::name::Name;

/// A name of the SDK, or of the library of the program `desk`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::audit) enum Sdk {
    Root,
    /// The module of a family.
    Family,
    ByName,
    Testing,
    Client,
    Builder,
    FakeDesk,
    /// `desk_sdk::operation`.
    Operation,
    /// `desk_sdk::by_name::resource` and `resources`.
    Resource,
    Resources,
    Metric,
    Metrics,
    /// The type of methods, and its values.
    Verb,
    VerbOf(Method),
    /// The parameters of an operation, by its number in the catalogue.
    Parameters(u32),
    Cli,
    CliExport,
    CliSnapshot,
    /// `desk_cli::export::Wanted`, and its variants.
    Wanted,
    WantedAll,
    WantedSome,
    WantedOperation,
    ExportSettings,
    SnapshotSettings,
    /// Anything else, by its name.
    Other(Name),
}

/// The operations by the names that code has for them.
#[derive(Debug)]
pub(in crate::audit) struct Catalogue {
    pub(in crate::audit) operations: Vec<&'static Operation>,
    /// By their ids.
    pub(in crate::audit) ids: HashMap<Name, u32>,
    /// All ids, without what spellings differ in.
    spelt: HashSet<String>,
    /// By the names of the client's methods.
    pub(in crate::audit) methods: HashMap<Name, u32>,
    /// By the names of the parameters' types.
    structs: HashMap<Name, u32>,
    families: Vec<Name>,
}

/// What code calls each operation: its id, the client's methods, the parameters' types, each with its earlier names.
const CALLED: &str = include_str!("../names.tsv");

impl Default for Catalogue {
    fn default() -> Self {
        let operations: Vec<&'static Operation> = desk_sdk::operations().collect();
        let numbers: HashMap<&str, u32> = operations.iter().map(|operation| operation.id).zip(0..).collect();
        let (mut methods, mut structs) = (HashMap::new(), HashMap::new());
        for line in CALLED.lines().skip(1) {
            let mut cells = line.split('\t');
            let Some(number) = cells.next().and_then(|id| numbers.get(id)) else { continue };
            for names in [&mut methods, &mut structs] {
                let called = cells.next().into_iter().flat_map(|names| names.split(' '));
                names.extend(called.map(|name| (Name::new(name), *number)));
            }
        }
        let ids = numbers.into_iter().map(|(id, number)| (Name::new(id), number)).collect();
        let spelt = operations.iter().map(|operation| bare(operation.id)).collect();
        let families = crate::scopes::families(&["all"]).unwrap_or_default();
        let families = families.into_iter().map(Name::new).collect();
        Self { ids, spelt, methods, structs, families, operations }
    }
}

/// A name without what its spellings differ in.
fn bare(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A name in snake case as that of a type.
pub(in crate::audit) fn camel(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    });
    words.collect()
}

impl Catalogue {
    pub(in crate::audit) fn operation(&self, number: u32) -> &'static Operation {
        self.operations[number as usize]
    }

    /// The operation that a call by name means: its id, an alias, or its name in the API's own description.
    pub(in crate::audit) fn by_name(&self, name: &str) -> Option<&'static Operation> {
        if let Some(number) = self.ids.get(&Name::new(name)) {
            return Some(self.operation(*number));
        }
        // The SDK looks for what may be meant by any other name, which takes long.
        if !self.spelt.contains(&bare(name)) {
            return None;
        }
        let described = desk_sdk::by_name::catalogue_of(name).ok()?;
        desk_sdk::operation(described["id"].as_str()?)
    }

    /// Whether code that has this name may use an operation.
    pub(in crate::audit) fn names(&self, name: Name) -> bool {
        let is_known = self.methods.contains_key(&name) || self.structs.contains_key(&name);
        is_known || matches!(name.text(), "invoke" | "request")
    }

    /// What a module or a type of the SDK has under a name. A glob brings in only what is known for certain.
    pub(in crate::audit) fn child(&self, of: Sdk, name: Name, by_glob: bool) -> Option<Sdk> {
        let other = (!by_glob).then_some(Sdk::Other(name));
        match (of, name.text()) {
            (Sdk::Root, "Client") => Some(Sdk::Client),
            (Sdk::Root, "ClientBuilder") => Some(Sdk::Builder),
            (Sdk::Root, "Method") => Some(Sdk::Verb),
            (Sdk::Root, "operation") => Some(Sdk::Operation),
            (Sdk::Root, "by_name") => Some(Sdk::ByName),
            (Sdk::Root, "testing") => Some(Sdk::Testing),
            (Sdk::Root, _) if self.families.contains(&name) => Some(Sdk::Family),
            (Sdk::Root, "Result" | "Endpoint" | "Operation" | "Answer" | "Pending" | "Error") => Some(Sdk::Other(name)),
            (Sdk::Family, _) => self.structs.get(&name).map(|number| Sdk::Parameters(*number)).or(other),
            (Sdk::Testing, "FakeDesk") => Some(Sdk::FakeDesk),
            (Sdk::ByName, "resource") => Some(Sdk::Resource),
            (Sdk::ByName, "resources") => Some(Sdk::Resources),
            (Sdk::ByName, "metric") => Some(Sdk::Metric),
            (Sdk::ByName, "metrics") => Some(Sdk::Metrics),
            (Sdk::Verb, "Get") => Some(Sdk::VerbOf(Method::Get)),
            (Sdk::Verb, "Post") => Some(Sdk::VerbOf(Method::Post)),
            (Sdk::Verb, "Put") => Some(Sdk::VerbOf(Method::Put)),
            (Sdk::Verb, "Patch") => Some(Sdk::VerbOf(Method::Patch)),
            (Sdk::Verb, "Delete") => Some(Sdk::VerbOf(Method::Delete)),
            (Sdk::Cli, "export") => Some(Sdk::CliExport),
            (Sdk::Cli, "snapshot") => Some(Sdk::CliSnapshot),
            (Sdk::CliExport, "Wanted") => Some(Sdk::Wanted),
            (Sdk::CliExport, "Settings") => Some(Sdk::ExportSettings),
            (Sdk::CliSnapshot, "Settings") => Some(Sdk::SnapshotSettings),
            (Sdk::Wanted, "Everything") => Some(Sdk::WantedAll),
            (Sdk::Wanted, "Resources") => Some(Sdk::WantedSome),
            (Sdk::Wanted, "Operation") => Some(Sdk::WantedOperation),
            (
                Sdk::Root | Sdk::ByName | Sdk::Testing | Sdk::Cli | Sdk::CliExport | Sdk::CliSnapshot | Sdk::Other(_),
                _,
            ) => other,
            _ => None,
        }
    }

    /// Whether something of the SDK has names of its own that a path can lead to.
    pub(in crate::audit) fn is_module(of: Sdk) -> bool {
        matches!(
            of,
            Sdk::Root
                | Sdk::Family
                | Sdk::ByName
                | Sdk::Testing
                | Sdk::Verb
                | Sdk::Cli
                | Sdk::CliExport
                | Sdk::CliSnapshot
                | Sdk::Wanted
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_its_method_and_its_parameters() {
        let catalogue = Catalogue::default();
        for operation in &catalogue.operations {
            let number = catalogue.methods[&Name::new(operation.id)];
            assert_eq!(catalogue.operation(number).id, operation.id);
        }
        // The names of the types are those of the SDK's own sources.
        let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/../src/generated");
        let mut found = 0;
        for file in crate::audit::manifest::sources(std::path::Path::new(sources)) {
            let text = std::fs::read_to_string(file).unwrap();
            for line in text.lines().filter_map(|line| line.trim().strip_prefix("pub fn ")) {
                let Some((method, rest)) = line.split_once("(&self, parameters: ") else { continue };
                let parameters = rest.split(')').next().unwrap();
                let number = catalogue.structs[&Name::new(parameters)];
                assert_eq!(catalogue.operation(number).id, method);
                found += 1;
            }
        }
        assert_eq!(found, catalogue.operations.len());
    }
}
