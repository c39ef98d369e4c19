use crate::extract::explain;
use crate::extract::tests::{TODAY, page};

/// Running text that no rule has anything against.
const TEXT: [&str; 4] = [
    "The council of Ostmark voted on Monday to rebuild the old bridge, which had been closed since the flood of spring.",
    "Work is to begin in June, said Anna Holm, who chairs the council, and it will take two years at the very least.",
    "The railway had asked for a tunnel instead, at three times the price, and has not said whether it will go to court.",
    "Nobody knows what it will cost, for the price of steel has doubled since the last estimate was made in the autumn.",
];

fn filled(html: &str) -> String {
    let numbered = TEXT.iter().enumerate();
    numbered.fold(html.to_owned(), |html, (at, text)| html.replace(&format!("{{{}}}", at + 1), text))
}

/// The verdicts of the rules on the blocks of a page with this body, in reading order. `{1}` to `{4}` are paragraphs.
#[track_caller]
fn check(body: &str, expected: &str) {
    let html = format!(
        "<html lang=en><head><title>Bridge to be rebuilt</title><meta name=description content=\"It opens in two years.\">\
         <script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Bridge to be rebuilt\",\
         \"author\":\"Jo Berg\"}}</script></head><body>{}</body>",
        filled(body)
    );
    let (_, why) = explain(&page(&html), TODAY);
    let rules: Vec<&str> = why.blocks.iter().map(|block| block.rule).collect();
    assert_eq!(rules.join(" "), expected, "{body}");
}

#[test]
fn text_stays_and_the_headline_goes() {
    check("<article><h1>Bridge to be rebuilt</h1><p>{1}<p>{2}<p>{3}</article>", "title keep keep keep");
    check("<article><h2>Bridge to be rebuilt!</h2><p>{1}<p>{2}</article>", "title keep keep");
    // A heading of the text that shares a word with the headline is none.
    check("<article><p>{1}<h2>Bridge or tunnel</h2><p>{2}<p>{3}</article>", "keep keep keep keep");
}

#[test]
fn what_is_named_foreign_goes_with_all_that_is_in_it() {
    check(
        "<article><p>{1}<p>{2}<p>{3}<nav>Home</nav><div class=newsletter><p>{4}</div></article>",
        "keep keep keep foreign foreign",
    );
    check(
        "<article><p>{1}<p>{2}<p>{3}<figure><figcaption>The bridge in 1902</figcaption></figure></article>",
        "keep keep keep foreign",
    );
    check(
        "<article><p>{1}<p>{2}<p>{3}<div id=comments><p>{4}<div><p>{4}</div></div></article>",
        "keep keep keep foreign foreign",
    );
    // Who is quoted belongs to the quote.
    check(
        "<article><p>{1}<blockquote><p>{4}<footer>Anna Holm, of the council</footer></blockquote><p>{2}<p>{3}</article>",
        "keep keep keep keep keep",
    );
}

#[test]
fn a_name_that_would_take_the_whole_text_is_not_believed() {
    check("<div class=widget><p>{1}<p>{2}<p>{3}</div>", "keep keep keep");
    check("<article class=related-content><p>{1}<p>{2}<p>{3}</article>", "keep keep keep");
}

#[test]
fn teasers_and_what_announces_them_go() {
    let teaser = "<div><h3><a href=/f>Flood of the century</a></h3><p>A thousand lost their homes.</p></div>";
    check(&format!("<article><p>{{1}}<p>{{2}}<p>{{3}}{teaser}</article>"), "keep keep keep teaser teaser");
    check(
        "<article><p>{1}<p>{2}<p>{3}<div><h4>More from Ostmark</h4><p>The mayor resigns over the price of the tunnel.</div></article>",
        "keep keep keep furniture section",
    );
    // In the flow of the text such a line is a link between two paragraphs, and the text goes on.
    check("<article><p>{1}<p>Related stories<p>{2}<p>{3}</article>", "keep furniture keep keep");
}

#[test]
fn links_templates_repetitions_and_the_empty_go() {
    check(
        "<article><p>{1}<p><a href=/f>Flood of the century leaves a thousand without a roof</a><p>{2}<p>{3}</article>",
        "keep links keep keep",
    );
    check("<article><p>{1}<p>{2}<p>{3}<p>© 2020 The Herald</article>", "keep keep keep furniture");
    check("<article><p>{1}<p>{2}<p>***<p>{3}<p>{2}</article>", "keep keep empty keep repeated");
    check(
        "<article><p>{1}<ul><li><a href=/a>Flood in Ostmark</a><li><a href=/b>Mayor resigns</a></ul><p>{2}</article>",
        "keep links links keep",
    );
}

#[test]
fn the_ends_are_short_lines_portraits_and_calls() {
    check("<article><p>Ostmark, Monday<p>{1}<p>{2}<p>{3}<p>Page two</article>", "edge keep keep keep edge");
    check(
        "<article><p>{1}<p>{2}<p>{3}<p>Jo Berg writes about towns and rivers for this paper.</article>",
        "keep keep keep edge",
    );
    // A quotation that begins with the name is text.
    check(
        "<article><p>{1}<p>{2}<p>{3}<p>Jo Berg said: “We have waited long enough for this bridge.”</article>",
        "keep keep keep keep",
    );
    // A list at the end is part of the text.
    check("<article><p>{1}<p>{2}<ul><li>Piers first<li>Then the deck</ul></article>", "keep keep keep keep");
}

#[test]
fn headings_need_a_text() {
    check("<article><p>{1}<h2>What comes next</h2><p>{2}</article>", "keep keep keep");
    check("<article><p>{1}<p>{2}<h2>Photos</h2></article>", "keep keep edge");
    check(
        "<article><p>{1}<h2>Photos</h2><p><a href=/p>All photos of the bridge and the flood</a><h2>What comes next</h2><p>{2}</article>",
        "keep edge links keep keep",
    );
}

#[test]
fn the_standfirst_is_named_or_is_the_description() {
    check(
        "<header><h1>Bridge to be rebuilt</h1><p class=standfirst>The old one was closed after the flood.</p></header><article><p>{1}<p>{2}<p>{3}</article>",
        "outside lead keep keep keep",
    );
    check(
        "<header><h1>Bridge to be rebuilt</h1><p>The old one was closed after the flood.</p></header><article><p>{1}<p>{2}<p>{3}</article>",
        "outside outside keep keep keep",
    );
}

#[test]
fn tables_keep_their_cells() {
    let article =
        |table: &str| format!("<article><p>{}<p>{}<table>{table}</table><p>{}</article>", TEXT[0], TEXT[1], TEXT[2]);
    let html = article("<tr><td>Year<td>Cost<tr><td>2019<td>12 million<tr><td>2020<td>12 million");
    let body = crate::extract::tests::read(&html).body;
    assert!(body.contains("Year\tCost\n\n2019\t12 million\n\n2020\t12 million"), "{body}");
}
