//! The features in desk-sdk's manifest, between two marker lines.

use crate::model::Model;

const START: &str = "# Families of operations, by `cargo xtask generate`:\n";
const END: &str = "# End of the families.\n";

pub(super) fn emit(manifest: &str, model: &Model) -> Result<String, String> {
    let (before, rest) = manifest.split_once(START).ok_or_else(|| lost(START))?;
    let (_, after) = rest.split_once(END).ok_or_else(|| lost(END))?;
    let quoted = |families: Vec<&str>| families.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let names: Vec<&str> = model.families.iter().map(|family| family.family.name.as_str()).collect();
    let default = model.families.iter().filter(|family| family.family.default);
    let default: Vec<&str> = default.map(|family| family.family.name.as_str()).collect();
    let mut features = format!("default = [{}]\nfull = [{}]\n", quoted(default), quoted(names.clone()));
    for name in names {
        features.push_str(&format!("{name} = []\n"));
    }
    Ok(format!("{before}{START}{features}{END}{after}"))
}

fn lost(mark: &str) -> String {
    format!("{} is missing the line {:?}; restore it", super::MANIFEST, mark.trim_end())
}
