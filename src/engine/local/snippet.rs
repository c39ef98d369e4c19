//! Snippets: the sentences of a stored body that show best why an article was found.
//!
//! Whole sentences, never a window of words: the sentence that holds the most of the query is the proof that a reader
//! looks for. A sentence gains the weight of each distinct part that it shows once, a little for every further mark
//! and for parts that stand close together; of equals the first wins. A neighbour joins when it adds a part that is
//! missing so far. Sentences without end (tables, hostile pages) are cut at blanks around their marks.

use super::want::{self, Mark, Want};
use crate::annotate::Annotations;
use crate::api::Snippet;
use crate::text::{Span, paragraphs, sentences};

/// Longest snippet in bytes, unless one sentence alone is longer.
const LONG: usize = 360;
/// A single sentence longer than this is cut.
const LONGEST: usize = 600;
/// Marks closer than this many bytes count as standing together.
const CLOSE: u32 = 40;

/// The best `most` snippets of `body`, best first; empty where nothing of `wants` is in it.
pub(crate) fn cut(
    body: &str,
    wants: &[Want],
    annotations: &Annotations,
    lang: Option<&str>,
    most: usize,
) -> Vec<Snippet> {
    let marks = want::find(body, wants, annotations, lang);
    let mut open: Vec<Sentence> = Vec::new();
    if !marks.is_empty() {
        for paragraph in
            paragraphs(body).into_iter().filter(|paragraph| marks.iter().any(|mark| paragraph.contains(mark.span)))
        {
            for span in sentences(body, paragraph) {
                let inside: Vec<Mark> = marks.iter().filter(|mark| span.overlaps(mark.span)).copied().collect();
                open.push(Sentence { span, paragraph, marks: inside });
            }
        }
    }
    let mut shown = vec![false; wants.len()];
    let mut out = Vec::new();
    while out.len() < most {
        let Some(best) = best(&open, wants, &shown) else { break };
        let run = widen(&open, best, wants, &mut shown);
        out.push(snippet(body, &open[run.clone()]));
        for sentence in &mut open[run] {
            sentence.marks.clear();
        }
    }
    out
}

/// The beginning of the body, for articles that match by their title or by a filter alone.
pub(crate) fn lead(body: &str) -> Option<Snippet> {
    let paragraph = paragraphs(body).into_iter().next()?;
    let mut spans = sentences(body, paragraph).into_iter();
    let mut span = spans.next()?;
    for next in spans {
        if next.end.saturating_sub(span.start) as usize > LONG / 2 {
            break;
        }
        span.end = next.end;
    }
    Some(snippet(body, &[Sentence { span, paragraph, marks: Vec::new() }]))
}

struct Sentence {
    span: Span,
    paragraph: Span,
    marks: Vec<Mark>,
}

/// The sentence that gains most, given what earlier snippets show already.
fn best(open: &[Sentence], wants: &[Want], shown: &[bool]) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (at, sentence) in open.iter().enumerate().filter(|(_, sentence)| !sentence.marks.is_empty()) {
        let gain = gain(&sentence.marks, wants, shown);
        if best.is_none_or(|(most, _)| gain > most) {
            best = Some((gain, at));
        }
    }
    best.map(|(_, at)| at)
}

fn gain(marks: &[Mark], wants: &[Want], shown: &[bool]) -> f64 {
    let mut seen = vec![false; wants.len()];
    let mut gain = 0.0;
    let mut last: Option<Mark> = None;
    for mark in marks {
        let weight = wants[mark.want].weight;
        if !std::mem::replace(&mut seen[mark.want], true) {
            gain += if shown[mark.want] { weight / 4.0 } else { weight };
        } else {
            gain += weight / 50.0;
        }
        if last.is_some_and(|last| last.want != mark.want && mark.span.start.saturating_sub(last.span.end) < CLOSE) {
            gain += weight / 10.0;
        }
        last = Some(*mark);
    }
    gain
}

/// The sentence at `best` and those neighbours of its paragraph that show something new without getting long.
fn widen(open: &[Sentence], best: usize, wants: &[Want], shown: &mut [bool]) -> std::ops::Range<usize> {
    let mut run = best..best + 1;
    note(&open[best].marks, shown);
    loop {
        let before = run.start.checked_sub(1);
        let after = Some(run.end).filter(|at| *at < open.len());
        let joins = |at: &usize| {
            let sentence = &open[*at];
            let start = sentence.span.start.min(open[run.start].span.start);
            let end = sentence.span.end.max(open[run.end - 1].span.end);
            sentence.paragraph == open[best].paragraph
                && Span { start, end }.len() <= LONG
                && sentence.marks.iter().any(|mark| !shown[mark.want] && wants[mark.want].weight > 0.0)
        };
        if let Some(at) = after.filter(joins) {
            run.end = at + 1;
            note(&open[at].marks, shown);
        } else if let Some(at) = before.filter(joins) {
            run.start = at;
            note(&open[at].marks, shown);
        } else {
            return run;
        }
    }
}

fn note(marks: &[Mark], shown: &mut [bool]) {
    for mark in marks {
        shown[mark.want] = true;
    }
}

fn snippet(body: &str, run: &[Sentence]) -> Snippet {
    let marks: Vec<Span> = run.iter().flat_map(|sentence| &sentence.marks).map(|mark| mark.span).collect();
    let whole = Span {
        start: run.iter().map(|sentence| sentence.span.start).min().unwrap_or(0),
        end: run.iter().map(|sentence| sentence.span.end).max().unwrap_or(0),
    };
    let span = if whole.len() > LONGEST { around(body, whole, marks.first().copied()) } else { whole };
    let mut merged: Vec<[u32; 2]> = Vec::new();
    for mark in marks {
        let (start, end) = (mark.start.max(span.start), mark.end.min(span.end));
        match merged.last_mut() {
            Some(last) if start < last[1] => last[1] = last[1].max(end),
            _ if start < end => merged.push([start, end]),
            _ => {}
        }
    }
    Snippet { start: span.start, end: span.end, text: span.of(body).to_owned(), marks: merged }
}

/// A part of an overlong sentence around its first mark, cut at blanks where there are any.
fn around(body: &str, whole: Span, mark: Option<Span>) -> Span {
    let middle = mark.map_or(whole.start, |mark| mark.start) as usize;
    let (first, last) = (whole.start as usize, whole.end as usize);
    let mut start = middle.saturating_sub(LONGEST / 3).max(first);
    let mut end = (start + LONGEST).min(last);
    while !body.is_char_boundary(start) {
        start -= 1;
    }
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    if start > first
        && let Some(blank) = body[start..middle].find(char::is_whitespace)
    {
        start += blank;
    }
    if end < last
        && let Some(blank) = body[middle.max(start)..end].rfind(char::is_whitespace)
    {
        end = middle.max(start) + blank;
    }
    let piece = &body[start..end];
    let lead = piece.len() - piece.trim_start().len();
    Span::new(start + lead, start + lead + piece.trim().len())
}

#[cfg(test)]
mod tests {
    use super::super::want::What;
    use super::*;
    use proptest::prelude::*;

    fn word(folded: &str) -> Want {
        let stems = vec![folded.to_owned()];
        Want { what: What::Word { folded: folded.to_owned(), stems }, weight: 1.0 }
    }

    fn shown(body: &str, wants: &[Want]) -> String {
        let mut out = String::new();
        for snippet in cut(body, wants, &Annotations::default(), Some("en"), 1) {
            let mut at = snippet.start as usize;
            for [start, end] in snippet.marks {
                out += &body[at..start as usize];
                out += &format!("[{}]", &body[start as usize..end as usize]);
                at = end as usize;
            }
            out += &body[at..snippet.end as usize];
        }
        out
    }

    #[test]
    fn the_sentence_with_most_of_the_query_wins() {
        let body = "Lachin is a town. It rained.\n\nA medal was struck. The medals for Lachin were given in Baku.";
        assert_eq!(shown(body, &[word("lachin"), word("medal")]), "The [medals] for [Lachin] were given in Baku.");
    }

    #[test]
    fn a_neighbour_that_adds_a_part_joins() {
        let body = "The medal was new. It was named for Lachin. Nobody came.";
        assert_eq!(shown(body, &[word("lachin"), word("medal")]), "The [medal] was new. It was named for [Lachin].");
    }

    #[test]
    fn a_phrase_is_one_mark() {
        let body = "He spoke for the liberation of the town.";
        let phrase = What::Phrase(vec!["for".into(), "the".into(), "liberation".into()]);
        assert_eq!(shown(body, &[Want { what: phrase, weight: 1.0 }]), "He spoke [for the liberation] of the town.");
    }

    #[test]
    fn nothing_found_gives_nothing_and_the_lead_is_the_beginning() {
        let body = "First sentence here. Second one.\n\nMore.";
        assert_eq!(shown(body, &[word("medal")]), "");
        assert_eq!(lead(body).map(|snippet| snippet.text), Some("First sentence here. Second one.".to_owned()));
        assert_eq!(lead(""), None);
    }

    proptest! {
        #[test]
        fn offsets_fit_any_body(body in "(medal|[a-zş.!? \n]){0,900}", most in 1usize..4) {
            for snippet in cut(&body, &[word("medal")], &Annotations::default(), Some("en"), most) {
                prop_assert_eq!(&body[snippet.start as usize..snippet.end as usize], &snippet.text);
                for [start, end] in snippet.marks {
                    prop_assert!(snippet.start <= start && start < end && end <= snippet.end);
                    prop_assert!(body.get(start as usize..end as usize).is_some());
                }
            }
        }
    }
}
