//! The spec → what is emitted: Rust names, aliases, merged and shared types, and which feature
//! needs what.

mod about;
mod aliases;
mod enums;
mod facts;
mod leftovers;
mod listings;
pub(crate) mod naming;
mod paths;
mod rules;
mod scopes;
mod shapes;
mod spellings;
mod things;
mod types;
mod united;

use std::collections::{BTreeMap, BTreeSet};

pub use self::about::Meanings;
pub use self::enums::{Enum, EnumId, EnumTable};
pub use self::leftovers::{Kind, Leftover};
use self::naming::{Taken, ValueNames, shouty};
pub(crate) use self::naming::{camel, module_name, snake};
pub use self::scopes::Scope;
pub use self::spellings::Variant;
pub use self::types::{Field, Need, Origin, Owner, Record, RecordId, Role, Type};

use self::aliases::Merged;

use self::things::Things;
use self::types::{Context, Lowering};
use crate::EXAMPLES;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load::{Fact, Family, Loaded};
use crate::spec::{Answer, Operation, ParameterPlace, Rules, Schema};

/// Everything the emitters need.
#[derive(Debug)]
pub struct Model {
    /// The families with their operations.
    pub families: Vec<FamilyModel>,
    /// All records, by `RecordId`.
    pub records: Vec<Record>,
    /// All enums.
    pub enums: EnumTable,
    /// For each record, the families that need it.
    pub record_families: Vec<BTreeSet<usize>>,
    /// For each enum, the families that need it.
    pub enum_families: Vec<BTreeSet<usize>>,
    /// Every scope that an operation names.
    pub scopes: BTreeSet<Scope>,
    /// What records and their fields mean.
    pub meanings: Meanings,
    /// Names that break a rule for names.
    pub leftovers: Vec<Leftover>,
    /// The fields that hold custom fields, by their wire names.
    pub custom_fields: BTreeSet<String>,
    /// Of records that list others beside more facts, the field with the list, by wire name.
    pub listings: BTreeMap<usize, String>,
    /// What had to be decided without being told, for a person to read.
    pub notes: Vec<String>,
}

/// A family: one cargo feature, one Rust module.
#[derive(Debug)]
pub struct FamilyModel {
    pub family: Family,
    /// Its modules in order, each with its operations.
    pub modules: BTreeMap<String, Vec<OperationModel>>,
}

/// An operation, duplicates folded in.
#[derive(Debug)]
pub struct OperationModel {
    /// The family that its module is in: the name of the feature.
    pub family: String,
    pub module: String,
    pub operation: Operation,
    pub names: OperationNames,
    /// The names of those that stand for it as well.
    pub aliases: Vec<OperationNames>,
    /// Parameters in the order of their table: path parameters as in the path, then the rest.
    pub parameters: Vec<ParameterModel>,
    pub body: BodyModel,
    pub answer: AnswerModel,
    /// Paths of other operations that a text in this one's path could make.
    pub other_paths: Vec<String>,
    /// What is no more than a guess: keys of the operation, its parameters, and fields of what it sends and answers.
    pub inferred: BTreeSet<String>,
    /// What `spec/local` says of it.
    pub facts: Vec<Fact>,
    /// How it is called, as the body of an async function.
    pub example: Option<String>,
}

/// A parameter with its Rust name and type.
#[derive(Debug)]
pub struct ParameterModel {
    pub wire: String,
    pub rust: String,
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
    /// A JSON record or a form; its fields are set beside the parameters.
    Fields {
        form: bool,
        required: bool,
        /// The query parameter that carries the document beside a form.
        document_parameter: Option<String>,
        fields: Vec<Field>,
    },
    /// A JSON document that is no record.
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
    /// The parameter struct.
    pub parameters: String,
    /// The constant that holds its table.
    pub table: String,
}

impl OperationNames {
    fn of(id: &str) -> Self {
        Self { id: id.to_owned(), method: snake(id), parameters: camel(id), table: shouty(id) }
    }
}

/// What generated files, the crate's root and the prelude have already; no type may hide it.
const RUNTIME_NAMES: &[&str] = &[
    "Answer",
    "Any",
    "AnySpelling",
    "Arc",
    "Body",
    "Boolean",
    "Box",
    "Client",
    "Clone",
    "Content",
    "Copy",
    "Credits",
    "CustomFieldError",
    "DateTime",
    "Debug",
    "Decoder",
    "Decoding",
    "Default",
    "Descending",
    "Display",
    "Download",
    "Downloading",
    "Drop",
    "Duration",
    "Edition",
    "Endpoint",
    "Entry",
    "Eq",
    "Err",
    "Error",
    "Expected",
    "Family",
    "Fields",
    "File",
    "FilePart",
    "Fn",
    "From",
    "Future",
    "Hash",
    "Id",
    "Instant",
    "Integer",
    "Into",
    "Iterator",
    "Kind",
    "Leaf",
    "List",
    "ListOrNull",
    "Map",
    "MaxItems",
    "MaxLength",
    "Maximum",
    "Meta",
    "Method",
    "MinItems",
    "MinLength",
    "Minimum",
    "Mismatch",
    "Mismatches",
    "None",
    "Null",
    "Nullable",
    "Number",
    "Ok",
    "Open",
    "OpenEnum",
    "Operation",
    "Option",
    "OrTimeRange",
    "Ord",
    "Paging",
    "Parameter",
    "ParameterPlace",
    "PartialEq",
    "PartialOrd",
    "Patch",
    "Path",
    "Pending",
    "Prefix",
    "Range",
    "Rc",
    "ReadOnly",
    "Record",
    "Request",
    "Required",
    "Result",
    "Retry",
    "Risk",
    "Rule",
    "Scope",
    "Self",
    "Send",
    "Slot",
    "Some",
    "String",
    "Sync",
    "Text",
    "TimeRange",
    "TimeSpan",
    "ToString",
    "Type",
    "Undeclared",
    "Unique",
    "Unless",
    "Value",
    "Values",
    "Vec",
    "Words",
];

/// Resolves a checked spec.
///
/// # Errors
///
/// Names in `spec/local` that belong to nothing, and operations whose Rust names collide.
pub fn build(loaded: &Loaded) -> Result<Model, Diagnostics> {
    let spec = &loaded.spec;
    let mut diagnostics = Diagnostics::default();
    let mut notes = Vec::new();
    let merged = aliases::merge(spec, &mut notes);
    let structs = struct_names(loaded, &mut diagnostics);
    let things = Things::find(loaded, &mut diagnostics);
    let mut lowering = Lowering::new(spec, &things);
    let mut values = ValueNames::new(loaded);
    let mut operations: Vec<_> =
        merged.into_iter().map(|merged| operation(loaded, merged, &mut lowering, &mut values)).collect();
    examples_have_a_page(loaded, &operations, &mut diagnostics);
    let Lowering { mut records, mut enums, .. } = lowering;
    let kept: Vec<&str> = RUNTIME_NAMES.iter().copied().chain(structs.iter().map(String::as_str)).collect();
    let chosen_at = |name: &str| {
        let chosen = loaded.names.values().find(|chosen| chosen.name == name);
        chosen.map(|chosen| chosen.location.join("type"))
    };
    let mut used_names = BTreeSet::new();
    // Where records become one thing, their parts are gone, so that the rest may have shorter names.
    let mut taken = loop {
        let mut taken = Taken::reserving(&kept);
        let in_use = united::in_use(&operations, &records);
        united::find_owners(&mut records, &in_use);
        let (used, united) = naming::name_records(&mut records, &in_use, &mut taken, loaded);
        used_names.extend(used);
        if united.is_empty() {
            break taken;
        }
        united.apply(&mut records, &mut operations, &mut enums, chosen_at, &mut diagnostics);
    };
    records.iter_mut().for_each(|record| naming::name_fields(record, &mut values));
    values.finish(&mut diagnostics);
    let enums = enums.finish(&mut taken, loaded, &mut used_names);
    for (name, chosen) in loaded.names.iter().filter(|(name, _)| !used_names.contains(*name)) {
        let problem = format!("nothing generated is named {name} or comes from it");
        let help = "remove the name, or fix `type`";
        diagnostics.push(Diagnostic::new(chosen.location.join("type"), problem, help));
    }
    let meanings = about::find(loaded, &records, &mut diagnostics);
    let families = families(loaded, operations);
    let (record_families, enum_families) = reach(&families, &records, &enums);
    let custom_fields = custom_fields(loaded, &families, &records, &mut diagnostics);
    let scopes = scopes::all(spec);
    let listings = listings::find(&families, &records);
    let mut model = Model {
        families,
        records,
        enums,
        record_families,
        enum_families,
        scopes,
        meanings,
        leftovers: Vec::new(),
        custom_fields,
        listings,
        notes,
    };
    model.leftovers = leftovers::find(loaded, &model, &mut diagnostics);
    diagnostics.into_result()?;
    Ok(model)
}

/// The fields that hold custom fields; one that nothing has is a mistake.
fn custom_fields(
    loaded: &Loaded,
    families: &[FamilyModel],
    records: &[Record],
    diagnostics: &mut Diagnostics,
) -> BTreeSet<String> {
    let bodies = families.iter().flat_map(|family| family.modules.values().flatten()).flat_map(|operation| {
        let BodyModel::Fields { fields, .. } = &operation.body else { return Vec::new() };
        fields.iter().map(|field| field.wire.as_str()).collect()
    });
    let present: BTreeSet<&str> =
        records.iter().flat_map(|record| &record.fields).map(|field| field.wire.as_str()).chain(bodies).collect();
    for (name, location) in loaded.custom_fields.iter().filter(|(name, _)| !present.contains(name.as_str())) {
        let problem = format!("nothing has a field {name}");
        let help = "remove the entry, or fix the field's name";
        diagnostics.push(Diagnostic::new(location.join("field"), problem, help));
    }
    loaded.custom_fields.keys().cloned().collect()
}

/// The names of all parameter structs, aliases' included; types may not have them.
fn struct_names(loaded: &Loaded, diagnostics: &mut Diagnostics) -> BTreeSet<String> {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for listed in &loaded.spec.operations {
        let id = listed.operation.id.as_str();
        if let Some(other) = names.insert(camel(id), id) {
            let problem = format!("{id} and {other} have the same Rust name, {}", camel(id));
            let help = "correct one of the ids in spec/local";
            diagnostics.push(Diagnostic::new(Location::file(&loaded.operation_location(id).file), problem, help));
        }
    }
    names.into_keys().collect()
}

/// An example of a second registration would stand nowhere.
fn examples_have_a_page(loaded: &Loaded, operations: &[OperationModel], diagnostics: &mut Diagnostics) {
    for id in loaded.examples.keys() {
        if let Some(real) = operations.iter().find(|operation| operation.aliases.iter().any(|twin| twin.id == *id)) {
            let help = format!("write the example for {}", real.operation.id);
            let location = Location::file(&format!("{EXAMPLES}/{id}.rs"));
            diagnostics.push(Diagnostic::new(location, format!("{id} is a second registration"), help));
        }
    }
}

fn operation(
    loaded: &Loaded,
    merged: Merged<'_>,
    lowering: &mut Lowering<'_>,
    values: &mut ValueNames<'_>,
) -> OperationModel {
    let Merged { listed, operation, aliases } = merged;
    let module = listed.module.clone();
    let owner = Owner::Operation(operation.id.clone());
    let input = Context { module: module.clone(), owner: owner.clone(), field: None, role: Role::Input };
    let mut parameters = operation.parameters.clone();
    // What carries the document beside a file is written by the client itself.
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
    let names = OperationNames::of(&operation.id);
    let aliases = aliases.iter().map(|alias| OperationNames::of(&alias.operation.id)).collect();
    let other_paths = paths::others(&loaded.spec, &operation);
    let inferred = facts::inferred(loaded, &listed.operation);
    let facts = loaded.operation_facts(&listed.operation.id).to_vec();
    let home = loaded.families.iter().find(|(family, _)| family.modules.contains(&module));
    let family = home.map(|(family, _)| family.name.clone()).unwrap_or_default();
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
        other_paths,
        inferred,
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
        // Sent as JSON or as a form: the form may have parts that the document has not.
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
            // Whatever may be left out may be emptied as well.
            field.nullable |= !needed;
        }
    }
    let document_parameter = body.document_parameter.clone();
    BodyModel::Fields { form, required: body.required, document_parameter, fields }
}

fn families(loaded: &Loaded, operations: Vec<OperationModel>) -> Vec<FamilyModel> {
    let mut families: Vec<_> = loaded
        .families
        .iter()
        .map(|(family, _)| FamilyModel { family: family.clone(), modules: BTreeMap::new() })
        .collect();
    families.sort_by(|a, b| a.family.name.cmp(&b.family.name));
    for operation in operations {
        if let Some(home) = families.iter_mut().find(|home| home.family.modules.contains(&operation.module)) {
            home.modules.entry(operation.module.clone()).or_default().push(operation);
        }
    }
    for family in &mut families {
        for operations in family.modules.values_mut() {
            operations.sort_by(|a, b| place_in_file(a).cmp(&place_in_file(b)));
        }
    }
    families
}

/// Operations stand in the order of their paths.
fn place_in_file(model: &OperationModel) -> (&str, crate::spec::Method) {
    (&model.operation.path, model.operation.method)
}

impl OperationModel {
    /// Every type that the operation names itself.
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

type Reached = Vec<BTreeSet<usize>>;

/// Which families need which records and enums.
fn reach(families: &[FamilyModel], records: &[Record], enums: &EnumTable) -> (Reached, Reached) {
    let mut record_families = vec![BTreeSet::new(); records.len()];
    let mut enum_families = vec![BTreeSet::new(); enums.enums.len()];
    for (index, family) in families.iter().enumerate() {
        let mut todo: Vec<Type> = family.modules.values().flatten().flat_map(OperationModel::types).cloned().collect();
        while let Some(ty) = todo.pop() {
            ty.walk(&mut |part| match part {
                Type::Record(id) if record_families[id.0].insert(index) => {
                    todo.extend(records[id.0].fields.iter().map(|field| field.ty.clone()));
                }
                Type::Enum(id) => {
                    if let Some(position) = enums.get(*id) {
                        enum_families[position].insert(index);
                    }
                }
                _ => {}
            });
        }
    }
    (record_families, enum_families)
}
