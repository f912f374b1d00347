//! Custom fields: those that each organization makes for itself, as a type of the caller's own.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::code;
use super::source::ident;
use crate::model::{Model, Record, Type, field_names, snake};

/// The line of a record that comes back with custom fields.
pub(super) fn line(model: &Model, record: &Record) -> Option<String> {
    let mut taken = field_names();
    let mut named = record.fields.iter().map(|field| (taken.give(snake(&field.wire)), field));
    let (name, field) = named.find(|(_, field)| holds(model, &field.wire, &field.ty))?;
    Some(format!("    {}: {name} = {:?},\n", record.name, field.wire))
}

/// The setter of what is sent with custom fields.
pub(super) fn setter<'a>(
    model: &Model,
    target: &str,
    fields: impl IntoIterator<Item = (&'a str, &'a Type)>,
) -> Option<TokenStream> {
    let (wire, _) = fields.into_iter().find(|(wire, ty)| holds(model, wire, ty))?;
    let target = ident(target);
    let about = format!(
        " Sets the custom fields, {}, from a value of your own: a struct with serde's `Serialize`, or a map. It takes the \
         place of what was set before.",
        code(wire)
    );
    Some(quote! {
        #[doc = #about]
        pub fn custom(self, fields: &impl serde::Serialize) -> Self {
            Self(self.0.#target(#wire, custom(fields)))
        }
    })
}

fn holds(model: &Model, wire: &str, ty: &Type) -> bool {
    let anything = match ty {
        Type::Any => true,
        Type::Map(of) => !matches!(**of, Type::Record(_) | Type::List(_)),
        _ => false,
    };
    anything && model.custom_fields.contains(wire)
}
