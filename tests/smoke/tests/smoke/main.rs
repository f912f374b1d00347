//! The smoke run: that it passes, and that it fails on whatever is wrong.

mod between;

mod every_operation;
mod known;
mod strictness;
