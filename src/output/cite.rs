//! Hits as footnotes that can be checked: `--cite`.

use std::io::{self, Write};

use crate::api::Hit;
use crate::text::safe_line;

/// Writes one line for each snippet of each hit: author, title, site, date and address as a footnote has them, the
/// sentence, and where it stands: the article's id, the bytes of its stored text, and that text's SHA-256. An article
/// without a snippet is cited as a whole.
pub fn citations(out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
    let mut number = 0;
    for hit in hits {
        let source = source(hit);
        for snippet in &hit.snippets {
            number += 1;
            let (text, id, digest) = (safe_line(&snippet.text), &hit.id, &hit.text_sha256);
            writeln!(out, "[{number}] {source}: “{text}” ({id}#{}-{}, sha256:{digest})", snippet.start, snippet.end)?;
        }
        // A headline or a filter found it: there is no sentence to point at.
        if hit.snippets.is_empty() {
            number += 1;
            writeln!(out, "[{number}] {source} ({}, sha256:{})", hit.id, hit.text_sha256)?;
        }
    }
    Ok(())
}

/// What a footnote says of an article: the parts that the page has, with commas between.
fn source(hit: &Hit) -> String {
    let mut parts = Vec::new();
    if !hit.byline.is_empty() {
        parts.push(hit.byline.join(", "));
    }
    parts.push(format!("“{}”", hit.title.as_deref().unwrap_or(super::NO_HEADLINE)));
    parts.extend(hit.site.clone());
    parts.push(hit.date.clone().unwrap_or_else(|| "undated".to_owned()));
    parts.extend(hit.url.clone());
    if let Some(captured) = &hit.captured {
        parts.push(format!("captured {captured}"));
    }
    let line = parts.join(", ");
    safe_line(&line).into_owned()
}
