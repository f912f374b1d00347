//! Checks resources: their operations must exist, and have the parameters that are used.

use std::collections::BTreeSet;

use super::{Checker, is_identifier};
use crate::diagnostic::Location;
use crate::load::{Child, Each, Resource};
use crate::near;
use crate::spec::{Answer, Operation, ParameterPlace};

impl<'a> Checker<'a> {
    pub(super) fn resources(&mut self) {
        let loaded = self.loaded;
        let mut names = BTreeSet::new();
        for (resource, location) in &loaded.resources {
            self.name_of(&resource.name, location);
            if !names.insert(&resource.name) {
                let problem = format!("two resources have the name {}", resource.name);
                self.fail(location.join("name"), problem, "names are unique");
            }
            self.resource(resource, location);
        }
    }

    fn resource(&mut self, resource: &Resource, location: &Location) {
        let each = resource.each.as_ref();
        let given = resource.arguments.keys().map(String::as_str).chain(each.map(|each| each.parameter.as_str()));
        let given: Vec<&str> = given.collect();
        let lists = [("operation", Some(&resource.operation)), ("by_time", resource.by_time.as_ref())];
        for (key, id) in lists.into_iter().filter_map(|(key, id)| Some((key, id?))) {
            let Some(operation) = self.named(id, &location.join(key)) else { continue };
            self.is_list(operation, &location.join(key));
            for name in resource.arguments.keys() {
                self.takes(operation, name, None, &location.join("arguments").join(name));
            }
            if let Some(each) = each {
                self.takes(operation, &each.parameter, None, &location.join("each").join("parameter"));
            }
            self.needs_no_more(operation, &given, &location.join(key));
        }
        if let Some(each) = each {
            self.each(each, &location.join("each"));
        }
        let mut names = BTreeSet::new();
        for (index, child) in resource.children.iter().enumerate() {
            let location = location.join("children").join(index.to_string());
            if !names.insert(&child.name) {
                let problem = format!("{} has two lists with the name {}", resource.name, child.name);
                self.fail(location.join("name"), problem, "give each list its own name");
            }
            self.child(child, &location);
        }
    }

    fn each(&mut self, each: &Each, location: &Location) {
        match (&each.operation, &each.field, each.values.is_empty()) {
            (None, None, false) => {}
            (Some(id), Some(_), true) => {
                let Some(operation) = self.named(id, &location.join("operation")) else { return };
                self.is_list(operation, &location.join("operation"));
                self.needs_no_more(operation, &[], &location.join("operation"));
            }
            _ => {
                let help = "give `values`, or an `operation` and the `field` of its records";
                self.fail(location.clone(), "it does not say what to call the list for", help);
            }
        }
    }

    fn child(&mut self, child: &Child, location: &Location) {
        self.name_of(&child.name, location);
        if let Some(operation) = self.named(&child.operation, &location.join("operation")) {
            self.is_list(operation, &location.join("operation"));
            // What has another name is not missing besides.
            if self.takes(operation, &child.parent, Some(ParameterPlace::Path), &location.join("parent")) {
                self.needs_no_more(operation, &[&child.parent], &location.join("operation"));
            }
        }
        let Some(files) = &child.files else { return };
        let location = location.join("files");
        let Some(operation) = self.named(&files.operation, &location.join("operation")) else { return };
        if !matches!(operation.main_answer(), Some(Answer::Bytes)) {
            let problem = format!("{} does not answer with a file", operation.id);
            self.fail(location.join("operation"), problem, "name the operation that downloads it");
        }
        let names = [("parent", &files.parent), ("id", &files.id)];
        let takes =
            names.map(|(key, name)| self.takes(operation, name, Some(ParameterPlace::Path), &location.join(key)));
        if takes.iter().all(|takes| *takes) {
            self.needs_no_more(operation, &[&files.parent, &files.id], &location.join("operation"));
        }
    }

    pub(super) fn name_of(&mut self, name: &str, location: &Location) {
        let fit = name.starts_with(|c: char| c.is_ascii_lowercase()) && is_identifier(&name.to_ascii_lowercase());
        if !fit {
            let help = "letters, digits and underscores, starting with a small letter";
            self.fail(location.join("name"), format!("{name:?} is not a valid name"), help);
        }
    }

    /// The operation with this id; reported if there is none.
    pub(super) fn named(&mut self, id: &str, location: &Location) -> Option<&'a Operation> {
        let loaded = self.loaded;
        let found = loaded.spec.operation(id).map(|listed| &listed.operation);
        if found.is_none() && !self.unread.operations.contains(id) {
            let ids = loaded.spec.operations.iter().map(|listed| listed.operation.id.as_str());
            let meant = near(id, ids).map_or_else(String::new, |known| format!("did you mean {known}? Else "));
            let help = format!(
                "{meant}it may be gone upstream: remove the entry, or name another; spec/index.tsv lists all operations"
            );
            self.fail(location.clone(), format!("there is no operation {id}"), help);
        }
        found
    }

    fn is_list(&mut self, operation: &Operation, location: &Location) {
        if !matches!(operation.main_answer(), Some(Answer::Json(_))) {
            let problem = format!("{} does not answer with a list", operation.id);
            self.fail(location.clone(), problem, "name an operation that answers with JSON");
        }
    }

    /// Whether an operation has a parameter; reported if not.
    pub(super) fn takes(
        &mut self,
        operation: &Operation,
        name: &str,
        place: Option<ParameterPlace>,
        location: &Location,
    ) -> bool {
        let fits = |of: ParameterPlace| place.is_none_or(|place| place == of);
        let mut known = operation.parameters.iter().filter(|parameter| fits(parameter.place));
        if known.clone().any(|parameter| parameter.name == name) {
            return true;
        }
        let kind = if place == Some(ParameterPlace::Path) { "path parameter" } else { "parameter" };
        let help = match near(name, known.clone().map(|parameter| parameter.name.as_str())) {
            Some(known) => format!("did you mean {known}?"),
            None => match known.next() {
                Some(first) => format!("if it was renamed upstream, name it as it is now; there is {}", first.name),
                None => format!("it has no {kind}s"),
            },
        };
        self.fail(location.clone(), format!("{} has no {kind} {name}", operation.id), help);
        false
    }

    /// Whatever a call requires must be given, apart from what a walk sets.
    pub(super) fn needs_no_more(&mut self, operation: &Operation, given: &[&str], location: &Location) {
        let paging = &self.loaded.api.paging;
        let of_a_walk = [paging.index.as_str(), paging.size.as_str()];
        let lacking = operation.parameters.iter().filter(|parameter| parameter.required);
        let lacking = lacking.map(|parameter| parameter.name.as_str());
        for name in lacking.filter(|name| !given.contains(name) && !of_a_walk.contains(name)) {
            let problem = format!("{} requires {name}, which nothing gives", operation.id);
            self.fail(location.clone(), problem, "add it to `arguments`, or say what it is called for in `each`");
        }
    }
}
