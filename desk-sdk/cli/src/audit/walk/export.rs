//! What the library of the program `desk` is asked to read.

use desk_sdk::by_name::Each;

use super::Walker;
use super::texts::is_made;
use crate::audit::finding::How;
use crate::audit::ir::{Expr, Path};
use crate::audit::name::Name;
use crate::audit::names::{Def, Sdk, Space};
use crate::audit::place::Place;
use crate::audit::types::Ty;
use crate::export::{Wanted, sources};

impl Walker<'_> {
    /// Resources that are exported: those with these names, or all.
    pub(super) fn exported(&mut self, names: Option<&Ty>, place: Place) -> Ty {
        match names {
            None => self.note_sources(&Wanted::Everything, &[], false, "Everything", place),
            Some(Ty::Texts(names)) => {
                for name in names.iter() {
                    if is_made(name.text()) {
                        let reason = "the names of the resources are made at run time";
                        self.hidden("Resources", reason, place, true);
                        continue;
                    }
                    self.note_sources(&Wanted::Resources(vec![name.text().to_owned()]), &[], false, name.text(), place);
                }
                return Ty::Texts(names.clone());
            }
            Some(_) => {
                self.hidden("Resources", "the names of the resources are made at run time".to_owned(), place, true);
            }
        }
        Ty::Sdk
    }

    fn note_sources(&mut self, wanted: &Wanted, children: &[String], files: bool, written: &str, place: Place) {
        let Ok(found) = sources(wanted, children, files) else {
            if children.is_empty() {
                let reason = format!("there is no resource `{written}`");
                self.hidden("Resources", reason, place, true);
            }
            return;
        };
        let mut operations = Vec::new();
        for source in &found {
            operations.push(source.list);
            operations.extend(source.by_time);
            if let Some(Each::Record { operation, .. }) = source.each {
                operations.extend(desk_sdk::operation(operation));
            }
            for child in &source.children {
                operations.push(child.operation);
                operations.extend(child.files.map(|(download, _)| download));
            }
        }
        for operation in operations {
            self.note(operation, How::Resource, written, place, None);
        }
        let discovery = desk_sdk::organization_discovery();
        if let Some(discovery) = desk_sdk::operation(discovery.id) {
            self.note(discovery, How::Organization, written, place, None);
        }
    }

    /// The settings of an export or of a snapshot, and what is exported.
    pub(super) fn export_literal(&mut self, path: &Path, fields: &[(Name, Expr)]) -> Option<Ty> {
        let (Def::Sdk(sdk), _) = self.world.resolve_path(self.scope.module, path, Space::Types)? else { return None };
        let place = Self::place(path);
        let mut given = Vec::new();
        for (name, value) in fields {
            given.push((name.text(), self.expr(value, None), value));
        }
        let field = |wanted: &str| given.iter().find(|(name, ..)| *name == wanted);
        match sdk {
            Sdk::WantedOperation => match field("name") {
                Some((_, Ty::Texts(names), _)) => {
                    for name in names.iter() {
                        if let Some(operation) = self.world.catalogue.by_name(name.text()) {
                            self.note(operation, How::Name, name.text(), place, None);
                        }
                    }
                }
                _ => self.hidden("Operation", "the operation's name is made at run time".to_owned(), place, true),
            },
            Sdk::ExportSettings => {
                let wanted = match field("wanted") {
                    Some((_, Ty::Texts(names), _)) => {
                        Wanted::Resources(names.iter().map(|name| name.text().to_owned()).collect())
                    }
                    _ => Wanted::Everything,
                };
                let files = field("files").is_some_and(|(_, _, value)| !matches!(value, Expr::Flag(false)));
                let children = field("children").map(|(_, ty, value)| (ty.clone(), is_empty(value)));
                match children {
                    Some((Ty::Texts(names), _)) => {
                        for name in names.iter() {
                            let children = [name.text().to_owned()];
                            let with_files = files && sources(&wanted, &children, true).is_ok();
                            self.note_sources(&wanted, &children, with_files, name.text(), place);
                        }
                    }
                    Some((_, false)) => {
                        self.hidden("children", "their names are made at run time".to_owned(), place, true);
                    }
                    _ => {}
                }
            }
            Sdk::SnapshotSettings => match field("metrics").map(|(_, ty, value)| (ty.clone(), is_empty(value))) {
                Some((Ty::Texts(names), _)) => {
                    let metrics = names.iter().filter_map(|name| desk_sdk::by_name::metric(name.text()));
                    metrics.collect::<Vec<_>>().iter().for_each(|metric| self.metric(metric, place));
                }
                Some((_, true)) => desk_sdk::by_name::metrics().iter().for_each(|metric| self.metric(metric, place)),
                _ => self.hidden("metrics", "their names are made at run time".to_owned(), place, true),
            },
            _ => return Some(Ty::Sdk),
        }
        Some(Ty::Sdk)
    }

    fn metric(&mut self, metric: &desk_sdk::by_name::Metric, place: Place) {
        if let Some(operation) = desk_sdk::operation(metric.operation) {
            self.note(operation, How::Resource, metric.name, place, None);
        }
    }
}

/// A list without anything in it.
fn is_empty(value: &Expr) -> bool {
    match value {
        Expr::List(parts) => parts.is_empty(),
        Expr::Call(function, arguments) => {
            let name = match &**function {
                Expr::Path(path) => path.segments.last().map(|segment| segment.name.text()),
                _ => None,
            };
            arguments.is_empty() && matches!(name, Some("new" | "default"))
        }
        _ => false,
    }
}
