//! What has become of something cited.

use std::io::{self, Write};

use super::Style;
use super::human::lines;
use crate::api::{Cited, PageVerification, Standing, Verdict, Verification};
use crate::text::{safe_line, safe_path};

/// Writes `verdict<TAB>cited place<TAB>place now<TAB>percent the same<TAB>words now`, differences as `[-cited-]` and
/// `{+now+}`.
pub fn verification_line(out: &mut dyn Write, found: &Verification) -> io::Result<()> {
    let now = found.now.as_ref();
    let same = found.same.map_or_else(String::new, |same| same.to_string());
    let (cited, place) = (cited(&found.cited), now.map_or_else(String::new, place));
    writeln!(out, "{}\t{cited}\t{place}\t{same}\t{}", found.verdict.name(), wording(found, Style::PLAIN))
}

/// Writes it for people.
pub fn verification(out: &mut dyn Write, found: &Verification, style: Style) -> io::Result<()> {
    let paint = if found.verdict == Verdict::Unchanged { Style::BOLD } else { Style::MARK };
    let cited = cited(&found.cited);
    let mut head = style.paint(paint, found.verdict.name());
    let now = found.now.as_ref().map(place).filter(|place| *place != cited);
    match (&found.verdict, cited.is_empty(), now) {
        (_, true, Some(now)) => head.push_str(&format!("  {now}")),
        (Verdict::Moved, _, Some(now)) => head.push_str(&format!("  {cited} → {now}")),
        (_, false, Some(now)) if found.verdict != Verdict::Unchanged => head.push_str(&format!("  {cited}, now {now}")),
        (_, false, _) => head.push_str(&format!("  {cited}")),
        _ => {}
    }
    if let Some(same) = found.same.filter(|_| found.verdict == Verdict::Changed) {
        head.push_str(&format!("  {same} % of the words are the same"));
    }
    if found.others > 0 {
        head.push_str(&format!("  and in {} more", found.others));
    }
    writeln!(out, "{head}")?;
    let words = wording(found, style);
    if !words.is_empty() {
        let lines = lines(&format!("“{words}”"), style);
        lines.iter().try_for_each(|line| writeln!(out, "    {line}"))?;
    }
    if let Some(now) = &found.now {
        let title = now.title.as_deref().unwrap_or(super::NO_HEADLINE);
        let facts = [Some(title), now.site.as_deref(), now.date.as_deref(), now.url.as_deref()];
        let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        lines(&safe_line(&facts), style)
            .iter()
            .try_for_each(|line| writeln!(out, "    {}", style.paint(Style::DIM, line)))?;
    }
    Ok(())
}

/// Writes `verdict<TAB>id<TAB>SHA-256<TAB>file<TAB>file now` of a saved page; the last is empty but for one that was moved.
pub fn page_verification(out: &mut dyn Write, found: &PageVerification) -> io::Result<()> {
    let record = found.page.record.as_ref().map_or_else(String::new, |record| match &record.entry {
        Some(entry) => format!(" ({})", safe_line(entry)),
        None => format!(" (at byte {})", record.offset),
    });
    let moved = found.moved_to.as_deref().map_or_else(String::new, |path| safe_path(path.as_ref()).into_owned());
    let (id, sha256, file) = (&found.id, &found.sha256, safe_path(&found.page.file));
    writeln!(out, "{}\t{id}\t{sha256}\t{file}{record}\t{moved}", found.verdict.name())
}

/// The words as they stand, with what differs; else as they are cited.
fn wording(found: &Verification, style: Style) -> String {
    if !found.difference.is_empty() {
        return found
            .difference
            .iter()
            .map(|edit| side_by_side(&edit.cited, &edit.now, style))
            .collect::<Vec<_>>()
            .join(" ");
    }
    let now = found.now.as_ref().and_then(|now| now.text.as_deref());
    safe_line(now.or(found.cited.text.as_deref()).unwrap_or("")).into_owned()
}

/// What is the same as it is, else both as `wdiff` has it: readers know the signs, and colour alone says nothing in a file.
pub(super) fn side_by_side(cited: &str, now: &str, style: Style) -> String {
    if cited == now {
        return safe_line(now).into_owned();
    }
    let signed = |text: &str, open: &str, close: &str, paint| {
        (!text.is_empty()).then(|| style.paint(paint, &format!("{open}{}{close}", safe_line(text))))
    };
    let both = [signed(cited, "[-", "-]", Style::BAD), signed(now, "{+", "+}", Style::BOLD)];
    both.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn cited(cited: &Cited) -> String {
    at(cited.id.as_deref(), cited.start, cited.end)
}

fn place(now: &Standing) -> String {
    at(Some(&now.id), now.start, now.end)
}

fn at(id: Option<&str>, start: Option<u32>, end: Option<u32>) -> String {
    match (id, start.zip(end)) {
        (Some(id), Some((start, end))) => format!("{id}#{start}-{end}"),
        (Some(id), None) => id.to_owned(),
        (None, _) => String::new(),
    }
}
