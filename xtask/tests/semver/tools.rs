//! What `cargo-semver-checks` and `cargo-public-api` say of two crates.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::cut::Cut;

const INSTALL: &str = "cargo install --locked cargo-semver-checks@0.51.0 cargo-public-api@0.52.0";

/// How much a change asks of a version, for what the compiler sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Same,
    Minor,
    Major,
}

/// A crate as the tools see it.
pub(crate) struct Seen {
    /// Its documentation as JSON.
    docs: PathBuf,
    /// Its public items, a line each.
    pub(crate) api: BTreeSet<String>,
    /// The paths of those that are declared by the crate's own files, without those of traits.
    pub(crate) paths: BTreeSet<String>,
}

/// Writes a crate and looks at it.
pub(crate) fn look(cut: &Cut, features: &str, name: &str) -> Seen {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver");
    let folder = home.join("crate");
    cut.write_crate(&folder);
    let cargo = |toolchain: Option<&str>, arguments: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args(toolchain).args(arguments).args([
            "--package",
            "desk-sdk",
            "--no-default-features",
            "--features",
            features,
        ]);
        // What cargo sets for tests would choose the toolchain, too.
        cargo.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO").env_remove("CARGO_MANIFEST_DIR");
        cargo.env("CARGO_TARGET_DIR", home.join("target")).env("RUSTC_BOOTSTRAP", "1").current_dir(&folder);
        cargo
    };
    let mut rustdoc = cargo(None, &["rustdoc", "--quiet"]);
    succeeded(rustdoc.args(["--", "-Z", "unstable-options", "--output-format", "json", "--cap-lints", "allow"]));
    let docs = home.join(format!("{name}.json"));
    fs::copy(home.join("target/doc/desk_sdk.json"), &docs).expect("the JSON was written");
    let listed = succeeded(&mut cargo(Some("+nightly"), &["public-api", "-sss", "--color", "never"]));
    let listed = String::from_utf8(listed.stdout).expect("text");
    Seen { docs, api: listed.lines().map(str::to_owned).collect(), paths: paths(&listed) }
}

/// The paths of public items. What follows an implementation of a trait are the trait's items.
fn paths(listed: &str) -> BTreeSet<String> {
    let mut of_trait = false;
    let mut paths = BTreeSet::new();
    for line in listed.lines() {
        match line.split_once(' ') {
            Some(("impl" | "impl<T>", rest)) => of_trait = rest.contains(" for "),
            Some(("pub", rest)) => {
                let Some((before, path)) = rest.split_once("desk_sdk::").filter(|(before, _)| !before.contains('('))
                else {
                    continue;
                };
                of_trait &= !["struct", "enum", "mod", "trait"].contains(&before.trim());
                let end = path.find([' ', '(', '<', '=']).unwrap_or(path.len());
                let path = path[..end].trim_end_matches(':');
                paths.extend((!of_trait).then(|| path.to_owned()));
            }
            _ => {}
        }
    }
    paths
}

/// What changed, according to both: the one knows what breaks, the other leaves nothing out.
pub(crate) fn judge(old: &Seen, new: &Seen) -> (Verdict, Verdict, Vec<String>) {
    let gone: Vec<_> = old.api.difference(&new.api).map(|line| format!("- {line}")).collect();
    let come: Vec<_> = new.api.difference(&old.api).map(|line| format!("+ {line}")).collect();
    let listed = match (gone.is_empty(), come.is_empty()) {
        (false, _) => Verdict::Major,
        (true, false) => Verdict::Minor,
        (true, true) => Verdict::Same,
    };
    (checked(&old.docs, &new.docs), listed, gone.into_iter().chain(come).collect())
}

fn checked(old: &Path, new: &Path) -> Verdict {
    let mut checks = Command::new("cargo-semver-checks");
    checks.args(["semver-checks", "check-release", "--release-type", "patch", "--color", "never"]);
    let output = checks.arg("--baseline-rustdoc").arg(old).arg("--current-rustdoc").arg(new).output();
    let output = output.unwrap_or_else(|error| panic!("{error}; {INSTALL}"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match said.lines().find(|line| line.trim_start().starts_with("Summary")) {
        Some(line) if line.contains("new major version") => Verdict::Major,
        Some(line) if line.contains("new minor version") => Verdict::Minor,
        Some(line) if line.contains("no semver update required") => Verdict::Same,
        _ => panic!("cargo-semver-checks says nothing that is understood:\n{said}"),
    }
}

fn succeeded(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}; {INSTALL}"));
    assert!(output.status.success(), "{command:?}:\n{}", String::from_utf8_lossy(&output.stderr));
    output
}
