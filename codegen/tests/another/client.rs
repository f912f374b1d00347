//! Compiles a client and makes calls with it.

use std::path::Path;
use std::process::Command;

/// The compiler and its lints have nothing to say, whichever features are enabled.
pub(crate) fn compiles(folder: &Path) {
    for features in [&["--features", "full,by-name"][..], &[], &["--no-default-features"]] {
        let arguments = [&["clippy", "--package", "desk-sdk"], features, &["--", "--deny", "warnings"]].concat();
        cargo(folder, &arguments);
    }
}

/// The program makes its calls and finds what it expects.
pub(crate) fn calls(folder: &Path) {
    cargo(folder, &["run", "--package", "calls"]);
}

fn cargo(folder: &Path, arguments: &[&str]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is within the target directory");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    // Everything that it needs is there, because the project itself needs it.
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .expect("cargo can be started");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?} in {}:\n{told}", folder.display());
}
