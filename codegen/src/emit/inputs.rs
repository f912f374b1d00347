//! The values a caller can set: arguments of `new`, and setters.

use super::docs;
use super::rust_types::sent;
use super::source::renamed;
use crate::model::{BodyModel, Field, Model, Need, OperationModel, ParameterModel, Record, Type};
use crate::spec::{ParameterPlace, Schema};

/// One value that a caller can set.
pub(crate) struct Input<'m> {
    pub(crate) rust: &'m str,
    /// Names that its setter had before.
    pub(crate) was: &'m [String],
    pub(crate) wire: &'m str,
    pub(crate) ty: &'m Type,
    /// Its type in the spec.
    pub(super) schema: &'m Schema,
    pub(super) need: &'m Need,
    nullable: bool,
    target: Target,
    /// Whether it is part of the path.
    pub(super) path: bool,
    pub(crate) doc: String,
}

/// Where a value is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Parameter,
    /// A field of the body.
    Field,
    /// A field of a record that is sent.
    Record,
    /// The body, a JSON document.
    Body,
}

/// The values of an operation.
pub(crate) struct Inputs<'m> {
    /// Path parameters, in their order.
    pub(crate) path: Vec<Input<'m>>,
    /// Everything else; required values come first.
    pub(crate) settable: Vec<Input<'m>>,
}

impl Input<'_> {
    /// Whether it is sent outside the body.
    pub(super) fn is_parameter(&self) -> bool {
        self.target == Target::Parameter
    }

    pub(super) fn is_required(&self) -> bool {
        *self.need == Need::Required
    }

    /// Whether it is required unless another one is given.
    pub(super) fn is_required_unless(&self) -> bool {
        matches!(self.need, Need::Unless(_))
    }

    /// Whether it is a file, or several.
    fn is_file(&self) -> bool {
        match self.ty {
            Type::List(of) => **of == Type::File,
            ty => *ty == Type::File,
        }
    }

    /// What its setter takes, between brackets: `(Optional<Id>)`, `[OptionalList<Id>]`.
    pub(crate) fn argument(&self, model: &Model) -> String {
        let nullable = self.nullable && !self.is_file();
        match self.ty {
            Type::List(of) | Type::Records(of) => {
                let of = sent(model, of);
                let list = match (self.is_required(), nullable) {
                    (true, _) => "RequiredList",
                    (false, false) => "OptionalList",
                    (false, true) => "ListOrNull",
                };
                format!("[{list}<{of}>]")
            }
            ty => match (self.is_required(), nullable) {
                (true, _) => format!("({})", sent(model, ty)),
                (false, false) => format!("(Optional<{}>)", sent(model, ty)),
                (false, true) => format!("(Patch<{}>)", sent(model, ty)),
            },
        }
    }

    /// Its setter, as a line of its struct's macro, with its documentation, and one for each of its earlier names.
    pub(super) fn setter(&self, model: &Model) -> String {
        let (name, takes, wire, doc) = (self.rust, self.argument(model), self.wire, &self.doc);
        let set = match self.target {
            Target::Parameter => "parameter ",
            Target::Field => "field ",
            Target::Body => "body ",
            Target::Record => "",
        };
        let own = format!("        /// {doc}\n        {name}{takes} = {set}{wire:?};\n");
        let before = self.was.iter().map(|was| {
            let deprecated = renamed(name);
            format!("        /// {doc}\n        {deprecated}\n        {was}{takes} = {set}{wire:?};\n")
        });
        std::iter::once(own).chain(before).collect()
    }
}

/// The values that an operation takes.
pub(crate) fn of_operation<'m>(model: &'m Model, operation: &'m OperationModel) -> Inputs<'m> {
    let (path, beside): (Vec<_>, Vec<_>) =
        operation.parameters.iter().partition(|parameter| parameter.place == ParameterPlace::Path);
    let path = path.into_iter().map(|parameter| of_parameter(model, parameter)).collect();
    let mut settable: Vec<_> = beside.into_iter().map(|parameter| of_parameter(model, parameter)).collect();
    match &operation.body {
        BodyModel::Fields { fields, .. } => {
            settable.extend(fields.iter().map(|field| of_field(model, field, Target::Field)));
        }
        BodyModel::Whole { required, ty, schema } => settable.push(Input {
            rust: "body",
            was: &[],
            wire: "body",
            ty,
            schema,
            need: if *required { &Need::Required } else { &Need::Optional },
            nullable: false,
            target: Target::Body,
            path: false,
            doc: format!("{}The body, a JSON document.", if *required { "Required. " } else { "" }),
        }),
        BodyModel::None | BodyModel::Bytes => {}
    }
    settable.sort_by_key(|input| !input.is_required());
    Inputs { path, settable }
}

/// The values of a record to send; required ones come first.
pub(crate) fn of_record<'m>(model: &'m Model, record: &'m Record) -> Vec<Input<'m>> {
    let mut inputs: Vec<_> = record.fields.iter().map(|field| of_field(model, field, Target::Record)).collect();
    inputs.sort_by_key(|input| !input.is_required());
    inputs
}

fn of_field<'m>(model: &Model, field: &'m Field, target: Target) -> Input<'m> {
    let Field { rust, was, wire, ty, schema, need, nullable, rules, inner } = field;
    let doc = docs::setter(&docs::Value { model, what: "field", wire, note: None, ty, need, rules, inner });
    Input { rust, was, wire, ty, schema, need, nullable: *nullable, target, path: false, doc }
}

fn of_parameter<'m>(model: &Model, parameter: &'m ParameterModel) -> Input<'m> {
    let ParameterModel { rust, was, wire, ty, schema, need, rules, inner, .. } = parameter;
    let what = match parameter.place {
        ParameterPlace::Path => "path parameter",
        ParameterPlace::Query => "query parameter",
        ParameterPlace::Header => "header",
    };
    let (note, path) = (parameter.note.as_deref(), parameter.place == ParameterPlace::Path);
    let doc = docs::setter(&docs::Value { model, what, wire, note, ty, need, rules, inner });
    Input { rust, was, wire, ty, schema, need, nullable: false, target: Target::Parameter, path, doc }
}

/// The required values, in words with links: a sentence for those always required, and one for each pair of which one
/// is.
pub(super) fn required(inputs: &[Input<'_>]) -> Vec<String> {
    let link = |input: &Input<'_>| {
        let name = input.rust.trim_start_matches("r#");
        format!("[`{name}`](Self::{name})")
    };
    let names: Vec<_> = inputs.iter().filter(|input| input.is_required()).map(link).collect();
    let mut sentences = Vec::new();
    match names.as_slice() {
        [] => {}
        [one] => sentences.push(format!("{one} is required.")),
        [many @ .., last] => sentences.push(format!("{} and {last} are required.", many.join(", "))),
    }
    let mut said = Vec::new();
    for input in inputs {
        let Need::Unless(other) = input.need else { continue };
        let Some(other) = inputs.iter().find(|known| known.wire == other) else { continue };
        if !said.contains(&(other.wire, input.wire)) {
            said.push((input.wire, other.wire));
            sentences.push(format!("{} or {} is required.", link(input), link(other)));
        }
    }
    sentences
}
