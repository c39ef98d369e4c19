//! What is said on standard error, a line each. A standard error that is closed is nobody's concern.

use std::io::{self, Write};

/// Writes a complaint.
pub(crate) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "search: {}", search::text::safe_text(message));
}

/// Writes a remark.
pub(crate) fn remark(message: &str) {
    complain(&format!("note: {message}"));
}
