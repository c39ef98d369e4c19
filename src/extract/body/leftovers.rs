//! What programs leave in a text that was not meant for readers: tags that were escaped once too often, shortcodes that nobody
//! carried out, settings of a page builder.

use std::borrow::Cow;

use memchr::{memchr2, memchr2_iter};
use serde::de::IgnoredAny;

/// Bytes of the longest tag or shortcode.
const LONGEST_MARK: usize = 1_000;

/// Whether a block is an object of settings: JSON with names and values.
pub(super) fn is_settings(text: &str) -> bool {
    let text = text.trim();
    let is_object = (text.starts_with("{\"") || text.starts_with("[{\"")) && text.ends_with(['}', ']']);
    is_object && text.contains("\":") && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// A text without the tags that hold an address, and without shortcodes; what stands between them stays.
pub(super) fn without_marks(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr2(b'<', b'[', text.as_bytes()).is_none() {
        return text;
    }
    let mut names: Vec<&str> = Vec::new();
    let mut out = String::new();
    let mut from = 0;
    for at in memchr2_iter(b'<', b'[', text.as_bytes()) {
        let Some(mark) = mark_at(&text, at).filter(|mark| !mark.closes || names.contains(&mark.name)) else { continue };
        if !mark.closes {
            names.push(mark.name);
        }
        out.push_str(&text[from..at]);
        from = at + mark.length;
        // The blanks on both sides of it are one.
        from += usize::from(out.ends_with(' ') && text[from..].starts_with(' '));
    }
    if from == 0 {
        return text;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out.trim().to_owned())
}

/// A tag or a shortcode.
struct Mark<'t> {
    name: &'t str,
    length: usize,
    /// `</a>`, `[/button]`.
    closes: bool,
}

/// The mark at `at`: a tag that has an address in it, a shortcode that has a value in quotes, or the end of one.
fn mark_at(text: &str, at: usize) -> Option<Mark<'_>> {
    let is_tag = text.as_bytes()[at] == b'<';
    let rest = text.get(at + 1..)?;
    // To the next mark at most, so that a text of opening brackets takes linear time.
    let end = rest.bytes().take(LONGEST_MARK).position(|byte| matches!(byte, b'<' | b'[' | b'>' | b']'))?;
    let inner = rest.get(..end).filter(|_| rest.as_bytes()[end] == if is_tag { b'>' } else { b']' })?;
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let name = inner.split([' ', '/']).next().filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let holds = |starts: [&str; 4]| starts.iter().any(|start| inner.contains(start));
    let is_meant_for_programs = if is_tag {
        holds(["=\"http", "='http", "=\"//", "=“http"])
    } else {
        // Quotation marks of a text that was set well.
        holds(["=\"", "='", "=“", "=”"])
    };
    (is_name && (closes || is_meant_for_programs)).then_some(Mark { name, length: end + 2, closes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_for_programs_go() {
        for (text, expected) in [
            ("<a href=\"https://herald.example/t\">#mills</a> keeper said", "#mills keeper said"),
            ("See <img src='http://herald.example/a.jpg' alt=x/> here", "See here"),
            ("[button link=\"https://herald.example\" size=\"big\"] Order[/button]", "Order"),
            ("[vc_column width=“1/2”]Die Brücke[/vc_column]", "Die Brücke"),
            ("[caption id=\"a1\" align=\"left\"]Le pont[/caption] est fermé", "Le pont est fermé"),
            // What an article says of tags, and brackets of its own.
            (
                "Write <a href=\"mill.html\"> before the word and </a> behind it",
                "Write <a href=\"mill.html\"> before the word and </a> behind it",
            ),
            ("He said [sic] that a < b [1]", "He said [sic] that a < b [1]"),
            ("[/quote] and </b>", "[/quote] and </b>"),
            ("<<<[[[", "<<<[[["),
        ] {
            assert_eq!(without_marks(Cow::Borrowed(text)), expected, "{text}");
        }
    }

    #[test]
    fn settings_are_no_text() {
        assert!(is_settings("{\"columns\":2,\"text\":\"Order\",\"hue\":{\"light\":0}}"));
        assert!(is_settings("[{\"a\":1},{\"a\":2}]"));
        for text in ["{the bridge}", "{\"The bridge\" is closed}", "[1] The council", "{\"a\":", ""] {
            assert!(!is_settings(text), "{text}");
        }
    }
}
