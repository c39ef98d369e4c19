//! Damage to one file of a small index.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use search_fuzz::index_files::{Index, end};

static INDEX: LazyLock<Index> = LazyLock::new(Index::new);

fuzz_target!(|data: &[u8]| {
    if let Some(fault) = INDEX.fault_in(data) {
        end(&fault);
    }
});
