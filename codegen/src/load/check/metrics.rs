//! Checks metrics: their operations must exist, change nothing, and have the parameters that are used.

use std::collections::BTreeSet;

use super::Checker;
use crate::load::Metric;
use crate::spec::{Answer, Risk};

impl Checker<'_> {
    pub(super) fn metrics(&mut self) {
        let loaded = self.loaded;
        let mut names = BTreeSet::new();
        for (metric, location) in &loaded.metrics {
            let Metric { name, operation, arguments, department, agents, .. } = metric;
            self.name_of(name, location);
            if !names.insert(name) {
                self.fail(location.join("name"), format!("two metrics have the name {name}"), "names are unique");
            }
            let at = location.join("operation");
            let Some(operation) = self.named(operation, &at) else { continue };
            if operation.risk != Risk::Safe || !matches!(operation.main_answer(), Some(Answer::Json(_))) {
                let problem = format!("{} is {}, or does not answer with JSON", operation.id, operation.risk);
                self.fail(at.clone(), problem, "name an operation that only reads");
            }
            let mut given: Vec<&str> = arguments.keys().map(String::as_str).collect();
            for (key, name) in [("department", department), ("agents", agents)] {
                let Some(name) = name else { continue };
                given.push(name);
                if !operation.undocumented_query {
                    self.takes(operation, name, None, &location.join(key));
                }
            }
            for name in arguments.keys() {
                self.takes(operation, name, None, &location.join("arguments").join(name));
            }
            self.needs_no_more(operation, &given, &at);
        }
    }
}
