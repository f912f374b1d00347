//! What can go wrong while a list is read page by page.

/// Why a list cannot be read to its end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WalkError {
    /// The service does not give records this deep in a list. There may be more; none has been left out before.
    #[error(
        "{operation} has more records than the service gives by index: it stops before index {from}. {}",
        deeper(*by_time, *instead)
    )]
    TooDeep {
        /// The operation that was called.
        operation: &'static str,
        /// The index that cannot be read.
        from: u64,
        /// Whether `all` can read the rest, in windows of time.
        by_time: bool,
        /// The operation that gives the same records and can be filtered by time, if there is one.
        instead: Option<&'static str>,
    },

    /// More records than the service gives by index have the same time, so that no window of time can divide them.
    #[error(
        "{operation} has more records with {field} {time} than the service gives by index: it stops before index \
         {from}. Narrow the call with another parameter"
    )]
    TooManyAtOnce {
        /// The operation that was called.
        operation: &'static str,
        /// The field with the time.
        field: &'static str,
        /// The time.
        time: jiff::Timestamp,
        /// The index that cannot be read.
        from: u64,
    },

    /// A record lacks the time by which the list is read.
    #[error("{operation} gave a record without {field}, by which the list is read, so it cannot be read on")]
    NoTime {
        /// The operation that was called.
        operation: &'static str,
        /// The field that should contain the time.
        field: &'static str,
    },

    /// The records are not in the order that was asked for, so that some would be missed.
    #[error("{operation} gave records that are not in the order of {field}, so some of them would be missed")]
    OutOfOrder {
        /// The operation that was called.
        operation: &'static str,
        /// The field by which they should be sorted.
        field: &'static str,
    },

    /// The operation can neither filter nor sort by the time at which records were modified.
    #[error(
        "{operation} can neither filter nor sort by the time of changes, so it cannot tell what has changed{}",
        instead.map(|operation| format!("; {operation} can")).unwrap_or_default()
    )]
    NoChanges {
        /// The operation that was to be called.
        operation: &'static str,
        /// The operation that gives the same records and can, if there is one.
        instead: Option<&'static str>,
    },

    /// The operation does not answer with a list.
    #[error("{operation} does not answer with a list of records")]
    NotAList {
        /// The operation that was called.
        operation: &'static str,
    },

    /// The position does not belong to this call.
    #[error(
        "the position belongs to {other}, so {operation} cannot be resumed from it. Resume exactly the call that it comes \
         from: a time that is computed anew each time is another parameter"
    )]
    OtherPosition {
        /// The operation that was to be called.
        operation: &'static str,
        /// What the position belongs to.
        other: String,
    },
}

fn deeper(by_time: bool, instead: Option<&str>) -> String {
    match (by_time, instead) {
        (true, _) => "`all` reads every record, in windows of time".to_owned(),
        (false, Some(operation)) => format!("`all` of {operation} reads every one of them, in windows of time"),
        (false, None) => {
            "Narrow the call with its parameters, or find the records with an operation that filters by time".to_owned()
        }
    }
}

impl WalkError {
    /// The operation.
    pub fn operation(&self) -> &'static str {
        match self {
            Self::TooDeep { operation, .. }
            | Self::TooManyAtOnce { operation, .. }
            | Self::NoTime { operation, .. }
            | Self::OutOfOrder { operation, .. }
            | Self::NoChanges { operation, .. }
            | Self::NotAList { operation }
            | Self::OtherPosition { operation, .. } => operation,
        }
    }
}
