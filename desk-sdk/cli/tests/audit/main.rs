//! `desk scopes audit`.

mod absent;
mod agreement;
mod binary;
mod cases;
mod dependents;
mod formats;
mod library;
mod lock;
mod mutations;
mod program;
mod project;
mod reading;
mod sarif;
mod speed;
mod words;
