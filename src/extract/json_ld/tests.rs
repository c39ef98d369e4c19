use super::*;

fn one(script: &str) -> JsonLd {
    read(&[script], "Bridge to be rebuilt")
}

#[test]
fn the_object_of_the_article_is_found_wherever_it_is() {
    for script in [
        r#"{"@type":"NewsArticle","headline":"Bridge"}"#,
        r#"[{"@type":"WebSite","name":"Herald"},{"@type":["Thing","Report"],"headline":"Bridge"}]"#,
        r#"{"@graph":[{"@type":"BreadcrumbList"},{"@type":"BlogPosting","headline":"Bridge"}]}"#,
        r#"{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"Bridge"}}"#,
        r#"{"@type":"WebSite"} {"@type":"OpinionNewsArticle","name":"Bridge"}"#,
    ] {
        let found = one(script);
        assert_eq!(
            (found.headline.as_deref(), found.is_article, found.broken),
            (Some("Bridge"), true, false),
            "{script}"
        );
    }
    let site = one(r#"{"@type":"WebSite","name":"Herald"}"#);
    assert_eq!((site.headline, site.is_article), (None, false));
    assert_eq!(site.types, ["website"]);
}

#[test]
fn of_several_articles_the_one_with_the_title_counts() {
    let script = r#"[{"@type":"NewsArticle","headline":"Flood of the century","datePublished":"2020-11-01"},
        {"@type":"NewsArticle","headline":"Bridge to be rebuilt"},
        {"@type":"NewsArticle","headline":"Mayor resigns","datePublished":"2020-11-03"}]"#;
    assert_eq!(one(script).headline.as_deref(), Some("Bridge to be rebuilt"));
    // Where none agrees, the first that is dated.
    let found = read(&[script], "Something else");
    assert_eq!(found.headline.as_deref(), Some("Flood of the century"));
}

#[test]
fn authors_are_people_and_organisations() {
    for (author, people, organisations) in [
        (r#""Jo Berg""#, "Jo Berg", ""),
        (r#"{"@type":"Person","name":"Jo Berg"}"#, "Jo Berg", ""),
        (r#"[{"@type":"Person","name":"Jo Berg"},{"name":["Анна Хольм","Ann"]}]"#, "Jo Berg|Анна Хольм|Ann", ""),
        (r#"{"@type":"NewsMediaOrganization","name":"The Herald"}"#, "", "The Herald"),
        (r#"{"@id":"/people/jo"}"#, "Jo &amp; Co", ""),
        (r#""https://herald.example.com/jo""#, "", ""),
        (r#"{"@type":"Person","name":"Jo&#32;Berg "}"#, "Jo Berg", ""),
        ("null", "", ""),
    ] {
        let script = format!(
            r#"[{{"@type":"NewsArticle","headline":"x","author":{author}}},{{"@type":"Person","@id":"/people/jo","name":"Jo &amp;amp; Co"}}]"#
        );
        let found = one(&script);
        assert_eq!((found.authors.join("|").as_str(), found.organisations.join("|").as_str()), (people, organisations));
    }
}

#[test]
fn fields_have_several_forms() {
    let found = one(
        r#"{"@type":"NewsArticle","headline":["Bridge","Old bridge"],"dateCreated":"2020-11-10","articleSection":"City &amp; Region",
        "keywords":["bridge",{"name":"flood"},7],"isAccessibleForFree":"False","mainEntityOfPage":{"@id":"https://herald.example.com/b"},
        "publisher":{"@type":"Organization","name":"The Herald"},"text":"It opens in June."}"#,
    );
    assert_eq!(found.headline.as_deref(), Some("Bridge"));
    assert_eq!(found.published.as_deref(), Some("2020-11-10"));
    assert_eq!(found.section.as_deref(), Some("City & Region"));
    assert_eq!(found.keywords, ["bridge", "flood"]);
    assert_eq!(found.free, Some(false));
    assert_eq!(found.url.as_deref(), Some("https://herald.example.com/b"));
    assert_eq!(found.publisher.as_deref(), Some("The Herald"));
    assert_eq!(found.body.as_deref(), Some("It opens in June."));
}

#[test]
fn dates_of_the_page_stand_in_for_those_of_the_article() {
    let script = r#"{"@graph":[{"@type":"WebPage","datePublished":"2020-11-10","dateModified":"2020-11-12"},
        {"@type":"Article","headline":"Bridge","dateModified":"2020-11-11"}]}"#;
    let found = one(script);
    assert_eq!((found.published.as_deref(), found.modified.as_deref()), (Some("2020-11-10"), Some("2020-11-11")));
}

#[test]
fn what_generators_get_wrong_is_mended() {
    for script in [
        r#"{"@type":"NewsArticle","headline":"Bridge",}"#,
        r#"{"@type":"NewsArticle","keywords":["a","b",],"headline":"Bridge"}"#,
        r#"<!-- {"@type":"NewsArticle","headline":"Bridge"} -->"#,
        "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Bridge\"}\n//]]>",
        r#"{"@type":"NewsArticle","headline":"Bridge"};"#,
        "{\"@type\":\"NewsArticle\",\"description\":\"two\nlines\tand a tab\",\"headline\":\"Bridge\"}",
        r#"{"@type":"NewsArticle","description":"a \' that escapes nothing","headline":"Bridge"}"#,
    ] {
        let found = one(script);
        assert_eq!((found.headline.as_deref(), found.broken), (Some("Bridge"), false), "{script}");
    }
}

#[test]
fn of_what_cannot_be_mended_the_dates_are_saved() {
    let found = one(r#"{"@type":"NewsArticle" "datePublished" : "2020-11-10", "headline":"Bridge &amp; tunnel", {"#);
    assert!(found.broken);
    assert_eq!(found.published.as_deref(), Some("2020-11-10"));
    assert_eq!(found.headline.as_deref(), Some("Bridge & tunnel"));
    assert!(!found.is_article, "nothing says what it describes");
}

#[test]
fn hostile_scripts_are_bounded() {
    let objects = format!("[{}{{}}]", "{\"@type\":\"Article\"},".repeat(50_000));
    let found = one(&objects);
    assert!(found.broken || found.types.len() <= MAX_OBJECTS, "{}", found.types.len());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(one(&deep).broken);
    let authors = format!(r#"{{"@type":"Article","author":[{}"x"]}}"#, "\"Jo Berg\",".repeat(500));
    assert!(one(&authors).authors.len() <= 100);
}
