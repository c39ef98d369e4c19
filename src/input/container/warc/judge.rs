//! Which records are pages.

use super::super::http::{self, HttpHead};
use super::super::record_head::RecordHead;
use super::super::{Coding, RecordSkip};
use crate::input::sniff;

/// What a record is, by its head and the first bytes of its block.
pub(super) enum Judged {
    Page(PageHead),
    Skip(RecordSkip),
    /// A page that is not read, and why.
    Refuse(&'static str),
}

/// What is known of a page before it is read.
pub(super) struct PageHead {
    /// Where in the block the page begins.
    pub(super) body: usize,
    pub(super) coding: Coding,
    pub(super) charset: Option<String>,
}

/// Judges the record with this head, whose block begins with `start`.
pub(super) fn judge(head: &RecordHead, start: &[u8]) -> Judged {
    let skip = match head.kind.as_str() {
        "response" | "resource" => return response(head, start),
        "request" => RecordSkip::Request,
        "warcinfo" | "metadata" => RecordSkip::About,
        "revisit" => RecordSkip::Revisit,
        "continuation" => RecordSkip::Continuation,
        "conversion" => RecordSkip::Conversion,
        _ => RecordSkip::Unknown,
    };
    Judged::Skip(skip)
}

fn response(head: &RecordHead, start: &[u8]) -> Judged {
    let url = head.url.as_deref().unwrap_or_default();
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    // Without any address it may still be a page; one of another kind says that it is none.
    if !url.is_empty() && !matches!(scheme.as_deref(), Some("http" | "https")) {
        return Judged::Skip(RecordSkip::OtherAddress);
    }
    let answer = match http::split(start) {
        Ok(answer) => answer,
        Err(why) => return Judged::Refuse(why),
    };
    let (http, body) = answer.unwrap_or_else(|| (of_resource(head), 0));
    let start = &start[body.min(start.len())..];
    if !matches!(http.status, Some(200 | 203)) {
        return Judged::Skip(RecordSkip::Status);
    }
    if start.iter().all(u8::is_ascii_whitespace) && head.length < super::LONGEST as u64 {
        return Judged::Skip(RecordSkip::Empty);
    }
    if is_robots(url) {
        return Judged::Skip(RecordSkip::Robots);
    }
    let coding = Coding { chunked: http.chunked, content: http.coding };
    if !is_page(http.media.as_deref(), &coding, start) {
        return Judged::Skip(RecordSkip::OtherType);
    }
    Judged::Page(PageHead { body, coding, charset: http.charset })
}

/// What stands for the answer's head where a record has none: its own type.
fn of_resource(head: &RecordHead) -> HttpHead {
    let (media, charset) = http::media_type(head.content_type.as_deref().unwrap_or_default());
    // A crawler that kept no head of the answer still says that it was one.
    let media = media.filter(|media| media != "application/http");
    HttpHead { status: Some(200), media, charset, ..HttpHead::default() }
}

/// Whether what begins with `start` is a page, of which the server says that it is `media`.
fn is_page(media: Option<&str>, coding: &Coding, start: &[u8]) -> bool {
    let beginning = || coding.beginning(start);
    match media {
        Some("text/html" | "application/xhtml+xml") => sniff::other_format(&beginning()).is_none(),
        // Servers that do not know better say these.
        None | Some("application/octet-stream" | "text/plain" | "application/unknown" | "unknown/unknown") => {
            sniff::is_html(&beginning())
        }
        // `html`, `text/html/foo`: a slip of whoever set the server up.
        Some(odd) if odd.contains("html") => sniff::is_html(&beginning()),
        Some(_) => false,
    }
}

fn is_robots(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.ends_with("/robots.txt") && path.matches('/').count() == 3
}
