//! Any bytes as a page.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use search::extract::Extractor;
use search_fuzz::index_files::end;
use search_fuzz::page::fault;

thread_local! {
    static EXTRACTOR: RefCell<Extractor> = RefCell::default();
}

fuzz_target!(|data: &[u8]| {
    // Thorough for half of the pages, by something that the fuzzer can decide: it costs twice as much.
    let thorough = data.len() % 2 == 0;
    if let Some(fault) = EXTRACTOR.with_borrow_mut(|extractor| fault(data, extractor, thorough)) {
        end(&fault);
    }
});
