//! What desk-sdk is measured beside.

pub mod derived;
pub mod table;
