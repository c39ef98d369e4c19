//! The lexicon of words around names: two plain files to one table.

use std::collections::BTreeMap;
use std::path::Path;

use search::annotate::names::Traits;
use search::text::words;

use crate::sources::rows;

/// Builds `lexicon.bin` in `dir` and returns a line on it.
pub(crate) fn build(dir: &Path) -> Result<String, String> {
    let mut lexicon: BTreeMap<String, Traits> = BTreeMap::new();
    for row in rows(&dir.join("words.tsv"), 2)? {
        put(&mut lexicon, &row[0], &row[1])?;
    }
    for row in rows(&dir.join("titles.tsv"), 2)? {
        for word in row[1].split(' ').filter(|word| !word.is_empty()) {
            put(&mut lexicon, word, &row[0])?;
        }
    }
    let lexicon: Vec<(String, Traits)> = lexicon.into_iter().collect();
    let bytes = Traits::encode(&lexicon).ok_or("lexicon.bin: two words have one hash")?;
    let report = format!("{} words\nlexicon.bin {} bytes", lexicon.len(), bytes.len());
    std::fs::write(dir.join("lexicon.bin"), bytes).map_err(|error| format!("lexicon.bin: {error}"))?;
    Ok(report)
}

/// Words in parts are left out: a text gives their parts one by one.
fn put(lexicon: &mut BTreeMap<String, Traits>, word: &str, letters: &str) -> Result<(), String> {
    let mut parts = Vec::new();
    words(word).for_each_word(|word| parts.push(word.folded.to_owned()));
    let traits = Traits::from_letters(letters).ok_or_else(|| format!("{word}: no such letters: {letters}"))?;
    if let [key] = &parts[..] {
        let known = lexicon.entry(key.clone()).or_default();
        *known = known.with(traits);
    }
    Ok(())
}
