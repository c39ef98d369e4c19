//! Overlapping pairs of characters: the terms of scripts that are written without blanks between words.
//!
//! Goal: a question in Chinese, Japanese, Thai, Lao, Khmer or Burmese need not stand verbatim in an article. Where one word
//! ends there is known only from the language, but two characters side by side tell nearly as much as a word does, in
//! the article and in the question alike. A dictionary would know the words, and of names only those of its year.
//!
//! A character is what readers take for one: in the scripts of India's family a consonant with its marks and vowels, a
//! vowel that is written before it, and what is stacked below it. Tone marks and blanks of no width are left out, as
//! typists do. Variants of one Chinese character are one.

use super::han::han;
use super::{Span, Word, is_cjk};

/// Two characters side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair<'p> {
    /// The number of the word of the text that it begins with.
    pub(crate) first: usize,
    /// Bytes of the text.
    pub(crate) span: Span,
    /// Both characters, folded.
    pub(crate) term: &'p str,
}

/// Makes pairs from the words of a text, which come one by one.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    /// Words so far.
    words: usize,
    /// The last character that is complete, and the one that is still read.
    before: Option<Character>,
    open: Option<Character>,
    /// Their text, one behind the other, and where the second begins.
    term: String,
    cut: usize,
    /// The last code point.
    last: char,
}

#[derive(Clone, Copy, Debug)]
struct Character {
    first: usize,
    span: Span,
}

impl Pairs {
    /// Takes the next word of `text`; calls `each` with the pair that it completes.
    #[inline]
    pub(crate) fn take(&mut self, text: &str, word: Word<'_>, each: &mut impl FnMut(Pair<'_>)) {
        let number = self.words;
        self.words += 1;
        // Nearly every word of other texts: all of these scripts have three bytes a character and more.
        let odd = word.folded.as_bytes().first().is_some_and(|byte| *byte >= 0xE0);
        match word.folded.chars().next() {
            Some(c) if odd && is_cjk(c) => self.character(text, Character { first: number, span: word.span }, c, each),
            _ if self.open.is_some() => self.close(each),
            _ => {}
        }
    }

    /// Ends the run of characters; calls `each` with the pair that it completes.
    pub(crate) fn close(&mut self, each: &mut impl FnMut(Pair<'_>)) {
        self.turn(each);
        (self.before, self.open) = (None, None);
        self.term.clear();
        self.cut = 0;
    }

    fn character(&mut self, text: &str, new: Character, c: char, each: &mut impl FnMut(Pair<'_>)) {
        let between = self.open.and_then(|open| text.get(open.span.end as usize..new.span.start as usize));
        match (between.filter(|between| between.chars().all(is_passed_over)), &mut self.open) {
            (Some(between), Some(open)) if hangs_together(self.last, between, c) => open.span.end = new.span.end,
            (between, _) => {
                if between.is_some() {
                    self.turn(each)
                } else {
                    self.close(each)
                }
                self.open = Some(new);
            }
        }
        self.term.push(han(c));
        self.last = c;
    }

    /// The open character is complete.
    fn turn(&mut self, each: &mut impl FnMut(Pair<'_>)) {
        if let (Some(before), Some(open)) = (self.before, self.open) {
            let span = Span { start: before.span.start, end: open.span.end };
            each(Pair { first: before.first, span, term: &self.term });
        }
        self.term.drain(..self.cut.min(self.term.len()));
        self.cut = self.term.len();
        self.before = self.open.take();
    }
}

/// Tone marks and such, which are no words, and blanks without width.
pub(crate) fn is_passed_over(c: char) -> bool {
    matches!(c,
        '\u{200B}'..='\u{200D}' | '\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' | '\u{0EBA}' | '\u{0EC8}'..='\u{0ECE}'
        | '\u{1037}'..='\u{103A}' | '\u{1087}'..='\u{108D}' | '\u{17C6}'..='\u{17D3}' | '\u{17DD}')
}

/// Whether `c` is part of the character before it, which ends in `last` and what is passed over between them.
fn hangs_together(last: char, between: &str, c: char) -> bool {
    let is_mark = matches!(c,
        '\u{0E30}'..='\u{0E3A}' | '\u{0E45}' | '\u{0E4D}' | '\u{0EB0}'..='\u{0EBC}' | '\u{0ECD}'
        | '\u{102B}'..='\u{103E}' | '\u{1056}'..='\u{1059}' | '\u{105E}'..='\u{1060}' | '\u{1062}'..='\u{1064}'
        | '\u{1067}'..='\u{106D}' | '\u{1071}'..='\u{1074}' | '\u{1082}'..='\u{108D}' | '\u{17B4}'..='\u{17D3}');
    let is_written_before = matches!(last, '\u{0E40}'..='\u{0E44}' | '\u{0EC0}'..='\u{0EC4}');
    // Khmer and Burmese write the second of two consonants below the first.
    is_mark || is_written_before || between.contains(['\u{17D2}', '\u{1039}'])
}

/// The pairs of `text`, a run of such characters, and their places in it; none for a single one.
pub(crate) fn pairs_of(text: &str) -> Vec<(Span, String)> {
    let (mut pairs, mut out) = (Pairs::default(), Vec::new());
    let mut each = |pair: Pair<'_>| out.push((pair.span, pair.term.to_owned()));
    super::words(text).for_each_word(|word| pairs.take(text, word, &mut each));
    pairs.close(&mut each);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn runs_are_cut_into_pairs() {
        crate::text::tests::table(
            "北京大学 ==> 北京|京大|大学
             圖書館 ==> 图书|书馆
             図書館 ==> 图书|书馆
             G20峰会在北京 ==> 峰会|会在|在北|北京
             北京、上海 ==> 北京|上海
             北京 大学 ==> 北京|大学
             ニュース ==> ニュ|ュー|ース
             本田は ==> 本田|田は
             北 ==>
             news ==>
             รถไฟ ==> รถ|ถไฟ
             น้ำท่วม ==> นำท|ทว|วม
             ลาว ==> ลาว
             ខ្មែរ ==> ខមែរ
             កម្ពុជា ==> កមពុ|មពុជា
             မြန်မာ ==> မြန|နမာ",
            |text| {
                let terms: Vec<String> = pairs_of(text).into_iter().map(|(_, term)| term).collect();
                terms.join("|")
            },
        );
    }

    #[test]
    fn pairs_stand_at_their_first_word() {
        let (mut pairs, mut out) = (Pairs::default(), Vec::new());
        let text = "in 北京大 and 上海";
        let mut each = |pair: Pair<'_>| out.push(format!("{}{}", pair.first, pair.span.of(text)));
        super::super::words(text).for_each_word(|word| pairs.take(text, word, &mut each));
        pairs.close(&mut each);
        assert_eq!(out.join(" "), "1北京 2京大 5上海");
    }

    proptest! {
        #[test]
        fn pairs_lie_in_the_text_in_order(text in "([北京ばれกเาัំ្កမြန် \u{200B}a]|\\PC){0,40}") {
            let mut last = 0;
            for (span, term) in pairs_of(&text) {
                prop_assert!(text.get(span.range()).is_some() && term.chars().count() >= 2);
                prop_assert!(span.start >= last);
                last = span.start;
            }
        }
    }
}
