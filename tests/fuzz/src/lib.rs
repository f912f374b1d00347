//! What must hold for any bytes.
//!
//! Each target takes bytes, makes an input of them, and panics where something does not hold: [`Answers`] for what the
//! SDK reads, [`Exchanges`] for what a server sends to it, [`spec_file`] and [`openapi_file`] for what the generator reads.
//! The tests give them bytes from a seeded generator, a bounded number; the programs in `libfuzzer/` let a fuzzer look for
//! more.

mod answers;
mod documents;
mod exchanges;
mod files;
mod random;
mod same;

pub use answers::Answers;
pub use exchanges::Exchanges;
pub use files::{openapi_file, spec_file};
pub use random::Random;
