//! `cargo xtask rename <old> <new>`

mod uses;

use std::process::ExitCode;

use anyhow::{Result, bail};
use desk_codegen::lock::{LOCK, Lock};
use desk_codegen::{Files, LOCAL};

use crate::files::{Difference, Tree};
use crate::printing::{errln, outln};
use crate::{generate, spec};

/// Renames something public in the lock and in what people wrote, and generates.
pub(crate) fn run(old: &str, new: &str, alias: bool) -> Result<ExitCode> {
    let tree = Tree::project();
    let Some(text) = tree.text(LOCK)? else { bail!("{LOCK} is missing; run `cargo xtask generate`") };
    let mut lock = match Lock::parse(&text) {
        Ok(lock) => lock,
        Err(diagnostics) => {
            errln!("{diagnostics}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let renamed = lock.rename(old, new, alias).map_err(|problem| anyhow::anyhow!(problem))?;
    let mut present = tree.read(LOCAL, "json")?;
    let mut wanted: Files = present.iter().map(|(path, text)| (path.clone(), renamed.apply(text))).collect();
    wanted.insert(LOCK.to_owned(), lock.to_string());
    present.insert(LOCK.to_owned(), text);
    let written = Difference::between(&wanted, &present).stale.join(", ");
    // All or nothing: what cannot be generated is not renamed.
    let mut sources = spec::project()?;
    sources.extend(wanted.clone());
    let Some(generated) = generate::generated_of(&sources)? else {
        errln!("{} stays as it is: nothing was written", renamed.from);
        return Ok(ExitCode::FAILURE);
    };
    generate::tell(&generated.model);
    wanted.extend(generated.files.clone());
    present.extend(generate::present()?);
    let difference = Difference::between(&wanted, &present);
    difference.apply(&tree, &wanted)?;
    outln!("{} is {} from now on, in {written}", renamed.from, renamed.to);
    if alias {
        outln!("{} stays as a deprecated alias", renamed.from);
    }
    generated.count(&difference);
    let (places, more) = uses::of(&tree, &renamed)?;
    if !places.is_empty() {
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        outln!("{} may be used in {}{more}: change what means this one", renamed.from, places.join(", "));
    }
    Ok(ExitCode::SUCCESS)
}
