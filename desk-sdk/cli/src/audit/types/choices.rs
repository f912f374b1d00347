//! What is one of several: texts, methods of HTTP, operations.

use std::rc::Rc;

use super::Ty;
use crate::audit::name::Name;

/// More choices than there are operations.
const MOST_CHOICES: usize = 2_000;

impl Ty {
    /// Whether it is one of several that are known, all or some of them.
    pub(in crate::audit) fn is_choice(&self) -> bool {
        matches!(self, Self::Texts(_) | Self::Resources(_) | Self::Operations(_) | Self::Verbs(_) | Self::Open(_))
    }

    /// The choices that are known, and whether it may be another one.
    pub(in crate::audit) fn choices(&self) -> (&Self, bool) {
        match self {
            Self::Open(known) => (known.choices().0, true),
            Self::Fallible(both) => both.0.choices(),
            other => (other, false),
        }
    }

    /// With what is made at run time as a further choice.
    pub(in crate::audit) fn opened(self) -> Self {
        match self {
            Self::Open(_) => self,
            choice if choice.is_choice() => Self::Open(Rc::new(choice)),
            other => other,
        }
    }

    /// What it is if it may be either.
    pub(in crate::audit) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Never, other) | (other, Self::Never) => other,
            (one, other) if one.is_choice() && other.is_choice() => {
                let ((one, one_open), (other, other_open)) = (one.choices(), other.choices());
                // What is left out is told as what is made at run time.
                if one.count() >= MOST_CHOICES {
                    return one.clone().opened();
                }
                let both = one.with(other);
                if one_open || other_open { both.opened() } else { both }
            }
            // What both say about their fields.
            (Self::Made(one), Self::Made(other)) => {
                let both = |(name, value): &(Name, Self)| {
                    let (_, same) = other.1.iter().find(|(known, _)| known == name)?;
                    Some((*name, value.clone().or(same.clone())))
                };
                Self::made(one.0.clone(), one.1.iter().filter_map(both).collect())
            }
            (Self::Made(made), other) | (other, Self::Made(made)) => made.0.clone().or(other),
            (Self::Fallible(one), Self::Fallible(other)) => {
                Self::fallible(one.0.clone().or(other.0.clone()), one.1.clone().or(other.1.clone()))
            }
            (Self::Fallible(one), other) | (other, Self::Fallible(one)) => {
                Self::fallible(one.0.clone().or(other), one.1.clone())
            }
            // If one of them is not known, the choice is not.
            (choice, other) | (other, choice) if choice.is_choice() => match other.matters() {
                true => other,
                false => choice.opened(),
            },
            (Self::Tuple(one), Self::Tuple(other)) if one.len() == other.len() => {
                Self::tuple(one.iter().zip(other.iter()).map(|(one, other)| one.clone().or(other.clone())).collect())
            }
            (Self::Tuple(parts), other) | (other, Self::Tuple(parts)) if !other.matters() => {
                Self::tuple(parts.iter().map(|part| part.clone().or(other.clone())).collect())
            }
            (Self::Map(one), Self::Map(other)) => {
                Self::map(one.0.clone().or(other.0.clone()), one.1.clone().or(other.1.clone()))
            }
            (Self::Function(one), Self::Function(other)) => {
                let kept = one.2.iter().chain(&other.2).cloned().collect();
                Self::closures(one.0.clone(), one.1.clone().or(other.1.clone()), kept)
            }
            // What is known for certain says more than what another crate's type may hold.
            (Self::Perhaps(_), other) if other.matters() => other,
            (one, other) if other.matters() && !one.matters() => other,
            (Self::Unknown, other) => other,
            (Self::Other, other @ (Self::Unknown | Self::Absent(_))) => other,
            (one, _) => one,
        }
    }

    /// How many choices it has.
    fn count(&self) -> usize {
        match self {
            Self::Texts(names) | Self::Resources(names) => names.len(),
            Self::Operations(operations) => operations.len(),
            _ => 0,
        }
    }

    /// The choices of both.
    fn with(&self, other: &Self) -> Self {
        fn all<T: Clone + PartialEq>(one: &[T], other: &[T]) -> Rc<[T]> {
            let new = other.iter().filter(|each| !one.contains(each));
            one.iter().chain(new).cloned().collect()
        }
        match (self, other) {
            (Self::Texts(one), Self::Texts(other)) => Self::Texts(all(one, other)),
            (Self::Resources(one), Self::Resources(other) | Self::Texts(other))
            | (Self::Texts(one), Self::Resources(other)) => Self::Resources(all(one, other)),
            (Self::Operations(one), Self::Operations(other)) => Self::Operations(all(one, other)),
            (Self::Verbs(one), Self::Verbs(other)) => Self::Verbs(all(one, other)),
            _ => Self::Other,
        }
    }
}
