//! What answers that contain records have in common.

use super::List;

/// An answer that contains records: a [`List`], or a record with one list of records besides other fields.
///
/// ```
/// use desk_sdk::Listing;
///
/// fn ids<L: Listing<Record = desk_sdk::types::Ticket>>(page: &L) -> Vec<&desk_sdk::Id> {
///     page.records().iter().filter_map(|ticket| ticket.id.as_ref()).collect()
/// }
/// # let _ = ids::<desk_sdk::List<desk_sdk::types::Ticket>>;
/// # let _ = ids::<desk_sdk::types::ArchivedTickets>;
/// ```
pub trait Listing {
    /// The type of its records.
    type Record;

    /// The records.
    fn records(&self) -> &[Self::Record];

    /// The records, without anything else in the answer.
    fn into_records(self) -> Vec<Self::Record>;
}

impl<T> Listing for List<T> {
    type Record = T;

    fn records(&self) -> &[T] {
        &self.data
    }

    fn into_records(self) -> Vec<T> {
        self.data
    }
}

/// For records with one list of records: the field that contains it.
macro_rules! listings {
    ($($name:ident: $field:ident = $record:ty,)*) => {$(
        impl $crate::Listing for $name {
            type Record = $record;

            fn records(&self) -> &[$record] {
                &self.$field
            }

            fn into_records(self) -> Vec<$record> {
                self.$field
            }
        }
    )*};
}

pub(crate) use listings;
