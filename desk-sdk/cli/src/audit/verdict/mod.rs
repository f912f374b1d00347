//! What an audit says about scopes: what the program needs, and how that compares with what it has.

mod lock;

use std::collections::BTreeSet;

use desk_sdk::{Operation, Prefer, Risk, Scope, ScopeSet};

pub use self::lock::{LOCK, Lock};

pub(super) use self::lock::relative;
use super::{Audit, Finding, Unseen, distinct};
use crate::scopes::{Changes, Check, Requirements, entry, smallest};

/// What is asked of an audit.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Whether code that only runs in tests counts as well.
    pub tests: bool,
    /// Whether what is unsure or cannot be seen fails.
    pub strict: bool,
    /// Whether the client is given its organization, so that it need not look for one.
    pub organization_known: bool,
    /// What is granted, if that is known otherwise than by the file.
    pub granted: Option<ScopeSet>,
}

/// What an audit says.
#[derive(Debug)]
#[non_exhaustive]
pub struct Verdict<'a> {
    /// What was found.
    pub audit: &'a Audit,
    /// The file it is compared with.
    pub lock: &'a Lock,
    /// Whether code that only runs in tests counts as well.
    pub tests: bool,
    strict: bool,
    /// What is used for certain, or by what people have accepted.
    pub operations: Vec<&'static Operation>,
    /// What may be used, and nobody has accepted.
    pub unsure: Vec<&'a Finding>,
    /// What cannot be seen, and nobody has accepted.
    pub unseen: Vec<&'a Unseen>,
    /// Calls by a name that no operation has.
    pub wrong: Vec<&'a Unseen>,
    /// Entries of the file that belong to nothing.
    pub stale: Vec<String>,
    /// The smallest scopes for what is used.
    pub scopes: Vec<Scope>,
    /// What the unsure uses would need besides.
    pub unsure_scopes: Vec<Scope>,
    /// The families that have to be enabled.
    pub families: BTreeSet<&'static str>,
    /// Of these, the ones that no manifest enables.
    pub not_enabled: BTreeSet<&'static str>,
    /// Against what is granted, if anybody says what that is.
    pub check: Option<Check>,
    /// What differs from the file, if there is one.
    pub changes: Option<Changes>,
    /// Operations whose risk was lower, with what it was.
    pub risen: Vec<(&'static Operation, Risk)>,
    /// The same of members that have a file of their own.
    pub members: Vec<Verdict<'a>>,
}

impl<'a> Verdict<'a> {
    /// Judges an audit.
    pub fn new(audit: &'a Audit, lock: &'a Lock, choice: &Choice) -> Self {
        let tests = choice.tests || lock.tests;
        let counts = |test: bool| tests || !test;
        let mut operations = audit.operations(tests);
        let (mut unsure, mut unseen, mut wrong, mut used) = (Vec::new(), Vec::new(), Vec::new(), BTreeSet::new());
        for finding in audit.findings.iter().filter(|finding| finding.doubt.is_some()) {
            match lock.allowed(&finding.place, &finding.written) {
                Some(index) => {
                    used.insert(index);
                    operations.extend(lock.allowed[index].operations.iter().filter(|_| counts(finding.test)));
                }
                None if counts(finding.test) => unsure.push(finding),
                None => {}
            }
        }
        for one in &audit.unseen {
            match lock.allowed(&one.place, &one.written) {
                Some(index) => {
                    used.insert(index);
                    operations.extend(lock.allowed[index].operations.iter().filter(|_| counts(one.test)));
                }
                None if counts(one.test) => if one.wrong { &mut wrong } else { &mut unseen }.push(one),
                None => {}
            }
        }
        operations.sort_by_key(|operation| operation.id);
        operations.dedup_by_key(|operation| operation.id);
        // What is used for certain elsewhere adds nothing.
        let with_unsure = distinct_with(&operations, &unsure);
        let scopes = smallest(&operations, choice.organization_known, Prefer::Narrow).scopes();
        let all = smallest(&with_unsure, choice.organization_known, Prefer::Narrow).scopes();
        let unsure_scopes = all.into_iter().filter(|scope| !scopes.contains(scope)).collect();
        let families: BTreeSet<&str> = operations.iter().filter_map(|one| Some(entry(one.id)?.family())).collect();
        let enables = |family: &&str| {
            let default = ["contacts", "organization", "search", "tickets"].contains(family);
            audit.features.contains(*family)
                || audit.features.contains("full")
                || (default && audit.features.contains("default"))
        };
        let not_enabled = families.iter().copied().filter(|family| !enables(family)).collect();
        let granted = choice.granted.as_ref().or_else(|| lock.requirements.granted());
        let check = granted.map(|granted| Check::new(&operations, granted, choice.organization_known));
        let changes = lock.exists.then(|| {
            let now = granted.cloned().unwrap_or_default();
            Changes::between(&lock.requirements, &Requirements::of(&operations, now))
        });
        let risen = operations.iter().filter_map(|operation| Some((*operation, risk(lock.risks.get(operation.id)?)?)));
        let risen = risen.filter(|(operation, was)| operation.risk > *was).collect();
        let stale = (0..lock.allowed.len()).filter(|index| !used.contains(index)).map(|index| {
            let allowed = &lock.allowed[index];
            format!("{} in {} {}", allowed.call, allowed.file, allowed.function).trim_end().to_owned()
        });
        let stale = stale.collect();
        Self {
            audit,
            lock,
            tests,
            strict: choice.strict,
            operations,
            unsure,
            unseen,
            wrong,
            stale,
            scopes,
            unsure_scopes,
            families,
            not_enabled,
            check,
            changes,
            risen,
            members: Vec::new(),
        }
    }

    /// Adds the verdicts of members that have a file of their own.
    #[must_use]
    pub fn with(self, members: Vec<Verdict<'a>>) -> Self {
        Self { members, ..self }
    }

    /// The highest risk of what is used.
    pub fn highest_risk(&self) -> Option<Risk> {
        self.operations.iter().map(|operation| operation.risk).max()
    }

    /// Whether something is missing or wrong, or differs from the file; with `strict`, also whether something is not settled.
    pub fn fails(&self) -> bool {
        let lacks = self.check.as_ref().is_some_and(Check::is_missing);
        lacks
            || !self.wrong.is_empty()
            || self.differs()
            || self.is_too_open()
            || self.members.iter().any(Verdict::fails)
    }

    /// Whether it is otherwise than the file says.
    pub fn differs(&self) -> bool {
        self.changes.as_ref().is_some_and(|changes| !changes.is_empty()) || !self.risen.is_empty()
    }

    /// Whether something is not settled, and that is not good enough.
    pub fn is_too_open(&self) -> bool {
        self.strict && !(self.unsure.is_empty() && self.unseen.is_empty())
    }

    /// The text that the file should have. What is granted there stays, unless it is said otherwise; the first time it is
    /// taken for what is needed.
    pub fn lock_text(&self, granted: Option<&ScopeSet>) -> String {
        let smallest = || ScopeSet::new(self.scopes.iter().map(Scope::to_string));
        let granted = granted.or_else(|| self.lock.requirements.granted()).cloned().unwrap_or_else(smallest);
        self.lock.text(&self.operations, &granted, self.tests)
    }

    /// The places where an operation is used for certain.
    pub fn places(&self, operation: &Operation) -> Vec<&'a Finding> {
        let meant = |finding: &&Finding| {
            finding.operation.id == operation.id && finding.doubt.is_none() && (self.tests || !finding.test)
        };
        self.audit.findings.iter().filter(meant).collect()
    }

    /// The operations that only code for tests uses.
    pub fn only_tests(&self) -> Vec<&'static Operation> {
        let all = self.audit.operations(true);
        all.into_iter().filter(|one| !self.operations.iter().any(|used| used.id == one.id)).collect()
    }
}

fn distinct_with(operations: &[&'static Operation], unsure: &[&Finding]) -> Vec<&'static Operation> {
    let mut all = distinct(unsure.iter().copied());
    all.extend(operations);
    all.sort_by_key(|operation| operation.id);
    all.dedup_by_key(|operation| operation.id);
    all
}

fn risk(word: &str) -> Option<Risk> {
    [Risk::Safe, Risk::Write, Risk::Outbound, Risk::Destructive].into_iter().find(|risk| risk.to_string() == word)
}
