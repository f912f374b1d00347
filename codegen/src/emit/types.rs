//! Records and enums, each in the file of its module.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::custom;
use super::docs::{code, setter};
use super::operations::{RULES, field_entry, type_names};
use super::rust_types::received;
use super::setters::{argument_name, argument_type, new_about, setting};
use super::source::{file, ident, pretty, text, used, words};
use crate::Files;
use crate::model::{AnswerModel, Enum, Field, Model, Need, Record, Role, Type, snake};

/// The types of one file.
type Home<'a> = (Vec<&'a Record>, Vec<&'a Enum>);

/// The files below `types/`: a folder for each family, with a file for each module, and one for what several need.
pub(super) fn emit(model: &Model) -> Result<Files, String> {
    let mut homes: BTreeMap<(&str, &str), Home<'_>> = BTreeMap::new();
    for (record, families) in model.records.iter().zip(&model.record_families) {
        if let Some(folder) = folder(model, families) {
            homes.entry((folder, &record.module)).or_default().0.push(record);
        }
    }
    for (one, families) in model.enums.enums.iter().zip(&model.enum_families) {
        if let Some(folder) = folder(model, families) {
            homes.entry((folder, &one.module)).or_default().1.push(one);
        }
    }
    let uses = uses(model);
    let mut files = Files::new();
    let mut folders: BTreeMap<&str, Vec<Ident>> = BTreeMap::new();
    for ((folder, module), (mut records, mut enums)) in homes {
        records.sort_by(|a, b| a.name.cmp(&b.name));
        enums.sort_by(|a, b| a.name.cmp(&b.name));
        let module = super::operations::module_name(module);
        files.insert(format!("{folder}/{module}.rs"), one_file(model, &records, &enums, &uses)?);
        folders.entry(folder).or_default().push(ident(&module));
    }
    let mut gates = Vec::new();
    for (folder, modules) in folders {
        let about = match folder {
            SHARED => " Records and enums that several families need.".to_owned(),
            family => format!(" Records and enums of `{family}` alone."),
        };
        let list = file(quote! {
            #![doc = #about]

            #(mod #modules; pub use self::#modules::*;)*
        })?;
        files.insert(format!("{folder}/mod.rs"), list);
        let gate = (folder != SHARED).then(|| quote!(#[cfg(feature = #folder)]));
        let folder = ident(folder);
        gates.push(quote!(#gate mod #folder; #gate pub use self::#folder::*;));
    }
    let root = file(quote! {
        //! Records and enums of all operations. A type of one family is there if that is enabled.

        #(#gates)*
    })?;
    files.insert("mod.rs".to_owned(), root);
    Ok(files)
}

/// Where types are that several families need.
const SHARED: &str = "shared";

/// The folder of a type; none where only a discarded twin needed it.
fn folder<'a>(model: &'a Model, families: &BTreeSet<usize>) -> Option<&'a str> {
    match families.len() {
        0 => None,
        1 => families.first().map(|index| model.families[*index].family.name.as_str()),
        _ => Some(SHARED),
    }
}

/// For each record, what uses it, in words.
fn uses(model: &Model) -> BTreeMap<&str, BTreeSet<String>> {
    let mut uses: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut add = |ty: &Type, what: String| {
        ty.walk(&mut |part| {
            if let Type::Record(id) = part {
                uses.entry(&model.records[id.0].name).or_default().insert(what.clone());
            }
        });
    };
    for operation in model.families.iter().flat_map(|family| family.modules.values().flatten()) {
        let id = &operation.operation.id;
        if let AnswerModel::Json(ty) = &operation.answer {
            add(ty, format!("the answer of `{id}`"));
        }
        operation.types().for_each(|ty| add(ty, format!("`{id}`")));
    }
    for record in &model.records {
        record.fields.iter().for_each(|field| add(&field.ty, format!("`{}`", record.name)));
    }
    uses
}

/// What a record is for. Records of the same file are linked; others may not be enabled.
fn about(record: &Record, uses: &BTreeMap<&str, BTreeSet<String>>, own: &BTreeSet<&str>) -> String {
    const SHOWN: usize = 3;
    let none = BTreeSet::new();
    let users = uses.get(record.name.as_str()).unwrap_or(&none);
    let answers: Vec<&str> = users.iter().filter_map(|user| user.strip_prefix("the answer of ")).collect();
    let others: Vec<&str> = users.iter().map(String::as_str).collect();
    let (what, list) = match (record.role, answers.is_empty()) {
        (Role::Answer, false) => ("What comes back from", answers),
        (Role::Answer, true) => ("Part of", others),
        (Role::Input, _) => ("Sent in", others),
    };
    let more = if list.len() > SHOWN { " and others" } else { "" };
    let shown = list.iter().take(SHOWN).map(|user| match own.contains(user.trim_matches('`')) {
        true => format!("[{user}]"),
        false => (*user).to_owned(),
    });
    format!("{what} {}{more}.", shown.collect::<Vec<_>>().join(", "))
}

fn one_file(
    model: &Model,
    records: &[&Record],
    enums: &[&Enum],
    uses: &BTreeMap<&str, BTreeSet<String>>,
) -> Result<String, String> {
    let (mut answers, mut lists, mut inputs, mut methods) =
        (String::new(), String::new(), String::new(), String::new());
    let mut customs = String::new();
    let mut mentioned = TokenStream::new();
    let own: BTreeSet<&str> = records.iter().map(|record| record.name.as_str()).collect();
    for record in records {
        let about = about(record, uses, &own);
        match record.role {
            Role::Answer => {
                for field in &record.fields {
                    mentioned.extend(received(model, &field.ty));
                }
                answer(model, record, &about, &mut answers);
                customs.extend(custom::line(model, record));
            }
            Role::Input => {
                let implementation = input(model, record);
                mentioned.extend(implementation.clone());
                let name = &record.name;
                inputs.push_str(&format!("    /// {about}\n    pub struct {name};\n\n"));
                methods.push_str(&format!("\n{}", pretty(implementation)?));
            }
        }
    }
    for one in enums {
        open_enum(one, &mut lists);
    }
    let mut body = heads(model, records, enums, !customs.is_empty(), &mentioned)?;
    for (name, items) in [("records", answers), ("custom_fields", customs), ("open_enums", lists), ("inputs", inputs)] {
        if !items.is_empty() {
            body.push_str(&format!("\n{name} {{\n{}\n}}\n", items.trim_end()).replacen(" {", "! {", 1));
        }
    }
    body.push_str(&methods);
    Ok(text(&body))
}

/// What values are made of.
const VALUES: &[&str] = &[
    "DateTime",
    "Fields",
    "Id",
    "Integer",
    "ListOrNull",
    "Patch",
    "TimeRange",
    "TimeSpan",
    "custom",
    "integer",
    "list",
];

/// The imports that a file needs, and no others.
fn heads(
    model: &Model,
    records: &[&Record],
    enums: &[&Enum],
    customs: bool,
    mentioned: &TokenStream,
) -> Result<String, String> {
    let mut heads = TokenStream::new();
    let inputs = records.iter().any(|record| record.role == Role::Input);
    let nested = |record: &&Record| {
        record.role == Role::Answer && record.fields.iter().any(|field| matches!(field.ty, Type::Record(_)))
    };
    if records.iter().any(nested) {
        heads.extend(quote!(
            use std::sync::Arc;
        ));
    }
    if inputs {
        let names = ["Field", "Kind", "field"].map(ident);
        heads.extend(quote!(use crate::operation::{#(#names),*};));
        if !used(RULES, mentioned).is_empty() {
            heads.extend(quote!(
                use crate::operation::Rule::*;
            ));
        }
    }
    let macros = [
        ("custom_fields", customs),
        ("inputs", inputs),
        ("open_enums", !enums.is_empty()),
        ("records", records.iter().any(|record| record.role == Role::Answer)),
    ];
    let macros = macros.into_iter().filter(|(_, used)| *used).map(|(name, _)| ident(name));
    heads.extend(quote!(use crate::record::{#(#macros),*};));
    let own: BTreeSet<&str> =
        records.iter().map(|record| record.name.as_str()).chain(enums.iter().map(|one| one.name.as_str())).collect();
    let mut others = type_names(model);
    others.retain(|name| !own.contains(name));
    if !used(&others, mentioned).is_empty() {
        heads.extend(quote!(
            use crate::types::*;
        ));
    }
    // `Kind::Integer` has the same name as what an argument may be.
    let numbers = words(mentioned).contains("impl Integer");
    let values: Vec<_> =
        used(VALUES, mentioned).into_iter().filter(|name| *name != "Integer" || numbers).map(ident).collect();
    if !values.is_empty() {
        heads.extend(quote!(use crate::value::{#(#values),*};));
    }
    pretty(heads)
}

/// A record that comes back.
fn answer(model: &Model, record: &Record, about: &str, text: &mut String) {
    let mut taken = crate::model::field_names();
    text.push_str(&format!("    /// {about}\n    pub struct {} {{\n", record.name));
    for field in &record.fields {
        let name = taken.give(snake(&field.wire));
        let inner = received(model, &field.ty).to_string().replace(' ', "");
        let ty = match &field.ty {
            Type::List(_) => inner,
            Type::Record(_) => format!("Option<Arc<{inner}>>"),
            _ => format!("Option<{inner}>"),
        };
        let ty = ty.replace(',', ", ");
        text.push_str(&format!("        {name}: {ty} = {:?},\n", field.wire));
    }
    text.push_str("    }\n\n");
}

/// The fields of a record that is sent, with their Rust names.
pub(super) fn input_fields(record: &Record) -> Vec<(Ident, &Field)> {
    let mut taken = crate::model::field_names();
    record.fields.iter().map(|field| (ident(&taken.give(snake(&field.wire))), field)).collect()
}

/// A record that is sent: its table, `new` and setters.
fn input(model: &Model, record: &Record) -> TokenStream {
    let name = ident(&record.name);
    let fields = input_fields(record);
    let table = record.fields.iter().map(|field| field_entry(model, field));
    let needed: Vec<_> = fields.iter().filter(|(_, field)| field.need == Need::Required).collect();
    let arguments = needed.iter().map(|(name, field)| {
        let ty = argument_type(model, &field.ty, field.nullable);
        quote!(#name: #ty)
    });
    let chain = needed.iter().map(|(name, field)| setting("set", &field.wire, name, &field.ty, field.nullable));
    let expect =
        (needed.len() > 7).then(|| quote!(#[expect(clippy::too_many_arguments, reason = "all of them are needed")]));
    let new = new_about(needed.is_empty(), needed.len() == fields.len());
    let setters = fields.iter().filter(|(_, field)| field.need != Need::Required).map(|(name, field)| {
        let doc =
            format!(" {}", setter("field", &field.wire, None, &field.ty, &field.need, &field.rules, &field.inner));
        let ty = argument_type(model, &field.ty, field.nullable);
        let value = argument_name(&field.ty);
        let set = setting("set", &field.wire, &value, &field.ty, field.nullable);
        quote! {
            #[doc = #doc]
            pub fn #name(self, #value: #ty) -> Self {
                Self(self.0 #set)
            }
        }
    });
    let custom = custom::setter(model, "set", record.fields.iter().map(|field| (field.wire.as_str(), &field.ty)));
    quote! {
        impl #name {
            pub(crate) fn table() -> &'static [Field] {
                const FIELDS: &[Field] = &[#(#table),*];
                FIELDS
            }

            #[doc = #new]
            #expect
            pub fn new(#(#arguments),*) -> Self {
                Self(Fields::default()#(#chain)*)
            }

            #(#setters)*
            #custom
        }
    }
}

fn open_enum(one: &Enum, text: &mut String) {
    let values: Vec<_> = one.variants.iter().take(4).map(|one| code(&one.wire)).collect();
    let more = if one.variants.len() > 4 { " and others" } else { "" };
    text.push_str(&format!("    /// {}{more}.\n    pub enum {} {{\n", values.join(", "), one.name));
    for variant in &one.variants {
        let spelt: Vec<_> = variant.spellings().map(|spelling| format!("{spelling:?}")).collect();
        let shown: Vec<_> = variant.spellings().map(code).collect();
        // A page shows most of them as they are.
        let plain = variant.spellings().map(|spelling| format!("`{spelling}`")).eq(shown.iter().cloned());
        let shown = if plain { String::new() } else { format!(" shown {:?}", shown.join(", also written ")) };
        text.push_str(&format!("        {} = {}{shown},\n", variant.name, spelt.join(" | ")));
    }
    text.push_str("    }\n\n");
}
