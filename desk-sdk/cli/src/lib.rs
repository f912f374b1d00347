//! The library of the program `desk`: what its commands are made of.
//!
//! It is published so that the program can be installed; its functions may change with any version.

pub mod access;
pub mod account;
pub mod audit;
pub mod call;
pub mod completing;
pub mod export;
pub mod guide;
pub mod mcp;
pub mod problem;
pub mod profile;
pub mod scopes;
pub mod snapshot;
pub mod table;
