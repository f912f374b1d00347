//! Commands as they are called, in a project of their own.

mod interrupted;
mod names;
mod project;
mod update;
