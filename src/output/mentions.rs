//! Mentions for people, one a line.

use std::io::{self, Write};

use crate::api::MentionView;
use crate::text::safe_line;

/// Writes `start-end<TAB>kind<TAB>text<TAB>value<TAB>rule` for each of `mentions`.
pub fn mentions(out: &mut dyn Write, mentions: &[MentionView]) -> io::Result<()> {
    for mention in mentions {
        let value = mention.value.as_deref().unwrap_or("");
        let (text, value) = (safe_line(&mention.text), safe_line(value));
        writeln!(out, "{}-{}\t{}\t{text}\t{value}\t{}", mention.start, mention.end, mention.kind, mention.rule)?;
    }
    Ok(())
}
