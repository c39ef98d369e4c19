use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn limits() -> Limits {
    Limits { page: 1 << 20, ratio: 200 }
}

/// The page in `message`, whose lines end as in mail, with its address, time and charset.
#[track_caller]
fn check(message: &str, expected: &str) {
    for feed in ["\r\n", "\n"] {
        let found = match unwrap(message.replace('\n', feed).into_bytes(), limits()) {
            Ok(page) => {
                let text = String::from_utf8_lossy(&page.bytes).trim().replace(feed, "|");
                let captured = page.captured.map_or("-".to_owned(), |stamp| stamp.to_string());
                let or_none = |value: Option<String>| value.unwrap_or("-".to_owned());
                format!("{text} {} {captured} {}", or_none(page.url), or_none(page.charset))
            }
            Err(why) => why,
        };
        assert_eq!(found, expected, "{message}");
    }
}

const BLINK: &str = "From: <Saved by Blink>
Snapshot-Content-Location: https://ferry.example/2021/late
Subject: =?utf-8?Q?F=C3=A4hre?=
Date: Sat, 5 Jun 2021 04:03:02 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype=\"text/html\";
\tboundary=\"----limit\"

";

#[test]
fn the_page_of_mhtml_is_read() {
    check(
        &format!(
            "{BLINK}------limit
Content-Type: text/css

p {{ color: red }}
------limit
Content-Type: text/html
Content-ID: <frame@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://ferry.example/2021/late

<p>Die F=C3=A4hre kam sp=
=C3=A4t.</p>
------limit
Content-Type: text/html
Content-Location: https://banner.example/

<p>Buy!</p>
------limit--
"
        ),
        "<p>Die Fähre kam spät.</p> https://ferry.example/2021/late 2021-06-05T04:03:02Z -",
    );
    // What the message calls its start counts, and a part without an end is read as far as it goes.
    check(
        "From: \"Saved by Mozilla 5.0 (Windows)\"
Date: Sat, 05 Jun 2021 04:03:02 +0400
MIME-Version: 1.0
Content-Type: multipart/related; boundary=limit; start=\"<two@x>\"

--limit
Content-Type: text/html
Content-ID: <one@x>

<p>Banner</p>
--limit
Content-Type: text/html; charset=\"windows-1251\"
Content-ID: <two@x>
Content-Location: http://gazeta.example/1
Content-Transfer-Encoding: base64

PHA+0uXq8fI8L3A+",
        "<p>�����</p> http://gazeta.example/1 2021-06-05T04:03:02+04:00 windows-1251",
    );
    // Of one part.
    check(
        "MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Location: https://ferry.example/b

<p>One</p>",
        "<p>One</p> https://ferry.example/b - utf-8",
    );
    check(
        &format!("{BLINK}------limit\nContent-Type: text/css\n\np {{}}\n------limit--\n"),
        "MHTML without a page in it",
    );
}

#[test]
fn parts_within_parts_are_no_trap() {
    let mut message = "MIME-Version: 1.0\n".to_owned();
    for n in 0..5000 {
        message += &format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
    }
    let why = unwrap(message.into_bytes(), limits()).unwrap_err();
    assert!(why.starts_with("MHTML"), "{why}");
}

#[test]
fn mail_and_text_are_no_mhtml() {
    for text in [
        "Received: from a.example\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n",
        "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>One",
        "MIME-Version is a field of mail.\n\nContent-Type: multipart/related\n",
        "<p>MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
        "",
    ] {
        assert!(!is_mhtml(text.as_bytes()), "{text}");
        assert_eq!(unwrap(text.into(), limits()).unwrap().bytes, text.as_bytes());
    }
}

fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn the_page_of_a_page_that_is_a_zip_is_read() {
    let page = b"<p>The page that was saved</p>";
    let with = |bytes: Vec<u8>| unwrap(bytes, limits()).map(|page| String::from_utf8(page.bytes).unwrap_or_default());
    let own = "<!doctype html><script>unpack()</script><!--";
    assert_eq!(with(zip("index.html", page)), Ok("<p>The page that was saved</p>".to_owned()));
    let around = [own.as_bytes(), &zip("index.html", page), b"--></html>"].concat();
    assert_eq!(with(around), Ok("<p>The page that was saved</p>".to_owned()));
    // A zip without a page is none, and one that is cut off is told; a page that names them stays what it is.
    let other = zip("notes.doc", page);
    assert_eq!(unwrap(other.clone(), limits()).unwrap().bytes, other);
    let quoting = "<p>PK\x03\x04 and PK\x05\x06 are what zips begin and end with</p>";
    assert_eq!(with(quoting.into()), Ok(quoting.to_owned()));
    let bomb = zip("index.html", &vec![b' '; 8 << 20]);
    assert_eq!(with(bomb), Err("larger than the limit of 1 MiB".to_owned()));
}
