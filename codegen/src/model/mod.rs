//! The spec → what is emitted: Rust names, aliases, merged and shared types, and what each feature needs.

mod about;
mod aliases;
mod enums;
pub(crate) mod facts;
mod field_path;
mod key_fields;
mod leftovers;
mod links;
mod listings;
mod locked;
pub(crate) mod naming;
mod notes;
mod operation;
mod paths;
mod rules;
mod scopes;
mod shapes;
mod spellings;
mod things;
mod timelines;
mod types;
mod united;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use self::about::Meanings;
pub use self::enums::{Enum, EnumId, EnumTable};
pub use self::key_fields::Keys;
pub use self::leftovers::{Kind, Leftover};
pub use self::links::{Links, Pattern, Portal, Source};
use self::naming::{RUNTIME_NAMES, Taken, ValueNames};
pub(crate) use self::naming::{camel, module_name, shouty, snake};
pub(crate) use self::notes::is_of_spec;
pub use self::operation::{AnswerModel, BodyModel, OperationModel, OperationNames, ParameterModel};
pub use self::spellings::Variant;
pub use self::timelines::Walked;
pub use self::types::{Field, Need, Origin, Owner, Record, RecordId, Role, Type};

use self::things::Things;
use self::types::Lowering;
use crate::EXAMPLES;
use crate::api::Api;
pub use crate::api::Scope;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load::{Family, Loaded, Metric, Resource, Uses};
use crate::lock::Lock;

/// Everything the emitters need.
#[derive(Debug)]
pub struct Model {
    /// What is particular to the API as a whole.
    pub api: Api,
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
    /// Names that break a naming rule.
    pub leftovers: Vec<Leftover>,
    /// The fields that hold custom fields, by their wire names.
    pub custom_fields: BTreeSet<String>,
    /// For records that list others alongside more facts, the field with the list, by wire name.
    pub listings: BTreeMap<String, String>,
    /// The fields by which people recognise a record.
    pub keys: Keys,
    /// Where links to the pages of records are found.
    pub links: Links,
    /// The lists of records that are worth keeping a copy of.
    pub resources: Vec<Resource>,
    /// Figures that are worth a snapshot.
    pub metrics: Vec<Metric>,
    /// How often operations are used.
    pub uses: Vec<Uses>,
    /// The names that everything public has now, and what was there before.
    pub lock: Lock,
    /// Decisions that had to be made without instructions and that nobody has accepted, for a person to read.
    pub notes: Vec<Diagnostic>,
    /// How many of these decisions somebody has accepted.
    pub accepted: usize,
}

impl Model {
    /// The operation that reads any number of the records that this one lists.
    pub fn by_time(&self, operation: &OperationModel) -> Option<&str> {
        let listed = |resource: &&Resource| resource.operation == operation.operation.id;
        self.resources.iter().find(listed)?.by_time.as_deref()
    }
}

/// A family: one cargo feature, one Rust module.
#[derive(Debug)]
pub struct FamilyModel {
    pub family: Family,
    /// Its modules in order, each with its operations.
    pub modules: BTreeMap<String, Vec<OperationModel>>,
}

/// Resolves a checked spec.
///
/// # Errors
///
/// Names in `spec/local` that belong to nothing, and operations whose Rust names collide.
pub fn build(loaded: &Loaded) -> Result<Model, Diagnostics> {
    let spec = &loaded.spec;
    let mut diagnostics = Diagnostics::default();
    let mut disagreements = Vec::new();
    let lock = &loaded.lock;
    naming::compare_with_lock(lock, &mut diagnostics);
    let merged = aliases::merge(spec, lock, &mut disagreements);
    let operation_names = naming::name_operations(loaded, &mut diagnostics);
    let things = Things::find(loaded, &mut diagnostics);
    let mut lowering = Lowering::new(&loaded.api, spec, &things);
    let mut values = ValueNames::new(loaded);
    let homes = homes(loaded);
    let lower = |merged| operation::lower(loaded, merged, &homes, &mut lowering, &mut values, &operation_names);
    let mut operations: Vec<_> = merged.into_iter().map(lower).collect();
    let templates = paths::Templates::of(spec);
    operations.iter_mut().for_each(|one| one.other_paths = templates.others(spec, &one.operation));
    examples_have_a_page(loaded, &operations, &mut diagnostics);
    let Lowering { mut records, mut enums, .. } = lowering;
    let locked = locked::follow(lock, &mut operations, &mut records, &mut enums, &mut diagnostics);
    let structs = operation_names.values().map(|names| names.parameters.as_str());
    let kept: Vec<&str> = RUNTIME_NAMES.iter().copied().chain(structs).chain(kept_by(loaded)).collect();
    let chosen_at = |name: &str| {
        let chosen = loaded.names.values().find(|chosen| chosen.name == name);
        chosen.map(|chosen| chosen.location.join("type"))
    };
    let mut used_names = BTreeSet::new();
    // Where records become one thing, their parts disappear, so the rest may have shorter names.
    let mut taken = loop {
        let mut taken = Taken::reserving(&kept);
        let in_use = united::in_use(&operations, &records);
        united::find_owners(&mut records, &in_use);
        let (used, united) = naming::name_records(&mut records, &in_use, &locked, &mut taken, loaded);
        used_names.extend(used);
        if united.is_empty() {
            naming::compare_with_choices(&records, &in_use, loaded, &mut diagnostics);
            break taken;
        }
        united.apply(&mut records, &mut operations, &mut enums, chosen_at, &mut diagnostics);
    };
    records.iter_mut().for_each(|record| naming::name_fields(record, &mut values));
    values.finish(&mut diagnostics);
    locked::want(lock, &mut operations, &mut records, &mut enums);
    let enums = enums.finish(&mut taken, loaded, &mut used_names);
    choices_are_used(loaded, &used_names, &records, &enums, &mut diagnostics);
    let meanings = about::find(loaded, &records, &mut diagnostics);
    let families = families(loaded, operations);
    let (record_families, enum_families) = reach(&families, &records, &enums);
    let custom_fields = custom_fields(loaded, &families, &records, &mut diagnostics);
    let scopes = scopes::all(loaded, &mut diagnostics);
    let listings = listings::find(&families, &records, &loaded.api.paging.records);
    let keys = key_fields::find(loaded, &records, &listings, &mut diagnostics);
    let links = links::find(loaded, &records, &mut diagnostics);
    let notes = notes::sort(loaded, &disagreements);
    let mut model = Model {
        api: loaded.api.clone(),
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
        keys,
        links,
        metrics: loaded.metrics.iter().map(|(metric, _)| metric.clone()).collect(),
        uses: loaded.uses.iter().map(|(uses, _)| uses.clone()).collect(),
        resources: loaded.resources.iter().map(|(resource, _)| resource.clone()).collect(),
        lock: Lock::default(),
        notes: notes.new,
        accepted: notes.accepted,
    };
    model.leftovers = leftovers::find(loaded, &model, &mut diagnostics);
    diagnostics.into_result()?;
    model.lock = loaded.lock.updated(&model);
    Ok(model)
}

/// The fields that hold custom fields; one that no record has is an error.
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

/// The names of types that the lock has, which nothing new may have. A person may give away one that is gone.
fn kept_by(loaded: &Loaded) -> impl Iterator<Item = &str> {
    let chosen: BTreeSet<&str> = loaded.names.values().map(|chosen| chosen.name.as_str()).collect();
    let given = move |name: &str| chosen.contains(name.strip_suffix("Input").unwrap_or(name)) || chosen.contains(name);
    let types = loaded.lock.type_names().filter(move |name| !(loaded.lock.is_gone(name) && given(name)));
    types.chain(loaded.lock.struct_names())
}

/// Reports chosen names that nothing has. A type that the lock knows has its name from there, whatever it would be
/// called otherwise.
fn choices_are_used(
    loaded: &Loaded,
    used: &BTreeSet<String>,
    records: &[Record],
    enums: &EnumTable,
    diagnostics: &mut Diagnostics,
) {
    let both = |name| [Some(name), str::strip_suffix(name, "Input")].into_iter().flatten();
    let records = records.iter().flat_map(|record| both(record.name.as_str()));
    let present: BTreeSet<&str> = records.chain(enums.enums.iter().map(|one| one.name.as_str())).collect();
    for (name, chosen) in loaded.names.iter().filter(|(name, _)| !used.contains(*name)) {
        if !loaded.lock.is_empty() && present.contains(chosen.name.as_str()) {
            continue;
        }
        let problem = format!("nothing generated is named {name} or comes from it");
        let help = "remove the name, or fix `type`; what has a name already gets another by `cargo xtask rename`";
        diagnostics.push(Diagnostic::new(chosen.location.join("type"), problem, help));
    }
}

/// An example for a duplicate would not appear anywhere.
fn examples_have_a_page(loaded: &Loaded, operations: &[OperationModel], diagnostics: &mut Diagnostics) {
    for id in loaded.examples.keys() {
        if let Some(real) = operations.iter().find(|operation| operation.aliases.iter().any(|twin| twin.id == *id)) {
            let help = format!("write the example for {}", real.operation.id);
            let location = Location::file(&format!("{EXAMPLES}/{id}.rs"));
            diagnostics.push(Diagnostic::new(location, format!("{id} is a second registration"), help));
        }
    }
}

/// The family of each module.
fn homes(loaded: &Loaded) -> HashMap<&str, &str> {
    let mut homes = HashMap::new();
    for (family, _) in &loaded.families {
        homes.extend(family.modules.iter().map(|module| (module.as_str(), family.name.as_str())));
    }
    homes
}

fn families(loaded: &Loaded, operations: Vec<OperationModel>) -> Vec<FamilyModel> {
    let mut families: Vec<_> = loaded
        .families
        .iter()
        .map(|(family, _)| FamilyModel { family: family.clone(), modules: BTreeMap::new() })
        .collect();
    families.sort_by(|a, b| a.family.name.cmp(&b.family.name));
    for operation in operations {
        if let Some(home) = families.iter_mut().find(|home| home.family.name == operation.family) {
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

/// The sort key of an operation: its path, then its method.
fn place_in_file(model: &OperationModel) -> (&str, crate::spec::Method) {
    (&model.operation.path, model.operation.method)
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
