//! Addresses of copies: those under which archives of the web, caches and mirrors show a page of another site.
//!
//! The original's address stands within the copy's, mostly behind the time of its capture. The shape alone tells it, so that
//! archives need no list: fourteen figures that are a time, then a whole address. Only where less is written does the host count.

use std::path::Path;

use url::Url;

use crate::date::Stamp;

/// What an address says of where the page is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Original {
    /// It is the page's own.
    Own,
    /// It is a copy of the page at `url`, saved at that time where it says one.
    Of {
        /// As it is written in the copy's address, with `http` or `https`.
        url: String,
        /// To the second, in Greenwich time.
        captured: Option<Stamp>,
    },
    /// It is that of a copy, and does not say of what: `https://archive.ph/AbC12`.
    Unsaid,
}

/// Copies of copies are taken apart so many times.
// Somebody saved the copy that one archive has in another; three of them have not been seen.
const DEEPEST: usize = 3;

/// Takes the address of a copy apart; of copies of copies the innermost address and the time of its capture.
pub(crate) fn original(address: &str) -> Original {
    let mut found = once(address);
    for _ in 1..DEEPEST {
        let Original::Of { url, captured } = &found else { break };
        match once(url) {
            Original::Own => break,
            Original::Of { url, captured: inner } => found = Original::Of { url, captured: inner.or(*captured) },
            Original::Unsaid => return Original::Unsaid,
        }
    }
    found
}

fn once(address: &str) -> Original {
    let Ok(url) = Url::parse(address.trim()) else { return Original::Own };
    let Some(host) = url.host_str().filter(|_| matches!(url.scheme(), "http" | "https")) else { return Original::Own };
    // As it is written, not as it is parsed: behind the path stands another address with a query of its own.
    let Some((_, rest)) = address.trim().split_once("://").and_then(|(_, rest)| rest.split_once('/')) else {
        return Original::Own;
    };
    timed(rest)
        .or_else(|| match host {
            "web.archive.org" => wayback(rest),
            "webcache.googleusercontent.com" => google_cache(&url),
            _ if is_archive_today(host) => Some(archive_today(rest)),
            _ if host.ends_with(".cdn.ampproject.org") => amp_cache(rest),
            _ => archive_box(rest),
        })
        .unwrap_or(Original::Own)
}

/// `.../20140226054445/http://...`, with or without a modifier such as `id_` behind the figures: the Wayback Machine, and all
/// who run its software or pywb.
fn timed(rest: &str) -> Option<Original> {
    let mut at = 0;
    for segment in rest.split_inclusive('/') {
        at += segment.len();
        let figures = segment.trim_end_matches('/').trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '_');
        if let Some(captured) = moment(figures) {
            return Some(Original::Of { url: whole(&rest[at..])?, captured: Some(captured) });
        }
    }
    None
}

/// `web/2014/http://...`, `web/http://...`, and an original without its scheme behind a whole time.
fn wayback(rest: &str) -> Option<Original> {
    let rest = rest.strip_prefix("web/")?;
    if let Some(url) = whole(rest) {
        return Some(Original::Of { url, captured: None });
    }
    let (asked, inner) = rest.split_once('/')?;
    let figures = asked.trim_end_matches(|c: char| c.is_ascii_lowercase() || matches!(c, '_' | '*'));
    let is_time = figures.bytes().all(|byte| byte.is_ascii_digit());
    // What was asked for is another time than that of the capture, where it is not a whole one.
    let url = whole(inner).or_else(|| bare(inner))?;
    is_time.then(|| Original::Of { url, captured: moment(figures) })
}

/// The names of archive.today.
fn is_archive_today(host: &str) -> bool {
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.strip_prefix("archive.")
        .is_some_and(|top| matches!(top, "today" | "is" | "ph" | "fo" | "li" | "md" | "vn" | "ec"))
}

/// `2014.02.26-054445/http://...`, `o/AbC12/http://...`, `newest/http://...`; else a short name that says nothing.
fn archive_today(rest: &str) -> Original {
    if rest.is_empty() {
        return Original::Own;
    }
    let mut segments = rest.splitn(3, '/');
    let (first, second) = (segments.next().unwrap_or(""), segments.next().unwrap_or(""));
    let captured = moment(&first.replace(['.', '-'], ""));
    let inner = match first {
        "o" => rest.get(first.len() + second.len() + 2..),
        "newest" | "oldest" => rest.get(first.len() + 1..),
        _ => rest.get(first.len() + 1..).filter(|_| captured.is_some()),
    };
    match inner.and_then(|inner| whole(inner).or_else(|| bare(inner))) {
        Some(url) => Original::Of { url, captured },
        None => Original::Unsaid,
    }
}

/// `search?q=cache:AbC12:https://...`.
fn google_cache(url: &Url) -> Option<Original> {
    let (_, asked) = url.query_pairs().find(|(name, _)| name == "q")?;
    let asked = asked.strip_prefix("cache:")?;
    let address = asked.split_ascii_whitespace().next()?;
    let without_name = || address.split_once(':').and_then(|(_, rest)| whole(rest).or_else(|| bare(rest)));
    let url = whole(address).or_else(without_name);
    Some(url.map_or(Original::Unsaid, |url| Original::Of { url, captured: None }))
}

/// `c/s/www.news.example/a`: an `s` says that the original has `https`.
fn amp_cache(rest: &str) -> Option<Original> {
    let rest = ["c/", "v/", "a/"].into_iter().find_map(|kind| rest.strip_prefix(kind))?;
    let (scheme, inner) = rest.strip_prefix("s/").map_or(("http", rest), |inner| ("https", inner));
    Some(Original::Of { url: address(&format!("{scheme}://{inner}"))?, captured: None })
}

/// `archive/1593551234.12/http://...`, or with the file that wget wrote there: `archive/1593551234/news.example/a.html`.
fn archive_box(rest: &str) -> Option<Original> {
    let (seconds, inner) = rest.strip_prefix("archive/")?.split_once('/')?;
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    // Seconds since 1970 have had ten figures since 2001.
    let is_time =
        seconds.len() == 10 && [seconds, fraction].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let seconds = is_time.then(|| seconds.parse::<i64>().ok()).flatten()?;
    let captured = jiff::Timestamp::from_second(seconds).ok().and_then(|at| Stamp::parse_iso(&at.to_string()));
    Some(Original::Of { url: whole(inner).or_else(|| bare(inner))?, captured })
}

/// Fourteen figures, year to second, in Greenwich time.
pub(super) fn moment(figures: &str) -> Option<Stamp> {
    if figures.len() != 14 || !figures.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Stamp::parse_iso(&format!("{}T{}Z", &figures[..8], &figures[8..]))
}

/// An address with its scheme; servers that tidy paths make one slash of two.
fn whole(text: &str) -> Option<String> {
    let unescaped = ["http%3A//", "https%3A//", "http%3A%2F%2F", "https%3A%2F%2F"];
    let written =
        unescaped.iter().find(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)));
    if written.is_some() {
        let text = percent_decoded(text)?;
        return whole(&text);
    }
    let (scheme, rest) = text.split_once(":/")?;
    let known = matches!(scheme, "http" | "https");
    known.then(|| address(&format!("{scheme}://{}", rest.trim_start_matches('/')))).flatten()
}

/// An address without its scheme: a host with a known ending, and a path.
fn bare(text: &str) -> Option<String> {
    let host = text.split(['/', '?', ':']).next()?;
    (is_host(host)).then(|| address(&format!("http://{text}"))).flatten()
}

fn address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    url.host_str().is_some_and(|host| host.contains('.')).then(|| url.into())
}

fn percent_decoded(text: &str) -> Option<String> {
    let pair = url::form_urlencoded::parse(text.as_bytes()).next()?;
    Some(pair.0.into_owned())
}

/// Whether `text` is the name of a host: labels in small letters below a public ending.
fn is_host(text: &str) -> bool {
    // Endings of files that are public endings too: folders and files are named so.
    const FILES: [&str; 8] = ["zip", "mov", "sh", "py", "md", "pl", "rs", "ps"];
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let is_file = || {
        let (name, ending) = text.rsplit_once('.').unwrap_or(("", text));
        // `onet.pl` is a host, and so is `www.x.pl`; of `notes.md` nobody knows.
        FILES.contains(&ending) && !name.starts_with("www.")
    };
    let has_domain = || psl::domain(text.as_bytes()).is_some_and(|domain| domain.suffix().is_known());
    text.len() <= 253 && text.contains('.') && text.split('.').all(label) && has_domain() && !is_file()
}

/// The innermost folder of `path` that is named like a host, without `www.`; the file's own name does not count.
pub(super) fn host_folder(path: &Path) -> Option<String> {
    let folders = path.parent()?.components().rev().filter_map(|part| part.as_os_str().to_str());
    let host = folders.map(|name| name.strip_prefix("www.").unwrap_or(name)).find(|name| is_host(name))?;
    Some(host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn copies_say_what_they_are_copies_of() {
        for row in "https://web.archive.org/web/20201110081530/https://news.example/a?b=1 ==> https://news.example/a?b=1 2020-11-10T08:15:30Z
            http://web.archive.org/web/20201110081530id_/http://news.example:80/a ==> http://news.example/a 2020-11-10T08:15:30Z
            https://web.archive.org/web/20201110081530if_/https:/news.example/a ==> https://news.example/a 2020-11-10T08:15:30Z
            https://web.archive.org/web/20201110081530/novosti.ru/a ==> http://novosti.ru/a 2020-11-10T08:15:30Z
            https://web.archive.org/web/2020/https://news.example/a ==> https://news.example/a -
            https://web.archive.org/web/2020*/https://news.example/a ==> https://news.example/a -
            https://web.archive.org/web/https://news.example/a ==> https://news.example/a -
            https://webarchive.nationalarchives.gov.uk/20201110081530mp_/http://news.example/a ==> http://news.example/a 2020-11-10T08:15:30Z
            https://arquivo.pt/wayback/20201110081530/http://news.example/a ==> http://news.example/a 2020-11-10T08:15:30Z
            http://localhost:8080/crawl/20201110081530/http://news.example/ä ==> http://news.example/%C3%A4 2020-11-10T08:15:30Z
            https://archive.ph/2020.11.10-081530/https://news.example/a ==> https://news.example/a 2020-11-10T08:15:30Z
            http://archive.today/20201110081530/http://news.example/a ==> http://news.example/a 2020-11-10T08:15:30Z
            https://archive.is/o/AbC12/https://news.example/a ==> https://news.example/a -
            https://archive.is/newest/https://news.example/a ==> https://news.example/a -
            https://archive.ph/AbC12 ==> unsaid
            https://archive.ph/ ==> own
            https://webcache.googleusercontent.com/search?q=cache:AbC_12:https://news.example/a+eels&hl=en ==> https://news.example/a -
            https://webcache.googleusercontent.com/search?q=cache:https://news.example/a ==> https://news.example/a -
            https://webcache.googleusercontent.com/search?q=cache:AbC_12 ==> unsaid
            https://news-example.cdn.ampproject.org/c/s/news.example/amp/a ==> https://news.example/amp/a -
            http://127.0.0.1:8000/archive/1604996130.25/https://news.example/a ==> https://news.example/a 2020-11-10T08:15:30Z
            http://127.0.0.1:8000/archive/1604996130/www.novosti.ru/a.html ==> http://www.novosti.ru/a.html 2020-11-10T08:15:30Z
            https://web.archive.org/web/20211110081530/https://archive.ph/2020.11.10-081530/https://news.example/a ==> https://news.example/a 2020-11-10T08:15:30Z
            https://web.archive.org/web/20211110081530/https://archive.ph/AbC12 ==> unsaid
            https://web.archive.org/details/a ==> own
            https://news.example/20201110081530/a ==> own
            https://news.example/share?u=https://other.example/a ==> own
            https://news.example/20209910081530/http://other.example/a ==> own
            https://news.example/archive/2020/11/a ==> own
            https://news.example/archive/1604996130/a.html ==> own
            file:///pages/20201110081530/http://news.example/a ==> own
            nothing ==> own"
            .lines()
        {
            let (copy, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            let found = match original(copy) {
                Original::Own => "own".to_owned(),
                Original::Unsaid => "unsaid".to_owned(),
                Original::Of { url, captured } => {
                    format!("{url} {}", captured.map_or("-".to_owned(), |stamp| stamp.to_string()))
                }
            };
            assert_eq!(found, expected, "{copy}");
        }
    }

    #[test]
    fn hosts_are_told_from_other_names() {
        for (name, host) in [
            ("oakstead-courier.co.uk", true),
            ("www.novosti.ru", true),
            ("xn--mller-kva.de", true),
            ("co.uk", false),
            ("2021", false),
            ("page.html", false),
            ("page_files", false),
            ("backup.zip", false),
            ("notes.md", false),
            ("www.wiadomosci.pl", true),
            ("v1.2", false),
            ("J.Smith", false),
            ("news.example", false),
            (".com", false),
            ("a..com", false),
            ("-a.com", false),
            ("", false),
        ] {
            assert_eq!(is_host(name), host, "{name}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "(https?:/|/|%3A|20201110081530|id_|web.archive.org|archive.ph|archive|1604996130|cache:|q=|\\?|é|\\.com){0,12}") {
            original(&text);
            original(&format!("https://web.archive.org/web/{text}"));
            original(&format!("https://archive.ph/{text}"));
            original(&format!("https://news.example/{text}"));
        }
    }
}
