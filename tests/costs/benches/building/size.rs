//! How large a program with three calls is, beside one that makes them by hand.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use desk_costs::table::{Bar, head, number, row};

use crate::TARGET;

/// How many bytes larger a program may be.
const MOST: f64 = 300_000.0;

/// Profiles with what differs from cargo's `release`. Symbols are left out in each.
const PROFILES: [(&str, &[(&str, &str)]); 2] = [
    ("as cargo builds it", &[]),
    ("with `lto` and one unit", &[("CARGO_PROFILE_RELEASE_LTO", "fat"), ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1")]),
];

pub(crate) fn compare() -> Result<()> {
    head("bytes of a program, stripped");
    for (profile, settings) in PROFILES {
        let by_hand = built("desk-costs-bare", settings)?;
        let with_sdk = built("desk-costs-sdk", settings)?;
        row(profile, with_sdk, by_hand, Bar::None);
        row("  what it has more, beside 300 kB", with_sdk - by_hand, MOST, Bar::AtMost(1.0));
    }
    Ok(())
}

/// Builds a program of the workspace, and tells its size.
fn built(package: &str, settings: &[(&str, &str)]) -> Result<f64> {
    let folder = Path::new(TARGET).join(if settings.is_empty() { "plain" } else { "lto" });
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--release", "--quiet", "--package", package]);
    cargo.arg("--target-dir").arg(&folder).env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
    let status = cargo.envs(settings.iter().copied()).status().context("cargo cannot be started")?;
    ensure!(status.success(), "{package} cannot be built");
    let program = folder.join("release").join(format!("{package}{}", std::env::consts::EXE_SUFFIX));
    let size = fs::metadata(&program).with_context(|| format!("no program at {}", program.display()))?.len();
    Ok(number(usize::try_from(size)?))
}
