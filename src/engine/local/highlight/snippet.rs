//! Snippets: the sentences of a stored body that show best why an article was found.
//!
//! Whole sentences, never a window of words: the sentence that holds the most of the query is the proof that a reader
//! looks for. The first snippet is a sentence with all words of the query where there is one. A sentence gains the
//! weight of each distinct part that it shows once, a little for every further mark and for parts that stand close
//! together; of equals the first wins. A neighbour joins when it adds a part that is missing so far. Sentences
//! without end (tables, hostile pages) are cut at blanks around their marks.

use std::ops::Range;

use crate::annotate::Annotations;
use crate::api::Snippet;
use crate::engine::local::highlight::matcher::Matcher;
use crate::engine::local::highlight::targets::Mark;
use crate::engine::plan::Target;
use crate::text::{Span, paragraphs, sentences};

/// Longest snippet in bytes, unless one sentence alone is longer.
// Four to five lines of 80 columns.
const LONGEST_SNIPPET: usize = 360;
/// A snippet shorter than this takes the next sentence in.
// A word or two: a label, an answer, an abbreviation that was taken for a sentence.
const SHORTEST_SNIPPET: usize = 12;
/// A single sentence longer than this is cut.
// Longer ones are tables and lists without full stops.
const LONGEST_SENTENCE: usize = 600;
/// Marks closer than this many bytes count as standing together.
// Half a line: the eye takes them in together.
const CLOSE: u32 = 40;
/// What a sentence with all words of the query gains: more than any sentence without.
const COMPLETE: f64 = 1e6;
/// Least weight of a part: words that every article holds are worth showing too.
const LEAST: f64 = 0.05;

/// The best `most` snippets of `body`, best first; empty where nothing that is wanted is in it.
pub(crate) fn cut(
    body: &str,
    matcher: &mut Matcher<'_>,
    annotations: &Annotations,
    lang: Option<&str>,
    most: usize,
) -> Vec<Snippet> {
    let marks = matcher.find(body, annotations, lang);
    let mut shown = Shown { targets: matcher.targets(), parts: vec![false; matcher.targets().len()], first: true };
    let mut paragraphs = marked(body, &marks, &shown);
    let mut out = Vec::new();
    while out.len() < most {
        let Some((at, best)) = best(body, &marks, &mut paragraphs, &shown) else { break };
        let run = widen(&paragraphs[at].sentences, best, &marks, &mut shown);
        out.push(snippet(body, &paragraphs[at].sentences[run.clone()], &marks, &shown));
        for sentence in &mut paragraphs[at].sentences[run] {
            sentence.marks = 0..0;
        }
        shown.first = false;
        for paragraph in &mut paragraphs {
            paragraph.bound = shown.gain(&marks[paragraph.marks.clone()]);
        }
    }
    out
}

/// Every sentence of `body` that shows something, whole, in the order of the text.
pub(crate) fn every(
    body: &str,
    matcher: &mut Matcher<'_>,
    annotations: &Annotations,
    lang: Option<&str>,
) -> Vec<Snippet> {
    let marks = matcher.find(body, annotations, lang);
    let mut out = Vec::new();
    for paragraph in paragraphs(body) {
        let inside = within(&marks, 0..marks.len(), paragraph);
        if inside.is_empty() {
            continue;
        }
        for span in sentences(body, paragraph) {
            let inside = &marks[within(&marks, inside.clone(), span)];
            if !inside.is_empty() {
                let text = span.of(body).to_owned();
                out.push(Snippet { start: span.start, end: span.end, text, marks: merged(inside, span) });
            }
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
        if next.end.saturating_sub(span.start) as usize > LONGEST_SNIPPET / 2 {
            break;
        }
        span.end = next.end;
    }
    let shown = Shown { targets: &[], parts: Vec::new(), first: true };
    Some(snippet(body, &[Sentence { span, marks: 0..0 }], &[], &shown))
}

/// A paragraph with marks. It is cut into sentences only when one of them may be the best.
struct Paragraph {
    span: Span,
    /// Places in the list of all marks.
    marks: Range<usize>,
    /// No sentence of it gains more.
    bound: f64,
    sentences: Vec<Sentence>,
}

struct Sentence {
    span: Span,
    marks: Range<usize>,
}

/// What snippets show so far.
struct Shown<'w> {
    targets: &'w [Target],
    parts: Vec<bool>,
    /// Nothing yet.
    first: bool,
}

impl Shown<'_> {
    fn weight(&self, target: usize) -> f64 {
        self.targets[target].weight.max(LEAST)
    }

    /// What a stretch of the text with these marks gains. More marks never gain less.
    fn gain(&self, marks: &[Mark]) -> f64 {
        let mut seen = vec![false; self.targets.len()];
        let mut gain = 0.0;
        let mut last: Option<Mark> = None;
        for mark in marks {
            let weight = self.weight(mark.target);
            gain += match (std::mem::replace(&mut seen[mark.target], true), self.parts[mark.target]) {
                // A little, so that of two sentences with the same parts the one that says more of them wins, and
                // no repetition makes up for a missing part.
                (true, _) => weight / 50.0,
                // What an earlier snippet shows already is worth less than anything new.
                (false, true) => weight / 4.0,
                (false, false) => weight,
            };
            if last
                .is_some_and(|last| last.target != mark.target && mark.span.start.saturating_sub(last.span.end) < CLOSE)
            {
                gain += weight / 10.0;
            }
            last = Some(*mark);
        }
        let is_complete = || self.targets.iter().zip(&seen).all(|(target, seen)| *seen || !target.kind.is_text());
        // Only of the first snippet: the later ones show what it lacks.
        if self.first && !marks.is_empty() && is_complete() { gain + COMPLETE } else { gain }
    }
}

/// The paragraphs of `body` that hold marks, in the order of the text.
fn marked(body: &str, marks: &[Mark], shown: &Shown<'_>) -> Vec<Paragraph> {
    let mut out = Vec::new();
    if marks.is_empty() {
        return out;
    }
    for span in paragraphs(body) {
        let marks_of = within(marks, 0..marks.len(), span);
        if !marks_of.is_empty() {
            let bound = shown.gain(&marks[marks_of.clone()]);
            out.push(Paragraph { span, marks: marks_of, bound, sentences: Vec::new() });
        }
    }
    out
}

/// Those of the marks at `range`, which are in the order of the text, that begin in `span`.
fn within(marks: &[Mark], range: Range<usize>, span: Span) -> Range<usize> {
    let before = |end: u32| marks[range.clone()].partition_point(|mark| mark.span.start < end);
    range.start + before(span.start)..range.start + before(span.end)
}

/// The sentence that gains most, given what earlier snippets show already: which paragraph, which sentence.
fn best(body: &str, marks: &[Mark], paragraphs: &mut [Paragraph], shown: &Shown<'_>) -> Option<(usize, usize)> {
    let mut order: Vec<usize> = (0..paragraphs.len()).collect();
    order.sort_by(|one, other| paragraphs[*other].bound.total_cmp(&paragraphs[*one].bound).then(one.cmp(other)));
    let mut best: Option<(f64, usize, usize)> = None;
    for at in order {
        let paragraph = &mut paragraphs[at];
        if let Some((most, first, _)) = best
            // Paragraphs come by what they can gain at most: none of the rest can be better.
            && (paragraph.bound < most || (paragraph.bound <= most && at > first))
        {
            break;
        }
        if paragraph.sentences.is_empty() {
            // Cut only now: most paragraphs with marks are never looked into.
            let cut = sentences(body, paragraph.span).into_iter();
            let sentence = |span| Sentence { span, marks: within(marks, paragraph.marks.clone(), span) };
            paragraph.sentences = cut.map(sentence).collect();
        }
        for (number, sentence) in paragraph.sentences.iter().enumerate().filter(|(_, one)| !one.marks.is_empty()) {
            let gain = shown.gain(&marks[sentence.marks.clone()]);
            if best.is_none_or(|(most, first, _)| gain > most || (gain >= most && at < first)) {
                best = Some((gain, at, number));
            }
        }
    }
    best.map(|(_, at, number)| (at, number))
}

/// The sentence at `best` and those neighbours that show something new without getting long.
fn widen(open: &[Sentence], best: usize, marks: &[Mark], shown: &mut Shown<'_>) -> Range<usize> {
    let mut run = best..best + 1;
    note(&marks[open[best].marks.clone()], shown);
    loop {
        let before = run.start.checked_sub(1);
        let after = Some(run.end).filter(|at| *at < open.len());
        let joins = |at: &usize| {
            let sentence = &open[*at];
            let start = sentence.span.start.min(open[run.start].span.start);
            let end = sentence.span.end.max(open[run.end - 1].span.end);
            Span { start, end }.len() <= LONGEST_SNIPPET
                && marks[sentence.marks.clone()].iter().any(|mark| !shown.parts[mark.target])
        };
        // The sentence behind explains more often than the one before.
        if let Some(at) = after.filter(joins) {
            note(&marks[open[at].marks.clone()], shown);
            run.end += 1;
        } else if let Some(at) = before.filter(joins) {
            note(&marks[open[at].marks.clone()], shown);
            run.start -= 1;
        } else {
            break;
        }
    }
    // The name of a town and a full stop prove nothing.
    let length = |run: &Range<usize>| open[run.end - 1].span.end.saturating_sub(open[run.start].span.start) as usize;
    let longer = run.start..run.end + 1;
    if length(&run) < SHORTEST_SNIPPET && longer.end <= open.len() && length(&longer) <= LONGEST_SNIPPET {
        note(&marks[open[run.end].marks.clone()], shown);
        run = longer;
    }
    run
}

fn note(marks: &[Mark], shown: &mut Shown<'_>) {
    for mark in marks {
        shown.parts[mark.target] = true;
    }
}

fn snippet(body: &str, run: &[Sentence], marks: &[Mark], shown: &Shown<'_>) -> Snippet {
    let marks: Vec<Mark> = run.iter().flat_map(|sentence| &marks[sentence.marks.clone()]).copied().collect();
    let whole = Span {
        start: run.first().map_or(0, |sentence| sentence.span.start),
        end: run.last().map_or(0, |sentence| sentence.span.end),
    };
    let span = if whole.len() > LONGEST_SENTENCE { around(body, whole, window(&marks, shown)) } else { whole };
    Snippet { start: span.start, end: span.end, text: span.of(body).to_owned(), marks: merged(&marks, span) }
}

/// The parts of `span` that `marks` cover, which are in the order of the text.
fn merged(marks: &[Mark], span: Span) -> Vec<[u32; 2]> {
    let mut merged: Vec<[u32; 2]> = Vec::new();
    for mark in marks {
        let (start, end) = (mark.span.start.max(span.start), mark.span.end.min(span.end));
        match merged.last_mut() {
            // Marks overlap where a word and a phrase around it are both asked for, and pairs of Chinese characters touch.
            Some(last) if start <= last[1] => last[1] = last[1].max(end),
            _ if start < end => merged.push([start, end]),
            _ => {}
        }
    }
    merged
}

/// Marks looked at when an overlong sentence is cut.
const MOST_MARKS: usize = 200;

/// The stretch of an overlong sentence, short enough for a snippet, whose marks gain most; `None` without marks.
fn window(marks: &[Mark], shown: &Shown<'_>) -> Option<Span> {
    // A quarter is left for the words around the marks.
    let room = (LONGEST_SENTENCE * 3 / 4) as u32;
    let mut best: Option<(f64, Span)> = None;
    for (at, first) in marks.iter().enumerate().take(MOST_MARKS) {
        let count =
            marks[at..].iter().take_while(|mark| mark.span.end.saturating_sub(first.span.start) <= room).count();
        let inside = &marks[at..at + count.max(1)];
        let gain = shown.gain(inside);
        if best.is_none_or(|(most, _)| gain > most) {
            let end = inside.iter().map(|mark| mark.span.end).max().unwrap_or(first.span.end);
            best = Some((gain, Span { start: first.span.start, end }));
        }
    }
    best.map(|(_, span)| span)
}

/// A part of an overlong sentence around `centre`, or its beginning, cut at blanks where there are any.
fn around(body: &str, whole: Span, centre: Option<Span>) -> Span {
    let centre = centre.unwrap_or(Span { start: whole.start, end: whole.start });
    let from = centre.start as usize;
    let mut to = (centre.end as usize).min(from + LONGEST_SENTENCE);
    while !body.is_char_boundary(to) {
        to -= 1;
    }
    let (first, last) = (whole.start as usize, whole.end as usize);
    let mut start = from.saturating_sub((LONGEST_SENTENCE - (to - from)) / 2).max(first);
    let mut end = (start + LONGEST_SENTENCE).min(last).max(to);
    while !body.is_char_boundary(start) {
        start -= 1;
    }
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    if start > first
        && let Some(blank) = body[start..from].find(char::is_whitespace)
    {
        start += blank;
    }
    if end < last
        && let Some(blank) = body[to.min(end)..end].rfind(char::is_whitespace)
    {
        end = to.min(end) + blank;
    }
    let piece = &body[start..end];
    let lead = piece.len() - piece.trim_start().len();
    Span::new(start + lead, start + lead + piece.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::plan::Written;
    use crate::engine::plan::{Stem, TargetKind};
    use proptest::prelude::*;

    fn word(folded: &str) -> Target {
        let stems = vec![Stem { lang: "en", stem: folded.to_owned(), class: crate::index::forms::Class::Word }];
        Target {
            kind: TargetKind::Word {
                folded: folded.to_owned(),
                stems,
                spellings: Vec::new(),
                written: Written::default(),
            },
            weight: 1.0,
        }
    }

    fn shown(body: &str, targets: &[Target]) -> String {
        all_shown(body, targets, 1)
    }

    /// The best `most` snippets with their marks in brackets, ` | ` between.
    fn all_shown(body: &str, targets: &[Target], most: usize) -> String {
        let mut out = String::new();
        for snippet in cut(body, &mut Matcher::new(targets), &Annotations::default(), Some("en"), most) {
            if !out.is_empty() {
                out += " | ";
            }
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
    fn further_snippets_show_what_is_missing_so_far() {
        let (lachin, medal, town) = (word("lachin"), word("medal"), word("town"));
        let body = "Lachin and a medal.\n\nLachin again and a medal.\n\nThe town sleeps.";
        let asked = [lachin, medal, town];
        assert_eq!(all_shown(body, &asked, 2), "[Lachin] and a [medal]. | The [town] sleeps.");
        let three = "[Lachin] and a [medal]. | The [town] sleeps. | [Lachin] again and a [medal].";
        assert_eq!(all_shown(body, &asked, 3), three);
        // No more than there are sentences with marks.
        assert_eq!(all_shown(body, &asked, 9), three);
        assert_eq!(all_shown(body, &asked, 0), "");
    }

    #[test]
    fn of_equal_sentences_the_first_wins_and_rare_words_weigh_more() {
        let rare = Target { weight: 5.0, ..word("medal") };
        assert_eq!(shown("A town.\n\nThe town here.", &[word("town")]), "A [town].");
        assert_eq!(shown("A town, the town.\n\nOne medal there.", &[word("town"), rare]), "One [medal] there.");
        // Parts that stand close gain a little over parts that stand apart.
        let far = format!("A medal, {} a town.\n\nA medal of the town.", "and so on ".repeat(8));
        assert_eq!(shown(&far, &[word("town"), word("medal")]), "A [medal] of the [town].");
    }

    #[test]
    fn a_neighbour_joins_only_while_the_snippet_stays_short() {
        let long = format!("It was named for Lachin {}.", "and again ".repeat(40));
        let body = format!("The medal was new. {long}");
        assert_eq!(shown(&body, &[word("medal"), word("lachin")]), "The [medal] was new.");
        // Nor over the end of a paragraph.
        assert_eq!(
            shown("The medal was new.\n\nLachin waits.", &[word("medal"), word("lachin")]),
            "The [medal] was new."
        );
        // A neighbour that shows nothing new stays out.
        assert_eq!(shown("A medal here. A medal there.", &[word("medal")]), "A [medal] here.");
    }

    #[test]
    fn marks_that_overlap_are_one() {
        let phrase = TargetKind::Phrase(vec!["gold".into(), "medal".into()], Written::default());
        let asked = [word("medal"), Target { kind: phrase, weight: 1.0 }, word("gold")];
        assert_eq!(shown("A gold medal and gold.", &asked), "A [gold medal] and [gold].");
    }

    #[test]
    fn every_sentence_with_a_mark_is_shown_whole() {
        let body = "A medal. Nothing. Two medals and a medal.\n\nMore.\n\nThe medal";
        let asked = [word("medal")];
        let found = every(body, &mut Matcher::new(&asked), &Annotations::default(), Some("en"));
        let texts: Vec<&str> = found.iter().map(|snippet| snippet.text.as_str()).collect();
        assert_eq!(texts, ["A medal.", "Two medals and a medal.", "The medal"]);
        assert_eq!(found.iter().map(|snippet| snippet.marks.len()).collect::<Vec<_>>(), [1, 2, 1]);
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
    fn a_dateline_takes_the_next_sentence_in() {
        assert_eq!(shown("Lachin. The town is open. More.", &[word("lachin")]), "[Lachin]. The town is open.");
        assert_eq!(shown("All is well. Lachin.", &[word("lachin")]), "[Lachin].");
    }

    #[test]
    fn a_phrase_is_one_mark() {
        let body = "He spoke for the liberation of the town.";
        let phrase = TargetKind::Phrase(vec!["for".into(), "the".into(), "liberation".into()], Written::default());
        assert_eq!(shown(body, &[Target { kind: phrase, weight: 1.0 }]), "He spoke [for the liberation] of the town.");
    }

    #[test]
    fn nothing_found_gives_nothing_and_the_lead_is_the_beginning() {
        let body = "First sentence here. Second one.\n\nMore.";
        assert_eq!(shown(body, &[word("medal")]), "");
        assert_eq!(lead(body).map(|snippet| snippet.text), Some("First sentence here. Second one.".to_owned()));
        assert_eq!(lead(""), None);
    }

    #[test]
    fn a_sentence_without_end_is_cut_around_most_of_the_query() {
        let filler = "alpha beta gamma ".repeat(60);
        let body = format!("medal {filler} Lachin medal {filler} Lachin");
        let found = shown(&body, &[word("lachin"), word("medal")]);
        assert!(found.contains("[Lachin] [medal]") && found.len() <= LONGEST_SENTENCE + 8, "{found}");
    }

    #[test]
    fn a_word_of_no_weight_is_still_part_of_the_query() {
        let targets = [word("lachin"), Target { weight: 0.0, ..word("town") }];
        let body = "Lachin, Lachin, Lachin and Lachin. A town like Lachin.";
        assert_eq!(shown(body, &targets), "A [town] like [Lachin].");
    }

    proptest! {
        #[test]
        fn the_first_snippet_holds_all_words_where_a_sentence_does(
            body in "((medal|Lachin|towns|gold|a b|won)(, | |\\. |\\.\n\n)){1,60}",
            weights in prop::array::uniform3(0.0f64..5.0),
        ) {
            let names = ["medal", "lachin", "town"];
            let targets: Vec<Target> =
                names.iter().zip(weights).map(|(name, weight)| Target { weight, ..word(name) }).collect();
            let complete = |text: &str| names.iter().all(|name| text.to_lowercase().contains(name));
            let spans: Vec<Span> =
                paragraphs(&body).into_iter().flat_map(|paragraph| sentences(&body, paragraph)).collect();
            let found = cut(&body, &mut Matcher::new(&targets), &Annotations::default(), Some("en"), 1);
            if spans.iter().any(|span| span.len() <= LONGEST_SENTENCE && complete(span.of(&body))) {
                let first = &found[0];
                prop_assert!(complete(&first.text), "{:?}", first.text);
                let inside = spans.iter().filter(|span| first.start <= span.start && span.end <= first.end);
                prop_assert!(first.text.len() > LONGEST_SENTENCE || inside.into_iter().any(|span| complete(span.of(&body))));
            }
        }

        #[test]
        fn offsets_fit_any_body(body in "(medal|[a-zş.!? \n]){0,900}", most in 1usize..4) {
            for snippet in cut(&body, &mut Matcher::new(&[word("medal")]), &Annotations::default(), Some("en"), most) {
                prop_assert_eq!(&body[snippet.start as usize..snippet.end as usize], &snippet.text);
                for [start, end] in snippet.marks {
                    prop_assert!(snippet.start <= start && start < end && end <= snippet.end);
                    prop_assert!(body.get(start as usize..end as usize).is_some());
                }
            }
        }
    }
}
