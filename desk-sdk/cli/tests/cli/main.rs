//! The program `desk` and its library, all in one program: linking the whole SDK takes longer than most of these tests.
//!
//! `cargo test --package desk-cli --test cli export::` runs those of one file.

mod common;

mod access;
mod call;
mod databases;
mod datasets;
mod export;
mod guide;
mod lossless;
mod mcp;
mod picture;
mod refusals;
mod resume;
mod scopes;
mod snapshot;
#[cfg(target_os = "linux")]
mod speed;
