//! What is said on standard error, a line each. A standard error that is closed is nobody's concern.

use std::io::{self, Write};

/// Writes a complaint, on one line whatever it quotes.
pub(crate) fn complain(message: &str) {
    let message = search::text::safe_text(message).replace(['\n', '\r', '\t', '\u{2028}', '\u{2029}'], " ");
    let _ = writeln!(io::stderr(), "search: {message}");
}

/// Writes a remark.
pub(crate) fn remark(message: &str) {
    complain(&format!("note: {message}"));
}
