//! What a verdict says, one by one, and how grave each is. Exit codes and reports are made from these, so that all of
//! them say the same.

use std::collections::HashSet;
use std::path::PathBuf;

use super::Verdict;
use crate::audit::manifest::normal;
use crate::audit::{Position, Wrong};
use crate::scopes::{entry, requirement};

/// How grave something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Level {
    /// It only says what is.
    None,
    /// It is good to know.
    Note,
    /// Somebody should look at it.
    Warning,
    /// It makes the audit fail.
    Error,
}

impl Level {
    /// A word for it, as SARIF has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A kind of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its name.
    pub id: &'static str,
    /// How grave it is; what is not settled is an error with `strict`.
    pub level: Level,
    /// What it means.
    pub text: &'static str,
}

const fn rule(id: &'static str, level: Level, text: &'static str) -> Rule {
    Rule { id, level, text }
}

/// All kinds.
pub(in crate::audit) const RULES: [Rule; 24] = [
    rule("operation", Level::None, "An operation of Zoho Desk is used."),
    rule("missing-scope", Level::Error, "An operation is used whose scopes are not granted."),
    rule(
        "missing-scope-in-doubt",
        Level::Warning,
        "An operation is used whose scopes are not granted; they are in doubt.",
    ),
    rule("organization-lookup", Level::Note, "A client that looks for its organization lacks a scope for that."),
    rule("unneeded-scope", Level::Note, "A scope is granted that nothing needs."),
    rule("broader-scope", Level::Note, "A scope is granted that allows more than is needed."),
    rule("unsure", Level::Warning, "The source does not settle whether an operation is used."),
    rule("unseen", Level::Warning, "A call is made whose operation the source does not settle."),
    rule("wrong-name", Level::Error, "A call is made by a name that no operation has."),
    rule("wrong-path", Level::Error, "A request is made by a path that the client refuses."),
    rule("not-enabled", Level::Warning, "An operation is used whose family no Cargo.toml enables."),
    rule("no-sdk", Level::Warning, "Nothing that was audited depends on desk-sdk."),
    rule("undeclared-sdk", Level::Error, "Source names desk_sdk in a package that does not depend on desk-sdk."),
    rule("operation-new", Level::Error, "An operation is used that desk-scopes.toml does not have."),
    rule("operation-gone", Level::Error, "An operation of desk-scopes.toml is not used."),
    rule("scopes-changed", Level::Error, "An operation needs other scopes than desk-scopes.toml says."),
    rule("scopes-widened", Level::Error, "An operation accepts more scopes than desk-scopes.toml says."),
    rule("doubt-changed", Level::Error, "Whether an operation's scopes are in doubt has changed."),
    rule("risk-rose", Level::Error, "The risk of an operation is higher than desk-scopes.toml says."),
    rule("risk-fell", Level::Note, "The risk of an operation is lower than desk-scopes.toml says."),
    rule("granted-changed", Level::Error, "What is granted is not what desk-scopes.toml says."),
    rule("only-linked", Level::Error, "An operation is linked into the program, and not found in its source."),
    rule("allow-count", Level::Warning, "desk-scopes.toml accepts another number of calls than are there."),
    rule("stale-allow", Level::Warning, "What desk-scopes.toml accepts is not there."),
];

/// What is an error with `strict`: what is not settled, and what settles something else than is there.
const OPEN: [&str; 5] = ["unsure", "unseen", "no-sdk", "allow-count", "stale-allow"];

/// Something that a verdict says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Notice<'v> {
    /// Its kind.
    pub rule: Rule,
    /// How grave it is here.
    pub level: Level,
    /// A sentence.
    pub text: String,
    /// Where it stands.
    pub places: Vec<&'v Position>,
    /// What it belongs to if it has no place: the `desk-scopes.toml`, or the manifest if there is none.
    pub file: PathBuf,
    /// Whether a member says it.
    pub of_member: bool,
}

impl Verdict<'_> {
    /// What it says, and what its members' verdicts say besides; plain uses of operations apart.
    pub fn notices(&self) -> Vec<Notice<'_>> {
        let mut all = Notices::of(self, false);
        let key = |notice: &Notice<'_>| (notice.rule.id, notice.text.clone(), notice.places.first().copied().cloned());
        let known: HashSet<_> = all.iter().map(key).collect();
        for member in &self.members {
            all.extend(Notices::of(member, true).into_iter().filter(|notice| !known.contains(&key(notice))));
        }
        all
    }

    /// The file that something without a place belongs to.
    pub(in crate::audit) fn file(&self) -> PathBuf {
        let manifests = self.audit.roots.iter().map(|root| normal(&root.join("Cargo.toml")));
        let manifest = manifests.into_iter().find(|file| !self.lock.exists && file.is_file());
        manifest.unwrap_or_else(|| self.lock.file.clone())
    }
}

/// What to say of a package that names the SDK without depending on it.
pub(in crate::audit) fn undeclared(place: &Position) -> String {
    let package = &place.function;
    format!(
        "The source of {package} names desk_sdk, and its Cargo.toml does not depend on desk-sdk, so nothing is found there: `cargo add desk-sdk` adds it"
    )
}

/// Collects the notices of one verdict.
struct Notices<'v> {
    verdict: &'v Verdict<'v>,
    of_member: bool,
    file: PathBuf,
    all: Vec<Notice<'v>>,
}

impl<'v> Notices<'v> {
    fn of(verdict: &'v Verdict<'v>, of_member: bool) -> Vec<Notice<'v>> {
        let mut notices = Self { verdict, of_member, file: verdict.file(), all: Vec::new() };
        notices.source();
        notices.scopes();
        notices.lock();
        notices.all
    }

    fn add(&mut self, id: &str, text: String, places: Vec<&'v Position>) {
        let Some(rule) = RULES.into_iter().find(|rule| rule.id == id) else { return };
        let is_open = OPEN.contains(&id);
        let level = if is_open && self.verdict.strict { Level::Error } else { rule.level };
        let (file, of_member) = (self.file.clone(), self.of_member);
        self.all.push(Notice { rule, level, text, places, file, of_member });
    }

    /// Where an operation of this name is used.
    fn places(&self, id: &str) -> Vec<&'v Position> {
        desk_sdk::operation(id).map(|operation| self.verdict.positions(operation)).unwrap_or_default()
    }

    /// What was found.
    fn source(&mut self) {
        let verdict = self.verdict;
        for finding in &verdict.unsure {
            let doubt = finding.doubt.as_deref().unwrap_or_default();
            self.add("unsure", format!("Perhaps {}: {doubt}.", finding.operation.id), vec![&finding.place]);
        }
        for unseen in verdict.unseen.iter().chain(&verdict.wrong) {
            let id = match unseen.wrong {
                None => "unseen",
                Some(Wrong::Name) => "wrong-name",
                Some(Wrong::Path) => "wrong-path",
            };
            self.add(id, format!("{}: {}.", unseen.written, unseen.reason), vec![&unseen.place]);
        }
        if verdict.audit.files > 0 && !verdict.audit.depends && verdict.audit.undeclared.is_empty() {
            self.add("no-sdk", "No Cargo.toml here depends on desk-sdk: is this the right folder?".to_owned(), vec![]);
        }
        for place in &verdict.audit.undeclared {
            self.add("undeclared-sdk", format!("{}.", undeclared(place)), vec![place]);
        }
        for family in &verdict.not_enabled {
            let of_family =
                verdict.operations.iter().filter(|one| entry(one.id).is_some_and(|e| e.family() == *family));
            let places = of_family.flat_map(|operation| self.places(operation.id)).take(1).collect();
            self.add("not-enabled", format!("No Cargo.toml enables the family {family}, which is used."), places);
        }
        for operation in &verdict.only_linked {
            let text = format!("{} is linked into the program, and not found in its source.", operation.id);
            self.add("only-linked", text, vec![]);
        }
    }

    /// What is missing, and what is too much.
    fn scopes(&mut self) {
        let verdict = self.verdict;
        let Some(check) = &verdict.check else { return };
        let lacks = match self.of_member {
            true => format!("which {} does not grant", verdict.lock.file.display()),
            false => "which is not granted".to_owned(),
        };
        for (id, missing) in ["missing-scope", "missing-scope-in-doubt"].into_iter().zip(check.missing()) {
            for one in missing {
                let text = format!("{} needs {}, {lacks}.", one.operation.id, requirement(one.operation));
                self.add(id, text, self.places(one.operation.id));
            }
        }
        if let Some(lookup) = check.lookup() {
            let need = requirement(lookup.operation);
            let text = format!(
                "A client without the organization's id also needs {need}, to look for it; --organization-known says that \
                 it has the id."
            );
            self.add("organization-lookup", text, vec![]);
        }
        let whose = if self.of_member { format!(" of {}", verdict.lock.file.display()) } else { String::new() };
        for scope in check.unneeded().iter() {
            self.add("unneeded-scope", format!("Nothing needs {scope}{whose}."), vec![]);
        }
        for (scope, enough) in check.broader() {
            let enough: Vec<String> = enough.iter().map(ToString::to_string).collect();
            let text = format!("{scope}{whose} is more than is needed: {} would do.", enough.join(" and "));
            self.add("broader-scope", text, vec![]);
        }
    }

    /// What is otherwise than the file says.
    fn lock(&mut self) {
        let verdict = self.verdict;
        let file = verdict.lock.file.display();
        for (id, operation, text) in verdict.changes.iter().flat_map(|changes| changes.each()) {
            let places = operation.map(|operation| self.places(operation)).unwrap_or_default();
            self.add(id, format!("Not as {file} says: {text}."), places);
        }
        for stale in &verdict.stale {
            let text = format!("[[allow]] of {file} for {stale} belongs to nothing: remove it by hand.");
            self.add("stale-allow", text, vec![]);
        }
        for one in &verdict.miscounted {
            self.add("allow-count", format!("{} (in {file}).", one), one.further.clone());
        }
    }
}
