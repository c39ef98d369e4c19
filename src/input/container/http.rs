//! The head of an answer over HTTP, and what it says of the page behind it.

use super::record_head;

/// What is read of an answer's head.
#[derive(Debug, Default, PartialEq)]
pub(super) struct HttpHead {
    /// `None` where the first line has no number.
    pub(super) status: Option<u16>,
    /// The media type in lower case, without parameters.
    pub(super) media: Option<String>,
    pub(super) charset: Option<String>,
    /// Bytes of the body as they were sent.
    pub(super) length: Option<u64>,
    /// It says that the body comes in chunks.
    pub(super) chunked: bool,
    /// The coding of the content, in lower case.
    pub(super) coding: Option<String>,
}

/// The head at the beginning of `block`, and where the body begins. `Ok(None)` where there is no head at all, an error
/// where it has no end.
pub(super) fn split(block: &[u8]) -> Result<Option<(HttpHead, usize)>, &'static str> {
    if !block.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"HTTP/")) {
        return Ok(None);
    }
    let Some((end, body)) = record_head::end(&block[..block.len().min(record_head::LONGEST)]) else {
        let whole = block.len() < record_head::LONGEST;
        // A server may close before it has sent anything else.
        return if whole {
            Ok(Some((HttpHead::parse(block)?, block.len())))
        } else {
            Err("an answer's head of more than 64 KiB")
        };
    };
    Ok(Some((HttpHead::parse(&block[..end])?, body)))
}

impl HttpHead {
    fn parse(head: &[u8]) -> Result<HttpHead, &'static str> {
        let (first, fields) = record_head::lines(head).ok_or("an answer's head of too many lines")?;
        let status = first.split_ascii_whitespace().nth(1).and_then(|number| number.parse().ok());
        let mut read = HttpHead { status, ..HttpHead::default() };
        for (name, value) in fields {
            match name.as_str() {
                // Of several the last counts, as in browsers.
                "content-type" => (read.media, read.charset) = media_type(&value),
                "content-length" => read.length = value.parse().ok(),
                "transfer-encoding" => read.chunked = value.to_ascii_lowercase().contains("chunked"),
                "content-encoding" => read.coding = Some(value.to_ascii_lowercase()).filter(|value| !value.is_empty()),
                _ => {}
            }
        }
        Ok(read)
    }
}

/// A media type without its parameters, in lower case, and the charset among them.
pub(super) fn media_type(value: &str) -> (Option<String>, Option<String>) {
    let mut parts = value.split([';', ',']).map(str::trim);
    let media = parts.next().map(str::to_ascii_lowercase).filter(|media| !media.is_empty());
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (media, charset.filter(|charset| !charset.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_servers_send_them() {
        for (block, expected) in [
            (
                "HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; Charset=\"koi8-r\"\r\n\r\n<p>",
                "200 text/html koi8-r - - 62",
            ),
            (
                "HTTP/2 200\nContent-Type:text/html\nTransfer-Encoding: Chunked\nContent-Encoding: GZIP\n\nx",
                "200 text/html - chunked gzip 85",
            ),
            ("HTTP/1.0 404 Not Found\r\n\r\n", "404 - - - - 26"),
            ("HTTP/1.1\r\n\r\n", "- - - - - 12"),
            ("HTTP/1.1 200 OK\r\nContent-Ty", "200 - - - - 27"),
            ("<!doctype html><p>", "no head"),
        ] {
            let found = match split(block.as_bytes()).unwrap() {
                None => "no head".to_owned(),
                Some((head, body)) => {
                    let text = |text: Option<String>| text.unwrap_or("-".to_owned());
                    let status = text(head.status.map(|status| status.to_string()));
                    let chunked = if head.chunked { "chunked" } else { "-" };
                    format!(
                        "{status} {} {} {chunked} {} {body}",
                        text(head.media),
                        text(head.charset),
                        text(head.coding)
                    )
                }
            };
            assert_eq!(found, expected, "{block}");
        }
        let endless = format!("HTTP/1.1 200 OK\r\nX: {}", "a".repeat(record_head::LONGEST));
        assert_eq!(split(endless.as_bytes()), Err("an answer's head of more than 64 KiB"));
    }
}
