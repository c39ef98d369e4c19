//! Values of meta tags, JSON-LD and attributes as a reader would see them.
//!
//! Content systems write markup and character references into such values, some of them twice. A browser shows neither, so
//! nothing but the text is compared or kept.

use crate::text;

/// On one line, in NFC.
pub(crate) fn one_line(text: &str) -> String {
    text::nfc(&text::squeeze(text)).into_owned()
}

/// The text of a value: character references decoded, tags out, on one line.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (piece, used) = if rest.starts_with('&') { entity(rest) } else { markup(rest) };
        out.push_str(&piece);
        rest = &rest[used..];
    }
    out.push_str(rest);
    text::squeeze(&out)
}

/// What the tag at the start of `text` becomes, and how many bytes it took.
fn markup(text: &str) -> (String, usize) {
    let is_tag = text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    // Tags in values are links and breaks. Further on the `>` belongs to something else, and to search for it from
    // each `<` would take quadratic time.
    let window = text.char_indices().take(400).find(|(_, c)| *c == '>');
    match window {
        Some((end, _)) if is_tag => (" ".to_owned(), end + 1),
        _ => ("<".to_owned(), 1),
    }
}

/// What the entity at the start of `text` stands for, and how many bytes it took.
fn entity(text: &str) -> (String, usize) {
    // No reference that is known below is longer.
    let Some(end) = text.bytes().take(12).position(|b| b == b';') else { return ("&".to_owned(), 1) };
    let name = &text[1..end];
    let code = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    let c = match name {
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "hellip" => Some('…'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        _ => code.and_then(char::from_u32).or_else(|| accented(name)),
    };
    match c {
        // An entity that was encoded twice.
        Some('&') if text[end + 1..].starts_with(['#', 'q', 'n', 'l', 'r', 'a']) => {
            let (inner, used) = entity_again(&text[end + 1..]);
            (inner, end + 1 + used)
        }
        Some(c) => (c.to_string(), end + 1),
        None => ("&".to_owned(), 1),
    }
}

/// The letter of an entity that names it and its accent: `&oacute;`, `&Ntilde;`, `&szlig;`.
fn accented(name: &str) -> Option<char> {
    if name == "szlig" {
        return Some('ß');
    }
    const ACCENTS: [(&str, char); 7] = [
        ("acute", '\u{301}'),
        ("grave", '\u{300}'),
        ("circ", '\u{302}'),
        ("tilde", '\u{303}'),
        ("uml", '\u{308}'),
        ("cedil", '\u{327}'),
        ("ring", '\u{30a}'),
    ];
    let (letter, accent) = ACCENTS.iter().find_map(|(end, accent)| Some((name.strip_suffix(end)?, accent)))?;
    let written = format!("{letter}{accent}");
    let composed = text::nfc(&written);
    let mut chars = composed.chars();
    chars.next().filter(|_| letter.len() == 1 && chars.next().is_none())
}

fn entity_again(rest: &str) -> (String, usize) {
    let inner = format!("&{}", rest.chars().take(10).collect::<String>());
    if inner.contains("&amp;") {
        return ("&".to_owned(), 0);
    }
    match entity(&inner) {
        (text, used) if used > 1 => (text, used - 1),
        _ => ("&".to_owned(), 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lose_their_markup() {
        for (written, shown) in [
            ("Bridge &amp; tunnel", "Bridge & tunnel"),
            // Written twice by a template that escapes what was escaped.
            ("Bridge &amp;quot;Old Anna&amp;quot;", "Bridge \"Old Anna\""),
            ("&#1052;&#x43E;&#X441;&#1090;", "Мост"),
            ("Stra&szlig;e, ni&ntilde;o, &Ouml;l, Fran&ccedil;ois", "Straße, niño, Öl, François"),
            ("&ldquo;Wait&rdquo; &ndash; &hellip; &laquo;Мост&raquo;", "“Wait” – … «Мост»"),
            ("<p>The <b>old</b> bridge</p>", "The old bridge"),
            ("3 < 4 and a<br/>b", "3 < 4 and a b"),
            ("Tom & Jerry &unknown; &#99999999;", "Tom & Jerry &unknown; &#99999999;"),
            ("  one\n\ttwo&nbsp;three ", "one two three"),
            ("", ""),
        ] {
            assert_eq!(plain(written), shown, "{written}");
        }
    }

    #[test]
    fn a_tag_that_does_not_end_soon_is_text() {
        let open = format!("a <b {}", "x".repeat(500));
        assert_eq!(plain(&open), open);
    }

    #[test]
    fn one_line_composes_letters() {
        assert_eq!(one_line(" Ko\u{308}ln \n am  Rhein"), "Köln am Rhein");
    }
}
