//! Articles as footnotes that can be checked: `--cite`.

use std::io::{self, Write};

use super::referred::Referred;
use crate::text::safe_line;

/// Writes one line for each passage of an article: author, title, site, date and address as a footnote has them, the
/// sentence, and where it stands: the article's id, the bytes of its stored text, and that text's SHA-256. An article
/// without a passage is cited as a whole. `number` is that of the footnote before.
pub(super) fn footnotes(out: &mut dyn Write, article: Referred<'_>, number: &mut u64) -> io::Result<()> {
    let (source, Referred { id, text_sha256: digest, .. }) = (source(article), article);
    for passage in article.passages {
        *number += 1;
        let text = safe_line(&passage.text);
        writeln!(out, "[{number}] {source}: “{text}” ({id}#{}-{}, sha256:{digest})", passage.start, passage.end)?;
    }
    // A headline or a filter found it: there is no sentence to point at.
    if article.passages.is_empty() {
        *number += 1;
        writeln!(out, "[{number}] {source} ({id}, sha256:{digest})")?;
    }
    Ok(())
}

/// What a footnote says of an article: the parts that the page has, with commas between.
fn source(article: Referred<'_>) -> String {
    let mut parts = Vec::new();
    if !article.byline.is_empty() {
        parts.push(article.byline.join(", "));
    }
    parts.push(format!("“{}”", article.title.unwrap_or(super::NO_HEADLINE)));
    parts.extend(article.site.map(str::to_owned));
    parts.push(article.date.unwrap_or("undated").to_owned());
    parts.extend(article.url.map(str::to_owned));
    if let Some(captured) = article.captured {
        parts.push(format!("captured {captured}"));
    }
    let line = parts.join(", ");
    safe_line(&line).into_owned()
}
