//! Requests and answers, independent of the HTTP library, and refusals in Desk's own form.

pub(crate) mod content;
pub(crate) mod download;
pub(crate) mod hide;
pub(crate) mod incoming;
pub(crate) mod refusal;
pub(crate) mod reply;
