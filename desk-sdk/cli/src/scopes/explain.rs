//! What one operation needs, and how that is known.

use std::fmt;

use desk_sdk::{Prefer, Scope, SmallestScopes, organization_discovery};
use serde_json::{Value, json};

use super::entry::{Entry, entry};
use super::listing;
use super::origin::Fact;
use super::text::line;
use super::words::{all_of, requirement};

/// What one operation needs, in words.
#[derive(Clone, Copy, Debug)]
pub struct Explanation(Entry);

impl Explanation {
    /// Explains an operation.
    pub fn new(entry: Entry) -> Self {
        Self(entry)
    }

    /// As a JSON record.
    pub fn to_json(&self) -> Value {
        let operation = self.0.operation;
        let mut record = listing::record(&self.0);
        let scopes = operation.scopes.iter().copied().flatten();
        let covered: serde_json::Map<String, Value> =
            scopes.map(|scope| (scope.to_string(), scope.broader().into())).collect();
        let facts = self.0.facts().iter().map(|fact| {
            json!({
                "about": fact.about, "evidence": fact.evidence.to_string(), "strength": fact.strength,
                "why": fact.why, "file": fact.file,
            })
        });
        record["requirement"] = requirement(operation).into();
        record["covered_by"] = covered.into();
        record["file"] = self.0.file().into();
        record["facts"] = facts.collect();
        record["alias_of"] = operation.alias_of.into();
        record["narrowest"] = preferred(&self.0, Prefer::Narrow).into();
        record["broadest"] = preferred(&self.0, Prefer::Broad).into();
        record["finds_organization_with"] = finding(&self.0).map(requirement).into();
        record
    }

    fn write_requirement(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.0.operation;
        match operation.scopes {
            [] if operation.cookie_only => {
                writeln!(
                    f,
                    "\nIt needs a browser's cookie or another key that is not sent: no scope is known to be enough. The call \
                     is made all the same."
                )
            }
            [] => writeln!(f, "\nIt needs no scope: any token will do."),
            [one] => {
                writeln!(
                    f,
                    "\n{}",
                    if one.len() == 1 { "It needs this scope:" } else { "It needs all of these scopes:" }
                )?;
                one.iter().try_for_each(|scope| writeln!(f, "  {}", covered(*scope)))
            }
            sets => {
                writeln!(f, "\nOne of these is enough:")?;
                for set in sets {
                    match set {
                        [scope] => writeln!(f, "  {}", covered(*scope))?,
                        set => {
                            writeln!(f, "  {}, together:", all_of(set))?;
                            set.iter().try_for_each(|scope| writeln!(f, "    {}", covered(*scope)))?;
                        }
                    }
                }
                let (narrow, broad) = (preferred(&self.0, Prefer::Narrow), preferred(&self.0, Prefer::Broad));
                if narrow != broad {
                    writeln!(f, "  Of the smallest sets, {narrow} allows least, and {broad} most.")?;
                }
                Ok(())
            }
        }
    }
}

/// A scope with the broader ones that cover it.
fn covered(scope: Scope) -> String {
    match scope.broader() {
        broader if broader.is_empty() => scope.to_string(),
        broader => format!("{scope}, or broader: {}", broader.join(", ")),
    }
}

fn preferred(entry: &Entry, prefer: Prefer) -> String {
    all_of(&SmallestScopes::of([entry.operation], prefer).scopes())
}

/// The operation that finds the organization, if a call may have to wait for that.
fn finding(entry: &Entry) -> Option<&'static desk_sdk::Operation> {
    let discovery = organization_discovery();
    (entry.operation.organization && entry.operation.id != discovery.id).then_some(discovery)
}

fn fact(fact: &Fact) -> String {
    let Fact { about, evidence, why, file, .. } = *fact;
    let how = match fact.strength {
        "" => evidence.to_string(),
        strength => format!("{evidence}, {strength}"),
    };
    let what = match about {
        "operation" => "The whole operation is added",
        "scopes" => "The scopes are corrected",
        "doubtful_scopes" => "The doubt is added",
        "cookie_only" => "The cookie or key is added",
        other => other,
    };
    line(&format!("{what} by {file} ({how}): {why}."))
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.0.operation;
        writeln!(f, "{} ({} {})", operation.id, operation.method, line(operation.path))?;
        writeln!(f, "{}", line(operation.summary))?;
        writeln!(f, "Family {}, risk {}.", self.0.family(), operation.risk)?;
        if let Some(real) = operation.alias_of.and_then(entry) {
            writeln!(f, "Another name of {}.", real.operation.id)?;
        }
        self.write_requirement(f)?;
        if operation.doubtful_scopes {
            writeln!(f, "\nThis is in doubt: a call without these scopes is made, with a warning, and Desk decides.")?;
        }
        if let Some(discovery) = finding(&self.0) {
            let need = requirement(discovery);
            writeln!(
                f,
                "\nA client without the organization's id also needs {need}, to look for it ({}).",
                discovery.id
            )?;
        }
        writeln!(f, "\nDescribed by {}.", self.0.file())?;
        self.0.facts().iter().try_for_each(|known| writeln!(f, "{}", fact(known)))
    }
}
