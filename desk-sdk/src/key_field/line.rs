//! How the parts of a line share its length.

const BETWEEN: &str = " · ";

/// The fewest characters of a part that still tell something.
const FEWEST: usize = 8;

/// The parts with marks between them, in at most this many characters. The longest parts are cut first, so that a long
/// subject does not hide what follows it.
pub(super) fn joined(mut parts: Vec<String>, longest: usize) -> String {
    let lengths: Vec<usize> = parts.iter().map(|part| length(part)).collect();
    let between = length(BETWEEN) * parts.len().saturating_sub(1);
    let whole = lengths.iter().fold(between, |sum, length| sum.saturating_add(*length));
    if whole > longest
        && let Some(share) = share(&lengths, longest.saturating_sub(between)).filter(|share| *share >= FEWEST)
    {
        parts = parts.into_iter().map(|part| cut(part, share)).collect();
    }
    cut(parts.join(BETWEEN), longest)
}

/// The most characters that each part may have so that all of them have no more than this.
fn share(lengths: &[usize], all: usize) -> Option<usize> {
    let taken = |share: usize| lengths.iter().fold(0_usize, |sum, length| sum.saturating_add((*length).min(share)));
    let (mut fits, mut too_many) = (0, all.saturating_add(1));
    while fits + 1 < too_many {
        let middle = fits + (too_many - fits) / 2;
        if taken(middle) <= all { fits = middle } else { too_many = middle }
    }
    (fits > 0).then_some(fits)
}

/// A text of at most this many characters, the last of which says that it was cut.
fn cut(text: String, longest: usize) -> String {
    if length(&text) <= longest {
        return text;
    }
    let Some(kept) = longest.checked_sub(1) else { return String::new() };
    let mut short: String = text.chars().take(kept).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

fn length(text: &str) -> usize {
    text.chars().count()
}
