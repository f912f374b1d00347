//! What answers with records in them have in common.

use super::List;

/// An answer that holds records: a [`List`], or a record of its own with one list of records beside other facts.
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
    /// What it lists.
    type Record;

    /// The records.
    fn records(&self) -> &[Self::Record];

    /// The records, without what stands beside them.
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

/// Records with one list of records: the field that holds it.
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
