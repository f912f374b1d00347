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
        gated(items, folder(model, families)).map(|items| by_earlier_names(items, &record.name, &record.was))
    });
    let enums = model.enums.enums.iter().zip(&model.enum_families);
    let enums = enums.filter_map(|(one, families)| {
        gated(open_enum(one), folder(model, families)).map(|items| by_earlier_names(items, &one.name, &one.was))
    });
    records.chain(enums).flatten().collect()
}

/// The items of a type, and the same under each name that it had before.
fn by_earlier_names<'m>(mut items: Vec<Item<'m>>, name: &'m str, was: &'m [String]) -> Vec<Item<'m>> {
    let all: Vec<&str> = std::iter::once(name).chain(was.iter().map(String::as_str)).collect();
    let twins = |one: &str| all.iter().copied().filter(|twin| *twin != one).collect();
    let own = items.clone();
    items[0].twins = twins(name);
    for earlier in was {
        let home = format!("types::{earlier}");
        let mut alias: Vec<Item<'m>> = own.clone();
        for item in &mut alias {
            item.path = item.path.replacen(&format!("types::{name}"), &home, 1);
        }
        (alias[0].twins, alias[0].deprecated) = (twins(earlier), true);
        // A trait is implemented for the type once.
        items.extend(alias.into_iter().filter(|item| item.kind != Kind::Implementation));
    }
    items
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
        let getter = |was| item(Kind::Function, format!("{home}::{was}")).signed(format!("(&self) -> &{ty}"));
        items.extend(one.was.iter().map(getter).map(Item::discouraged));
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
    let inputs = of_record(model, record);
    let setters = inputs.iter().flat_map(|input| {
        let setter = |name: &str| {
            let item = item(Kind::Function, format!("{home}::{name}"));
            item.signed(accepted(model, input)).documented(&input.doc)
        };
        let earlier: Vec<_> = input.was.iter().map(|was| setter(was).discouraged()).collect();
        std::iter::once(setter(input.rust)).chain(earlier)
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
    let variants = one.variants.iter().flat_map(|variant| {
        let spellings: Vec<&str> = variant.spellings().collect();
        let own = item(Kind::Variant, format!("{home}::{}", variant.name)).documented(&spellings.join(" "));
        let constant = |was| item(Kind::Constant, format!("{home}::{was}")).signed(": Self".to_owned()).discouraged();
        std::iter::once(own).chain(variant.was.iter().map(constant)).collect::<Vec<_>>()
    });
    let range = one.or_time_range.then(|| item(Kind::Implementation, format!("{home}: OrTimeRange")));
    std::iter::once(item(Kind::Enum, home.clone())).chain(variants).chain(range).collect()
}
