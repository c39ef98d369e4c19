//! What is in an index.

use std::io::{self, Write};

use super::{Style, grouped, json_line, plural, size};
use crate::api::Stats;
use crate::text::safe_line;

/// Writes `stats` for people, or as one JSON object.
pub fn stats(out: &mut dyn Write, stats: &Stats, style: Style, json: bool) -> io::Result<()> {
    if json {
        return json_line(out, stats);
    }
    let row = |out: &mut dyn Write, name: &str, text: &str| {
        writeln!(out, "{} {}", style.paint(Style::DIM, &format!("{name:>10}")), safe_line(text))
    };
    let bytes = size(stats.bytes);
    row(out, "index", &format!("{} (format {}, revision {}, {bytes})", stats.index, stats.format, stats.revision))?;
    for root in &stats.roots {
        row(out, "root", root)?;
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
        pairs.map(|(name, n)| format!("{name} {}", grouped(n))).collect::<Vec<_>>().join(", ")
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
    row(out, "failed", &grouped(stats.failed.len() as u64))?;
    for failed in &stats.failed {
        writeln!(
            out,
            "  {} {}",
            style.paint(Style::BAD, "failed"),
            safe_line(&format!("{}: {}", failed.path, failed.reason))
        )?;
    }
    Ok(())
}
