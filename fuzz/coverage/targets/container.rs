//! Any bytes as a file of many pages.

#![no_main]

use libfuzzer_sys::fuzz_target;
use search_fuzz::container::fault;
use search_fuzz::index_files::end;

fuzz_target!(|data: &[u8]| {
    if let Some(fault) = fault(data) {
        end(&fault);
    }
});
