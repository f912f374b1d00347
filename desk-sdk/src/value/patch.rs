//! Values that can be taken away.

/// What a nullable field is set to. A field that is not set at all stays as it is.
///
/// ```
/// use desk_sdk::tickets::UpdateTicket;
/// use desk_sdk::Null;
///
/// // The priority changes, the due date goes, everything else stays as it is.
/// let update = UpdateTicket::new("4000000008001").priority("High").due_date(Null);
/// # let _ = update;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The field is emptied.
    Null,
    /// The field gets this value.
    Set(T),
}

/// Empties a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Null;

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// `None` empties the field.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Set)
    }
}

/// Texts that become the value that a field holds.
macro_rules! patch_from {
    ($($source:ty => $target:ty),* $(,)?) => {
        $(impl From<$source> for Patch<$target> {
            fn from(value: $source) -> Self {
                Self::Set(value.into())
            }
        })*
    };
}

/// What may be emptied. Enums and records say so where they are made.
macro_rules! patch_null {
    ($($target:ty),* $(,)?) => {
        $(impl From<$crate::Null> for $crate::Patch<$target> {
            fn from(_: $crate::Null) -> Self {
                Self::Null
            }
        })*
    };
}

patch_null! {
    String,
    bool,
    i64,
    f64,
    super::Id,
    super::DateTime,
    serde_json::Value,
    serde_json::Map<String, serde_json::Value>,
}

patch_from! {
    &str => String,
    &String => String,
    &str => super::Id,
    String => super::Id,
    &super::Id => super::Id,
    u64 => super::Id,
    i64 => super::Id,
    &str => super::DateTime,
    String => super::DateTime,
    &super::DateTime => super::DateTime,
    jiff::Timestamp => super::DateTime,
    i32 => i64,
    u32 => i64,
    f32 => f64,
    i32 => f64,
}
