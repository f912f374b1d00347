//! Short programs, one for each way to write a call. Their comments say what is to be found on a line: `// sure: a, b`,
//! `// unsure: a`, `// unseen`; on any other line, nothing may be.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use desk_cli::audit::Audit;

/// What is found on a line: `sure get_tickets`, `unseen`.
pub(crate) type Found = BTreeSet<(usize, String)>;

pub(crate) fn expected(text: &str) -> Found {
    let mut expected = Found::new();
    for (number, line) in (1..).zip(text.lines()) {
        let Some((_, comment)) = line.rsplit_once("// ") else { continue };
        for part in comment.split("; ") {
            if part == "unseen" {
                expected.insert((number, part.to_owned()));
            } else if let Some((kind @ ("sure" | "unsure"), operations)) = part.split_once(": ") {
                expected.extend(operations.split(", ").map(|operation| (number, format!("{kind} {operation}"))));
            }
        }
    }
    expected
}

pub(crate) fn found(audit: &Audit, file: &Path) -> Found {
    let mut found = Found::new();
    for finding in audit.findings.iter().filter(|finding| finding.place.file == file) {
        let kind = if finding.doubt.is_some() { "unsure" } else { "sure" };
        found.insert((finding.place.line as usize, format!("{kind} {}", finding.operation.id)));
    }
    for unseen in audit.unseen.iter().filter(|unseen| unseen.place.file == file) {
        found.insert((unseen.place.line as usize, "unseen".to_owned()));
    }
    found
}

fn cases() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/audit/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 6, "{cases:?}");
    cases
}

/// Whatever is left of a program, the audit ends, and tells what it can.
#[test]
fn damaged_programs_do_no_harm() {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("main.rs");
    let mut numbers = 7_u64;
    let mut number = |below: usize| {
        numbers = numbers.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(numbers >> 33).unwrap() % below.max(1)
    };
    let (mut read, mut refused) = (0, 0);
    for case in cases() {
        let text = fs::read_to_string(&case).unwrap();
        for _ in 0..12 {
            let mut lines: Vec<&str> = text.lines().collect();
            for _ in 0..=number(3) {
                let (from, to) = (number(lines.len()), number(lines.len()));
                match number(3) {
                    0 => drop(lines.remove(from)),
                    1 => lines.swap(from, to),
                    _ => lines.insert(to, lines[from]),
                }
            }
            fs::write(&file, lines.join("\n")).unwrap();
            let audit = Audit::of(std::slice::from_ref(&file));
            if audit.problems.is_empty() { read += 1 } else { refused += 1 }
        }
    }
    // Both happen, so that neither hides the other.
    assert!(read > 10 && refused > 10, "{read} {refused}");
}

#[test]
fn each_way_to_write_a_call_is_found() {
    let cases = cases();
    let (mut wrong, scratch) = (Vec::new(), tempfile::tempdir().unwrap());
    for case in cases {
        let text = fs::read_to_string(&case).unwrap();
        // Where it belongs to no package.
        let file = scratch.path().join(case.file_name().unwrap());
        fs::write(&file, &text).unwrap();
        let audit = Audit::of(std::slice::from_ref(&file));
        let (expected, found) = (expected(&text), found(&audit, &file));
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        wrong.extend(audit.problems.iter().map(|problem| format!("{name}: {problem}")));
        wrong.extend(expected.difference(&found).map(|(line, what)| format!("{name}:{line}: misses {what}")));
        wrong.extend(found.difference(&expected).map(|(line, what)| format!("{name}:{line}: finds {what}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
