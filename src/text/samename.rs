//! Whether two names are spellings of one.
//!
//! One key is not enough: ears and alphabets differ by more than it levels out (`Əliyev` and `Alijew` meet, `Putin` and
//! `Poutine` do not), and it levels out what tells people apart (`Bush`, `Busch`). So keys may differ a little, and
//! what counts as little depends on the evidence that the two come from different languages: other scripts, letters
//! with marks, or spellings that differ in several places. Two words of one alphabet that differ by one letter are two
//! names: Hansen and Hanson, Granada and Grenada. Beside an equal surname a given name may differ in a vowel: given
//! names decide.

use super::aliases::share_a_row;
use super::readings::{are_transcriptions, differ_idly, readings};
use super::{fold, name_key, words};

/// True when `a` and `b` may be spellings of one name. Words that one of them leaves out do not matter between the
/// first and the last; a name of one word is not the same as one of several.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (parts(a), parts(b));
    match (&a[..], &b[..]) {
        ([], _) | (_, []) => false,
        ([a], [b]) => a.same(b, Role::Alone),
        ([_], _) | (_, [_]) => false,
        ([a_first, a_middle @ .., a_last], [b_first, b_middle @ .., b_last]) => {
            let middles =
                a_middle.len() != b_middle.len() || a_middle.iter().zip(b_middle).all(|(a, b)| a.same(b, Role::Given));
            middles && a_last.same(b_last, Role::Surname) && a_first.same(b_first, Role::Given)
        }
    }
}

/// What a word is in the name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// All of it.
    Alone,
    /// A given name: the surname is compared too.
    Given,
    /// The surname: the given names are compared too.
    Surname,
}

/// True when the words that have these keys may be one name: to narrow down what [`same_name`] is asked.
pub(crate) fn keys_may_meet(a: &str, b: &str) -> bool {
    let allowed = if a.len().min(b.len()) < LONG { 1 } else { 2 };
    let near = || differences(a.as_bytes(), b.as_bytes(), &cost, allowed) <= allowed;
    (a.len().abs_diff(b.len()) <= allowed && near()) || share_a_row(a, b)
}

/// One word of a name.
struct NamePart {
    folded: String,
    key: Vec<u8>,
    script: char,
    /// It has letters that English has not.
    marked: bool,
    /// It is spelt as names of alphabets are whose vowels are heard in several ways.
    loose: bool,
    readings: Vec<String>,
}

fn parts(name: &str) -> Vec<NamePart> {
    let mut out = Vec::new();
    words(name).for_each_word(|word| {
        let surface = word.span.of(name);
        let key = name_key(surface).into_bytes();
        // The Arabic article comes and goes.
        // Papers print `al-Bashir` and `Bashir` of one man.
        if !key.is_empty() && !matches!(word.folded, "al" | "el" | "ال" | "эль" | "аль") {
            let (script, marked) = (script(surface), !surface.is_ascii());
            let (folded, readings) = (fold(surface), readings(surface));
            let loose = surface.contains(['ə', 'Ə']) || LOOSE.iter().any(|letters| folded.contains(letters));
            out.push(NamePart { folded, key, script, marked, loose, readings });
        }
    });
    out
}

/// A letter that stands for the alphabet of `word`.
fn script(word: &str) -> char {
    match word.chars().find(|c| c.is_alphabetic()).unwrap_or('a') {
        '\0'..='\u{02FF}' | '\u{1E00}'..='\u{1EFF}' => 'a',
        '\u{0370}'..='\u{03FF}' => 'α',
        '\u{0400}'..='\u{052F}' => 'а',
        '\u{0531}'..='\u{058F}' => 'ա',
        '\u{0590}'..='\u{05FF}' => 'א',
        '\u{0600}'..='\u{06FF}' => 'ا',
        '\u{10A0}'..='\u{10FF}' => 'ა',
        other => other,
    }
}

/// Letters that transcriptions from Arabic and Persian have and names of the Latin alphabet have not.
const LOOSE: [&str; 4] = ["dh", "kh", "gh", "q"];
/// Keys of fewer letters must be equal.
const SHORT: usize = 5;
/// Given names of one alphabet must be equal below so many letters.
const GIVEN: usize = 6;
/// From so many letters on keys may differ in two.
const LONG: usize = 8;

impl NamePart {
    /// True for alphabets that leave short vowels out.
    fn lacks_vowels(&self) -> bool {
        matches!(self.script, 'ا' | 'א')
    }

    /// True where both begin with one sound: nobody mishears that. Arabic does not write a short vowel there.
    fn begins_like(&self, other: &NamePart) -> bool {
        let vowel = |c: u8| b"aeiou".contains(&c);
        match (self.key.first(), other.key.first()) {
            (Some(a), Some(b)) if vowel(*a) != vowel(*b) => self.lacks_vowels() != other.lacks_vowels(),
            (Some(a), Some(b)) => cost(*a, *b).is_some(),
            _ => false,
        }
    }

    /// True when the two may be one name.
    fn same(&self, other: &NamePart, role: Role) -> bool {
        if self.folded == other.folded {
            return true;
        }
        if let (Ok(a), Ok(b)) = (std::str::from_utf8(&self.key), std::str::from_utf8(&other.key))
            && share_a_row(a, b)
        {
            return true;
        }
        if gendered(&self.key, &other.key) {
            return false;
        }
        let one_alphabet = self.script == other.script && !self.marked && !other.marked;
        // The key of a name in Latin letters is only one way to read them, and not always one that a language has.
        let latin = self.script == 'a' && other.script == 'a' && role == Role::Alone;
        let one_key = self.key == other.key && !latin;
        if one_key || self.readings.iter().any(|reading| other.readings.contains(reading)) {
            if latin && !self.loose && !other.loose && differ_idly(&self.folded, &other.folded) {
                return are_transcriptions(&self.folded, &other.folded);
            }
            return !one_alphabet || (self.key.len() > 3 && !swapped(&self.folded, &other.folded));
        }
        if !self.begins_like(other) || self.key.ends_with(b"a") != other.key.ends_with(b"a") {
            return false;
        }
        let places = differences(self.folded.as_bytes(), other.folded.as_bytes(), &|x, y| Some(usize::from(x != y)), 3);
        // Vowels are a matter of ears where an alphabet has none or others.
        let loose = self.script != other.script || self.loose || other.loose;
        // Beside another equal name spellings that differ in several places are of two languages, misprints in one.
        let beside_foreign = role != Role::Alone && (self.marked || other.marked || places > 1);
        let foreign = loose || beside_foreign || without_h(&self.folded, &other.folded);
        if !foreign && role == Role::Alone {
            return false;
        }
        let beside = usize::from(role != Role::Alone);
        let letters = self.key.len().min(other.key.len());
        let native = |x: u8, y: u8| match role {
            _ if x == y => Some(0),
            Role::Given => cost(x, y).map(|_| 1),
            Role::Surname if b"gkh".contains(&x) && b"gkh".contains(&y) => Some(1),
            _ => None,
        };
        let (allowed, cost): (usize, Cost<'_>) = match letters {
            _ if !foreign && role == Role::Given && (letters < GIVEN || self.key.last() != other.key.last()) => {
                (0, &native)
            }
            _ if !foreign => (beside, &native),
            3.. if self.lacks_vowels() != other.lacks_vowels() => (1, &unwritten),
            // Four letters and one apart are two names (`Iran`, `Iraq`), unless alphabets differ.
            0..SHORT => (beside.max(usize::from(self.script != other.script)), &cost),
            SHORT..LONG => (1 + beside, &cost),
            _ => (2, &cost),
        };
        differences(&self.key, &other.key, cost, allowed) <= allowed
    }
}

/// What it costs to take one letter for another, zero standing for none; `None` where nobody does.
type Cost<'a> = &'a dyn Fn(u8, u8) -> Option<usize>;

/// True when an `h` behind another consonant is all that tells the two apart: who has no `ç` may print `ch` or `c`.
fn without_h(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    let at = long.bytes().zip(short.bytes()).take_while(|(x, y)| x == y).count();
    long.len() == short.len() + 1
        && short.len() >= SHORT
        && matches!(long.as_bytes()[..at].last(), Some(b'c' | b's' | b'z' | b'k' | b'g'))
        && long.as_bytes().get(at) == Some(&b'h')
        && long.get(at + 1..) == short.get(at..)
}

/// True for two words of one alphabet that only `y` for `i` inside or behind a last `e`, or a doubled last letter, tells
/// apart.
fn swapped(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    let last = short.chars().next_back();
    let doubled = last.is_some_and(|last| long.strip_suffix(last) == Some(short) && !matches!(last, 'y' | 'i'));
    let inside: Vec<(char, char)> = a.chars().zip(b.chars()).filter(|(x, y)| x != y).collect();
    let same_end = a.chars().next_back() == last && b.chars().next_back() == last;
    let last_glide = a.ends_with("ey") && b.ends_with("ei") || a.ends_with("ei") && b.ends_with("ey");
    let one_apart = a.len() == b.len() && matches!(inside[..], [('y', 'i') | ('i', 'y')]);
    doubled || (one_apart && (same_end || last_glide))
}

/// True when one key is the other with the ending of a woman's name.
fn gendered(a: &[u8], b: &[u8]) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    long.len() == short.len() + 1 && long.ends_with(b"a") && long.starts_with(short)
        || long.strip_suffix(b"aia").is_some_and(|stem| short.strip_suffix(b"i").is_some_and(|other| other == stem))
}

/// What it costs to take one letter of the key for another; zero stands for no letter, `None` for letters that nobody
/// takes for each other. Free are those that one spelling has in different languages: `ch` in French and German, `z` in
/// German, `j` everywhere.
fn cost(a: u8, b: u8) -> Option<usize> {
    const FREE: [u16; 256] = groups(&[b"CS", b"Ch", b"cz", b"jSZ", b"ji"]);
    const CLOSE: [u16; 256] = groups(&[b"aeiou\0", b"gkh", b"h\0", b"csSzZ", b"jZiC\0", b"bp", b"dt", b"vfu", b"cCk"]);
    let (a, b) = (usize::from(a), usize::from(b));
    match () {
        () if a == b || FREE[a] & FREE[b] != 0 => Some(0),
        () if CLOSE[a] & CLOSE[b] != 0 => Some(1),
        () => None,
    }
}

/// As [`cost`], where one of the two alphabets leaves vowels out.
fn unwritten(a: u8, b: u8) -> Option<usize> {
    let vowel = |c: u8| b"aeiou".contains(&c);
    match (a, b) {
        (0, c) | (c, 0) if vowel(c) => Some(0),
        _ => cost(a, b),
    }
}

/// For each byte the groups that it is in, one bit a group.
const fn groups(groups: &[&[u8]]) -> [u16; 256] {
    let mut of = [0; 256];
    let mut group = 0;
    while group < groups.len() {
        let mut at = 0;
        while at < groups[group].len() {
            of[groups[group][at] as usize] |= 1 << group;
            at += 1;
        }
        group += 1;
    }
    of
}

/// The keys that [`keys_may_meet`] lets through beside one, told byte by byte, so that a dictionary can be walked. Rows
/// of the table of aliases are not among them.
#[derive(Debug)]
pub(crate) struct NearKeys<'k> {
    key: &'k [u8],
    most: u8,
}

/// What it costs to make the beginnings of the key of what was read: a row of the table of [`differences`].
pub(crate) type Row = [u8; MAX_KEY_BYTES + 1];

/// Bytes of a key of which near ones are looked for.
const MAX_KEY_BYTES: usize = 31;

impl<'k> NearKeys<'k> {
    /// The keys near `key`; `None` for one that is too long to be a name.
    pub(crate) fn of(key: &'k str) -> Option<NearKeys<'k>> {
        let most = if key.len() < LONG { 1 } else { 2 };
        (key.len() <= MAX_KEY_BYTES).then_some(NearKeys { key: key.as_bytes(), most })
    }

    /// Nothing was read.
    pub(crate) fn start(&self) -> Row {
        let mut row = [self.most + 1; MAX_KEY_BYTES + 1];
        row[0] = 0;
        for (at, letter) in self.key.iter().enumerate() {
            row[at + 1] = self.sum(row[at], *letter, 0);
        }
        row
    }

    /// One byte more was read.
    pub(crate) fn read(&self, above: &Row, byte: u8) -> Row {
        let mut row = [self.most + 1; MAX_KEY_BYTES + 1];
        row[0] = self.sum(above[0], 0, byte);
        for (at, letter) in self.key.iter().enumerate() {
            let change = self.sum(above[at], *letter, byte);
            let put = self.sum(above[at + 1], 0, byte);
            row[at + 1] = change.min(put).min(self.sum(row[at], *letter, 0));
        }
        row
    }

    /// True when what was read is near enough.
    pub(crate) fn is_near(&self, row: &Row) -> bool {
        row[self.key.len()] <= self.most
    }

    /// True when what was read may go on to be near enough.
    pub(crate) fn may_be_near(&self, row: &Row) -> bool {
        row[..=self.key.len()].iter().any(|sum| *sum <= self.most)
    }

    fn sum(&self, sum: u8, a: u8, b: u8) -> u8 {
        let never = self.most + 1;
        if sum >= never { never } else { cost(a, b).map_or(never, |cost| (sum + cost as u8).min(never)) }
    }
}

/// What it costs to make `b` of `a` by changing letters, putting them in and taking them out; more than `most` where
/// that is not to be had for `most`.
fn differences(a: &[u8], b: &[u8], cost: Cost<'_>, most: usize) -> usize {
    let mut above: Vec<usize> = vec![0; b.len() + 1];
    let never = most + 1;
    // Sums stop at one more than is allowed: what is dearer is as good as never.
    let add = |sum: usize, step: Option<usize>| step.map_or(never, |step| (sum + step).min(never));
    for (at, y) in b.iter().enumerate() {
        above[at + 1] = add(above[at], cost(0, *y));
    }
    for x in a {
        let mut row = vec![add(above[0], cost(*x, 0))];
        for (at, y) in b.iter().enumerate() {
            let change = add(above[at], cost(*x, *y));
            let out = add(above[at + 1], cost(*x, 0));
            let put = add(row[at], cost(0, *y));
            row.push(change.min(out).min(put));
        }
        above = row;
    }
    above.last().copied().unwrap_or(never)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_keys_are_those_that_may_meet() {
        let names = "Aliyev Alijew Əliyev Johnson Johnston Jonson Poutine Putin Schostakowitsch Shostakovich Chostakovitch Lachin \
                     Laçın Breschnew Brezhnev Suleymanov Sulejmanow Smith Schmidt Tchaikovsky Chaykovskiy Hansen Hanson";
        let keys: Vec<String> = names.split_whitespace().map(name_key).collect();
        for key in &keys {
            let near = NearKeys::of(key).expect("short");
            for other in &keys {
                let row = other.bytes().fold(near.start(), |row, byte| near.read(&row, byte));
                let allowed = if key.len() < LONG { 1 } else { 2 };
                let expected = differences(key.as_bytes(), other.as_bytes(), &cost, allowed) <= allowed;
                assert_eq!(near.is_near(&row), expected, "{key} {other}");
            }
        }
    }

    #[test]
    fn spellings_of_one_name_are_joined() {
        for row in "Süleymanov == Suleymanov == Сулейманов == Sulejmanow
             Yusif Rəhimov == Yusuf Rahimov == Юсуф Рагимов
             Dmitry Shostakovich == Дмитрий Шостакович == Dmitri Schostakowitsch == Dmitri Chostakovitch
             Brezhnev == Брежнев == Breschnew
             Omar al-Bashir == Omar Bashir == Омар аль-Башир
             Barda == Bərdə == Барда
             Tiflis == Tbilisi == Тбилиси
             Giorgi Margvelashvili == Георгий Маргвелашвили == Giorgi Margwelaschwili"
            .lines()
        {
            let names: Vec<&str> = row.split(" == ").map(str::trim).collect();
            for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (a, b))) {
                assert!(same_name(a, b), "{a}, {b}");
            }
        }
    }

    #[test]
    fn names_that_only_look_alike_are_not() {
        for row in "Hasanov != Hasanova
             Peter Larsen != Peter Larson
             Petersen != Peterson
             Anna Petrova != Anna Petrov
             Kowalski != Kowalska
             Robert Blake != Roberta Blake
             Moran != Morgan
             Iran != Iraq
             Hall != Hal
             Dawn Smyth != Dawn Smith
             Ilham != Ilham Aliyev
             Зайцев != Зайцева
             Putin != "
            .lines()
        {
            let (a, b) = row.split_once("!=").expect("a row has !=");
            assert!(!same_name(a, b) && !same_name(b, a), "{a}, {b}");
        }
    }
}
