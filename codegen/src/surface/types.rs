//! Records, enums, and the traits that only some of them have.

use super::item::{Item, Kind, Owner};
use super::operations::{CUSTOM, accepted};
use crate::emit::custom;
use crate::emit::docs;
use crate::emit::inputs::of_record;
use crate::emit::rust_types::{field, received};
use crate::emit::types::{SHARED, folder};
use crate::model::{Enum, Model, Record, Role, Type};

pub(super) fn items(model: &Model) -> Vec<Item<'_>> {
    let records = model.records.iter().zip(&model.record_families);
    let records = records.filter_map(|(record, families)| {
        let items = match record.role {
            Role::Answer => answer(model, record),
            Role::Input => input(model, record),
        };
        gated(items, folder(model, families))
    });
    let enums = model.enums.enums.iter().zip(&model.enum_families);
    let enums = enums.filter_map(|(one, families)| gated(open_enum(one), folder(model, families)));
    records.chain(enums).flatten().collect()
}

/// The items of a type, the first of which is the type: one that nobody needs is in no file, and one that several
/// families need is always there.
fn gated<'m>(mut items: Vec<Item<'m>>, folder: Option<&'m str>) -> Option<Vec<Item<'m>>> {
    let home = folder?;
    items[0].feature = Some(home).filter(|home| *home != SHARED);
    Some(items)
}

fn answer<'m>(model: &'m Model, record: &'m Record) -> Vec<Item<'m>> {
    let home = format!("types::{}", record.name);
    let item = |kind, path| Item::new(kind, path, Owner::Type(&record.name));
    let mut items = vec![item(Kind::Record, home.clone()).documented(meaning(model, record))];
    for one in &record.fields {
        let means = docs::field(model, model.meanings.field(&record.name, &one.wire), one);
        let (path, ty) = (format!("{home}::{}", one.rust), field(model, &one.ty));
        let docs = format!("{} {}", one.wire, means.unwrap_or_default());
        items.push(item(Kind::Field, path).signed(format!(": {ty}")).documented(&docs));
    }
    if custom::line(model, record).is_some() {
        let path = format!("{home}::custom");
        items.push(item(Kind::Function, path).signed("<T: DeserializeOwned>() -> Result<T, _>".to_owned()));
    }
    if let Some(listed) = listed(model, record) {
        let path = format!("{home}: Listing");
        items.push(item(Kind::Implementation, path).signed(format!("<Record = {listed}>")));
    }
    if model.links.records.contains_key(&record.name) {
        items.push(item(Kind::Implementation, format!("{home}: Linked")));
    }
    items
}

/// The type of the records in the one list of a record.
fn listed(model: &Model, record: &Record) -> Option<String> {
    let wire = model.listings.get(&record.name)?;
    let list = record.fields.iter().find(|field| field.wire == *wire)?;
    let Type::List(of) = &list.ty else { return None };
    Some(received(model, of))
}

fn input<'m>(model: &'m Model, record: &'m Record) -> Vec<Item<'m>> {
    let home = format!("types::{}", record.name);
    let item = |kind, path| Item::new(kind, path, Owner::Type(&record.name));
    let setters = of_record(model, record).into_iter().map(|input| {
        let path = format!("{home}::{}", input.rust);
        item(Kind::Function, path).signed(accepted(model, &input)).documented(&input.doc)
    });
    let custom = (!custom::held(model, &record.fields).is_empty())
        .then(|| item(Kind::Function, format!("{home}::{}", CUSTOM.0)).signed(CUSTOM.1.to_owned()));
    let whole = item(Kind::Input, home.clone()).documented(meaning(model, record));
    std::iter::once(whole).chain(setters).chain(custom).collect()
}

fn meaning<'m>(model: &'m Model, record: &Record) -> &'m str {
    model.meanings.record(&record.name).unwrap_or_default()
}

fn open_enum(one: &Enum) -> Vec<Item<'_>> {
    let home = format!("types::{}", one.name);
    let item = |kind, path| Item::new(kind, path, Owner::Type(&one.name));
    let variants = one.variants.iter().map(|variant| {
        let spellings: Vec<&str> = variant.spellings().collect();
        item(Kind::Variant, format!("{home}::{}", variant.name)).documented(&spellings.join(" "))
    });
    let range = one.or_time_range.then(|| item(Kind::Implementation, format!("{home}: OrTimeRange")));
    std::iter::once(item(Kind::Enum, home.clone())).chain(variants).chain(range).collect()
}
