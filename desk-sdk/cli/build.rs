//! How the program is linked for Linux where it is built to be small, by a profile that is or inherits `release`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=unwind.ld");
    let said = |name: &str| env::var(name).unwrap_or_default();
    if said("CARGO_CFG_TARGET_OS") != "linux" || said("PROFILE") != "release" {
        return;
    }
    // Other linkers may not understand all of this; without it, the program is larger, and otherwise the same.
    let Some(linker) = linker_of_rust() else { return };
    let argument = |argument: String| println!("cargo::rustc-link-arg-bins={argument}");
    argument(format!("-B{}", linker.display()));
    argument("-fuse-ld=lld".to_owned());
    // The program aborts where it panics, so it never reads the tables for unwinding.
    argument(format!("-Wl,-T,{}", Path::new(&said("CARGO_MANIFEST_DIR")).join("unwind.ld").display()));
    // What reads the records of one type is often the same, byte by byte, as what reads those of another.
    argument("-Wl,--icf=all".to_owned());
    // The SDK's tables are full of addresses. Written as a list of where they are, those take a tenth; the C library of
    // static programs can read that, and that of a system may be too old.
    if said("CARGO_CFG_TARGET_ENV") == "musl" {
        argument("-Wl,-z,pack-relative-relocs".to_owned());
    }
}

/// The folder of the linker that comes with Rust, where one does.
fn linker_of_rust() -> Option<PathBuf> {
    let output = Command::new(env::var_os("RUSTC")?).args(["--print", "sysroot"]).output().ok()?;
    let root = String::from_utf8(output.stdout).ok()?;
    let folder = Path::new(root.trim()).join("lib/rustlib").join(env::var_os("HOST")?).join("bin/gcc-ld");
    folder.join("ld.lld").is_file().then_some(folder)
}
