//! News in XML: NITF, NewsML-G2, NewsML 1.x, and feeds in RSS and Atom.
//!
//! No entity that a file declares is expanded, none outside is read. What is not well-formed costs one item.

mod tree;

use self::tree::Node;
use super::{RecordSkip, SavedPage, What};
use crate::input::ready::{Body, Ready, date_of, web_address};

/// Letters of a teaser: a longer description is the text itself.
// Teasers are cut at some hundred letters; the shortest articles have more than a thousand.
const TEASER: usize = 1500;

/// Bytes of a document type in which its first entity stands.
const DOCTYPE: usize = 1024;

/// Gives the items of the file `text` to `give`, each with the place where it begins, or what is wrong with it.
pub(super) fn read(text: &str, mut give: impl FnMut(u64, Result<What, String>)) {
    // In front of the items: an article may tell of such.
    let declared = text.split("<!DOCTYPE").nth(1).and_then(|rest| rest.find("<!ENTITY"));
    if declared.is_some_and(|at| at < DOCTYPE) {
        give(0, Err("it declares entities of its own, which are not expanded".to_owned()));
    }
    const ITEMS: [&str; 5] = ["item", "entry", "nitf", "newsItem", "NewsItem"];
    tree::items(text, &ITEMS, |range, found| {
        let at = range.start as u64;
        let what = found.map(|node| match article(&node) {
            Ok(ready) => What::Page(SavedPage::ready(text[range].as_bytes().to_vec(), ready)),
            Err(why) => What::Skipped(why),
        });
        give(at, what);
    });
}

fn article(node: &Node) -> Result<Ready, RecordSkip> {
    let ready = match node.local() {
        "nitf" => nitf(node),
        "newsItem" => news_ml_g2(node)?,
        "NewsItem" => news_ml_1(node)?,
        _ => feed(node),
    };
    if ready.body.is_empty() { Err(RecordSkip::NoText) } else { Ok(ready) }
}

/// An item of RSS or RDF, or an entry of Atom.
fn feed(item: &Node) -> Ready {
    let text = |name: &str| item.child(name).map(Node::text).filter(|text| !text.trim().is_empty());
    let full = item.children().find(|child| child.name == "content:encoded").or_else(|| {
        item.children().filter(|child| child.local() == "content").find(|child| child.attribute("src").is_none())
    });
    let teaser = text("description").or_else(|| item.child("summary").map(Node::content));
    let full = full.map(Node::content).filter(|text| !text.trim().is_empty());
    // Of some feeds the description is all there is, and all of the text.
    let is_long = teaser.as_ref().is_some_and(|teaser| teaser.chars().count() > TEASER);
    let (stub, body) = match full {
        Some(full) => (false, full),
        None => (!is_long, teaser.clone().unwrap_or_default()),
    };
    let date = |names: &[&str]| names.iter().find_map(|name| date_of(&text(name)?));
    let mut byline: Vec<String> = item.children().filter(|child| child.name == "dc:creator").map(Node::text).collect();
    if byline.is_empty() {
        byline = item.all("author").map(|author| author.child("name").unwrap_or(author).text()).collect();
    }
    Ready {
        title: text("title").unwrap_or_default(),
        byline,
        published: date(&["pubDate", "published", "date", "issued", "updated"]),
        modified: date(&["updated", "modified"]),
        url: link(item),
        tags: item.all("category").map(|tag| tag.attribute("term").map_or_else(|| tag.text(), str::to_owned)).collect(),
        lang: text("language"),
        lead: teaser.filter(|_| !stub && !is_long),
        body: Body::of(body),
        stub,
        ..Ready::default()
    }
}

fn link(item: &Node) -> Option<String> {
    let own = item.all("link").find_map(|link| match link.attribute("href") {
        Some(href) => {
            let rel = link.attribute("rel").unwrap_or("alternate");
            if rel == "alternate" { web_address(href) } else { None }
        }
        None => web_address(&link.text()),
    });
    own.or_else(|| {
        let guid = item.child("guid").filter(|guid| guid.attribute("isPermaLink") != Some("false"))?;
        web_address(&guid.text())
    })
}

fn nitf(node: &Node) -> Ready {
    let head = node.child("head");
    let data = head.and_then(|head| head.child("docdata"));
    let norm = |name: &str| date_of(data?.child(name)?.attribute("norm")?);
    let above = node.find("body.head");
    let headline = above.and_then(|above| above.find("hl1")).map(Node::text);
    let title = headline.or_else(|| Some(head?.child("title")?.text())).unwrap_or_default();
    let content = node.find("body.content").map(Node::inside).unwrap_or_default();
    let byline = above.and_then(|above| above.find("byline")).map(Node::text);
    let tags = data.and_then(|data| data.child("key-list"));
    Ready {
        title,
        byline: byline.into_iter().collect(),
        published: norm("date.issue").or_else(|| norm("date.release")),
        lang: node.attribute("xml:lang").map(str::to_owned),
        tags: tags
            .map(|tags| tags.all("keyword").filter_map(|tag| tag.attribute("key").map(str::to_owned)).collect())
            .unwrap_or_default(),
        lead: above.and_then(|above| above.find("abstract")).map(Node::text),
        body: Body::Html(content),
        ..Ready::default()
    }
}

fn news_ml_g2(item: &Node) -> Result<Ready, RecordSkip> {
    let (about, content) = (item.child("itemMeta"), item.child("contentMeta"));
    let code = |name: &str| about.and_then(|about| about.child(name)?.attribute("qcode")).unwrap_or_default();
    let is_of = |code: &str, name: &str| code.rsplit(':').next() == Some(name);
    if ["canceled", "withheld"].iter().any(|status| is_of(code("pubStatus"), status)) {
        return Err(RecordSkip::Withdrawn);
    }
    let class = code("itemClass");
    if !class.is_empty() && !is_of(class, "text") && !is_of(class, "composite") {
        return Err(RecordSkip::OtherType);
    }
    let of = |part: Option<&Node>, name: &str| Some(part?.child(name)?.text()).filter(|text| !text.trim().is_empty());
    let date = |part, name: &str| date_of(&of(part, name)?);
    let set = item.child("contentSet");
    let within = |name: &'static str| set.map(|set| set.all(name).collect::<Vec<_>>()).unwrap_or_default();
    let inline =
        within("inlineXML").into_iter().map(|xml| (xml, body_of(xml))).find(|(_, body)| !body.trim().is_empty());
    let data = || within("inlineData").into_iter().map(Node::text).find(|text| !text.trim().is_empty());
    let nested = inline.as_ref().and_then(|(xml, _)| xml.find("nitf")).map(nitf);
    let body = match inline {
        Some((_, body)) => Body::Html(body),
        None => Body::of(data().unwrap_or_default()),
    };
    let title = of(content, "headline").or_else(|| of(about, "title")).or(nested.map(|nested| nested.title));
    Ok(Ready {
        title: title.unwrap_or_default(),
        byline: of(content, "by").into_iter().collect(),
        published: date(content, "contentCreated")
            .or_else(|| date(about, "firstCreated"))
            .or_else(|| date(about, "versionCreated")),
        modified: date(about, "versionCreated"),
        lang: item.attribute("xml:lang").map(str::to_owned),
        lead: of(content, "description"),
        url: about.and_then(|about| about.all("link").find_map(|link| web_address(link.attribute("href")?))),
        body,
        ..Ready::default()
    })
}

/// The text of what stands inline in an item: a page of HTML, or NITF.
fn body_of(xml: &Node) -> String {
    xml.find("body.content").or_else(|| xml.find("body")).unwrap_or(xml).inside()
}

fn news_ml_1(item: &Node) -> Result<Ready, RecordSkip> {
    let about = item.child("NewsManagement");
    let status = about.and_then(|about| about.child("Status")?.attribute("FormalName")).unwrap_or_default();
    if matches!(status.to_ascii_lowercase().as_str(), "canceled" | "withheld") {
        return Err(RecordSkip::Withdrawn);
    }
    let text = |name: &str| item.find(name).map(Node::text).filter(|text| !text.trim().is_empty());
    let date = |name: &str| date_of(&about?.child(name)?.text());
    let contents: Vec<&Node> = item.find_all("DataContent");
    let body = contents.iter().map(|content| body_of(content)).max_by_key(String::len).unwrap_or_default();
    Ok(Ready {
        title: text("HeadLine").unwrap_or_default(),
        byline: text("ByLine").into_iter().collect(),
        published: date("FirstCreated").or_else(|| date("ThisRevisionCreated")),
        modified: date("ThisRevisionCreated"),
        lang: item.find("Language").and_then(|lang| lang.attribute("FormalName")).map(str::to_owned),
        body: Body::of(body),
        ..Ready::default()
    })
}

#[cfg(test)]
mod tests;
