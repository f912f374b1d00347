//! What a value is, as far as it tells which calls are made.
//!
//! References, smart pointers, options, results, futures, lists and iterators of something count as that thing: methods of
//! operations are on none of them, so nothing is lost, and nothing has to be known about what each of them does.

mod bounds;
mod changing;
mod choices;
mod declared;
mod fields;
mod leaving;
mod locals;
mod making;
mod several;
mod wrappers;

use std::rc::Rc;

use desk_sdk::{Method, Operation};

use super::ir::{Closure, Path};
use super::name::Name;
use super::names::World;
use super::place::Place;

pub(super) use self::changing::{is_change, opens, takes_away};
pub(super) use self::declared::Scope;
pub(super) use self::leaving::leaves_as_is;
pub(super) use self::locals::Locals;
pub(super) use self::wrappers::{Step, TRANSPARENT, gives_back, holds_nothing, makes_empty, step};

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Ty {
    /// The source does not tell.
    Unknown,
    /// Something of this crate, whose source is not there, and that may lead to the SDK.
    Absent(Name),
    /// Nothing that matters.
    Other,
    /// The value leaves instead: `return`, `panic!`.
    Never,
    /// The SDK's client, and its builder.
    Client,
    Builder,
    /// Something else of the SDK.
    Sdk,
    /// The parameters of an operation.
    Parameters(&'static Operation),
    /// A struct or an enum of the audited packages, with its arguments.
    Own(u32, Rc<[Ty]>),
    /// One of these structs, of which some fields are known to be one of a few.
    Made(Rc<(Ty, Vec<(Name, Ty)>)>),
    /// Something that implements a trait of the audited packages, with the associated types that are known.
    Implements(u32, Rc<[(Name, Ty)]>),
    Tuple(Rc<[Ty]>),
    Map(Rc<(Ty, Ty)>),
    Function(Rc<Function>),
    /// What succeeds with the first and fails with the second, if what it fails with may matter. Others count as what
    /// they succeed with.
    Fallible(Rc<(Ty, Ty)>),
    /// One of these texts.
    Texts(Rc<[Name]>),
    /// Resources or metrics, which these operations read.
    Resources(Rc<[Name]>),
    /// What is known about one of these operations, each with where it was asked for unless it was named there.
    Operations(Rc<[(Name, Option<Place>)]>),
    /// One of these methods of HTTP.
    Verbs(Rc<[Method]>),
    /// One of these choices, or another one that is made at run time.
    Open(Rc<Ty>),
    /// Something of another crate that holds this.
    Perhaps(Rc<Ty>),
    /// A type parameter, in a signature.
    Parameter(Name),
}

/// What a function takes and gives back, and the closures that it is, as far as what those take is not known.
#[derive(Debug)]
pub(super) struct Function(pub(super) Vec<Ty>, pub(super) Ty, pub(super) Vec<Rc<Kept>>);

/// A closure that is gone through again when it is known what it takes.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) closure: Closure,
    /// What surrounds it.
    pub(super) locals: Locals,
    pub(super) scope: Scope,
    pub(super) base: u32,
}

impl Ty {
    /// Whether something is known that matters.
    pub(super) fn matters(&self) -> bool {
        match self {
            Self::Unknown | Self::Absent(_) | Self::Other | Self::Never | Self::Parameter(_) | Self::Sdk => false,
            Self::Tuple(parts) => parts.iter().any(Self::matters),
            Self::Map(both) | Self::Fallible(both) => both.0.matters() || both.1.matters(),
            _ => true,
        }
    }

    /// Without the doubt that another crate's type brings in.
    pub(super) fn held(&self) -> &Self {
        match self {
            Self::Perhaps(held) => held.held(),
            Self::Fallible(both) => both.0.held(),
            Self::Made(made) => made.0.held(),
            other => other,
        }
    }

    /// Without that doubt, but with what it may fail with.
    pub(super) fn opened_up(&self) -> &Self {
        match self {
            Self::Perhaps(held) => held.opened_up(),
            Self::Made(made) => made.0.opened_up(),
            other => other,
        }
    }

    /// What is known about a field.
    pub(super) fn value(&self, name: Name) -> Option<Self> {
        let Self::Made(made) = self.good() else { return None };
        made.1.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    }

    /// The struct alone, whose fields may be changed.
    pub(super) fn without_values(&self) -> &Self {
        match self {
            Self::Made(made) => &made.0,
            other => other,
        }
    }

    /// An element of it, if it is gone through.
    pub(super) fn element(&self) -> Self {
        match self {
            Self::Map(both) => Self::tuple(vec![both.0.clone(), both.1.clone()]),
            Self::Fallible(both) => Self::fallible(both.0.element(), both.1.clone()),
            other => other.clone(),
        }
    }

    /// Whether it may be anything.
    pub(super) fn may_be_any(&self) -> bool {
        match self {
            Self::Unknown | Self::Never | Self::Absent(_) | Self::Perhaps(_) => true,
            Self::Fallible(both) => both.0.may_be_any(),
            _ => false,
        }
    }

    /// What is there if nothing fails, as after `?`.
    pub(super) fn good(&self) -> &Self {
        match self {
            Self::Fallible(both) => both.0.good(),
            other => other,
        }
    }

    pub(super) fn is_client(&self) -> bool {
        matches!(self, Self::Client)
    }
}

/// Type parameters with their bounds, those of impls and functions that surround a place.
pub(super) type Bounds = Rc<Vec<(Name, Vec<Path>)>>;

/// What type parameters stand for.
pub(super) type Substitution = Vec<(Name, Ty)>;

/// A type with its parameters replaced.
pub(super) fn substituted(ty: &Ty, by: &Substitution) -> Ty {
    let each = |parts: &[Ty]| parts.iter().map(|part| substituted(part, by)).collect::<Vec<_>>();
    match ty {
        Ty::Parameter(name) => by.iter().find(|(known, _)| known == name).map_or(Ty::Unknown, |(_, ty)| ty.clone()),
        Ty::Own(structure, arguments) => Ty::own(*structure, each(arguments).into()),
        Ty::Tuple(parts) => Ty::tuple(each(parts)),
        Ty::Map(both) => Ty::map(substituted(&both.0, by), substituted(&both.1, by)),
        Ty::Fallible(both) => Ty::fallible(substituted(&both.0, by), substituted(&both.1, by)),
        Ty::Function(function) => {
            let Function(inputs, output, kept) = &**function;
            Ty::closures(each(inputs), substituted(output, by), kept.clone())
        }
        Ty::Perhaps(held) => match substituted(held, by) {
            held if held.matters() => Ty::perhaps(held),
            held => held,
        },
        other => other.clone(),
    }
}

/// Learns what a trait's own associated types are.
pub(super) fn learn_types(types: impl Iterator<Item = (Name, Ty)>, known: &mut Substitution) {
    known.extend(types.map(|(name, ty)| (associated_name("Self", name), ty)));
}

/// The name of an associated type among the parameters of a place: `T::Item`.
pub(super) fn associated_name(of: &str, name: Name) -> Name {
    Name::new(&format!("{of}::{}", name.text()))
}

/// Learns what parameters stand for, from what is given where a type is wanted.
pub(super) fn learn(wanted: &Ty, given: &Ty, known: &mut Substitution) {
    let given = given.without_values();
    match (wanted, given) {
        (Ty::Parameter(name), given) => {
            let is_new = !known.iter().any(|(known, _)| known == name);
            known.extend((is_new && !matches!(given, Ty::Unknown | Ty::Never)).then(|| (*name, given.clone())));
        }
        (Ty::Own(wanted, parameters), Ty::Own(given, arguments)) if wanted == given => {
            parameters.iter().zip(arguments.iter()).for_each(|(wanted, given)| learn(wanted, given, known));
        }
        (Ty::Implements(..), Ty::Implements(_, types)) => {
            learn_types(types.iter().map(|(name, ty)| (*name, ty.clone())), known);
        }
        (Ty::Tuple(wanted), Ty::Tuple(given)) => {
            wanted.iter().zip(given.iter()).for_each(|(wanted, given)| learn(wanted, given, known));
        }
        (Ty::Map(wanted), Ty::Map(given)) => {
            learn(&wanted.0, &given.0, known);
            learn(&wanted.1, &given.1, known);
        }
        (Ty::Fallible(wanted), Ty::Fallible(given)) => {
            learn(&wanted.0, &given.0, known);
            learn(&wanted.1, &given.1, known);
        }
        (Ty::Fallible(wanted), given) => learn(&wanted.0, given, known),
        (wanted, Ty::Fallible(given)) => learn(wanted, &given.0, known),
        (Ty::Function(wanted), Ty::Function(given)) => learn(&wanted.1, &given.1, known),
        (Ty::Perhaps(wanted), given) => learn(wanted, given.held(), known),
        _ => {}
    }
}

impl World {
    /// Whether a type holds a client, in itself or in what it is made of.
    pub(super) fn holds_client(&mut self, ty: &Ty) -> bool {
        match ty {
            Ty::Client | Ty::Builder => true,
            Ty::Own(structure, arguments) => {
                let arguments = Rc::clone(arguments);
                self.structure_holds_client(*structure) || arguments.iter().any(|argument| self.holds_client(argument))
            }
            Ty::Tuple(parts) => parts.clone().iter().any(|part| self.holds_client(part)),
            Ty::Map(both) | Ty::Fallible(both) => {
                self.holds_client(&both.0.clone()) || self.holds_client(&both.1.clone())
            }
            Ty::Perhaps(held) => self.holds_client(&held.clone()),
            Ty::Made(made) => self.holds_client(&made.0.clone()),
            Ty::Function(function) => self.holds_client(&function.1.clone()),
            _ => false,
        }
    }
}
