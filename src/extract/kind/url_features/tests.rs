use super::*;

/// The features of an address that are not 0, by name.
fn features(url: &str, title: &str) -> Vec<(&'static str, f32)> {
    let mut out = FeatureValues::new();
    read(Some(url), title, &mut out);
    out.into_iter().filter(|(_, value)| *value != 0.0).collect()
}

#[track_caller]
fn check(url: &str, wanted: &[&str], unwanted: &[&str]) {
    let found: Vec<&str> = features(url, "").into_iter().map(|(name, _)| name).collect();
    for name in wanted {
        assert!(found.contains(name), "{url} is without {name}: {found:?}");
    }
    for name in unwanted {
        assert!(!found.contains(name), "{url} has {name}: {found:?}");
    }
}

#[track_caller]
fn value(url: &str, title: &str, name: &str, expected: f32) {
    let found = features(url, title).into_iter().find(|(other, _)| *other == name).map_or(0.0, |(_, value)| value);
    assert_eq!(found, expected, "{name} of {url}");
}

#[test]
fn segments_say_what_stands_below_them() {
    check("https://herald.example.com/news/bridge", &["u_news"], &["u_blog", "u_shop", "u_root"]);
    check("https://herald.example.com/xeber/korpu", &["u_news"], &[]);
    check("https://herald.example.com/nachrichten/bruecke.html", &["u_news", "u_file"], &[]);
    check("https://example.com/blog/bridge", &["u_blog"], &["u_news"]);
    check("https://example.com/products/steel-pan", &["u_shop"], &["u_docs"]);
    check("https://example.com/viewtopic.php?t=7", &["u_forum", "u_thread", "u_file"], &[]);
    check("https://example.com/docs/latest/install", &["u_docs"], &["u_year"]);
    check("https://example.com/about-us", &["u_service"], &[]);
    // A word within a segment is none.
    check("https://example.com/newsletter", &[], &["u_news"]);
}

#[test]
fn a_slug_in_a_list_is_no_list() {
    check("https://herald.example.com/category/city", &["u_list"], &[]);
    check("https://herald.example.com/category/the-old-bridge-is-open", &[], &["u_list"]);
}

#[test]
fn of_the_host_the_first_label_counts_alone() {
    check("https://forum.example.com/x", &["u_at_forum"], &["u_at_docs"]);
    check("https://docs.example.com/x", &["u_at_docs"], &[]);
    check("https://shop.example.co.uk/x", &["u_at_shop"], &[]);
    // A name of two labels is the site's own.
    check("https://forum.com/x", &[], &["u_at_forum"]);
    check("https://www.forum.example.com/x", &[], &["u_at_forum"]);
}

#[test]
fn the_shape_of_the_path_is_counted() {
    let url = "https://herald.example.com/2020/11/the-old-bridge-will-be-rebuilt-12345.html";
    value(url, "", "u_depth", 3.0);
    value(url, "", "u_hyphens", 6.0);
    value(url, "", "u_digits", 5.0);
    value(url, "", "u_year", 1.0);
    value(url, "", "u_file", 1.0);
    value(url, "The old bridge", "u_title", 3.0);
    value(url, "Flood", "u_title", 0.0);
    value("https://herald.example.com/", "", "u_root", 1.0);
    value("https://docs.example.com/v2/install", "", "u_version", 1.0);
    value("https://docs.example.com/2020/install", "", "u_version", 0.0);
}

#[test]
fn every_page_has_the_same_features_in_the_same_order() {
    let names = |url: Option<&str>| {
        let mut out = FeatureValues::new();
        read(url, "A title", &mut out);
        out.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    let all = names(None);
    for url in ["https://herald.example.com/a", "nonsense", "https://", "https://x/ü/%20?a#b"] {
        assert_eq!(names(Some(url)), all, "{url}");
    }
    let distinct: FxHashSet<&&str> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
}
