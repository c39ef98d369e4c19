//! What is in an index.

use std::io::{self, Write};
use std::path::Path;

use super::{Style, grouped, json_line, plural, size};
use crate::api::Stats;
use crate::text::{safe_line, safe_path};

/// Writes `stats` for people, or as one JSON object.
pub fn stats(out: &mut dyn Write, stats: &Stats, style: Style, json: bool) -> io::Result<()> {
    if json {
        return json_line(out, stats);
    }
    // The text is safe already: runs of blanks in a path are part of it.
    let row = |out: &mut dyn Write, name: &str, text: &str| writeln!(out, "{} {text}", style.label(name));
    let bytes = size(stats.bytes);
    row(
        out,
        "index",
        &format!(
            "{} (format {}, revision {}, {bytes})",
            safe_path(Path::new(&stats.index)),
            stats.format,
            stats.revision
        ),
    )?;
    for root in &stats.roots {
        row(out, "root", &safe_path(Path::new(root)))?;
    }
    let superseded = match stats.superseded {
        0 => String::new(),
        n => format!(", {} older {} kept", grouped(n), plural(n, "capture", "captures")),
    };
    let stories = match stats.stories {
        n if n == stats.articles => String::new(),
        n => format!(" in {} {}", grouped(n), plural(n, "story", "stories")),
    };
    row(out, "articles", &format!("{} to search{stories}{superseded}", grouped(stats.articles)))?;
    let list = |pairs: &mut dyn Iterator<Item = (String, u64)>| {
        pairs.map(|(name, n)| format!("{} {}", safe_line(&name), grouped(n))).collect::<Vec<_>>().join(", ")
    };
    row(out, "kinds", &list(&mut stats.kinds.iter().map(|(kind, n)| (kind.clone(), *n))))?;
    let mut languages: Vec<(String, u64)> = stats
        .languages
        .iter()
        .map(|(lang, n)| (if lang.is_empty() { "unknown".to_owned() } else { lang.clone() }, *n))
        .collect();
    languages.sort_by_key(|(lang, n)| (std::cmp::Reverse(*n), lang.clone()));
    row(out, "languages", &list(&mut languages.into_iter()))?;
    let undated = (stats.undated > 0).then(|| ("undated".to_owned(), stats.undated));
    row(out, "published", &list(&mut stats.years.iter().map(|(year, n)| (year.to_string(), *n)).chain(undated)))?;
    if stats.containers > 0 {
        row(out, "archives", &format!("{} of many pages", grouped(stats.containers)))?;
        if !stats.skipped.is_empty() {
            row(out, "skipped", &list(&mut stats.skipped.iter().map(|(why, n)| (why.clone(), *n))))?;
        }
    }
    row(out, "failed", &grouped(stats.failed.len() as u64))?;
    for failed in &stats.failed {
        let (path, reason) = (safe_path(Path::new(&failed.path)), safe_line(&failed.reason));
        writeln!(out, "  {} {path}: {reason}", style.paint(Style::BAD, "failed"))?;
    }
    Ok(())
}
