use super::*;
use proptest::prelude::*;

const RUSSIAN: &str = "<title>Новости</title><p>В городе открыли новую школу, построенную за одно лето. Первый звонок прозвенит в сентябре.</p>";
const TURKISH: &str = "<title>Haberler</title><p>Şehirde yağışlı hava nedeniyle okullar iki gün tatil edildi. Valilik, \
                       sürücüleri buzlanmaya karşı uyardı. İlçelerde ise çalışmalar sürüyor, ığdır yönünde yol açık.</p>";
const CHINESE: &str = "<title>新闻</title><p>昨天晚上，市中心的图书馆重新开放，许多读者排队等候。</p>";
const ENGLISH: &str = "<title>News</title><p>The café reopened after the flood, and the mayor’s office paid.</p>";
const GREEK: &str = "<title>Νέα</title><p>Το λιμάνι άνοιξε ξανά μετά από τρεις ημέρες θυελλωδών ανέμων στο νησί.</p>";
const ARABIC: &str = "<title>أخبار</title><p>افتتحت المدرسة الجديدة في المدينة بعد عام من أعمال البناء.</p>";
const ICELANDIC: &str = "<title>Fréttir</title><p>Veðrið var gott þegar nýja höfnin var opnuð í gær, og það er \
                         orðið ljóst að bæjarbúar þurfa ekki að bíða lengur eftir síðustu ferðinni.</p>";
const ROMANIAN: &str = "<title>Ştiri</title><p>Primăria a deschis şcoala nouă după un an de lucrări, iar părinţii au \
                        adus flori pentru toţi învăţătorii şi au mulţumit constructorilor.</p>";
const JAPANESE: &str = "<title>ニュース</title><p>市の図書館は昨日、改装工事を終えて再開した。</p>";

/// `text` in the encoding called `label`; UTF-16 is `utf-16le` or `utf-16be`.
fn encode(text: &str, label: &str) -> Vec<u8> {
    match label {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => {
            let (bytes, _, lossy) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
            assert!(!lossy, "{text} is not in {label}");
            bytes.into_owned()
        }
    }
}

/// A page with `head` before `text`, written in `label`, is decoded as `encoding` and reads as it was written.
#[track_caller]
fn check(head: &str, text: &str, label: &str, encoding: &str) -> Vec<String> {
    let page = format!("{head}{text}");
    let found = decode(encode(&page, label), None);
    assert_eq!((found.text.as_str(), found.encoding), (page.as_str(), encoding), "{label}");
    found.notes
}

#[test]
fn declared_encodings_are_used() {
    for (head, text, label, encoding) in [
        ("<meta charset=windows-1251>", RUSSIAN, "windows-1251", "windows-1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", RUSSIAN, "koi8-r", "KOI8-R"),
        ("<meta charset='ISO-8859-9'>", TURKISH, "iso-8859-9", "windows-1254"),
        ("<meta charset=\"windows-1254\">", TURKISH, "windows-1254", "windows-1254"),
        ("<meta charset=gb2312>", CHINESE, "gbk", "GBK"),
        ("<?xml version=\"1.0\" encoding=\"GBK\"?><html>", CHINESE, "gbk", "GBK"),
        ("<meta charset=iso-8859-1>", ENGLISH, "windows-1252", "windows-1252"),
        ("<meta charset=iso-8859-1>", ICELANDIC, "windows-1252", "windows-1252"),
        ("<meta charset=shift_jis>", JAPANESE, "shift_jis", "Shift_JIS"),
        ("<meta charset=iso-2022-jp>", JAPANESE, "iso-2022-jp", "ISO-2022-JP"),
        ("<meta charset=windows-1256>", ARABIC, "windows-1256", "windows-1256"),
        ("<meta charset=utf-8>", ARABIC, "utf-8", "UTF-8"),
        // What is in UTF-16 cannot be read as far as to its declaration, so that is not believed.
        ("<meta charset=utf-16>", "<p>plain</p>", "utf-8", "UTF-8"),
    ] {
        assert_eq!(check(head, text, label, encoding), [""; 0], "{head}");
    }
}

#[test]
fn undeclared_encodings_are_guessed() {
    for (text, label, encoding) in [
        (RUSSIAN, "windows-1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-U"),
        (TURKISH, "windows-1254", "windows-1254"),
        (CHINESE, "gbk", "GBK"),
        (GREEK, "windows-1253", "windows-1253"),
        (ARABIC, "windows-1256", "windows-1256"),
        (JAPANESE, "euc-jp", "EUC-JP"),
        (JAPANESE, "iso-2022-jp", "ISO-2022-JP"),
        (ENGLISH, "windows-1252", "windows-1252"),
    ] {
        let notes = check("", text, label, encoding);
        assert_eq!(notes, [format!("no encoding is declared; it looks like {encoding}")]);
    }
    // Scripts come first, however many.
    check(&format!("<script>{}</script>", "f(1); ".repeat(80_000)), RUSSIAN, "windows-1251", "windows-1251");
    assert_eq!(check("", TURKISH, "utf-8", "UTF-8"), [""; 0]);
    assert_eq!(check("", "<p>plain</p>", "utf-8", "UTF-8"), [""; 0]);
}

#[test]
fn utf16_is_read_with_and_without_a_mark() {
    for text in [RUSSIAN, ENGLISH, CHINESE] {
        for (label, encoding) in [("utf-16le", "UTF-16LE"), ("utf-16be", "UTF-16BE")] {
            let marked = decode(encode(&format!("\u{feff}{text}"), label), None);
            assert_eq!((marked.text.as_str(), marked.encoding), (text, encoding));
            assert_eq!(check("", text, label, encoding), [""; 0]);
        }
    }
    let marked = decode(encode(&format!("\u{feff}{RUSSIAN}"), "utf-8"), None);
    assert_eq!((marked.text.as_str(), marked.encoding), (RUSSIAN, "UTF-8"));
}

#[test]
fn wrong_declarations_lose() {
    for (head, text, label, encoding, note) in [
        ("<meta charset=windows-1251>", RUSSIAN, "utf-8", "UTF-8", "declared as windows-1251, but it is UTF-8"),
        ("<meta charset=gbk>", CHINESE, "utf-8", "UTF-8", "declared as GBK, but it is UTF-8"),
        ("<meta charset=iso-8859-1>", "<p>© 2001", "utf-8", "UTF-8", "declared as windows-1252, but it is UTF-8"),
        (
            "<meta charset=utf-8>",
            RUSSIAN,
            "windows-1251",
            "windows-1251",
            "declared as UTF-8, but it looks like windows-1251",
        ),
        (
            "<meta charset=utf-8>",
            TURKISH,
            "windows-1254",
            "windows-1254",
            "declared as UTF-8, but it looks like windows-1254",
        ),
        (
            "<meta charset=iso-8859-1>",
            RUSSIAN,
            "windows-1251",
            "windows-1251",
            "declared as windows-1252, but it looks like windows-1251",
        ),
        (
            "<meta charset=iso-8859-1>",
            TURKISH,
            "windows-1254",
            "windows-1254",
            "declared as windows-1252, but it looks like windows-1254",
        ),
        (
            "<meta charset=iso-8859-1>",
            ROMANIAN,
            "windows-1250",
            "windows-1250",
            "declared as windows-1252, but it looks like windows-1250",
        ),
    ] {
        assert_eq!(check(head, text, label, encoding), [note]);
    }
    let unknown = check("<meta charset=martian>", RUSSIAN, "utf-8", "UTF-8");
    assert_eq!(unknown, ["the declared encoding martian is not known"]);
}

#[test]
fn the_server_is_asked_before_the_page() {
    let page = encode(&format!("<meta charset=iso-8859-1>{TURKISH}"), "windows-1254");
    assert_eq!(decode(page.clone(), Some("windows-1254")).encoding, "windows-1254");
    assert_eq!(decode(page, Some("nonsense")).notes[0], "the declared encoding nonsense is not known");
}

#[test]
fn the_country_of_the_address_helps_the_guess() {
    // Icelandic letters of one encoding are Turkish ones of the other.
    let from = |host: &str| {
        let mut page = format!("<!-- saved from url=(0024)https://{host}/ --><p>").into_bytes();
        page.extend(encode("ğışık", "windows-1254"));
        decode(page, None).encoding
    };
    assert_eq!(from("news.example.tr"), "windows-1254");
    assert_eq!(from("news.example.is"), "windows-1252");
    assert_eq!(from("NEWS.EXAMPLE.TR."), "windows-1254");
    assert_eq!(from("192.0.2.1"), from("news.example.com"));
}

#[test]
fn little_damage_stays_utf8() {
    let mut page = RUSSIAN.as_bytes().to_vec();
    page.insert("<title>".len(), 0xff);
    let found = decode(page, None);
    assert_eq!((found.encoding, found.notes), ("UTF-8", vec!["characters that are not valid UTF-8: 1".to_owned()]));
    // Cut off in the middle of a character.
    let cut = decode("<p>Ветер".as_bytes()[..12].to_vec(), None);
    assert_eq!((cut.text.as_str(), cut.encoding), ("<p>Вете\u{fffd}", "UTF-8"));
    // A single letter at the end is no cut-off character.
    assert_eq!(decode(b"<p>Ein Caf\xe9".to_vec(), None).text, "<p>Ein Café");
}

#[test]
fn a_few_accidental_utf8_characters_do_not_beat_a_declaration() {
    // The two bytes of this character are also one valid character of UTF-8.
    let found = decode(b"<meta charset=gbk><p>one: \xcd\xa8".to_vec(), None);
    assert_eq!((found.text.as_str(), found.encoding), ("<meta charset=gbk><p>one: 通", "GBK"));
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), mark in 0usize..4, label in "(utf-8|gbk|utf-16|iso-2022-jp|big5|x-user-defined|replacement|none)") {
        let marks: [&[u8]; 4] = [b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"];
        let page = [marks[mark], format!("<meta charset={label}>").as_bytes(), &bytes].concat();
        decode(page.clone(), None);
        decode(bytes, Some(&label));
    }

    #[test]
    fn utf8_is_never_changed(text in "\\PC{0,200}") {
        let plain = text.trim_start_matches('\u{feff}').to_owned();
        prop_assume!(!plain.contains('\0') && !plain.contains("charset") && !plain.contains("xml"));
        prop_assert_eq!(decode(plain.clone().into_bytes(), None).text, plain);
    }
}
