//! Hits as a feed (RFC 4287, Atom), for readers of news and for other programs.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::NO_HEADLINE;
use crate::api::Hit;
use crate::text::safe_line;

/// What a feed says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Feed<'a> {
    /// Tells it from other feeds; letters, digits and hyphens.
    pub name: &'a str,
    /// The query that its entries match.
    pub query: &'a str,
    /// When it is made, RFC 3339 with a zone. Stands for the date of undated articles too, as Atom wants one.
    pub now: &'a str,
}

/// Writes `hits` as the entries of one feed, in their order.
pub fn atom(out: &mut dyn Write, feed: Feed<'_>, hits: &[Hit]) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    root.write_inner_content(|xml| {
        text(xml, "id", &format!("urn:search:new:{}", feed.name))?;
        text(xml, "title", &format!("{}: {}", feed.name, feed.query))?;
        text(xml, "updated", feed.now)?;
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", "search"))?;
        hits.iter().try_for_each(|hit| entry(xml, hit, feed.now))
    })?;
    writeln!(xml.into_inner())
}

fn entry<W: Write>(xml: &mut Writer<W>, hit: &Hit, now: &str) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        // The article's id and not its address: an entry must keep its id where the address is corrected later.
        text(xml, "id", &format!("urn:search:article:{}", hit.id))?;
        text(xml, "title", hit.title.as_deref().unwrap_or(NO_HEADLINE))?;
        text(xml, "updated", &hit.date.as_deref().map_or_else(|| now.to_owned(), moment))?;
        for name in &hit.byline {
            xml.create_element("author").write_inner_content(|xml| text(xml, "name", name))?;
        }
        let file = || url::Url::from_file_path(&hit.file.file).ok().map(String::from);
        if let Some(address) = hit.url.clone().or_else(file) {
            // Pages state their own address, and a feed reader must not be sent control characters.
            let address = safe_line(&address).into_owned();
            xml.create_element("link").with_attribute(("href", address.as_str())).write_empty()?;
        }
        match hit.snippets.first() {
            Some(snippet) => text(xml, "summary", &snippet.text),
            None => Ok(()),
        }
    })?;
    Ok(())
}

/// An element with text in it; what XML cannot hold is shown as on a terminal.
fn text<W: Write>(xml: &mut Writer<W>, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&safe_line(text)))?;
    Ok(())
}

/// A date or date-time as RFC 3339 has it: what is not known is the first, and without a zone it is UTC.
fn moment(date: &str) -> String {
    let (day, time) = date.split_once('T').unwrap_or((date, ""));
    let day = format!(
        "{day}{}",
        match day.len() {
            ..7 => "-01-01",
            7..10 => "-01",
            _ => "",
        }
    );
    let (clock, zone) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
    let clock = format!(
        "{clock}{}",
        match clock.len() {
            0 => "00:00:00",
            1..8 => ":00",
            _ => "",
        }
    );
    format!("{day}T{clock}{}", if zone.is_empty() { "Z" } else { zone })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_filled_up() {
        for row in [
            "2020 ==> 2020-01-01T00:00:00Z",
            "2020-11 ==> 2020-11-01T00:00:00Z",
            "2020-11-10 ==> 2020-11-10T00:00:00Z",
            "2020-11-10T09:12 ==> 2020-11-10T09:12:00Z",
            "2020-11-10T09:12+04:00 ==> 2020-11-10T09:12:00+04:00",
            "2020-11-10T09:12:30Z ==> 2020-11-10T09:12:30Z",
            "2020-11-10T09:12:30-05:00 ==> 2020-11-10T09:12:30-05:00",
        ] {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            assert_eq!(moment(input), expected);
        }
    }
}
