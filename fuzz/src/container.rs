//! What must not come of the bytes of a container.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use search::input::container::{self, What};
use search::input::{Fields, Limits, Source, read_saved};

/// Names that a file may have: they decide where its beginning says nothing.
const NAMES: [&str; 9] =
    ["a.warc", "a.warc.gz", "a.warc.zst", "a.arc", "a.tar", "a.jsonl", "a.json", "a.csv", "a.xml"];
/// Pages of one file that are read a second time.
const READ_AGAIN: usize = 3;

/// The folder of this process for the file that is read.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("search-fuzz-container-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
});

/// Reads `data` as a container, whose first byte says how the file is called; what is wrong with what came of it.
pub fn fault(data: &[u8]) -> Option<String> {
    let (&first, bytes) = data.split_first()?;
    let name = NAMES[usize::from(first) % NAMES.len()];
    fs::write(FOLDER.join(name), bytes).unwrap();
    let source = Source { root: FOLDER.clone(), path: name.into(), locator: None, size: bytes.len() as u64, mtime: 0 };
    let limits = Limits { page: 1 << 20, ratio: 200 };
    let mut container = container::open(&source, limits, &Fields::usual(), 0).ok()?;
    let (mut pages, mut steps, mut mark) = (0, 0, 0);
    loop {
        steps += 1;
        // A record has more bytes than this, and each may be followed by damage; packed ones unpack to 200 times as many.
        if steps > 64 + 20 * limits.ratio as usize * bytes.len() {
            return Some("it does not come to an end".to_owned());
        }
        if container.mark() < mark {
            return Some("its mark goes back".to_owned());
        }
        mark = container.mark();
        let piece = match container.next() {
            Ok(None) => return None,
            Ok(Some(piece)) => piece,
            Err(_) => continue,
        };
        let What::Page(saved) = piece.what else { continue };
        pages += 1;
        let at = Source { locator: Some(piece.locator), ..source.clone() };
        if pages <= READ_AGAIN && container::fetch(&at, limits).is_ok_and(|again| again.bytes != saved.bytes) {
            return Some(format!("another page at {:?}", at.locator));
        }
        let _ = read_saved(saved, &source, limits);
    }
}
