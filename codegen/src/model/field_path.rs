//! Fields that people name by their path, such as `contact.lastName`.

use super::Record;
use super::types::{Field, Role, Type};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::near;

/// The record of answers with this Rust name; if there is none, that is reported.
pub(super) fn record<'m>(
    records: &'m [Record],
    name: &str,
    location: &Location,
    diagnostics: &mut Diagnostics,
) -> Option<&'m Record> {
    let found = answered(records).find(|known| known.name == name);
    if found.is_none() {
        let help = match near(name, answered(records).map(|record| record.name.as_str())) {
            Some(known) => format!("did you mean {known}?"),
            None => "name a record of desk_sdk::types, by its Rust name".to_owned(),
        };
        diagnostics.push(Diagnostic::new(location.clone(), format!("there is no record {name} in answers"), help));
    }
    found
}

/// The records that answers consist of.
pub(super) fn answered(records: &[Record]) -> impl Iterator<Item = &Record> {
    records.iter().filter(|record| record.role == Role::Answer)
}

/// Checks that a path leads from a record to something that can be shown in a line: text, a number, a time and the like,
/// or several of them.
///
/// # Errors
///
/// What is wrong with it, and what to do.
pub(super) fn check(records: &[Record], start: &Record, path: &str) -> Result<(), (String, String)> {
    let (mut record, mut steps) = (start, path.split('.').peekable());
    while let Some(step) = steps.next() {
        let field = named(record, step)?;
        let inner = match &field.ty {
            Type::List(of) => of,
            ty => ty,
        };
        match (inner, steps.peek()) {
            (Type::Record(id), Some(_)) => record = &records[id.0],
            (Type::Record(id), None) => {
                let known = records[id.0].fields.iter().find(|field| is_plain(&field.ty));
                let help = match known {
                    Some(field) => format!("name one of its fields, such as {path}.{}", field.wire),
                    None => "name a field that holds text, a number or the like".to_owned(),
                };
                return Err((format!("{path} is a record"), help));
            }
            (inner, None) if is_plain(inner) => {}
            (_, None) => {
                let help = "name a field that holds text, a number, a time or the like";
                return Err((format!("{path} cannot be shown in a line"), help.to_owned()));
            }
            (_, Some(next)) => {
                let help = format!("end the path with {step}");
                return Err((format!("{step} has no fields, so no {next}"), help));
            }
        }
    }
    Ok(())
}

fn named<'m>(record: &'m Record, wire: &str) -> Result<&'m Field, (String, String)> {
    let found = record.fields.iter().find(|field| field.wire == wire);
    found.ok_or_else(|| {
        let help = match near(wire, record.fields.iter().map(|field| field.wire.as_str())) {
            Some(known) => format!("did you mean {known}?"),
            None => "use the field's wire name".to_owned(),
        };
        (format!("{} has no field {wire}", record.name), help)
    })
}

/// Whether values of this type are a word, a number or a time.
pub(super) fn is_plain(ty: &Type) -> bool {
    !matches!(ty, Type::Any | Type::File | Type::List(_) | Type::Map(_) | Type::Record(_) | Type::Records(_))
}
