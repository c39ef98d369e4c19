//! The head of a record: lines of names and values, as crawlers really write them.

/// Bytes that a head may have.
// The longest that crawlers write are addresses of some thousand bytes.
pub(super) const LONGEST: usize = 64 << 10;
/// Lines that a head may have.
const MOST_LINES: usize = 1000;

/// Where a head ends and how: the bytes up to the first empty line, and those with it. `None` where none does.
pub(super) fn end(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    while let Some(feed) = memchr::memchr(b'\n', &bytes[at..]) {
        let next = at + feed + 1;
        match &bytes[next..] {
            [b'\n', ..] => return Some((next, next + 1)),
            [b'\r', b'\n', ..] => return Some((next, next + 2)),
            _ => at = next,
        }
    }
    None
}

/// The lines of a head, with those that go on in the next one joined: the first line, then names and values. `None` where
/// there are too many.
pub(in crate::input) fn lines(head: &[u8]) -> Option<(String, Vec<(String, String)>)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    // Latin-1 is not worth a table here: what is read of a head is ASCII but for addresses, which are UTF-8.
    let first = String::from_utf8_lossy(lines.next().unwrap_or_default()).trim().to_owned();
    for (count, line) in lines.enumerate() {
        if count >= MOST_LINES {
            return None;
        }
        let text = String::from_utf8_lossy(line);
        if text.starts_with([' ', '\t'])
            && let Some((_, value)) = fields.last_mut()
        {
            value.push(' ');
            value.push_str(text.trim());
        } else if let Some((name, value)) = text.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Some((first, fields))
}

/// What is read of a record's head.
#[derive(Debug, Default, PartialEq)]
pub(super) struct RecordHead {
    /// In lower case.
    pub(super) kind: String,
    pub(super) length: u64,
    /// Without angle brackets.
    pub(super) url: Option<String>,
    pub(super) date: Option<String>,
    /// The type of the block, in lower case, with its parameters.
    pub(super) content_type: Option<String>,
    /// Why the crawler cut it off.
    pub(super) truncated: Option<String>,
}

impl RecordHead {
    /// Reads a head without the empty line behind it; the error says what is wrong with it.
    pub(super) fn parse(head: &[u8]) -> Result<RecordHead, &'static str> {
        let (_, fields) = lines(head).ok_or("a record's head of too many lines")?;
        let (mut read, mut length) = (RecordHead::default(), None);
        for (name, value) in fields {
            let some = || Some(value.clone()).filter(|value| !value.is_empty());
            match name.as_str() {
                "warc-type" => read.kind = value.to_ascii_lowercase(),
                "content-length" => length = Some(value),
                "warc-target-uri" => read.url = some().map(|url| url.trim_matches(['<', '>']).trim().to_owned()),
                "warc-date" => read.date = some(),
                "content-type" => read.content_type = some().map(|value| value.to_ascii_lowercase()),
                "warc-truncated" => read.truncated = some(),
                _ => {}
            }
        }
        let length = length.ok_or("a record without a length")?;
        read.length = length.parse().map_err(|_| "a record whose length is no number")?;
        if read.kind.is_empty() { Err("a record without a type") } else { Ok(read) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_as_crawlers_write_them() {
        for (head, expected) in [
            (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://a.example/>\r\nContent-Length: 12\r\n",
                "response 12 Some(\"http://a.example/\")",
            ),
            ("WARC/1.1\nwarc-type:Resource\ncontent-length:0\n", "resource 0 None"),
            (
                "WARC/1.0\nWARC-Type: response\nWARC-Target-URI: http://a.example/\n  b\n\tc\nContent-Length: 7\n",
                "response 7 Some(\"http://a.example/ b c\")",
            ),
            ("WARC/1.0\nWARC-Type: response\nContent-Length: -5\n", "a record whose length is no number"),
            (
                "WARC/1.0\nWARC-Type: response\nContent-Length: 99999999999999999999\n",
                "a record whose length is no number",
            ),
            ("WARC/1.0\nWARC-Type: response\n", "a record without a length"),
            ("WARC/1.0\nContent-Length: 5\nnonsense\n: x\n", "a record without a type"),
            ("", "a record without a length"),
        ] {
            let found = match RecordHead::parse(head.as_bytes()) {
                Ok(read) => format!("{} {} {:?}", read.kind, read.length, read.url),
                Err(why) => why.to_owned(),
            };
            assert_eq!(found, expected, "{head}");
        }
        let many = format!("WARC/1.0\n{}", "A: b\n".repeat(MOST_LINES + 1));
        assert_eq!(RecordHead::parse(many.as_bytes()), Err("a record's head of too many lines"));
    }

    #[test]
    fn a_head_ends_with_the_first_empty_line() {
        for (bytes, expected) in [
            (&b"A: b\r\n\r\nrest"[..], Some((6, 8))),
            (b"A: b\n\nrest", Some((5, 6))),
            (b"A: b\n\r\nrest", Some((5, 7))),
            (b"A: b\r\n", None),
            (b"", None),
        ] {
            assert_eq!(end(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
