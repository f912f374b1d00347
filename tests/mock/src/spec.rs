//! The spec that is built in.

use std::sync::{Arc, OnceLock};

use desk_spec::Spec;

use crate::start_error::StartError;

/// The built-in spec. Reading takes a moment in a debug build, so every server of a process shares one.
pub(crate) fn built_in() -> Result<Arc<Spec>, StartError> {
    static SPEC: OnceLock<Arc<Spec>> = OnceLock::new();
    if let Some(spec) = SPEC.get() {
        return Ok(Arc::clone(spec));
    }
    let spec = Spec::from_text(include_str!("spec.json")).map_err(StartError::BuiltIn)?;
    Ok(Arc::clone(SPEC.get_or_init(|| Arc::new(spec))))
}
