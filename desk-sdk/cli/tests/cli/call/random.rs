//! Whatever is given, the program says something sensible.

use std::ffi::OsString;

use desk_cli::call::{parse, split};
use proptest::prelude::*;

/// Words as people and programs give them, and others.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z_.-]{0,12}",
        "--[a-zA-Z_.-]{0,16}(=.{0,8})?",
        Just("--contact.email".to_owned()),
        Just("--cf-shelf=7".to_owned()),
        Just("--json".to_owned()),
        Just("{\"subject\": \"a\", \"contact\": {\"email\": 7}}".to_owned()),
        Just("[1,".to_owned()),
        Just("--contact".to_owned()),
        Just("--include".to_owned()),
        Just("--".to_owned()),
        Just("--clear".to_owned()),
        Just("contact.email.x".to_owned()),
        Just("@/missing".to_owned()),
        ".{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn words_never_panic(words in prop::collection::vec(word(), 0..8), at in 0..900_usize) {
        let words: Vec<OsString> = words.into_iter().map(OsString::from).collect();
        let count = desk_sdk::operations().count();
        let operation = desk_sdk::operations().nth(at % count).unwrap();
        // Standard input is asked for nothing here.
        let words: Vec<OsString> = words.into_iter().filter(|word| word != "-").collect();
        let _ = split(&words);
        if let Err(desk_cli::call::Misunderstood::Problem(problem)) = parse(operation, &words) {
            prop_assert_eq!(problem.code, 2);
            prop_assert!(!problem.text.is_empty());
        }
    }
}
