//! `desk scopes audit`.

mod absent;
mod accepted;
mod agreement;
mod binary;
mod cases;
mod dependents;
mod endless;
mod formats;
mod library;
mod lock;
mod mutations;
mod places;
mod program;
mod project;
mod reading;
mod sarif;
mod speed;
mod words;

/// That of the program, so that what is measured here is what it takes.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
