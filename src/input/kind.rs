//! What a file's name says about it.

use std::ffi::OsStr;

use super::Format;

/// Endings of the files that are read, without the dot and in lower case.
const ENDINGS: [(&[u8], Format); 6] = [
    (b"html", Format::Html),
    (b"htm", Format::Html),
    (b"xhtml", Format::Html),
    (b"mhtml", Format::Html),
    (b"mht", Format::Html),
    (b"txt", Format::Text),
];

/// Endings of files that are no pages, in lower case: they are not opened to find out.
const OTHERS: [&[u8]; 54] = [
    b"png",
    b"jpg",
    b"jpeg",
    b"jpe",
    b"gif",
    b"svg",
    b"webp",
    b"avif",
    b"ico",
    b"bmp",
    b"tif",
    b"tiff",
    b"css",
    b"js",
    b"mjs",
    b"map",
    b"woff",
    b"woff2",
    b"ttf",
    b"otf",
    b"eot",
    b"mp3",
    b"mp4",
    b"m4a",
    b"m4v",
    b"webm",
    b"ogg",
    b"wav",
    b"avi",
    b"mov",
    b"swf",
    b"pdf",
    b"eml",
    b"mbox",
    b"msg",
    b"webarchive",
    b"doc",
    b"docx",
    b"xls",
    b"xlsx",
    b"ppt",
    b"pptx",
    b"odt",
    b"epub",
    b"rtf",
    b"bz2",
    b"xz",
    b"zst",
    b"7z",
    b"rar",
    b"db",
    b"sqlite",
    b"cdx",
    b"log",
];

/// Endings of files that hold many pages, in lower case.
const CONTAINERS: [&[u8]; 7] = [b"warc", b"arc", b"wacz", b"zip", b"tar", b"tgz", b"tzst"];

/// Endings of files that may hold ready articles, in lower case: their beginning tells.
const DATA: [&[u8]; 8] = [b"json", b"jsonl", b"ndjson", b"csv", b"tsv", b"xml", b"rss", b"atom"];

/// What the name of a file says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// It is a page.
    Page(Format),
    /// It holds many pages.
    Container,
    /// It may hold ready articles.
    Data,
    /// It is something else.
    Other,
    /// Nothing: `article.html?id=7`, `index.html.1`, `story.php`, or no ending.
    Nothing,
}

/// What `name` says, with or without a final `.gz`, in any case. It need not be UTF-8.
pub(super) fn of_name(name: &OsStr) -> Name {
    let is_other = |(_, ending): (&[u8], &[u8])| OTHERS.iter().any(|other| ending.eq_ignore_ascii_case(other));
    match format(name) {
        Some(format) => Name::Page(format),
        None if ends_in(name.as_encoded_bytes(), &CONTAINERS) => Name::Container,
        None if ends_in(name.as_encoded_bytes(), &DATA) => Name::Data,
        None if split(name.as_encoded_bytes()).is_some_and(is_other) => Name::Other,
        None => Name::Nothing,
    }
}

/// Whether `name` has one of these endings, packed or still being written.
fn ends_in(name: &[u8], endings: &[&[u8]]) -> bool {
    let mut rest = name;
    // `crawl.warc.gz.open`
    for after in [&[&b"open"[..]][..], &[b"gz", b"zst"]] {
        if let Some((stem, ending)) = split(rest)
            && after.iter().any(|known| ending.eq_ignore_ascii_case(known))
        {
            rest = stem;
        }
    }
    split(rest).is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Whether `name` is that of an archive of any kind.
pub(super) fn is_archive(name: &OsStr) -> bool {
    const ARCHIVES: [&[u8]; 4] = [b"7z", b"rar", b"xz", b"bz2"];
    let ending = split(name.as_encoded_bytes()).map(|(_, ending)| ending);
    ending.is_some_and(|ending| ARCHIVES.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Endings of the folders in which browsers keep the pictures and scripts of a saved page `NAME.html`: `NAME` and one
/// of these, in the languages in which Windows and the browsers write them.
const COMPANIONS: [&str; 22] = [
    "_files",
    ".files",
    "-Dateien",
    "_fichiers",
    "_bestanden",
    "_file",
    "_archivos",
    "-filer",
    "_tiedostot",
    "_pliki",
    "_soubory",
    "_elemei",
    "_ficheiros",
    "_arquivos",
    "_dosyalar",
    "_datoteke",
    "_fitxers",
    "_failid",
    "_fails",
    "_bylos",
    "_fajlovi",
    "_fitxategiak",
];

/// The format of a file called `name`, with or without a final `.gz`, in any case; `None` where its ending is not one
/// of a page. The name need not be UTF-8.
pub(super) fn format(name: &OsStr) -> Option<Format> {
    let (stem, ending) = split(name.as_encoded_bytes())?;
    // One level: `.gz.gz` is no page that anybody saved.
    let ending = if ending.eq_ignore_ascii_case(b"gz") { split(stem)?.1 } else { ending };
    ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, format)| *format)
}

/// True when `name` ends in `.gz`, in any case.
pub(super) fn is_gz(name: &OsStr) -> bool {
    split(name.as_encoded_bytes()).is_some_and(|(_, ending)| ending.eq_ignore_ascii_case(b"gz"))
}

/// The name before and after its last dot; `None` without a dot.
fn split(name: &[u8]) -> Option<(&[u8], &[u8])> {
    let dot = memchr::memrchr(b'.', name)?;
    Some((&name[..dot], &name[dot + 1..]))
}

/// For a folder called `name` as a browser would call it that saves `NAME.html`: `NAME`. Names that are not UTF-8 have
/// none.
pub(super) fn companion_of(name: &OsStr) -> Option<&str> {
    let name = name.to_str()?;
    COMPANIONS.iter().find_map(|ending| name.strip_suffix(ending)).filter(|page| !page.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_format() {
        for row in "a.html ==> Some(Html)
             a.HTM ==> Some(Html)
             a.xhtml.gz ==> Some(Html)
             a.TXT.GZ ==> Some(Text)
             a.b.txt ==> Some(Text)
             a.gz ==> None
             html ==> None
             a.html.bak ==> None
             .html ==> Some(Html)
             a.php ==> None"
            .lines()
        {
            let (name, expected) = row.trim().split_once(" ==> ").unwrap();
            assert_eq!(format!("{:?}", format(OsStr::new(name))), expected, "{name}");
        }
    }

    #[test]
    fn names_that_tell_nothing_are_not_taken_for_others() {
        for (name, expected) in [
            ("a.html", Name::Page(Format::Html)),
            ("a.JPG", Name::Other),
            ("a.WARC.gz", Name::Container),
            ("a.warc.gz.open", Name::Container),
            ("a.warc.zst", Name::Container),
            ("a.tar", Name::Container),
            ("a.tar.zst", Name::Container),
            ("a.TGZ", Name::Container),
            ("a.tar.bz2", Name::Other),
            ("a.mhtml", Name::Page(Format::Html)),
            ("a.zst", Name::Other),
            ("warc.gz", Name::Nothing),
            ("a.html.png", Name::Other),
            ("article.html?id=7", Name::Nothing),
            ("index.html.1", Name::Nothing),
            ("story.php", Name::Nothing),
            ("README", Name::Nothing),
            ("png", Name::Nothing),
            ("style.css?v=3", Name::Nothing),
        ] {
            assert_eq!(of_name(OsStr::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn companions_name_their_page() {
        assert_eq!(companion_of(OsStr::new("Storm_files")), Some("Storm"));
        assert_eq!(companion_of(OsStr::new("Storm_dosyalar")), Some("Storm"));
        assert_eq!(companion_of(OsStr::new("_files")), None);
        assert_eq!(companion_of(OsStr::new("Storm")), None);
    }
}
