//! Running reports: columns of dated entries.

use crate::extract::body::clean::extent;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Element, Outline};
use crate::extract::kind::context::KindContext;

/// Entries of the shortest column: an article with a time line of two or three moments is still one.
const FEWEST: usize = 5;
/// Words of a line that tells something.
const TOLD: u32 = 5;

/// Five elements that are named entries of a live report, or a column of five times of day within the text.
pub(super) fn is_column_of_entries(context: &KindContext<'_>) -> bool {
    let outline = context.page.outline;
    let text = extent(context.verdicts);
    // A box of the newest entries stands beside many an article.
    let is_entry = |part: &&Element| {
        part.hints.has(Hints::LIVE) && text.start <= part.last as usize && (part.first as usize) < text.end
    };
    let named = outline.elements.iter().filter(is_entry).take(FEWEST).count();
    named == FEWEST || is_column(outline, &outline.blocks[text])
}

/// Whether times of day stand alone between what was told at them, and rise or fall as a clock does. A column of prices, scores
/// or lengths has other figures beside them, no text in between or no order.
fn is_column(outline: &Outline, blocks: &[Block]) -> bool {
    let mut times: Vec<i32> = Vec::new();
    let (mut told, mut after_figure) = (0, false);
    for block in blocks {
        let text = outline.text_of(block);
        match time_of_day(text).filter(|_| !after_figure) {
            Some(time) => {
                // Nothing was told at the time before: no entry.
                if !times.is_empty() && told < TOLD {
                    times.pop();
                }
                times.push(time);
                told = 0;
            }
            None => told = told.max(block.words),
        }
        after_figure = block.letters > 0 && !text.chars().any(char::is_alphabetic) && time_of_day(text).is_none();
    }
    times.len() >= FEWEST && is_in_order(&times)
}

/// Whether times rise or fall throughout, but for one midnight.
fn is_in_order(times: &[i32]) -> bool {
    let pairs = || times.iter().zip(&times[1..]);
    let (rising, falling) = (pairs().filter(|(one, next)| one <= next), pairs().filter(|(one, next)| one >= next));
    rising.count().max(falling.count()) + 2 >= times.len()
}

/// Minutes since midnight of a line that is a time of day: `8:15`, `20.15 Uhr`, `8:15 p.m.`.
fn time_of_day(line: &str) -> Option<i32> {
    let end = line.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(line.len());
    let (hour, minute) = line[..end].trim_end_matches('.').split_once([':', '.'])?;
    let number = |part: &str| part.parse::<i32>().ok().filter(|_| (1..=2).contains(&part.len()));
    let (hour, minute) = (number(hour)?, number(minute).filter(|_| minute.len() == 2)?);
    let rest: String = line[end..].chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let noon = match rest.as_str() {
        "" | "am" | "uhr" | "h" | "gmt" | "utc" | "bst" | "est" | "edt" | "cet" | "cest" | "ist" | "et" => 0,
        "pm" if hour < 12 => 12,
        "pm" => 0,
        _ => return None,
    };
    (hour < 24 && minute < 60).then_some((hour + noon) * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::class_hints::HintReader;
    use crate::extract::html::{reader, strip};

    const TOLD: &str = "The council goes on with its debate about the bridge, and it is late.";

    #[track_caller]
    fn check(entries: &[String], expected: bool) {
        let html: String = entries.iter().map(|entry| format!("<div>{entry}</div>")).collect();
        let outline = reader::read(&strip::strip(&html).html, &mut HintReader::default());
        assert_eq!(is_column(&outline, &outline.blocks), expected, "{entries:?}");
    }

    #[test]
    fn columns_of_times_with_what_was_told() {
        let column =
            |times: &[&str], told: &str| times.iter().map(|time| format!("<p>{time}</p>{told}")).collect::<Vec<_>>();
        let told = format!("<p>{TOLD}</p>");
        check(&column(&["8:15", "9:15", "10:15", "11:15", "12:15"], &told), true);
        check(&column(&["20.15 Uhr", "19.40 Uhr", "19.02 Uhr", "18.30 Uhr", "18.00 Uhr"], &told), true);
        check(&column(&["0:40", "0:10", "23:50", "23:20", "22:58"], &format!("<h3>The vote</h3>{told}")), true);
        check(&column(&["8:15 am", "9:15 am", "10:15 am", "11:15 am"], &told), false);
        // Lengths of films in no order, prices in a table, scores beside lengths.
        check(&column(&["8:15", "1:20", "5:42", "2:01", "7:59", "3:30"], &told), false);
        check(&column(&["12.15", "12.30", "13.15", "14.15", "15.15"], "<p>Upper Vale</p>"), false);
        check(&column(&["4.5<p>1:18", "4.1<p>2:21", "3.8<p>3:24", "4.7<p>4:30", "4.0<p>5:36"], &told), false);
    }

    #[test]
    fn times_of_day() {
        for (line, expected) in [
            ("8:15", Some(495)),
            ("08.15 Uhr", Some(495)),
            ("8:15 p.m.", Some(1215)),
            ("12:05 pm", Some(725)),
            ("71.43", None),
            ("8:15:20", None),
            ("8:5", None),
            ("4.5", None),
            ("8:15 The vote", None),
            ("", None),
        ] {
            assert_eq!(time_of_day(line), expected, "{line}");
        }
    }
}
