use super::*;
use crate::extract::kind_features;
use crate::extract::tests::{TODAY, page};

fn value(html: &str, name: &str) -> f32 {
    let all = kind_features(&page(html), TODAY);
    all.into_iter().find(|(other, _)| *other == name).unwrap_or_else(|| panic!("no feature {name}")).1
}

/// Rows of a page, a feature and what it is; counts are given as they are counted.
#[track_caller]
fn check(html: &str, name: &str, count: usize) {
    assert_eq!(value(html, name), log(count), "{name} of {html}");
}

#[track_caller]
fn is(html: &str, name: &str, holds: bool) {
    assert_eq!(value(html, name), yes(holds), "{name} of {html}");
}

#[test]
fn what_the_page_declares() {
    let typed =
        |name: &str| format!("<script type=application/ld+json>{{\"@type\":\"{name}\",\"headline\":\"x\"}}</script>");
    is(&typed("NewsArticle"), "ld_article", true);
    is(&typed("NewsArticle"), "ld_news", true);
    is(&typed("Product"), "ld_product", true);
    is(&typed("Product"), "ld_article", false);
    is(&typed("DiscussionForumPosting"), "ld_forum", true);
    is("<meta property=og:type content=article>", "og_article", true);
    is("<meta property=og:type content=website>", "og_article", false);
    is("<meta name=generator content='phpBB 3.2'>", "m_generator", true);
    is("<meta name=generator content='WordPress 6'>", "m_generator", false);
    check("<meta name=description content=abcd>", "m_description", 4);
}

#[test]
fn headlines_are_sentences() {
    let titled = |title: &str| format!("<title>{title}</title><h1>{title}</h1>");
    assert_eq!(value(&titled("Council votes for a new old bridge"), "t_words"), 7.0);
    is(&titled("Bridge: the council votes"), "t_colon", true);
    is(&titled("“We have waited” says Holm"), "t_quote", true);
    is(&titled("Ten reasons"), "t_digit", false);
    assert_eq!(value(&titled("Steel Pan Large"), "t_small"), 0.0);
    assert_eq!(value(&titled("Council votes again now"), "t_small"), 0.75);
}

#[test]
fn the_class_of_the_body_is_that_of_the_template() {
    is("<body class='single-post postid-7'><p>x", "c_post", true);
    is("<body class='page page-id-7'><p>x", "c_page", true);
    is("<body class='home blog'><p>x", "c_archive", true);
    is("<body class=woocommerce-page><p>x", "c_shop", true);
    is("<body class=tweak-product-style><p>x", "c_shop", false);
    is("<p class=single-post>x", "c_post", false);
}

#[test]
fn blocks_are_counted() {
    let paragraph = "<p>The council of Ostmark voted on Monday to rebuild the old bridge, which had been closed since the flood of \
                     spring.</p>";
    let html = format!(
        "<article><h1>Bridge</h1>{paragraph}{paragraph}<pre>x = 1</pre></article><p>$ 49.00</p><p>Since 1902</p>"
    );
    check(&html, "n_blocks", 6);
    check(&html, "n_codes", 1);
    check(&html, "n_prices", 1);
    check(&html, "n_years", 1);
    check(&html, "n_longest", 21);
}

#[test]
fn prices_and_years() {
    for (text, price, year) in [
        ("€ 12", true, false),
        ("12,50 ₼", true, false),
        ("since 1902", false, true),
        ("in 2020-ci il", false, true),
        ("$", false, false),
        ("1234", false, false),
        ("US$ and more", false, false),
    ] {
        assert_eq!((is_price(text), has_year(text)), (price, year), "{text}");
    }
}

#[test]
fn marks_of_software_are_counted_once_each() {
    let html = "<p>viewtopic viewtopic postbit</p><p>Add to cart</p>";
    assert_eq!(value(html, "x_forum"), 2.0);
    is(html, "x_forum_two", true);
    assert_eq!(value(html, "x_shop"), 1.0);
    is(html, "x_shop_three", false);
    assert_eq!(value(html, "x_docs"), 0.0);
}

#[test]
fn words_tell_who_speaks_to_whom() {
    let text = |sentence: &str| {
        format!(
            "<article><h1>x</h1><p>{sentence} and so on for the whole of this sentence, which is long.</p></article>"
        )
    };
    assert!(value(&text("We offer our services to you"), "w_we") > 0.0);
    assert!(value(&text("We offer our services to you"), "w_offer") > 0.0);
    assert!(value(&text("He said that she was there"), "w_past") > 0.0);
    assert_eq!(value(&text("He said that she was there"), "w_we"), 0.0);
}

#[test]
fn labels_of_buttons_are_counted() {
    check("<p>Add to cart<p>In stock<p>Checkout", "l_cart", 2);
    check("<p>Antworten<p>Zitieren", "l_forum", 1);
    check("<p>Reply to all of the letters that came in this week, please", "l_forum", 0);
}

#[test]
fn brothers_of_one_shape_are_counted() {
    let card = "<div class=card><h3>The bridge is open again after two years</h3><p>After two years of work.</p></div>";
    check(&format!("<main>{}</main>", card.repeat(5)), "s_most", 5);
    check("<main><p>x</p></main>", "s_most", 0);
}

#[test]
fn all_pages_have_the_same_features() {
    let names = |html: &str| kind_features(&page(html), TODAY).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let all = names("");
    let distinct: FxHashSet<&&str> = all.iter().collect();
    assert_eq!(distinct.len(), all.len(), "two of one name");
    assert_eq!(names("<h1>Bridge</h1><p>The council voted."), all);
    // The table knows no feature that pages have not.
    let known = crate::extract::tables::KINDS.lines().filter(|line| !line.starts_with('#'));
    for name in known.filter_map(|line| line.split('\t').next()).filter(|name| *name != "bias") {
        assert!(all.contains(&name), "the table has {name}");
    }
}
