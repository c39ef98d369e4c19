//! Any text, in any of some languages.

#![no_main]

use libfuzzer_sys::fuzz_target;
use search_fuzz::annotated::fault_in;
use search_fuzz::index_files::end;

fuzz_target!(|data: &[u8]| {
    if let Some(fault) = fault_in(data) {
        end(&fault);
    }
});
