//! How records begin: with a head of lines in WARC, with one line in ARC, its forerunner of 1996 to 2009.

use super::record_head::{self, LONGEST, RecordHead};

/// Bytes behind the beginning of a record in which WARC has its type.
// It is among the first fields in all that crawlers write; text that quotes a record seldom has it.
const TYPE_WITHIN: usize = 1024;
/// Bytes of the line with which a record begins in ARC.
// An address of the longest kind that servers take, and five short words.
const LONGEST_LINE: usize = 8 << 10;

/// Which of the two a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Warc,
    Arc,
}

impl Dialect {
    /// Bytes that must be at hand to tell whether a record begins with them.
    pub(super) fn needs(self) -> usize {
        match self {
            Dialect::Warc => TYPE_WITHIN,
            Dialect::Arc => LONGEST_LINE,
        }
    }

    /// True where a record begins with these bytes.
    pub(super) fn begins(self, bytes: &[u8]) -> bool {
        self.beginning()(bytes)
    }

    /// [`Dialect::begins`] as a function.
    pub(super) fn beginning(self) -> fn(&[u8]) -> bool {
        match self {
            Dialect::Warc => is_warc,
            Dialect::Arc => is_arc,
        }
    }

    /// True where a record begins with these bytes that stand in the midst of others.
    pub(super) fn begins_amid(self, bytes: &[u8]) -> bool {
        let is_head = || {
            let head = bytes[..bytes.len().min(TYPE_WITHIN)].to_ascii_lowercase();
            let line = head.iter().skip(5).find(|byte| !byte.is_ascii_digit() && **byte != b'.');
            matches!(line, Some(b'\r' | b'\n')) && memchr::memmem::find(&head, b"warc-type:").is_some()
        };
        self.begins(bytes) && (self == Dialect::Arc || is_head())
    }

    /// Whether a record in the midst of others begins at the start of a line. One of WARC has a line of its own for the
    /// version: damage may have taken the end of the line before it.
    pub(super) fn begins_line(self) -> bool {
        self == Dialect::Arc
    }

    /// Where in `bytes`, from the place `from` on, a record may begin, and from where the next is looked for.
    pub(super) fn candidate(self, bytes: &[u8], from: usize) -> Option<(usize, usize)> {
        let sign: &[u8] = match self {
            Dialect::Warc => b"WARC/",
            Dialect::Arc => b"\n",
        };
        let hit = from + memchr::memmem::find(bytes.get(from..)?, sign)?;
        Some(if self == Dialect::Arc { (hit + 1, hit + 1) } else { (hit, hit + 1) })
    }

    /// The ends of lines behind a record.
    pub(super) fn lines_behind(self) -> usize {
        match self {
            Dialect::Warc => 2,
            Dialect::Arc => 1,
        }
    }

    /// The head at the beginning of `bytes` and how many of them it has. `Ok(None)` where it goes on behind them, which
    /// are as many as are looked at; the error says what is wrong with it.
    pub(super) fn head(self, bytes: &[u8]) -> Result<Option<(RecordHead, usize)>, &'static str> {
        match self {
            Dialect::Warc => {
                let Some((end, next)) = record_head::end(&bytes[..bytes.len().min(LONGEST)]) else { return Ok(None) };
                Ok(Some((RecordHead::parse(&bytes[..end])?, next)))
            }
            Dialect::Arc => match arc(bytes) {
                Some(found) => Ok(Some(found)),
                None => Err("a line that begins no record"),
            },
        }
    }
}

/// True where `head` is the beginning of a record in WARC.
pub(super) fn is_warc(head: &[u8]) -> bool {
    head.strip_prefix(b"WARC/").is_some_and(|rest| rest.first().is_none_or(u8::is_ascii_digit))
}

/// True where `head` is the beginning of a record in ARC.
pub(super) fn is_arc(head: &[u8]) -> bool {
    // Before the whole line is read: few lines begin with an address.
    let start = &head[..head.len().min(16)];
    let scheme = start.split(|byte| *byte == b':').next().unwrap_or_default();
    scheme.len() < start.len()
        && !scheme.is_empty()
        && scheme.iter().all(u8::is_ascii_alphanumeric)
        && arc(head).is_some()
}

/// The record that begins with the line `address IP day type length` or, in the second version, with more words before the
/// length; and the bytes of the line.
fn arc(bytes: &[u8]) -> Option<(RecordHead, usize)> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(LONGEST_LINE)])?;
    let line = String::from_utf8_lossy(&bytes[..end]);
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    // Addresses with blanks were written as they came.
    let day = words.iter().position(|word| word.len() == 14 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    let length = words.last().filter(|_| words.len() > day + 2)?.parse().ok()?;
    let url = words.get(..day.checked_sub(1)?)?.join(" ");
    let (scheme, _) = url.split_once(':')?;
    let kind = if scheme.eq_ignore_ascii_case("filedesc") { "warcinfo" } else { "response" };
    let digits = words[day];
    let [year, month, date] = [&digits[..4], &digits[4..6], &digits[6..8]];
    let [hour, minute, second] = [&digits[8..10], &digits[10..12], &digits[12..]];
    let head = RecordHead {
        kind: kind.to_owned(),
        length,
        url: Some(url),
        date: Some(format!("{year}-{month}-{date}T{hour}:{minute}:{second}Z")),
        content_type: words.get(day + 1).map(|kind| kind.to_ascii_lowercase()),
        truncated: None,
    };
    Some((head, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_arc_are_read() {
        for (line, expected) in [
            (
                "http://a.example/ 1.2.3.4 20010203040506 text/html 99\n",
                Some("http://a.example/ 2001-02-03T04:05:06Z text/html 99"),
            ),
            (
                "http://a.example/b c 1.2.3.4 20010203040506 text/html 9\n",
                Some("http://a.example/b c 2001-02-03T04:05:06Z text/html 9"),
            ),
            (
                "http://a.example/ 1.2.3.4 20010203040506 text/html 200 - - 0 a.arc 7\n",
                Some("http://a.example/ 2001-02-03T04:05:06Z text/html 7"),
            ),
            (
                "filedesc://a.arc 0.0.0.0 20010203040506 text/plain 76\n",
                Some("filedesc://a.arc 2001-02-03T04:05:06Z text/plain 76"),
            ),
            (
                "dns:a.example 1.2.3.4 20010203040506 text/dns 50\n",
                Some("dns:a.example 2001-02-03T04:05:06Z text/dns 50"),
            ),
            ("http://a.example/ 1.2.3.4 20010203040506 text/html -1\n", None),
            ("http://a.example/ 1.2.3.4 2001 text/html 9\n", None),
            ("20010203040506 text/html 9\n", None),
            ("On 20010203040506 he went home with 9\n", None),
            ("http://a.example/ 1.2.3.4 20010203040506 text/html 99", None),
        ] {
            let found = arc(line.as_bytes()).map(|(head, _)| {
                let text = |text: Option<String>| text.unwrap_or_default();
                format!("{} {} {} {}", text(head.url), text(head.date), text(head.content_type), head.length)
            });
            assert_eq!(found.as_deref(), expected, "{line}");
            assert_eq!(is_arc(line.as_bytes()), expected.is_some(), "{line}");
        }
    }
}
