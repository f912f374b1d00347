//! Values that can be cleared.

use super::{Optional, Sendable};

/// What a setter accepts for a field that can be cleared: anything that makes an [`Optional`], where `None` leaves the
/// field as it is, or [`Null`], which clears it.
///
/// ```
/// use desk_sdk::Null;
/// use desk_sdk::tickets::UpdateTicket;
///
/// let resolution: Option<String> = None;
/// // Changes the priority and clears the due date; the resolution and everything else stay as they are.
/// let update = UpdateTicket::new("4000000008001").priority("High").due_date(Null).resolution(resolution);
/// # let _ = update;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The field stays as it is.
    Keep,
    /// The field is cleared.
    Null,
    /// The field gets this value.
    Set(T),
}

/// Clears a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Null;

impl<T, V> From<V> for Patch<T>
where
    Optional<T>: From<V>,
{
    fn from(value: V) -> Self {
        Optional::from(value).0.map_or(Self::Keep, Self::Set)
    }
}

impl<T: Sendable> From<Null> for Patch<T> {
    fn from(_: Null) -> Self {
        Self::Null
    }
}
