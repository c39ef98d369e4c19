//! What the programs that save pages write into them: the page's address and the time of saving.

use url::Url;

use super::web_archive::{self, Original};
use crate::date::Stamp;

/// Bytes at the beginning of the page in which the comments are looked for.
// They stand at the top of a page; what quotes one further down does not speak of this page.
const HEAD: usize = 8192;

/// Where a saved page came from, as far as it says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Origin {
    /// Absolute address with `http` or `https`.
    pub(super) url: Option<String>,
    /// When it was saved.
    pub(super) captured: Option<Stamp>,
}

/// Reads the comment that SingleFile, HTTrack, monolith or a browser's "save as" leaves, or the Wayback Machine's
/// script. An address of a copy in an archive of the web is taken apart into that of the page and the time of its capture.
pub(super) fn origin(text: &str) -> Origin {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let found = comments(head).find_map(of_comment).or_else(|| wayback_script(head)).unwrap_or_default();
    match found.url.as_deref().map(web_archive::original) {
        // Who saved the copy did so later.
        Some(Original::Of { url, captured }) => Origin { url: address(&url), captured: captured.or(found.captured) },
        Some(Original::Unsaid) => Origin { url: None, ..found },
        Some(Original::Own) | None => found,
    }
}

/// The insides of the comments in `text`.
fn comments(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = rest.split_once("<!--")?.1;
        let (comment, after) = from.split_once("-->")?;
        rest = after;
        Some(comment.trim())
    })
}

fn of_comment(comment: &str) -> Option<Origin> {
    single_file(comment)
        .or_else(|| saved_from(comment))
        .or_else(|| httrack(comment))
        .filter(|origin| origin.url.is_some())
}

/// `Page saved with SingleFile`, then lines `url: ...` and `saved date: Tue Nov 10 2020 08:15:00 GMT+0400 (...)`.
fn single_file(comment: &str) -> Option<Origin> {
    let lines = comment.strip_prefix("Page saved with SingleFile")?;
    let line = |name: &str| lines.lines().find_map(|line| line.trim().strip_prefix(name));
    Some(Origin { url: line("url:").and_then(address), captured: line("saved date:").and_then(moment) })
}

/// `saved from url=(0024)https://...` of the browsers, `Saved from https://... at 2020-11-10T08:15:00Z using monolith`.
fn saved_from(comment: &str) -> Option<Origin> {
    let rest = comment.strip_prefix("saved from").or(comment.strip_prefix("Saved from"))?.trim_start();
    let rest = match rest.strip_prefix("url=(") {
        Some(counted) => counted.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(')')?,
        None => rest,
    };
    let captured = rest.split_once(" at ").and_then(|(_, when)| moment(when.split(" using ").next()?));
    Some(Origin { url: address(rest), captured })
}

/// `Mirrored from www.example.com/page by HTTrack Website Copier/3.x [...], Tue, 10 Nov 2020 08:15:00 GMT`.
fn httrack(comment: &str) -> Option<Origin> {
    let rest = comment.strip_prefix("Mirrored from ")?;
    let (from, by) = rest.split_once(" by HTTrack")?;
    let url = if from.contains("://") { address(from) } else { address(&format!("http://{from}")) };
    Some(Origin { url, captured: by.split_once("],").and_then(|(_, when)| moment(when)) })
}

/// `__wm.wombat("http://...","20201110081500",...)`, which the Wayback Machine puts into the pages it serves.
fn wayback_script(head: &str) -> Option<Origin> {
    let (_, call) = head.split_once("__wm.wombat(\"")?;
    let (url, rest) = call.split_once("\",\"")?;
    Some(Origin { url: address(url), captured: web_archive::moment(rest.split('"').next()?) })
}

/// The address at which a crawler fetched a page and the time of it, where it asked an archive of the web those of the
/// capture there.
pub(super) fn unwrapped(url: &str, fetched: Option<Stamp>) -> (Option<String>, Option<Stamp>) {
    match web_archive::original(url) {
        Original::Of { url, captured } => (web_address(&url), captured.or(fetched)),
        Original::Unsaid => (None, fetched),
        Original::Own => (web_address(url), fetched),
    }
}

/// The address at the beginning of `text`, up to the first blank, in the normal form of the URL Standard; files and other
/// schemes are `None`.
fn address(text: &str) -> Option<String> {
    web_address(text.split_ascii_whitespace().next()?)
}

/// All of `text` as an address.
fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    // A path of the disk that a page was saved to is no address of it.
    web.then(|| url.into())
}

/// A date and time in ISO 8601, or in the English of JavaScript's `Date` and of HTTP headers, in any order of parts:
/// `Tue Nov 10 2020 08:15:00 GMT+0400 (...)`, `Tue, 10 Nov 2020 08:15:00 GMT`.
pub(super) fn moment(text: &str) -> Option<Stamp> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = text.trim();
    if let Some(stamp) = Stamp::parse_iso(text) {
        return Some(stamp);
    }
    let (mut year, mut month, mut day, mut time, mut zone) = (None, None, None, None, "");
    for part in text.split([' ', ',']).take_while(|part| !part.starts_with('(')) {
        let number = part.parse::<u16>().ok();
        if let Some(at) = MONTHS.iter().position(|name| part.starts_with(name)) {
            month = Some(at + 1);
        } else if part.contains(':') && time.is_none() {
            time = Some(part);
        } else if part.starts_with("GMT") || part.starts_with("UTC") || part.starts_with(['+', '-']) {
            zone = part;
        } else if part.len() == 4 && number.is_some() {
            year = number;
        } else if part.len() <= 2 && number.is_some() {
            day = number;
        }
    }
    Stamp::parse_iso(&format!("{:04}-{:02}-{:02}T{}{zone}", year?, month?, day?, time?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn origins_are_read() {
        for row in r#"<html><!-- Page saved with SingleFile | url: https://news.example/a?b=1 | saved date: Tue Nov 10 2020 08:15:30 GMT+0400 (Azerbaijan Standard Time) | --> ==> https://news.example/a?b=1 2020-11-10T08:15:30+04:00
            <!-- saved from url=(0024)https://news.example/a/b --> ==> https://news.example/a/b -
            <!--saved from url=(0014)about:internet--> ==> - -
            <!-- Mirrored from www.news.example/a.html by HTTrack Website Copier/3.49-2 [XR&CO'2014], Tue, 10 Nov 2020 08:15:30 GMT --> ==> http://www.news.example/a.html 2020-11-10T08:15:30Z
            <!-- Saved from https://news.example/ at 2020-11-10T08:15:30Z using monolith v2.7.0 --> ==> https://news.example/ 2020-11-10T08:15:30Z
            <!-- saved from url=(0099)https://web.archive.org/web/20201110081530/http://news.example/a --> ==> http://news.example/a 2020-11-10T08:15:30Z
            <!-- saved from url=(0099)https://web.archive.org/web/20201110081530id_/http://news.example:80/a --> ==> http://news.example/a 2020-11-10T08:15:30Z
            <script>__wm.wombat("http://news.example/a","20201110081530","https://web.archive.org/")</script> ==> http://news.example/a 2020-11-10T08:15:30Z
            <!-- other --><!-- saved from url=(0024)file:///C:/a.htm --> ==> - -
            <!-- Mirrored from nowhere ==> - -
            <p>saved from url=(0024)https://news.example/ ==> - -"#
            .lines()
        {
            let (page, expected) = row.trim().split_once(" ==> ").unwrap();
            let found = origin(&page.replace('|', "\n"));
            let captured = found.captured.map_or("-".to_owned(), |stamp| stamp.to_string());
            assert_eq!(format!("{} {captured}", found.url.as_deref().unwrap_or("-")), expected, "{page}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "(<!--|-->|saved from|url=\\(1\\)|Mirrored from | by HTTrack|\\],|https://|é|GMT|12:|web.archive.org/web/|20201110081530| ){0,12}") {
            origin(&text);
            moment(&text);
        }
    }
}
