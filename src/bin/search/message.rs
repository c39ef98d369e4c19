//! What is said on standard error, a line each. A standard error that is closed is nobody's concern.

use std::io::{self, Write};

use super::fold;

/// Writes a complaint, on one line whatever it quotes.
pub(crate) fn complain(message: &str) {
    let message = search::text::safe_text(message).replace(['\n', '\r', '\t', '\u{2028}', '\u{2029}'], " ");
    let message = format!("search: {message}");
    // In a file or a pipe a message is one line.
    let width =
        terminal_size::terminal_size_of(io::stderr()).map_or(usize::MAX, |(width, _)| usize::from(width.0).max(20));
    let _ = writeln!(io::stderr(), "{}", fold::fold(&message, width));
}

/// Writes a remark.
pub(crate) fn remark(message: &str) {
    complain(&format!("note: {message}"));
}
