//! `desk scopes audit`.

mod absent;
mod binary;
mod cases;
mod dependents;
mod lock;
mod mutations;
mod program;
mod project;
mod sarif;
mod speed;
mod words;
