//! Wording: whether a text says what is quoted of it, where, and how what it says differs.
//!
//! Goal: a quotation that was copied by hand, typeset or printed by this program is taken for verbatim where its words and
//! the signs between them are those of the text. Forms of one sign (curly and straight quotes, dashes of all lengths, an
//! ellipsis as one sign or three) and the width of blanks do not count; nor do signs before the first and behind the last
//! word, and the capital of the first letter, which writers fit to their own sentence. Everything else does.
//!
//! Work grows with the text: words are compared by number, a verbatim place is found as in Knuth, Morris and Pratt's search,
//! and only the stretch that shares most words with the quotation is aligned with it.

mod align;

use rustc_hash::FxHashMap;

use super::{Span, fold, is_cjk, nfc};

pub(crate) use align::Edit;

/// Words of a quotation that are compared.
// A page of a newspaper has about as many. To align them takes the square of it, some milliseconds.
const MOST_WORDS: usize = 1_000;

/// Words that a text must share with a quotation of it for its words to be aligned with it, in percent.
const SHARED: usize = 40;

/// One word with the signs around it.
#[derive(Debug)]
struct Token {
    /// Number of the folded word.
    number: u32,
    /// Signs before the word, without a blank between.
    before: String,
    /// The word, in one form of each sign.
    word: String,
    /// Signs behind it, up to the next word or what stands before that.
    behind: String,
    /// Bytes of the word in the text.
    span: Span,
}

/// A quotation, ready to be looked for.
#[derive(Debug)]
pub(crate) struct Quote {
    numbers: FxHashMap<String, u32>,
    tokens: Vec<Token>,
    /// How far the search falls back behind each word that fits.
    fallback: Vec<usize>,
}

/// Where a text says what is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// From the first word to the last.
    pub(crate) span: Span,
    /// The signs between the words are those of the quotation, too.
    pub(crate) verbatim: bool,
}

/// What of a text is nearest to a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nearest {
    pub(crate) span: Span,
    /// Words that are the same, in percent of the longer of the two.
    pub(crate) same: u32,
    /// Both wordings side by side.
    pub(crate) edits: Vec<Edit>,
}

impl Quote {
    /// Reads a quotation; `None` where it holds no word. What goes on behind a thousand words is passed over.
    pub(crate) fn new(text: &str) -> Option<Quote> {
        let mut numbers = FxHashMap::default();
        let text = nfc(text);
        let mut tokens = tokens(&text, |word| {
            let next = numbers.len() as u32;
            *numbers.entry(word).or_insert(next)
        });
        tokens.truncate(MOST_WORDS);
        let mut fallback: Vec<usize> = vec![0; tokens.len()];
        for at in 1..tokens.len() {
            let mut length = fallback[at - 1];
            while length > 0 && tokens[at].number != tokens[length].number {
                length = fallback[length - 1];
            }
            fallback[at] = length + usize::from(tokens[at].number == tokens[length].number);
        }
        (!tokens.is_empty()).then_some(Quote { numbers, tokens, fallback })
    }

    /// Its words, folded, each once, in order.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut seen = rustc_hash::FxHashSet::default();
        self.tokens.iter().filter(|token| seen.insert(token.number)).map(|token| fold(&token.word)).collect()
    }

    /// The first words as they stand side by side, at most so many.
    pub(crate) fn beginning(&self, most: usize) -> String {
        self.tokens.iter().take(most).map(|token| token.word.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Every place where `text`, in normal form C, has these words, in order.
    pub(crate) fn places(&self, text: &str) -> Vec<Place> {
        let tokens = self.tokens_of(text);
        let (mut places, mut length) = (Vec::new(), 0);
        for (at, token) in tokens.iter().enumerate() {
            while length > 0 && (length == self.tokens.len() || self.tokens[length].number != token.number) {
                length = self.fallback[length - 1];
            }
            length += usize::from(self.tokens[length].number == token.number);
            if length == self.tokens.len() {
                let found = &tokens[at + 1 - length..=at];
                let verbatim =
                    self.tokens.iter().zip(found).enumerate().all(|(n, (own, other))| self.same(n, own, other));
                let span = Span { start: found[0].span.start, end: token.span.end };
                places.push(Place { span, verbatim });
            }
        }
        places
    }

    /// The stretch of `text`, in normal form C, that is nearest; `None` where it shares too few words with the quotation.
    pub(crate) fn nearest(&self, text: &str) -> Option<Nearest> {
        let tokens = self.tokens_of(text);
        let window = self.best_window(&tokens)?;
        let (cost, edits, range) = align::align(self, &tokens[window.clone()]);
        let found = &tokens[window][range];
        let (first, last) = (found.first()?, found.last()?);
        let longer = self.tokens.len().max(found.len());
        let same = 100 - (cost * 100).div_ceil(longer as u32 * align::OTHER).min(100);
        Some(Nearest { span: Span { start: first.span.start, end: last.span.end }, same, edits })
    }

    /// The stretch, half as long again as the quotation on each side, that shares most words with it.
    fn best_window(&self, tokens: &[Token]) -> Option<std::ops::Range<usize>> {
        let length = self.tokens.len();
        let mut wanted: Vec<i64> = vec![0; self.numbers.len()];
        self.tokens.iter().for_each(|token| wanted[token.number as usize] += 1);
        let (mut shared, mut best, mut most) = (0usize, 0, 0usize);
        for (at, token) in tokens.iter().enumerate() {
            if at >= length
                && let Some(left) = wanted.get_mut(tokens[at - length].number as usize)
            {
                *left += 1;
                shared -= usize::from(*left > 0);
            }
            if let Some(left) = wanted.get_mut(token.number as usize) {
                shared += usize::from(*left > 0);
                *left -= 1;
            }
            if shared > most {
                (most, best) = (shared, (at + 1).saturating_sub(length));
            }
        }
        let room = length / 2 + 2;
        let window = best.saturating_sub(room)..(best + length + room).min(tokens.len());
        (most > 0 && most * 100 >= length * SHARED).then_some(window)
    }

    /// Whether word `n` of the quotation stands in a text just as it is quoted.
    fn same(&self, n: usize, own: &Token, other: &Token) -> bool {
        let (first, last) = (n == 0, n + 1 == self.tokens.len());
        let word = own.word == other.word || (first && differ_in_first_capital(&own.word, &other.word));
        word && (first || own.before == other.before) && (last || own.behind == other.behind)
    }

    fn tokens_of(&self, text: &str) -> Vec<Token> {
        tokens(text, |word| self.numbers.get(&word).copied().unwrap_or(u32::MAX))
    }
}

fn differ_in_first_capital(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.chars(), other.chars());
    let first = one.next().zip(other.next());
    first.is_some_and(|(a, b)| a.to_lowercase().eq(b.to_lowercase())) && one.as_str() == other.as_str()
}

/// One form for all forms of a sign.
fn sign(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '`' | '´' | 'ʼ' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        c => c,
    }
}

/// Characters that are not seen.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{FFFD}')
}

/// The words of `text`, each numbered by `number` as it is folded. A character of a script without blanks is a word.
fn tokens(text: &str, mut number: impl FnMut(String) -> u32) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    // Signs that stand before the next word.
    let mut before = String::new();
    let mut start = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        // Signs behind a word belong to it up to the blank.
        let mut has_word = false;
        let mut chars = chunk.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c.is_whitespace() || is_unseen(c) {
                continue;
            }
            if !(c.is_alphanumeric() || is_cjk(c)) {
                let signs = match tokens.last_mut() {
                    Some(last) if has_word => &mut last.behind,
                    _ => &mut before,
                };
                if c == '…' {
                    signs.push_str("...")
                } else {
                    signs.push(sign(c))
                }
                continue;
            }
            let (mut word, mut end) = (String::from(c), at + c.len_utf8());
            while !is_cjk(c)
                && let Some((at, next)) = chars.next_if(|(at, next)| goes_on(&chunk[*at..], *next))
            {
                end = at + next.len_utf8();
                if !is_unseen(next) {
                    word.push(sign(next));
                }
            }
            let before = std::mem::take(&mut before);
            let (number, span) = (number(fold(&word)), Span::new(start + at, start + end));
            tokens.push(Token { number, before, word, behind: String::new(), span });
            has_word = true;
        }
        start += chunk.len();
        // Signs between blanks belong to the word before them.
        if let Some(last) = tokens.last_mut().filter(|_| !has_word && !before.is_empty()) {
            last.behind.push(' ');
            last.behind.push_str(&std::mem::take(&mut before));
        }
    }
    tokens
}

/// Whether a word goes on with `c`, with which `rest` begins: a letter, a mark, or one sign between two letters.
fn goes_on(rest: &str, c: char) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() && !is_cjk(c);
    if is_letter(c) || is_unseen(c) || unicode_normalization::char::is_combining_mark(c) {
        return true;
    }
    let joins = matches!(sign(c), '\'' | '-' | '.' | ',');
    joins && rest[c.len_utf8()..].chars().next().is_some_and(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How `text` says what `quote` quotes: verbatim, the same words, or both wordings with how much is the same.
    fn said(quote: &str, text: &str) -> String {
        let Some(quote) = Quote::new(quote) else { return "no words".to_owned() };
        if let Some(place) = quote.places(text).first() {
            let kind = if place.verbatim { "verbatim" } else { "words" };
            return format!("{kind}: {}", place.span.of(text));
        }
        let Some(nearest) = quote.nearest(text) else { return "nothing".to_owned() };
        let edit = |edit: &Edit| match edit.cited == edit.now {
            true => edit.now.clone(),
            false => format!("[{}>{}]", edit.cited, edit.now),
        };
        let edits: Vec<String> = nearest.edits.iter().map(edit).collect();
        format!("{}: {}", nearest.same, edits.join(" "))
    }

    #[test]
    fn what_is_verbatim_and_what_is_not() {
        for row in r#"two men were killed | At noon two men were killed. ==> verbatim: two men were killed
            Two men were killed, | At noon two men were killed. ==> verbatim: two men were killed
            “Two men's boats” | He saw "two men’s boats" there. ==> verbatim: two men’s boats
            no, minister | No minister came. ==> words: No minister
            It is - so to say - over | It is – so to say — over now ==> verbatim: It is – so to say — over
            two men were killed | At noon three men were killed here. ==> 75: [two>three] men were killed
            the quick brown fox jumps | The quick fox jumps again ==> 80: The quick [brown>] fox jumps
            the quick fox jumps | and the quick brown fox jumps again ==> 80: the quick [>brown] fox jumps
            He said so. | he said So. ==> words: he said So
            灯塔看守人 | 他是灯塔看守人。 ==> verbatim: 灯塔看守人
            灯塔看守人 | 他是灯塔看門人。 ==> 80: 灯 塔 看 [守>門] 人
            резюме готово | Резюме готово! ==> verbatim: Резюме готово
            the eels came back by night | Nobody knows anything about ships. ==> nothing
            a a a b | a a a a a b ==> verbatim: a a a b
            ... | What? ==> no words"#
            .lines()
        {
            let (typed, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            let (quote, text) = typed.split_once(" | ").expect("a row has two texts");
            assert_eq!(said(quote, text), expected, "{typed}");
        }
    }

    #[test]
    fn words_have_the_signs_around_them() {
        let shown = |text: &str| {
            let tokens = tokens(text, |_| 0);
            let show = |token: &Token| format!("{}[{}]{}", token.before, token.word, token.behind);
            tokens.iter().map(show).collect::<Vec<_>>().join("|")
        };
        for (text, expected) in [
            ("“No,” he said - 3.5 %…", "\"[No],\"|[he]|[said] -|[3.5] %..."),
            ("rock'n'roll co-op U.S. 1,000", "[rock'n'roll]|[co-op]|[U.S].|[1,000]"),
            ("soft\u{AD}ly and\u{A0}so", "[softly]|[and]|[so]"),
            ("a/b", "[a]/|[b]"),
            (" — ", ""),
            ("", ""),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_place_is_found() {
        let quote = Quote::new("na na").expect("words");
        let text = "na na na, batman na na";
        let places: Vec<u32> = quote.places(text).iter().map(|place| place.span.start).collect();
        assert_eq!(places, [0, 3, 17]);
        assert_eq!(quote.words(), ["na"]);
        assert_eq!(Quote::new("One, two and three").expect("words").beginning(2), "One two");
    }
}
