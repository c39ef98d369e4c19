//! Where the parts of a query are found again in a stored body.
//!
//! Ten bodies are read for every list of hits, so words that cannot matter are passed over by their first letters, and what
//! a word that may matter stands for is worked out once a query and language.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::annotate::Annotations;
use crate::engine::local::highlight::targets::{self, Mark};
use crate::engine::plan::{Stem, Target, TargetKind};
use crate::index::forms::{Class, name_found_under};
use crate::lang::{Stemmer, guess};
use crate::text::{FirstBytes, Span, Words, fold_into, words};

/// Finds the parts of one query in many bodies.
pub(crate) struct Matcher<'w> {
    targets: &'w [Target],
    heads: Heads,
    /// What folded words of the language `lang` stand for, as places in `roles`: first those without a capital.
    known: [FxHashMap<String, usize>; 2],
    lang: Option<String>,
    roles: Vec<Vec<Role>>,
    /// Other spellings of names in the body that was read last.
    spellings: Vec<String>,
}

/// Other spellings of names that are told of one article.
const MOST_SPELLINGS: usize = 8;

/// What one word of a body does for a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It satisfies the target with this number.
    Whole(usize),
    /// The phrase that the target with this number asks for begins with it.
    Opens(usize),
}

/// A word of a body that does something.
struct Seen {
    span: Span,
    /// Where the words behind it begin.
    rest: usize,
    /// Place in [`Matcher::roles`].
    roles: usize,
}

impl<'w> Matcher<'w> {
    pub(crate) fn new(targets: &'w [Target]) -> Matcher<'w> {
        let (known, roles) = (Default::default(), Vec::new());
        Matcher { targets, heads: Heads::new(targets), known, lang: None, roles, spellings: Vec::new() }
    }

    /// The spellings, other than those typed, under which names were found in the body that was read last: as printed,
    /// in the order of the text, each once.
    pub(crate) fn spellings(&self) -> &[String] {
        &self.spellings
    }

    pub(crate) fn targets(&self) -> &'w [Target] {
        self.targets
    }

    /// All that satisfies the targets in `body`, which is in the language `lang`, in the order of the text.
    pub(crate) fn find(&mut self, body: &str, annotations: &Annotations, lang: Option<&str>) -> Vec<Mark> {
        // As the index has it for a text that is too short to tell.
        let lang = lang.or_else(|| guess(body));
        // Stems of one language say nothing of another: what was worked out is dropped.
        if self.lang.as_deref() != lang {
            self.lang = lang.map(str::to_owned);
            self.known = Default::default();
            self.roles.clear();
        }
        let seen = self.seen(body);
        let mut marks = self.marks(body, &seen);
        targets::paired(body, self.targets, &mut marks);
        targets::catenated(body, self.targets, &mut marks);
        targets::mentioned(body, self.targets, annotations, &mut marks);
        marks.sort_unstable();
        self.spellings.clear();
        for mark in &marks {
            let surface = mark.span.of(body);
            if self.spellings.len() < MOST_SPELLINGS
                && self.targets[mark.target].kind.is_other_spelling(surface)
                && self.spellings.iter().all(|known| known != surface)
            {
                self.spellings.push(surface.to_owned());
            }
        }
        marks
    }

    /// The words of `body` that do something for a target.
    fn seen(&mut self, body: &str) -> Vec<Seen> {
        let mut seen = Vec::new();
        let stemmer = self.lang.as_deref().and_then(Stemmer::of);
        if self.heads.is_empty() {
            return seen;
        }
        let mut words = words(body);
        let mut folded = String::new();
        // The walk over the bytes is half of the time of a snippet: words that begin otherwise are not even cut.
        while !self.heads.plain || words.seek(&self.heads.first) {
            let Some(span) = words.next_span() else { break };
            let word = span.of(body);
            if !self.heads.may_begin(word, &mut folded) {
                continue;
            }
            folded.clear();
            fold_into(word, &mut folded);
            if folded.is_empty() {
                continue;
            }
            let roles = self.roles_of(&folded, word.starts_with(char::is_uppercase), stemmer);
            if !self.roles[roles].is_empty() {
                seen.push(Seen { span, rest: words.place(), roles });
            }
        }
        seen
    }

    /// What `folded` does, with a capital or without, as a place in `roles`.
    fn roles_of(&mut self, folded: &str, capital: bool, stemmer: Option<Stemmer>) -> usize {
        if let Some(at) = self.known[usize::from(capital)].get(folded) {
            return *at;
        }
        let mut roles = Vec::new();
        let own = Own { folded, capital, lang: self.lang.as_deref().unwrap_or(""), stemmer, stem: OnceCell::new() };
        for (at, target) in self.targets.iter().enumerate() {
            match &target.kind {
                TargetKind::Word { folded: typed, stems, spellings, written } => {
                    let same = typed == folded || spellings.iter().chain(&written.words).any(|other| other == folded);
                    if same || (may_share_stem(typed, folded) && stems.iter().any(|stem| own.has(stem))) {
                        roles.push(Role::Whole(at));
                    }
                }
                TargetKind::Phrase(phrase, written) => {
                    if phrase.first().is_some_and(|first| first == folded) {
                        roles.push(Role::Opens(at));
                    }
                    if written.words.iter().any(|other| other == folded) {
                        roles.push(Role::Whole(at));
                    }
                }
                TargetKind::Form(form) => {
                    if form.fits(folded) {
                        roles.push(Role::Whole(at));
                    }
                }
                // Pairs are no words: they are looked for apart.
                TargetKind::Pair(_)
                | TargetKind::Date { .. }
                | TargetKind::Place { .. }
                | TargetKind::Near { .. }
                | TargetKind::Person { .. }
                | TargetKind::Org(_) => {}
            }
        }
        self.roles.push(roles);
        self.known[usize::from(capital)].insert(folded.to_owned(), self.roles.len() - 1);
        self.roles.len() - 1
    }

    fn marks(&self, body: &str, seen: &[Seen]) -> Vec<Mark> {
        let mut marks = Vec::new();
        for word in seen {
            for role in &self.roles[word.roles] {
                match *role {
                    Role::Whole(target) => marks.push(Mark { span: word.span, target }),
                    Role::Opens(target) => {
                        if let Some(end) = self.end_of_phrase(body, word, target) {
                            marks.push(Mark { span: Span { start: word.span.start, end }, target });
                        }
                    }
                }
            }
        }
        marks
    }

    /// The end of the phrase of `target` that begins with the word `first`.
    fn end_of_phrase(&self, body: &str, first: &Seen, target: usize) -> Option<u32> {
        let TargetKind::Phrase(phrase, _) = &self.targets[target].kind else { return None };
        let mut words = Words::behind(body, first.rest);
        let mut end = first.span.end;
        for part in phrase.iter().skip(1) {
            end = words.next_word().filter(|word| word.folded == part)?.span.end;
        }
        Some(end)
    }
}

/// A word of a body whose stem is compared with those of the query.
struct Own<'w> {
    folded: &'w str,
    capital: bool,
    lang: &'w str,
    stemmer: Option<Stemmer>,
    /// Worked out once a word, for all targets, and only where one asks.
    stem: OnceCell<Option<Cow<'w, str>>>,
}

impl Own<'_> {
    /// True where the word has this stem, in the language of the stem.
    fn has(&self, stem: &Stem) -> bool {
        if stem.lang != self.lang {
            return false;
        }
        if stem.class != Class::Word {
            let own = self.stemmer.map(|stemmer| name_found_under(self.lang, stemmer, self.folded));
            return self.capital && own.is_some_and(|own| own.split('\t').any(|own| own == stem.stem));
        }
        let own = self.stem.get_or_init(|| self.stemmer.map(|stemmer| stemmer.found_under(self.folded)));
        own.as_ref().is_some_and(|own| own.split('\t').any(|own| own == stem.stem))
    }
}

/// So many bytes of a word are compared before it is folded.
const HEAD: usize = 3;

/// So many bytes words have in common that have the stem of `word`.
fn head(word: &str) -> usize {
    // Stems of short words may end behind their first letter.
    if word.len() < 6 { 1 } else { HEAD }
}

/// Whether two words can have one stem at all: to stem a word costs more than all else here. Stems of long words begin
/// with the same three letters, but for the Arabic and Hebrew ones.
fn may_share_stem(one: &str, other: &str) -> bool {
    let head = head(one);
    one.starts_with(takes_prefixes) || one.as_bytes().get(..head) == other.as_bytes().get(..head)
}

/// How words begin that can satisfy a target: stemmers work on endings, so words of one stem begin alike, but for the
/// Arabic and Hebrew ones, which take prefixes off too.
struct Heads {
    /// The first letters of folded words.
    typed: Vec<String>,
    /// The ASCII letters with which such words may begin in a text, capitals or not.
    first: FirstBytes,
    /// All heads are ASCII, so that words can be told by their first bytes.
    plain: bool,
    prefixed: bool,
    /// Some target may begin with any letter.
    any: bool,
}

impl Heads {
    fn new(targets: &[Target]) -> Heads {
        let first = FirstBytes::none();
        let mut heads = Heads { typed: Vec::new(), first, plain: true, prefixed: false, any: false };
        for target in targets {
            match &target.kind {
                TargetKind::Word { folded, spellings, written, .. } => {
                    spellings.iter().chain(&written.words).for_each(|word| heads.add(word, HEAD));
                    heads.add(folded, head(folded));
                }
                TargetKind::Phrase(phrase, written) => {
                    phrase.iter().take(1).chain(&written.words).for_each(|word| heads.add(word, HEAD));
                }
                TargetKind::Form(form) => match form.head().chars().next() {
                    Some(c) => heads.add(c.encode_utf8(&mut [0; 4]), HEAD),
                    None => heads.any = true,
                },
                // Pairs are no words: they are looked for apart.
                TargetKind::Pair(_)
                | TargetKind::Date { .. }
                | TargetKind::Place { .. }
                | TargetKind::Near { .. }
                | TargetKind::Person { .. }
                | TargetKind::Org(_) => {}
            }
        }
        heads.plain = !heads.any && heads.typed.iter().all(|head| head.is_ascii());
        heads
    }

    /// Adds the first `bytes` of a folded word, or its first letter where they end inside another.
    fn add(&mut self, word: &str, bytes: usize) {
        let Some(c) = word.chars().next() else { return };
        let head = word.get(..bytes).unwrap_or(if word.is_char_boundary(bytes) { word } else { &word[..c.len_utf8()] });
        if c.is_ascii() {
            self.first.add(c as u8);
            self.first.add(c.to_ascii_uppercase() as u8);
        }
        self.prefixed |= takes_prefixes(c);
        self.typed.push(head.to_owned());
    }

    fn is_empty(&self) -> bool {
        !self.any && self.typed.is_empty()
    }

    /// False when `word`, which is not folded, can satisfy nothing and is a word for certain.
    fn may_begin(&self, word: &str, buffer: &mut String) -> bool {
        let Some(c) = word.chars().next().filter(|_| !self.any) else { return self.any };
        if c.is_ascii() {
            // What is not ASCII may fold to anything.
            let same =
                |(byte, typed): (u8, u8)| !byte.is_ascii() || !typed.is_ascii() || byte.eq_ignore_ascii_case(&typed);
            let begins = |head: &String| word.len() >= head.len() && word.bytes().zip(head.bytes()).all(same);
            return self.first.has(c as u8) && self.typed.iter().any(begins);
        }
        buffer.clear();
        fold_into(&word[..c.len_utf8()], buffer);
        match buffer.chars().next() {
            // A mark that folds to nothing may stand before any letter.
            None => true,
            Some(c) => (self.prefixed && takes_prefixes(c)) || self.typed.iter().any(|head| head.starts_with(c)),
        }
    }
}

fn takes_prefixes(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{06FF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::plan::Written;

    fn word(folded: &str) -> TargetKind {
        let stems = |lang: &'static str| {
            let asked = Stemmer::of(lang).expect("a stemmer").asked(folded);
            asked.into_iter().flat_map(move |stem| Class::ALL.map(|class| Stem { lang, stem: stem.clone(), class }))
        };
        TargetKind::Word {
            stems: ["en", "ru", "ar", "az", "he"].into_iter().flat_map(stems).collect(),
            folded: folded.to_owned(),
            spellings: Vec::new(),
            written: Written::default(),
        }
    }

    fn phrase(words: &str) -> TargetKind {
        TargetKind::Phrase(words.split(' ').map(str::to_owned).collect(), Written::default())
    }

    #[track_caller]
    fn check(lang: &str, kinds: &[TargetKind], body: &str, expected: &str) {
        let targets: Vec<Target> = kinds.iter().map(|kind| Target { kind: kind.clone(), weight: 1.0 }).collect();
        let mut matcher = Matcher::new(&targets);
        // Twice: what is remembered must not change what is found.
        for _ in 0..2 {
            let marks = matcher.find(body, &Annotations::default(), Some(lang));
            let found: Vec<String> =
                marks.iter().map(|mark| format!("{}{}", mark.target, mark.span.of(body))).collect();
            assert_eq!(found.join("|"), expected, "{body}");
        }
    }

    #[test]
    fn words_are_found_in_all_their_forms() {
        check("en", &[word("medal")], "Medals for a medallist; the MEDAL's rim. metal", "0Medals|0MEDAL");
        check("ru", &[word("район")], "В районе и районах, о\u{301} рай", "0районе|0районах");
        check("ar", &[word("كتاب")], "قرأت الكتاب", "0الكتاب");
        check("az", &[word("lacin"), word("medal")], "Laçın medalı, Medal", "0Laçın|1medalı|1Medal");
        check("he", &[word("ירושלים")], "הישיבה נערכה בירושלים", "0בירושלים");
    }

    #[test]
    fn a_name_is_found_among_names_in_its_language() {
        let name = |lang, stem: &str| TargetKind::Word {
            folded: "banks".to_owned(),
            stems: vec![Stem { lang, stem: stem.to_owned(), class: Class::Name }],
            spellings: Vec::new(),
            written: Written::default(),
        };
        check("en", &[name("en", "bank")], "Bank and banks, a bank", "0Bank|0banks");
        check("de", &[name("en", "bank")], "Bank, Banks", "0Banks");
    }

    #[test]
    fn phrases_are_marked_whole() {
        check("en", &[phrase("a b a"), word("b")], "a b a b a, a b c; A b. A", "0a b a|1b|0a b a|1b|1b|0A b. A|1b");
        check("zh", &[phrase("北 京")], "在北京，北上", "0北京");
        check("en", &[phrase("covid 19")], "COVID-19 or covid 20, Covid\u{2011}19", "0COVID-19|0Covid\u{2011}19");
    }
}
