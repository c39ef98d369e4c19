//! What a snippet should show: the parts of a query as they are found again in a stored body.

use std::collections::HashSet;

use super::forms::Form;
use crate::annotate::{Annotations, Value};
use crate::date::Interval;
use crate::lang::Stemmer;
use crate::text::{Span, words};

/// One part of the query that can be pointed at in a text.
#[derive(Clone, Debug)]
pub(crate) struct Want {
    pub(crate) what: What,
    /// How much a sentence gains by showing it; rare words weigh more.
    pub(crate) weight: f64,
}

/// How a part is recognised.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// A word: its folded form, and the stems that the languages of the index give it.
    Word { folded: String, stems: Vec<String> },
    /// Folded words side by side.
    Phrase(Vec<String>),
    /// A word that fits a pattern, or nearly is another.
    Form(Form),
    /// A date inside the interval, or one that shares a day with it.
    Date { asked: Interval, overlap: bool },
    /// A place with one of these ids, or inside one of them.
    Place { ids: HashSet<u32>, name: String },
    /// A person whose key holds, in this order, one of each of these lists of keys.
    Person(Vec<Vec<String>>),
    /// An organisation whose name holds these words.
    Org(Vec<String>),
}

impl What {
    /// True for the word with this folded form.
    pub(crate) fn is_word(&self, other: &str) -> bool {
        matches!(self, What::Word { folded, .. } if folded == other)
    }
}

/// One thing found: where, and which want it satisfies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    pub(crate) want: usize,
}

/// All that satisfies `wants` in `body`, in the order of the text.
pub(crate) fn find(body: &str, wants: &[Want], annotations: &Annotations, lang: Option<&str>) -> Vec<Mark> {
    let mut marks = Vec::new();
    if wants.iter().any(|want| matches!(want.what, What::Word { .. } | What::Phrase(_) | What::Form(_))) {
        find_words(body, wants, lang.and_then(Stemmer::of), &mut marks);
    }
    for mention in &annotations.mentions {
        for (at, want) in wants.iter().enumerate() {
            if satisfies(&mention.value, mention.span.of(body), want, annotations) {
                marks.push(Mark { span: mention.span, want: at });
            }
        }
    }
    marks.sort_unstable();
    marks
}

fn find_words(body: &str, wants: &[Want], stemmer: Option<Stemmer>, marks: &mut Vec<Mark>) {
    // For each phrase, where its words so far were found: the next word expected and the start of the run.
    let mut runs: Vec<Vec<(usize, u32)>> = vec![Vec::new(); wants.len()];
    words(body).for_each_word(|word| {
        let mut stem = None;
        for (at, want) in wants.iter().enumerate() {
            match &want.what {
                What::Word { folded, stems } => {
                    if may_share_stem(folded, word.folded) {
                        let same = word.folded == folded
                            || stems.iter().any(|stem| stem == word.folded)
                            || stemmer.is_some_and(|stemmer| {
                                let own = stem.get_or_insert_with(|| stemmer.stem(word.folded));
                                stems.iter().any(|stem| stem == own)
                            });
                        if same {
                            marks.push(Mark { span: word.span, want: at });
                        }
                    }
                }
                What::Phrase(phrase) => {
                    step(&mut runs[at], phrase, word.folded, word.span, |span| marks.push(Mark { span, want: at }));
                }
                What::Form(form) => {
                    if form.fits(word.folded) {
                        marks.push(Mark { span: word.span, want: at });
                    }
                }
                What::Date { .. } | What::Place { .. } | What::Person(_) | What::Org(_) => {}
            }
        }
    });
}

/// Whether two words can have one stem at all: stemming a word costs more than everything else here. Stemmers work on
/// endings, so words of one stem begin alike, but for the Arabic ones, which take prefixes off too.
fn may_share_stem(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    one.first() == other.first() || one.first().is_some_and(|byte| (0xD8..=0xDB).contains(byte))
}

/// Advances the open runs of one phrase by one word of the text.
fn step(runs: &mut Vec<(usize, u32)>, phrase: &[String], word: &str, span: Span, mut found: impl FnMut(Span)) {
    runs.push((0, span.start));
    runs.retain_mut(|(next, start)| {
        if phrase[*next] != word {
            return false;
        }
        *next += 1;
        if *next == phrase.len() {
            found(Span { start: *start, end: span.end });
            return false;
        }
        true
    });
}

fn satisfies(value: &Value, surface: &str, want: &Want, annotations: &Annotations) -> bool {
    match (&want.what, value) {
        (What::Date { asked, overlap }, Value::Date(date)) => {
            if *overlap {
                asked.overlaps(date)
            } else {
                asked.contains(date)
            }
        }
        (What::Place { ids, .. }, Value::Place(at)) => annotations
            .places
            .get(*at as usize)
            .is_some_and(|place| ids.contains(&place.id) || place.ancestors.iter().any(|id| ids.contains(id))),
        (What::Place { name, .. }, Value::Unplaced) => crate::text::fold(surface).contains(name.as_str()),
        (What::Person(keys), Value::Person(at)) => annotations.people.get(*at as usize).is_some_and(|person| {
            let mut words = person.key.split(' ');
            keys.iter().all(|keys| words.any(|word| keys.iter().any(|key| key == word)))
        }),
        (What::Org(keys), Value::Org) => holds(&crate::text::fold(surface), keys),
        _ => false,
    }
}

/// Whether the words of `text` hold all of `parts` in this order.
fn holds(text: &str, parts: &[String]) -> bool {
    let mut words = text.split_whitespace();
    parts.iter().all(|part| words.any(|word| word == part))
}
