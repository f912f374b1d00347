//! The client's own methods.

use super::Walker;
use super::by_name::OTHERS;
use super::elsewhere::is_of;
use crate::audit::finding::How;
use crate::audit::ir::Expr;
use crate::audit::name::Name;
use crate::audit::names::Sdk;
use crate::audit::place::Place;
use crate::audit::types::Ty;

impl Walker<'_> {
    /// Whether the client has a method of that name, that is not one of a trait.
    pub(super) fn is_client_method(&self, name: Name) -> bool {
        const NAMES: [&str; 9] =
            ["invoke", "request", "call", "download", "require", "check", "organization", "for_organization", "scopes"];
        self.world.catalogue.methods.contains_key(&name) || NAMES.contains(&name.text()) || name.text() == "credits"
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
            // `require` and `check` take what is known about operations.
            _ => {
                for argument in arguments {
                    let given = self.expr(argument, None);
                    self.needed(&given);
                }
                Ty::Sdk
            }
        }
    }

    fn operation_method(&mut self, number: u32, name: Name, place: Place, arguments: &[Expr], receiver: &Ty) -> Ty {
        let operation = self.world.catalogue.operation(number);
        let mark = self.walked.found.len();
        let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
        let fits = matches!(given.as_slice(), [given] if is_of(given, operation));
        if fits {
            self.forget_parameters(mark, operation);
        }
        match receiver {
            Ty::Client => self.found(number, How::Method, name.text(), place),
            _ if fits => self.found(number, How::Method, name.text(), place),
            _ if matches!(given.as_slice(), [given] if given.may_be_any()) => {
                self.doubted(operation, receiver, name, place);
            }
            _ => {}
        }
        Ty::Sdk
    }

    /// A name of the SDK as a value.
    pub(super) fn sdk_value(&mut self, sdk: Sdk, place: Place) -> Ty {
        match sdk {
            Sdk::Client => Ty::Client,
            Sdk::Builder => Ty::Builder,
            Sdk::VerbOf(method) => Ty::Verbs([method].into()),
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
        let (first, open) = given.first().map(Ty::choices).unwrap_or((&Ty::Unknown, false));
        let ty = self.called_sdk(sdk, place, first);
        if open { ty.opened() } else { ty }
    }

    fn called_sdk(&mut self, sdk: Sdk, place: Place, given: &Ty) -> Ty {
        match (sdk, given) {
            (Sdk::Operation, Ty::Texts(names)) => {
                Ty::Operations(names.iter().map(|name| (*name, Some(place))).collect())
            }
            (Sdk::Resource, Ty::Texts(names)) => {
                let resources = names.iter().filter_map(|name| desk_sdk::by_name::resource(name.text()));
                let resources: Vec<_> = resources.collect();
                self.resources(&resources)
            }
            (Sdk::Resources, _) => {
                let all: Vec<_> = desk_sdk::by_name::resources().iter().collect();
                self.resources(&all)
            }
            (Sdk::Metric, Ty::Texts(names)) => {
                let metrics = names.iter().filter_map(|name| desk_sdk::by_name::metric(name.text()));
                Ty::Resources(metrics.map(|metric| Name::new(metric.operation)).collect())
            }
            (Sdk::Metrics, _) => {
                Ty::Resources(desk_sdk::by_name::metrics().iter().map(|metric| Name::new(metric.operation)).collect())
            }
            (Sdk::WantedSome, given) => self.exported(Some(given), place),
            _ => Ty::Sdk,
        }
    }

    /// Operations that were looked up, and are handed to what says which are needed: to look at their facts is no use.
    pub(super) fn needed(&mut self, ty: &Ty) {
        let (known, open) = ty.choices();
        let Ty::Operations(operations) = known else { return };
        for (id, place) in operations.iter() {
            if let (Some(place), Some(operation)) = (place, self.world.catalogue.by_name(id.text())) {
                let doubt = open.then(|| OTHERS.to_owned());
                self.note(operation, How::Lookup, id.text(), *place, doubt);
            }
        }
    }

    /// The operations that read resources.
    fn resources(&self, resources: &[&desk_sdk::by_name::Resource]) -> Ty {
        let names = resources.iter().flat_map(|resource| [Some(resource.operation), resource.by_time]);
        Ty::Resources(names.flatten().map(Name::new).collect())
    }
}
