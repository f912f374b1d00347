//! Which operation a method and path belong to.

use std::collections::{BTreeMap, HashMap};

use desk_spec::{Method, Operation, Spec};

use crate::common::likely::hint;
use crate::judge::modules::Guards;
use crate::seed::Modules;

/// A route of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RouteId(usize);

/// The result of looking up a method and path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// A route, with the values of its path parameters in order.
    Found(RouteId, Vec<String>),
    /// The path is known, but only for these methods.
    OtherMethods(Vec<Method>),
    /// No route has such a path.
    Unknown,
}

/// Every route of the spec.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    root: Node,
    /// The indices in `Spec::operations` of a route's operations; the representative one comes first.
    routes: Vec<Vec<usize>>,
    by_operation: HashMap<String, RouteId>,
    /// For each route, the modules that its path may name.
    guards: Vec<Guards>,
}

#[derive(Debug, Default)]
struct Node {
    literals: HashMap<String, Node>,
    parameter: Option<Box<Node>>,
    methods: BTreeMap<Method, RouteId>,
}

impl Node {
    /// The node after a literal segment, matched in any case: clients write some segments both ways, and are served.
    fn literal(&self, segment: &str) -> Option<&Self> {
        let any_case = || self.literals.iter().find(|(known, _)| known.eq_ignore_ascii_case(segment));
        self.literals.get(segment).or_else(|| any_case().map(|(_, next)| next))
    }
}

impl Routes {
    pub(crate) fn new(spec: &Spec, modules: &Modules) -> Self {
        let mut table = Self::default();
        for indexes in spec.routes() {
            table.add(spec, indexes, modules);
        }
        table
    }

    /// Adds the operations of one route.
    fn add(&mut self, spec: &Spec, indexes: Vec<usize>, modules: &Modules) {
        let id = RouteId(self.routes.len());
        for index in &indexes {
            self.by_operation.insert(spec.operations[*index].operation.id.clone(), id);
        }
        let Some(real) = indexes.first().map(|index| &spec.operations[*index].operation) else { return };
        let mut node = &mut self.root;
        for segment in real.route().split('/').skip(1) {
            node = match segment {
                "{}" => node.parameter.get_or_insert_default(),
                literal => node.literals.entry(literal.to_owned()).or_default(),
            };
        }
        node.methods.insert(real.method, id);
        self.guards.push(Guards::of(spec, real, modules));
        self.routes.push(indexes);
    }

    pub(crate) fn lookup(&self, method: &str, segments: &[String]) -> Lookup {
        let mut others = Vec::new();
        let mut values = Vec::new();
        match self.find(&self.root, method, segments, &mut values, &mut others) {
            Some(id) => Lookup::Found(id, values),
            None if others.is_empty() => Lookup::Unknown,
            None => {
                others.sort_unstable();
                others.dedup();
                Lookup::OtherMethods(others)
            }
        }
    }

    /// A route's operations, the representative one first.
    pub(crate) fn operations<'a>(&'a self, spec: &'a Spec, id: RouteId) -> impl Iterator<Item = &'a Operation> {
        let indexes = self.routes.get(id.0).into_iter().flatten();
        indexes.filter_map(|index| spec.operations.get(*index)).map(|listed| &listed.operation)
    }

    /// The route of an operation.
    pub(crate) fn of(&self, operation: &str) -> Option<RouteId> {
        self.by_operation.get(operation).copied()
    }

    /// The words `; perhaps … is meant` for a path without a route, if one of its segments is similar to a known one.
    pub(crate) fn hint(&self, segments: &[String]) -> String {
        let mut node = &self.root;
        for segment in segments {
            match node.literals.get(segment) {
                Some(next) => node = next,
                None => return hint(node.literals.keys().map(String::as_str), segment),
            }
        }
        String::new()
    }

    /// A literal segment wins over a parameter, as far as that leads to a route of the method.
    fn find(
        &self,
        node: &Node,
        method: &str,
        segments: &[String],
        values: &mut Vec<String>,
        others: &mut Vec<Method>,
    ) -> Option<RouteId> {
        let Some((segment, rest)) = segments.split_first() else {
            let admitted = |id: &RouteId| self.guards.get(id.0).is_none_or(|guards| guards.admit(values));
            let all = node.methods.iter().filter(|(_, id)| admitted(id));
            let found = all.clone().find(|(known, _)| known.to_string() == method).map(|(_, id)| *id);
            if found.is_none() {
                others.extend(all.map(|(known, _)| *known));
            }
            return found;
        };
        let literal = node.literal(segment).and_then(|next| self.find(next, method, rest, values, others));
        if literal.is_some() {
            return literal;
        }
        let next = node.parameter.as_ref().filter(|_| !segment.is_empty())?;
        values.push(segment.clone());
        let found = self.find(next, method, rest, values, others);
        if found.is_none() {
            values.pop();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::shape::follow;
    use crate::{seed, spec};

    fn routes(spec: &Spec) -> Routes {
        Routes::new(spec, &seed::as_written().modules)
    }

    fn id(method: &str, path: &str) -> Option<String> {
        let spec = spec::built_in().unwrap();
        let routes = routes(&spec);
        let segments: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
        match routes.lookup(method, &segments) {
            Lookup::Found(route, _) => routes.operations(&spec, route).next().map(|operation| operation.id.clone()),
            Lookup::OtherMethods(_) | Lookup::Unknown => None,
        }
    }

    #[test]
    fn literals_win_over_parameters() {
        assert_eq!(id("GET", "/api/v1/dashboards/createdTickets").as_deref(), Some("get_created_tickets"));
        assert_eq!(id("GET", "/api/v1/tickets/1").as_deref(), Some("get_ticket"));
        assert_eq!(id("GET", "/api/v1/tickets/"), None);
        assert_eq!(id("GET", "/api/v1/nothing/of/the/kind"), None);
    }

    #[test]
    fn a_known_path_names_its_methods() {
        let spec = spec::built_in().unwrap();
        let routes = routes(&spec);
        let segments = ["api", "v1", "tickets"].map(str::to_owned);
        assert_eq!(routes.lookup("DELETE", &segments), Lookup::OtherMethods(vec![Method::Get, Method::Post]));
    }

    #[test]
    fn duplicates_are_one_route() {
        assert_eq!(id("GET", "/api/v1/_doc/__session_analytics").as_deref(), Some("get_session_analytics"));
        let spec = spec::built_in().unwrap();
        let routes = routes(&spec);
        assert_eq!(routes.of("get_session_analytics"), routes.of("get_session_analytics_2"));
        assert!(routes.of("get_session_analytics").is_some());
    }

    /// A module that an operation's path may name.
    fn module(spec: &Spec, operation: &Operation) -> String {
        let named =
            operation.parameters.iter().find(|parameter| operation.path_names().next() == Some(&parameter.name));
        let values = named.map(|named| follow(spec, &named.schema).rules.values.clone());
        values.unwrap_or_default().into_iter().next().unwrap_or_else(|| "cm_machines".to_owned())
    }

    #[test]
    fn only_modules_are_taken_for_modules() {
        assert_eq!(id("GET", "/api/v1/cm_machines").as_deref(), Some("get_records"));
        assert_eq!(id("DELETE", "/api/v1/cm_machines/1").as_deref(), Some("delete_record"));
        assert_eq!(id("POST", "/api/v1/kbSections/1/follow").as_deref(), Some("follow_entity"));
        for (method, path) in [("GET", "/api/v1/tickts"), ("POST", "/api/v1/tickets/1/follow")] {
            assert_eq!(id(method, path), None, "{path}");
        }
        let spec = spec::built_in().unwrap();
        let segments = ["api", "v1", "tickets", "1"].map(str::to_owned);
        let lookup = routes(&spec).lookup("DELETE", &segments);
        assert_eq!(lookup, Lookup::OtherMethods(vec![Method::Get, Method::Patch]));
    }

    #[test]
    fn every_operation_has_a_route_that_leads_to_it() {
        let spec = spec::built_in().unwrap();
        let routes = routes(&spec);
        for listed in &spec.operations {
            let operation = &listed.operation;
            // Where the path names a module, it has to be one.
            let step = |step: &str| match step.strip_prefix('{') {
                Some(name) if name.to_ascii_lowercase().starts_with("moduleapiname") => module(&spec, operation),
                Some(_) => "100000000000000001".to_owned(),
                None => step.to_owned(),
            };
            let segments: Vec<String> = operation.path.split('/').skip(1).map(step).collect();
            let Lookup::Found(route, values) = routes.lookup(&operation.method.to_string(), &segments) else {
                panic!("{} is not found", operation.id);
            };
            assert_eq!(Some(route), routes.of(&operation.id), "{}", operation.id);
            assert_eq!(values.len(), operation.path_names().count(), "{}", operation.id);
        }
    }
}
