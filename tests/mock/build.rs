//! Packs the built-in spec, so that programs with a server in them are not larger by all of its text.

use std::error::Error;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;

const SPEC: &str = "src/spec.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={SPEC}");
    let packed = File::create(Path::new(&std::env::var("OUT_DIR")?).join("spec.json.z"))?;
    let mut packed = ZlibEncoder::new(packed, Compression::default());
    packed.write_all(&fs::read(SPEC)?)?;
    packed.finish()?;
    Ok(())
}
