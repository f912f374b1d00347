//! `desk find`, `desk help`, completions and man pages.

mod completions;
mod examples;
mod find;
mod help;
#[allow(
    clippy::all,
    dead_code,
    deprecated,
    unused_variables,
    reason = "as `desk help` prints it; it only has to compile"
)]
mod printed;
