//! The body of small pages, one a row: `INPUT ==> OUTPUT`.

use crate::extract::tests::{TODAY, page, read};
use crate::extract::{explain, extract};

/// Stand for `{1}` to `{4}` in a row.
const SENTENCES: [&str; 4] = [
    "The council of Ostmark voted on Monday to rebuild the old bridge, which had been closed since the flood of spring.",
    "Work is to begin in June, said Anna Holm, who chairs the council, and it will take two years at the very least.",
    "“We have waited long enough,” she said after the vote, which ended a dispute of four years with the railway company.",
    "The railway had asked for a tunnel instead, at three times the price, and has not said whether it will go to court.",
];

/// What stands around the text of a row on its page.
const BEFORE: &str = "<!DOCTYPE html><html lang=en><head><title>Bridge to be rebuilt - The Herald</title>\
    <meta property=og:title content='Bridge to be rebuilt'></head><body>\
    <nav><ul><li><a href=/a>Home</a><li><a href=/b>Politics</a><li><a href=/c>Sport</a></ul></nav>\
    <main><article><h1>Bridge to be rebuilt</h1>";
const AFTER: &str =
    "</article></main><footer><a href=/x>About us</a> <p>© 2020 The Herald. All rights reserved.</p></footer>";

/// ` | ` parts paragraphs, ` / ` lines, `->` cells.
const ROWS: &str = r#"
<p>{1}<p>{2}<p>{3} ==> {1} | {2} | {3}
<div>{1}</div><div>{2}</div><div>{3}</div> ==> {1} | {2} | {3}
{1}<br><br>{2}<br><br>{3} ==> {1} | {2} | {3}
<p>{1}<h2>What comes next</h2><p>{2}<p>{3} ==> {1} | What comes next | {2} | {3}
<p>{1}<p>{2}<ul><li>The piers are mended first.<li>The deck comes later.</ul><p>{3} ==> {1} | {2} | The piers are mended first. | The deck comes later. | {3}
<p>{1}<blockquote><p>{3}</p></blockquote><p>{2} ==> {1} | {3} | {2}
<p>{1}<table><tr><th>Year<th>Cost<tr><td>2020<td>12<tr><td>2021<td>12</table><p>{2}<p>{3} ==> {1} | Year->Cost | 2020->12 | 2021->12 | {2} | {3}
<p>{1}<p>{2}<p>The river rose in darkness,<br>The river rose in rain,<br>And what it took that evening<br>It did not give again.<p>{3} ==> {1} | {2} | The river rose in darkness, / The river rose in rain, / And what it took that evening / It did not give again. | {3}
<p>{1}<p>{2}<pre>let x = 1;\nlet y = 2;</pre><p>{3} ==> {1} | {2} | let x = 1; / let y = 2; | {3}
<p>{1}<p>{2}<pre>let x = 1;\n\n\n \n\nlet y = 2;</pre><p>{3} ==> {1} | {2} | let x = 1; | let y = 2; | {3}
<p class=byline>By Jo Berg</p><p class=date>10 November 2020</p><p>{1}<p>{2}<p>{3} ==> {1} | {2} | {3}
<div>10 November 2020 08:15</div><p>{1}<p>{2}<p>{3} ==> {1} | {2} | {3}
<p>{1}<figure><img src=x><figcaption>The bridge before the flood. Photo: Jo Berg</figcaption></figure><p>{2}<p>{3} ==> {1} | {2} | {3}
<p>{1}<p>{2}<div class=share-bar>Share this on every network</div><p>{3} ==> {1} | {2} | {3}
<p>{1}<p>{2}<p>Read more: <a href=/f>Flood of the century</a></p><p>{3} ==> {1} | {2} | {3}
<p>{1}<p>{2}<p>{3}<div class=newsletter-signup><h3>Our newsletter</h3><p>Sign up and get the news of the day in your inbox every morning.</p></div> ==> {1} | {2} | {3}
<p>{1}<p>{2}<p>{3}<section class=related><h3>Related stories</h3><p><a href=/f>Flood of the century leaves a thousand without a roof</a></section> ==> {1} | {2} | {3}
<p>{1}<p>{2}<p>{3}<div class=author-bio><p>Jo Berg writes about towns and rivers for the Herald, and lives by one of them.</p></div> ==> {1} | {2} | {3}
<p>{1}<p>{2}<p>{3}<div id=comments><h3>2 comments</h3><p>I crossed it every day as a child and I am glad that it will be built again.</p></div> ==> {1} | {2} | {3}
<div class=cookie-consent><p>We use cookies to show you advertising that you like, and so do our 143 partners. You may refuse.</p></div><p>{1}<p>{2}<p>{3} ==> {1} | {2} | {3}
<h1>Bridge to be rebuilt</h1><p>{1}<p>{2}<p>{3} ==> {1} | {2} | {3}
<p>{1}<p>{2}<p>{3}<p>{2} ==> {1} | {2} | {3}
<p class=standfirst>{1}</p><p>{1}<p>{2}<p>{3} ==> {1} | {2} | {3}
<p>The king is dead.<p>{1}<p>{2} ==> The king is dead. | {1} | {2}
<p>Sie war tot.<p>Niemand sagte ein Wort.<p>{1}<p>{2} ==> Sie war tot. | Niemand sagte ein Wort. | {1} | {2}
<p>Ostmark, 10 November 2020.<p>{1}<p>{2} ==> {1} | {2}
<p>{1}<p>{2}<p>{"columns":2,"text":"Order"}<p>{3} ==> {1} | {2} | {3}
<p>{1}<p>{2}<p>[button link="https://herald.example/form" size="big"]{4}[/button]<p>{3} ==> {1} | {2} | {4} | {3}
<p>{1}<p>{2}<div class=tweet><p>&lt;a href="https://chat.example/t"&gt;#bridge&lt;/a&gt; {4}</div><p>{3} ==> {1} | {2} | #bridge {4} | {3}
<p>{1}<p>{2}<p>Write &lt;a href="a.html"&gt; before the word and &lt;/a&gt; behind it, said the teacher to the fourth form.<p>{3} ==> {1} | {2} | Write <a href="a.html"> before the word and </a> behind it, said the teacher to the fourth form. | {3}
<p>{1}<p><b>Millers of Elm reject the plan and ask for a new one</b><p>{2}<p><b>Millers of Oak reject the plan and ask for a new one</b><p>{3} ==> {1} | Millers of Elm reject the plan and ask for a new one | {2} | Millers of Oak reject the plan and ask for a new one | {3}
<x-story><template shadowrootmode=open><p>{1}<p>{2}<p>{3}</template></x-story> ==> {1} | {2} | {3}
<div data-load=1></div><noscript><p>{1}<p>{2}<p>{3}<p>{4}</noscript> ==> {1} | {2} | {3} | {4}
<div class="sidebar-layout has-aside"><div class=sidebar-content><p>{1}<p>{2}<p>{3}</div><aside class=sidebar><p>Follow us</aside></div> ==> {1} | {2} | {3}
<section class=slideshow-inner><p>{4}<div class=slides><div><p>{1}</div><div><p>{2}</div><div><p>{3}</div></div></section> ==> {4} | {1} | {2} | {3}
<p>市议会星期一投票决定重建去年春天洪水以来一直关闭的<ruby>老桥<rp>(</rp><rt>lǎoqiáo</rt><rp>)</rp></ruby>，反对者只有两名议员。<p>议会主席说，工程将于六月开始，至少需要两年时间，费用由市政府承担。 ==> 市议会星期一投票决定重建去年春天洪水以来一直关闭的老桥，反对者只有两名议员。 | 议会主席说，工程将于六月开始，至少需要两年时间，费用由市政府承担。
<p>في مجلس المدينة صوت الأعضاء يوم الاثنين على إعادة بناء الجسر القديم الذي أغلق منذ الفيضان.<p>وسيبدأ العمل في شهر حزيران كما قالت رئيسة المجلس وسيستمر عامين على الأقل. ==> في مجلس المدينة صوت الأعضاء يوم الاثنين على إعادة بناء الجسر القديم الذي أغلق منذ الفيضان. | وسيبدأ العمل في شهر حزيران كما قالت رئيسة المجلس وسيستمر عامين على الأقل.
<p>市议会星期一投票决定重建去年春天洪水以来一直关闭的老桥，反对者只有两名议员。<p>议会主席说，工程将于六月开始，至少需要两年时间，费用由市政府承担。 ==> 市议会星期一投票决定重建去年春天洪水以来一直关闭的老桥，反对者只有两名议员。 | 议会主席说，工程将于六月开始，至少需要两年时间，费用由市政府承担。
<p>Городской совет в понедельник решил восстановить старый мост, закрытый после весеннего наводнения.<p>Работы начнутся в июне и продлятся не меньше двух лет, сказала председатель совета Анна Хольм. ==> Городской совет в понедельник решил восстановить старый мост, закрытый после весеннего наводнения. | Работы начнутся в июне и продлятся не меньше двух лет, сказала председатель совета Анна Хольм.
"#;

fn filled(text: &str) -> String {
    let numbered = SENTENCES.iter().enumerate();
    numbered.fold(text.to_owned(), |text, (at, sentence)| text.replace(&format!("{{{}}}", at + 1), sentence))
}

#[test]
fn bodies_of_small_pages() {
    let mut wrong = Vec::new();
    for row in ROWS.lines().filter(|row| !row.is_empty()) {
        let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
        let html = format!("{BEFORE}{}{AFTER}", filled(&input.replace("\\n", "\n")));
        let shown = read(&html).body.replace("\n\n", " | ").replace('\n', " / ").replace('\t', "->");
        if shown != filled(expected) {
            wrong.push(format!("{row}\n     got {shown}"));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_explanation_has_every_block_and_says_what_the_body_says() {
    let page = page(&format!("{BEFORE}{}{AFTER}", filled("<p>{1}<p>{2}<p>{3}")));
    let (article, why) = explain(&page, TODAY);
    assert_eq!(article, extract(&page, TODAY));
    let kept: Vec<&str> = why.blocks.iter().filter(|block| block.kept).map(|block| block.text.as_str()).collect();
    assert_eq!(kept.join("\n\n"), article.body);
    assert!(why.blocks.iter().all(|block| block.numbers.len() == why.features.len()));
    let title = why.fields.iter().find(|field| field.field == "title").expect("a title");
    assert!(title.candidates.iter().any(|candidate| candidate.won));
}

/// A page whose article is followed by `more`, with the body that is right for it.
#[track_caller]
fn check_after(article: &str, more: &str, expected: &str) {
    let page = format!(
        "<html lang=en><title>Bridge to be rebuilt</title><main><article><h1>Bridge to be rebuilt</h1>{article}</article></main>{more}"
    );
    assert_eq!(read(&filled(&page)).body, filled(expected).replace(" | ", "\n\n"), "{article} {more}");
}

#[test]
fn what_stands_beside_the_article_s_own_element() {
    // A short post and many comments.
    let comments = "<li class=comment><p>I crossed it every day as a child and I am glad that it will be built again, whatever it costs.</li>";
    check_after("<p>{1}", &format!("<section id=comments><ol>{}</ol></section>", comments.repeat(7)), "{1}");
    // A table of cookies in the box of the consent tool.
    let rows = "<tr><td>herald_seen<td>11 months<td>Set by the consent tool. It keeps whether the visitor has read the notice or has not.";
    let table = format!(
        "<div class=cookie-modal><p>This site keeps cookies so that your visit runs well.<table>{}</table></div>",
        rows.repeat(5)
    );
    check_after("<p>{1}<p>{2}<p>{3}", &table, "{1} | {2} | {3}");
    // A menu that has a sentence for each of its entries.
    let entry = "<li><a href=/t>Bridges</a><p>Your source for all about bridges, with guides, figures, courses and advice for members.</li>";
    let menu = format!("<div class=mega-menu><ul>{}</ul></div>", entry.repeat(8));
    let page = format!(
        "<html lang=en><title>Bridge to be rebuilt</title>{menu}<main><article><h1>Bridge to be rebuilt</h1><div class=sidebar-content>\
         <p>{{1}}<p>{{2}}<p>{{3}}<p>{{4}}</div></article></main>"
    );
    assert_eq!(read(&filled(&page)).body, filled("{1}\n\n{2}\n\n{3}\n\n{4}"));
}

#[test]
fn a_cut_text_of_json_ld_does_not_narrow_the_choice() {
    let told = filled("{1} {2}");
    let head =
        format!("<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{told}\"}}</script>");
    let article = "<div class=body><p>{1}<p>{2}</div><div class=ad></div><div class=body><p>{3}<p>{4}</div>";
    check_after(&format!("{head}{article}"), "", "{1} | {2} | {3} | {4}");
}

#[test]
fn pages_that_say_they_are_xml() {
    let page = filled(
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>Bridge</title><script src='x.js'/></head>\
         <body><h1>Bridge</h1><div class='ad'/><p>{1}</p><p>{2}</p><p>{3}</p></body></html>",
    );
    assert_eq!(read(&page).body, filled("{1}\n\n{2}\n\n{3}"));
    // Elsewhere a script has an end.
    let html =
        filled("<html><script src=x.js/>let a = 1;</script><h1>Bridge</h1><p>{1}</p><p>{2}</p><p>{3}</p></html>");
    assert_eq!(read(&html).body, filled("{1}\n\n{2}\n\n{3}"));
}

#[test]
fn text_that_was_encoded_twice_is_repaired_with_a_note() {
    let page = filled("<h1>Bridge</h1><p>The cafÃ© on the bridge said that itâ€™s closed.<p>{1}<p>{2}");
    let article = read(&page);
    assert!(article.body.starts_with("The café on the bridge said that it’s closed."), "{}", article.body);
    assert_eq!(article.notes, ["text that was encoded twice was repaired"]);
}
