//! Which modules a path may name.
//!
//! Some operations are for records of any module, named by the first step of the path. Without more, their routes would
//! take every misspelt path for a module of that name.

use desk_spec::{Operation, Schema, Spec};

use crate::seed::Modules;
use crate::spec::shape::follow;

/// The segments of a route that name a module, and the names allowed there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guards(Vec<(usize, Names)>);

#[derive(Clone, Debug)]
struct Names {
    /// How the names of modules begin that people made.
    begin: Vec<String>,
    /// The names that are listed; empty: any that begins so.
    listed: Vec<String>,
}

impl Guards {
    /// The guards of an operation's route, by the parameters of its path that the table has.
    pub(crate) fn of(spec: &Spec, operation: &Operation, modules: &Modules) -> Self {
        let parameters = operation.path_names().enumerate().filter(|(_, name)| modules.are_named_by(name));
        let names = |name: &str| {
            let parameter = operation.parameters.iter().find(|parameter| parameter.name == name);
            let listed = parameter.map(|parameter| listed(spec, &parameter.schema)).unwrap_or_default();
            Names { begin: modules.begin.clone(), listed }
        };
        Self(parameters.map(|(turn, name)| (turn, names(name))).collect())
    }

    /// Whether the values of a path are modules where required.
    pub(crate) fn admit(&self, values: &[String]) -> bool {
        self.0.iter().all(|(turn, names)| values.get(*turn).is_some_and(|value| names.admit(value)))
    }
}

impl Names {
    fn admit(&self, name: &str) -> bool {
        if !self.listed.is_empty() {
            return self.listed.iter().any(|listed| listed == name);
        }
        let rest = self.begin.iter().find_map(|begin| name.strip_prefix(begin.as_str()));
        rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
    }
}

fn listed(spec: &Spec, schema: &Schema) -> Vec<String> {
    follow(spec, schema).rules.values.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_modules() {
        let made = Names { begin: vec!["cm_".to_owned()], listed: Vec::new() };
        for (name, expected) in [("cm_machines", true), ("cm_", false), ("tickts", false), ("cm_a-b", false)] {
            assert_eq!(made.admit(name), expected, "{name}");
        }
        let listed = Names { listed: vec!["kbSections".to_owned()], ..made };
        assert!(listed.admit("kbSections") && !listed.admit("cm_machines"));
    }
}
