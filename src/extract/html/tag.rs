//! What kind of element it is.

/// What kind of element it is, as far as rules care.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tag {
    #[default]
    Inline,
    Link,
    Time,
    Division,
    Paragraph,
    Heading(u8),
    Item,
    List,
    Quote,
    Code,
    Table,
    Row,
    Cell,
    Figure,
    Caption,
    Article,
    Section,
    Main,
    Aside,
    Nav,
    Header,
    Footer,
    Form,
    Button,
    Details,
    Body,
}

impl Tag {
    pub(crate) fn of(name: &str) -> Tag {
        match name {
            "p" | "summary" => Tag::Paragraph,
            "div" | "center" | "fieldset" | "dl" | "dt" | "hr" | "legend" | "hgroup" | "picture" => Tag::Division,
            "a" => Tag::Link,
            "time" => Tag::Time,
            "li" | "dd" => Tag::Item,
            "ul" | "ol" => Tag::List,
            "h1" => Tag::Heading(1),
            "h2" => Tag::Heading(2),
            "h3" => Tag::Heading(3),
            "h4" => Tag::Heading(4),
            "h5" => Tag::Heading(5),
            "h6" => Tag::Heading(6),
            "blockquote" => Tag::Quote,
            "pre" | "listing" => Tag::Code,
            "table" | "thead" | "tbody" | "tfoot" => Tag::Table,
            "tr" => Tag::Row,
            "td" | "th" => Tag::Cell,
            "figure" => Tag::Figure,
            "figcaption" | "caption" => Tag::Caption,
            "article" => Tag::Article,
            "section" => Tag::Section,
            "main" => Tag::Main,
            "aside" => Tag::Aside,
            "nav" | "menu" => Tag::Nav,
            "header" => Tag::Header,
            "footer" | "address" => Tag::Footer,
            "form" => Tag::Form,
            "button" | "option" | "dialog" => Tag::Button,
            "details" => Tag::Details,
            "body" => Tag::Body,
            _ => Tag::Inline,
        }
    }

    /// A number for each tag, those of a kind beside each other.
    pub(crate) fn rank(self) -> i16 {
        match self {
            Tag::Paragraph => 0,
            Tag::Division => 1,
            Tag::Body => 2,
            Tag::Article => 3,
            Tag::Section => 4,
            Tag::Main => 5,
            Tag::Heading(rank) => 10 + i16::from(rank),
            Tag::Quote => 20,
            Tag::Code => 21,
            Tag::Item => 22,
            Tag::List => 23,
            Tag::Cell => 24,
            Tag::Row => 25,
            Tag::Table => 26,
            Tag::Details => 27,
            Tag::Figure => 30,
            Tag::Caption => 31,
            Tag::Inline => 32,
            Tag::Link => 33,
            Tag::Time => 34,
            Tag::Header => 35,
            Tag::Aside => 36,
            Tag::Nav => 37,
            Tag::Footer => 38,
            Tag::Form => 39,
            Tag::Button => 40,
        }
    }

    /// Whether text in it stands apart from the text around it.
    pub(super) fn is_block(self) -> bool {
        !matches!(self, Tag::Inline | Tag::Link | Tag::Time)
    }
}
