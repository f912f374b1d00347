//! One operation of the model: its names, what it takes, and what it answers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::aliases::Merged;
use super::facts;
use super::naming::{self, ValueNames};
use super::timelines::{self, Walked};
use super::types::{Context, Field, Lowering, Need, Owner, Role, Type};
use crate::load::{Fact, Loaded};
use crate::spec::{Answer, Operation, ParameterPlace, Rules, Schema};

/// An operation, with its duplicates merged into it.
#[derive(Debug)]
pub struct OperationModel {
    /// The family that its module belongs to: the name of the feature.
    pub family: String,
    pub module: String,
    pub operation: Operation,
    pub names: OperationNames,
    /// The names of its duplicates.
    pub aliases: Vec<OperationNames>,
    /// Parameters in the order of their table: path parameters in path order, then the rest.
    pub parameters: Vec<ParameterModel>,
    pub body: BodyModel,
    pub answer: AnswerModel,
    /// How all its records can be read, if it is a list.
    pub walked: Walked,
    /// Other operations' paths that a text in this one's path could produce.
    pub other_paths: Vec<String>,
    /// What is only a guess: keys of the operation, its parameters, and fields of what it sends and answers.
    pub inferred: BTreeSet<String>,
    /// The file of the spec that it is written in.
    pub file: String,
    /// What `spec/local` says about it.
    pub facts: Vec<Fact>,
    /// How it is called, as the body of an async function.
    pub example: Option<String>,
}

/// A parameter with its Rust name and type.
#[derive(Debug)]
pub struct ParameterModel {
    pub wire: String,
    pub rust: String,
    /// Rust names that it had before.
    pub was: Vec<String>,
    pub place: ParameterPlace,
    pub need: Need,
    pub ty: Type,
    pub rules: Rules,
    /// The rules of a list's elements.
    pub inner: Rules,
    /// Its type in the spec.
    pub schema: Schema,
    pub note: Option<String>,
}

/// What an operation sends.
#[derive(Debug)]
pub enum BodyModel {
    None,
    /// A JSON record or a form; its fields are set alongside the parameters.
    Fields {
        form: bool,
        required: bool,
        /// The query parameter that carries the document alongside a form.
        document_parameter: Option<String>,
        fields: Vec<Field>,
    },
    /// A JSON document that is not a record.
    Whole {
        required: bool,
        ty: Type,
        /// Its type in the spec.
        schema: Box<Schema>,
    },
    /// Any bytes.
    Bytes,
}

/// What an operation answers.
#[derive(Debug, PartialEq, Eq)]
pub enum AnswerModel {
    Empty,
    Bytes,
    Json(Type),
}

/// What an operation is called in the spec and in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// Its id in the spec.
    pub id: String,
    /// The client's method.
    pub method: String,
    /// Names that the method had before.
    pub methods_before: Vec<String>,
    /// The parameter struct.
    pub parameters: String,
    /// Names that the struct had before.
    pub structs_before: Vec<String>,
    /// The constant that holds its table.
    pub table: String,
}

pub(super) fn lower(
    loaded: &Loaded,
    merged: Merged<'_>,
    homes: &HashMap<&str, &str>,
    lowering: &mut Lowering<'_>,
    values: &mut ValueNames<'_>,
    names: &BTreeMap<String, OperationNames>,
) -> OperationModel {
    let Merged { listed, operation, aliases } = merged;
    let module = listed.module.clone();
    let owner = Owner::Operation(operation.id.clone());
    let input = Context { module: module.clone(), owner: owner.clone(), field: None, role: Role::Input };
    let mut parameters = operation.parameters.clone();
    // The parameter that carries the document alongside a file is written by the client itself.
    let carrier = operation.body.as_ref().and_then(|body| body.document_parameter.as_deref());
    parameters.retain(|parameter| Some(parameter.name.as_str()) != carrier);
    let place_in_path = |name: &str| operation.path_names().position(|known| known == name);
    parameters.sort_by_key(|parameter| match parameter.place {
        ParameterPlace::Path => (0, place_in_path(&parameter.name).unwrap_or(usize::MAX)),
        ParameterPlace::Query | ParameterPlace::Header => (1, 0),
    });
    let parameters = parameters.into_iter().map(|parameter| {
        let context = Context { field: Some(parameter.name.clone()), ..input.clone() };
        ParameterModel {
            rust: String::new(),
            was: Vec::new(),
            ty: lowering.lower(&parameter.schema, &context),
            place: parameter.place,
            need: match (parameter.required, parameter.expected) {
                (true, _) => Need::Required,
                (false, true) => Need::Expected,
                (false, false) => Need::Optional,
            },
            rules: lowering.resolved_rules(&parameter.schema),
            inner: lowering.element_rules(&parameter.schema),
            schema: parameter.schema,
            note: parameter.note,
            wire: parameter.name,
        }
    });
    let mut parameters: Vec<_> = parameters.collect();
    let mut body = body(&operation, &input, lowering);
    naming::name_inputs(&operation, &mut parameters, &mut body, values);
    let answer = match operation.main_answer() {
        None | Some(Answer::Empty) => AnswerModel::Empty,
        Some(Answer::Bytes) => AnswerModel::Bytes,
        Some(Answer::Json(schema)) => {
            let context = Context { module: module.clone(), owner, field: None, role: Role::Answer };
            AnswerModel::Json(lowering.answer(schema, &context))
        }
    };
    let walked = timelines::of(&operation, &loaded.api.paging, lowering);
    let aliases = aliases.iter().map(|alias| names[&alias.operation.id].clone()).collect();
    let names = names[&operation.id].clone();
    let inferred = facts::inferred(loaded, &listed.operation);
    let facts = loaded.operation_facts(&listed.operation.id).to_vec();
    let file = loaded.operation_location(&listed.operation.id).file.clone();
    let family = homes.get(module.as_str()).copied().unwrap_or_default().to_owned();
    let example = loaded.examples.get(&operation.id).map(|example| example.code.clone());
    OperationModel {
        family,
        example,
        module,
        operation,
        names,
        aliases,
        parameters,
        body,
        answer,
        walked,
        other_paths: Vec::new(),
        inferred,
        file,
        facts,
    }
}

fn body(operation: &Operation, context: &Context, lowering: &mut Lowering<'_>) -> BodyModel {
    let Some(body) = &operation.body else { return BodyModel::None };
    let Some(schema) = body.json.as_ref().or(body.multipart.as_ref()) else { return BodyModel::Bytes };
    let form = body.json.is_none();
    let Some(mut fields) = lowering.fields(schema, context) else {
        let context = Context { field: Some("body".to_owned()), ..context.clone() };
        let ty = lowering.lower(schema, &context);
        return BodyModel::Whole { required: body.required, ty, schema: Box::new(schema.clone()) };
    };
    if let (Some(extra), false) = (&body.multipart, form) {
        // Sent as JSON or as a form: the form may have parts that the document lacks.
        for field in lowering.fields(extra, context).unwrap_or_default() {
            if !fields.iter().any(|known| known.wire == field.wire) {
                fields.push(Field { need: Need::Optional, ..field });
            }
        }
    }
    if body.partial {
        for field in &mut fields {
            let needed = body.needed.contains(&field.wire);
            field.need = if needed { Need::Required } else { Need::Optional };
            // Whatever may be omitted may also be cleared.
            field.nullable |= !needed;
        }
    }
    let document_parameter = body.document_parameter.clone();
    BodyModel::Fields { form, required: body.required, document_parameter, fields }
}

impl OperationModel {
    /// Every type that the operation itself names.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        let (fields, whole) = match &self.body {
            BodyModel::Fields { fields, .. } => (fields.as_slice(), None),
            BodyModel::Whole { ty, .. } => (&[][..], Some(ty)),
            BodyModel::None | BodyModel::Bytes => (&[][..], None),
        };
        let answer = match &self.answer {
            AnswerModel::Json(ty) => Some(ty),
            AnswerModel::Empty | AnswerModel::Bytes => None,
        };
        parameters.chain(fields.iter().map(|field| &field.ty)).chain(whole).chain(answer)
    }
}
