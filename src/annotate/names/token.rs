//! The words of a body with what name rules ask of each: how it is written, what stands before it, what it is.

use super::lexicon::Traits;
use super::vocabulary::Vocabulary;
use crate::annotate::gazetteer::Walk;
use crate::text::{Span, is_cjk, words};

/// One word.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Bytes of the body.
    pub span: Span,
    /// Its number in the vocabulary.
    word: u32,
    /// How it is written.
    pub(crate) case: Case,
    /// What stands between it and the word before.
    pub(crate) gap: Gap,
    /// What the lexicon knows of it; for words in lower case only beside a word that is not.
    pub traits: Traits,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// In lower case.
    Lower,
    /// With a capital at its head.
    Title,
    /// All in capitals.
    Upper,
    /// In a script that has no capitals.
    Uncased,
    /// Beginning with a digit or mark.
    Other,
}

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing, or blanks.
    Blank,
    /// A hyphen.
    Hyphen,
    /// An apostrophe.
    Apostrophe,
    /// A full stop after an initial or an abbreviation.
    Stop,
    /// A comma.
    Comma,
    /// An opening bracket.
    Open,
    /// Any other punctuation.
    Other,
    /// The start of a sentence or paragraph, or of what somebody says.
    Sentence,
}

impl Gap {
    /// True when a name may go on across it.
    pub(crate) fn joins(self) -> bool {
        matches!(self, Gap::Blank | Gap::Hyphen | Gap::Apostrophe | Gap::Stop)
    }
}

impl Token {
    /// True when it may begin a name in a script with capitals.
    pub fn capital(&self) -> bool {
        #[cfg(test)]
        crate::text::tests::steps::tick();
        matches!(self.case, Case::Title | Case::Upper)
    }

    /// True when the lexicon gives it at least one of `any`.
    pub fn is(&self, any: Traits) -> bool {
        #[cfg(test)]
        crate::text::tests::steps::tick();
        self.traits.has(any)
    }

    /// True for one letter, as in `George W. Bush`.
    pub(crate) fn initial(&self, text: &str) -> bool {
        self.capital() && self.span.of(text).chars().count() == 1
    }
}

/// The words of one body.
#[derive(Debug, Default)]
pub struct Tokens<'t> {
    /// The body.
    pub text: &'t str,
    /// Its words, in order.
    pub list: Vec<Token>,
    words: Vocabulary,
}

impl<'t> Tokens<'t> {
    /// Reads all words of `text`.
    pub fn new(text: &'t str) -> Tokens<'t> {
        // A word of news and what parts it from the next take about six bytes, so the list hardly ever grows.
        let mut tokens = Tokens { text, list: Vec::with_capacity(text.len() / 6), words: Vocabulary::default() };
        let mut end = 0;
        let mut words = words(text);
        while let Some(word) = words.next_word() {
            let number = tokens.words.number(word.folded);
            let gap = gap(text.get(end..word.span.range().start).unwrap_or(""), tokens.list.last(), end == 0, text);
            end = word.span.range().end;
            tokens.list.push(Token {
                span: word.span,
                word: number,
                case: case(word.span.of(text)),
                gap,
                traits: Traits::default(),
            });
            tokens.look_up(tokens.list.len() - 1);
        }
        tokens
    }

    /// Gives word `at` its traits, and those before it, where a name may begin at it: no rule asks for the others, and
    /// most words of a text are others.
    fn look_up(&mut self, at: usize) {
        let names = |token: &Token| matches!(token.case, Case::Title | Case::Upper | Case::Uncased);
        let here = names(&self.list[at]);
        let after = at > 0 && names(&self.list[at - 1]);
        if here || after {
            self.list[at].traits = self.words.traits(self.list[at].word);
        }
        if here {
            self.words.look_up(self.list[at].word);
            // Two words back: a preposition or title may stand before an article or particle (`in the Hague`).
            for before in [at.checked_sub(1), at.checked_sub(2)].into_iter().flatten() {
                if self.list[before].case == Case::Lower && self.list[before].traits == Traits::default() {
                    self.list[before].traits = self.words.traits(self.list[before].word);
                }
            }
        }
    }

    /// The folded form of word `at`; empty past the end.
    pub fn folded(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |token| self.words.folded(token.word))
    }

    /// The hash (`text::hash`) of the folded form of word `at`; zero past the end.
    pub fn hash(&self, at: usize) -> u64 {
        self.list.get(at).map_or(0, |token| self.words.hash(token.word))
    }

    /// The names of the gazetteer that begin with word `at`.
    pub(crate) fn places(&self, at: usize) -> Option<Walk> {
        self.words.places(self.list.get(at)?.word)
    }

    /// The bytes from word `start` to the end of word `end - 1`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        match (self.list.get(start), self.list.get(end.wrapping_sub(1))) {
            (Some(first), Some(last)) if start < end => Span { start: first.span.start, end: last.span.end },
            _ => Span { start: 0, end: 0 },
        }
    }

    /// The folded words from `start` to `end - 1` with blanks between them.
    pub fn key(&self, start: usize, end: usize) -> String {
        let mut key = String::new();
        for at in start..end {
            if at > start {
                key.push(' ');
            }
            key.push_str(self.folded(at));
        }
        key
    }
}

fn case(word: &str) -> Case {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return Case::Other };
    // Unicode calls Georgian letters lower case since it has their capitals (11.0); print has none.
    if first.is_lowercase() && !('\u{10D0}'..='\u{10FF}').contains(&first) {
        Case::Lower
    } else if first.is_uppercase() {
        let (mut rest, mut upper) = (0, 0);
        for c in chars {
            rest += 1;
            // `G20` and `B52` are written in capitals.
            upper += usize::from(c.is_uppercase() || c.is_numeric());
        }
        if rest > 0 && upper == rest { Case::Upper } else { Case::Title }
    } else if first.is_alphabetic() && (!first.is_ascii() || is_cjk(first)) {
        Case::Uncased
    } else {
        Case::Other
    }
}

fn gap(between: &str, before: Option<&Token>, first: bool, text: &str) -> Gap {
    if first || between.contains('\n') {
        return Gap::Sentence;
    }
    // Between nearly all words.
    if between == " " {
        return Gap::Blank;
    }
    let blank = between.contains(char::is_whitespace);
    let marks = between.trim();
    match marks {
        "" => Gap::Blank,
        "-" | "\u{2010}" | "\u{2011}" if !blank => Gap::Hyphen,
        "'" | "\u{2019}" | "\u{02BC}" if !blank => Gap::Apostrophe,
        // `.,` is the stop of an abbreviation before a comma: `Smith Inc., Boston`.
        "," | ".," | "،" | "、" => Gap::Comma,
        "." if before.is_some_and(|before| abbreviates(before, text)) => Gap::Stop,
        // A stop without a blank is one of an address or number, and ends no sentence.
        "." if !blank => Gap::Other,
        "(" | "[" => Gap::Open,
        _ if marks.contains(['.', '!', '?', ':', '…', '؟', '։', '。']) || opens(marks) => Gap::Sentence,
        _ => Gap::Other,
    }
}

/// True for an initial, an honorific and the short words that are written with a stop.
fn abbreviates(token: &Token, text: &str) -> bool {
    let surface = token.span.of(text);
    // Titles of five letters and more are written out: a stop behind them ends the sentence.
    token.initial(text) || (token.capital() && token.is(Traits::HONORIFIC) && surface.chars().count() <= 4)
}

fn opens(marks: &str) -> bool {
    marks.ends_with(['"', '“', '„', '«', '‘', '\'', '`'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_and_cases_are_read() {
        let tokens = Tokens::new("Mr. George W. Bush, of the U.S., said: \"Port-au-Prince is ours.\" IAEA 4 ბაქო");
        let shown: Vec<String> = (0..tokens.list.len())
            .map(|at| format!("{}/{:?}/{:?}", tokens.folded(at), tokens.list[at].case, tokens.list[at].gap))
            .collect();
        assert_eq!(
            shown.join(" "),
            "mr/Title/Sentence george/Title/Stop w/Title/Blank bush/Title/Stop of/Lower/Comma the/Lower/Blank \
             u/Title/Blank s/Title/Stop said/Lower/Comma port/Title/Sentence au/Lower/Hyphen prince/Title/Hyphen \
             is/Lower/Blank ours/Lower/Blank iaea/Upper/Sentence 4/Other/Blank ბაქო/Uncased/Blank"
        );
        assert_eq!(tokens.span(1, 4).of(tokens.text), "George W. Bush");
        assert_eq!(tokens.key(9, 12), "port au prince");
    }

    /// `word/case/gap` of each word.
    fn read(text: &str) -> String {
        let tokens = Tokens::new(text);
        let show = |at: usize| {
            let token = &tokens.list[at];
            format!("{}/{:?}/{:?}", tokens.folded(at), token.case, token.gap).to_lowercase()
        };
        (0..tokens.list.len()).map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_know_how_they_are_written_and_what_parts_them() {
        crate::text::tests::table(
            "One two ==> one/title/sentence two/lower/blank
             One, Two ==> one/title/sentence two/title/comma
             One. Two ==> one/title/sentence two/title/sentence
             One (Two) ==> one/title/sentence two/title/open
             One-Two ==> one/title/sentence two/title/hyphen
             One - Two ==> one/title/sentence two/title/other
             One/Two ==> one/title/sentence two/title/other
             O'Brien ==> o/title/sentence brien/title/apostrophe
             Dr. Two ==> dr/title/sentence two/title/stop
             J. Two ==> j/title/sentence two/title/stop
             Professor. Two ==> professor/title/sentence two/title/sentence
             NATO ==> nato/upper/sentence
             G20 ==> g20/upper/sentence
             McLeod ==> mcleod/title/sentence
             iPhone ==> iphone/lower/sentence
             20 ==> 20/other/sentence
             Баку ==> баку/title/sentence
             БАКУ ==> баку/upper/sentence
             ბაქო ==> ბაქო/uncased/sentence
             باكو ==> باكو/uncased/sentence
             北京 ==> 北/uncased/sentence 京/uncased/blank
             said: Two ==> said/lower/sentence two/title/sentence
             said \"Two\" ==> said/lower/sentence two/title/sentence
             One… Two ==> one/title/sentence two/title/sentence",
            read,
        );
    }

    #[test]
    fn gaps_say_whether_a_name_goes_on() {
        for (gap, joins) in [
            (Gap::Blank, true),
            (Gap::Hyphen, true),
            (Gap::Apostrophe, true),
            (Gap::Stop, true),
            (Gap::Comma, false),
            (Gap::Open, false),
            (Gap::Other, false),
            (Gap::Sentence, false),
        ] {
            assert_eq!(gap.joins(), joins, "{gap:?}");
        }
    }

    #[test]
    fn what_lies_past_the_end_is_empty() {
        let tokens = Tokens::new("One two");
        assert_eq!((tokens.folded(2), tokens.hash(2), tokens.places(2).is_none()), ("", 0, true));
        assert_eq!((tokens.span(1, 1).len(), tokens.span(0, 3).len(), tokens.key(0, 2)), (0, 0, "one two".to_owned()));
        assert!(Tokens::new("").list.is_empty() && Tokens::new("… — !").list.is_empty());
    }
}
