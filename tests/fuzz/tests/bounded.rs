//! Every target with bytes from a seeded generator; `DESK_FUZZ_TIMES=4` tries four times as many inputs.

use desk_fuzz::{Answers, Exchanges, Random, openapi_file, spec_file};

fn rounds(usual: usize) -> usize {
    let told = std::env::var("DESK_FUZZ_TIMES").ok();
    usual * told.map_or(1, |text| text.parse().expect("DESK_FUZZ_TIMES is a number"))
}

/// Inputs of many sizes.
fn inputs(seed: u64, rounds: usize) -> impl Iterator<Item = Vec<u8>> {
    let mut random = Random::new(seed);
    (0..rounds).map(move |round| random.bytes(16 + round % 240))
}

#[test]
fn answers() {
    let answers = Answers::collect().expect("every operation can be called");
    assert!(answers.count() * 2 > desk_sdk::operations().count(), "most operations answer JSON");
    inputs(1, rounds(15_000)).for_each(|bytes| answers.try_bytes(&bytes));
}

#[test]
fn exchanges() {
    let exchanges = Exchanges::start().expect("a server");
    inputs(4, rounds(1_000)).for_each(|bytes| exchanges.try_bytes(&bytes));
}

#[test]
fn spec_files() {
    inputs(2, rounds(500)).for_each(|bytes| spec_file(&bytes));
}

#[test]
fn openapi_files() {
    inputs(3, rounds(1_500)).for_each(|bytes| openapi_file(&bytes));
}
