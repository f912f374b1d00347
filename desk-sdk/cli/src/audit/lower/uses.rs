//! What a `use` brings in.

use syn::UseTree;

use super::name;
use crate::audit::ir::Import;
use crate::audit::name::Name;

/// The names of a `use`, each by itself.
pub(super) fn imports(item: &syn::ItemUse) -> Vec<Import> {
    let mut imports = Vec::new();
    flatten(&item.tree, item.leading_colon.is_some(), &mut Vec::new(), &mut imports);
    imports
}

fn flatten(tree: &UseTree, global: bool, path: &mut Vec<Name>, imports: &mut Vec<Import>) {
    match tree {
        UseTree::Path(part) => {
            path.push(name(&part.ident));
            flatten(&part.tree, global, path, imports);
            path.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, global, path, imports)),
        UseTree::Glob(_) => imports.push(Import { global, path: path.clone(), name: None }),
        UseTree::Name(part) => {
            let (mut path, last) = (path.clone(), name(&part.ident));
            // `use a::{self}` brings in `a`.
            let called = if last.text() == "self" { path.last().copied() } else { Some(last) };
            if last.text() != "self" || path.is_empty() {
                path.push(last);
            }
            imports.extend(called.map(|called| Import { global, path, name: Some(called) }));
        }
        UseTree::Rename(part) => {
            let (mut path, last) = (path.clone(), name(&part.ident));
            if last.text() != "self" || path.is_empty() {
                path.push(last);
            }
            imports.push(Import { global, path, name: Some(name(&part.rename)) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_a_use_is_an_import() {
        let item: syn::ItemUse = syn::parse_str("use ::a::{self as b, c::{self, D as E}, f::*};").unwrap();
        let shown: Vec<String> = imports(&item).iter().map(|one| format!("{:?} as {:?}", one.path, one.name)).collect();
        assert_eq!(shown, ["[a] as Some(b)", "[a, c] as Some(c)", "[a, c, D] as Some(E)", "[a, f] as None"]);
    }
}
