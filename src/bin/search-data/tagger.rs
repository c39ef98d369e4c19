//! `search-data train-tagger`.

use std::fmt::Write;
use std::path::Path;

use search::annotate::tagger::Model;

use crate::{examples, train};

/// Rounds over the data: more change nothing that held-out text shows.
const ROUNDS: usize = 12;
/// Slots of the file, a power of two.
const SLOTS: usize = 1 << 18;

/// Trains on the files before `--held`, writes `weights.bin` in `dir` and returns a report with the scores on the files
/// after it.
pub(crate) fn build(dir: &Path, files: &[&str]) -> Result<String, String> {
    let split = files.iter().position(|file| *file == "--held").unwrap_or(files.len());
    let (learnt, held) = files.split_at(split);
    let examples = examples::read(learnt)?;
    let (file, mut report) = train::train(&examples.list, &examples.names, ROUNDS, SLOTS);
    let path = dir.join("weights.bin");
    std::fs::write(&path, &file).map_err(|error| format!("{}: {error}", path.display()))?;
    let model = Model::read(file.leak()).ok_or("the file cannot be read again")?;
    for path in held.iter().skip(1) {
        let score = examples::score(&model, Path::new(path))?;
        let _ = write!(report, "\n{path}: {score}");
    }
    Ok(report)
}
