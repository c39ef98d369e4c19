//! Text from pages and names of files made safe to print.
//!
//! Escape sequences can move the cursor, set the title or paste commands; bidirectional overrides can make a line
//! read otherwise than it is; a line break in the name of a file makes two files of it. In text all of these become
//! `U+FFFD`, and marks of direction, which only order what stands beside them, go without a trace. In names of files
//! they are spelt out, so that the file can still be opened. Joiners stay (Persian, Indic scripts and emoji need them).

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

/// `text` on one line: controls and bidirectional overrides replaced, runs of white space made one blank.
pub fn safe_line(text: &str) -> Cow<'_, str> {
    clean(text, false)
}

/// `text` with its line breaks kept and everything else as in [`safe_line`], blanks untouched.
pub fn safe_text(text: &str) -> Cow<'_, str> {
    clean(text, true)
}

/// `path` on one line, as it is where that is safe, else as a shell reads it: `$'a\nb.html'`. What cannot be printed, or
/// is not UTF-8, is spelt out as the octal numbers of its bytes.
pub fn safe_path(path: &Path) -> Cow<'_, str> {
    // No path of ours begins with a dollar, but one that is typed may: it must not pass for a quoted one.
    let plain = |text: &&str| !text.starts_with("$'") && !text.chars().any(|c| is_hostile(c) || breaks_line(c));
    match path.to_str().filter(plain) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(quoted(path.as_os_str().as_encoded_bytes())),
    }
}

/// `bytes` in the quotes of ANSI C that bash, zsh and ksh know.
fn quoted(bytes: &[u8]) -> String {
    let mut out = String::from("$'");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\'' | '\\' => out.extend(['\\', c]),
                c if is_hostile(c) || breaks_line(c) => spell(&mut out, c.encode_utf8(&mut [0; 4]).as_bytes()),
                c => out.push(c),
            }
        }
        spell(&mut out, chunk.invalid());
    }
    out.push('\'');
    out
}

/// Three digits each, as a figure may follow.
fn spell(out: &mut String, bytes: &[u8]) {
    // A `String` takes everything.
    for byte in bytes {
        let _ = write!(out, "\\{byte:03o}");
    }
}

fn clean(text: &str, keep_lines: bool) -> Cow<'_, str> {
    let plain = |c: char| !is_hostile(c) && (keep_lines || !breaks_line(c));
    if text.chars().all(plain) && (keep_lines || !text.contains("  ")) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_mark(c) {
            continue;
        } else if is_hostile(c) {
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

/// White space that ends a line, or a cell of one.
pub(crate) fn breaks_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}')
}

/// Marks of direction: they reorder nothing but what has no direction of its own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}')
}

/// Controls other than white space, C1 controls, and what reorders text.
pub(crate) fn is_hostile(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        '\u{00}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => true,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        c if is_mark(c) => true,
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
        assert_eq!(safe_line("שלום\u{200F}!"), "שלום!");
        assert_eq!(safe_line("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn paths_are_as_they_are_or_as_a_shell_reads_them() {
        use std::os::unix::ffi::OsStrExt;
        for (path, shown) in [
            (&b"/a/b c/caf\xc3\xa9  1.html"[..], "/a/b c/café  1.html"),
            (b"/a/it's.html", "/a/it's.html"),
            (b"/a/x\n/b\t.html", r"$'/a/x\n/b\t.html'"),
            (b"/a/\x1b[31m'\\7.html", r"$'/a/\033[31m\'\\7.html'"),
            (b"/a/\xc2\x9b2J.html", r"$'/a/\302\2332J.html'"),
            (b"/a/\xe2\x80\xaelmth.a", r"$'/a/\342\200\256lmth.a'"),
            (b"/a/caf\xe9.html", r"$'/a/caf\351.html'"),
            (b"$'a'", r"$'$\'a\''"),
        ] {
            assert_eq!(safe_path(Path::new(std::ffi::OsStr::from_bytes(path))), shown);
        }
    }

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(safe_line("a\n\tb  c"), "a b c");
        assert_eq!(safe_text("a\nb"), "a\nb");
    }
}
