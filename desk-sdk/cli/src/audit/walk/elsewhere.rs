//! What has the name of an operation, on something that is not known to be the client.

use super::{Foreign, Walker};
use crate::audit::finding::How;
use crate::audit::ir::{Method, Path};
use crate::audit::name::Name;
use crate::audit::place::Place;
use crate::audit::types::Ty;

impl Walker<'_> {
    /// A method with the name of an operation, on something that is not known to be the client.
    pub(super) fn operation_elsewhere(&mut self, receiver: &Ty, method: &Method) -> Option<Ty> {
        let Method { name, place, arguments, .. } = method;
        let is_known = match receiver {
            Ty::Unknown | Ty::Never | Ty::Absent(_) | Ty::Perhaps(_) => false,
            // What the steps to it are taken for is not all: nothing of that has such a method.
            Ty::Tuple(_) | Ty::Map(_) | Ty::Function(_) => !self.world.holds_client(receiver),
            // Its methods may come from a macro that is not seen.
            Ty::Own(..) | Ty::Made(_) => !self.world.holds_client(receiver),
            Ty::Implements(..) => false,
            _ => true,
        };
        if is_known {
            return None;
        }
        match name.text() {
            "invoke" | "request" if arguments.len() == 2 => self.asked += 1,
            _ => {}
        }
        match name.text() {
            "invoke" if arguments.len() == 2 => return Some(self.invoked(receiver, *place, arguments)),
            "request" if arguments.len() == 2 => return self.requested(receiver, *place, arguments),
            _ => {}
        }
        let number = self.world.catalogue.methods.get(name).copied()?;
        self.asked += 1;
        let operation = self.world.catalogue.operation(number);
        let mark = self.walked.found.len();
        let given: Vec<Ty> = arguments.iter().map(|argument| self.expr(argument, None)).collect();
        match given.as_slice() {
            [given] if is_of(given, operation) => {
                self.forget_parameters(mark, operation);
                self.found(number, How::Method, name.text(), *place);
                return Some(Ty::Sdk);
            }
            [given] if given.may_be_any() => self.doubted(operation, receiver, *name, *place),
            // Such a macro may add what is not written there.
            _ if self.foreign.is_some() => self.doubted(operation, receiver, *name, *place),
            [_] => {}
            _ => return None,
        }
        Some(Ty::Unknown)
    }

    /// A path to something whose source is not there, which may be a method of the client: `other::Desk::get_ticket`.
    pub(super) fn elsewhere(&mut self, path: &Path, of: Ty, arguments: Option<&[Ty]>) -> Ty {
        let [.., head, last] = &*path.segments else { return of };
        let Some(number) = self.world.catalogue.methods.get(&last.name).copied() else { return of };
        // Functions of modules are no methods.
        let is_type = head.name.text().starts_with(char::is_uppercase);
        let operation = self.world.catalogue.operation(number);
        let is_call = match arguments {
            None => true,
            Some([_, parameters]) => parameters.may_be_any() || is_of(parameters, operation),
            Some(_) => false,
        };
        if is_type && is_call {
            self.doubted(operation, &of, last.name, last.place);
        }
        of
    }

    /// Notes what is called like an operation, on what may be the client.
    pub(super) fn doubted(&mut self, operation: &'static desk_sdk::Operation, receiver: &Ty, name: Name, place: Place) {
        let foreign = self.foreign.map(Foreign::doubt);
        let why = match receiver {
            _ if foreign.is_some() => foreign.unwrap_or_default().to_owned(),
            Ty::Unknown | Ty::Never => "what it is called on is not known".to_owned(),
            Ty::Tuple(_) | Ty::Map(_) | Ty::Function(_) => "it is called on something that holds the client".to_owned(),
            Ty::Perhaps(_) => "it is called on a type of another crate that holds the client".to_owned(),
            Ty::Absent(of) => {
                // Whatever else the file has.
                self.reach.insert(place.file());
                format!("it is called on something of the crate `{}`, whose source is not there", of.text())
            }
            _ => "it is called on a type that has no such method in the source".to_owned(),
        };
        self.note(operation, How::Method, name.text(), place, Some(why));
    }

    /// Leaves out that parameters are named, since the call that takes them was noted.
    pub(super) fn forget_parameters(&mut self, mark: usize, operation: &desk_sdk::Operation) {
        let mut index = mark;
        while let Some(found) = self.walked.found.get(index) {
            match found.how == How::Parameters && same(found.operation, operation) {
                true => drop(self.walked.found.remove(index)),
                false => index += 1,
            }
        }
    }
}

/// Whether something is the parameters of an operation.
pub(super) fn is_of(ty: &Ty, operation: &desk_sdk::Operation) -> bool {
    matches!(ty.good(), Ty::Parameters(given) if same(given, operation))
}

/// Whether an operation is the other one, or its alias.
pub(super) fn same(one: &desk_sdk::Operation, other: &desk_sdk::Operation) -> bool {
    one.alias_of.unwrap_or(one.id) == other.alias_of.unwrap_or(other.id)
}
