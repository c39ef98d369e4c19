//! Comma-separated values that a spreadsheet shows and does not run.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::text::safe_line;

/// A table in CSV, written row by row.
pub struct Sheet<'a>(csv::Writer<&'a mut dyn Write>);

impl<'a> Sheet<'a> {
    /// A table without a row.
    pub fn new(out: &'a mut dyn Write) -> Sheet<'a> {
        Sheet(csv::Writer::from_writer(out))
    }

    /// Writes a row. Cells are put on one line and made safe to print; text that a spreadsheet would take for a formula
    /// begins with an apostrophe.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> io::Result<()> {
        for cell in cells {
            self.0.write_field(harmless(cell.as_ref()).as_bytes()).map_err(plain)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(plain)
    }

    /// Hands everything on.
    pub fn end(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// What stands in the cell for `text`.
fn harmless(text: &str) -> Cow<'_, str> {
    let line = safe_line(text);
    // Headlines come from strangers. The wide forms are those of Chinese and Japanese keyboards, which some spreadsheets
    // take for the narrow ones. Blanks before the sign are passed over by some.
    let first = line.trim_start().chars().next();
    let is_formula = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if is_formula && !is_number(&line) { Cow::Owned(format!("'{line}")) } else { line }
}

/// A figure with its sign, as this program writes them.
fn is_number(text: &str) -> bool {
    let figure = text.strip_prefix('-').unwrap_or(text);
    figure.starts_with(|c: char| c.is_ascii_digit()) && figure.parse::<f64>().is_ok()
}

/// The writer's own error where there is one, so that a reader that has gone away is known as such.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_formula_and_numbers_are_numbers() {
        for (text, cell) in [
            ("The ferry", "The ferry"),
            ("=HYPERLINK(\"http://x.example\")", "'=HYPERLINK(\"http://x.example\")"),
            ("+994 12", "'+994 12"),
            ("-medal", "'-medal"),
            ("\t@SUM(1)", "' @SUM(1)"),
            ("\r=1", "' =1"),
            ("＝1", "'＝1"),
            ("-5.5", "-5.5"),
            ("-1-1", "'-1-1"),
            ("-inf", "'-inf"),
            ("2020-11-10", "2020-11-10"),
            ("a\nb\u{1b}[2J", "a b\u{FFFD}[2J"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), cell, "{text:?}");
        }
    }

    #[test]
    fn rows_are_quoted_where_they_must() {
        let mut out = Vec::new();
        let mut sheet = Sheet::new(&mut out);
        sheet.row(["a", "b,c"]).expect("memory takes everything");
        sheet.row(["=1", "say \"x\""]).expect("memory takes everything");
        sheet.end().expect("memory takes everything");
        assert_eq!(String::from_utf8_lossy(&out), "a,\"b,c\"\n'=1,\"say \"\"x\"\"\"\n");
    }
}
