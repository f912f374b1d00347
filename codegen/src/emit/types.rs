//! Records and enums, each in the file of its module.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::{self, code, setter};
use super::operations::{RULES, field_entry, type_names};
use super::rust_types::received;
use super::setters::{argument_name, argument_type, new_about, setting};
use super::source::{file, ident, pretty, text, used, words};
use super::users::Users;
use crate::Files;
use crate::model::{Enum, Field, Model, Need, Record, Role, Type, snake};

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
    let users = Users::of(model);
    let mut files = Files::new();
    let mut folders: BTreeMap<&str, Vec<Ident>> = BTreeMap::new();
    for ((folder, module), (mut records, mut enums)) in homes {
        records.sort_by(|a, b| a.name.cmp(&b.name));
        enums.sort_by(|a, b| a.name.cmp(&b.name));
        let module = super::operations::module_name(module);
        files.insert(format!("{folder}/{module}.rs"), one_file(model, folder, &records, &enums, &users)?);
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
pub(super) const SHARED: &str = "shared";

/// The folder of a type; none where only a discarded twin needed it.
pub(super) fn folder<'a>(model: &'a Model, families: &BTreeSet<usize>) -> Option<&'a str> {
    match families.len() {
        0 => None,
        1 => families.first().map(|index| model.families[*index].family.name.as_str()),
        _ => Some(SHARED),
    }
}

/// What a record is for, as lines of its page.
fn about(model: &Model, folder: &str, record: &Record, users: &Users<'_>) -> String {
    let meaning = model.meanings.record(&record.name).map(docs::marked);
    let lines: Vec<String> = meaning.into_iter().chain(users.about(folder, record)).collect();
    let lines: Vec<String> = lines.iter().map(|line| format!("    /// {line}\n")).collect();
    lines.join("    ///\n")
}

fn one_file(
    model: &Model,
    folder: &str,
    records: &[&Record],
    enums: &[&Enum],
    users: &Users<'_>,
) -> Result<String, String> {
    let (mut answers, mut lists, mut inputs, mut methods) =
        (String::new(), String::new(), String::new(), String::new());
    let mut mentioned = TokenStream::new();
    for record in records {
        let about = about(model, folder, record, users);
        match record.role {
            Role::Answer => {
                for field in &record.fields {
                    mentioned.extend(received(model, &field.ty));
                }
                answer(model, record, &about, &mut answers);
            }
            Role::Input => {
                let implementation = input(model, record);
                mentioned.extend(implementation.clone());
                let name = &record.name;
                inputs.push_str(&format!("{about}    pub struct {name};\n\n"));
                methods.push_str(&format!("\n{}", pretty(implementation)?));
            }
        }
    }
    for one in enums {
        open_enum(one, &mut lists);
    }
    let mut body = heads(model, records, enums, &mentioned)?;
    for (name, items) in [("records", answers), ("open_enums", lists), ("inputs", inputs)] {
        if !items.is_empty() {
            body.push_str(&format!("\n{name} {{\n{}\n}}\n", items.trim_end()).replacen(" {", "! {", 1));
        }
    }
    body.push_str(&methods);
    Ok(text(&body))
}

/// What values are made of.
const VALUES: &[&str] = &["DateTime", "Fields", "Id", "Integer", "ListOrNull", "Patch", "integer", "list"];

/// The imports that a file needs, and no others.
fn heads(model: &Model, records: &[&Record], enums: &[&Enum], mentioned: &TokenStream) -> Result<String, String> {
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
    text.push_str(&format!("{about}    pub struct {} {{\n", record.name));
    for field in &record.fields {
        let name = taken.give(snake(&field.wire));
        let inner = received(model, &field.ty).to_string().replace(' ', "");
        let ty = match &field.ty {
            Type::List(_) => inner,
            Type::Record(_) => format!("Option<Arc<{inner}>>"),
            _ => format!("Option<{inner}>"),
        };
        let ty = ty.replace(',', ", ");
        let (wire, means) = (&field.wire, docs::field(model, model.meanings.field(&record.name, &field.wire), field));
        let (plain, shown) = (format!("`{wire}`"), code(wire));
        let more = match means {
            // A page shows most names as they are.
            None if shown == plain => String::new(),
            None => format!(" shown {shown:?}"),
            Some(means) if shown == plain => format!(", {means:?}"),
            Some(means) => format!(" shown {:?}", format!("{shown} · {means}")),
        };
        text.push_str(&format!("        {name}: {ty} = {wire:?}{more},\n"));
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
        }
    }
}

fn open_enum(one: &Enum, text: &mut String) {
    let values: Vec<_> = one.variants.iter().take(4).map(|(_, wire)| code(wire)).collect();
    let more = if one.variants.len() > 4 { " and others" } else { "" };
    text.push_str(&format!("    /// {}{more}.\n    pub enum {} {{\n", values.join(", "), one.name));
    for (variant, wire) in &one.variants {
        let shown = code(wire);
        // A page shows most of them as they are.
        let shown = if shown == format!("`{wire}`") { String::new() } else { format!(" shown {shown:?}") };
        text.push_str(&format!("        {variant} = {wire:?}{shown},\n"));
    }
    text.push_str("    }\n\n");
}
