//! The English words that the grammar knows, by folded form.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::partial::{Feast, Rel, Unit};
use crate::date::filter::WordFilter;
use crate::date::{calendar, names};

/// What a word can be in a time expression, or beside one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lex {
    /// A word that says nothing about time.
    None,
    The,
    A,
    Of,
    And,
    /// `to`, `until`, `through`: between the ends of a range.
    To,
    /// A preposition that a date may follow.
    In,
    /// `about`, `over`, `nearly`: before an amount.
    Approx,
    /// A cardinal number up to ninety.
    Card(u8),
    Hundred,
    /// An ordinal number up to ninety.
    Ord(u8),
    /// An amount without a number: `several`.
    Vague,
    Few,
    Couple,
    Unit(Unit),
    Units(Unit),
    /// 0 is winter.
    Season(i8),
    /// A part of the day.
    Part,
    /// `early`, `late`, `mid`.
    Mod,
    /// `start`, `end`, `middle` (of something).
    Edge,
    Rel(Rel),
    Same,
    Ago,
    Earlier,
    Later,
    After,
    Today(i8),
    Tonight,
    Each,
    /// `daily`, with its TIMEX3 set.
    Regular(Unit),
    Decade(u8),
    Half,
    Fiscal,
    /// `Q` and `H` before the number of a quarter or half year.
    Nth,
    Bc,
    Ad,
    /// Christmas and other days with a name; the first word of their names.
    Feast(Feast),
    /// Before a number that is a name: `Resolution 1483`.
    Label,
    /// After a number that counts: `1990 votes`.
    Counted,
    /// The last word of a street: `1355 Inwood Terrace`.
    Street,
    /// `his 90s`, `aged 30`.
    Whose,
    /// Of a verb in the future.
    Future,
    /// Of a verb in the past.
    Past,
    /// May follow a month that is a name or a verb: `May be`, `March on`.
    Verb,
    /// Before a name: `Mr`, `Theresa`.
    Title,
    More,
    Old,
    Eve,
    Per,
}

const WORDS: &[(Lex, &str)] = &[
    (Lex::The, "the"),
    (Lex::A, "a an another"),
    (Lex::Of, "of"),
    (Lex::And, "and or"),
    (Lex::To, "to until till through thru"),
    (Lex::In, "in on at by since from during between before"),
    (
        Lex::Approx,
        "about nearly almost over around roughly approximately circa ca exactly only just barely some less fewer",
    ),
    (Lex::Hundred, "hundred"),
    (Lex::Vague, "several many various numerous recent"),
    (Lex::Few, "few"),
    (Lex::Couple, "couple dozen"),
    (Lex::Unit(Unit::Second), ""),
    (Lex::Unit(Unit::Minute), "minute"),
    (Lex::Unit(Unit::Hour), "hour"),
    (Lex::Unit(Unit::Day), "day"),
    (Lex::Unit(Unit::Week), "week"),
    (Lex::Unit(Unit::Weekend), "weekend"),
    (Lex::Unit(Unit::Fortnight), "fortnight"),
    (Lex::Unit(Unit::Month), "month"),
    (Lex::Unit(Unit::Quarter), "quarter"),
    (Lex::Unit(Unit::Year), "year yr"),
    (Lex::Unit(Unit::Decade), "decade"),
    (Lex::Unit(Unit::Century), "century"),
    (Lex::Units(Unit::Second), "seconds"),
    (Lex::Units(Unit::Minute), "minutes mins"),
    (Lex::Units(Unit::Hour), "hours hrs"),
    (Lex::Units(Unit::Day), "days"),
    (Lex::Units(Unit::Week), "weeks"),
    (Lex::Units(Unit::Weekend), "weekends"),
    (Lex::Units(Unit::Fortnight), "fortnights"),
    (Lex::Units(Unit::Month), "months"),
    (Lex::Units(Unit::Quarter), "quarters"),
    (Lex::Units(Unit::Year), "years yrs"),
    (Lex::Units(Unit::Decade), "decades"),
    (Lex::Units(Unit::Century), "centuries"),
    (Lex::Season(0), "winter"),
    (Lex::Season(1), "spring springtime"),
    (Lex::Season(2), "summer summertime"),
    (Lex::Season(3), "autumn fall"),
    (Lex::Part, "morning afternoon evening night noon midnight dawn dusk"),
    (Lex::Mod, "early late mid"),
    (Lex::Edge, "start beginning end middle close turn outset"),
    (Lex::Rel(Rel::Last), "last past"),
    (Lex::Rel(Rel::Next), "next coming upcoming"),
    (Lex::Rel(Rel::This), "this current"),
    (Lex::Rel(Rel::That), "that"),
    (Lex::Rel(Rel::Previous), "previous preceding prior"),
    (Lex::Rel(Rel::Following), "following ensuing"),
    (Lex::Same, "same"),
    (Lex::Ago, "ago"),
    (Lex::Earlier, "earlier previously"),
    (Lex::Later, "later afterwards"),
    (Lex::After, "after"),
    (Lex::Today(0), "today"),
    (Lex::Today(-1), "yesterday"),
    (Lex::Today(1), "tomorrow"),
    (Lex::Tonight, "tonight"),
    (Lex::Each, "every each"),
    (Lex::Regular(Unit::Hour), "hourly"),
    (Lex::Regular(Unit::Day), "daily nightly"),
    (Lex::Regular(Unit::Week), "weekly"),
    (Lex::Regular(Unit::Month), "monthly"),
    (Lex::Regular(Unit::Quarter), "quarterly"),
    (Lex::Regular(Unit::Year), "yearly annually"),
    (Lex::Decade(20), "twenties"),
    (Lex::Decade(30), "thirties"),
    (Lex::Decade(40), "forties"),
    (Lex::Decade(50), "fifties"),
    (Lex::Decade(60), "sixties"),
    (Lex::Decade(70), "seventies"),
    (Lex::Decade(80), "eighties"),
    (Lex::Decade(90), "nineties"),
    (Lex::Half, "half"),
    (Lex::Fiscal, "fiscal"),
    (Lex::Bc, "bc bce"),
    (Lex::Ad, "ad ce"),
    (Lex::Feast(Feast::Christmas), "christmas xmas"),
    (Lex::Feast(Feast::NewYear), "new"),
    (Lex::Feast(Feast::Easter), "easter"),
    (Lex::Feast(Feast::Halloween), "halloween"),
    (Lex::Feast(Feast::Thanksgiving), "thanksgiving"),
    (Lex::Feast(Feast::Valentine), "valentine"),
    (Lex::Feast(Feast::Boxing), "boxing"),
    (Lex::Feast(Feast::GoodFriday), "good"),
    (
        Lex::Feast(Feast::Named(u16::MAX)),
        "ash palm maundy ascension whit pentecost epiphany all martin presidents memorial labor columbus juneteenth veterans \
         armistice bastille international patrick burns bonfire guy anzac canada groundhog \
         shrove black cyber orthodox eid ashura passover rosh yom purim hanukkah chanukah shavuot sukkot nowruz chinese lunar",
    ),
    (Lex::Nth, "q h"),
    (
        Lex::Label,
        "resolution rule act no nos number room flight highway route page pp law decree order article section bus train \
         box chapter line item case level version model windows file channel code id directive regulation paragraph at&t \
         suite apt unit building hotel gate seat size fig figure table tel phone fax ext isbn issn pmid doi",
    ),
    (
        Lex::Counted,
        "people percent men women troops soldiers miles feet foot shares points tons tonnes million billion thousand \
         dollars euros pounds francs rubles roubles manats lira yen yuan rupees crowns kronor meters metres aircraft tanks dead killed prisoners casualties workers jobs homes houses \
         kilometers kilometres km kg cm mm m ft hectares acres votes seats students children families vehicles ships \
         guns words pages copies calories degrees mph kmh watts volts mb gb mhz rpm lbs pairs times members employees \
         pixels dots cc rpm hp horsepower bytes rows columns refugees residents inhabitants participants schoolchildren patients victims civilians rounds shells",
    ),
    (
        Lex::Street,
        "street avenue ave road rd boulevard blvd lane drive dr terrace square plaza court place parkway highway st \
         strasse way row crescent",
    ),
    (Lex::Whose, "his her their my your our aged age ages"),
    (
        Lex::Future,
        "will shall would ll going expected scheduled planned due plans expects set upcoming deadline must should \
         hopes intends tomorrow",
    ),
    (
        Lex::Past,
        "was were had did said told came went made took held began won lost met left became saw got ran sold rose fell gave \
         kept brought sent built grew spoke knew thought wrote stood heard shot drew bought paid found led fled flew drove",
    ),
    (Lex::Verb, "be have not also well never still yet seem need only"),
    (Lex::Title, "mr mrs ms dr lord lady sir dame prof theresa brian elaine james aunt miss"),
    (Lex::More, "more full consecutive straight additional whole further long"),
    (Lex::Old, "old"),
    (Lex::Per, "per"),
    (Lex::Eve, "eve"),
];

const CARDINALS: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
                         sixteen seventeen eighteen nineteen twenty";
const ORDINALS: &str = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth \
                        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth";
const TENS: &[(u8, &str, &str)] = &[
    (30, "thirty", "thirtieth"),
    (40, "forty", "fortieth"),
    (50, "fifty", "fiftieth"),
    (60, "sixty", "sixtieth"),
    (70, "seventy", "seventieth"),
    (80, "eighty", "eightieth"),
    (90, "ninety", "ninetieth"),
];

#[derive(Debug, Default)]
struct Lexicon {
    numbers: FxHashMap<&'static str, u16>,
    meanings: Vec<Lex>,
}

impl Lexicon {
    fn add(&mut self, word: &'static str, lex: Lex) {
        self.meanings.push(lex);
        // The first entry of a word wins: `second` is the ordinal, so the unit has no row.
        self.numbers.entry(word).or_insert(self.meanings.len() as u16);
    }
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut lexicon = Lexicon::default();
        for (lex, words) in WORDS {
            words.split_whitespace().for_each(|word| lexicon.add(word, *lex));
        }
        for (n, word) in (0..).zip(CARDINALS.split_whitespace()) {
            lexicon.add(word, Lex::Card(n));
        }
        // `the latter half`
        lexicon.add("latter", Lex::Ord(2));
        for (n, word) in (0..).zip(ORDINALS.split_whitespace()) {
            lexicon.add(word, Lex::Ord(n));
        }
        for (n, cardinal, ordinal) in TENS {
            lexicon.add(cardinal, Lex::Card(*n));
            lexicon.add(ordinal, Lex::Ord(*n));
        }
        lexicon
    })
}

/// The words that mean something in a text that is English for sure: what other languages call a month does not.
pub(super) fn english_words() -> &'static WordFilter {
    static WORDS: OnceLock<WordFilter> = OnceLock::new();
    WORDS.get_or_init(|| WordFilter::of(names::all(Some("en")).chain(calendar::all()).chain(own_words())))
}

/// The words that mean something in a text that may be English.
pub(super) fn known_words() -> &'static WordFilter {
    static WORDS: OnceLock<WordFilter> = OnceLock::new();
    WORDS.get_or_init(|| WordFilter::of(names::all(None).chain(calendar::all()).chain(own_words())))
}

fn own_words() -> impl Iterator<Item = &'static str> {
    lexicon().numbers.keys().copied()
}

/// The number of a folded word for [`meaning`]; 0 for a word that is not listed.
pub(super) fn number(folded: &str) -> u16 {
    lexicon().numbers.get(folded).copied().unwrap_or(0)
}

/// What the word with this number means.
pub(super) fn meaning(number: u16) -> Lex {
    usize::from(number).checked_sub(1).and_then(|at| lexicon().meanings.get(at)).copied().unwrap_or(Lex::None)
}
