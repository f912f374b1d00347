//! From records to files: the columns of a resource, the formats they are written in, the folder they lie in, and the
//! manifest that says which files are whole.
//!
//! ```
//! use desk_cli::table::{Dataset, Folder, Format, Limits, Owner, Resource};
//! use desk_sdk::by_name::record_shape;
//! use serde_json::json;
//!
//! # fn example(root: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
//! let owner = Owner::new("600000001", "https://desk.zoho.eu");
//! let folder = Folder::open(root)?;
//! let mut manifest = folder.manifest(&owner)?;
//!
//! let shape = record_shape("get_tickets").ok_or("no such operation")?;
//! let tickets = Dataset::new(&folder, "tickets", Format::Parquet, &shape)?.by_month("createdTime");
//! let resource = manifest.resource(&tickets, "get_tickets", "windows of createdTime")?;
//! folder.clean(&manifest)?;
//!
//! let mut part = tickets.part(&manifest, Limits::default());
//! part.write(vec![json!({ "id": "1", "createdTime": "2024-05-14T09:30:00.000Z" })])?;
//! let files = part.finish()?;
//!
//! let resource: &mut Resource = manifest.resource(&tickets, "get_tickets", "windows of createdTime")?;
//! resource.add(files, json!({ "until": "2024-06-01T00:00:00.000Z" }));
//! folder.save(&manifest)?;
//! # Ok(())
//! # }
//! # let folder = std::env::temp_dir().join(format!("desk-doc-{}", std::process::id()));
//! # example(&folder).unwrap();
//! # std::fs::remove_dir_all(folder).unwrap();
//! ```

mod columns;
mod dataset;
mod error;
mod folder;
mod manifest;
mod new_file;
mod writer;

pub use self::columns::Columns;
pub use self::dataset::{Dataset, Part};
pub(crate) use self::dataset::{private_folder, run_of};
pub use self::error::{Result, TableError};
pub use self::folder::Folder;
pub use self::manifest::{FileEntry, MANIFEST, Manifest, Owner, Resource, VERSION};
pub use self::new_file::Written;
pub(crate) use self::writer::harmless;
pub use self::writer::{Format, Limits, Writer};
