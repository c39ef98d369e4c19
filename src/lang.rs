//! The language of an article, and the stems of its words.

mod light;
mod own_stems;

use std::borrow::Cow;
use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};
use unicode_normalization::UnicodeNormalization;

use light::{Light, Side};
use own_stems::OwnStems;

use crate::text::hash::mix;
use crate::text::{STOP_LANGUAGES, is_stop_word, stop_languages, words};

/// The version of detection and stems: raised when a text gets another language or a word another stem, be it by a new
/// version of a crate. A test below finds out where that was forgotten.
const VERSION: u64 = 3;

/// The head of the SHA-256 of the tables in `data/stems`; a test below says what it must be.
const DATA: u64 = 0xE0A9_AC91_26C5_97C5;

/// Names the way in which languages are told and words are stemmed. An index that was made under another fingerprint
/// holds other stems than a query asks for.
pub(crate) const fn fingerprint() -> u64 {
    mix(VERSION, DATA)
}

/// The most text that detection reads, in characters.
const SAMPLE: usize = 1_000;
/// So much text, in characters, is enough where it agrees with what the page declares.
const GLANCE: usize = 250;
/// Texts shorter than this, in bytes, speak against a declared language only by their script.
const SHORT: usize = 200;

/// The ISO 639-1 code of the language that `text` is written in, or `None` where that cannot be told.
///
/// `declared` is what the page says of itself (`lang="en-GB"`). It wins unless the text speaks clearly against it:
/// templates often declare the language of the software, not of the article. Scripts that one language uses need no
/// guess, and a text that mixes such a script with Latin words (Japanese news does) is still in that language.
pub fn detect(text: &str, declared: Option<&str>) -> Option<&'static str> {
    let sample = head(text, SAMPLE);
    let declared = declared.and_then(normalise);
    // A script that one language uses needs no guess, and statistics are at their worst there.
    if let Some(code) = by_script(sample) {
        return Some(if code == "zh" && declared == Some("ja") { "ja" } else { code });
    }
    let guessed = |code, sample| whatlang::detect(sample).and_then(|info| from_iso3(info.lang().code())) == Some(code);
    let glance = head(sample, GLANCE);
    // Most pages declare the right language: a look at the first lines confirms it at a tenth of the cost.
    if declared.is_some_and(|code| speaks(code, glance) || guessed(code, glance)) {
        return declared;
    }
    let guess = whatlang::detect(sample);
    // The page is contradicted only by a guess that is near certain.
    let sure = guess.as_ref().is_some_and(|info| info.is_reliable() && info.confidence() > 0.9);
    let clash = guess.as_ref().is_some_and(|info| declared.is_some_and(|code| !writes(code, info.script())));
    let found = guess.and_then(|info| from_iso3(info.lang().code()));
    let long = sample.len() > SHORT;
    match (declared, found) {
        (Some(declared), Some(found)) if declared != found && long && (sure || clash) => Some(found),
        (Some(declared), _) => Some(declared),
        (None, found) if sure || long => found,
        (None, _) => None,
    }
}

/// The language whose stems are tried for a text of which [`detect`] does not say what it is: too short a text, but a wrong
/// guess costs no more than some other forms of its words. `None` for a text that looks like none.
pub(crate) fn guess(text: &str) -> Option<&'static str> {
    let sample = head(text, SAMPLE);
    by_script(sample)
        .or_else(|| by_stop_words(sample))
        .or_else(|| whatlang::detect(sample).and_then(|info| from_iso3(info.lang().code())))
}

/// The language of which most stop words stand in `sample`; of equals the first in the list, so English. In two sentences
/// they tell more than the statistics of letters, which take `a gold medal was lost` for German.
fn by_stop_words(sample: &str) -> Option<&'static str> {
    let mut counts = [0_usize; STOP_LANGUAGES.len()];
    words(sample).for_each_word(|word| {
        let found = stop_languages(word.folded);
        counts.iter_mut().enumerate().for_each(|(at, count)| *count += usize::from(found & (1 << at) != 0));
    });
    let known = STOP_LANGUAGES.iter().zip(counts).filter_map(|(code, count)| Some((normalise(code)?, count)));
    let best = known.filter(|(_, count)| *count > 0).rev().max_by_key(|(_, count)| *count);
    best.map(|(code, _)| code)
}

/// Whether `text` has so many words that only the language `code` writes that no guess is needed, which costs as much
/// as the parse of a small page.
fn speaks(code: &str, text: &str) -> bool {
    const WORDS: [(&str, &[&str]); 4] = [
        ("de", &["und", "nicht", "auf", "eine", "einen", "wurde", "ist", "dass"]),
        ("en", &["the", "of", "and", "with", "was", "that", "from", "this"]),
        ("es", &["los", "las", "el", "y", "con", "por", "su"]),
        ("fr", &["les", "dans", "une", "pour", "est", "qui", "avec", "aux"]),
    ];
    let Some((_, words)) = WORDS.iter().find(|(lang, _)| *lang == code) else { return false };
    text.split_ascii_whitespace().filter(|word| words.contains(word)).count() >= ENOUGH
}

/// Words of its own that tell a language.
const ENOUGH: usize = 4;

/// The first `count` characters of `text`.
fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

/// The language of a text of which at least a quarter is in a script that this language alone uses. Kana makes
/// Chinese characters Japanese.
fn by_script(sample: &str) -> Option<&'static str> {
    if sample.is_ascii() {
        return None;
    }
    let mut counts = [0_usize; SCRIPTS.len()];
    let mut letters = 0;
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        // Latin letters tell no language and are most of a mixed text.
        if c >= '\u{370}'
            && let Some(at) = SCRIPTS.iter().position(|(_, first, last)| (*first..=*last).contains(&c))
        {
            counts[at] += 1;
        }
    }
    let kana = counts[0];
    let (best, count) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    if count * 4 < letters.max(1) {
        return None;
    }
    let code = SCRIPTS[best].0;
    Some(if code == "zh" && kana * 20 > *count { "ja" } else { code })
}

/// Scripts that tell their language, with the characters they span.
const SCRIPTS: [(&str, char, char); 13] = [
    ("ja", '\u{3040}', '\u{30FF}'),
    ("zh", '\u{3400}', '\u{9FFF}'),
    ("ko", '\u{AC00}', '\u{D7AF}'),
    ("el", '\u{370}', '\u{3FF}'),
    ("hy", '\u{530}', '\u{58F}'),
    ("he", '\u{590}', '\u{5FF}'),
    ("ka", '\u{10A0}', '\u{10FF}'),
    ("th", '\u{E00}', '\u{E7F}'),
    ("ta", '\u{B80}', '\u{BFF}'),
    ("te", '\u{C00}', '\u{C7F}'),
    ("kn", '\u{C80}', '\u{CFF}'),
    ("ml", '\u{D00}', '\u{D7F}'),
    ("km", '\u{1780}', '\u{17FF}'),
];

/// The two-letter code at the head of a language tag, when it is one that the index knows.
pub fn normalise(tag: &str) -> Option<&'static str> {
    let head = tag.trim().split(['-', '_', ',', ' ']).next()?.to_ascii_lowercase();
    let head = match head.as_str() {
        "nb" | "nn" => "no",
        "iw" => "he",
        other => other,
    };
    LANGUAGES.iter().find(|(two, three)| head == *two || head == *three).map(|(two, _)| *two)
}

/// The codes of the languages that pages are told apart by, in the order of the alphabet.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|(two, _)| *two)
}

fn from_iso3(code: &str) -> Option<&'static str> {
    let code = match code {
        "cmn" => "zho",
        "pes" => "fas",
        "nob" => "nor",
        "arb" => "ara",
        other => other,
    };
    LANGUAGES.iter().find(|(_, three)| code == *three).map(|(two, _)| *two)
}

/// Whether a text in `script` can be in the language `code`: only Latin or not is told apart, and languages that
/// are written in both count for either.
fn writes(code: &str, script: whatlang::Script) -> bool {
    writes_latin(code, script == whatlang::Script::Latin)
}

/// Whether a folded word can be one of the language `code`, by its first letter.
pub(crate) fn may_be_written_in(code: &str, word: &str) -> bool {
    writes_latin(code, word.starts_with(|c: char| c < '\u{370}'))
}

/// Whether the language `code` is written in Latin letters, or else in others.
fn writes_latin(code: &str, latin: bool) -> bool {
    const BOTH: &str = "az kk ky mn sr uz";
    const OTHER: &str =
        "am ar be bg bn el fa gu he hi hy ja ka km kn ko mk ml mr my ne pa ps ru si ta te th uk ur yi zh";
    BOTH.contains(code) || OTHER.contains(code) != latin
}

/// ISO 639-1 and 639-3 codes of the languages that pages are told apart by.
const LANGUAGES: &[(&str, &str)] = &[
    ("af", "afr"),
    ("am", "amh"),
    ("ar", "ara"),
    ("az", "aze"),
    ("be", "bel"),
    ("bg", "bul"),
    ("bn", "ben"),
    ("ca", "cat"),
    ("cs", "ces"),
    ("cy", "cym"),
    ("da", "dan"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("eo", "epo"),
    ("es", "spa"),
    ("et", "est"),
    ("eu", "eus"),
    ("fa", "fas"),
    ("fi", "fin"),
    ("fr", "fra"),
    ("ga", "gle"),
    ("gl", "glg"),
    ("gu", "guj"),
    ("he", "heb"),
    ("hi", "hin"),
    ("hr", "hrv"),
    ("hu", "hun"),
    ("hy", "hye"),
    ("id", "ind"),
    ("is", "isl"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ka", "kat"),
    ("kk", "kaz"),
    ("km", "khm"),
    ("kn", "kan"),
    ("ko", "kor"),
    ("ky", "kir"),
    ("la", "lat"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("mk", "mkd"),
    ("ml", "mal"),
    ("mn", "mon"),
    ("mr", "mar"),
    ("ms", "msa"),
    ("my", "mya"),
    ("ne", "nep"),
    ("nl", "nld"),
    ("no", "nor"),
    ("pa", "pan"),
    ("pl", "pol"),
    ("ps", "pus"),
    ("pt", "por"),
    ("ro", "ron"),
    ("ru", "rus"),
    ("si", "sin"),
    ("sk", "slk"),
    ("sl", "slv"),
    ("sq", "sqi"),
    ("sr", "srp"),
    ("sv", "swe"),
    ("sw", "swa"),
    ("ta", "tam"),
    ("te", "tel"),
    ("th", "tha"),
    ("tl", "tgl"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("ur", "urd"),
    ("uz", "uzb"),
    ("vi", "vie"),
    ("yi", "yid"),
    ("zh", "zho"),
    ("zu", "zul"),
];

/// The stemmer of one language: Snowball's, or a light one of ours.
#[derive(Clone, Copy)]
pub(crate) enum Stemmer {
    Snowball(frostem::Stemmer, &'static OwnStems),
    Light(&'static Light),
}

impl Stemmer {
    /// The stemmer of `lang`, an ISO 639-1 code; `None` for languages without one.
    pub(crate) fn of(lang: &str) -> Option<Stemmer> {
        let snowball = frostem::Stemmer::try_from_name(lang).ok();
        let snowball = snowball.map(|stemmer| Stemmer::Snowball(stemmer, own_stems::of(lang)));
        snowball.or_else(|| Light::of(lang).map(Stemmer::Light))
    }

    /// The stem of a folded word; borrowed where it is the word itself.
    ///
    /// Words are folded before they are stemmed, in the index and in the query alike, so that a word typed without
    /// its accents meets the same stem; suffix rules that ask for an accent do not fire.
    pub(crate) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match self {
            Stemmer::Snowball(_, own) if own.contains_key(word) => {
                Cow::Borrowed(own.get(word).map_or(word, |stem| &**stem))
            }
            // Folding keeps what Indian and Armenian readers write one way or the other.
            Stemmer::Snowball(stemmer, _) => match spelled_alike(word) {
                Cow::Borrowed(word) => stemmer.stem(word),
                Cow::Owned(word) => Cow::Owned(stemmer.stem(&word).into_owned()),
            },
            Stemmer::Light(table) => table.bases(word, Side::Query).pop().map_or(Cow::Borrowed(word), Cow::Owned),
        }
    }

    /// The stems by which the forms of a folded word are looked up.
    pub(crate) fn asked(&self, word: &str) -> Vec<String> {
        match self {
            Stemmer::Snowball(..) => vec![self.stem(word).into_owned()],
            Stemmer::Light(table) => table.bases(word, Side::Query),
        }
    }

    /// The stems under which a folded word of a text is found, with tabs between.
    pub(crate) fn found_under<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match self {
            Stemmer::Snowball(..) => self.stem(word),
            Stemmer::Light(table) => Cow::Owned(table.bases(word, Side::Text).join("\t")),
        }
    }
}

/// The word as it is without what its readers leave out or write otherwise: the dots below Indian letters that stand for
/// sounds of Persian (`ज़`), a nasal as a letter of its own (`हिन्दी`, `हिंदी`), the Armenian ligature of `եւ`.
fn spelled_alike(word: &str) -> Cow<'_, str> {
    const NASALS: [&str; 5] = ["ङ\u{94D}", "ञ\u{94D}", "ण\u{94D}", "न\u{94D}", "म\u{94D}"];
    // Nearly every word of the other languages.
    if !word.starts_with(|c| matches!(c, '\u{530}'..='\u{58F}' | '\u{900}'..='\u{A7F}')) {
        return Cow::Borrowed(word);
    }
    let plain: String = word.nfd().filter(|c| !matches!(c, '\u{93C}' | '\u{A3C}')).collect();
    let plain = plain.replace('\u{587}', "եւ").replace('\u{901}', "\u{902}");
    Cow::Owned(NASALS.iter().fold(plain, |word, nasal| word.replace(nasal, "\u{902}")))
}

/// The stems of words seen before. Stemming a word takes longer than looking it up, and few words make up most of
/// a text.
#[derive(Default)]
pub(crate) struct StemCache {
    known: FxHashMap<&'static str, KnownStems>,
}

/// The words of one language and their stems. All letters lie in one string, a stem behind its word, since what a look-up
/// costs is the memory that it has to wait for.
#[derive(Default)]
struct KnownStems {
    letters: String,
    places: HashTable<KnownStem>,
}

/// Where a word and its stem lie in the letters.
#[derive(Clone, Copy)]
struct KnownStem {
    /// The low half of the word's hash: different words are told apart without a look at their letters.
    hash: u32,
    word: u32,
    stem: u32,
    end: u32,
}

impl KnownStems {
    /// The stem of `word`; `stem` makes it where the word is new.
    fn of(&mut self, word: &str, stem: impl FnOnce(&mut String)) -> &str {
        let KnownStems { letters, places } = self;
        let hash = FxBuildHasher.hash_one(word);
        let is_word =
            |known: &KnownStem| known.hash == hash as u32 && letters[known.word as usize..known.stem as usize] == *word;
        let found = match places.find(hash, is_word) {
            Some(found) => *found,
            None => {
                let start = letters.len();
                letters.push_str(word);
                let middle = letters.len();
                stem(letters);
                let known =
                    KnownStem { hash: hash as u32, word: start as u32, stem: middle as u32, end: letters.len() as u32 };
                let letters = &*letters;
                let rehash =
                    |known: &KnownStem| FxBuildHasher.hash_one(&letters[known.word as usize..known.stem as usize]);
                places.insert_unique(hash, known, rehash);
                known
            }
        };
        &self.letters[found.stem as usize..found.end as usize]
    }
}

impl StemCache {
    /// Bytes of words and stems that are remembered before the memory is cleared.
    // A hundred thousand words and their stems, more than a run of one language meets often.
    const MAX_BYTES: usize = 2 << 20;

    /// Calls `each` with every one of the folded `words` of the language `lang` and its stem, which is empty for stop
    /// words; not at all for languages without a stemmer.
    pub(crate) fn stem_all<'w>(
        &mut self,
        lang: &str,
        words: impl Iterator<Item = &'w str>,
        mut each: impl FnMut(&str, &str),
    ) {
        let Some((code, stemmer)) = normalise(lang).and_then(|code| Some((code, Stemmer::of(code)?))) else { return };
        // All at once: to forget single words would cost more than to stem them again.
        if self.known.values().map(|known| known.letters.len()).sum::<usize>() > StemCache::MAX_BYTES {
            *self = StemCache::default();
        }
        let known = self.known.entry(code).or_default();
        for word in words {
            // Stop words are half of a text, and nobody asks for their forms.
            let stem = known.of(word, |out| {
                if !is_stop_word(code, word) {
                    out.push_str(&stemmer.found_under(word));
                }
            });
            each(word, stem);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::text::tests::golden::{Golden, articles, check, data_digest};

    #[test]
    fn the_page_is_believed_unless_the_text_is_clear() {
        let russian = "Президент подписал указ об учреждении медали за освобождение района. ".repeat(8);
        assert_eq!(detect(&russian, Some("en-US")), Some("ru"));
        assert_eq!(detect("Baku", Some("az")), Some("az"));
        assert_eq!(detect("", None), None);
        let japanese =
            "2018年を代表する10のオープンソースプロジェクトを紹介。Visual Studio Code is an editor by Microsoft. ";
        assert_eq!(detect(&japanese.repeat(5), Some("ja")), Some("ja"));
        assert_eq!(detect("新闻报道说今天下雨", Some("en")), Some("zh"));
        assert_eq!(detect("Τα νέα της ημέρας", None), Some("el"));
    }

    #[test]
    fn a_short_text_is_guessed_at() {
        for (text, expected) in [
            ("A gold medal and a silver medal were lost that day.", Some("en")),
            ("Приморская улица закрыта для машин", Some("ru")),
            ("新闻", Some("zh")),
            ("", None),
            ("2020", None),
        ] {
            assert_eq!(guess(text), expected, "{text}");
        }
    }

    #[test]
    fn tags_become_two_letters() {
        assert_eq!(normalise("en-GB"), Some("en"));
        assert_eq!(normalise("nb_NO"), Some("no"));
        assert_eq!(normalise("xx"), None);
    }

    const GOLDEN: Golden = Golden { version: 3, input: 0x2A6D_7B65_8815_D058, output: 0xCF5C_9FFF_8E4A_5B4E };

    #[test]
    fn the_digest_is_that_of_the_data() {
        let now = data_digest(&["stems/endings.txt", "stems/own.txt"]);
        assert_eq!(DATA, now, "the data changed: put {now:#018x} into DATA");
    }

    #[test]
    fn other_languages_and_stems_have_another_version() {
        let (mut input, mut output) = (String::new(), String::new());
        for article in articles() {
            let declared = article.lang.as_deref();
            let _ = writeln!(input, "{declared:?} {}", article.body);
            let found = detect(&article.body, None);
            let _ = writeln!(output, "{found:?} {:?}", detect(&article.body, declared));
            let Some(stemmer) = found.and_then(Stemmer::of) else { continue };
            words(&article.body).for_each_word(|word| output += &stemmer.found_under(word.folded));
        }
        check(GOLDEN, VERSION, &input, &output);
    }

    #[test]
    fn words_of_one_family_share_a_stem() {
        let english = Stemmer::of("en").expect("English has a stemmer");
        assert_eq!(english.stem("medals"), "medal");
        assert!(Stemmer::of("sw").is_none());
        let mut stems = String::new();
        let mut cache = StemCache::default();
        for lang in ["en", "sw", "en-GB"] {
            cache.stem_all(lang, ["medals", "medal", "medals"].into_iter(), |_, stem| stems += stem);
        }
        assert_eq!(stems, "medal".repeat(6));
        cache.stem_all("en", ["these"].into_iter(), |_, stem| assert_eq!(stem, "", "a stop word"));
    }

    #[test]
    fn spellings_of_one_word_share_a_stem() {
        for (lang, one, other) in
            [("hi", "ज़मीन", "जमीन"), ("hi", "हिन्दी", "हिंदी"), ("hi", "चाँद", "चांद"), ("hy", "Երևանում", "Երեւանում")]
        {
            let stemmer = Stemmer::of(lang).expect("a stemmer");
            let (one, other) = (crate::text::fold(one), crate::text::fold(other));
            assert_eq!(stemmer.stem(&one), stemmer.stem(&other), "{lang}");
        }
    }

    #[test]
    fn languages_are_told_by_their_words() {
        // Each is said four times, so that it is long enough to be believed.
        crate::text::tests::table(
            "The council met on Tuesday and agreed that the road would be closed for repairs. ==> en
             Der Stadtrat hat am Dienstag beschlossen, die Straße für Reparaturen zu sperren. ==> de
             Le conseil municipal a décidé mardi de fermer la route pour des réparations. ==> fr
             El ayuntamiento decidió el martes cerrar la carretera para hacer reparaciones. ==> es
             Il consiglio comunale ha deciso martedì di chiudere la strada per riparazioni. ==> it
             A câmara municipal decidiu na terça-feira fechar a estrada para obras de reparação. ==> pt
             De gemeenteraad heeft dinsdag besloten de weg voor herstelwerkzaamheden af te sluiten. ==> nl
             Rada miasta postanowiła we wtorek zamknąć drogę z powodu naprawy nawierzchni. ==> pl
             Belediye meclisi salı günü yolun onarım için kapatılmasına karar verdi. ==> tr
             Şəhər şurası çərşənbə axşamı yolun təmir üçün bağlanması barədə qərar qəbul etdi. ==> az
             Городской совет решил во вторник закрыть дорогу на время ремонта покрытия. ==> ru
             Міська рада вирішила у вівторок закрити дорогу на час ремонту покриття. ==> uk
             Το δημοτικό συμβούλιο αποφάσισε την Τρίτη να κλείσει τον δρόμο για επισκευές. ==> el
             საკრებულომ სამშაბათს გადაწყვიტა გზის დახურვა შეკეთების გამო. ==> ka
             Քաղաքային խորհուրդը երեքշաբթի որոշեց փակել ճանապարհը վերանորոգման համար։ ==> hy
             מועצת העיר החליטה ביום שלישי לסגור את הכביש לצורך תיקונים. ==> he
             市议会星期二决定因维修关闭道路。 ==> zh
             市議会は火曜日に道路を修理のため閉鎖することを決めた。 ==> ja
             시의회는 화요일에 보수를 위해 도로를 폐쇄하기로 결정했다. ==> ko
             สภาเมืองตัดสินใจปิดถนนเพื่อซ่อมแซมในวันอังคาร ==> th
             नगर परिषद ने मंगलवार को मरम्मत के लिए सड़क बंद करने का फैसला किया। ==> hi",
            |text| detect(&format!("{text} ").repeat(4), None).unwrap_or("none").to_owned(),
        );
    }

    #[test]
    fn what_a_page_declares_is_believed_within_reason() {
        let english = "The council met on Tuesday and agreed that the road would be closed for repairs. ".repeat(4);
        for (text, declared, expected) in [
            (english.as_str(), Some("en"), Some("en")),
            (&english, Some("en-US"), Some("en")),
            (&english, Some("de"), Some("en")),
            (&english, Some("xx"), Some("en")),
            (&english, None, Some("en")),
            ("Baku 2020", Some("az-AZ"), Some("az")),
            ("Baku 2020", None, None),
            ("12345", Some("fr"), Some("fr")),
            ("", Some("tr"), Some("tr")),
        ] {
            assert_eq!(detect(text, declared), expected, "{declared:?} {text}");
        }
    }

    #[test]
    fn tags_of_all_sorts_become_codes() {
        crate::text::tests::table(
            "en ==> en
             EN ==> en
             en-GB ==> en
             en_US ==> en
             eng ==> en
             deu ==> de
             aze ==> az
             az-Latn-AZ ==> az
             nb ==> no
             nn-NO ==> no
             iw ==> he
             zh-Hant ==> zh
             ru, en ==> ru
             xx ==> none
             english ==> none",
            |tag| normalise(tag).unwrap_or("none").to_owned(),
        );
    }

    #[test]
    fn stems_join_the_forms_of_a_word() {
        for (lang, words) in [
            ("en", &["report", "reports", "reported", "reporting"][..]),
            ("de", &["bericht", "berichte", "berichten"]),
            ("fr", &["route", "routes"]),
            ("es", &["carretera", "carreteras"]),
            ("ru", &["дорога", "дороги", "дорогу"]),
        ] {
            let stemmer = Stemmer::of(lang).expect("a stemmer");
            let stems: Vec<String> = words.iter().map(|word| stemmer.stem(word).into_owned()).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{lang}: {stems:?}");
        }
    }
}
