//! Where the records of a resource come from.

use desk_sdk::by_name::{Attachments, Child, Each, Resource, answers_with_list, catalogue_of, resources};
use desk_sdk::{Operation, ParameterPlace, Risk, Shape, by_name, operation};
use serde_json::{Map, Value};

use super::error::ExportError;
use super::settings::Wanted;

/// A list that can be exported, and the lists that each of its records has.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name, which its folder has too.
    pub name: String,
    /// The operation that lists it.
    pub list: &'static Operation,
    /// The operation that reads any number of its records by time, if that is another one.
    pub by_time: Option<&'static Operation>,
    /// The arguments of every call.
    pub arguments: Map<String, Value>,
    /// What it has to be called for, one by one.
    pub each: Option<Each>,
    /// The lists that each of its records has, as far as they are wanted.
    pub children: Vec<ChildSource>,
}

/// A list that each record of another one has.
#[derive(Clone, Debug)]
pub struct ChildSource {
    /// Its name, which its folder has too, such as `tickets_comments`.
    pub name: String,
    /// What is known about it.
    pub child: Child,
    /// The operation that lists it.
    pub operation: &'static Operation,
    /// How the files that its records stand for are downloaded, if they are wanted.
    pub files: Option<(&'static Operation, Attachments)>,
}

/// What is wanted, with these lists of each record.
///
/// # Errors
///
/// If there is no such resource, operation or list.
pub fn sources(wanted: &Wanted, children: &[String], files: bool) -> Result<Vec<Source>, ExportError> {
    let mut sources = match wanted {
        Wanted::Everything => resources().iter().map(of_resource).collect::<Result<Vec<_>, _>>()?,
        Wanted::Resources(names) => named(names)?,
        Wanted::Operation { name, arguments } => vec![of_operation(name, arguments)?],
    };
    for name in children.iter().map(|name| name.trim()) {
        let mut found = false;
        for source in &mut sources {
            let known = by_name::resource(&source.name).map_or(&[][..], |resource| resource.children);
            for child in known.iter().filter(|child| child.name == name) {
                source.children.push(of_child(&source.name, child, files)?);
                found = true;
            }
        }
        if !found {
            return Err(unknown_child(name, &sources));
        }
    }
    if files && !sources.iter().flat_map(|source| &source.children).any(|child| child.files.is_some()) {
        return Err(no_files(&sources));
    }
    Ok(sources)
}

fn named(names: &[String]) -> Result<Vec<Source>, ExportError> {
    let mut sources: Vec<Source> = Vec::new();
    for name in names.iter().map(|name| name.trim()) {
        let Some(resource) = by_name::resource(name) else { return Err(unknown_resource(name)) };
        if !sources.iter().any(|known| known.name == name) {
            sources.push(of_resource(resource)?);
        }
    }
    Ok(sources)
}

fn of_resource(resource: &Resource) -> Result<Source, ExportError> {
    let arguments = match resource.fixed_arguments() {
        Value::Object(arguments) => arguments,
        _ => Map::new(),
    };
    Ok(Source {
        name: resource.name.to_owned(),
        list: known(resource.operation)?,
        by_time: resource.by_time.map(known).transpose()?,
        arguments,
        each: resource.each,
        children: Vec::new(),
    })
}

fn of_child(parent: &str, child: &Child, files: bool) -> Result<ChildSource, ExportError> {
    let files = child.files.filter(|_| files).map(|files| Ok::<_, ExportError>((known(files.operation)?, files)));
    Ok(ChildSource {
        name: format!("{parent}_{}", child.name),
        child: *child,
        operation: known(child.operation)?,
        files: files.transpose()?,
    })
}

fn of_operation(name: &str, arguments: &Map<String, Value>) -> Result<Source, ExportError> {
    let described = catalogue_of(name).map_err(|error| ExportError::usage(error.to_string()))?;
    let list = known(described["id"].as_str().unwrap_or(name))?;
    // Reading needs no further check; what may change something is refused for that, whatever it answers with.
    if list.risk == Risk::Safe && !answers_with_list(list.id) {
        return Err(ExportError::usage(format!("{name} does not answer with a list of records; name one that does")));
    }
    let needed = list.parameters.iter().filter(|parameter| parameter.place != ParameterPlace::Header);
    let needed = needed.map(|parameter| &parameter.field).filter(|field| field.required());
    let missing: Vec<&str> = needed.map(|field| field.name).filter(|name| !arguments.contains_key(*name)).collect();
    if !missing.is_empty() {
        return Err(missing_arguments(list, arguments, &missing));
    }
    let arguments = arguments.clone();
    Ok(Source { name: list.id.to_owned(), list, by_time: None, arguments, each: None, children: Vec::new() })
}

fn missing_arguments(list: &Operation, arguments: &Map<String, Value>, missing: &[&str]) -> ExportError {
    let mut all = arguments.clone();
    all.extend(missing.iter().map(|name| ((*name).to_owned(), Value::from("…"))));
    // As a shell takes it between apostrophes.
    let all = Value::Object(all).to_string().replace('\'', "'\\''");
    let missing = missing.join(" and ");
    ExportError::usage(format!("{} needs {missing}; give it as --arguments '{all}'", list.id))
}

/// Why there is nothing to download, by what is exported.
fn no_files(sources: &[Source]) -> ExportError {
    let with: Vec<&str> = resources().iter().filter(|resource| has_files(resource)).map(|one| one.name).collect();
    let exported: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    let listed: Vec<&str> =
        sources.iter().flat_map(|source| &source.children).map(|child| child.name.as_str()).collect();
    let there = exported.iter().any(|name| with.contains(name));
    let problem = match (there, listed.is_empty()) {
        (true, _) => "--files downloads the files of --children attachments; add that".to_owned(),
        (false, false) => {
            format!("--files has nothing to download: there are no files of {}", listed.join(", "))
        }
        (false, true) => {
            format!("--files has nothing to download: there are no attachments with files of {}", exported.join(", "))
        }
    };
    ExportError::usage(format!("{problem}. Resources with files: {}", with.join(", ")))
}

fn has_files(resource: &Resource) -> bool {
    resource.children.iter().any(|child| child.files.is_some())
}

fn known(id: &str) -> Result<&'static Operation, ExportError> {
    operation(id).ok_or_else(|| ExportError::usage(format!("this program was built without the operation {id}")))
}

fn unknown_resource(name: &str) -> ExportError {
    let names: Vec<&str> = resources().iter().map(|resource| resource.name).collect();
    if name.is_empty() {
        return ExportError::usage("--resources has an empty name; write names with one comma between them");
    }
    let words: Vec<&str> = name.split([' ', ';', '\t', '\n']).filter(|word| !word.is_empty()).collect();
    if words.len() > 1 {
        let words = words.join(",");
        return ExportError::usage(format!("there is no resource {name:?}; use commas: --resources {words}"));
    }
    let help = "`desk export --list` shows all, and --operation exports the list of any operation";
    ExportError::usage(match likely(name, &names) {
        Some(likely) => format!("there is no resource {name:?}; did you mean {likely}? {help}"),
        None => format!("there is no resource {name:?}; {help}"),
    })
}

fn unknown_child(name: &str, sources: &[Source]) -> ExportError {
    if name.is_empty() {
        return ExportError::usage("--children has an empty name; write names with one comma between them");
    }
    let of = |source: &Source| by_name::resource(&source.name).map_or(&[][..], |resource| resource.children);
    let mut names: Vec<&str> = sources.iter().flat_map(of).map(|child| child.name).collect();
    names.sort_unstable();
    names.dedup();
    let problem = format!("none of the exported resources has a list {name:?} for each of its records");
    ExportError::usage(match (likely(name, &names), names.is_empty()) {
        (Some(likely), _) => format!("{problem}; did you mean {likely}?"),
        (None, false) if name.contains([' ', ';']) => format!("{problem}; use commas between names"),
        (None, true) => format!("{problem}, or any other"),
        (None, false) => format!("{problem}; they have {}", names.join(", ")),
    })
}

/// The name that was probably meant, if one is close.
pub(crate) fn likely<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    const ALIKE: f64 = 0.6;
    let name = name.to_lowercase();
    let rated =
        known.iter().map(|known| (strsim::normalized_damerau_levenshtein(&name, &known.to_lowercase()), *known));
    rated.max_by(|one, other| one.0.total_cmp(&other.0)).filter(|(alike, _)| *alike >= ALIKE).map(|(_, known)| known)
}

/// A shape with further fields, unless it has them.
pub(super) fn with_fields(shape: Shape, added: &[&'static str]) -> Shape {
    match shape {
        Shape::Record { name, mut fields } => {
            for field in added {
                if !fields.iter().any(|(known, _)| known == field) {
                    fields.push((field, Shape::Text));
                }
            }
            Shape::Record { name, fields }
        }
        // Records of no declared shape are JSON text, which contains any field.
        other => other,
    }
}

/// Adds a field to a record, unless it has it.
pub(super) fn add_field(record: &mut Value, name: &str, value: &str) {
    if let Value::Object(fields) = record {
        let place = fields.entry(name).or_insert(Value::Null);
        if place.is_null() {
            *place = Value::from(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn usage(wanted: &Wanted, children: &[&str]) -> String {
        let children: Vec<String> = children.iter().map(|name| (*name).to_owned()).collect();
        sources(wanted, &children, false).unwrap_err().to_string()
    }

    #[test]
    fn unknown_names_are_refused_with_the_likely_one() {
        let resources = |name: &str| Wanted::Resources(vec![name.to_owned()]);
        assert!(usage(&resources("ticket"), &[]).contains("did you mean tickets?"));
        assert!(usage(&resources("Helpcentres"), &[]).contains("did you mean helpCenters?"));
        assert!(!usage(&resources("xyz"), &[]).contains("did you mean"));
        assert!(usage(&resources("tickets"), &["thread"]).contains("did you mean threads?"));
        assert!(usage(&resources("roles"), &["threads"]).ends_with("or any other"));
        let operation = |name: &str| Wanted::Operation { name: name.to_owned(), arguments: Map::new() };
        assert!(usage(&operation("get_tikets"), &[]).contains("get_tickets"));
        assert!(usage(&operation("view_ticket_attachment"), &[]).contains("does not answer with a list"));
        assert!(usage(&operation("get_threads"), &[]).contains("get_threads needs ticketId"));
    }

    #[test]
    fn all_resources_can_be_exported() {
        assert_eq!(sources(&Wanted::Everything, &[], false).unwrap().len(), 24);
        let tickets = Wanted::Resources(vec!["tickets".to_owned(), "tickets".to_owned()]);
        let found = sources(&tickets, &["attachments".to_owned()], true).unwrap();
        assert_eq!((found.len(), found[0].children[0].name.as_str()), (1, "tickets_attachments"));
        assert!(found[0].children[0].files.is_some());
    }

    #[test]
    fn fields_are_added_where_they_are_missing() {
        let mut record = json!({ "id": "1", "a": null, "b": "x" });
        for name in ["a", "b", "c"] {
            add_field(&mut record, name, "7");
        }
        assert_eq!(record, json!({ "id": "1", "a": "7", "b": "x", "c": "7" }));
        let shape = Shape::Record { name: "View", fields: vec![("id", Shape::Id)] };
        let shape = with_fields(shape, &["id", "module"]);
        assert_eq!((shape.field("id"), shape.field("module")), (Some(&Shape::Id), Some(&Shape::Text)));
    }
}
