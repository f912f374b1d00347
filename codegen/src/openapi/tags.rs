//! Modules as tags, families as groups of them.

use indexmap::IndexMap;

use super::document::{Tag, TagGroup};
use crate::load::Loaded;

/// The modules in the order of their families, each with what its family is about.
pub(super) fn tags(loaded: &Loaded) -> Vec<Tag> {
    let mut operations: IndexMap<&str, Vec<String>> = IndexMap::new();
    for listed in &loaded.spec.operations {
        operations.entry(&listed.module).or_default().push(listed.operation.id.clone());
    }
    let mut tags = Vec::new();
    for (family, _) in &loaded.families {
        for module in &family.modules {
            let description = format!("Of the family {}: {}", family.name, family.about);
            let operations = operations.shift_remove(module.as_str()).unwrap_or_default();
            tags.push(Tag { name: module.clone(), description, operations });
        }
    }
    let others = operations.into_iter().map(|(module, operations)| Tag {
        name: module.to_owned(),
        operations,
        ..Tag::default()
    });
    tags.extend(others);
    tags
}

/// The families.
pub(super) fn groups(loaded: &Loaded) -> Vec<TagGroup> {
    let group = |family: &crate::load::Family| TagGroup { name: family.name.clone(), tags: family.modules.clone() };
    loaded.families.iter().map(|(family, _)| group(family)).collect()
}
