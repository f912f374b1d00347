//! A manifest's file.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use serde_json::Value;

use super::{Manifest, Owner, VERSION};
use crate::table::dataset::{check_name, is_part_of};
use crate::table::error::{Result, TableError};
use crate::table::new_file::NewFile;

/// The manifest at a path, or a new one if there is none.
pub(crate) fn read(path: &Path, owner: &Owner) -> Result<Manifest> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Manifest::new(owner.clone(), path.to_owned())),
        Err(error) => return Err(TableError::file("read", path)(error)),
    };
    let broken = |problem: String| TableError::Manifest {
        path: path.to_owned(),
        problem,
        help: "restore it from a copy, or choose another folder",
    };
    let value: Value = serde_json::from_slice(&text).map_err(|error| broken(format!("it is not JSON ({error})")))?;
    let version = value.get("version").and_then(Value::as_u64);
    let version =
        version.ok_or_else(|| broken("it is not the manifest of an export (it has no version)".to_owned()))?;
    if version > u64::from(VERSION) {
        let problem = format!("its format is {version}, and this program knows formats up to {VERSION}");
        let help = "use the newer version of this program that wrote it, or choose another folder";
        return Err(TableError::Manifest { path: path.to_owned(), problem, help });
    }
    let manifest: Manifest = serde_json::from_value(value)
        .map_err(|error| broken(format!("it is not complete or was changed ({error})")))?;
    check_paths(&manifest).map_err(broken)?;
    check_owner(&manifest, owner, path)?;
    Ok(Manifest { path: path.to_owned(), ..manifest })
}

/// What a manifest names may be removed or overwritten one day, so it must be ours.
fn check_paths(manifest: &Manifest) -> Result<(), String> {
    for (name, resource) in &manifest.resources {
        check_name(name).map_err(|error| error.to_string())?;
        if let Some(file) = resource.files.iter().find(|file| !is_part_of(name, &file.path)) {
            return Err(format!("it names {:?}, which is no file of {name}", file.path));
        }
    }
    Ok(())
}

fn check_owner(manifest: &Manifest, owner: &Owner, path: &Path) -> Result<()> {
    let found = &manifest.owner;
    let problem = if found.organization != owner.organization {
        format!("it is an export of organization {}, not of {}", found.organization, owner.organization)
    } else if found.address != owner.address {
        format!("it is an export of {}, not of {}", found.address, owner.address)
    } else {
        return Ok(());
    };
    Err(TableError::Manifest { path: path.to_owned(), problem, help: "choose another folder" })
}

/// Replaces the manifest.
pub(crate) fn write(manifest: &Manifest, path: &Path) -> Result<()> {
    let failed = || TableError::file("write", path);
    let mut file = NewFile::beside(path)?;
    serde_json::to_writer_pretty(&mut file, manifest).map_err(|error| failed()(error.into()))?;
    file.write_all(b"\n").map_err(failed())?;
    file.take_place(0).map(drop)
}
