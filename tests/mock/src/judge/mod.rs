//! Whether a request is let through, and which operation it is: route, organization, scopes, limits, values.

pub(crate) mod check;
pub(crate) mod edition;
pub(crate) mod limits;
pub(crate) mod modules;
pub(crate) mod organization;
pub(crate) mod route;
pub(crate) mod scopes;
