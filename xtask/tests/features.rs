//! What asks for the SDK asks for the same features of all that it is built on, so that cargo compiles it once for
//! demo, smoke run and tests: see the manifest of `tests/features`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// The features of each crate that a package is built on, as cargo resolves them for this package alone.
fn features(package: &str, edges: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut tree = Command::new(env!("CARGO"));
    tree.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    tree.args(["tree", "--locked", "--no-dedupe", "--prefix", "none", "--format", "{p}|{f}"]);
    tree.args(["--package", package, "--edges", &format!("{edges},no-proc-macro")]);
    let output = tree.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let crates = text.lines().filter_map(|line| line.split_once('|'));
    crates.map(|(name, list)| (name.to_owned(), list.split(',').map(str::to_owned).collect())).collect()
}

#[test]
fn what_uses_the_sdk_shares_one_build_of_it() {
    let known = features("desk-tests", "normal,dev");
    let sdk = features("desk-sdk", "normal");
    assert!(sdk.len() > 50, "{} crates are less than the SDK is built on", sdk.len());
    let mut differing = Vec::new();
    for (package, edges) in [
        ("desk-tests", "normal"),
        ("desk-smoke", "normal"),
        ("desk-smoke", "normal,dev"),
        ("desk-tools", "normal"),
        ("desk-tools", "normal,dev"),
        ("desk-cli", "normal,dev"),
        ("desk-fuzz", "normal"),
        ("desk-fuzz", "normal,dev"),
    ] {
        let own = features(package, edges);
        for name in sdk.keys() {
            let (own, known) =
                (own.get(name).cloned().unwrap_or_default(), known.get(name).cloned().unwrap_or_default());
            let odd: Vec<_> = own.symmetric_difference(&known).collect();
            if !odd.is_empty() {
                differing.push(format!("{name}: {odd:?} for one of desk-tests and {package} ({edges})"));
            }
        }
    }
    assert!(differing.is_empty(), "add what tests/features lacks:\n{}", differing.join("\n"));
}
