//! Any text as a query: read, and answered over a small index.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use search_fuzz::archive::Archive;
use search_fuzz::index_files::end;
use search_fuzz::query::{answered, parsed};
use search_fuzz::random::Random;

static ARCHIVE: LazyLock<Archive> =
    LazyLock::new(|| Archive::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus")));

fuzz_target!(|data: &[u8]| {
    let Some((first, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    // The first byte says how it is asked: order, captures, snippets.
    let mut random = Random(u64::from(*first) + 1);
    if let Some(fault) = parsed(&text).or_else(|| answered(&ARCHIVE.engine, &text, &mut random)) {
        end(&fault);
    }
});
