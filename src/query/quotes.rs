//! The characters that quote, and which of them close each other.

/// Quotes that can close each other: autocorrection often turns only one of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Guillemets,
    Corners,
}

/// How many families there are.
pub(super) const FAMILIES: usize = 3;

/// The family of a character that quotes. Single quotes are no family: they are apostrophes far more often.
pub(super) fn family(c: char) -> Option<Family> {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' => Some(Family::Double),
        '«' | '»' => Some(Family::Guillemets),
        '「' | '」' | '『' | '』' => Some(Family::Corners),
        _ => None,
    }
}

/// True for any of the characters that quote.
pub(super) fn is_quote(c: char) -> bool {
    family(c).is_some()
}

/// True for a Hebrew letter: a double quote between two of them is the sign of an abbreviation (gershayim).
pub(super) fn is_hebrew(c: Option<char>) -> bool {
    matches!(c, Some('\u{05D0}'..='\u{05EA}'))
}
