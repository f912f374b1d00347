//! The built-in spec, and how its types are read.

pub(crate) mod shape;

use std::io::Read as _;
use std::sync::{Arc, OnceLock};

use desk_spec::Spec;
use flate2::read::ZlibDecoder;

/// `spec.json`, as the build script packs it.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/spec.json.z"));

/// The built-in spec. Reading takes a moment in a debug build, so every server of a process shares one.
pub(crate) fn built_in() -> serde_json::Result<Arc<Spec>> {
    static SPEC: OnceLock<Arc<Spec>> = OnceLock::new();
    if let Some(spec) = SPEC.get() {
        return Ok(Arc::clone(spec));
    }
    let mut text = String::new();
    ZlibDecoder::new(PACKED).read_to_string(&mut text).map_err(serde_json::Error::io)?;
    let spec = Spec::from_text(&text)?;
    Ok(Arc::clone(SPEC.get_or_init(|| Arc::new(spec))))
}
