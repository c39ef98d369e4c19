//! `search --licences`.

use std::fs;

use crate::archive::{Archive, package};

#[test]
fn licences_name_what_is_linked_in() {
    let printed = Archive::new().run(&["--licences"]).code(0).quiet().stdout;
    for part in ["MIT OR Apache-2.0", "MPL-2.0", "GeoNames", "CC BY-SA 4.0", "Mozilla Public License", "Apache License"]
    {
        assert!(printed.contains(part), "{part}");
    }
    let lock = fs::read_to_string(package().join("Cargo.lock")).unwrap();
    let (crates, _) = printed.split_once("\nDATA\n").unwrap();
    let rows = crates.lines().filter_map(|line| line.strip_prefix("    ")?.split_once("  http"));
    let mut count = 0;
    for (row, _) in rows {
        let (name, version) = row.split_once(' ').unwrap();
        let entry = format!("name = \"{name}\"\nversion = \"{version}\"");
        assert!(lock.contains(&entry), "{row}: run data/licences/make.py");
        count += 1;
    }
    // Clap, Tantivy and scraper alone bring more than a hundred.
    assert!(count > 100, "{count} crates");
    assert_eq!(printed, Archive::new().run(&["--licenses"]).code(0).stdout, "as it is written elsewhere");
}
