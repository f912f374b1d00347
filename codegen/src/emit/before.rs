//! Names that types, fields and variants had before they were renamed, as deprecated aliases.

use super::rust_types::field as held;
use super::source::renamed;
use crate::model::{Enum, Model, Record, Role};

/// The earlier names of a record and of its fields.
pub(super) fn of_record(model: &Model, record: &Record) -> String {
    let mut text = of_type(&record.name, &record.was);
    // Setters have theirs beside them.
    let fields = record.fields.iter().filter(|_| record.role == Role::Answer);
    let getters = fields.flat_map(|field| {
        field.was.iter().map(|was| {
            let (name, ty) = (&field.rust, held(model, &field.ty));
            let about = format!("The field [`{0}`](Self::{0}), by an earlier name.", name.trim_start_matches("r#"));
            let attribute = renamed(name);
            format!(
                "    /// {about}\n    {attribute}\n    pub fn {was}(&self) -> &{ty} {{\n        &self.{name}\n    }}\n"
            )
        })
    });
    text.push_str(&block(&record.name, &getters.collect::<Vec<_>>()));
    text
}

/// The earlier names of an enum and of its variants.
pub(super) fn of_enum(one: &Enum) -> String {
    let mut text = of_type(&one.name, &one.was);
    let constants = one.variants.iter().flat_map(|variant| {
        variant.was.iter().map(|was| {
            let name = &variant.name;
            let about = format!("The variant [`{name}`](Self::{name}), by an earlier name.");
            let attributes = format!("{}\n    #[allow(non_upper_case_globals)]", renamed(name));
            format!("    /// {about}\n    {attributes}\n    pub const {was}: Self = Self::{name};\n")
        })
    });
    text.push_str(&block(&one.name, &constants.collect::<Vec<_>>()));
    text
}

/// The earlier names of a type.
pub(super) fn of_type(name: &str, was: &[String]) -> String {
    let alias = |was: &String| {
        format!("\n/// The type [`{name}`], by an earlier name.\n{}\npub type {was} = {name};\n", renamed(name))
    };
    was.iter().map(alias).collect()
}

fn block(name: &str, items: &[String]) -> String {
    if items.is_empty() { String::new() } else { format!("\nimpl {name} {{\n{}}}\n", items.join("\n")) }
}
