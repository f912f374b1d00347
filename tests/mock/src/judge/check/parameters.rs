//! Path, query and header parameters.

use std::collections::BTreeSet;

use desk_spec::{Parameter, ParameterPlace};

use super::{Call, depth, text};
use crate::common::likely::hint;
use crate::exchange::refusal::{FieldFault, Refusal, Wrong};
use crate::judge::organization::ORG_ID;

/// Checks all parameters and reports every fault at once.
pub(super) fn check(call: Call<'_>) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    for parameter in &call.operation.parameters {
        one(call, parameter, &mut faults);
    }
    unexpected(call, &mut faults);
    repeated(call, &mut faults);
    let message = format!("Some parameters do not suit {}.", call.operation.id);
    Refusal::unless_suitable(&message, faults)
}

fn one(call: Call<'_>, parameter: &Parameter, faults: &mut Vec<FieldFault>) {
    let name = parameter.name.as_str();
    let value = match parameter.place {
        ParameterPlace::Path => call.path().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned()),
        ParameterPlace::Query => call.incoming.query(name).map(str::to_owned),
        ParameterPlace::Header => {
            call.incoming.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        }
    };
    match value {
        None if parameter.required => {
            faults.push(FieldFault::parameter(name, Wrong::Missing, format!("{name} is required.")));
        }
        None => {}
        Some(value) => {
            if let Err(rule) = text::check(call.spec, &parameter.schema, &value) {
                let message = format!("{name} is {value:?}, but {rule}.");
                faults.push(FieldFault::parameter(name, Wrong::Invalid, message));
            } else if let Err(message) = depth::check(call, parameter, &value) {
                faults.push(FieldFault::parameter(name, Wrong::Invalid, message));
            }
        }
    }
}

fn unexpected(call: Call<'_>, faults: &mut Vec<FieldFault>) {
    if call.operation.undocumented_query {
        return;
    }
    let known: BTreeSet<&str> = (call.operation.parameters.iter())
        .filter(|parameter| parameter.place == ParameterPlace::Query)
        .map(|parameter| parameter.name.as_str())
        .chain([ORG_ID])
        .collect();
    let sent: BTreeSet<&str> = call.incoming.query.iter().map(|(name, _)| name.as_str()).collect();
    for name in sent.difference(&known) {
        let hint = hint(known.iter().copied(), name);
        let message = format!("{} has no query parameter {name:?}{hint}.", call.operation.id);
        faults.push(FieldFault::parameter(name, Wrong::Undeclared, message));
    }
}

fn repeated(call: Call<'_>, faults: &mut Vec<FieldFault>) {
    let mut seen = BTreeSet::new();
    let mut reported = BTreeSet::new();
    for (name, _) in &call.incoming.query {
        if !seen.insert(name) && reported.insert(name) {
            let message = format!("{name} is sent more than once; several values go into one, separated by commas.");
            faults.push(FieldFault::parameter(name, Wrong::Duplicate, message));
        }
    }
}
