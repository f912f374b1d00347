//! For programs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use desk_sdk::Scope;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::audit::{Accepted, Compared, Finding, Miscounted, Notice, Position, Unseen, Verdict};

/// The verdict as a JSON record, which borrows what it tells: an audit of much source tells a lot.
pub fn json<'v>(verdict: &'v Verdict<'_>, compared: Option<&Compared<'_>>) -> impl Serialize + use<'v> {
    let audit = verdict.audit;
    let tests = audit.findings.iter().filter(|one| one.test && !verdict.tests && one.doubt.is_none());
    Record {
        files: audit.files,
        unreached: audit.unreached,
        exit_code: verdict.exit_code(),
        fails: verdict.fails(),
        highest_risk: verdict.highest_risk().map(|risk| risk.to_string()),
        families: &verdict.families,
        families_not_enabled: &verdict.not_enabled,
        operations: verdict.operations.iter().map(|operation| UsedRecord::of(verdict, operation)).collect(),
        only_tests: tests.map(FindingRecord::of).collect(),
        unsure: verdict.unsure.iter().map(|finding| FindingRecord::of(finding)).collect(),
        unseen: verdict.unseen.iter().map(|unseen| UnseenRecord::of(unseen)).collect(),
        wrong: verdict.wrong.iter().map(|unseen| UnseenRecord::of(unseen)).collect(),
        smallest_scopes: &verdict.scopes,
        unsure_would_add: &verdict.unsure_scopes,
        check: verdict.check.as_ref().map(|check| check.to_json()),
        lock: LockRecord::of(verdict),
        members: verdict.members.iter().map(MemberRecord::of).collect(),
        notices: verdict.notices().into_iter().map(NoticeRecord::of).collect(),
        problems: audit.problems.iter().map(ProblemRecord::of).collect(),
        binary: compared.map(Compared::json),
    }
}

#[derive(Serialize)]
struct Record<'v> {
    files: usize,
    unreached: usize,
    exit_code: u8,
    fails: bool,
    highest_risk: Option<String>,
    families: &'v BTreeSet<&'static str>,
    families_not_enabled: &'v BTreeSet<&'static str>,
    operations: Vec<UsedRecord<'v>>,
    only_tests: Vec<FindingRecord<'v>>,
    unsure: Vec<FindingRecord<'v>>,
    unseen: Vec<UnseenRecord<'v>>,
    wrong: Vec<UnseenRecord<'v>>,
    smallest_scopes: &'v [Scope],
    unsure_would_add: &'v [Scope],
    check: Option<Value>,
    lock: Option<LockRecord<'v>>,
    members: Vec<MemberRecord<'v>>,
    notices: Vec<NoticeRecord<'v>>,
    problems: Vec<ProblemRecord<'v>>,
    binary: Option<Value>,
}

/// An operation that is used.
#[derive(Serialize)]
struct UsedRecord<'v> {
    operation: &'static str,
    risk: String,
    scopes: &'static [&'static [Scope]],
    in_doubt: bool,
    cookie_only: bool,
    places: Vec<FindingRecord<'v>>,
    accepted: Vec<AcceptedRecord<'v>>,
}

impl<'v> UsedRecord<'v> {
    fn of(verdict: &'v Verdict<'_>, operation: &'static desk_sdk::Operation) -> Self {
        Self {
            operation: operation.id,
            risk: operation.risk.to_string(),
            scopes: operation.scopes,
            in_doubt: operation.doubtful_scopes,
            cookie_only: operation.cookie_only,
            places: verdict.places(operation).into_iter().map(FindingRecord::of).collect(),
            accepted: verdict.accepted(operation).iter().map(AcceptedRecord::of).collect(),
        }
    }
}

/// A call for which people have accepted an operation.
#[derive(Serialize)]
struct AcceptedRecord<'v> {
    #[serde(flatten)]
    place: PlaceRecord<'v>,
    written: &'v str,
}

impl<'v> AcceptedRecord<'v> {
    fn of(call: &Accepted<'v>) -> Self {
        Self { place: PlaceRecord::of(call.place), written: call.written }
    }
}

#[derive(Serialize)]
struct PlaceRecord<'v> {
    #[serde(serialize_with = "shown")]
    file: &'v Path,
    line: u32,
    column: u32,
    function: &'v str,
}

impl<'v> PlaceRecord<'v> {
    fn of(place: &'v Position) -> Self {
        let Position { file, line, column, function } = place;
        Self { file, line: *line, column: *column, function }
    }
}

#[derive(Serialize)]
struct FindingRecord<'v> {
    #[serde(flatten)]
    place: PlaceRecord<'v>,
    operation: &'static str,
    how: &'static str,
    written: &'v str,
    test: bool,
    doubt: Option<&'v str>,
}

impl<'v> FindingRecord<'v> {
    fn of(finding: &'v Finding) -> Self {
        Self {
            place: PlaceRecord::of(&finding.place),
            operation: finding.operation.id,
            how: finding.how.word(),
            written: &finding.written,
            test: finding.test,
            doubt: finding.doubt.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct UnseenRecord<'v> {
    #[serde(flatten)]
    place: PlaceRecord<'v>,
    written: &'v str,
    reason: &'v str,
    test: bool,
}

impl<'v> UnseenRecord<'v> {
    fn of(unseen: &'v Unseen) -> Self {
        let Unseen { written, reason, test, .. } = unseen;
        Self { place: PlaceRecord::of(&unseen.place), written, reason, test: *test }
    }
}

/// What differs from a file, if there is one.
#[derive(Serialize)]
struct LockRecord<'v> {
    #[serde(serialize_with = "shown")]
    file: &'v Path,
    /// Whether only a part is audited of what the file is for.
    part: bool,
    changes: Value,
    risk_rose: Vec<Value>,
    stale: &'v [String],
    miscounted: Vec<MiscountedRecord<'v>>,
}

/// An entry that accepts another number of calls than are there.
#[derive(Serialize)]
struct MiscountedRecord<'v> {
    entry: &'v str,
    accepts: usize,
    found: usize,
    /// The entry as it has to be if all calls that are there are meant.
    meant: &'v str,
}

impl<'v> LockRecord<'v> {
    fn of(verdict: &'v Verdict<'_>) -> Option<Self> {
        let changes = verdict.changes.as_ref()?;
        let risen = changes.risen().map(
            |(id, was, is)| serde_json::json!({ "operation": id, "risk": is.to_string(), "was": was.to_string() }),
        );
        let miscounted = verdict.miscounted.iter().map(|Miscounted { entry, accepts, found, meant, .. }| {
            MiscountedRecord { entry, accepts: *accepts, found: *found, meant }
        });
        let (file, part, stale) = (&verdict.lock.file, verdict.is_part, &verdict.stale);
        let (risk_rose, miscounted) = (risen.collect(), miscounted.collect());
        Some(Self { file, part, changes: changes.to_json(), risk_rose, stale, miscounted })
    }
}

/// A member that has a file of its own.
#[derive(Serialize)]
struct MemberRecord<'v> {
    fails: bool,
    check: Option<Value>,
    lock: Option<LockRecord<'v>>,
}

impl<'v> MemberRecord<'v> {
    fn of(verdict: &'v Verdict<'_>) -> Self {
        let check = verdict.check.as_ref().map(|check| check.to_json());
        Self { fails: verdict.fails(), check, lock: LockRecord::of(verdict) }
    }
}

/// What SARIF tells as results.
#[derive(Serialize)]
struct NoticeRecord<'v> {
    rule: &'static str,
    level: &'static str,
    text: String,
    places: Vec<PlaceRecord<'v>>,
    #[serde(serialize_with = "shown")]
    file: PathBuf,
}

impl<'v> NoticeRecord<'v> {
    fn of(notice: Notice<'v>) -> Self {
        let places = notice.places.into_iter().map(PlaceRecord::of).collect();
        Self { rule: notice.rule.id, level: notice.level.word(), text: notice.text, places, file: notice.file }
    }
}

#[derive(Serialize)]
struct ProblemRecord<'v> {
    #[serde(serialize_with = "shown")]
    file: &'v Path,
    line: Option<u32>,
    column: Option<u32>,
    problem: &'v str,
}

impl<'v> ProblemRecord<'v> {
    fn of(problem: &'v crate::audit::Problem) -> Self {
        let (line, column) = problem.place.unzip();
        Self { file: &problem.file, line, column, problem: &problem.problem }
    }
}

/// A path, of which what is no text is replaced: serde would refuse all of it.
fn shown<S: Serializer>(file: impl AsRef<Path>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&file.as_ref().to_string_lossy())
}
