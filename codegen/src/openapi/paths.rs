//! Paths: one for all operations that share it, whatever they call its parameters.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Writer;
use super::document::PathItem;
use crate::spec::{Method, Operation};

impl Writer<'_> {
    /// Every path, sorted. Paths that differ only in the names of their parameters are one to OpenAPI.
    pub(super) fn paths(&self) -> IndexMap<String, PathItem> {
        let mut shared: BTreeMap<String, Vec<Vec<&Operation>>> = BTreeMap::new();
        for twins in self.spec.routes() {
            let twins: Vec<_> = twins.into_iter().map(|index| &self.spec.operations[index].operation).collect();
            shared.entry(twins[0].route()).or_default().push(twins);
        }
        let mut paths: IndexMap<String, PathItem> = shared.into_values().map(|routes| self.path(&routes)).collect();
        paths.sort_unstable_keys();
        paths
    }

    /// A path with an operation for each method that it has.
    fn path(&self, routes: &[Vec<&Operation>]) -> (String, PathItem) {
        let path = Template::of(routes[0][0]);
        let mut item = PathItem::default();
        for twins in routes {
            let made = self.with_aliases(twins, &path);
            *method(&mut item, twins[0].method) = Some(made);
        }
        (path.text, item)
    }
}

fn method(item: &mut PathItem, method: Method) -> &mut Option<super::document::Operation> {
    match method {
        Method::Get => &mut item.get,
        Method::Put => &mut item.put,
        Method::Post => &mut item.post,
        Method::Delete => &mut item.delete,
        Method::Patch => &mut item.patch,
    }
}

/// A path as it stands in the document.
pub(super) struct Template {
    /// With the names in braces.
    pub(super) text: String,
    /// The names of its parameters, no two of them equal.
    pub(super) names: Vec<String>,
}

impl Template {
    /// The path of an operation. A name that comes again gets a number.
    fn of(operation: &Operation) -> Self {
        let mut names: Vec<String> = Vec::new();
        for name in operation.path_names() {
            let own = || operation.path_names();
            let numbered =
                (2_u32..).map(|number| format!("{name}_{number}")).filter(|name| own().all(|own| own != name));
            let mut free = std::iter::once(name.to_owned()).chain(numbered).filter(|name| !names.contains(name));
            let free = free.next().unwrap_or_else(|| name.to_owned());
            names.push(free);
        }
        let mut text = String::new();
        let mut rest = operation.path.as_str();
        for name in &names {
            let Some((before, after)) = rest.split_once('{') else { break };
            text.push_str(before);
            text.push_str(&format!("{{{name}}}"));
            rest = after.split_once('}').map_or("", |(_, after)| after);
        }
        text.push_str(rest);
        Self { text, names }
    }
}
