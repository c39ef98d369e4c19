//! The models that are part of the program, by the languages whose texts they read.

use std::sync::OnceLock;

use super::model::Model;
use super::nouns::Nouns;

/// One file of weights and the languages (ISO 639-1) that it reads, those that it was trained on and their neighbours.
/// `data/tagger/README.md` has a card for each.
type File = (&'static [&'static str], &'static [&'static str], &'static [u8]);

// German has weights too (`de.bin`), which wait for a quicker reader: they took annotation over its ceiling.
static FILES: [File; 10] = [
    (&["en"], &[], include_bytes!("../../../data/tagger/en.bin")),
    (&["fr"], &[], include_bytes!("../../../data/tagger/fr.bin")),
    (&["hu"], &[], include_bytes!("../../../data/tagger/hu.bin")),
    (&["nl"], &[], include_bytes!("../../../data/tagger/nl.bin")),
    (&["da", "no", "sv"], &[], include_bytes!("../../../data/tagger/nordic.bin")),
    (&["pt"], &["es"], include_bytes!("../../../data/tagger/pt.bin")),
    (&["ro"], &[], include_bytes!("../../../data/tagger/ro.bin")),
    (&["ru"], &[], include_bytes!("../../../data/tagger/ru.bin")),
    (&["hr"], &["bs", "cs", "pl", "sk", "sl", "sr", "uk"], include_bytes!("../../../data/tagger/slavic.bin")),
    (&["tr"], &["az"], include_bytes!("../../../data/tagger/tr.bin")),
];

/// The filter for German, the only language of ours whose nouns have capitals.
pub(super) fn nouns() -> Option<&'static Nouns> {
    static NOUNS: OnceLock<Option<Nouns>> = OnceLock::new();
    NOUNS.get_or_init(|| Nouns::read(include_bytes!("../../../data/tagger/de-nouns.bin"))).as_ref()
}

/// The model for texts in `lang`, and whether it was trained on that language; `None` where there is none. A file is touched
/// when the first text of its language comes.
pub(super) fn for_language(lang: Option<&str>) -> Option<(&'static Model, bool)> {
    static MODELS: [OnceLock<Option<Model>>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    // A text of unknown language is most often English, and its rules take it for that.
    let lang = lang.unwrap_or("en");
    let at = FILES.iter().position(|(own, near, _)| own.contains(&lang) || near.contains(&lang))?;
    let model = MODELS[at].get_or_init(|| Model::read(FILES[at].2)).as_ref()?;
    Some((model, FILES[at].0.contains(&lang)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_model_and_no_language_has_two() {
        let mut all: Vec<&str> = FILES.iter().flat_map(|(own, near, _)| own.iter().chain(*near).copied()).collect();
        for lang in &all {
            assert!(for_language(Some(lang)).is_some(), "{lang}");
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(for_language(None).is_some() && for_language(Some("xx")).is_none());
        assert!(for_language(Some("tr")).is_some_and(|(_, own)| own));
        assert!(for_language(Some("az")).is_some_and(|(_, own)| !own));
    }
}
