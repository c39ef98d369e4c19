use super::*;
use std::fs::{create_dir, create_dir_all, write};
use std::time::UNIX_EPOCH;

const OBEY: WalkOptions = WalkOptions { ignore_files: true, follow: false, mapped: false };

/// A folder with one small file for each of `paths`.
fn folder(paths: &[&str]) -> tempfile::TempDir {
    let top = tempfile::tempdir().unwrap();
    for path in paths {
        let path = top.path().join(path);
        create_dir_all(path.parent().unwrap()).unwrap();
        write(path, "<p>page</p>").unwrap();
    }
    top
}

/// What the walk finds, a line each.
fn list(root: &Path) -> Vec<String> {
    walk(root, OBEY).unwrap().map(|found| line(&found)).collect()
}

fn line(found: &WalkItem) -> String {
    match found {
        WalkItem::Page(source) => source.path.display().to_string(),
        WalkItem::Container(source) => format!("{} of many", source.path.display()),
        WalkItem::Skipped { path, why } => format!("{} {why:?}", path.display()),
        WalkItem::Problem { path, error } => format!("{}: {}", path.display(), error.reason()),
    }
}

#[test]
fn pages_come_in_order_and_the_rest_is_named() {
    let top = folder(&[
        "b/2.html",
        "b/10.HTM",
        "a.xhtml",
        "a/z.txt.gz",
        "a/picture.png",
        ".git/page.html",
        "a/.hidden.html",
        "Storm.html",
        "Storm_files/frame.html",
        "press_files/page.html",
        "x.html/page.html",
    ]);
    assert_eq!(
        list(top.path()),
        [
            ".git Hidden",
            "Storm.html",
            "Storm_files Companion",
            "a/.hidden.html Hidden",
            "a/picture.png OtherType",
            "a/z.txt.gz",
            "a.xhtml",
            "b/10.HTM",
            "b/2.html",
            "press_files/page.html",
            "x.html/page.html",
        ]
    );
}

/// A tree with ignore files (`PATH ==> LINE|LINE`) and what the walk gives of it, names without `.html`.
#[track_caller]
fn check_rules(pages: &str, files: &[(&str, &str)], expected: &str) {
    let pages: Vec<String> = pages.split(' ').map(|page| format!("{page}.html")).collect();
    let top = folder(&pages.iter().map(String::as_str).collect::<Vec<_>>());
    for (path, lines) in files {
        write(top.path().join(path), lines.replace('|', "\n")).unwrap();
    }
    let found: Vec<String> = list(top.path()).into_iter().filter(|line| !line.ends_with(" Hidden")).collect();
    assert_eq!(found.join(", ").replace(".html", ""), expected);
    let all = walk(top.path(), WalkOptions { ignore_files: false, ..OBEY })
        .unwrap()
        .filter(|found| matches!(found, WalkItem::Page(_)))
        .count();
    assert_eq!(all, pages.len(), "without ignore files");
}

#[test]
fn ignore_files_are_obeyed() {
    let pages = "a/x a/y b/x b/c/x d";
    check_rules(pages, &[(".ignore", "x.html")], "a/x Ignored, a/y, b/c/x Ignored, b/x Ignored, d");
    check_rules(pages, &[(".searchignore", "/b/|# no|d.*")], "a/x, a/y, b Ignored, d Ignored");
    check_rules(pages, &[(".ignore", "*.html|!y.html")], "a/x Ignored, a/y, b/c/x Ignored, b/x Ignored, d Ignored");
    // A deeper file outweighs a higher one, and ends with its folder.
    check_rules(
        pages,
        &[(".ignore", "x.html"), ("b/.ignore", "!x.html"), ("b/c/.searchignore", "*")],
        "a/x Ignored, a/y, b/c/x Ignored, b/x, d",
    );
    check_rules(pages, &[(".ignore", "d.html|a"), (".searchignore", "!d.html")], "a Ignored, b/c/x, b/x, d");
    // What lies in an ignored folder cannot be taken back.
    check_rules(pages, &[(".ignore", "b"), ("b/.ignore", "!x.html")], "a/x, a/y, b Ignored, d");
    check_rules(pages, &[("a/.ignore", "/y.html|b|**/c")], "a/x, a/y Ignored, b/c/x, b/x, d");
    check_rules(pages, &[(".ignore", "\u{feff}d.html\r||  ")], "a/x, a/y, b/c/x, b/x, d Ignored");
    check_rules(pages, &[(".ignore", "b/*|!b/c")], "a/x, a/y, b/c/x, b/x Ignored, d");
}

#[test]
fn bad_ignore_files_are_named_and_the_rest_holds() {
    let told = ".ignore: line 2: error parsing glob 'x{': unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)";
    check_rules("a b", &[(".ignore", "a.html|x{|")], &format!("{told}, a Ignored, b"));
    let long = "a.html\n".repeat(20_000);
    check_rules("a b", &[(".ignore", &long)], ".ignore: more than 64 KiB of ignore rules, a, b");
    let top = folder(&["a.html"]);
    create_dir(top.path().join(".searchignore")).unwrap();
    assert_eq!(list(top.path())[0], ".searchignore: not a file of ignore rules");
}

#[test]
fn sources_carry_root_size_and_time() {
    let top = folder(&["a/b.html"]);
    let root = top.path().join("a").join("..");
    let Some(WalkItem::Page(source)) = walk(&root, OBEY).unwrap().next() else { panic!("no page") };
    assert_eq!(source.root, top.path().canonicalize().unwrap());
    assert_eq!((source.path.as_path(), source.size, &source.locator), (Path::new("a/b.html"), 11, &None));
    let day = 86_400_000_000_000;
    let now = UNIX_EPOCH.elapsed().unwrap().as_nanos() as i64;
    assert!((now - source.mtime).abs() < day);
    assert_eq!(source.file().canonicalize().unwrap(), top.path().join("a/b.html").canonicalize().unwrap());
}

#[test]
fn a_single_file_is_a_root_of_its_own() {
    let top = folder(&["a/b.html", "a/c.html", "a/.d.html", "a/e.png"]);
    write(top.path().join("a/.ignore"), "b.html").unwrap();
    let single = walk(&top.path().join("a/b.html"), OBEY).unwrap();
    assert_eq!(single.root(), top.path().join("a").canonicalize().unwrap());
    assert_eq!(single.file(), Some(Path::new("b.html")));
    assert_eq!(list(&top.path().join("a/b.html")), ["b.html"]);
    assert_eq!(list(&top.path().join("a/.d.html")), [".d.html"]);
    assert_eq!(list(&top.path().join("a/e.png")), ["e.png"]);
    assert_eq!(walk(top.path(), OBEY).unwrap().file(), None);
}

#[test]
fn a_missing_root_is_an_error_and_an_empty_one_is_not() {
    let top = folder(&[]);
    let missing = walk(&top.path().join("none"), OBEY).unwrap_err();
    assert_eq!(missing.reason(), "failed to open: no such file or directory");
    assert!(walk(&top.path().join("none.html"), OBEY).is_err());
    assert_eq!(list(top.path()), [""; 0]);
}

#[test]
fn what_vanishes_during_the_walk_is_a_problem() {
    let top = folder(&["a.html", "b.html", "c/d.html", "e.html"]);
    let mut walk = walk(top.path(), OBEY).unwrap();
    assert_eq!(walk.next().map(|found| line(&found)).unwrap(), "a.html");
    fs::remove_file(top.path().join("b.html")).unwrap();
    fs::remove_dir_all(top.path().join("c")).unwrap();
    let rest: Vec<String> = walk.map(|found| line(&found)).collect();
    assert_eq!(
        rest,
        ["b.html: failed to open: no such file or directory", "c: failed to list: no such file or directory", "e.html"]
    );
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    #[test]
    fn links_to_files_are_read_and_links_to_folders_are_not() {
        let top = folder(&["pages/store/blob1.bin", "pages/a.html"]);
        let at = |path: &str| top.path().join(path);
        symlink(at("pages/store/blob1.bin"), at("pages/b.html")).unwrap();
        symlink("store", at("pages/c.html")).unwrap();
        symlink("d.html", at("pages/d.html")).unwrap();
        symlink("gone.html", at("pages/e.html")).unwrap();
        symlink("gone", at("pages/f")).unwrap();
        symlink(".", at("pages/up")).unwrap();
        assert_eq!(
            list(&at("pages")),
            [
                "a.html",
                "b.html",
                "c.html LinkedFolder",
                "d.html",
                "e.html",
                "f OtherType",
                "store/blob1.bin OtherType",
                "up LinkedFolder",
            ]
        );
        // The root itself may be a link, and a linked file keeps the name of the link.
        symlink(at("pages"), at("link")).unwrap();
        assert_eq!(walk(&at("link"), OBEY).unwrap().root(), at("pages").canonicalize().unwrap());
        assert_eq!(list(&at("pages/b.html")), ["b.html"]);
        assert_eq!(list(&at("link/..")).len(), list(top.path()).len());
    }

    #[test]
    fn links_that_lead_out_are_followed_where_that_is_asked_for() {
        let top = folder(&["out/x.html", "out/deep/y.html", "pages/a.html"]);
        let at = |path: &str| top.path().join(path);
        symlink(at("out/x.html"), at("pages/b.html")).unwrap();
        symlink(at("out"), at("pages/c")).unwrap();
        symlink(at("out/deep"), at("pages/d")).unwrap();
        symlink("../../pages", at("out/deep/back")).unwrap();
        symlink("..", at("pages/up")).unwrap();
        assert_eq!(list(&at("pages")), ["a.html", "b.html Outside", "c Outside", "d Outside", "up Outside"]);
        let follow = WalkOptions { follow: true, ..OBEY };
        let all: Vec<String> = walk(&at("pages"), follow).unwrap().map(|found| line(&found)).collect();
        assert_eq!(
            all,
            [
                "a.html",
                "b.html",
                "c/deep/back LinkedFolder",
                "c/deep/y.html",
                "c/x.html",
                "d LinkedFolder",
                "up LinkedFolder",
            ]
        );
        assert_eq!(list(&at("pages/b.html")), ["b.html"], "a link that is named itself is wanted");
    }

    #[test]
    fn content_decides_where_the_name_tells_nothing() {
        let top = folder(&[]);
        let html = "<!doctype html><html><body><p>Eels.</p></body></html>";
        for name in ["article.html?id=7", "index.html.1", "index.html@p=3", "story.php", "none", "photo.jpg"] {
            write(top.path().join(name), html).unwrap();
        }
        write(top.path().join("code.php"), "<?php echo '<html>';").unwrap();
        write(top.path().join("notes"), "Eels, then herons.").unwrap();
        assert_eq!(
            list(top.path()),
            [
                "article.html?id=7",
                "code.php OtherType",
                "index.html.1",
                "index.html@p=3",
                "none",
                "notes OtherType",
                "photo.jpg OtherType",
                "story.php",
            ]
        );
    }

    #[test]
    fn pipes_and_sockets_are_not_opened() {
        let top = folder(&["a.html"]);
        assert!(Command::new("mkfifo").arg(top.path().join("b.html")).status().unwrap().success());
        let _socket = UnixListener::bind(top.path().join("c.html")).unwrap();
        symlink("b.html", top.path().join("d.html")).unwrap();
        symlink("/dev/null", top.path().join("e.html")).unwrap();
        assert_eq!(
            list(top.path()),
            ["a.html", "b.html Special", "c.html Special", "d.html Special", "e.html Special"]
        );
        assert!(walk(&top.path().join("b.html"), OBEY).is_err(), "a pipe that is named is refused");
    }

    #[test]
    fn names_need_not_be_utf8() {
        let top = folder(&[]);
        let name = OsStr::from_bytes(b"caf\xe9.html");
        if write(top.path().join(name), "<p>").is_err() {
            return; // This file system wants UTF-8.
        }
        create_dir(top.path().join(OsStr::from_bytes(b"\xff_files"))).unwrap();
        let found: Vec<WalkItem> = walk(top.path(), OBEY).unwrap().collect();
        assert!(matches!(&found[..], [WalkItem::Page(source)] if source.path.as_os_str() == name));
    }

    #[test]
    fn a_closed_folder_is_a_problem_and_a_closed_root_an_error() {
        let top = folder(&["a.html", "closed/b.html", "d.html"]);
        let closed = top.path().join("closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read_dir(&closed).is_ok() {
            return; // The superuser may read all.
        }
        assert_eq!(list(top.path()), ["a.html", "closed: failed to list: permission denied", "d.html"]);
        assert_eq!(walk(&closed, OBEY).unwrap_err().reason(), "failed to open: permission denied");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    }
}
