//! Lists to send.
//!
//! The ways to make a list differ by more than its type can tell, so each has a name: the `Form`, which nobody has to
//! write.

use super::{Null, Optional, Patch, Sendable};

/// What a setter accepts for a required list: anything that yields elements, such as an array, a `Vec` or an iterator.
/// Elements that are `None` are left out.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not yield elements that convert to `{T}`",
    note = "lists come from arrays, slices, `Vec`s and iterators of what converts to `{T}`"
)]
pub trait RequiredList<T, Form> {
    #[doc(hidden)]
    fn patch(self) -> Patch<Vec<T>>;
}

/// What a setter accepts for an optional list: anything that makes a [`RequiredList`], or an `Option` of a list. `None`
/// leaves the field as it is. An empty list is sent as such in a body, and refused as a query parameter: a filter without
/// values would be no filter.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not yield elements that convert to `{T}`",
    note = "lists come from arrays, slices, `Vec`s and iterators of what converts to `{T}`, or from an `Option` of one"
)]
pub trait OptionalList<T, Form> {
    #[doc(hidden)]
    fn patch(self) -> Patch<Vec<T>>;
}

/// What a setter accepts for a list that can be cleared: anything that makes an [`OptionalList`], or [`Null`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not yield elements that convert to `{T}`",
    note = "lists come from arrays, slices, `Vec`s and iterators of what converts to `{T}`, from an `Option` of one, \
            or from `Null`"
)]
pub trait ListOrNull<T, Form> {
    #[doc(hidden)]
    fn patch(self) -> Patch<Vec<T>>;
}

/// The form of anything that yields elements.
#[derive(Debug)]
pub struct Elements;

/// The form of an `Option` of that.
#[derive(Debug)]
pub struct Maybe;

/// The form of [`Null`].
#[derive(Debug)]
pub struct Cleared;

fn elements<T: Sendable>(list: impl IntoIterator<Item: Into<Optional<T>>>) -> Patch<Vec<T>> {
    Patch::Set(list.into_iter().filter_map(|element| element.into().0).collect())
}

fn maybe<T: Sendable>(list: Option<impl IntoIterator<Item: Into<Optional<T>>>>) -> Patch<Vec<T>> {
    list.map_or(Patch::Keep, elements)
}

impl<T: Sendable, I: IntoIterator<Item: Into<Optional<T>>>> RequiredList<T, Elements> for I {
    fn patch(self) -> Patch<Vec<T>> {
        elements(self)
    }
}

impl<T: Sendable, I: IntoIterator<Item: Into<Optional<T>>>> OptionalList<T, Elements> for I {
    fn patch(self) -> Patch<Vec<T>> {
        elements(self)
    }
}

impl<T: Sendable, I: IntoIterator<Item: Into<Optional<T>>>> OptionalList<T, Maybe> for Option<I> {
    fn patch(self) -> Patch<Vec<T>> {
        maybe(self)
    }
}

impl<T: Sendable, I: IntoIterator<Item: Into<Optional<T>>>> ListOrNull<T, Elements> for I {
    fn patch(self) -> Patch<Vec<T>> {
        elements(self)
    }
}

impl<T: Sendable, I: IntoIterator<Item: Into<Optional<T>>>> ListOrNull<T, Maybe> for Option<I> {
    fn patch(self) -> Patch<Vec<T>> {
        maybe(self)
    }
}

impl<T: Sendable> ListOrNull<T, Cleared> for Null {
    fn patch(self) -> Patch<Vec<T>> {
        Patch::Null
    }
}
