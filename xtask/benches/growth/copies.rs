//! A spec many times its size: each copy has its own modules, operations, paths and types.

use std::collections::BTreeMap;

use desk_codegen::load::Loaded;
use desk_codegen::spec::{
    Answer, Kind, ListedOperation, Module, Operation, Parameter, ParameterPlace, Scalar, Schema, Spec, to_json,
};
use desk_codegen::{API, Files, LOCAL, UPSTREAM};
use serde_json::{Value, json};

/// A word for each copy but the first. Words rather than numbers: numbers have a meaning in names.
const WORDS: [&str; 9] = ["amber", "birch", "coral", "dusk", "ember", "fern", "grove", "hazel", "iris"];

/// The spec and so many copies of it, with its corrections applied.
pub(crate) fn spec(loaded: &Loaded, copies: usize) -> Spec {
    let mut spec = Spec::default();
    for word in [None].into_iter().chain(WORDS.into_iter().map(Some)).take(copies) {
        spec.operations.extend(loaded.spec.operations.iter().map(|listed| operation(listed, word)));
        let types = loaded.spec.types.iter();
        spec.types.extend(types.map(|(full, schema)| (name(full, word), renamed(schema, word))));
    }
    spec
}

fn operation(listed: &ListedOperation, word: Option<&str>) -> ListedOperation {
    let Some(copy) = word else { return listed.clone() };
    let mut operation = listed.operation.clone();
    operation.id = format!("{}_{copy}", operation.id);
    operation.upstream_id = None;
    operation.alias_of = operation.alias_of.map(|id| format!("{id}_{copy}"));
    operation.path = operation.path.replacen("/api/v1/", &format!("/api/v1/{copy}/"), 1);
    operation.discovers_organization = false;
    schemas(&mut operation, |schema| *schema = renamed(schema, word));
    ListedOperation { module: format!("{}_{copy}", listed.module), operation }
}

fn schemas(operation: &mut Operation, mut change: impl FnMut(&mut Schema)) {
    operation.parameters.iter_mut().for_each(|parameter| change(&mut parameter.schema));
    let body = operation.body.iter_mut().flat_map(|body| body.json.iter_mut().chain(body.multipart.iter_mut()));
    body.for_each(&mut change);
    for answer in operation.answers.values_mut() {
        if let Answer::Json(schema) = answer {
            change(schema);
        }
    }
}

/// `ticket.commonJson` is `ticket_amber.amberCommonJson` in a copy.
fn name(full: &str, word: Option<&str>) -> String {
    match (full.split_once('.'), word) {
        (Some((module, own)), Some(word)) => {
            let (first, rest) = own.split_at(own.chars().next().map_or(0, char::len_utf8));
            format!("{module}_{word}.{word}{}{rest}", first.to_uppercase())
        }
        _ => full.to_owned(),
    }
}

fn renamed(schema: &Schema, word: Option<&str>) -> Schema {
    let mut schema = schema.clone();
    match &mut schema.kind {
        Kind::Scalar(_) => {}
        Kind::Named(full) => *full = name(full, word),
        Kind::List(of) | Kind::Map(of) => **of = renamed(of, word),
        Kind::Union(of) => of.iter_mut().for_each(|branch| *branch = renamed(branch, word)),
        Kind::Object(object) => object.fields.values_mut().for_each(|field| *field = renamed(field, word)),
    }
    schema
}

/// The files of such a spec. Families get the modules of all copies; of the rest of `local`, only what is said of the API as
/// a whole is left.
pub(crate) fn files(spec: &Spec, loaded: &Loaded, own: &Files) -> Files {
    let mut modules: BTreeMap<&str, Module> = BTreeMap::new();
    for listed in &spec.operations {
        modules.entry(&listed.module).or_default().operations.push(listed.operation.clone());
    }
    for (full, schema) in &spec.types {
        let module = full.split_once('.').map_or("", |(module, _)| module);
        modules.entry(module).or_default().types.insert(full.clone(), schema.clone());
    }
    let known: Vec<String> = modules.keys().map(|name| (*name).to_owned()).collect();
    let mut files = Files::new();
    for (name, module) in modules {
        let module = Module { module: name.to_owned(), ..module };
        files.insert(format!("{UPSTREAM}/{name}.json"), to_json(&module).expect("a module can be written"));
    }
    let families: Vec<Value> = loaded
        .families
        .iter()
        .map(|(family, _)| {
            let is_copy = |name: &str, of: &str| {
                name == of
                    || name
                        .strip_prefix(of)
                        .and_then(|rest| rest.strip_prefix('_'))
                        .is_some_and(|word| WORDS.contains(&word))
            };
            let all: Vec<&String> =
                known.iter().filter(|name| family.modules.iter().any(|of| is_copy(name, of))).collect();
            json!({"name": family.name, "about": family.about, "default": family.default, "modules": all})
        })
        .collect();
    let sites: Vec<Value> = loaded.sites.iter().map(|(site, _)| {
        json!({"why": site.why, "evidence": site.evidence.to_string(), "strength": "one", "page": site.page.to_string(), "shared": site.shared, "own": site.own})
    }).collect();
    files.extend(own.get_key_value(API).map(|(path, text)| (path.clone(), text.clone())));
    files.insert(format!("{LOCAL}/families.json"), json!({"families": families, "sites": sites}).to_string());
    files
}

/// The files with a few changes everywhere, such as a month brings: every twentieth operation takes one more parameter.
pub(crate) fn changed(files: &Files) -> Files {
    let mut changed = files.clone();
    for (_, text) in changed.iter_mut().filter(|(path, _)| path.starts_with(UPSTREAM)) {
        let mut module: Module = serde_json::from_str(text).expect("a module");
        for operation in module.operations.iter_mut().step_by(20) {
            operation.parameters.push(Parameter {
                name: "benchmarked".to_owned(),
                place: ParameterPlace::Query,
                required: false,
                expected: false,
                schema: Schema::scalar(Scalar::Boolean),
                note: None,
            });
        }
        *text = to_json(&module).expect("a module can be written");
    }
    changed
}
