//! What an audit says about scopes: what the program needs, and how that compares with what it has.

mod acceptance;
mod lock;
mod notice;

use std::collections::{BTreeMap, BTreeSet};

use desk_sdk::{Operation, Prefer, Risk, Scope, ScopeSet};

pub use self::acceptance::Miscounted;
pub use self::lock::{LOCK, Lock};
pub use self::notice::{Level, Notice, Rule};

use self::acceptance::Acceptance;
pub(super) use self::lock::relative;
pub(super) use self::notice::{RULES, undeclared};
use super::{Audit, Finding, Position, Unseen, distinct};
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
    /// Calls that certainly fail.
    pub wrong: Vec<&'a Unseen>,
    /// Entries of the file that belong to nothing.
    pub stale: Vec<String>,
    /// Entries of the file that accept another number of calls than are there.
    pub miscounted: Vec<Miscounted<'a>>,
    /// By operation, the calls for which people have accepted it.
    accepted: BTreeMap<&'static str, Vec<Accepted<'a>>>,
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
    /// Whether only a part is audited of what the file is for: then nothing of it is told to be gone or too much.
    pub is_part: bool,
    organization_known: bool,
    /// What is linked into the compiled program, and not found in the source.
    pub only_linked: Vec<&'static Operation>,
    /// The same of members that have a file of their own.
    pub members: Vec<Verdict<'a>>,
}

/// A call for which people have accepted an operation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Accepted<'a> {
    /// Where.
    pub place: &'a Position,
    /// How it is written there: `invoke`, `request`.
    pub written: &'a str,
}

impl<'a> Verdict<'a> {
    /// Judges an audit.
    pub fn new(audit: &'a Audit, lock: &'a Lock, choice: &Choice) -> Self {
        Self::judge(audit, lock, &[], choice)
    }

    /// Judges an audit, and each member that has a file of its own by that file. What is accepted there is accepted.
    pub fn with_members(audit: &'a Audit, lock: &'a Lock, members: &'a [(Audit, Lock)], choice: &Choice) -> Self {
        let of_members = Choice { granted: None, ..choice.clone() };
        let locks: Vec<&Lock> = members.iter().map(|(_, lock)| lock).collect();
        let members = members.iter().map(|(audit, lock)| Self::new(audit, lock, &of_members)).collect();
        Self { members, ..Self::judge(audit, lock, &locks, choice) }
    }

    fn judge(audit: &'a Audit, lock: &'a Lock, others: &[&'a Lock], choice: &Choice) -> Self {
        let tests = choice.tests || lock.tests;
        let organization_known = choice.organization_known || lock.organization_known;
        let is_part = lock.is_of_more(audit);
        let counts = |test: bool| tests || !test;
        let mut operations = audit.operations(tests);
        let (mut unsure, mut unseen, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
        let mut acceptance = Acceptance::new(lock, others);
        let mut accepted: BTreeMap<&'static str, Vec<Accepted<'a>>> = BTreeMap::new();
        let mut accept = |place: &'a Position, written: &'a str, test: bool| {
            let Some(allowed) = acceptance.of(place, written, counts(test)) else { return false };
            for operation in allowed.operations.iter().filter(|_| counts(test)) {
                let calls = accepted.entry(operation.id).or_default();
                if !calls.iter().any(|call| call.place == place) {
                    calls.push(Accepted { place, written });
                }
                operations.push(operation);
            }
            true
        };
        for finding in audit.findings.iter().filter(|finding| finding.doubt.is_some()) {
            if !accept(&finding.place, &finding.written, finding.test) && counts(finding.test) {
                unsure.push(finding);
            }
        }
        for one in &audit.unseen {
            if !accept(&one.place, &one.written, one.test) && counts(one.test) {
                if one.wrong.is_some() { &mut wrong } else { &mut unseen }.push(one);
            }
        }
        operations.sort_by_key(|operation| operation.id);
        operations.dedup_by_key(|operation| operation.id);
        // What is used for certain elsewhere adds nothing.
        let with_unsure = distinct_with(&operations, &unsure);
        let scopes = smallest(&operations, organization_known, Prefer::Narrow).scopes();
        let all = smallest(&with_unsure, organization_known, Prefer::Narrow).scopes();
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
        let check = granted.map(|granted| Check::new(&operations, granted, organization_known));
        // Whether a scope is too much, only the whole can tell.
        let check = check.map(|check| if is_part && choice.granted.is_none() { check.of_part() } else { check });
        let changes = lock.exists.then(|| {
            let now = granted.cloned().unwrap_or_default();
            let changes = Changes::between(&lock.requirements, &Requirements::of(&operations, now));
            if is_part { changes.of_part() } else { changes }
        });
        // Whether an entry belongs to nothing, only the whole can tell.
        let stale = if is_part { Vec::new() } else { acceptance.stale() };
        let miscounted = acceptance.miscounted();
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
            miscounted,
            accepted,
            scopes,
            unsure_scopes,
            families,
            not_enabled,
            check,
            changes,
            is_part,
            organization_known,
            only_linked: Vec::new(),
            members: Vec::new(),
        }
    }

    /// Adds what is linked into the compiled program, and not found in the source.
    #[must_use]
    pub fn with_linked(self, only_linked: Vec<&'static Operation>) -> Self {
        Self { only_linked, ..self }
    }

    /// The highest risk of what is used.
    pub fn highest_risk(&self) -> Option<Risk> {
        self.operations.iter().map(|operation| operation.risk).max()
    }

    /// Whether one of the notices is an error: something is missing or wrong, or differs from the file; with `strict`,
    /// also if something is not settled.
    pub fn fails(&self) -> bool {
        self.notices().iter().any(|notice| notice.level == Level::Error)
    }

    /// The exit code of the command: 0 if it is good, 1 if it fails, 2 if not all could be read.
    pub fn exit_code(&self) -> u8 {
        match (self.audit.problems.is_empty(), self.fails()) {
            (false, _) => 2,
            (true, true) => 1,
            (true, false) => 0,
        }
    }

    /// Whether it is otherwise than the file says, and that is no mere relief.
    pub fn differs(&self) -> bool {
        self.changes.as_ref().is_some_and(|changes| !changes.is_harmless())
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
        self.lock.text(&self.operations, &granted, [self.tests, self.organization_known])
    }

    /// Entries `[[allow]]` for what is not settled, which people have to complete.
    pub fn proposed(&self) -> String {
        acceptance::proposed(self.lock, &self.unsure, &self.unseen)
    }

    /// The places where an operation is used for certain.
    pub fn places(&self, operation: &Operation) -> Vec<&'a Finding> {
        let meant = |finding: &&Finding| {
            finding.operation.id == operation.id && finding.doubt.is_none() && (self.tests || !finding.test)
        };
        self.audit.findings.iter().filter(meant).collect()
    }

    /// The calls for which people have accepted an operation.
    pub fn accepted(&self, operation: &Operation) -> &[Accepted<'a>] {
        self.accepted.get(operation.id).map_or(&[], Vec::as_slice)
    }

    /// Where an operation is used: for certain, or by what people have accepted.
    pub fn positions(&self, operation: &Operation) -> Vec<&'a Position> {
        let places = self.places(operation).into_iter().map(|finding| &finding.place);
        places.chain(self.accepted(operation).iter().map(|call| call.place)).collect()
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
