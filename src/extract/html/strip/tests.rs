use super::*;
use proptest::prelude::*;

fn html(page: &str) -> String {
    strip(page).html
}

#[test]
fn what_no_rule_reads_goes() {
    for row in [
        "a<script>if (a<b) x('</p>')</script>b ==> ab",
        "a<!-- <p> -->b<!-->c<!-- x --!>d ==> abcd",
        "<p onclick='x>y' class=lead style=\"color:red\">a</p> ==> <p class=\"lead\">a</p>",
        "<b>bold</b> <span>plain</span> <span class=by>x</span> ==> bold plain <span class=\"by\">x</span>",
        "<svg><svg></svg><text>no</text></svg>yes ==> yes",
        "<svg>unclosed ==> unclosed",
        "1 < 2 <<b>b ==> 1 <\u{200B} 2 <\u{200B}b",
        "<a title=it's href=/x>y</a> ==> <a href=\"/x\">y</a>",
        "<DIV ID=A>x</DIV> ==> <div id=\"A\">x</div>",
        "<p class='say \"x\"'>y ==> <p class='say \"x\"'>y",
        "<title>a <b x='</title>y'>b ==> <title>a &lt;b x='</title>y'>b",
        "<p class=a CLASS=b>x ==> <p class=\"a\">x",
        "<link rel=stylesheet href=x><link rel=canonical href=y> ==> <link rel=\"canonical\" href=\"y\">",
    ] {
        let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
        assert_eq!(html(input), expected, "{input}");
    }
}

#[test]
fn json_ld_is_kept_aside() {
    let page = "<script type='application/ld+json'>{\"a\": 1}</script><script>x</script>";
    assert_eq!(strip(page).json_ld, ["{\"a\": 1}"]);
}

#[test]
fn nesting_is_bounded_and_balanced() {
    let page = format!("{}x{}<p>y", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let out = strip(&page);
    assert_eq!(out.html.matches("<div>").count(), MAX_DEPTH);
    assert_eq!(out.html.matches("</div>").count(), MAX_DEPTH);
    assert_eq!(out.notes.len(), 1);
}

#[test]
fn tags_are_bounded_by_the_size_of_the_page() {
    for piece in ["<p>", "<li>x", "x<br><br>", "<a href=x>y</a>", "<", "<tr><td>x", "<h1>a</h1>"] {
        for bytes in [100_000, 1_000_000, 8_000_000] {
            let page = piece.repeat(bytes / piece.len());
            let out = strip(&page);
            let tags = memchr::memchr_iter(b'<', out.html.as_bytes()).count();
            assert!(tags <= most_tags(page.len()) && out.html.len() <= 5 * page.len(), "{piece} {bytes}: {tags}");
            assert_eq!(out.notes.is_empty(), tags < most_tags(page.len()), "{piece} {bytes}: {tags} {:?}", out.notes);
        }
    }
}

proptest! {
    #[test]
    fn any_page_comes_out(page in "[<>/!a-z='\" -]{0,200}|(<(div|svg|p|script|/div|/svg)[ >]){0,40}|\\PC{0,80}") {
        let _ = strip(&page);
    }
}

#[track_caller]
fn check(page: &str, expected: &str) {
    assert_eq!(html(page), expected, "{page}");
}

#[test]
fn attributes_are_kept_where_a_rule_reads_them() {
    check("<a href=/x target=_blank>y</a>", "<a href=\"/x\">y</a>");
    check("<div href=/x data-id=7>y</div>", "<div>y</div>");
    check("<p style='display:none'>x", "<p style=\"display:none\">x");
    check("<p style='color:red'>x", "<p>x");
    check("<html lang=az dir=ltr><p lang=en>x", "<html lang=\"az\"><p>x");
    check("<time datetime=2020-11-10 class>x</time>", "<time datetime=\"2020-11-10\" class=\"\">x</time>");
    check("<span itemprop=author>x</span>", "<span itemprop=\"author\">x</span>");
    check("<p class = lead >x", "<p class=\"lead\">x");
    check("<p =x class=y>z", "<p class=\"y\">z");
    check("<p class=\"both ' and &quot;\">x", "<p class=\"both ' and &quot;\">x");
}

#[test]
fn raw_content_goes_with_its_element() {
    check("a<style>p > b { x: '</p>' }</style>b", "ab");
    check("a<SCRIPT>x</ScRiPt >b", "ab");
    check("a<textarea><p>b</textarea>c", "ac");
    // Without an end it is the rest of the page, as in browsers.
    check("a<script>b<p>c", "a");
    check("a<select><option>b<option>c</select>d", "ad");
    check("a<video><video></video>b</video>c", "ac");
    check("a<svg/>b", "ab");
}

#[test]
fn comments_end_as_in_browsers() {
    check("a<!-- b -- c --->d", "ad");
    check("a<!--->b", "ab");
    check("a<!doctype html>b", "ab");
    check("a<?xml version=1?>b", "ab");
    check("a<!-- b", "a");
}

#[test]
fn end_tags_close_what_was_opened() {
    check("<div><span class=x>a</div>b</span>", "<div><span class=\"x\">a</div>b");
    check("a</div>b", "ab");
    check("<b>a</i></b>c", "ac");
    check("<x-long-name-of-a-custom-element>a</x-long-name-of-a-custom-element>", "<x-long>a</x-long>");
}

#[test]
fn white_space_beside_blocks_shows_nothing() {
    check("<div>\n  <p>a</p>\n  <p>b</p>\n</div>", "<div><p>a</p><p>b</p></div>");
    check("<a>a</a> <a>b</a>", "<a>a</a> <a>b</a>");
}
