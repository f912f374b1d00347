//! `desk scopes audit`.

mod cases;
mod dependents;
mod program;
mod project;
mod sarif;
