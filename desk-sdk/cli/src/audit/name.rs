//! Names: texts that are compared by their address, since the same ones are looked up again and again.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, OnceLock, PoisonError};

/// A text that exists once. It is kept until the process ends, which an audit does soon. There are millions of names, so
/// they are one pointer each.
#[derive(Clone, Copy)]
pub(super) struct Name(&'static &'static str);

impl Name {
    pub(super) fn new(text: &str) -> Self {
        thread_local! {
            // What a thread has seen needs no lock.
            static SEEN: RefCell<HashMap<&'static str, Name>> = RefCell::default();
        }
        static ALL: OnceLock<Mutex<HashMap<&'static str, Name>>> = OnceLock::new();
        SEEN.with_borrow_mut(|seen| {
            if let Some(known) = seen.get(text) {
                return *known;
            }
            let mut all = ALL.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
            let name = match all.get(text) {
                Some(known) => *known,
                None => {
                    let kept: &'static str = Box::leak(text.into());
                    *all.entry(kept).or_insert(Self(Box::leak(Box::new(kept))))
                }
            };
            seen.insert(name.text(), name);
            name
        })
    }

    /// The name that something is shown as, which needs no text of its own.
    pub(super) fn of(shown: &impl fmt::Display) -> Self {
        thread_local! {
            static TEXT: RefCell<String> = RefCell::default();
        }
        TEXT.with_borrow_mut(|text| {
            text.clear();
            let _ = write!(text, "{shown}");
            Self::new(text)
        })
    }

    pub(super) fn text(self) -> &'static str {
        self.0
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(other.0)
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        *self.0 == other
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one_name_in_all_threads() {
        let here = Name::new("client");
        let there = std::thread::spawn(|| Name::new(&["cli", "ent"].concat())).join().unwrap();
        assert_eq!(here, there);
        assert_ne!(here, Name::new("Client"));
        // The beginning of another text is another name.
        assert_ne!(Name::new("client"), Name::new("clien"));
    }
}
