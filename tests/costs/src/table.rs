//! How what was measured is shown: what it is, its cost beside another, the ratio, and the bar that it has to keep.

/// What a ratio has to keep.
#[derive(Clone, Copy, Debug)]
pub enum Bar {
    /// Nothing: it is shown for comparison.
    None,
    /// To be at most this.
    AtMost(f64),
}

/// The heading of a table of costs in a unit.
pub fn head(unit: &str) {
    println!("\n{unit:<42} {:>12} {:>12} {:>7} {:>8}", "cost", "beside", "ratio", "bar");
}

/// What something costs beside something else.
pub fn row(what: &str, cost: f64, beside: f64, bar: Bar) {
    let ratio = cost / beside;
    let bar = match bar {
        Bar::None => String::new(),
        Bar::AtMost(most) if ratio <= most => format!("≤ {most:.2}  kept"),
        Bar::AtMost(most) => format!("≤ {most:.2}  MISSED"),
    };
    println!("{what:<42} {cost:>12.0} {beside:>12.0} {ratio:>7.3}   {bar}");
}

/// A size as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "sizes are small enough")]
pub fn number(size: usize) -> f64 {
    size as f64
}
