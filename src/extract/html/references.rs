//! Character references: `&amp;`, `&#228;`, `&eacute` and the like, decoded as browsers do.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// Longest name that browsers know without a semicolon.
// `Aacute` and `brvbar`; the list in the HTML standard has no longer one.
const BARE: usize = 6;

/// `text` with its references decoded; borrowed where it has none. In an attribute a name without a semicolon is left
/// as it is before a letter, a digit or `=`: it is part of an address (`?a=1&copy=2`).
pub(crate) fn decode(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return text.into() };
    let mut out = String::with_capacity(text.len());
    let (mut from, mut at) = (0, first);
    loop {
        out.push_str(&text[from..at]);
        let rest = &text[at + 1..];
        let found = match rest.strip_prefix('#') {
            Some(number) => numbered(number).map(|(c, used)| ([Some(c), None], used + 1)),
            None => named(rest, in_attribute),
        };
        from = at + 1;
        match found {
            Some((chars, used)) => {
                out.extend(chars.into_iter().flatten());
                from += used;
            }
            None => out.push('&'),
        }
        match memchr(b'&', &text.as_bytes()[from..]) {
            Some(next) => at = from + next,
            None => break,
        }
    }
    out.push_str(&text[from..]);
    out.into()
}

/// The character of a reference by number, and how many bytes after the `#` it takes.
fn numbered(text: &str) -> Option<(char, usize)> {
    let (base, digits) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, text),
    };
    let count = digits.bytes().take_while(|byte| char::from(*byte).is_digit(base)).count();
    if count == 0 {
        return None;
    }
    let code = u32::from_str_radix(&digits[..count], base).unwrap_or(u32::MAX);
    let c = match code {
        0 => None,
        0x80..=0x9F => C1_REPLACEMENTS[code as usize - 0x80].or(char::from_u32(code)),
        _ => char::from_u32(code),
    };
    let semicolon = usize::from(digits[count..].starts_with(';'));
    Some((c.unwrap_or(char::REPLACEMENT_CHARACTER), text.len() - digits.len() + count + semicolon))
}

/// The characters of a reference by name, and how many bytes of `text` it takes: the longest name that there is.
fn named(text: &str, in_attribute: bool) -> Option<([Option<char>; 2], usize)> {
    let letters = text.bytes().take(40).take_while(u8::is_ascii_alphanumeric).count();
    let whole = text.get(..=letters).filter(|name| name.ends_with(';'));
    let known = |name: &str| NAMED_ENTITIES.get(name).filter(|chars| chars.0 != 0).copied();
    let bare = || (2..=letters.min(BARE)).rev().find_map(|length| Some((known(&text[..length])?, length)));
    let ((first, second), used) = whole.and_then(|name| Some((known(name)?, name.len()))).or_else(bare)?;
    let next = text.as_bytes().get(used);
    if in_attribute && used <= letters && next.is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric()) {
        return None;
    }
    Some(([char::from_u32(first), char::from_u32(second).filter(|c| *c != '\0')], used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_as_in_browsers() {
        for row in [
            "a &amp; b ==> a & b",
            "&lt;b&gt; ==> <b>",
            "&eacute;t&eacute ==> été",
            "&notit; &notin; ==> ¬it; ∉",
            "&#65;&#x41;&#X41 ==> AAA",
            "&#128;&#0;&#xD800;&#99999999999; ==> €\u{FFFD}\u{FFFD}\u{FFFD}",
            "&; &# &#x &nosuch; && ==> &; &# &#x &nosuch; &&",
            "&NotEqualTilde; ==> \u{2242}\u{338}",
            "AT&T &é ==> AT&T &é",
        ] {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            assert_eq!(decode(input, false), expected, "{input}");
        }
        assert_eq!(decode("/?a=1&copy=2&amp;b&copy;&copy", true), "/?a=1&copy=2&b©©");
    }
}
