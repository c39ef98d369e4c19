//! JSON in which nothing is left that a terminal or a reader of lines would obey.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::text::{breaks_line, is_hostile};

/// Writes `value` as one line of JSON. Beside what JSON itself demands, control characters, what reorders text and the
/// separators of lines and paragraphs are escaped: to a reader of JSON they are the same characters.
pub fn json_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Printable))?;
    out.write_all(b"\n")
}

/// Compact JSON with more characters escaped.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| is_hostile(*c) || breaks_line(*c)) {
            out.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.write_all(format!("\\u{unit:04x}").as_bytes())?;
            }
            written = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_reads_back_as_it_was() {
        for (text, line) in [
            ("plain \"quoted\" é 你", r#""plain \"quoted\" é 你""#),
            ("a\u{1b}\u{7f}\u{9b}b", r#""a\u001b\u007f\u009bb""#),
            ("\u{202e}gpj.exe\u{2028}", r#""\u202egpj.exe\u2028""#),
            ("\u{e0041}", r#""\udb40\udc41""#),
            ("می\u{200c}خواهم", "\"می\u{200c}خواهم\""),
        ] {
            let mut out = Vec::new();
            json_line(&mut out, &text).expect("memory takes everything");
            assert_eq!(String::from_utf8_lossy(&out), format!("{line}\n"));
            assert_eq!(serde_json::from_slice::<String>(&out).expect("JSON"), text);
        }
    }
}
