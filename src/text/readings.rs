//! How a word sounds in the spelling of several languages.
//!
//! The key of a name levels out what transcriptions share; what they do not share it cannot: `ch` is one sound in French
//! and another in German. So a word in Latin letters is read as several languages would, by the tables of
//! `data/names/sounds.txt`, and two words of which some reading is the same are spellings of one name.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::name_key;
use super::word_lists::WordLists;

const FILE: &str = include_str!("../../data/names/sounds.txt");

/// Letters and the sound that they stand for.
type Sound = (&'static str, &'static str);

/// The tables, one a language, the longest letters first.
fn tables() -> &'static Vec<Vec<Sound>> {
    static ONE: OnceLock<Vec<Vec<Sound>>> = OnceLock::new();
    ONE.get_or_init(|| {
        let lists = WordLists::parse(FILE);
        let rows = lists.rows("latin");
        let of = |lang: &&str| {
            let words = rows.iter().filter(|row| row.is_of(lang)).flat_map(|row| row.words());
            let mut table: Vec<Sound> = words.filter_map(|word| word.split_once('>')).collect();
            table.sort_by_key(|(letters, _)| std::cmp::Reverse(letters.len()));
            table
        };
        LANGUAGES.iter().map(of).collect()
    })
}

/// The languages of the file; one of several that share their rows stands for all. `xx` is the keyboard without marks,
/// `ru` what German papers print for Russian `ж`.
const LANGUAGES: [&str; 12] = ["xx", "pl", "en", "fr", "de", "ru", "hr", "az", "tr", "nl", "hu", "ro"];
/// The first so many are those that the index reads a word by.
const INDEXED: usize = 2;

/// What is left over of `İ` in small letters.
const DOT: char = '\u{307}';

/// The readings of a word, sorted, each once; of one in another alphabet than the Latin those that follow from its key.
pub(crate) fn readings(word: &str) -> Vec<String> {
    let small: String = word.chars().flat_map(char::to_lowercase).filter(|c| *c != DOT).collect();
    let mut out: Vec<String> = if small.chars().all(is_latin) {
        tables().iter().map(|table| settle(&read(&small, table))).collect()
    } else {
        // Other alphabets have an `h` for the `г` of Russian, and an `o` for `ё`.
        let base = nominative(&small).unwrap_or(small);
        let heard = [base.replace('г', "х"), base.replace('ё', "о"), base];
        heard.iter().map(|word| settle(&name_key(word))).collect()
    };
    out.retain(|reading| !reading.is_empty());
    out.sort_unstable();
    out.dedup();
    out
}

/// What stands before the consonants of a word whose alphabet leaves vowels out; no key of a name holds it.
const CONSONANTS: char = '~';
/// Words with fewer consonants are not looked for by them: too many names share them.
const FEWEST_CONSONANTS: usize = 3;

/// The keys under which an index keeps a word of a name, its [`name_key`] first. Beside it those of keyboards without
/// marks and of Polish, where the key alone would lead too far from other spellings, that of the nominative, and the consonants of
/// words in Arabic and Hebrew letters. Empty for a word without letters.
pub(crate) fn spelling_keys(word: &str) -> Vec<String> {
    let key = name_key(word);
    if key.is_empty() {
        return Vec::new();
    }
    let mut out = vec![key];
    if lacks_vowels(word) {
        out.extend(consonants(&out[0]));
    } else if let Some(base) = nominative(&word.to_lowercase()) {
        out.push(name_key(&base));
    } else if !word.is_ascii() || ["sz", "cz"].iter().any(|letters| word.contains(letters)) {
        let small: String = word.chars().flat_map(char::to_lowercase).filter(|c| *c != DOT).collect();
        if small.chars().all(is_latin) {
            out.extend(tables().iter().take(INDEXED).map(|table| settle(&read(&small, table))));
        }
    }
    let mut known = HashSet::new();
    out.retain(|key| known.insert(key.clone()));
    out
}

/// The keys, beside its [`name_key`], under which other spellings of `word` may stand.
pub(crate) fn sought_keys(word: &str) -> Vec<String> {
    let key = name_key(word);
    let mut out = readings(word);
    if !lacks_vowels(word) {
        out.extend(out.iter().filter_map(|reading| consonants(reading)).collect::<Vec<_>>());
    }
    out.retain(|other| *other != key);
    out.sort_unstable();
    out.dedup();
    out
}

/// True where one of the two words is the other as a keyboard without its marks writes it: `Müller`, `Mueller`.
pub(crate) fn is_keyboard_form(one: &str, other: &str) -> bool {
    let is_form = |marked: &str, plain: &str| {
        !marked.is_ascii() && plain.is_ascii() && spelling_keys(marked).contains(&name_key(plain))
    };
    is_form(one, other) || is_form(other, one)
}

/// Letters with marks, and what keyboards without them write; folding leaves the letter without its mark.
const KEYBOARD: [(char, &str, &str); 6] =
    [('đ', "d", "dj"), ('ø', "o", "oe"), ('å', "a", "aa"), ('ä', "a", "ae"), ('ö', "o", "oe"), ('ü', "u", "ue")];

/// Folded words that `word` is where a keyboard without marks writes its marks with letters (`Müller`: `mueller`); and, with
/// `back`, those that it may be where it was typed on one (`Djokovic`: `dokovic`).
pub(crate) fn keyboard_forms(word: &str, back: bool) -> Vec<String> {
    let small = word.to_lowercase();
    let mut out = Vec::new();
    if small.contains(|c| KEYBOARD.iter().any(|(marked, ..)| *marked == c)) {
        let written = KEYBOARD.iter().fold(small, |word, (marked, _, written)| word.replace(*marked, written));
        out.push(super::fold(&written));
    } else if back && small.is_ascii() {
        let folded = KEYBOARD.iter().filter(|(_, _, written)| small.contains(written));
        out.extend(folded.map(|(_, plain, written)| small.replace(written, plain)));
        out.sort_unstable();
        out.dedup();
    }
    out
}

/// True where some reading of both is the same.
pub(crate) fn read_alike(one: &str, other: &str) -> bool {
    let readings = readings(one);
    self::readings(other).iter().any(|reading| readings.contains(reading))
}

/// Ends of surnames that come from alphabets other than the Latin, as readings have them.
const EASTERN: [&str; 13] =
    ["ov", "ev", "ova", "eva", "ski", "koi", "toi", "cin", "enko", "viC", "ian", "Svili", "zade"];

/// True for two transcriptions of one surname from another alphabet, as the end shows: `Aliyev`, `Aliev`.
pub(crate) fn are_transcriptions(one: &str, other: &str) -> bool {
    let readings = readings(one);
    let is_eastern = |reading: &str| EASTERN.iter().any(|end| reading.ends_with(end));
    self::readings(other).iter().any(|reading| is_eastern(reading) && readings.contains(reading))
}

/// True for two words in Latin letters, folded, that differ only in what the spelling of names leaves to their bearers:
/// doubled and silent letters, `y` for `i`, `c` for `k`, `th` for `t`, `z` for `s`. That makes two names of one sound (`Milei` and
/// `Miley`, `John` and `Jon`), not two transcriptions of one.
pub(super) fn differ_idly(one: &str, other: &str) -> bool {
    idle(one) == idle(other)
}

/// Letters that stand for one sound, longest first.
const SOUNDS: [&str; 8] = ["tsch", "tch", "sch", "sh", "ch", "sz", "cz", "zh"];

fn idle(folded: &str) -> String {
    // What stands for a sound of its own is no idle difference.
    let kept = SOUNDS
        .iter()
        .zip('1'..)
        .fold(folded.to_owned(), |word, (letters, sign)| word.replace(letters, sign.encode_utf8(&mut [0; 4])));
    let plain = kept.replace("oo", "u").replace("ee", "i").replace("ph", "f").replace("ce", "se").replace("ci", "si");
    let plain = plain.strip_prefix("ye").map_or(plain.clone(), |rest| format!("e{rest}"));
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        let c = match c {
            'y' => 'i',
            'c' => 'k',
            'z' => 's',
            other => other,
        };
        // `h` is silent but at the head of a word.
        if !out.ends_with(c) && (c != 'h' || out.is_empty()) {
            out.push(c);
        }
    }
    if out.len() > 2 && out.ends_with('e') {
        out.pop();
    }
    out
}

/// True for a word in an alphabet that leaves short vowels out.
pub(super) fn lacks_vowels(word: &str) -> bool {
    word.starts_with(|c| matches!(c, '\u{0590}'..='\u{06FF}'))
}

/// The consonants of a reading as a key; `None` where there are few.
fn consonants(reading: &str) -> Option<String> {
    let letters: String = reading.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')).collect();
    (letters.len() >= FEWEST_CONSONANTS).then(|| format!("{CONSONANTS}{letters}"))
}

/// True for letters of the Latin alphabet with whatever marks.
fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | '\u{DF}'..='\u{24F}' | '\u{259}' | '\u{1E00}'..='\u{1EFF}')
}

/// Endings of surnames in Russian and Ukrainian that no nominative has, and what stands there in it: `Чайковского` is of
/// Чайковский. Those that may be of a man or of a woman (`Петрову`) are left.
const CASES: [(&str, &str); 14] = [
    ("ского", "ский"),
    ("скому", "ский"),
    ("ским", "ский"),
    ("ском", "ский"),
    ("цкого", "цкий"),
    ("цкому", "цкий"),
    ("цким", "цкий"),
    ("цком", "цкий"),
    ("ського", "ський"),
    ("ському", "ський"),
    ("ським", "ський"),
    ("овым", "ов"),
    ("евым", "ев"),
    ("иным", "ин"),
];

/// The nominative of a surname in another case, both in small letters.
fn nominative(small: &str) -> Option<String> {
    CASES.iter().find_map(|(ending, other)| Some(format!("{}{other}", small.strip_suffix(ending)?)))
}

/// The sounds of a word in small letters.
fn read(word: &str, table: &[Sound]) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let fits = |(letters, _): &&Sound| match letters.strip_suffix('$') {
            Some(letters) => rest == letters,
            None => rest.starts_with(letters),
        };
        match table.iter().find(fits) {
            Some((letters, sound)) => {
                out.push_str(sound);
                rest = &rest[letters.trim_end_matches('$').len()..];
            }
            None => {
                out.push_str(&name_key(first.encode_utf8(&mut [0; 4])));
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}

/// What languages differ in without meaning it: doubled letters, and the glide before an `e` that stands at the head,
/// behind a vowel or before `v`: `Yeltsin` and `Eltsine`, `Dostojewski` and `Dostoevsky`, `Aliyev` and `Aliev`.
fn settle(reading: &str) -> String {
    let mut letters: Vec<char> = reading.chars().collect();
    letters.dedup();
    let mut out: Vec<char> = Vec::with_capacity(letters.len());
    for (at, c) in letters.iter().copied().enumerate() {
        let before = out.last().copied();
        let next = |far: usize| letters.get(at + far).copied();
        let glide = c == 'i' && next(1) == Some('e');
        let idle = matches!(before, None | Some('a' | 'e' | 'i' | 'o' | 'u')) || next(2) == Some('v');
        if before != Some(c) && !(glide && idle) {
            out.push(c);
        }
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keyboards_without_marks_write_letters() {
        for (word, back, expected) in [
            ("Müller", false, "mueller"),
            ("Đoković", false, "djokovic"),
            ("Djokovic", true, "dokovic"),
            ("Haaland", true, "haland"),
            ("Goethe", true, "gothe"),
            ("Goethe", false, ""),
            ("Lachin", true, ""),
        ] {
            assert_eq!(keyboard_forms(word, back).join(" "), expected, "{word}");
        }
    }
}
