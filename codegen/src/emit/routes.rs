//! Every route of all families, one per line: which operation a request by path belongs to.

use super::source::text;
use crate::model::{Model, camel};
use crate::spec::{Method, Operation, Parameter, ParameterPlace};

const ABOUT: &str = "//! Every route of the API, of all families.\n\n";

const HEAD: &str = "\
use crate::operation::{Method::*, Operation, Risk::*};
use crate::route::route;

pub(crate) static ROUTES: &[Operation] = &[
";

pub(super) fn emit(model: &Model) -> String {
    let operations = model.families.iter().flat_map(|family| family.modules.values().flatten());
    let line = |spec: &Operation| ((spec.path.clone(), spec.method), entry(model, spec));
    let mut lines: Vec<((String, Method), String)> = operations.map(|operation| line(&operation.operation)).collect();
    lines.sort();
    let lines: String = lines.into_iter().map(|(_, line)| format!("    {line},\n")).collect();
    let scopes = if model.scopes.is_empty() { "" } else { "use crate::generated::scopes::*;\n" };
    text(&format!("{ABOUT}{scopes}{HEAD}{lines}];\n"))
}

fn entry(model: &Model, spec: &Operation) -> String {
    let set = |set: &Vec<String>| {
        let constants: Vec<String> = set.iter().map(|scope| model.api.scopes.constant_of(scope)).collect();
        format!("&[{}]", constants.join(", "))
    };
    let sets: Vec<String> = spec.scopes.iter().map(set).collect();
    let (method, risk) = (camel(&spec.method.to_string().to_lowercase()), camel(&spec.risk.to_string()));
    let route = format!("route({:?}, {method}, {:?}, &[{}], {risk})", spec.id, path(spec), sets.join(", "));
    let flags = [
        ("organization: false", !spec.organization),
        ("doubtful_scopes: true", spec.doubtful_scopes),
        ("error_in_success: true", spec.error_in_success),
    ];
    let other: Vec<&str> = flags.into_iter().filter(|(_, differs)| *differs).map(|(flag, _)| flag).collect();
    if other.is_empty() { route } else { format!("Operation {{ {}, ..{route} }}", other.join(", ")) }
}

/// The path, with the required start of a parameter's values before its name.
fn path(spec: &Operation) -> String {
    let begun = |path: String, parameter: &Parameter| match &parameter.schema.rules.prefix {
        Some(prefix) if parameter.place == ParameterPlace::Path => {
            let name = format!("{{{}}}", parameter.name);
            path.replace(&name, &format!("{prefix}{name}"))
        }
        _ => path,
    };
    spec.parameters.iter().fold(spec.path.clone(), begun)
}
