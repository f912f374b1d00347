//! The client's own methods.

use super::Walker;
use super::method::same;
use crate::audit::finding::How;
use crate::audit::ir::Expr;
use crate::audit::name::Name;
use crate::audit::names::Sdk;
use crate::audit::place::Place;
use crate::audit::types::Ty;

impl Walker<'_> {
    /// Whether the client has a method of that name, that is not one of a trait.
    pub(super) fn is_client_method(&self, name: Name) -> bool {
        const OTHERS: [&str; 9] =
            ["invoke", "request", "call", "download", "require", "check", "organization", "for_organization", "scopes"];
        self.world.catalogue.methods.contains_key(&name) || OTHERS.contains(&name.text()) || name.text() == "credits"
    }

    /// A call of one of the client's methods; `receiver` is what it is called on, if that may be something else.
    pub(super) fn client_method(&mut self, name: Name, place: Place, arguments: &[Expr], receiver: Option<&Ty>) -> Ty {
        let receiver = receiver.unwrap_or(&Ty::Client);
        if let Some(number) = self.world.catalogue.methods.get(&name).copied() {
            return self.operation_method(number, name, place, arguments, receiver);
        }
        match name.text() {
            "invoke" => self.invoked(receiver, place, arguments),
            "request" => match self.requested(receiver, place, arguments) {
                Some(ty) => ty,
                None => Ty::Sdk,
            },
            "organization" if arguments.is_empty() => {
                let discovery = desk_sdk::organization_discovery();
                let number = self.world.catalogue.ids.get(&Name::new(discovery.id)).copied();
                if let (Some(number), Ty::Client) = (number, receiver) {
                    self.found(number, How::Organization, "organization", place);
                }
                Ty::Other
            }
            "call" | "download" if arguments.len() == 1 => {
                let mark = self.walked.found.len();
                if let Ty::Parameters(operation) = self.expr(&arguments[0], None) {
                    self.forget_parameters(mark, operation);
                    self.note(operation, How::Method, name.text(), place, None);
                }
                Ty::Sdk
            }
            "for_organization" => {
                arguments.iter().for_each(|argument| drop(self.expr(argument, None)));
                receiver.clone()
            }
            _ => {
                arguments.iter().for_each(|argument| drop(self.expr(argument, None)));
                Ty::Sdk
            }
        }
    }

    fn operation_method(&mut self, number: u32, name: Name, place: Place, arguments: &[Expr], receiver: &Ty) -> Ty {
        let operation = self.world.catalogue.operation(number);
        let mark = self.walked.found.len();
        let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
        let fits = matches!(given.as_slice(), [Ty::Parameters(given)] if same(given, operation));
        if fits {
            self.forget_parameters(mark, operation);
        }
        match receiver {
            Ty::Client => self.found(number, How::Method, name.text(), place),
            _ if fits => self.found(number, How::Method, name.text(), place),
            _ if matches!(given.as_slice(), [Ty::Unknown | Ty::Perhaps(_)]) => {
                let doubt = "it is called on a type of another crate that holds the client".to_owned();
                self.note(operation, How::Method, name.text(), place, Some(doubt));
            }
            _ => {}
        }
        Ty::Sdk
    }

    /// A call by name.
    pub(super) fn invoked(&mut self, receiver: &Ty, place: Place, arguments: &[Expr]) -> Ty {
        let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
        let sure = receiver.is_client();
        if !self.by_name && !sure {
            return Ty::Unknown;
        }
        match given.first() {
            Some(Ty::Texts(names) | Ty::Resources(names)) => {
                for name in names.iter() {
                    match self.world.catalogue.by_name(name.text()) {
                        Some(operation) => {
                            let doubt = (!sure).then(|| "what it is called on is not known".to_owned());
                            self.note(operation, How::Name, name.text(), place, doubt);
                        }
                        None if sure => {
                            let reason = format!("no operation is called `{}`", name.text());
                            self.hidden("invoke", reason, place, true);
                        }
                        None => {}
                    }
                }
            }
            _ => {
                let reason = format!("the operation's name is made at run time{}", source(arguments.first()));
                self.hidden("invoke", reason, place, sure);
            }
        }
        Ty::Sdk
    }

    /// A request by its path; `None` if it certainly is that of something else.
    pub(super) fn requested(&mut self, receiver: &Ty, place: Place, arguments: &[Expr]) -> Option<Ty> {
        let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
        let verb = match given.first() {
            Some(Ty::Verb(verb)) => Some(*verb),
            _ => None,
        };
        let sure = receiver.is_client() || verb.is_some();
        if !sure && !matches!((receiver, given.first()), (Ty::Perhaps(_), Some(Ty::Unknown))) {
            return Some(Ty::Unknown);
        }
        match (verb, given.get(1)) {
            (Some(verb), Some(Ty::Texts(paths))) => {
                for path in paths.iter() {
                    let found = desk_sdk::operation_at(verb, path.text());
                    match found.map(|found| found.and_then(|found| desk_sdk::operation(found.id))) {
                        Ok(Some(operation)) => {
                            let written = format!("{verb} {}", path.text());
                            self.note(operation, How::Path, &written, place, None);
                        }
                        Ok(None) => {
                            let reason = format!("no operation is known to have the path {verb} {}", path.text());
                            self.hidden("request", reason, place, true);
                        }
                        Err(error) => self.hidden("request", format!("the client refuses it: {error}"), place, true),
                    }
                }
            }
            (None, _) => {
                self.hidden("request", "its method is chosen at run time".to_owned(), place, sure);
            }
            (Some(_), _) => {
                let reason = format!("its path is made at run time{}", source(arguments.get(1)));
                self.hidden("request", reason, place, sure);
            }
        }
        Some(Ty::Sdk)
    }

    /// A name of the SDK as a value.
    pub(super) fn sdk_value(&mut self, sdk: Sdk, place: Place) -> Ty {
        match sdk {
            Sdk::Client => Ty::Client,
            Sdk::Builder => Ty::Builder,
            Sdk::VerbOf(method) => Ty::Verb(method),
            Sdk::Parameters(number) => Ty::Parameters(self.world.catalogue.operation(number)),
            Sdk::WantedAll => {
                self.exported(None, place);
                Ty::Sdk
            }
            _ => Ty::Sdk,
        }
    }

    /// A call of a function of the SDK.
    pub(super) fn call_sdk(&mut self, sdk: Sdk, place: Place, arguments: &[Expr]) -> Ty {
        let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
        match (sdk, given.first()) {
            (Sdk::Operation, Some(Ty::Texts(names))) => {
                for name in names.iter() {
                    if let Some(number) = self.world.catalogue.ids.get(name).copied() {
                        self.found(number, How::Lookup, name.text(), place);
                    }
                }
                Ty::Texts(names.clone())
            }
            (Sdk::Resource, Some(Ty::Texts(names))) => {
                let resources = names.iter().filter_map(|name| desk_sdk::by_name::resource(name.text()));
                let resources: Vec<_> = resources.collect();
                self.resources(&resources)
            }
            (Sdk::Resources, _) => {
                let all: Vec<_> = desk_sdk::by_name::resources().iter().collect();
                self.resources(&all)
            }
            (Sdk::Metric, Some(Ty::Texts(names))) => {
                let metrics = names.iter().filter_map(|name| desk_sdk::by_name::metric(name.text()));
                Ty::Resources(metrics.map(|metric| Name::new(metric.operation)).collect())
            }
            (Sdk::Metrics, _) => {
                Ty::Resources(desk_sdk::by_name::metrics().iter().map(|metric| Name::new(metric.operation)).collect())
            }
            (Sdk::WantedSome, given) => {
                let given = given.cloned();
                self.exported(given.as_ref(), place)
            }
            _ => Ty::Sdk,
        }
    }

    /// The operations that read resources.
    fn resources(&self, resources: &[&desk_sdk::by_name::Resource]) -> Ty {
        let names = resources.iter().flat_map(|resource| [Some(resource.operation), resource.by_time]);
        Ty::Resources(names.flatten().map(Name::new).collect())
    }
}

/// Where a value comes from, as the rest of a sentence.
fn source(value: Option<&Expr>) -> String {
    match value {
        Some(Expr::Path(path)) => match path.segments.last() {
            Some(segment) => format!(", from `{}`", segment.name.text()),
            None => String::new(),
        },
        Some(Expr::Field(_, name)) => format!(", from the field `{}`", name.text()),
        Some(Expr::Method(method)) => format!(", by `{}`", method.name.text()),
        _ => String::new(),
    }
}
