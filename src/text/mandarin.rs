//! Chinese names in Pinyin and in the older spelling of Wade and Giles: Mao Zedong is Mao Tse-tung.
//!
//! Both write the same syllables. Print leaves out the apostrophes of Wade-Giles, so one of its syllables may be two of
//! Pinyin (`tung` is `dong` or `tong`), and all ways to read a name are given: an archive holds the right one.

/// First sounds in Pinyin and in Wade-Giles without apostrophes, longest first.
const INITIALS: [(&str, &str); 22] = [
    ("zh", "ch"),
    ("ch", "ch"),
    ("sh", "sh"),
    ("b", "p"),
    ("p", "p"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t"),
    ("t", "t"),
    ("n", "n"),
    ("l", "l"),
    ("g", "k"),
    ("k", "k"),
    ("h", "h"),
    ("j", "ch"),
    ("q", "ch"),
    ("x", "hs"),
    ("r", "j"),
    ("z", "ts"),
    ("c", "ts"),
    ("s", "s"),
    ("", ""),
];

/// The rest of a syllable in Pinyin and in Wade-Giles.
const FINALS: [(&str, &str); 36] = [
    ("a", "a"),
    ("ai", "ai"),
    ("an", "an"),
    ("ang", "ang"),
    ("ao", "ao"),
    ("e", "e"),
    ("ei", "ei"),
    ("en", "en"),
    ("eng", "eng"),
    ("i", "i"),
    ("ia", "ia"),
    ("ian", "ien"),
    ("iang", "iang"),
    ("iao", "iao"),
    ("ie", "ieh"),
    ("in", "in"),
    ("ing", "ing"),
    ("iong", "iung"),
    ("iu", "iu"),
    ("ong", "ung"),
    ("ou", "ou"),
    ("u", "u"),
    ("ua", "ua"),
    ("uai", "uai"),
    ("uan", "uan"),
    ("uang", "uang"),
    ("ue", "ueh"),
    ("ui", "ui"),
    ("un", "un"),
    ("uo", "o"),
    ("ya", "ya"),
    ("yan", "yen"),
    ("yang", "yang"),
    ("you", "yu"),
    ("wei", "wei"),
    ("wen", "wen"),
];

/// Syllables that are no sum of the two.
const WHOLE: [(&str, &str); 12] = [
    ("ze", "tse"),
    ("si", "ssu"),
    ("zi", "tzu"),
    ("ci", "tzu"),
    ("zhi", "chih"),
    ("chi", "chih"),
    ("shi", "shih"),
    ("ri", "jih"),
    ("ge", "ko"),
    ("he", "ho"),
    ("ke", "ko"),
    ("yi", "i"),
];

/// Syllables of a full name that is read so: a surname and two more.
const SYLLABLES: usize = 3;
/// Letters of the longest syllable (`zhuang`, `chuang`).
const LONGEST: usize = 6;

/// The other spellings of a full Chinese name, given as folded words, with blanks between the words; none for other
/// names. At most one for each way to read it.
pub(crate) fn mandarin_names(folded: &[String]) -> Vec<String> {
    let syllables = syllables();
    let whole = |words: &[String]| words.iter().all(|word| syllables.iter().any(|(_, giles)| giles == word));
    // Pinyin joins the given name, Wade-Giles has a hyphen in it, which is no part of a word.
    if let [surname, given] = folded {
        let cuts =
            (1..given.len().min(LONGEST + 1)).filter_map(|cut| Some([surname, given.get(..cut)?, given.get(cut..)?]));
        let giles =
            cuts.filter_map(|parts| parts.iter().map(|part| giles_of(part, &syllables)).collect::<Option<Vec<_>>>());
        return giles.map(|parts| parts.join(" ")).collect();
    }
    if folded.len() != SYLLABLES || !whole(folded) {
        return Vec::new();
    }
    let pinyin = |giles: &String| {
        let fits = syllables.iter().filter(|(_, other)| other == giles).map(|(pinyin, _)| pinyin.clone());
        fits.collect::<Vec<String>>()
    };
    let [first, second, third] = [&folded[0], &folded[1], &folded[2]].map(pinyin);
    let given = || second.iter().flat_map(|second| third.iter().map(move |third| format!("{second}{third}")));
    first.iter().flat_map(|surname| given().map(move |given| format!("{surname} {given}"))).collect()
}

fn giles_of(pinyin: &str, syllables: &[(String, String)]) -> Option<String> {
    syllables.iter().find(|(other, _)| other == pinyin).map(|(_, giles)| giles.clone())
}

/// All syllables in both spellings, and some that the language does not have, which no name holds.
fn syllables() -> Vec<(String, String)> {
    let whole = WHOLE.iter().map(|(pinyin, giles)| ((*pinyin).to_owned(), (*giles).to_owned()));
    let sum = |(a, x): &(&str, &str), (b, y): &(&str, &str)| (format!("{a}{b}"), format!("{x}{y}"));
    let sums = INITIALS.iter().flat_map(|initial| FINALS.iter().map(move |rest| sum(initial, rest)));
    let mut known = std::collections::HashSet::new();
    whole.chain(sums).filter(|(pinyin, _)| known.insert(pinyin.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_a_spelling_in_the_other_system() {
        for (name, other) in [
            ("mao zedong", "mao tse tung"),
            ("deng xiaoping", "teng hsiao ping"),
            ("zhou enlai", "chou en lai"),
            ("lin biao", ""),
            ("john smith", ""),
            ("anna maria rossi", ""),
        ] {
            let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
            let found = mandarin_names(&words(name));
            assert_eq!(found.iter().any(|found| found == other), !other.is_empty(), "{name}: {found:?}");
            if !other.is_empty() {
                let back = mandarin_names(&words(other));
                assert!(back.iter().any(|found| found == name), "{other}: {back:?}");
            }
        }
    }
}
