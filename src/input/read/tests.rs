use super::*;
use flate2::{Compression, write::GzEncoder};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn source(root: &Path, name: &str) -> Source {
    Source { root: root.to_owned(), path: PathBuf::from(name), locator: None, size: 0, mtime: 0 }
}

/// Writes `bytes` to a file called `name` and reads it; the text and the notes, or the reason of the refusal.
fn check(name: &str, bytes: &[u8], expected: &str) {
    let top = tempfile::tempdir().unwrap();
    fs::write(top.path().join(name), bytes).unwrap();
    let limits = Limits { page: 4096, ratio: 200 };
    let found = match read(&source(top.path(), name), limits) {
        Ok(page) => format!("{:?} {} [{}]", page.format, page.text, page.notes.join("; ")),
        Err(error) => error.reason(),
    };
    assert_eq!(found, expected, "{name}");
}

#[test]
fn files_are_read_or_refused_with_a_reason() {
    let page = b"<p>page</p>";
    check("a.html", page, "Html <p>page</p> []");
    check("a.TXT", b"Title\nText", "Text Title\nText []");
    check("a.html.gz", &gzip(page), "Html <p>page</p> []");
    check("a.txt.gz", &gzip(b"Title"), "Text Title []");
    check("a.html", &gzip(page), "Html <p>page</p> []");
    check("a.html.gz", page, "Html <p>page</p> [named .gz, but it is not compressed]");
    check("a.html", b"<p>a\0b", "Html <p>a\0b [it holds zero bytes]");
    check("a.html", b"\xff\xfea\0b\0c\0", "Html abc []");
    check("a.html", b"", "empty file");
    check("a.html.gz", b"", "empty file");
    check("a.html.gz", &gzip(b""), "empty file");
    check("a.html", &[b' '; 4097], "larger than the limit of 4096 bytes");
    check("a.html.gz", &gzip(&[b' '; 4097]), "decompresses to more than the limit of 4096 bytes");
    check("a.html.gz", &gzip(page)[..20], "truncated gzip file: it ends after 9 bytes of the page");
    check("a.html.gz", &gzip(&gzip(page)), "gzip data, not a page");
    check("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image, not a page");
    check("a.html", &[0; 4096], "binary data, not a page");
}

#[test]
fn a_page_knows_its_digest_encoding_and_origin() {
    let html = "<!-- saved from url=(0024)https://news.example/a --><p>Çay</p>";
    for bytes in [html.as_bytes().to_vec(), gzip(html.as_bytes())] {
        let page = read_bytes(bytes, Path::new("-"), Limits::default()).unwrap();
        assert_eq!((page.format, page.encoding), (Format::Html, "UTF-8"));
        assert_eq!(page.url.as_deref(), Some("https://news.example/a"));
        assert_eq!(page.sha256, data_encoding::HEXLOWER.encode(&Sha256::digest(html.as_bytes())));
    }
    let empty = read_bytes(Vec::new(), Path::new("-"), Limits::default()).unwrap_err();
    assert_eq!(empty.to_string(), "-: empty file");
    let text = read_bytes(b"Title".to_vec(), Path::new("a/b.txt"), Limits::default()).unwrap();
    assert_eq!(text.format, Format::Text);
}

#[test]
fn what_is_missing_or_no_file_is_an_error() {
    let top = tempfile::tempdir().unwrap();
    fs::create_dir(top.path().join("x.html")).unwrap();
    let reason = |name: &str| read(&source(top.path(), name), Limits::default()).unwrap_err().reason();
    assert_eq!(reason("none.html"), "failed to open: no such file or directory");
    if cfg!(unix) {
        assert_eq!(reason("x.html"), "a folder, not a page");
        let made = std::process::Command::new("mkfifo").arg(top.path().join("y.html")).status();
        assert!(made.is_ok_and(|status| status.success()));
        assert_eq!(reason("y.html"), "a pipe, socket or device, not a page");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_file_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let top = tempfile::tempdir().unwrap();
    let path = top.path().join("a.html");
    fs::write(&path, "<p>page</p>").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(&path).is_ok() {
        return; // The superuser may read all.
    }
    let error = read(&source(top.path(), "a.html"), Limits::default()).unwrap_err();
    assert_eq!(error.reason(), "failed to open: permission denied");
}

#[test]
fn a_file_that_keeps_changing_is_read_with_a_note() {
    let top = tempfile::tempdir().unwrap();
    let path = top.path().join("a.html");
    fs::write(&path, "<p>").unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = OpenOptions::new().append(true).open(&path).unwrap();
            let mut written = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) && written < 4 << 20 {
                written += file.write(b"more text ").unwrap();
            }
        });
        for _ in 0..100 {
            let page = read(&source(top.path(), "a.html"), Limits::default()).unwrap();
            assert!(page.text.starts_with("<p>"));
            assert!(page.notes.iter().all(|note| note == "it changed while it was read"));
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200), packed: bool) {
        let bytes = if packed { gzip(&bytes) } else { bytes };
        let _ = read_bytes(bytes, Path::new("a.html"), Limits::default());
    }
}
