//! Helpers for every module, independent of Desk: time, generated secrets, likely names.

pub(crate) mod calendar;
pub(crate) mod clock;
pub(crate) mod hash;
pub(crate) mod likely;
pub(crate) mod lock;
pub(crate) mod mint;
