//! Words, folding, sentences and text that is safe to print, in many languages and scripts.

use proptest::prelude::*;

use super::table;
use crate::text::{Span, fold, nfc, paragraphs, safe_line, safe_text, sentences, squeeze, words};

fn folded_words(text: &str) -> String {
    let mut out = Vec::new();
    words(text).for_each_word(|word| out.push(word.folded.to_owned()));
    out.join("|")
}

#[test]
fn letters_fold_to_what_readers_type() {
    table(
        "abc ==> abc
         ABC ==> abc
         Ağdam ==> agdam
         AĞDAM ==> agdam
         ığdır ==> igdir
         IĞDIR ==> igdir
         İzmir ==> izmir
         Gəncə ==> gence
         GƏNCƏ ==> gence
         Şəki ==> seki
         Füzuli ==> fuzuli
         Zürich ==> zurich
         ÄÖÜ ==> aou
         Größe ==> grosse
         GROẞE ==> grosse
         Ærø ==> aero
         œuvre ==> oeuvre
         Ångström ==> angstrom
         naïve ==> naive
         façade ==> facade
         mañana ==> manana
         São ==> sao
         coração ==> coracao
         Dvořák ==> dvorak
         Żółć ==> zolc
         Čapek ==> capek
         Đoković ==> dokovic
         Reykjavík ==> reykjavik
         Þór ==> thor
         Ħamrun ==> hamrun
         Nguyễn ==> nguyen
         Đà ==> da
         Țară ==> tara
         ŞŢ ==> st
         Œdipe ==> oedipe
         Москва ==> москва
         МОСКВА ==> москва
         Ёлка ==> елка
         Йод ==> йод
         Київ ==> київ
         Їжак ==> їжак
         Ўзбек ==> ўзбек
         Ѓорѓи ==> ѓорѓи
         Αθήνα ==> αθηνα
         ΑΘΗΝΑ ==> αθηνα
         Ὀδυσσεύς ==> οδυσσευσ
         Երևան ==> երևան
         ԵՐԵՎԱՆ ==> երեվան
         თბილისი ==> თბილისი
         مُحَمَّد ==> محمد
         إيران ==> ايران
         أحمد ==> احمد
         مدينة ==> مدينه
         یک ==> يك
         کتاب ==> كتاب
         سـلام ==> سلام
         שָׁלוֹם ==> שלום
         北京 ==> 北京
         東京 ==> 東京
         서울 ==> 서울
         ｶﾅ ==> カナ
         Ａ１ ==> a1",
        fold,
    );
}

#[test]
fn marks_that_are_not_seen_fold_away() {
    for (word, folded) in
        [("co\u{ad}op", "coop"), ("a\u{200b}b", "ab"), ("e\u{301}", "e"), ("\u{feff}x", "\u{feff}x"), ("\u{301}", "")]
    {
        assert_eq!(fold(word), folded, "{word:?}");
    }
}

#[test]
fn words_are_cut_as_readers_expect() {
    table(
        "one two ==> one|two
         one, two; three. ==> one|two|three
         Lachin's ==> lachin
         LACHIN'S ==> lachin
         the boys' ==> the|boys
         rock'n'roll ==> rock|n|roll
         it's ==> it
         he's gone ==> he|gone
         O'Brien ==> o|brien
         d’Ivoire ==> d|ivoire
         l'été ==> l|ete
         C'est ==> c|est
         Bakı’dan ==> baki|dan
         п'ять ==> п|ять
         well-known ==> well|known
         e-mail ==> e|mail
         COVID-19 ==> covid|19
         3.5 per cent ==> 3|5|per|cent
         1,000,000 ==> 1|000|000
         10:30 ==> 10|30
         a@b.example ==> a|b|example
         https://a.example/x_y ==> https|a|example|x|y
         #tag @name ==> tag|name
         U.S. ==> u|s
         AT&T ==> at|t
         C++ ==> c
         50% ==> 50
         $5m ==> 5m
         m² ==> m2
         «Новости» ==> новости
         „Ja“ ==> ja
         “Yes” ==> yes
         a—b ==> a|b
         a–b ==> a|b
         a…b ==> a|b
         Кəлбəҹəр ==> кeлбeҹeр
         北京市 ==> 北|京|市
         東京都2020 ==> 東|京|都|2020
         ひらがな ==> ひ|ら|が|な
         한국어 뉴스 ==> 한국어|뉴스
         ไทย ==> ไ|ท|ย
         العربية، نعم ==> العربيه|نعم
         हिन्दी भाषा ==> हिन्दी|भाषा
         🙂 ok ==> ok
         ... ==>
         — ==> ",
        folded_words,
    );
}

#[test]
fn a_run_without_end_is_cut_into_words() {
    let long = "a".repeat(1_000);
    let mut lengths = Vec::new();
    words(&long).for_each_word(|word| lengths.push(word.span.len()));
    assert_eq!(lengths.iter().sum::<usize>(), 1_000);
    assert!(lengths.iter().all(|length| *length <= 81), "{lengths:?}");
}

/// The sentences of `text`, with `|` between them.
fn cut(text: &str) -> String {
    let spans = sentences(text, Span::new(0, text.len()));
    spans.into_iter().map(|span| span.of(text)).collect::<Vec<_>>().join("|")
}

#[test]
fn sentences_end_where_readers_pause() {
    table(
        "One. Two. ==> One.|Two.
         One! Two? Three. ==> One!|Two?|Three.
         One… Two. ==> One…|Two.
         He came (late). She left. ==> He came (late).|She left.
         He said: “Go.” They went. ==> He said: “Go.”|They went.
         He said: 'Go.' They went. ==> He said: 'Go.'|They went.
         What?! No. ==> What?!|No.
         Mr. Smith left. ==> Mr. Smith left.
         Mrs. Smith and Dr. Brown left. ==> Mrs. Smith and Dr. Brown left.
         Sen. Jones met Gov. Brown. ==> Sen. Jones met Gov. Brown.
         Messrs. Black and White left. ==> Messrs. Black and White left.
         On Nov. 10 it fell. ==> On Nov. 10 it fell.
         On Sept. 3 it fell. ==> On Sept. 3 it fell.
         It grew by approx. Five left. ==> It grew by approx. Five left.
         J. R. Smith left. ==> J. R. Smith left.
         In the U.S. Senate it passed. ==> In the U.S. Senate it passed.
         It is No. 5 now. ==> It is No. 5 now.
         He said no. Then he left. ==> He said no.|Then he left.
         See Fig. 3 and p. 12. ==> See Fig. 3 and p. 12.
         It grew 3.5 per cent. Then it fell. ==> It grew 3.5 per cent.|Then it fell.
         a.example is a site. Yes. ==> a.example is a site.|Yes.
         it ended. and so on ==> it ended. and so on
         He left.Then she came. ==> He left.Then she came.
         Am 3. Oktober war es. Ja. ==> Am 3. Oktober war es.|Ja.
         Am 12. Mai z.B. Kinder. Ja. ==> Am 12. Mai z.B. Kinder.|Ja.
         Hr. Weber kam. Fr. Weber auch. ==> Hr. Weber kam.|Fr. Weber auch.
         M. Lanoy et Mme. Lanoy partent. ==> M. Lanoy et Mme. Lanoy partent.
         La Sra. Robledo habló. Sí. ==> La Sra. Robledo habló.|Sí.
         ¿Vino? Sí. ==> ¿Vino?|Sí.
         В 2020 г. Москва выросла. Да. ==> В 2020 г. Москва выросла.|Да.
         На ул. Ленина тихо. Да. ==> На ул. Ленина тихо.|Да.
         Стоит 5 тыс. Рублей нет. ==> Стоит 5 тыс. Рублей нет.
         Он пришёл. Она ушла. ==> Он пришёл.|Она ушла.
         O gəldi. Biz getdik! ==> O gəldi.|Biz getdik!
         Geldi mi? Evet. ==> Geldi mi?|Evet.
         他来了。她走了！好吗？ ==> 他来了。|她走了！|好吗？
         彼は言った。「行け。」 ==> 彼は言った。|「行け。」
         جاء. ذهب؟ نعم. ==> جاء.|ذهب؟|نعم.
         Նա եկավ։ Նա գնաց։ ==> Նա եկավ։|Նա գնաց։
         वह आया। वह गया। ==> वह आया।|वह गया।
         No stop ==> No stop",
        cut,
    );
}

#[test]
fn a_line_break_ends_a_sentence() {
    assert_eq!(cut("A heading\nA sentence. Another."), "A heading|A sentence.|Another.");
    assert_eq!(cut("\n\n  \n"), "");
    assert_eq!(cut(""), "");
}

#[test]
fn sentences_of_a_part_lie_in_it() {
    let body = "One. Two. Three.";
    let found: Vec<&str> = sentences(body, Span::new(5, 9)).into_iter().map(|span| span.of(body)).collect();
    assert_eq!(found, ["Two."]);
}

#[test]
fn paragraphs_are_parted_by_blank_lines() {
    for (body, expected) in [
        ("", &[][..]),
        ("\n\n\n\n", &[]),
        ("One.", &["One."]),
        ("One.\n\nTwo.", &["One.", "Two."]),
        ("  One. \n\n\n\n Two.\n", &["One.", "Two."]),
        ("One\nline.\n\nTwo.", &["One\nline.", "Two."]),
        ("\n\nOne.", &["One."]),
    ] {
        let found: Vec<&str> = paragraphs(body).into_iter().map(|span| span.of(body)).collect();
        assert_eq!(found, expected, "{body:?}");
    }
}

#[test]
fn nothing_hostile_reaches_a_terminal() {
    for (text, line) in [
        ("plain", "plain"),
        ("a\u{1b}[31mb", "a\u{FFFD}[31mb"),
        ("a\u{7f}b", "a\u{FFFD}b"),
        ("a\u{85}b", "a\u{FFFD}b"),
        ("a\u{202e}b", "a\u{FFFD}b"),
        ("a\u{2066}b\u{2069}", "a\u{FFFD}b\u{FFFD}"),
        ("a\u{feff}b", "a\u{FFFD}b"),
        ("a\r\nb", "a b"),
        ("a\t\tb", "a b"),
        ("a  b", "a b"),
        ("👩\u{200d}🚀", "👩\u{200d}🚀"),
        ("", ""),
    ] {
        assert_eq!(safe_line(text), line, "{text:?}");
    }
    assert_eq!(safe_text("a\n\n  b\u{1b}"), "a\n\n  b\u{FFFD}");
}

#[test]
fn white_space_is_squeezed() {
    for (text, expected) in [("", ""), (" ", ""), ("a", "a"), ("  a \n\t b  ", "a b"), ("a\u{a0}\u{2003}b", "a b")] {
        assert_eq!(squeeze(text), expected, "{text:?}");
    }
}

#[test]
fn spans_know_what_they_cover() {
    let (a, b, empty) = (Span::new(2, 5), Span::new(3, 4), Span::new(4, 4));
    assert_eq!((a.len(), a.is_empty(), empty.len(), empty.is_empty()), (3, false, 0, true));
    assert!(a.contains(b) && !b.contains(a) && a.contains(a));
    assert!(a.overlaps(b) && !a.overlaps(Span::new(5, 6)) && !a.overlaps(Span::new(0, 2)));
    assert_eq!((a.of("abcdef"), a.of("abc"), Span::new(1, 2).of("é")), ("cde", "", ""));
}

#[test]
fn letters_with_a_hamza_fold_to_what_folds_to_itself() {
    for (word, folded) in [("ئ", "ي\u{654}"), ("ؤ", "و\u{654}"), ("ۀ", "ە\u{654}"), ("خانهٔ", "خانه")] {
        assert_eq!((fold(word).as_str(), fold(&fold(word)).as_str()), (folded, folded), "{word}");
    }
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing_more(word in "\\PC{0,20}") {
        // Texts and queries are in normal form C before they are cut into words.
        let once = fold(&nfc(&word));
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn a_word_is_its_own_word(text in "[a-zçşğıəöü ]{0,40}") {
        words(&text).for_each_word(|word| {
            assert_eq!(folded_words(word.folded), word.folded);
        });
    }

    #[test]
    fn normal_form_is_stable(text in "\\PC{0,30}") {
        let once = nfc(&text).into_owned();
        prop_assert_eq!(nfc(&once), once.as_str());
    }

    #[test]
    fn sentences_lie_in_their_paragraphs(body in "([A-Za-z]{1,6}[.!?]? |\n\n|\n){0,20}") {
        let mut last = 0;
        for paragraph in paragraphs(&body) {
            for sentence in sentences(&body, paragraph) {
                prop_assert!(paragraph.contains(sentence) && sentence.start >= last);
                prop_assert!(!sentence.of(&body).trim().is_empty());
                last = sentence.end;
            }
        }
    }

    #[test]
    fn one_line_has_no_line_breaks(text in "\\PC{0,20}[\n\r\t]{0,3}\\PC{0,20}") {
        let line = safe_line(&text);
        let breaks = line.contains(['\n', '\r', '\t', '\u{1b}']);
        prop_assert!(!breaks);
        prop_assert_eq!(safe_line(&line), line.clone());
    }
}
