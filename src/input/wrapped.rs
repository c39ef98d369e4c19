//! Pages in a wrapper of their own: MHTML of the browsers, and pages that are a zip themselves, as SingleFile writes them.
//!
//! Such a file is one page. What is read, and what its digest is of, is the page within.

use mailparse::{MailHeaderMap, ParsedMail};

use super::container::{ends_like_a_zip, head_lines, page_within};
use super::{Limits, saved};
use crate::date::Stamp;

/// Bytes at the beginning of a file within which the head of MHTML has said what it is.
// Addresses and titles stand there too, of some thousand bytes.
const HEAD: usize = 16 << 10;
/// Parts that are looked at, and how deep they lie in each other.
// A page with all its pictures has some hundred, two deep.
const MOST_PARTS: usize = 10_000;
const DEPTH: u8 = 8;

/// A page without its wrapper, and what that says of it.
#[derive(Debug, Default)]
pub(super) struct Wrapped {
    pub(super) bytes: Vec<u8>,
    pub(super) url: Option<String>,
    pub(super) captured: Option<Stamp>,
    pub(super) charset: Option<String>,
}

/// The page in `bytes`, which are the page themselves where they have no wrapper. The error says why it cannot be read.
pub(super) fn unwrap(bytes: Vec<u8>, limits: Limits) -> Result<Wrapped, String> {
    let plain = |bytes| Ok(Wrapped { bytes, ..Wrapped::default() });
    if is_mhtml(&bytes) {
        return mhtml(&bytes);
    }
    if !ends_like_a_zip(&bytes) || memchr::memmem::find(&bytes, b"PK\x03\x04").is_none() {
        return plain(bytes);
    }
    match page_within(&bytes, limits) {
        Ok(Some(page)) => plain(page),
        // A page that tells of zips.
        Ok(None) => plain(bytes),
        Err(_) if !bytes.starts_with(b"PK") => plain(bytes),
        Err(why) => Err(why),
    }
}

/// True where `bytes` begin like MHTML: the head of a message that is a page, with or without its pictures.
pub(super) fn is_mhtml(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(HEAD)];
    // Before the lines are read: pages begin with markup.
    if !start.first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let Some((_, fields)) = head_lines(&[b"\n", start.split_at(end_of_head(start)).0].concat()) else { return false };
    let field =
        |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.to_ascii_lowercase());
    let kind = field("content-type").unwrap_or_default();
    // What came by mail has been received and sent.
    let is_mail = field("received").is_some() || field("to").is_some();
    let is_page = kind.starts_with("multipart/") || field("snapshot-content-location").is_some();
    let is_single = kind.starts_with("text/html") && field("content-location").is_some();
    field("mime-version").is_some() && !is_mail && (is_page || is_single || is_of_browser(field("from")))
}

fn is_of_browser(from: Option<String>) -> bool {
    from.is_some_and(|from| from.contains("saved by"))
}

fn end_of_head(start: &[u8]) -> usize {
    let ends = [&b"\n\r\n"[..], b"\n\n"].map(|end| memchr::memmem::find(start, end));
    ends.into_iter().flatten().min().unwrap_or(start.len())
}

fn mhtml(bytes: &[u8]) -> Result<Wrapped, String> {
    let message = mailparse::parse_mail(bytes).map_err(|cause| format!("MHTML that cannot be read: {cause}"))?;
    let start = message.ctype.params.get("start").map(|id| id.trim_matches(['<', '>']).to_owned());
    let mut pages = Vec::new();
    collect(&message, 0, &mut 0, &mut pages);
    let is_start = |page: &&&ParsedMail<'_>| {
        let id = page.headers.get_first_value("Content-ID").unwrap_or_default();
        start.as_deref().is_some_and(|start| start == id.trim().trim_matches(['<', '>']))
    };
    let page = pages.iter().find(is_start).or(pages.first()).ok_or("MHTML without a page in it")?;
    let address = |part: &ParsedMail<'_>, name| {
        let value = part.headers.get_first_value(name)?;
        saved::unwrapped(&value.split_whitespace().collect::<String>(), None).0
    };
    let location = address(&message, "Snapshot-Content-Location").or(address(page, "Content-Location"));
    let date = message.headers.get_first_value("Date").and_then(|date| saved::moment(&date));
    let url = location.or(address(&message, "Content-Location"));
    Ok(Wrapped {
        bytes: page.get_body_raw().map_err(|cause| format!("MHTML that cannot be read: {cause}"))?,
        url,
        captured: date,
        charset: page.ctype.params.get("charset").cloned(),
    })
}

/// The pages among the parts of `part`, in their order.
fn collect<'p>(part: &'p ParsedMail<'p>, depth: u8, seen: &mut usize, pages: &mut Vec<&'p ParsedMail<'p>>) {
    *seen += 1;
    if depth > DEPTH || *seen > MOST_PARTS {
        return;
    }
    if matches!(part.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml") {
        pages.push(part);
    }
    for inner in &part.subparts {
        collect(inner, depth + 1, seen, pages);
    }
}

#[cfg(test)]
mod tests;
