//! Any text is a query, and its canonical form reads back as itself.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let today = jiff::civil::date(2026, 11, 22);
    let query = search::query::parse(text, today);
    for note in &query.notes {
        assert!(query.text.get(note.span.range()).is_some());
    }
    let canonical = query.to_string();
    assert_eq!(search::query::parse(&canonical, today).to_string(), canonical);
});
