//! What any room may use, and what knows nothing of Desk: time, secrets that are made up, likely names.

pub(crate) mod calendar;
pub(crate) mod clock;
pub(crate) mod hash;
pub(crate) mod likely;
pub(crate) mod lock;
pub(crate) mod mint;
