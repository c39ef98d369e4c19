use super::*;

/// What is read of `text`: an item a line, with what is wrong.
#[track_caller]
fn check(text: &str, expected: &str) {
    let mut found = Vec::new();
    read(text, |_, what| {
        found.push(match what {
            Err(why) => format!("wrong: {why}"),
            Ok(What::Skipped(why)) => why.name().to_owned(),
            Ok(What::Page(page)) => {
                let ready = page.ready.expect("a ready article");
                let (Body::Text(body) | Body::Html(body)) = ready.body;
                let stub = if ready.stub { " stub" } else { "" };
                let date = ready.published.unwrap_or("-".to_owned());
                format!(
                    "{} / {} / {date} / {} / {body}{stub}",
                    ready.title,
                    ready.byline.join("+"),
                    ready.url.unwrap_or("-".to_owned())
                )
            }
            Ok(_) => "something else".to_owned(),
        });
    });
    assert_eq!(found.join("\n"), expected, "{text}");
}

#[test]
fn feeds_are_read() {
    check(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='x' xmlns:dc='y'><channel><title>Harbour</title><link>https://ferry.example/</link>
         <item><title>Eels &amp; ferries</title><link>https://ferry.example/eels</link><dc:creator>Ada Quay</dc:creator>
         <pubDate>Sat, 05 Jun 2021 04:03:02 +0200</pubDate><description>Short.</description>
         <content:encoded><![CDATA[<p>The eels came.</p>]]></content:encoded></item>
         <item><title>Fog</title><guid>https://ferry.example/fog</guid><description>Only the &lt;b&gt;beginning&lt;/b&gt;.</description></item>
         <item><title>A picture</title></item></channel></rss>",
        "Eels & ferries / Ada Quay / 2021-06-05T04:03:02+02:00 / https://ferry.example/eels / <p>The eels came.</p>\n\
         Fog / - / - / https://ferry.example/fog / Only the <b>beginning</b>. stub\n\
         items without a text"
            .replace("Fog / - /", "Fog /  /")
            .as_str(),
    );
    check(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>Угри</title><link rel='self' href='https://a.example/self'/>
         <link href='https://a.example/1'/><author><name>Ada Quay</name></author><published>2021-06-05T04:03:02Z</published>
         <content type='xhtml'><div xmlns='x'><p>One &lt; two.</p><p>Three</p></div></content></entry></feed>",
        "Угри / Ada Quay / 2021-06-05T04:03:02Z / https://a.example/1 / <div><p>One &lt; two.</p><p>Three</p></div>",
    );
}

#[test]
fn news_of_agencies_is_read() {
    check(
        "<nitf><head><title>Eels</title><docdata><date.issue norm='20210605T040302Z'/></docdata></head><body><body.head>
         <hedline><hl1>The eels are back</hl1></hedline><byline>By Ada Quay</byline></body.head><body.content><block><p>They came.</p>
         <media media-type='image'><media-caption>An eel</media-caption></media><hl2>Fog</hl2></block></body.content></body></nitf>",
        "The eels are back / By Ada Quay / 2021-06-05T04:03:02Z / - / <div><p>They came.</p>\n         <h2>Fog</h2></div>",
    );
    let item = |status: &str, class: &str| {
        format!(
            "<newsMessage><itemSet><newsItem guid='urn:a' version='2' xml:lang='en'><itemMeta><itemClass qcode='ninat:{class}'/>
             <versionCreated>2021-06-05T04:03:02Z</versionCreated><pubStatus qcode='stat:{status}'/></itemMeta><contentMeta>
             <by>Ada Quay</by><headline>Eels</headline></contentMeta><contentSet><inlineXML><html xmlns='x'><head><title>No</title></head>\
             <body><p>They came.</p></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>"
        )
    };
    check(&item("usable", "text"), "Eels / Ada Quay / 2021-06-05T04:03:02Z / - / <p>They came.</p>");
    check(&item("canceled", "text"), "items that were withdrawn");
    check(&item("usable", "picture"), "records of another type");
    check(
        "<NewsML><NewsItem><NewsManagement><FirstCreated>20210605T040302Z</FirstCreated><Status FormalName='Usable'/></NewsManagement>
         <NewsComponent><NewsLines><HeadLine>Eels</HeadLine></NewsLines><ContentItem><DataContent><p>They came.</p><p>They went.</p>\
         </DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
        "Eels /  / 2021-06-05T04:03:02Z / - / <p>They came.</p><p>They went.</p>",
    );
}

#[test]
fn what_is_broken_costs_one_item() {
    let item = |n: usize, text: &str| format!("<item><title>Eels {n}</title><description>{text}</description></item>");
    let feed = |items: &[String]| format!("<rss><channel>{}</channel></rss>", items.concat());
    let row = |n: usize, text: &str| format!("Eels {n} /  / - / - / {text} stub");
    // An entity of its own, which no reader expands.
    check(
        &format!(
            "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>{}",
            feed(&[item(1, "&b;&c; &#8211; AT&T &nbsp;")])
        ),
        &format!("wrong: it declares entities of its own, which are not expanded\n{}", row(1, "&b;&c; – AT&T &nbsp;")),
    );
    check(
        &feed(&[item(1, "One"), item(2, "<a <b>Two"), item(3, "Three")]),
        &format!("{}\nEels 2 /  / - / - / Two stub\n{}", row(1, "One"), row(3, "Three")),
    );
    // It ends inside.
    let whole = feed(&[item(1, "One"), item(2, "Two")]);
    check(&whole[..whole.len() - 40], &format!("{}\nwrong: it ends inside an item", row(1, "One")));
    let deep = feed(&[item(1, &"<i>".repeat(300)), item(2, "Two")]);
    check(&deep, &format!("wrong: an item of too many elements, or of too many within each other\n{}", row(2, "Two")));
}
