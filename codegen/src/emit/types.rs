//! Records and enums, each in its module's file.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::before;
use super::custom;
use super::docs::{self, code};
use super::inputs::{Input, of_record, required};
use super::links;
use super::operation_table::field_entry;
use super::operations::{Names, VALUES};
use super::rust_types::{field as field_type, received};
use super::source::{doc_comment, file, ident, mentions, pretty, text, tokens, used};
use super::tables::RULES;
use super::users::Users;
use crate::Files;
use crate::model::{Enum, Model, Record, Role, Type, module_name};

/// The types of one file.
type Home<'a> = (Vec<&'a Record>, Vec<&'a Enum>);

/// The files below `types/`: a folder for each family, with a file for each module, and one for shared types.
pub(super) fn emit(model: &Model, names: &Names<'_>) -> Result<Files, String> {
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
        let module = module_name(module);
        files.insert(format!("{folder}/{module}.rs"), one_file(model, names, folder, &records, &enums, &users)?);
        folders.entry(folder).or_default().push(ident(&module));
    }
    let mut gates = Vec::new();
    for (folder, modules) in folders {
        let about = match folder {
            SHARED => " Records and enums shared by several families.".to_owned(),
            family => format!(" Records and enums used only by `{family}`."),
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
        //! Records and enums of all operations. Types used by a single family require its feature.

        #(#gates)*
    })?;
    files.insert("mod.rs".to_owned(), root);
    Ok(files)
}

/// The folder of types that several families need.
pub(crate) const SHARED: &str = "shared";

/// The folder of a type; none if only a discarded alias used it.
pub(crate) fn folder<'a>(model: &'a Model, families: &BTreeSet<usize>) -> Option<&'a str> {
    match families.len() {
        0 => None,
        1 => families.first().map(|index| model.families[*index].family.name.as_str()),
        _ => Some(SHARED),
    }
}

/// What a record is for, paragraph by paragraph.
fn about(model: &Model, folder: &str, record: &Record, users: &Users<'_>) -> Vec<String> {
    let meaning = model.meanings.record(&record.name).map(docs::marked);
    let guesses = links::guesses(model, record).filter(|_| record.role == Role::Answer);
    meaning.into_iter().chain(users.about(folder, record)).chain(guesses).collect()
}

fn one_file(
    model: &Model,
    names: &Names<'_>,
    folder: &str,
    records: &[&Record],
    enums: &[&Enum],
    users: &Users<'_>,
) -> Result<String, String> {
    let (mut answers, mut lists, mut inputs) = (String::new(), String::new(), String::new());
    let (mut customs, mut listings, mut linked) = (String::new(), String::new(), String::new());
    let (mut types, mut tables) = (TokenStream::new(), TokenStream::new());
    for record in records {
        let about = about(model, folder, record, users);
        match record.role {
            Role::Answer => {
                for field in &record.fields {
                    types.extend(tokens(&received(model, &field.ty))?);
                }
                answer(model, record, &about, &mut answers);
                customs.extend(custom::line(model, record));
                listings.extend(listing(model, record));
                linked.extend(links::line(model, record));
            }
            Role::Input => {
                let inputs_of = of_record(model, record);
                for input in &inputs_of {
                    types.extend(tokens(&input.argument(model))?);
                }
                let table = table(model, record);
                inputs.push_str(&input(model, record, about, &inputs_of, &table)?);
                tables.extend(table);
            }
        }
    }
    for one in enums {
        open_enum(one, &mut lists);
    }
    let mut body =
        heads(names, records, enums, [!customs.is_empty(), !linked.is_empty(), !listings.is_empty()], &types, &tables)?;
    for (name, items) in [
        ("records", answers),
        ("custom_fields", customs),
        ("listings", listings),
        ("links", linked),
        ("open_enums", lists),
    ] {
        if !items.is_empty() {
            body.push_str(&format!("\n{name}! {{\n{}\n}}\n", items.trim_end()));
        }
    }
    body.push_str(&inputs);
    body.extend(records.iter().map(|record| before::of_record(model, record)));
    body.extend(enums.iter().map(|one| before::of_enum(one)));
    Ok(text(&body))
}

/// The imports that a file needs, and no others.
fn heads(
    names: &Names<'_>,
    records: &[&Record],
    enums: &[&Enum],
    [customs, linked, listings]: [bool; 3],
    types: &TokenStream,
    tables: &TokenStream,
) -> Result<String, String> {
    let mut heads = TokenStream::new();
    let sent: Vec<_> = records.iter().filter(|record| record.role == Role::Input).collect();
    let nested = |record: &&Record| {
        record.role == Role::Answer && record.fields.iter().any(|field| matches!(field.ty, Type::Record(_)))
    };
    if records.iter().any(nested) {
        heads.extend(quote!(
            use std::sync::Arc;
        ));
    }
    if !sent.is_empty() {
        if sent.iter().any(|record| !record.fields.is_empty()) {
            heads.extend(quote!(
                use crate::operation::{Kind, field};
            ));
        }
        if !used(RULES, tables).is_empty() {
            heads.extend(quote!(
                use crate::operation::Rule::*;
            ));
        }
    }
    if linked {
        heads.extend(quote!(
            use crate::links::links;
        ));
    }
    let macros = [
        ("custom_fields", customs),
        ("input", !sent.is_empty()),
        ("listings", listings),
        ("open_enums", !enums.is_empty()),
        ("records", records.iter().any(|record| record.role == Role::Answer)),
    ];
    let macros = macros.into_iter().filter(|(_, used)| *used).map(|(name, _)| ident(name));
    heads.extend(quote!(use crate::record::{#(#macros),*};));
    let own: BTreeSet<&str> =
        records.iter().map(|record| record.name.as_str()).chain(enums.iter().map(|one| one.name.as_str())).collect();
    let is_other = |name: &str| names.types.contains(name) && !own.contains(name);
    if mentions(types, &is_other) || mentions(tables, &is_other) {
        heads.extend(quote!(
            use crate::types::*;
        ));
    }
    let values: Vec<_> = used(VALUES, types).into_iter().map(ident).collect();
    if !values.is_empty() {
        heads.extend(quote!(use crate::value::{#(#values),*};));
    }
    pretty(heads)
}

/// A record of answers.
fn answer(model: &Model, record: &Record, about: &[String], text: &mut String) {
    text.push_str(&format!("{}    pub struct {} {{\n", doc_comment("    ", about), record.name));
    for field in &record.fields {
        let ty = field_type(model, &field.ty);
        let (wire, means) = (&field.wire, docs::field(model, model.meanings.field(&record.name, &field.wire), field));
        let (plain, shown) = (format!("`{wire}`"), code(wire));
        let more = match means {
            // A page shows most names as they are.
            None if shown == plain => String::new(),
            None => format!(" shown {shown:?}"),
            Some(means) if shown == plain => format!(", {means:?}"),
            Some(means) => format!(" shown {:?}", format!("{shown} · {means}")),
        };
        text.push_str(&format!("        {}: {ty} = {wire:?}{more},\n", field.rust));
    }
    text.push_str("    }\n");
    text.push_str(&links::key_fields(model, record));
    text.push('\n');
}

/// A record that is sent.
fn input(
    model: &Model,
    record: &Record,
    mut about: Vec<String>,
    inputs: &[Input<'_>],
    table: &TokenStream,
) -> Result<String, String> {
    about.extend(Some(required(inputs).join(" ")).filter(|text| !text.is_empty()));
    let about = doc_comment("    ", &about);
    let setters: String = inputs.iter().map(|input| input.setter(model)).collect();
    let table = pretty(quote!(const FIELDS: &[crate::Field] = #table;))?;
    let table: String = table.lines().map(|line| format!("    {line}\n")).collect();
    let custom = custom::held(model, &record.fields);
    Ok(format!("\ninput! {{\n{about}    {}{custom} {{\n{setters}    }}\n\n{table}}}\n", record.name))
}

/// The line of a record that lists others alongside more facts.
fn listing(model: &Model, record: &Record) -> Option<String> {
    let wire = model.listings.get(&record.name)?;
    let field = record.fields.iter().find(|field| field.wire == *wire)?;
    let Type::List(of) = &field.ty else { return None };
    Some(format!("    {}: {} = {},\n", record.name, field.rust, received(model, of)))
}

/// The table of a record that is sent.
fn table(model: &Model, record: &Record) -> TokenStream {
    let table = record.fields.iter().map(|field| field_entry(model, field));
    quote!(&[#(#table),*])
}

fn open_enum(one: &Enum, text: &mut String) {
    let values: Vec<_> = one.variants.iter().take(4).map(|one| code(&one.wire)).collect();
    let more = if one.variants.len() > 4 { " and others" } else { "" };
    let range = if one.or_time_range { ": OrTimeRange" } else { "" };
    text.push_str(&format!("    /// {}{more}.\n    pub enum {}{range} {{\n", values.join(", "), one.name));
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
