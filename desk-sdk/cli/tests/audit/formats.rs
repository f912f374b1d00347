//! The formats of compiled programs, of which only one is that of the computer on which this runs: small files made by
//! hand, with texts in one section and the constants of operations in another.

use desk_cli::audit::Linked;
use desk_sdk::{Operation, operation};

use crate::project::Project;

/// Where texts are in a file, and where constants are.
const TEXTS: usize = 0x1000;
const CONSTANTS: usize = 0x4000;
const LENGTH: usize = 0x3000;

/// A file of bytes with numbers of one order and width.
struct Image {
    bytes: Vec<u8>,
    is_little: bool,
    word: usize,
}

impl Image {
    fn new(is_little: bool, word: usize) -> Self {
        Self { bytes: vec![0; CONSTANTS + LENGTH], is_little, word }
    }

    fn put(&mut self, at: usize, value: u64, width: usize) {
        let bytes = if self.is_little { value.to_le_bytes() } else { value.to_be_bytes() };
        let part = if self.is_little { &bytes[..width] } else { &bytes[8 - width..] };
        self.bytes[at..at + width].copy_from_slice(part);
    }

    /// Numbers of these widths, one after another; where the next would be.
    fn all(&mut self, mut at: usize, values: &[(u64, usize)]) -> usize {
        for (value, width) in values {
            self.put(at, *value, *width);
            at += width;
        }
        at
    }

    fn text(&mut self, at: usize, text: &str) {
        self.bytes[at..at + text.len()].copy_from_slice(text.as_bytes());
    }

    /// Texts without constants that refer to them, and texts with constants; `pointer` writes where a text is.
    fn operations(&mut self, ids: &[&str], pointer: impl Fn(u64) -> u64) {
        let get = |id: &str| -> &'static Operation { operation(id).unwrap() };
        let mut at = TEXTS;
        let mut constant = CONSTANTS;
        for (operation, is_linked) in ids.iter().map(|id| (get(id), true)).chain([(get("get_agents"), false)]) {
            for text in [operation.id, operation.path, operation.summary] {
                self.text(at, text);
                if is_linked {
                    let word = self.word;
                    let reference = [(pointer((at - TEXTS) as u64), word), (text.len() as u64, word)];
                    constant = self.all(constant, &reference);
                }
                at += text.len();
            }
            constant += 0x400;
        }
        assert!(at < CONSTANTS && constant < CONSTANTS + LENGTH);
    }
}

const IDS: [&str; 2] = ["get_tickets", "update_ticket"];

fn linked(bytes: &[u8]) -> Vec<&'static str> {
    let project = Project::new(&[]);
    let file = project.file("program");
    std::fs::write(&file, bytes).unwrap();
    Linked::of(&file).unwrap().operations.iter().map(|operation| operation.id).collect()
}

/// Where a Mach-O program starts in memory.
const HEADER: u64 = 0x1_0000_0000;

/// A Mach-O program, whose constants are in a section of this segment.
fn mach_o(segment: &str, ids: &[&str], pointer: impl Fn(u64) -> u64) -> Vec<u8> {
    let mut image = Image::new(true, 8);
    let header = [0xfeed_facf, 0x0100_000c, 0, 2, 2, 2 * 152, 0, 0].map(|value| (value, 4));
    let mut at = image.all(0, &header);
    let (texts, constants) = (("__TEXT", 0, CONSTANTS, TEXTS), (segment, CONSTANTS, LENGTH, CONSTANTS));
    for (name, from, length, section) in [texts, constants] {
        let address = HEADER + from as u64;
        image.all(at, &[(0x19, 4), (152, 4)]);
        image.text(at + 8, name);
        image.all(
            at + 24,
            &[(address, 8), (length as u64, 8), (from as u64, 8), (length as u64, 8), (7, 4), (3, 4), (1, 4), (0, 4)],
        );
        image.text(at + 72, "__const");
        image.text(at + 88, name);
        image.all(at + 104, &[(HEADER + section as u64, 8), (LENGTH as u64, 8), (section as u64, 4)]);
        at += 152;
    }
    image.operations(ids, pointer);
    image.bytes
}

#[test]
fn mach_o_is_read_however_its_pointers_are_written() {
    let text = TEXTS as u64;
    for segment in ["__DATA", "__DATA_CONST"] {
        // As they are in memory; with what dyld needs in the upper bits; and so, from the header.
        assert_eq!(linked(&mach_o(segment, &IDS, |at| HEADER + text + at)), IDS);
        assert_eq!(linked(&mach_o(segment, &IDS, |at| 0x0010_0000_0000_0000 | (HEADER + text + at))), IDS);
        assert_eq!(linked(&mach_o(segment, &IDS, |at| 0x0010_0000_0000_0000 | (text + at))), IDS);
    }
}

#[test]
fn a_program_for_several_processors_has_what_each_has() {
    let text = TEXTS as u64;
    let of = |id: &str| mach_o("__DATA_CONST", &[id], |at| text + at);
    let (one, two) = (of("get_tickets"), of("update_ticket"));
    let mut fat = Image::new(false, 4);
    let at = fat.all(0, &[(0xcafe_babe, 4), (2, 4)]);
    let length = one.len() as u64;
    let arches = [0x0100_0007, 3, 0x1000, length, 12, 0x0100_000c, 0, 0x1000 + length, length, 12];
    fat.all(at, &arches.map(|value| (value, 4)));
    fat.bytes.truncate(0x1000);
    fat.bytes.extend(one.into_iter().chain(two));
    assert_eq!(linked(&fat.bytes), IDS);
}

/// A PE program of 64 or of 32 bits.
fn pe(word: usize) -> Vec<u8> {
    let is_64 = word == 8;
    let mut image = Image::new(true, word);
    let base = if is_64 { 0x1_4000_0000 } else { 0x40_0000 };
    let options = if is_64 { 112 } else { 96 };
    image.text(0, "MZ");
    image.put(0x3c, 64, 4);
    image.text(64, "PE");
    let machine = if is_64 { 0x8664 } else { 0x14c };
    let optional = image.all(68, &[(machine, 2), (2, 2), (0, 4), (0, 4), (0, 4), (options, 2), (0x22, 2)]);
    image.put(optional, if is_64 { 0x20b } else { 0x10b }, 2);
    image.put(optional + if is_64 { 24 } else { 28 }, base, word);
    image.all(optional + 32, &[(0x1000, 4), (0x200, 4)]);
    let mut at = optional + options as usize;
    for (name, section) in [(".rdata", TEXTS as u64), (".data", CONSTANTS as u64)] {
        let length = LENGTH as u64;
        image.text(at, name);
        let flags = if name == ".data" { 0xc000_0040 } else { 0x4000_0040 };
        image.all(at + 8, &[(length, 4), (section, 4), (length, 4), (section, 4)]);
        image.put(at + 36, flags, 4);
        at += 40;
    }
    image.operations(&IDS, |at| base + TEXTS as u64 + at);
    image.bytes
}

#[test]
fn pe_is_read_in_both_widths() {
    assert_eq!(linked(&pe(8)), IDS);
    assert_eq!(linked(&pe(4)), IDS);
}

/// An ELF program that is not moved when it is loaded, as linkers for small computers write it.
fn elf(is_little: bool, word: usize) -> Vec<u8> {
    let mut image = Image::new(is_little, word);
    let (base, is_64) = (0x1_0000, word == 8);
    let names = "\0.rodata\0.data.rel.ro\0.shstrtab\0";
    let (head, entry, of_names, sections) = if is_64 { (64, 64, 0x200, 0x300) } else { (52, 40, 0x200, 0x300) };
    image.bytes[..7].copy_from_slice(&[
        0x7f,
        b'E',
        b'L',
        b'F',
        if is_64 { 2 } else { 1 },
        if is_little { 1 } else { 2 },
        1,
    ]);
    let machine = if is_64 { 62 } else { 8 };
    let at = image.all(16, &[(2, 2), (machine, 2), (1, 4), (0, word), (0, word), (sections, word), (0, 4)]);
    image.all(at, &[(head, 2), (0, 2), (0, 2), (entry, 2), (4, 2), (3, 2)]);
    image.text(of_names, names);
    for (number, (name, kind, flags, at, length)) in [
        (".rodata", 1, 2, TEXTS, LENGTH),
        (".data.rel.ro", 1, 3, CONSTANTS, LENGTH),
        (".shstrtab", 3, 0, of_names, names.len()),
    ]
    .into_iter()
    .enumerate()
    {
        let address = if flags > 0 { base + at as u64 } else { 0 };
        let place = sections as usize + (number + 1) * entry as usize;
        let name = names.find(&format!("\0{name}\0")).unwrap() + 1;
        let values =
            [(name as u64, 4), (kind, 4), (flags, word), (address, word), (at as u64, word), (length as u64, word)];
        image.all(place, &values);
    }
    image.operations(&IDS, |at| base + TEXTS as u64 + at);
    image.bytes
}

#[test]
fn elf_is_read_in_both_widths_and_orders() {
    for (is_little, word) in [(true, 8), (false, 8), (true, 4), (false, 4)] {
        assert_eq!(linked(&elf(is_little, word)), IDS, "{is_little} {word}");
    }
}

#[test]
fn whatever_is_left_of_a_program_does_no_harm() {
    let text = TEXTS as u64;
    let project = Project::new(&[]);
    let file = project.file("program");
    let mut refused = 0;
    for whole in [mach_o("__DATA", &IDS, |at| HEADER + text + at), pe(8), pe(4), elf(true, 8), elf(false, 4)] {
        // Cut off, or with a byte of its heads that is another one.
        let cut = (0..whole.len()).step_by(97).map(|end| whole[..end].to_vec());
        let other = (0..0x400).step_by(3).map(|at| {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            bytes
        });
        for bytes in cut.chain(other) {
            std::fs::write(&file, bytes).unwrap();
            refused += usize::from(Linked::of(&file).is_err());
        }
    }
    assert!(refused > 100, "{refused}");
    let ran = project.audit(&["--binary", "."]);
    assert!(ran.code == Some(2) && ran.err.contains("is not a file: name a compiled program"), "{}", ran.err);
    std::fs::write(&file, mach_o("__DATA", &IDS, |at| HEADER + text + at)).unwrap();
    let ran = project.audit(&["--binary", "program", "--strict"]);
    assert!(ran.code == Some(2) && ran.err.contains("--strict is about the source"), "{}", ran.err);
    assert_eq!(project.audit(&["--binary", "program"]).out, "Linked into program: get_tickets, update_ticket\n");
}

#[test]
fn what_is_only_linked_fails_in_every_form() {
    let text = TEXTS as u64;
    let project = Project::of_main("fn f(c: &desk_sdk::Client) { c.get_tickets(p); }");
    std::fs::write(project.file("program"), mach_o("__DATA", &IDS, |at| HEADER + text + at)).unwrap();
    let both = [".", "--binary", "program"];
    let json = project.json(&both);
    assert_eq!((&json["fails"], &json["exit_code"]), (&true.into(), &1.into()));
    assert_eq!(
        (&json["binary"]["only_linked"][0], &json["notices"][0]["rule"]),
        (&"update_ticket".into(), &"only-linked".into())
    );
    for (form, part) in [
        (&["--sarif"][..], "\"ruleId\": \"only-linked\""),
        (&["--html", "-"], "update_ticket is linked into the program, and not found in its source. (only-linked)"),
        (&[], "This fails (exit code 1): 1 only-linked."),
    ] {
        let ran = project.audit(&[&both[..], form].concat());
        assert!(ran.code == Some(1) && ran.out.contains(part), "{part}: {}{}", ran.out, ran.err);
    }
}
