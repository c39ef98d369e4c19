//! A name as the value of a field: `by:`, `person:`, `place:`, `site:` and their like.

use super::quotes::{is_hebrew, is_quote};

/// The longest name or site that is looked for, in bytes. The longest names of places and organisations have about 100;
/// what is longer is a paragraph that was pasted behind a colon.
const LONGEST_NAME: usize = 200;

/// A name on one line without quotes; `None` where no letter or digit is left or it is longer than any name.
///
/// The result reads back to itself, so that the canonical form of a query does too.
pub(super) fn name(value: &str) -> Option<String> {
    if value.len() > LONGEST_NAME {
        return None;
    }
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        // The quote inside a Hebrew abbreviation has a character of its own.
        let hebrew = c == '"' && is_hebrew(out.chars().next_back());
        match c {
            _ if hebrew => out.push('\u{05F4}'),
            // What `*` and its like ask for does nothing in a name.
            _ if c.is_whitespace() || is_quote(c) || matches!(c, '*' | '?' | '~') => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(c),
        }
    }
    let trimmed = out.trim_start_matches(|c: char| !c.is_alphanumeric());
    // A full stop ends `St.` and a parenthesis `Georgia (US)`.
    let trimmed = trimmed.trim_end_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ')') || is_mark(c)));
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// True for characters that belong to the letter before them.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: Option<&str>) {
        let read = name(value);
        assert_eq!(read.as_deref(), expected, "{value}");
        if let Some(read) = read {
            assert_eq!(name(&read).as_deref(), Some(read.as_str()), "{value} does not read back");
        }
    }

    #[test]
    fn names_lose_what_is_no_part_of_them() {
        check("Lachin", Some("Lachin"));
        check("  New \t York\n", Some("New York"));
        check("\"New York\"", Some("New York"));
        check("St.", Some("St."));
        check("Georgia (US)", Some("Georgia (US)"));
        check("O'Brien,", Some("O'Brien"));
        check("=Əliyev", Some("Əliyev"));
        check("Aliy*", Some("Aliy"));
        check("Ali?ev", Some("Ali ev"));
        check("a~~b", Some("a b"));
        check("(Smith", Some("Smith"));
        check("צה\"ל", Some("צה״ל"));
        check("a\"b", Some("a b"));
        check("e\u{0301}", Some("e\u{0301}"));
    }

    #[test]
    fn what_holds_no_letter_is_no_name() {
        for value in ["", "   ", "--", "\"\"", "*", "(.)"] {
            check(value, None);
        }
    }

    #[test]
    fn a_name_has_two_hundred_bytes_at_most() {
        let longest = "a".repeat(LONGEST_NAME);
        check(&longest, Some(&longest));
        check(&"a".repeat(LONGEST_NAME + 1), None);
    }
}
