//! What holds for every operation.

use std::collections::{BTreeSet, HashSet};
use std::ffi::OsString;

use desk_cli::call::{Place, command, inputs};
use desk_sdk::Body;

/// The options that every call has.
fn general() -> HashSet<String> {
    let command = desk_cli::call::general();
    let names = command.get_arguments().filter_map(|argument| argument.get_long().map(str::to_owned));
    names.chain(["help".to_owned()]).collect()
}

#[test]
fn every_operation_has_a_command_with_help() {
    let mut count = 0;
    for operation in desk_sdk::operations() {
        let mut command = command(operation);
        // Two options with one name, and other mistakes of ours, are panics here.
        command.clone().debug_assert();
        let help = command.render_long_help().to_string();
        assert!(help.contains(operation.path) && help.contains("--max-risk"), "{}: {help}", operation.id);
        count += 1;
    }
    assert!(count >= 897, "{count}");
}

#[test]
fn every_value_has_an_option_of_its_own() {
    let general = general();
    let mut collisions = BTreeSet::new();
    for operation in desk_sdk::operations() {
        let inputs = inputs(operation, &general);
        let whole = usize::from(matches!(operation.body, Body::Whole { .. }));
        let expected = operation.parameters.len() + operation.body.fields().len() + whole;
        assert_eq!(inputs.len(), expected, "{}", operation.id);
        let names: Vec<&str> =
            inputs.iter().flat_map(|input| [Some(input.long.as_str()), input.wire.as_deref()]).flatten().collect();
        let distinct: HashSet<&str> = names.iter().copied().collect();
        assert_eq!(names.len(), distinct.len(), "{}: {names:?}", operation.id);
        for name in names {
            assert!(!general.contains(name), "{}: --{name} has two meanings", operation.id);
        }
        collisions.extend(inputs.iter().filter(|input| input.long.starts_with("with-")).map(|input| input.name()));
        for input in inputs.iter().filter(|input| input.place != Place::Body) {
            assert_eq!(input.path.len(), 1, "{}", operation.id);
        }
    }
    // Whoever adds a general option sees here what it takes away.
    assert_eq!(collisions.into_iter().collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn both_spellings_of_every_value_are_understood() {
    let general = general();
    for operation in desk_sdk::operations().filter(|operation| operation.alias_of.is_none()) {
        for input in inputs(operation, &general) {
            if input.is_file() {
                continue;
            }
            for name in [Some(&input.long), input.wire.as_ref()].into_iter().flatten() {
                let word = OsString::from(format!("--{name}=null"));
                let parsed = desk_cli::call::parse(operation, &[word]);
                let given = parsed.unwrap_or_else(|error| panic!("{} --{name}: {error:?}", operation.id)).given;
                assert_eq!(given.arguments.len(), 1, "{} --{name}", operation.id);
            }
        }
    }
}
