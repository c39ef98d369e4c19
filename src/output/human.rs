//! Hits for people.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{NO_HEADLINE, Style, grouped, plural};
use crate::api::{Answer, Hit, Hits, Snippet, Story, Teller};
use crate::text::safe_line;

const INDENT: &str = "    ";

/// Writes the hits of `answer` as a reader wants them: headline, date and site, the sentence that proves it, where it is.
pub fn human(out: &mut dyn Write, answer: &Answer<Hits>, style: Style) -> io::Result<()> {
    let hits = &answer.body.hits;
    let first = hits.iter().position(|hit| !hit.missing.is_empty());
    // In the list of a long query both kinds stand side by side, and each hit says what it lacks.
    let parted = first.filter(|first| hits.iter().skip(*first).all(|hit| !hit.missing.is_empty()));
    for (at, hit) in hits.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        if parted == Some(at) {
            writeln!(out, "{}\n", style.paint(Style::DIM, "Some words only:"))?;
        }
        one(out, hit, style)?;
    }
    if !answer.body.hits.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}", style.paint(Style::DIM, &footer(answer)))
}

/// The totals, and how to see more.
fn footer(answer: &Answer<Hits>) -> String {
    let last = answer.body.hits.last().map_or(0, |hit| hit.rank);
    match answer.total.checked_sub(last) {
        Some(1..) if last > 0 => format!("{}; more: --offset {last}", totals(answer)),
        _ => totals(answer),
    }
}

/// How many articles of the match hold the words as they were typed; `None` where all do. `words` is what was typed.
pub fn forms<B>(answer: &Answer<B>, words: &str) -> Option<String> {
    let others = answer.other_forms;
    if others == 0 {
        return None;
    }
    let words = safe_line(words);
    Some(match answer.total.saturating_sub(others) {
        0 => format!("none holds {words} as typed, {} only in other forms", grouped(others)),
        typed => format!(
            "{} {} {words}, {} more only in other forms",
            grouped(typed),
            plural(typed, "holds", "hold"),
            grouped(others)
        ),
    })
}

/// How many articles hold all words, and how many some.
pub fn totals(answer: &Answer<Hits>) -> String {
    let (total, partial) = (answer.total, answer.body.partial);
    let told = if answer.stories == total {
        String::new()
    } else {
        format!(" in {} {}", grouped(answer.stories), plural(answer.stories, "story", "stories"))
    };
    let articles = format!("{}{told}", plural(total, "article", "articles"));
    if partial == 0 {
        return format!("{} {articles}", grouped(total));
    }
    let some = format!("{} {}", grouped(partial), if total > 0 { "more " } else { "" });
    let some = format!("{some}{} some", plural(partial, "holds", "hold"));
    match total {
        0 => format!("no article holds all words, {some}"),
        1 => format!("1 article holds all words, {some}"),
        _ => format!("{} articles hold all words, {some}", grouped(total)),
    }
}

fn one(out: &mut dyn Write, hit: &Hit, style: Style) -> io::Result<()> {
    let number = style.paint(Style::DIM, &format!("{:>2}", hit.rank));
    for (at, line) in lines(hit.title.as_deref().unwrap_or(NO_HEADLINE), style).iter().enumerate() {
        let line = style.link(&hit.file.file, &style.paint(Style::BOLD, line));
        if at == 0 { writeln!(out, "{number}  {line}")? } else { writeln!(out, "{INDENT}{line}")? }
    }
    let mut facts: Vec<&str> = vec![hit.date.as_deref().map_or("undated", day)];
    facts.extend(hit.site.as_deref());
    facts.extend(hit.lang.as_deref());
    if hit.kind != "article" {
        facts.push(&hit.kind);
    }
    let spellings = format!("as: {}", hit.spellings.join(", "));
    if !hit.spellings.is_empty() {
        facts.push(&spellings);
    }
    let missing = format!("without: {}", hit.missing.join(" "));
    if !hit.missing.is_empty() {
        facts.push(&missing);
    }
    writeln!(out, "{INDENT}{}", style.paint(Style::DIM, &facts.join(" · ")))?;
    for snippet in &hit.snippets {
        wrap(out, snippet, style)?;
    }
    if let Some(story) = &hit.story {
        told(out, story, style)?;
    }
    writeln!(out, "{INDENT}{}  {}", style.paint(Style::DIM, &hit.id), style.path(&hit.file.file, INDENT.len() + 18))
}

/// The line of a story, and its other articles where they are named.
fn told(out: &mut dyn Write, story: &Story, style: Style) -> io::Result<()> {
    let (copies, matching) = (story.articles.saturating_sub(1), story.matching.saturating_sub(1));
    let some = if matching < copies { format!(" ({} match)", grouped(matching)) } else { String::new() };
    let first = format!("{} {}", story.first.site.as_deref().unwrap_or("a page without a site"), when(&story.first));
    let copies = format!("+{} {}{some}, first: {first}", grouped(copies), plural(copies, "copy", "copies"));
    writeln!(out, "{INDENT}{}", style.paint(Style::DIM, &copies))?;
    tellers(out, &story.copies, INDENT, style)
}

/// Writes one line for each of `articles`: how much is the same, when, where, headline, id.
pub fn tellers(out: &mut dyn Write, articles: &[Teller], indent: &str, style: Style) -> io::Result<()> {
    for article in articles {
        let title = safe_line(article.title.as_deref().unwrap_or(NO_HEADLINE));
        let title = style.link(&article.file.file, &title);
        let (when, site) = (when(article), safe_line(article.site.as_deref().unwrap_or("-")));
        let id = style.paint(Style::DIM, &article.id);
        writeln!(out, "{indent}{:>3} %  {when:16}  {site}  {title}  {id}", article.same)?;
    }
    Ok(())
}

/// Day and minute of an article.
fn when(article: &Teller) -> String {
    let date = article.date.as_deref().unwrap_or("undated");
    date.chars().take("2019-05-06T09:12".len()).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// The day of an ISO date-time.
fn day(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}

/// Columns beside the indent: lines that are too long are hard to read.
fn room(style: Style) -> usize {
    style.width.clamp(40, 100) - INDENT.len()
}

/// `text` broken into lines at blanks; one line at least.
pub(super) fn lines(text: &str, style: Style) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let width = safe_line(word).width();
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if safe_line(line).width() + 1 + width <= room(style) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text of a snippet with its marks, broken into lines at blanks.
fn wrap(out: &mut dyn Write, snippet: &Snippet, style: Style) -> io::Result<()> {
    let room = room(style);
    let mut column = 0;
    let mut start = snippet.start;
    write!(out, "{INDENT}")?;
    for piece in snippet.text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let end = start + word.len() as u32;
        let width = safe_line(word).width() + signs(snippet, (start, end), style);
        if column > 0 && column + 1 + width > room {
            write!(out, "\n{INDENT}")?;
            column = 0;
        } else if column > 0 {
            write!(out, " ")?;
            column += 1;
        }
        marked(out, word, start, end, snippet, style)?;
        column += width;
        start += piece.len() as u32;
    }
    writeln!(out)
}

/// Columns of the signs that stand around marks in a word from `start` to `end`.
fn signs(snippet: &Snippet, (start, end): (u32, u32), style: Style) -> usize {
    if style.colour {
        return 0;
    }
    let here = |at: u32| at >= start && at < end;
    snippet.marks.iter().map(|[from, to]| 2 * (usize::from(here(*from)) + usize::from(here(to - 1)))).sum()
}

/// One word, with the parts of it that are marked. Without colours a mark is `**` on both sides of the whole mark.
fn marked(out: &mut dyn Write, word: &str, start: u32, end: u32, snippet: &Snippet, style: Style) -> io::Result<()> {
    let mut at = start;
    let part = |from: u32, to: u32| word.get((from - start) as usize..(to - start) as usize).unwrap_or("");
    for [mark_start, mark_end] in snippet.marks.iter().filter(|[from, to]| *from < end && start < *to) {
        let (from, to) = ((*mark_start).max(at), (*mark_end).min(end));
        write!(out, "{}", safe_line(part(at, from)))?;
        let inside = safe_line(part(from, to));
        if style.colour {
            write!(out, "{}{inside}{}", Style::MARK, Style::RESET)?;
        } else {
            let open = if from == *mark_start { "**" } else { "" };
            let close = if to == *mark_end { "**" } else { "" };
            write!(out, "{open}{inside}{close}")?;
        }
        at = to;
    }
    write!(out, "{}", safe_line(part(at, end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[[u32; 2]], width: usize) -> String {
        let snippet = Snippet { start: 10, end: 10 + text.len() as u32, text: text.to_owned(), marks: marks.to_vec() };
        let mut out = Vec::new();
        wrap(&mut out, &snippet, Style { width, ..Style::PLAIN }).expect("memory takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn marks_stand_around_what_matched() {
        assert_eq!(shown("The medal, for Lachin.", &[[14, 19], [25, 31]], 80), "    The **medal**, for **Lachin**.\n");
        assert_eq!(shown("a red fox", &[[12, 19]], 80), "    a **red fox**\n");
    }

    #[test]
    fn long_lines_break_at_blanks() {
        assert_eq!(
            shown("aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb", &[], 40),
            "    aaaaaaaaaaaaaaaaaaaa\n    bbbbbbbbbbbbbbbbbbbb\n"
        );
    }
}
