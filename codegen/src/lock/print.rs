//! The lock as text: sorted, one line for each item.

use std::fmt;

use super::words::written;
use super::{Block, BlockKind, Item, ItemKind, Lock};

const HEAD: &str = "\
# The public name of each place of the spec. `cargo xtask generate` adds lines and never changes a name;
# `cargo xtask rename` does. What the spec has no longer is `gone` until `cargo xtask generate --prune`.
";

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        for kind in BlockKind::ALL {
            for (name, block) in self.blocks(kind) {
                writeln!(f)?;
                writeln!(f, "{} {}{}", kind.word(), written(name), head(kind, block))?;
                for (kind, wire, item) in block.all_items() {
                    writeln!(f, "  {}{}", kind.word(), line(kind, wire, item))?;
                }
            }
        }
        Ok(())
    }
}

fn head(kind: BlockKind, block: &Block) -> String {
    let mut text = match (kind, block.at.split_once(' ')) {
        (BlockKind::Operation, Some((method, route))) => format!(" {} {}", written(method), written(route)),
        _ => format!(" {}", written(&block.at)),
    };
    if block.twin {
        text.push_str(" twin");
    }
    marks(&mut text, &block.was, block.gone);
    text
}

fn line(kind: ItemKind, wire: &str, item: &Item) -> String {
    let mut text = String::new();
    let words = [(kind.has_wire(), wire), (kind.has_name(), item.name.as_str())];
    let words = words.into_iter().filter(|(has, _)| *has).map(|(_, word)| word).chain(item.of.as_deref());
    for word in words {
        text.push(' ');
        text.push_str(&written(word));
    }
    if item.also {
        text.push_str(" also");
    }
    marks(&mut text, &item.was, item.gone);
    text
}

fn marks(text: &mut String, was: &[String], gone: bool) {
    if gone {
        text.push_str(" gone");
    }
    if !was.is_empty() {
        text.push_str(&format!(" was {}", was.join(" ")));
    }
}
