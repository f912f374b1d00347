//! Changes of the cut, each a small edit such as a year of upstream changes brings.

use desk_codegen::diff::Level::{self, Breaking, Compatible, Documentation};
use desk_codegen::spec::{Kind, ListedOperation, Operation, Parameter, ParameterPlace, Scalar, Schema};
use serde_json::json;

use crate::cut::Cut;

/// A change of the cut.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// What we make of it.
    pub(crate) level: Level,
    pub(crate) edit: fn(&mut Cut),
    /// The features that the tools look at; `full`, unless what changes is seen without some of them only.
    pub(crate) features: &'static str,
}

const fn case(name: &'static str, level: Level, edit: fn(&mut Cut)) -> Case {
    Case { name, level, edit, features: "full" }
}

pub(crate) const CASES: &[Case] = &[
    case("an operation is added", Compatible, |cut| {
        let mut new = cut.operation("get_label").clone();
        (new.id, new.path) = ("get_label_owner".to_owned(), "/api/v1/labels/{labelId}/owner".to_owned());
        add(cut, "label", new);
    }),
    case("an operation is removed", Breaking, |cut| remove(cut, "get_recent_tags")),
    case("an operation is renamed", Breaking, |cut| cut.operation("get_recent_tags").id = "get_latest_tags".to_owned()),
    case("an operation gets an alias", Compatible, |cut| {
        let mut twin = cut.operation("get_recent_tags").clone();
        twin.id = "get_recent_tags_2".to_owned();
        add(cut, "ticket_tag", twin);
    }),
    case("a module moves to another family", Breaking, |cut| {
        cut.families[0]["modules"] = json!(["ticket_tag", "ticket_comment"]);
        cut.families[1]["modules"] = json!(["contact_comments", "label", "ticket_followers"]);
    }),
    case("an operation moves to another module of its family", Documentation, |cut| {
        cut.listed("get_recent_tags").module = "ticket_comment".to_owned();
    }),
    case("an operation is deprecated", Compatible, |cut| cut.operation("get_recent_tags").deprecated = true),
    case("a query parameter becomes required", Breaking, |cut| {
        parameter(cut, "search_tags", "searchVal").required = true
    }),
    case("a query parameter is no longer required", Breaking, |cut| {
        parameter(cut, "search_tags", "departmentId").required = false;
    }),
    case("a query parameter is added", Compatible, |cut| {
        let new = Parameter {
            name: "archived".to_owned(),
            place: ParameterPlace::Query,
            required: false,
            expected: false,
            schema: Schema::scalar(Scalar::Boolean),
            note: None,
        };
        cut.operation("search_tags").parameters.push(new);
    }),
    case("a query parameter is removed", Breaking, |cut| {
        cut.operation("search_tags").parameters.retain(|parameter| parameter.name != "searchVal");
    }),
    case("a query parameter is of another type", Breaking, |cut| {
        parameter(cut, "search_tags", "departmentId").schema = Schema::scalar(Scalar::Text);
    }),
    case("a path parameter has another name", Documentation, |cut| {
        let operation = cut.operation("get_label");
        operation.path = operation.path.replace("labelId", "id");
        parameter(cut, "get_label", "labelId").name = "id".to_owned();
    }),
    case("a path has one more parameter", Breaking, |cut| {
        let operation = cut.operation("get_label");
        operation.path = operation.path.replace("{labelId}", "{labelId}/{view}");
        let mut view = operation.parameters[0].clone();
        (view.name, view.schema) = ("view".to_owned(), Schema::scalar(Scalar::Text));
        operation.parameters.push(view);
    }),
    case("a field of a body may be null", Breaking, |cut| {
        field(cut, "label.createLabelPayloadJson", "helpCenterId").nullable = true;
    }),
    case("a body gets a field", Breaking, |cut| {
        object(cut, "label.createLabelPayloadJson").insert("border".to_owned(), Schema::scalar(Scalar::Text));
    }),
    case("a limit is lower", Documentation, |cut| {
        parameter(cut, "search_tags", "searchVal").schema.rules.max_length = Some(50)
    }),
    case("a record of answers gets a field", Compatible, |cut| {
        object(cut, "label.labelDetailViewResponse").insert("colour".to_owned(), Schema::scalar(Scalar::Text));
    }),
    case("a record of answers loses a field", Breaking, |cut| {
        let Kind::Object(label) = &mut cut.schema("label.userLabelResponse").kind else { panic!("a record") };
        label.fields.shift_remove("assignedTime");
        label.required.retain(|name| name != "assignedTime");
    }),
    case("a field of answers is of another type", Breaking, |cut| {
        *field(cut, "label.userLabelResponse", "emailAddress") = Schema::scalar(Scalar::Boolean);
    }),
    case("a record that is read and sent gets a field", Compatible, |cut| {
        object(cut, "label.labelPreferenceResponse").insert("border".to_owned(), Schema::scalar(Scalar::Text));
    }),
    case("an enum gets a value", Compatible, |cut| values(cut).push("URGENT".to_owned())),
    case("an enum loses a value", Breaking, |cut| drop(values(cut).pop())),
    case("other scopes are needed", Documentation, |cut| {
        cut.operation("get_label").scopes = vec![vec!["Desk.contacts.READ".to_owned(), "Desk.tickets.READ".to_owned()]];
    }),
    case("a scope is needed by nothing any more", Breaking, |cut| {
        for listed in &mut cut.spec.operations {
            for scope in listed.operation.scopes.iter_mut().flatten().filter(|scope| *scope == "Desk.contacts.DELETE") {
                *scope = "Desk.contacts.UPDATE".to_owned();
            }
        }
    }),
    case("only docs differ", Documentation, |cut| cut.operation("get_label").summary = "Read a label.".to_owned()),
    case("an answer has a body no longer", Breaking, |cut| {
        let answers = &mut cut.operation("create_label").answers;
        answers.values_mut().for_each(|answer| *answer = desk_codegen::spec::Answer::Empty);
    }),
    // Without the family that has it now, the type is gone; of the operations, those who look see nothing.
    Case {
        features: "organization",
        ..case("a shared type belongs to one family now", Breaking, |cut| {
            cut.spec.operations.retain(|listed| listed.module != "ticket_comment");
            cut.families[0]["modules"] = json!(["ticket_tag", "ticket_followers"]);
        })
    },
];

fn add(cut: &mut Cut, module: &str, operation: Operation) {
    cut.spec.operations.push(ListedOperation { module: module.to_owned(), operation });
}

fn remove(cut: &mut Cut, id: &str) {
    cut.spec.operations.retain(|listed| listed.operation.id != id);
}

fn parameter<'c>(cut: &'c mut Cut, operation: &str, name: &str) -> &'c mut Parameter {
    let mut parameters = cut.operation(operation).parameters.iter_mut();
    parameters.find(|parameter| parameter.name == name).unwrap_or_else(|| panic!("{operation} has no {name}"))
}

fn object<'c>(cut: &'c mut Cut, name: &str) -> &'c mut indexmap::IndexMap<String, Schema> {
    match &mut cut.schema(name).kind {
        Kind::Object(object) => &mut object.fields,
        other => panic!("{name} is no record: {other:?}"),
    }
}

fn field<'c>(cut: &'c mut Cut, name: &str, field: &str) -> &'c mut Schema {
    let fields = object(cut, name);
    fields.get_mut(field).unwrap_or_else(|| panic!("{name} has no {field}"))
}

/// The values of an enum.
fn values(cut: &mut Cut) -> &mut Vec<String> {
    &mut field(cut, "label.labelPreferenceResponse", "shape").rules.values
}
