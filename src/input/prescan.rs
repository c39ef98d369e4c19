//! The character encoding that a page declares in its first bytes, before they are decoded.
//!
//! After "prescan a byte stream to determine its encoding" of the WHATWG HTML Standard, but more tolerant: it looks
//! further, reads XML declarations, and takes any `<meta>` whose content names a charset.

/// Bytes that are looked at. The standard asks pages to declare within 1,024; scripts and comments of saved pages push
/// the declaration down.
const HEAD: usize = 8192;

/// The labels that the page declares, in order, as written; mostly none or one.
pub(super) fn labels(bytes: &[u8]) -> Vec<String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut found: Vec<String> = xml_declaration(head).into_iter().collect();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &head[at..]) {
        at += open + 1;
        let rest = &head[at..];
        if let Some(comment) = rest.strip_prefix(b"!--") {
            // A comment that does not end hides all that follows, as in a browser.
            let Some(end) = memchr::memmem::find(comment, b"-->") else { break };
            at += 3 + end + 3;
        } else if starts_with(rest, b"meta") && rest.get(4).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            let mut attributes = Attributes { rest: &rest[5..] };
            found.extend(meta(&mut attributes));
            at = head.len() - attributes.rest.len();
        } else if starts_with(rest, b"body") {
            break;
        }
    }
    found
}

fn starts_with(bytes: &[u8], lower: &[u8]) -> bool {
    bytes.get(..lower.len()).is_some_and(|start| start.eq_ignore_ascii_case(lower))
}

/// The encoding in `<?xml version="1.0" encoding="windows-1251"?>`.
fn xml_declaration(head: &[u8]) -> Option<String> {
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memchr::memchr(b'>', declaration)?];
    Attributes { rest: declaration }.find(|(name, _)| name.eq_ignore_ascii_case(b"encoding")).and_then(label)
}

/// The charset in a `<meta>` tag: its own attribute, else the one in its content.
fn meta(attributes: &mut Attributes<'_>) -> Option<String> {
    let (mut own, mut in_content) = (None, None);
    for (name, value) in attributes {
        if name.eq_ignore_ascii_case(b"charset") {
            own = own.or_else(|| label((name, value)));
        } else if name.eq_ignore_ascii_case(b"content") {
            in_content = in_content.or_else(|| charset_in(value));
        }
    }
    own.or(in_content)
}

/// What follows `charset=` in the content of a `<meta>` tag.
fn charset_in(content: &[u8]) -> Option<String> {
    let lower = content.to_ascii_lowercase();
    let at = memchr::memmem::find(&lower, b"charset")? + 7;
    let value = content[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    label((b"", value.trim_ascii_start()))
}

/// The value up to the first byte that no label has, without quotes; `None` where nothing is left.
fn label((_, value): (&[u8], &[u8])) -> Option<String> {
    let quote = |b: &u8| matches!(b, b'"' | b'\'');
    let value = value.trim_ascii();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|b| quote(b) || !(b.is_ascii_alphanumeric() || b"-_:.+".contains(b)));
    let value = &value[..end.unwrap_or(value.len())];
    if value.is_empty() { None } else { Some(String::from_utf8_lossy(value).into_owned()) }
}

/// Names and values of the attributes of a tag; `rest` is what follows the tag's name, and in the end what follows the
/// tag.
struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Attributes<'a> {
    /// Takes bytes as long as `wanted` says so.
    fn take(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|b| !wanted(*b)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn value(&mut self) -> &'a [u8] {
        match self.rest.first() {
            Some(quote @ (b'"' | b'\'')) => {
                self.rest = &self.rest[1..];
                let value = self.take(|b| b != *quote);
                self.rest = self.rest.get(1..).unwrap_or_default();
                value
            }
            _ => self.take(|b| !b.is_ascii_whitespace() && b != b'>'),
        }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        self.take(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'?' | b'=' | b'"' | b'\''));
        let name = self.take(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/'));
        if name.is_empty() {
            self.rest = self.rest.get(1..).unwrap_or_default();
            return None;
        }
        let before = self.rest;
        self.take(|b| b.is_ascii_whitespace());
        if self.rest.first() != Some(&b'=') {
            self.rest = before;
            return Some((name, b""));
        }
        self.rest = &self.rest[1..];
        self.take(|b| b.is_ascii_whitespace());
        Some((name, self.value()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn declarations_are_found() {
        for row in r#"<meta charset="windows-1251"> ==> windows-1251
            <META CHARSET=gbk> ==> gbk
            <meta charset='utf-8'/><p> ==> utf-8
            <meta http-equiv="Content-Type" content="text/html; charset=iso-8859-9"> ==> iso-8859-9
            <meta content='text/html; charset = "koi8-r"' http-equiv=content-type> ==> koi8-r
            <meta content=text/html;charset=big5 http-equiv=content-type> ==> big5
            <?xml version="1.0" encoding="windows-1254"?><html> ==> windows-1254
            <?xml version='1.0' encoding='utf-8'?><meta charset=koi8-r> ==> utf-8 koi8-r
            <!-- <meta charset="gbk"> --><meta charset="big5"> ==> big5
            <!-- <meta charset="gbk"> ==>
            <body><meta charset="gbk"> ==>
            <meta name="description" content="a charset is a set"> ==>
            <meta charset=""> ==>
            <metadata charset="gbk"> ==>
            <meta name=x content="a > b" charset=gbk> ==> gbk
            <meta charset ==>
            <meta ==>
            <meta charset="utf-8 ==> utf-8
            <p>charset=gbk ==>"#
            .lines()
        {
            let (page, expected) = row.trim().split_once(" ==>").unwrap();
            assert_eq!(labels(page.as_bytes()).join(" "), expected.trim(), "{page}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(bytes in "(<meta |charset|=|'|\"|>|<\\?xml |encoding|/| |<!--|x){0,20}") {
            labels(bytes.as_bytes());
        }
    }
}
