//! What the path of an address says of the page behind it. Of the host only a first label counts that names a sort of site:
//! `forum.`, `docs.`, `shop.`, `blog.`.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::extract::kind::context::{FeatureValues, log, yes};
use crate::extract::tables::URLS;
use crate::text::word_lists::{Phrase, WordLists};

/// Features of the segments of a path, each a section of the table.
const SEGMENTS: [&str; 7] = ["u_news", "u_blog", "u_shop", "u_forum", "u_docs", "u_service", "u_list"];
/// Features of the first label of a host, each a section of the table.
const HOSTS: [&str; 4] = ["u_at_forum", "u_at_docs", "u_at_shop", "u_at_blog"];

/// The words of `data/extract/urls.txt`.
struct UrlWords {
    segments: [FxHashSet<Phrase>; SEGMENTS.len()],
    hosts: [FxHashSet<Phrase>; HOSTS.len()],
    threads: Vec<Phrase>,
    function: FxHashSet<Phrase>,
}

fn words() -> &'static UrlWords {
    static WORDS: OnceLock<UrlWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = WordLists::parse(URLS);
        UrlWords {
            segments: SEGMENTS.map(|name| table.phrase_set(name)),
            hosts: HOSTS.map(|name| table.phrase_set(name)),
            threads: table.phrases("thread"),
            function: table.phrase_set("function word"),
        }
    })
}

/// Adds the features of `url` to `out`; `title` is the headline, whose words a slug repeats.
pub(crate) fn read(url: Option<&str>, title: &str, out: &mut FeatureValues) {
    let rest = url.and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    let host = rest.split(['/', ':', '?']).next().unwrap_or("");
    let label = host.split('.').next().filter(|_| host.matches('.').count() >= 2).unwrap_or("").to_lowercase();
    let path = path.split('?').next().unwrap_or("").to_lowercase();
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let last = segments.last().copied().unwrap_or("");
    let stems: Vec<&str> = segments.iter().map(|part| part.split('.').next().unwrap_or("")).collect();
    let parts: Vec<&str> = path.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let digits = |part: &&str| part.bytes().filter(u8::is_ascii_digit).count();
    let hyphens = |part: &str| part.matches(['-', '_']).count();
    let is_slug = segments.iter().any(|part| hyphens(part) >= 4);
    let is_year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let version = |part: &&str| {
        let number = part.strip_prefix('v').unwrap_or(part);
        part.len() <= 4 && number.starts_with(|c: char| c.is_ascii_digit()) && !is_year(part)
    };
    for (name, known) in SEGMENTS.into_iter().zip(&words().segments) {
        let has = stems.iter().any(|stem| known.contains(*stem));
        out.push((name, yes(has && (name != "u_list" || !is_slug))));
    }
    out.extend(HOSTS.into_iter().zip(&words().hosts).map(|(name, known)| (name, yes(known.contains(label.as_str())))));
    out.push(("u_thread", yes(words().threads.iter().any(|part| path.contains(&**part)))));
    let folded = crate::text::fold(title);
    let in_title: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    out.extend([
        ("u_root", yes(path == "/")),
        ("u_depth", segments.len() as f32),
        ("u_hyphens", hyphens(last) as f32),
        ("u_length", last.len() as f32),
        ("u_digits", segments.iter().map(digits).max().unwrap_or(0) as f32),
        ("u_file", yes(last.contains('.'))),
        ("u_year", yes(segments.iter().any(is_year))),
        ("u_version", yes(stems.iter().any(version))),
        ("u_words", parts.iter().filter(|word| word.len() > 1).count() as f32),
        ("u_function", log(parts.iter().filter(|word| words().function.contains(**word)).count())),
        ("u_title", parts.iter().filter(|word| word.len() > 2 && in_title.contains(word)).count() as f32),
    ]);
}

#[cfg(test)]
mod tests;
