//! Text from pages made safe for a terminal.
//!
//! Escape sequences can move the cursor, set the title or paste commands; bidirectional overrides can make a line
//! read otherwise than it is. All of these become `U+FFFD`. Joiners stay (Persian, Indic scripts and emoji need them).

use std::borrow::Cow;

/// `text` on one line: controls and bidirectional overrides replaced, runs of white space made one blank.
pub fn safe_line(text: &str) -> Cow<'_, str> {
    clean(text, false)
}

/// `text` with its line breaks kept and everything else as in [`safe_line`], blanks untouched.
pub fn safe_text(text: &str) -> Cow<'_, str> {
    clean(text, true)
}

fn clean(text: &str, keep_lines: bool) -> Cow<'_, str> {
    let plain = |c: char| !is_hostile(c) && (keep_lines || !matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}'));
    if text.chars().all(plain) && (keep_lines || !text.contains("  ")) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hostile(c) {
            out.push('\u{FFFD}');
        } else if keep_lines {
            out.push(c);
        } else if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Controls other than white space, C1 controls, and the marks that reorder text.
fn is_hostile(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        '\u{00}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => true,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}' | '\u{200E}' | '\u{200F}' => true,
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => true,
        '\u{E0000}'..='\u{E007F}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_lose_their_escape() {
        assert_eq!(safe_line("\u{1b}]0;owned\u{7}x"), "\u{FFFD}]0;owned\u{FFFD}x");
        assert_eq!(safe_line("\u{9b}31m"), "\u{FFFD}31m");
    }

    #[test]
    fn overrides_go_and_joiners_stay() {
        assert_eq!(safe_line("abc\u{202E}fed"), "abc\u{FFFD}fed");
        assert_eq!(safe_line("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(safe_line("a\n\tb  c"), "a b c");
        assert_eq!(safe_text("a\nb"), "a\nb");
    }
}
