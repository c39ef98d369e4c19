//! What decides the annotations of a text beside the text itself, as one number.

use crate::text::hash::mix;

/// The version of the rules: raised when the same text gives other annotations. A test below finds out where that was
/// forgotten.
const VERSION: u64 = 11;
/// The head of the SHA-256 of the files under `data/` that annotation reads; a test below says what it must be. (The
/// files are embedded, but nearly forty megabytes are too many to be hashed by every process.)
const DATA: u64 = 0x16B3_757A_836B_41CC;

/// Names the rules and the data of today. An index that was made under another fingerprint is annotated again. The
/// words and dates on which annotation rests have fingerprints of their own.
pub(crate) const fn fingerprint() -> u64 {
    mix(VERSION, DATA)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::annotate::{ArticleContext, annotate};
    use crate::date::Stamp;
    use crate::text::tests::golden::{Golden, articles, check, data_digest};

    const GOLDEN: Golden = Golden { version: 11, input: 0xEEAD_B9A4_8775_36AC, output: 0xEA21_8371_294F_F68B };

    #[test]
    fn the_digest_is_that_of_the_data() {
        let now = data_digest(&[
            "dates/holidays.tsv",
            "dates/phrases.tsv",
            "dates/words.txt",
            "gazetteer/keys.fst",
            "gazetteer/lists.bin",
            "gazetteer/names.txt",
            "gazetteer/places.bin",
            "names/cues.txt",
            "names/endings.txt",
            "names/lexicon.bin",
            "names/ordinary.txt",
            "names/states.tsv",
            "tagger/de-nouns.bin",
            "tagger/de.bin",
            "tagger/en.bin",
            "tagger/fr.bin",
            "tagger/hu.bin",
            "tagger/nl.bin",
            "tagger/nordic.bin",
            "tagger/pt.bin",
            "tagger/ro.bin",
            "tagger/ru.bin",
            "tagger/slavic.bin",
            "tagger/tr.bin",
        ]);
        assert_eq!(DATA, now, "the data changed: put {now:#018x} into DATA");
    }

    #[test]
    fn other_annotations_have_another_version() {
        let (mut input, mut output) = (String::new(), String::new());
        for article in articles() {
            let published = article.published.as_deref();
            let lang = article.lang.as_deref();
            let _ = writeln!(input, "{lang:?} {published:?} {}\n{}", article.title, article.body);
            let published = published.and_then(Stamp::parse_iso);
            let found = annotate(&article.body, ArticleContext { title: &article.title, published, lang, own: None });
            for mention in &found.mentions {
                // Two decimals: the last bits of a logarithm are the platform's.
                let sure = mention.confidence;
                let _ = writeln!(output, "{:?} {:?} {sure:.2} {}", mention.span, mention.value, mention.rule);
            }
            let places: Vec<(u32, &str)> = found.places.iter().map(|place| (place.id, place.name.as_str())).collect();
            let _ = writeln!(output, "{places:?} {:?} {:?}", found.people, found.headline);
        }
        check(GOLDEN, VERSION, &input, &output);
    }
}
