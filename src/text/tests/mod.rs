//! What tests of several modules share, and the tables of the text kernels.

pub(crate) mod golden;
mod names;
pub(crate) mod steps;
mod words;

/// Holds every row `input ==> expected` of a table against what `make` makes of the input, and shows all that differ.
#[track_caller]
pub(crate) fn table(rows: &str, make: impl Fn(&str) -> String) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (input, expected) = row.split_once(" ==>").unwrap_or_else(|| panic!("a row has ==>: {row}"));
        let (expected, found) = (expected.trim(), make(input.trim()));
        count += 1;
        if found != expected {
            wrong.push(format!("{}\n  expected {expected}\n  found    {found}", input.trim()));
        }
    }
    assert!(count > 0, "an empty table tests nothing");
    assert!(wrong.is_empty(), "{} of {count} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}
