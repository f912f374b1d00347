//! Which operations are linked into a compiled program: a check of the audit of its source.
//!
//! What is known about an operation is a constant with references to its id, its path and its summary. A program has that
//! constant if it may call the operation. The references are looked for, not the texts: those may be anywhere.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use desk_sdk::Operation;
use object::read::macho::{FatArch as _, MachOFatFile32, MachOFatFile64};
use object::{
    BinaryFormat, FileKind, Object as _, ObjectSection as _, ObjectSegment as _, RelocationTarget, SectionKind,
};

use super::Problem;

/// How far apart the references of a constant are at most: more than its size, in bytes.
const REACH: u64 = 640;

/// More than any program has.
const LARGEST: u64 = 4 << 30;

/// One of these is in every program with the SDK: in symbols, or in the places of its panics.
const NAMES: [&[u8]; 2] = [b"desk-sdk", b"desk_sdk"];

/// Pointers of Mach-O files may hold more than the address, in their upper bits.
const ADDRESS_BITS: u64 = (1 << 36) - 1;

/// What is linked into a program.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Linked {
    /// The operations, sorted by id.
    pub operations: Vec<&'static Operation>,
    /// Whether there are so many that they must come from calls by name, which link all of the enabled families.
    pub by_name: bool,
}

impl Linked {
    /// Reads a program: ELF, Mach-O, or PE.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or has no SDK in it.
    pub fn of(file: &Path) -> Result<Self, Problem> {
        let bytes = read(file).map_err(|problem| Problem::new(file, problem))?;
        let images = Image::each(&bytes)
            .map_err(|error| Problem::new(file, format!("is no program (ELF, Mach-O or PE): {error}")))?;
        let mut operations: Vec<&'static Operation> = images.iter().flat_map(Image::operations).collect();
        operations.sort_by_key(|operation| operation.id);
        operations.dedup_by_key(|operation| operation.id);
        if operations.is_empty() && !NAMES.iter().any(|name| bytes.windows(name.len()).any(|part| part == *name)) {
            return Err(Problem::new(file, "has no desk-sdk in it: name a program that was built with it"));
        }
        // Of a family, a program that does not call by name hardly uses everything.
        let by_name = operations.len() > desk_sdk::operations().count() / 10;
        Ok(Self { operations, by_name })
    }
}

/// The bytes of a file; a device or a pipe has no end.
fn read(file: &Path) -> Result<Vec<u8>, String> {
    let about = fs::metadata(file).map_err(|error| format!("cannot be read: {error}"))?;
    if !about.is_file() {
        return Err("is not a file: name a compiled program".to_owned());
    }
    if about.len() > LARGEST {
        return Err(format!("is larger than {} GiB", LARGEST >> 30));
    }
    fs::read(file).map_err(|error| format!("cannot be read: {error}"))
}

/// The sections of a program, with their addresses.
struct Image<'b> {
    sections: Vec<(u64, &'b [u8], bool)>,
    /// What the loader writes, by address.
    relocated: HashMap<u64, u64>,
    /// What addresses may be counted from: where the program's header is.
    base: u64,
    word: usize,
    is_little: bool,
}

impl<'b> Image<'b> {
    /// A program, or the programs in one for several processors.
    fn each(bytes: &'b [u8]) -> object::Result<Vec<Self>> {
        match FileKind::parse(bytes)? {
            FileKind::MachOFat32 => {
                let file = MachOFatFile32::parse(bytes)?;
                file.arches().iter().map(|arch| Self::read(arch.data(bytes)?)).collect()
            }
            FileKind::MachOFat64 => {
                let file = MachOFatFile64::parse(bytes)?;
                file.arches().iter().map(|arch| Self::read(arch.data(bytes)?)).collect()
            }
            _ => Ok(vec![Self::read(bytes)?]),
        }
    }

    fn read(bytes: &'b [u8]) -> object::Result<Self> {
        let file = object::File::parse(bytes)?;
        let mut sections = Vec::new();
        for section in file.sections() {
            let is_data = matches!(
                section.kind(),
                SectionKind::Data | SectionKind::ReadOnlyData | SectionKind::ReadOnlyDataWithRel
            );
            let is_text = is_data || section.kind() == SectionKind::ReadOnlyString;
            if is_text && section.address() > 0 {
                sections.push((section.address(), section.data()?, is_data));
            }
        }
        sections.sort_by_key(|(address, ..)| *address);
        let relocations = file.dynamic_relocations().into_iter().flatten();
        let relocated = relocations
            .filter(|(_, relocation)| {
                relocation.target() == RelocationTarget::Absolute && !relocation.has_implicit_addend()
            })
            .map(|(address, relocation)| (address, relocation.addend() as u64));
        Ok(Self {
            relocated: relocated.collect(),
            base: header(&file),
            word: if file.is_64() { 8 } else { 4 },
            is_little: file.is_little_endian(),
            sections,
        })
    }

    /// The operations whose constants are there.
    fn operations(&self) -> Vec<&'static Operation> {
        let mut ids: HashMap<&[u8], &'static Operation> = HashMap::new();
        let mut longest = 0;
        let mut paths: HashMap<&[u8], Vec<u64>> = HashMap::new();
        let mut summaries: HashMap<&[u8], Vec<u64>> = HashMap::new();
        for operation in desk_sdk::operations() {
            ids.insert(operation.id.as_bytes(), operation);
            paths.entry(operation.path.as_bytes()).or_default();
            summaries.entry(operation.summary.as_bytes()).or_default();
            longest = longest.max(operation.path.len()).max(operation.summary.len());
        }
        let mut found: Vec<(u64, &'static Operation)> = Vec::new();
        for (address, target, length) in self.references() {
            let Some(text) = (length <= longest as u64).then(|| self.text(target, length as usize)).flatten() else {
                continue;
            };
            if let Some(operation) = ids.get(text) {
                found.push((address, operation));
            }
            for places in [paths.get_mut(text), summaries.get_mut(text)].into_iter().flatten() {
                places.push(address);
            }
        }
        let near = |places: Option<&Vec<u64>>, address: u64| {
            places.is_some_and(|places| places.iter().any(|place| place.abs_diff(address) <= REACH))
        };
        let mut operations: Vec<&'static Operation> = found
            .into_iter()
            .filter(|(address, operation)| {
                near(paths.get(operation.path.as_bytes()), *address)
                    && near(summaries.get(operation.summary.as_bytes()), *address)
            })
            .map(|(_, operation)| operation.alias_of.and_then(desk_sdk::operation).unwrap_or(operation))
            .collect();
        operations.sort_by_key(|operation| operation.id);
        operations.dedup_by_key(|operation| operation.id);
        operations
    }

    /// All pairs of words that may be a text's address and its length: with their own address.
    fn references(&self) -> impl Iterator<Item = (u64, u64, u64)> + '_ {
        let data = self.sections.iter().filter(|(_, _, is_data)| *is_data);
        data.flat_map(move |(start, bytes, _)| {
            let skipped = (start.next_multiple_of(self.word as u64) - start) as usize;
            let last = bytes.len().saturating_sub(2 * self.word);
            (skipped..=last).step_by(self.word).filter_map(move |offset| {
                let address = start + offset as u64;
                let target = self.relocated.get(&address).copied().unwrap_or_else(|| self.word_at(bytes, offset));
                let length = self.word_at(bytes, offset + self.word);
                (target > 0 && (1..=4096).contains(&length)).then_some((address, target, length))
            })
        })
    }

    fn word_at(&self, bytes: &[u8], offset: usize) -> u64 {
        let Some(word) = bytes.get(offset..offset + self.word) else { return 0 };
        let fold = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        match self.is_little {
            true => word.iter().rev().fold(0, fold),
            false => word.iter().fold(0, fold),
        }
    }

    /// The bytes at an address, as it is or as a Mach-O file writes it.
    fn text(&self, target: u64, length: usize) -> Option<&'b [u8]> {
        let masked = target & ADDRESS_BITS;
        [target, masked, masked.wrapping_add(self.base)].into_iter().find_map(|address| {
            let index = self.sections.partition_point(|(start, ..)| *start <= address).checked_sub(1)?;
            let (start, bytes, _) = self.sections[index];
            let offset = usize::try_from(address - start).ok()?;
            bytes.get(offset..offset.checked_add(length)?)
        })
    }
}

/// The address of a program's header, which is in its first segment.
fn header(file: &object::File<'_>) -> u64 {
    let first = file.segments().find(|segment| segment.file_range().0 == 0 && segment.size() > 0);
    match file.format() {
        BinaryFormat::MachO => first.map_or(0, |segment| segment.address()),
        _ => file.relative_address_base(),
    }
}
