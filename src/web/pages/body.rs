//! The text of an article with what was found in it: sentences of a query, words, mentions.

use maud::{Markup, html};

use super::lines;
use crate::api::{Asked, MentionView, Snippet};
use crate::text::{Span, paragraphs};
use crate::web::links;

/// What lies over a text: sentences, words in them, and mentions, each sorted and without overlaps.
pub(super) struct Layers<'v> {
    pub(super) body: &'v str,
    pub(super) sentences: &'v [Snippet],
    marks: Vec<Span>,
    mentions: Vec<&'v MentionView>,
}

impl<'v> Layers<'v> {
    pub(super) fn new(body: &'v str, sentences: &'v [Snippet], mentions: &'v [MentionView]) -> Layers<'v> {
        let marks = sentences.iter().flat_map(|one| &one.marks).map(|[start, end]| Span { start: *start, end: *end });
        let mut kept: Vec<&MentionView> = Vec::with_capacity(mentions.len());
        for mention in mentions.iter().filter(|mention| kind(mention).is_some()) {
            // One name may be two things; the first is the longer one.
            if kept.last().is_none_or(|last| last.end <= mention.start) {
                kept.push(mention);
            }
        }
        Layers { body, sentences, marks: marks.collect(), mentions: kept }
    }

    /// All paragraphs; those with tabs are rows of tables.
    pub(super) fn text(&self) -> Markup {
        let all = paragraphs(self.body);
        let is_row = |span: &Span| span.of(self.body).contains('\t');
        let runs: Vec<&[Span]> = all.chunk_by(|one, next| is_row(one) && is_row(next)).collect();
        html! {
            @for run in runs {
                @if run.first().is_some_and(is_row) { (self.table(run)) } @else {
                    @for span in run { p { (self.inline(*span)) } }
                }
            }
        }
    }

    fn table(&self, rows: &[Span]) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label="Table" {
                table { tbody { @for row in rows { tr { @for cell in self.cells(*row) { td { (self.inline(cell)) } } } } } }
            }
        }
    }

    fn cells(&self, row: Span) -> Vec<Span> {
        let mut start = row.start;
        let cell = |text: &str| {
            let span = Span { start, end: start + text.len() as u32 };
            start = span.end + 1;
            span
        };
        row.of(self.body).split('\t').map(cell).collect()
    }

    /// A stretch of text, cut wherever something begins or ends.
    fn inline(&self, span: Span) -> Markup {
        let mut cuts = vec![span.start, span.end];
        let mut cut =
            |start: u32, end: u32| cuts.extend([start.clamp(span.start, span.end), end.clamp(span.start, span.end)]);
        within(self.sentences, span, |one| (one.start, one.end)).iter().for_each(|one| cut(one.start, one.end));
        within(&self.marks, span, |one| (one.start, one.end)).iter().for_each(|one| cut(one.start, one.end));
        within(&self.mentions, span, |one| (one.start, one.end)).iter().for_each(|one| cut(one.start, one.end));
        cuts.sort_unstable();
        cuts.dedup();
        html! {
            @for pair in cuts.windows(2) { (self.piece(Span { start: pair[0], end: pair[1] })) }
        }
    }

    /// A stretch in which nothing begins or ends.
    fn piece(&self, span: Span) -> Markup {
        let Some(text) = self.body.get(span.start as usize..span.end as usize) else { return html! {} };
        let sentence = within(self.sentences, span, |one| (one.start, one.end)).first();
        let is_mark = !within(&self.marks, span, |one| (one.start, one.end)).is_empty();
        let mention = within(&self.mentions, span, |one| (one.start, one.end)).first();
        let words = html! { @if is_mark { mark { (lines(text)) } } @else { (lines(text)) } };
        let named = html! { @if let Some(mention) = mention { (link(mention, &words)) } @else { (words) } };
        html! {
            @if let Some(sentence) = sentence {
                span.s id=[(sentence.start == span.start).then(|| format!("b{}", sentence.start))] { (named) }
            } @else { (named) }
        }
    }
}

/// Those of `all` that share a byte with `span`.
fn within<T>(all: &[T], span: Span, place: impl Fn(&T) -> (u32, u32)) -> &[T] {
    let first = all.partition_point(|one| place(one).1 <= span.start);
    let last = all.partition_point(|one| place(one).0 < span.end);
    all.get(first..last).unwrap_or(&[])
}

/// The class of a mention; `None` for what is not shown.
fn kind(mention: &MentionView) -> Option<&'static str> {
    match mention.kind {
        "person" => Some("person"),
        "place" => Some("place"),
        "org" => Some("org"),
        "date" => Some("date"),
        _ => None,
    }
}

/// A mention as a link to all that speaks of the same; one that nobody could resolve is none.
fn link(mention: &MentionView, words: &Markup) -> Markup {
    let class = format!("m {}", kind(mention).unwrap_or(""));
    html! {
        @match query(mention) {
            Some(q) => a class=(class) href=(links::to("/", &Asked { q, ..Asked::default() })) title=[mention.value.as_deref().map(super::line)] { (words) },
            None => span class=(class) { (words) },
        }
    }
}

/// The query for what a mention stands for.
pub(super) fn query(mention: &MentionView) -> Option<String> {
    let value = mention.value.as_deref()?;
    match mention.kind {
        "date" => Some(format!("about:{value}")),
        kind => Some(format!("{kind}:\"{}\"", value.replace('"', " "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(kind: &'static str, start: u32, end: u32) -> MentionView {
        MentionView {
            start,
            end,
            kind,
            text: String::new(),
            value: Some("A \"B\" <c>".to_owned()),
            id: None,
            lat: None,
            lon: None,
            radius_km: None,
            rule: String::new(),
            confidence: 1.0,
        }
    }

    #[test]
    fn layers_lie_over_each_other_and_text_stays_text() {
        let body = "One <b>two</b> three.\n\nA\tB\n\nC\tD";
        let sentence = Snippet { start: 0, end: 21, text: body[..21].to_owned(), marks: vec![[4, 10]] };
        let sentences = [sentence];
        let mentions = [mention("person", 7, 14), mention("place", 8, 9), mention("duration", 0, 3)];
        let page = Layers::new(body, &sentences, &mentions).text().into_string();
        assert_eq!(page.matches("id=\"b0\"").count(), 1, "{page}");
        assert!(page.contains("<mark>&lt;b&gt;</mark>") && !page.contains("<b>"), "{page}");
        assert!(page.contains("href=\"/?q=person%3A%22A++B++%3Cc%3E%22\""), "{page}");
        assert_eq!((page.matches("<tr>").count(), page.matches("<td>").count()), (2, 4), "{page}");
        let mut text = String::new();
        let mut tag = false;
        page.chars().for_each(|c| match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => text.push(c),
            _ => {}
        });
        assert_eq!(text, "One &lt;b&gt;two&lt;/b&gt; three.ABCD", "no word is lost and none comes twice");
    }
}
