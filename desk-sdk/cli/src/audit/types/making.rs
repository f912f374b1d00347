//! How types are made of others: none grows without end, whatever a program makes of itself.

use std::rc::Rc;

use super::{Function, Kept, Ty};
use crate::audit::name::Name;

/// More parts than a type has that people write, those of its parts included. What is larger is not known.
const MOST_PARTS: usize = 512;

impl Ty {
    pub(in crate::audit) fn tuple(parts: Vec<Self>) -> Self {
        match parts.is_empty() {
            true => Self::Other,
            false => Self::Tuple(parts.into()).limited(),
        }
    }

    pub(in crate::audit) fn map(key: Self, value: Self) -> Self {
        Self::Map(Rc::new((key, value))).limited()
    }

    /// What succeeds with one thing and fails with the other.
    pub(in crate::audit) fn fallible(good: Self, bad: Self) -> Self {
        match bad {
            Self::Other | Self::Sdk | Self::Never => good,
            bad => Self::Fallible(Rc::new((good, bad))).limited(),
        }
    }

    pub(in crate::audit) fn function(inputs: Vec<Self>, output: Self) -> Self {
        Self::closures(inputs, output, Vec::new())
    }

    /// A function that is one of these closures.
    pub(in crate::audit) fn closures(inputs: Vec<Self>, output: Self, kept: Vec<Rc<Kept>>) -> Self {
        Self::Function(Rc::new(Function(inputs, output, kept))).limited()
    }

    /// A struct or an enum of the audited packages.
    pub(in crate::audit) fn own(structure: u32, arguments: Rc<[Self]>) -> Self {
        match Self::Own(structure, arguments).limited() {
            // Which one it is stays known.
            Self::Unknown => Self::Own(structure, Rc::new([])),
            own => own,
        }
    }

    pub(in crate::audit) fn implements(number: u32, types: Rc<[(Name, Self)]>) -> Self {
        match Self::Implements(number, types).limited() {
            Self::Unknown => Self::Implements(number, Rc::new([])),
            implements => implements,
        }
    }

    /// Something of another crate that holds this.
    pub(in crate::audit) fn perhaps(held: Self) -> Self {
        match held {
            Self::Perhaps(_) => held,
            held => Self::Perhaps(Rc::new(held)),
        }
    }

    pub(in crate::audit) fn text(text: Name) -> Self {
        Self::Texts([text].into())
    }

    /// A struct with what is known about its fields, if that is anything.
    pub(in crate::audit) fn made(of: Self, values: Vec<(Name, Self)>) -> Self {
        match values.is_empty() {
            true => of,
            false => Self::Made(Rc::new((of, values))),
        }
    }

    fn limited(self) -> Self {
        if self.weighed(MOST_PARTS).is_some() { self } else { Self::Unknown }
    }

    /// What is left of so many parts without those of this one; `None` if it has more.
    fn weighed(&self, left: usize) -> Option<usize> {
        let left = left.checked_sub(1)?;
        match self {
            Self::Tuple(parts) | Self::Own(_, parts) => parts.iter().try_fold(left, |left, part| part.weighed(left)),
            Self::Map(both) | Self::Fallible(both) => both.1.weighed(both.0.weighed(left)?),
            Self::Implements(_, types) => types.iter().try_fold(left, |left, (_, ty)| ty.weighed(left)),
            Self::Function(function) => {
                let left = function.1.weighed(left)?;
                function.0.iter().try_fold(left, |left, input| input.weighed(left))
            }
            Self::Perhaps(held) => held.weighed(left),
            // There may be as many values as fields, and each of them was limited itself.
            Self::Made(made) => made.0.weighed(left),
            _ => Some(left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_doubles_is_soon_unknown() {
        let mut rounds = 0;
        let mut ty = Ty::Client;
        while !matches!(ty, Ty::Unknown) {
            ty = Ty::tuple(vec![ty.clone(), Ty::map(Ty::Other, ty)]);
            rounds += 1;
        }
        assert!((4..10).contains(&rounds), "{rounds}");
        let large = Ty::own(7, vec![Ty::Other; 10_000].into());
        assert!(matches!(large, Ty::Own(7, arguments) if arguments.is_empty()));
        let nested = (0..10_000).fold(Ty::Client, |held, _| Ty::perhaps(held));
        assert!(matches!(nested, Ty::Perhaps(held) if held.is_client()));
    }
}
