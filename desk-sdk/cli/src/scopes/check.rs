//! Whether scopes are enough for operations, and what is too much.

use std::collections::BTreeMap;
use std::fmt;

use desk_sdk::{ExcessScopes, MissingScopes, Operation, Scope, ScopeReport, ScopeSet, organization_discovery};
use serde_json::{Value, json};

use super::filter::suggestion;
use super::granted::other_case;
use super::page::Usage;
use super::text::line;
use super::words::{all_of, count, requirement};

/// What operations need, against what is granted.
#[derive(Clone, Debug)]
pub struct Check {
    granted: ScopeSet,
    operations: Vec<&'static Operation>,
    report: ScopeReport,
    excess: ExcessScopes,
    /// Whether a scope is granted only so that the organization can be found.
    for_organization: ScopeSet,
    /// What a client lacks that looks for its organization.
    lookup: Option<MissingScopes>,
    /// What is granted with other capitals than Zoho's, and how those are.
    other_case: Vec<(String, String)>,
}

impl Check {
    /// Checks operations. A scope that finds the organization is not too much, unless the organization is known.
    pub fn new(operations: &[&'static Operation], granted: &ScopeSet, organization_known: bool) -> Self {
        let discovery = organization_discovery();
        let finds = !organization_known && operations.iter().any(|operation| operation.organization);
        let with = operations.iter().copied().chain(finds.then_some(discovery));
        let excess = granted.excess(with);
        let for_organization = granted.excess(operations).unneeded.difference(&excess.unneeded);
        let report = ScopeReport::new(operations, granted.clone());
        let asked = operations.iter().any(|operation| operation.id == discovery.id);
        let looks = if finds && !asked { &[discovery][..] } else { &[] };
        let lookup = ScopeReport::new(looks, granted.clone());
        let lookup = lookup.missing.into_iter().chain(lookup.in_doubt).next();
        let (granted, operations, other_case) = (granted.clone(), operations.to_vec(), Vec::new());
        Self { granted, operations, report, excess, for_organization, lookup, other_case }
    }

    /// Without what is too much: where only a part is known of what uses the scopes.
    #[must_use]
    pub(crate) fn of_part(self) -> Self {
        let excess = ScopeSet::default().excess(self.operations.iter().copied());
        Self { excess, for_organization: ScopeSet::default(), ..self }
    }

    /// What a client lacks that looks for its organization.
    pub fn lookup(&self) -> Option<&MissingScopes> {
        self.lookup.as_ref()
    }

    /// Scopes that allow more than needed, with those that would be enough.
    pub fn broader(&self) -> &[(String, Vec<Scope>)] {
        &self.excess.broader
    }

    /// Whether something is missing for certain.
    pub fn is_missing(&self) -> bool {
        !self.report.missing.is_empty()
    }

    /// What is missing for certain, and what perhaps.
    pub fn missing(&self) -> [&[MissingScopes]; 2] {
        [&self.report.missing, &self.report.in_doubt]
    }

    /// Scopes that nothing needs.
    pub fn unneeded(&self) -> &ScopeSet {
        &self.excess.unneeded
    }

    /// As a JSON record.
    pub fn to_json(&self) -> Value {
        let lacking = |missing: &MissingScopes| {
            let sets: Vec<Vec<String>> =
                missing.missing.iter().map(|set| set.iter().map(Scope::to_string).collect()).collect();
            json!({ "operation": missing.operation.id, "missing": sets })
        };
        let broader = self.excess.broader.iter().map(|(name, enough)| json!({ "scope": name, "enough": enough }));
        let odd = self.granted.odd().map(|odd| (odd.scope.clone(), odd.to_string()));
        let odd = odd.chain(self.other_case()).map(|(scope, oddity)| json!({ "scope": scope, "oddity": oddity }));
        json!({
            "granted": self.granted,
            "operations": self.operations.len(),
            "covered": self.covered(),
            "missing": self.report.missing.iter().map(lacking).collect::<Vec<_>>(),
            "in_doubt": self.report.in_doubt.iter().map(lacking).collect::<Vec<_>>(),
            "to_add": self.report.to_add(),
            "unscoped": self.report.unscoped,
            "cookie_only": self.report.cookie_only,
            "unneeded": self.excess.unneeded,
            "broader": broader.collect::<Vec<_>>(),
            "for_organization": self.for_organization,
            "organization_lookup": self.lookup.as_ref().map(lacking),
            "odd": odd.collect::<Vec<_>>(),
        })
    }

    /// For the picture.
    pub fn usage(&self) -> Usage {
        self.usage_at(self.operations.iter().map(|operation| (operation.id, Vec::new())).collect())
    }

    /// For the picture, with where each operation is used.
    pub fn usage_at(&self, places: BTreeMap<&'static str, Vec<String>>) -> Usage {
        Usage::compared(places, &self.report, &self.excess)
    }

    /// With how the scopes were written that are granted: other capitals than Zoho's are told.
    #[must_use]
    pub fn written(self, granted: &str) -> Self {
        Self { other_case: other_case(granted), ..self }
    }

    /// Scopes that are written with other capitals, each with a sentence.
    fn other_case(&self) -> impl Iterator<Item = (String, String)> {
        let sentence = |(scope, known): &(String, String)| {
            let text =
                format!("{scope:?} is taken for {known}: write it like that, since Zoho may not take it otherwise");
            (scope.clone(), text)
        };
        self.other_case.iter().map(sentence)
    }

    fn covered(&self) -> usize {
        self.operations.len() - self.report.missing.len() - self.report.in_doubt.len()
    }

    fn write_lacking(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (head, lacking) in [("Missing", &self.report.missing), ("Missing, perhaps", &self.report.in_doubt)] {
            if lacking.is_empty() {
                continue;
            }
            writeln!(f, "\n{head}:")?;
            for missing in lacking {
                let sets: Vec<String> = missing.missing.iter().map(|set| all_of(set)).collect();
                writeln!(f, "  {} needs {}", missing.operation.id, sets.join(", or "))?;
            }
        }
        match self.report.to_add().as_slice() {
            [] => Ok(()),
            scopes => writeln!(f, "  To add: {}", scopes.iter().map(Scope::to_string).collect::<Vec<_>>().join(" ")),
        }
    }

    fn write_lookup(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(lookup) = &self.lookup else { return Ok(()) };
        let (id, need) = (lookup.operation.id, requirement(lookup.operation));
        writeln!(f, "\nA client without the organization's id also needs {need}, to look for it ({id}).")?;
        writeln!(f, "  With --organization-known, that is not counted on.")
    }

    fn write_excess(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.excess.unneeded.is_empty() {
            writeln!(f, "\nNot needed:")?;
            self.excess.unneeded.iter().try_for_each(|scope| writeln!(f, "  {}", line(scope)))?;
        }
        if !self.excess.broader.is_empty() {
            writeln!(f, "\nBroader than needed:")?;
            for (name, enough) in &self.excess.broader {
                let verb = if enough.len() == 1 { "is" } else { "are" };
                writeln!(f, "  {}: {} {verb} enough", line(name), all_of(enough))?;
            }
        }
        let for_organization: Vec<String> = self.for_organization.iter().map(line).collect();
        if !for_organization.is_empty() {
            let scopes = for_organization.join(" ");
            writeln!(f, "\nOnly for clients that look for their organization: {scopes}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} of {} covered.", self.covered(), count(self.operations.len(), "operation"))?;
        for (operations, what) in [
            (&self.report.unscoped, "Without a scope"),
            (
                &self.report.cookie_only,
                "Described for a browser's cookie or another key that is not sent, so that no scope is known to be enough",
            ),
        ] {
            if !operations.is_empty() {
                writeln!(f, "{what}: {}.", operations.join(", "))?;
            }
        }
        self.write_lacking(f)?;
        self.write_lookup(f)?;
        self.write_excess(f)?;
        let odd = self.granted.odd().map(|odd| format!("{odd}{}", suggestion(&odd)));
        let odd: Vec<String> = odd.chain(self.other_case().map(|(_, sentence)| sentence)).collect();
        if !odd.is_empty() {
            writeln!(f, "\nOdd:")?;
            odd.iter().try_for_each(|odd| writeln!(f, "  {}", line(odd)))?;
        }
        Ok(())
    }
}
