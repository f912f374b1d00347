//! The built-in spec, and how its types are read.

pub(crate) mod shape;

use std::sync::{Arc, OnceLock};

use desk_spec::Spec;

/// The built-in spec. Reading takes a moment in a debug build, so every server of a process shares one.
pub(crate) fn built_in() -> serde_json::Result<Arc<Spec>> {
    static SPEC: OnceLock<Arc<Spec>> = OnceLock::new();
    if let Some(spec) = SPEC.get() {
        return Ok(Arc::clone(spec));
    }
    let spec = Spec::from_text(include_str!("../spec.json"))?;
    Ok(Arc::clone(SPEC.get_or_init(|| Arc::new(spec))))
}
