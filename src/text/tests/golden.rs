//! Holds what the pipeline makes of the sample archive against the version that the code declares.
//!
//! A document is made again when a fingerprint of the code that made it changed, and a fingerprint is a version that
//! somebody has to raise. These tests raise a hand where it was forgotten: each module commits a digest of what it makes
//! of the golden articles beside its version.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// An article of `corpus/` as its golden file under `tests/golden/` has it.
pub(crate) struct GoldenArticle {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) lang: Option<String>,
    /// ISO 8601, as precise as the page was.
    pub(crate) published: Option<String>,
}

/// All golden articles, in the order of their paths.
pub(crate) fn articles() -> Vec<GoldenArticle> {
    let text = |json: &serde_json::Value| json.as_str().map(str::to_owned);
    let mut paths = Vec::new();
    find(&package().join("tests/golden"), &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let json: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(path).expect("a golden file")).expect("JSON");
        let paragraphs = json["body"].as_array().expect("a body of paragraphs");
        GoldenArticle {
            title: text(&json["title"]).unwrap_or_default(),
            body: paragraphs.iter().filter_map(|one| one.as_str()).collect::<Vec<_>>().join("\n\n"),
            lang: text(&json["lang"]),
            published: text(&json["published"]),
        }
    };
    let articles: Vec<GoldenArticle> = paths.iter().map(read).collect();
    assert!(articles.len() > 50, "the golden articles are missing");
    articles
}

fn find(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            find(&entry, out);
        } else if entry.extension().is_some_and(|end| end == "json") {
            out.push(entry);
        }
    }
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a module committed: the version with which it made the output of this digest from the input of that digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Golden {
    pub(crate) version: u64,
    pub(crate) input: u64,
    pub(crate) output: u64,
}

/// Fails where the output is another than `committed` though the version is the same, and says what to do.
#[track_caller]
pub(crate) fn check(committed: Golden, version: u64, input: &str, output: &str) {
    let now = Golden { version, input: digest(input.as_bytes()), output: digest(output.as_bytes()) };
    if now == committed {
        return;
    }
    let advice = if now.input != committed.input {
        "the golden articles themselves changed"
    } else if now.output == committed.output {
        "the version was raised"
    } else if now.version == committed.version {
        "the same articles give another output under an equal version: raise VERSION, so that indexes are made again"
    } else {
        "the output changed with the version"
    };
    panic!(
        "{advice}. Then commit this:\nGolden {{ version: {}, input: {:#018x}, output: {:#018x} }}",
        now.version, now.input, now.output
    );
}

/// The digest of files under `data/`, each with its name, in this order.
pub(crate) fn data_digest(files: &[&str]) -> u64 {
    let mut all = Vec::new();
    for file in files {
        let content = std::fs::read(package().join("data").join(file)).expect("a data file");
        let mut head = String::new();
        let _ = writeln!(head, "{file} {}", content.len());
        all.extend(head.into_bytes());
        all.extend(content);
    }
    digest(&all)
}

/// The first eight bytes of the SHA-256.
fn digest(bytes: &[u8]) -> u64 {
    Sha256::digest(bytes).iter().take(8).fold(0, |all, byte| all << 8 | u64::from(*byte))
}
