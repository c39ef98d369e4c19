//! The name key: one form for the spellings that a name has in different languages and scripts.
//!
//! For names only: ordinary words would meet by chance. The key is letters of the Latin alphabet; it says how a name
//! sounds, roughly, and is not for reading. It goes through three steps: letters of other scripts become the Latin ones
//! that English transcription uses; groups of letters that stand for one sound (`kh`, `dzh`, `sch`) become one letter,
//! and letters that languages use for the same sound (`y i j`, `w v`, `q g`) one of them; doubled letters become one.
//!
//! What it cannot do: English and German spellings of a vowel (`Alijew`, `Aliyev` meet, `Poetin`, `Putin` do not), and
//! names that history changed (Tiflis, Tbilisi). The first is for edit distance on the key, the second for a table.

use super::fold;

/// The key of one word of a name; empty for a word without letters.
pub(crate) fn name_key(word: &str) -> String {
    let latin = transliterate(word);
    let mut key = group(&latin);
    soften(&mut key);
    key.into_iter().collect()
}

/// The word in small Latin letters without accents.
fn transliterate(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 4);
    let azerbaijani =
        word.contains(['ə', 'Ə']) || (word.contains(['x', 'X']) && word.contains(['ı', 'ç', 'ş', 'ğ', 'ö', 'ü']));
    for c in word.chars() {
        let small = if c == 'İ' { 'i' } else { c.to_lowercase().next().unwrap_or(c) };
        match small {
            // In Azerbaijani `c` is the `j` of English and `x` is `kh`; its words show by other letters what they are.
            'c' if azerbaijani => out.push('j'),
            'x' if azerbaijani => out.push_str("kh"),
            _ => match letter(small) {
                Some(latin) => out.push_str(latin),
                None => out.push_str(&fold(small.encode_utf8(&mut [0; 4]))),
            },
        }
    }
    // Folding leaves letters of scripts that have no table; a key with them would meet nothing.
    out.retain(|c| c.is_ascii_alphanumeric());
    out
}

/// What a letter is in Latin, where folding does not say it.
fn letter(c: char) -> Option<&'static str> {
    LETTERS.binary_search_by_key(&c, |(letter, _)| *letter).ok().map(|at| LETTERS[at].1)
}

/// Sorted by letter.
const LETTERS: &[(char, &str)] = &[
    ('ä', "a"),
    ('ç', "ch"),
    ('ï', "i"),
    ('ö', "o"),
    ('ü', "u"),
    ('ć', "ch"),
    ('č', "ch"),
    ('đ', "dj"),
    ('ğ', "gh"),
    ('ı', "i"),
    ('ľ', "l"),
    ('ř', "rzh"),
    ('ş', "sh"),
    ('š', "sh"),
    ('ž', "zh"),
    ('ș', "sh"),
    ('ə', "a"),
    // Greek.
    ('α', "a"),
    ('β', "v"),
    ('γ', "g"),
    ('δ', "d"),
    ('ε', "e"),
    ('ζ', "z"),
    ('η', "i"),
    ('θ', "th"),
    ('ι', "i"),
    ('κ', "k"),
    ('λ', "l"),
    ('μ', "m"),
    ('ν', "n"),
    ('ξ', "ks"),
    ('ο', "o"),
    ('π', "p"),
    ('ρ', "r"),
    ('ς', "s"),
    ('σ', "s"),
    ('τ', "t"),
    ('υ', "i"),
    ('φ', "f"),
    ('χ', "kh"),
    ('ψ', "ps"),
    ('ω', "o"),
    ('ό', "o"),
    ('ύ', "i"),
    ('ώ', "o"),
    // Cyrillic.
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
    ('ё', "e"),
    ('ђ', "j"),
    ('ѓ', "g"),
    ('є', "e"),
    ('ѕ', "dz"),
    ('і', "i"),
    ('ї', "i"),
    ('ј', "y"),
    ('љ', "l"),
    ('њ', "n"),
    ('ћ', "ch"),
    ('ќ', "k"),
    ('ў', "u"),
    ('џ', "j"),
    ('ґ', "g"),
    ('ғ', "gh"),
    ('қ', "g"),
    ('ң', "n"),
    ('ү', "u"),
    ('ұ', "u"),
    ('ҳ', "h"),
    ('ҷ', "j"),
    ('һ', "h"),
    ('ә', "a"),
    ('ө', "o"),
    // Armenian.
    ('ա', "a"),
    ('բ', "b"),
    ('գ', "g"),
    ('դ', "d"),
    ('ե', "e"),
    ('զ', "z"),
    ('է', "e"),
    ('ը', "e"),
    ('թ', "t"),
    ('ժ', "zh"),
    ('ի', "i"),
    ('լ', "l"),
    ('խ', "kh"),
    ('ծ', "ts"),
    ('կ', "k"),
    ('հ', "h"),
    ('ձ', "dz"),
    ('ղ', "gh"),
    ('ճ', "ch"),
    ('մ', "m"),
    ('յ', "y"),
    ('ն', "n"),
    ('շ', "sh"),
    ('ո', "o"),
    ('չ', "ch"),
    ('պ', "p"),
    ('ջ', "j"),
    ('ռ', "r"),
    ('ս', "s"),
    ('վ', "v"),
    ('տ', "t"),
    ('ր', "r"),
    ('ց', "ts"),
    ('ւ', "u"),
    ('փ', "p"),
    ('ք', "k"),
    ('օ', "o"),
    ('ֆ', "f"),
    ('և', "ev"),
    // Hebrew: consonants, and the letters that stand for vowels.
    ('א', "a"),
    ('ב', "b"),
    ('ג', "g"),
    ('ד', "d"),
    ('ה', "h"),
    ('ו', "u"),
    ('ז', "z"),
    ('ח', "kh"),
    ('ט', "t"),
    ('י', "i"),
    ('ך', "kh"),
    ('כ', "k"),
    ('ל', "l"),
    ('ם', "m"),
    ('מ', "m"),
    ('ן', "n"),
    ('נ', "n"),
    ('ס', "s"),
    ('ע', "a"),
    ('ף', "f"),
    ('פ', "p"),
    ('ץ', "ts"),
    ('צ', "ts"),
    ('ק', "k"),
    ('ר', "r"),
    ('ש', "sh"),
    ('ת', "t"),
    // Arabic and Persian: consonants and long vowels.
    ('ء', ""),
    ('آ', "a"),
    ('أ', "a"),
    ('ؤ', "u"),
    ('إ', "i"),
    ('ئ', "i"),
    ('ا', "a"),
    ('ب', "b"),
    ('ة', "a"),
    ('ت', "t"),
    ('ث', "th"),
    ('ج', "j"),
    ('ح', "h"),
    ('خ', "kh"),
    ('د', "d"),
    ('ذ', "z"),
    ('ر', "r"),
    ('ز', "z"),
    ('س', "s"),
    ('ش', "sh"),
    ('ص', "s"),
    ('ض', "d"),
    ('ط', "t"),
    ('ظ', "z"),
    ('ع', ""),
    ('غ', "gh"),
    ('ف', "f"),
    ('ق', "q"),
    ('ك', "k"),
    ('ل', "l"),
    ('م', "m"),
    ('ن', "n"),
    ('ه', "h"),
    ('و', "u"),
    ('ى', "a"),
    ('ي', "i"),
    ('پ', "p"),
    ('چ', "ch"),
    ('ژ', "zh"),
    ('ک', "k"),
    ('گ', "g"),
    ('ی', "i"),
    // Georgian.
    ('ა', "a"),
    ('ბ', "b"),
    ('გ', "g"),
    ('დ', "d"),
    ('ე', "e"),
    ('ვ', "v"),
    ('ზ', "z"),
    ('თ', "t"),
    ('ი', "i"),
    ('კ', "k"),
    ('ლ', "l"),
    ('მ', "m"),
    ('ნ', "n"),
    ('ო', "o"),
    ('პ', "p"),
    ('ჟ', "zh"),
    ('რ', "r"),
    ('ს', "s"),
    ('ტ', "t"),
    ('უ', "u"),
    ('ფ', "p"),
    ('ქ', "k"),
    ('ღ', "gh"),
    ('ყ', "q"),
    ('შ', "sh"),
    ('ჩ', "ch"),
    ('ც', "ts"),
    ('ძ', "dz"),
    ('წ', "ts"),
    ('ჭ', "ch"),
    ('ხ', "kh"),
    ('ჯ', "j"),
    ('ჰ', "h"),
];

/// Groups of letters that stand for one sound, longest first, and the letter of the key for it. Capitals are sounds
/// that have no letter of their own: `C` as in church, `S` as in ship, `Z` as in measure.
const GROUPS: &[(&str, &str)] = &[
    ("schtsch", "SC"),
    ("chtch", "SC"),
    ("shch", "SC"),
    ("dsch", "j"),
    ("tsch", "C"),
    ("tch", "C"),
    ("tsh", "C"),
    ("sch", "S"),
    ("dzh", "j"),
    ("dj", "j"),
    ("jj", "Z"),
    ("ch", "C"),
    ("sh", "S"),
    ("zh", "Z"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("oo", "u"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("ou", "u"),
    ("ts", "c"),
    ("tz", "c"),
    ("ck", "k"),
    ("x", "ks"),
    ("q", "g"),
    ("w", "v"),
    ("ff", "v"),
];

fn group(latin: &str) -> Vec<char> {
    let mut out = Vec::with_capacity(latin.len());
    let mut at = 0;
    // English writes `Ye` where Russian, French and German write a bare `e` at the head of a word.
    if latin.starts_with("ye") {
        at = 1;
    }
    while let Some(first) = latin[at..].chars().next() {
        let known = GROUPS.iter().find(|(letters, _)| latin[at..].starts_with(letters));
        match known {
            Some((letters, sound)) => {
                out.extend(sound.chars());
                at += letters.len();
            }
            None => {
                out.extend(single(latin, at, first));
                at += first.len_utf8();
            }
        }
    }
    out
}

/// The sound of a letter that stands alone at byte `at`.
fn single(latin: &str, at: usize, letter: char) -> Option<char> {
    if letter == 'y' {
        return Some('i');
    }
    if letter != 'j' || at == 0 {
        return Some(letter);
    }
    // German and Slavic Latin write `j` for the `y` of English: after `i`, before or after a consonant, before `e` and
    // `o`.
    let (before, after) = (latin[..at].chars().next_back(), latin[at + 1..].chars().next());
    let vowel = |c: Option<char>| matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    let glide = match (vowel(before), vowel(after)) {
        (true, true) => matches!(before, Some('i' | 'y')) || matches!(after, Some('e' | 'o')),
        (true, false) | (false, true) => true,
        (false, false) => false,
    };
    Some(if glide { 'i' } else { 'j' })
}

/// Drops the French ending `-ine` of names in `-in`, and writes doubled letters once.
fn soften(key: &mut Vec<char>) {
    key.dedup();
    if key.len() > 4 && key.ends_with(&['i', 'n', 'e']) {
        key.pop();
    }
}

/// True when `name` holds all words of `typed`, in order and in any spelling that has their keys.
pub fn holds_name(name: &str, typed: &str) -> bool {
    let keys = |text: &str| {
        let mut keys = Vec::new();
        super::words(text).for_each_word(|word| keys.push(name_key(word.span.of(text))));
        keys
    };
    let mut held = keys(name).into_iter();
    keys(typed).iter().all(|key| held.any(|other| other == *key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(LETTERS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn spellings_share_a_key() {
        for row in "Aliyev Əliyev Алиев Aliyew Alıyev
             Lachin Laçın Лачин Լաչին Latschin
             Jafarov Cəfərov Джафаров Dzhafarov Djafarov
             Tariverdi Тариверди
             Tuzla Тузла
             Shamakhi Şamaxı Шамахи
             Gogoladze გოგოლაძე
             Chalabi Çələbi"
            .lines()
        {
            let spellings: Vec<&str> = row.split_whitespace().collect();
            let keys: Vec<String> = spellings.iter().map(|word| name_key(word)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{spellings:?} {keys:?}");
        }
    }

    #[test]
    fn different_names_keep_apart() {
        for (a, b) in
            [("Aliyev", "Aliyeva"), ("Karimov", "Karimova"), ("Martin", "Marin"), ("Bush", "Busch2"), ("Iran", "Iraq")]
        {
            assert_ne!(name_key(a), name_key(b));
        }
        assert_eq!(name_key("—"), "");
    }

    proptest! {
        #[test]
        fn keys_are_ascii_and_short(word in "\\PC{0,40}") {
            let key = name_key(&word);
            prop_assert!(key.is_ascii());
        }
    }
}
