//! The lock's text → the lock, with everything that is wrong in it.

use std::borrow::Cow;

use super::words::read;
use super::{Block, BlockKind, Item, ItemKind, LOCK, Lock};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};

impl Lock {
    /// Reads the lock's text.
    ///
    /// # Errors
    ///
    /// Every line that cannot be read, and every name that is given twice.
    pub fn parse(text: &str) -> Result<Self, Diagnostics> {
        let mut reader = Reader::default();
        for (index, line) in text.lines().enumerate() {
            reader.line(index + 1, line);
        }
        let mut diagnostics = reader.diagnostics;
        // What belongs to a block that could not be read would only be reported a second time.
        if diagnostics.is_empty() {
            reader.lock.check(&mut diagnostics);
        }
        diagnostics.into_result()?;
        Ok(reader.lock)
    }
}

#[derive(Default)]
struct Reader {
    lock: Lock,
    diagnostics: Diagnostics,
    /// The block that items belong to; none after a head that could not be read.
    open: Option<(BlockKind, String)>,
}

/// What is wrong with a line, and what to do.
type Mistake = (String, String);

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') {
            return;
        }
        let made = match () {
            () if is_conflict(line) => Err((
                "a conflict of two versions that nobody has solved".to_owned(),
                "keep the lines of both sides, take out the markers, and run `cargo xtask generate`".to_owned(),
            )),
            () if line.starts_with(char::is_whitespace) => self.item(number, text),
            () => self.head(number, text),
        };
        if let Err((problem, help)) = made {
            self.diagnostics.push(told(number, problem, help));
        }
    }

    fn head(&mut self, number: usize, text: &str) -> Result<(), Mistake> {
        self.open = None;
        let mut words = words(text)?;
        let word = words.next().unwrap_or_default();
        let kind = BlockKind::ALL.into_iter().find(|kind| kind.word() == word);
        let Some(kind) = kind else {
            let known = BlockKind::ALL.map(BlockKind::word).join(", ");
            return Err((
                format!("unknown kind of block, {word:?}"),
                format!("a line without indent starts with one of {known}"),
            ));
        };
        let form = match kind {
            BlockKind::Operation => "operation <id> <METHOD> <route>",
            BlockKind::Module => "module <module> <family>",
            BlockKind::Enum | BlockKind::Input | BlockKind::Record => "<kind> <Name> <module>",
        };
        let mut next = || words.next().ok_or_else(|| (format!("too few words for {word}"), format!("write `{form}`")));
        let name = next()?.into_owned();
        let at = match kind {
            BlockKind::Operation => format!("{} {}", next()?, next()?),
            _ => next()?.into_owned(),
        };
        let mut block = Block { at, line: number, ..Block::default() };
        let mut words = words.peekable();
        block.twin = kind == BlockKind::Operation && words.next_if(|word| word == "twin").is_some();
        (block.gone, block.was) = marks(words)?;
        if let Some(known) = self.lock.block(kind, &name) {
            let help = format!("it stands in line {} as well; join the two blocks", known.line);
            return Err((format!("{word} {name} is there twice"), help));
        }
        self.lock.add(kind, &name, block);
        self.open = Some((kind, name));
        Ok(())
    }

    fn item(&mut self, number: usize, text: &str) -> Result<(), Mistake> {
        let mut words = words(text)?;
        let word = words.next().unwrap_or_default();
        let Some(kind) = ItemKind::ALL.into_iter().find(|kind| kind.word() == word) else {
            let known = ItemKind::ALL.map(ItemKind::word).join(", ");
            return Err((
                format!("unknown kind of item, {word:?}"),
                format!("an indented line starts with one of {known}"),
            ));
        };
        let Some((block, name)) = &self.open else {
            // The head was reported; an item in front of all heads was not.
            let problem = "an item without a block".to_owned();
            let help = "write it below the line of the operation, record or enum that it belongs to".to_owned();
            return if self.diagnostics.is_empty() { Err((problem, help)) } else { Ok(()) };
        };
        if !kind.belongs(*block) {
            let help =
                format!("move it below the block that it belongs to; this one starts with `{} {name}`", block.word());
            return Err((format!("{} {name} cannot have a {word}", block.word()), help));
        }
        let mut next =
            |what: &str| words.next().ok_or_else(|| (format!("{word} without {what}"), "complete the line".to_owned()));
        let wire = if kind.has_wire() { next("what it is on the wire")?.into_owned() } else { String::new() };
        let rust = if kind.has_name() { next("a name")?.into_owned() } else { String::new() };
        let mut words = words.peekable();
        let of = words.next_if(|word| word.starts_with(|c: char| c.is_ascii_uppercase())).map(Cow::into_owned);
        let also = kind == ItemKind::Value && words.next_if(|word| word == "also").is_some();
        let (gone, was) = marks(words)?;
        let item = Item { name: rust, of, also, was, gone, line: number };
        let block = self.lock.blocks.get_mut(block).and_then(|blocks| blocks.get_mut(name));
        let Some(block) = block else { return Ok(()) };
        if let Some(known) = block.item(kind, &wire) {
            let help = format!("it stands in line {} as well; remove one of them", known.line);
            return Err((format!("{} is there twice", [word.as_ref(), &wire].join(" ").trim_end()), help));
        }
        block.add(kind, &wire, item);
        Ok(())
    }
}

/// What stands at the end of any line: `gone`, and after `was` the names before.
fn marks<'l>(mut words: impl Iterator<Item = Cow<'l, str>>) -> Result<(bool, Vec<String>), Mistake> {
    let mut gone = false;
    while let Some(word) = words.next() {
        match word.as_ref() {
            "gone" => gone = true,
            "was" => return Ok((gone, words.map(Cow::into_owned).collect())),
            word => {
                let help = "at its end, a line has `gone`, `was` with earlier names, or nothing".to_owned();
                return Err((format!("{word:?} does not belong here"), help));
            }
        }
    }
    Ok((gone, Vec::new()))
}

fn words(text: &str) -> Result<std::vec::IntoIter<Cow<'_, str>>, Mistake> {
    let broken = || ("a quotation that does not end".to_owned(), "write quoted words as in JSON".to_owned());
    read(text).map(Vec::into_iter).ok_or_else(broken)
}

fn is_conflict(line: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|marker| line.starts_with(marker))
}

pub(super) fn told(line: usize, problem: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Location::at(LOCK, line, 1), problem, help)
}
