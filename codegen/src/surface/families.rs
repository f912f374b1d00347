//! The cargo features, and the constants of scopes.

use super::item::{Item, Kind, Owner};
use crate::model::Model;

pub(super) fn items(model: &Model) -> Vec<Item<'_>> {
    let families = model.families.iter().flat_map(|family| {
        let family = &family.family;
        let owner = Owner::Family(&family.name);
        let feature = Item::new(Kind::Feature, family.name.clone(), owner).documented(&family.about);
        let usual = family.default.then(|| Item::new(Kind::Feature, format!("default/{}", family.name), owner));
        std::iter::once(feature).chain(usual)
    });
    let scopes = model.scopes.iter().map(|scope| {
        let path = format!("scopes::{}", scope.constant());
        Item::new(Kind::Constant, path, Owner::Scopes).signed(": Scope".to_owned())
    });
    families.chain(scopes).collect()
}
