//! The versions of an article, and what changed from one to another.

use std::io::{self, Write};

use super::human::lines;
use super::{NO_HEADLINE, Style};
use crate::api::{Capture, Change, ChangeKind, Diff, DiffSide, Version, Versions, Wording};
use crate::text::{safe_line, safe_path};

/// Writes `ID@N<TAB>first capture<TAB>captures<TAB>words<TAB>+added<TAB>-removed<TAB>headline<TAB>file of the first`, a line a
/// version.
pub fn version_lines(out: &mut dyn Write, found: &Versions) -> io::Result<()> {
    for version in &found.versions {
        let Version { version: number, words, added, removed, captures, .. } = version;
        let (title, id) = (safe_line(version.title.as_deref().unwrap_or("")), &found.id);
        let first = captures.first();
        let when = first.and_then(|capture| capture.captured.as_deref()).unwrap_or("");
        let file = first.map(|capture| safe_path(&capture.page.file)).unwrap_or_default();
        writeln!(out, "{id}@{number}\t{when}\t{}\t{words}\t+{added}\t-{removed}\t{title}\t{file}", captures.len())?;
    }
    Ok(())
}

/// Writes them for people, with every capture where `all` are asked for.
pub fn versions(out: &mut dyn Write, found: &Versions, all: bool, style: Style) -> io::Result<()> {
    for version in &found.versions {
        let Version { version: number, added, removed, captures, .. } = version;
        let title = safe_line(version.title.as_deref().unwrap_or(NO_HEADLINE)).into_owned();
        writeln!(out, "{}  {}", style.paint(Style::DIM, &format!("@{number}")), style.paint(Style::BOLD, &title))?;
        let mut facts = vec![span(captures)];
        facts.extend((captures.len() > 1).then(|| format!("{} captures", captures.len())));
        facts.push(format!("{} words", version.words));
        facts.extend((*number > 1).then(|| format!("+{added} -{removed} sentences")));
        writeln!(out, "    {}", facts.join(" · "))?;
        for capture in captures.iter().take(if all { captures.len() } else { 1 }) {
            let when = capture.captured.as_deref().filter(|_| all).map_or(String::new(), |when| format!("{when}  "));
            let digest =
                capture.sha256.get(..16).filter(|_| all).map_or(String::new(), |digest| format!("  sha256:{digest}…"));
            let line = format!("{when}{}{digest}", safe_path(&capture.page.file));
            writeln!(out, "    {}", style.paint(Style::DIM, &line))?;
        }
    }
    Ok(())
}

/// From when to when.
fn span(captures: &[Capture]) -> String {
    let when = |capture: Option<&Capture>| capture.and_then(|capture| capture.captured.clone());
    match (when(captures.first()), when(captures.last())) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(first), _) => first,
        (None, _) => "captured at no known time".to_owned(),
    }
}

/// Writes what changed: what was taken out with `-`, what was put in with `+`, and of a sentence that was reworded both as
/// `wdiff` has it.
pub fn diff(out: &mut dyn Write, found: &Diff, style: Style) -> io::Result<()> {
    let side = |side: &DiffSide| {
        let when = side.captured.as_deref().unwrap_or("no known time");
        format!("{}@{} ({when})", side.id, side.version)
    };
    writeln!(out, "{}", style.paint(Style::DIM, &format!("{} → {}", side(&found.from), side(&found.to))))?;
    let title = match found.title.is_empty() {
        true => style.paint(Style::BOLD, &safe_line(found.to.title.as_deref().unwrap_or(NO_HEADLINE))),
        false => format!("{} {}", style.label("headline"), worded(&found.title, style)),
    };
    writeln!(out, "{title}")?;
    found.changes.iter().try_for_each(|change| one(out, change, style))
}

fn one(out: &mut dyn Write, change: &Change, style: Style) -> io::Result<()> {
    let text = |text: &Option<String>| safe_line(text.as_deref().unwrap_or("")).into_owned();
    let (sign, text) = match change.change {
        ChangeKind::Added => ("+", style.paint(Style::BOLD, &text(&change.after))),
        ChangeKind::Removed => ("-", style.paint(Style::BAD, &text(&change.before))),
        ChangeKind::Reworded => ("~", worded(&change.words, style)),
    };
    for (at, line) in lines(&text, style).iter().enumerate() {
        writeln!(out, "{} {line}", if at == 0 { sign } else { " " })?;
    }
    Ok(())
}

fn worded(words: &[Wording], style: Style) -> String {
    let show = |wording: &Wording| super::verify::side_by_side(&wording.before, &wording.after, style);
    words.iter().map(show).collect::<Vec<_>>().join(" ")
}
