//! What a field holds, without knowing its type: there is one writer for all records, not one for each.

use std::fmt;

use serde_json::Value;

use super::{Enclosing, Leaf, Shape};

/// A field of a record, to be looked at.
pub trait Held: fmt::Debug {
    /// The value as JSON; `None` if the field is empty.
    #[doc(hidden)]
    fn get(&self) -> Option<Value>;

    /// Whether the field is empty.
    #[doc(hidden)]
    fn is_empty(&self) -> bool;

    /// What its values look like, whether it has one or not.
    #[doc(hidden)]
    fn shape(&self, enclosing: &mut Enclosing) -> Shape;
}

impl<T: Leaf> Held for Option<T> {
    fn get(&self) -> Option<Value> {
        self.as_ref().map(T::encode)
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }

    fn shape(&self, enclosing: &mut Enclosing) -> Shape {
        T::shape(enclosing)
    }
}

impl<T: Leaf> Held for Vec<T> {
    fn get(&self) -> Option<Value> {
        if self.is_empty() { None } else { Some(self.encode()) }
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn shape(&self, enclosing: &mut Enclosing) -> Shape {
        <Self as Leaf>::shape(enclosing)
    }
}
