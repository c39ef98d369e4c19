use super::*;

#[test]
fn credits_become_names() {
    for row in [
        "By Jo Berg and Anna Holm ==> Jo Berg|Anna Holm",
        "Von: Jo Berg, Redakteur ==> Jo Berg|Redakteur",
        "Jo Berg (Ostmark) ==> Jo Berg",
        "Jo Berg - Mar 27 ==> Jo Berg",
        "Jo Berg February 8 ==> Jo Berg",
        "Jo Berg @joberg ==> Jo Berg",
    ] {
        let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
        let found: Vec<String> = split(input).iter().map(|name| tidy(name)).collect();
        assert_eq!(found.join("|"), expected, "{input}");
    }
}

#[test]
fn bylines_of_many_countries() {
    let text = "<p>The council of Ostmark voted to rebuild the old bridge, which had been closed since the flood.</p>";
    for row in [
        "<p>Jo Berg | 28 May 2008 11:40</p> ==> Jo Berg",
        "<p>7 May 2015, by Jo Berg</p> ==> Jo Berg",
        "<p>Orxan Quliyev, 16 avqust 2022-ci il</p> ==> Orxan Quliyev",
        "<p><span class=x>مریم تهرانی</span> <span class=y>جمعه ۱۲ آبان ۱۴۰۲</span></p> ==> مریم تهرانی",
        "<p><span class=author>Текст: Игорь Петров</span> 4 октября 2019</p> ==> Игорь Петров",
        "<p class=byline>By Jo Berg, jo.berg@herald.example</p> ==> Jo Berg",
        "<meta name=author content='News Staff'> ==> News Staff",
        "<meta name=author content='Bridge to be rebuilt'><p>By Jo Berg</p> ==> Jo Berg",
    ] {
        let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
        let html = format!("<title>Bridge to be rebuilt</title><h1>Bridge to be rebuilt</h1>{input}{text}");
        assert_eq!(crate::extract::tests::read(&html).byline.join("|"), expected, "{input}");
    }
}

#[test]
fn people_are_told_from_lines() {
    for name in ["Jo Berg", "María de la Cruz", "Игорь Петров", "Dr. Anna Holm"] {
        assert!(is_person_like(name), "{name}");
    }
    for line in ["Read More", "several hundred commits", "3 hours ago", "Holm", "December 2020"] {
        assert!(!is_person_like(line), "{line}");
    }
}

#[track_caller]
fn check(head: &str, line: &str, expected: &str) {
    let html = format!(
        "<html><head>{head}</head><body><h1>Bridge to be rebuilt</h1>{line}<p>The council of Ostmark voted to rebuild the old \
         bridge, which had been closed since the flood.</p><p>Work is to begin in June and will take two years.</p></body>"
    );
    assert_eq!(crate::extract::tests::read(&html).byline.join("|"), expected, "{head}{line}");
}

#[test]
fn declared_people_come_before_shown_ones() {
    let shown = "<p class=byline>By Anna Holm</p>";
    check("<meta name=author content='Jo Berg'>", "<p class=byline>Anna Holm</p>", "Jo Berg");
    check("<meta name=author content=admin>", shown, "Anna Holm");
    check("<meta name=author content='https://herald.example.com/jo'>", shown, "Anna Holm");
    check("<meta name=author content='Bridge to be rebuilt'>", shown, "Anna Holm");
    check("<meta name=byl content='By JO BERG'>", "", "JO BERG");
    check(
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"Jo Berg\"},{\"name\":\"Jo Berg\"}]}</script>",
        shown,
        "Jo Berg",
    );
}

#[test]
fn a_line_that_begins_with_by_stands_against_the_tags() {
    let tag = "<meta name=author content='Jo Berg'>";
    check(tag, "<p>By Anna Holm</p>", "Anna Holm");
    check(tag, "<p>Von Anna Holm und Igor Petrov</p>", "Anna Holm|Igor Petrov");
    check(tag, "<p>Автор: Игорь Петров</p>", "Игорь Петров");
    check("<meta name=author content='Studio Nord'>", "<p class=x>Par Jean Dupont</p>", "Jean Dupont");
    // The same people, written in another way; a line that names nobody; JSON-LD is sure.
    check("<meta name=author content='J. Berg, Anna Holm'>", "<p>By Jo Berg</p>", "J. Berg|Anna Holm");
    check(tag, "<p>By the river stands a bridge</p>", "Jo Berg");
    let sure =
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"Jo Berg\"}}</script>";
    check(sure, "<p>By Anna Holm</p>", "Jo Berg");
}

#[test]
fn who_did_something_else_is_no_author() {
    for line in [
        "<p>Reviewed by <a rel=author href=/a>Anna Holm</a></p>",
        "<div>Medically reviewed by: <span class=author>Anna Holm</span></div>",
        "<p>Fotos: <span class=byline>Anna Holm</span></p>",
        "<p class=byline>Click Here</p>",
        "<p><a rel=author href=/a>Author Bio</a></p>",
        "<div class=author>この記事を書いた部署 社会部 専門・関心分野 河川、橋梁、港湾、防災、水道、鉄道、道路、空港、運河</div>",
    ] {
        check("", line, "");
    }
    check("", "<p>By <a rel=author href=/j>Jo Berg</a>. Edited by <a rel=author href=/a>Anna Holm</a></p>", "Jo Berg");
    // The works that an article cites have authors of their own.
    let cited = "<ol><li itemprop=citation><meta itemprop=author content='Anna Holm'>Holm: On bridges</li></ol>";
    check("", &format!("<p class=byline>By Jo Berg</p>{cited}"), "Jo Berg");
    check("", cited, "");
    // A list of articles, some lines below the text.
    let text = "<p>The council of Ostmark voted to rebuild the old bridge, which had been closed since the flood.</p>";
    let entry = |who: &str, day: u8| format!("<p>Old news</p><p class=author>By {who} on {day} May 2020</p>");
    let list = entry("Jo Berg", 3) + &entry("Anna Holm", 4) + &entry("Jean Dupont", 7);
    let menu = "<p>City</p><p>Sport</p><p>Weather</p><p>Letters</p><p>Archive</p>";
    let html = format!("<h1>Bridge to be rebuilt</h1>{text}{menu}{list}");
    assert_eq!(crate::extract::tests::read(&html).byline, Vec::<String>::new());
}

#[test]
fn credits_that_are_no_list_of_people() {
    check("<meta name=author content='content: Herald, code: Jo Berg'>", "<p>By Anna Holm</p>", "Anna Holm");
    check(
        "<meta property=og:site_name content='Fluss + Leben'><link rel=canonical href=https://fluss-und-leben.example/a><meta name=author content='Fluss und Leben, Ostmark'>",
        "",
        "Fluss und Leben, Ostmark",
    );
    check("<meta name=author content='Jojo - Jo Berg'>", "", "Jojo - Jo Berg");
    check("<meta name=author content='Executive Content Editor'>", "", "Executive Content Editor");
    check("", "<p>Authors: Jo Berg and Anna Holm</p>", "Jo Berg|Anna Holm");
    check("", "<p>Авторы: Игорь Петров, Анна Белова</p>", "Игорь Петров|Анна Белова");
}

#[test]
fn an_outlet_signs_where_no_person_does() {
    check("<meta name=author content=Reuters>", "", "Reuters");
    check("<meta name=author content=Reuters>", "<p class=byline>By Jo Berg</p>", "Jo Berg");
    check("<meta name=author content=admin>", "", "");
    check(
        "<meta property=og:site_name content='Ostmark Herald'><meta name=author content='Jo Berg Ostmark Herald'>",
        "",
        "Jo Berg",
    );
    check(
        "<meta property=og:site_name content='Jobs &amp; Hire'><meta name=author content='Jobs &amp; Hire'>",
        "",
        "Jobs & Hire",
    );
}

#[test]
fn lines_credit_in_many_languages() {
    for (line, expected) in [
        ("<p>By Jo Berg and Anna Holm</p>", "Jo Berg|Anna Holm"),
        ("<p>Von Jo Berg und Anna Holm</p>", "Jo Berg|Anna Holm"),
        ("<p>Par Jean Dupont</p>", "Jean Dupont"),
        ("<p>Por María de la Cruz</p>", "María de la Cruz"),
        ("<p>Door Jan van den Berg</p>", "Jan van den Berg"),
        ("<p>Автор: Игорь Петров</p>", "Игорь Петров"),
        ("<p>Müəllif: Orxan Quliyev</p>", "Orxan Quliyev"),
        ("<p>بقلم: ليلى حداد</p>", "ليلى حداد"),
        ("<p>By the river stands a bridge</p>", ""),
    ] {
        check("", line, expected);
    }
}

#[test]
fn names_lose_what_is_written_beside_them() {
    for (written, name) in [
        ("Jo Berg, Senior Reporter", "Jo Berg"),
        ("Jo Berg Senior Reporter", "Jo Berg"),
        ("Jo Berg on November 3", "Jo Berg"),
        ("Jo Berg für den Herold", "Jo Berg"),
        ("Jo Berg. Drawings", "Jo Berg"),
        ("J. R. Berg", "J. R. Berg"),
        ("News Staff", "News Staff"),
        ("김민수 기자", "김민수"),
        ("by: Jo Berg |", "Jo Berg"),
        ("", ""),
    ] {
        assert_eq!(tidy(written), name, "{written}");
    }
}

#[test]
fn lines_of_several_names_are_parted() {
    for (line, names) in [
        ("Jo Berg & Anna Holm", "Jo Berg|Anna Holm"),
        ("Jo Berg; Anna Holm / Ivo Sand", "Jo Berg|Anna Holm|Ivo Sand"),
        ("Игорь Петров и Анна Хольм", "Игорь Петров|Анна Хольм"),
        ("王小明、李华", "王小明|李华"),
        ("Jo Berg, jo@herald.example", "Jo Berg"),
        // An address that is all there is may hold the name.
        ("jo.berg@herald.example", "jo.berg@herald.example"),
    ] {
        assert_eq!(split(line).join("|"), names, "{line}");
    }
}

#[test]
fn a_signature_is_a_whole_line() {
    for (line, names) in [
        ("By Jo Berg", "Jo Berg"),
        ("Text: Jo Berg und Anna Holm", "Jo Berg|Anna Holm"),
        ("By Jo Berg.", ""),
        ("De la Cruz", ""),
        ("From the archive", ""),
        ("Jo Berg", ""),
        ("By the river", ""),
    ] {
        assert_eq!(signature(line).join("|"), names, "{line}");
    }
}

#[test]
fn desks_and_companies_are_no_people() {
    for (folded, expected) in [
        ("news staff", true),
        ("the herald", true),
        ("herald.de", true),
        ("jo de la cruz", false),
        ("jo berg", false),
        ("редакция", true),
        ("berg gmbh", true),
    ] {
        assert_eq!(is_body(folded), expected, "{folded}");
    }
}

#[test]
fn towns_degrees_and_suffixes_are_no_people() {
    for (line, names) in [
        ("Jo Berg, MD", "Jo Berg"),
        ("Anna Holm MSc, RN", "Anna Holm"),
        ("Jo Berg, Jr., and Anna Holm, Ph.D.", "Jo Berg, Jr.|Anna Holm"),
        ("Jack Ma", "Jack Ma"),
        ("Von Jo Berg und Anna Holm, Straßburg", "Jo Berg|Anna Holm"),
        ("Por María Cruz, Buenos Aires", "María Cruz"),
        ("Игорь Петров, Нижний Новгород", "Игорь Петров"),
        ("Jo Berg, Anna Holm, Ivo Sand", "Jo Berg|Anna Holm|Ivo Sand"),
        ("Holm, Anna", "Anna Holm"),
        ("Holm, Anna; Berg, Jo", "Anna Holm|Jo Berg"),
        ("Jo Berg, photos by Anna Holm", "Jo Berg"),
        ("Text: Jo Berg, Fotos: Anna Holm und Ivo Sand", "Jo Berg"),
        ("Jo Berg mit dpa", "Jo Berg|dpa"),
        ("JO BERG AND ANNA HOLM", "JO BERG|ANNA HOLM"),
        ("Harold E Smith", "Harold E Smith"),
    ] {
        let found: Vec<String> = split(line).iter().map(|name| tidy(name)).collect();
        assert_eq!(found.join("|"), names, "{line}");
    }
}

#[test]
fn what_somebody_did_is_no_part_of_the_name() {
    for (line, name) in [
        ("Recueilli par Jean Dupont.", "Jean Dupont"),
        ("Propos recueillis par Jean Dupont", "Jean Dupont"),
        ("Im Wortlaut von Anna Holm", "Anna Holm"),
        ("Aufgezeichnet von Anna Holm", "Anna Holm"),
        ("A cura di Mario Sanna", "Mario Sanna"),
        ("As told by Jo Berg", "Jo Berg"),
        ("Otto von Habsburg Lothringen", "Otto von Habsburg Lothringen"),
        ("Anna Maria von der Leyen", "Anna Maria von der Leyen"),
        ("Jo Berg For The Ostmark Herald", "Jo Berg"),
    ] {
        assert_eq!(tidy(&split(line)[0]), name, "{line}");
    }
}

#[test]
fn labels_and_parts_of_the_headline_are_nobody() {
    for line in [
        "<p>Last Modified: March 02, 2022</p>",
        "<p>Publié le 4 mai 2017</p>",
        "<p>Zuletzt aktualisiert am 4. Mai 2017</p>",
        "<p>Pubblicato il 4 maggio 2017</p>",
        "<p>Опубликовано 4 мая 2017</p>",
        "<p>Yayınlanma Tarihi: 4 Mayıs 2017</p>",
        "<p>公開日：2024/03/07 09:15</p>",
        "<p>تاريخ النشر 4 مايو 2017</p>",
        "<p>Bridge to be 2020</p>",
        "<figure><figcaption>Anna Holm, 4 May 2017</figcaption></figure>",
        "<p>Most Popular</p>",
        "<p>Verwandte Themen</p>",
        "<p>Ultime Notizie</p>",
    ] {
        check("", line, "");
    }
    // A name by itself below the headline, or beside the date.
    check("", "<p>Anna Holm</p>", "Anna Holm");
    check("", "<p>Tilda Grevsmuhl, 4 May 2017</p>", "Tilda Grevsmuhl");
}

#[test]
fn unfilled_fields_addresses_and_institutions() {
    for (author, expected) in [
        ("null", ""),
        ("undefined", ""),
        ("n/a", ""),
        ("j.berg@herald.example", ""),
        ("herald.example, Ostmark, Germany", "herald.example"),
        ("Institute for Bridges and Rivers", "Institute for Bridges and Rivers"),
        ("Ministerium für Verkehr und Bau", "Ministerium für Verkehr und Bau"),
        ("Herald staff reporter", "Herald staff reporter"),
        ("Jo Berg, University of Ostmark", "Jo Berg"),
    ] {
        check(&format!("<meta name=author content='{author}'>"), "", expected);
    }
    check("<meta name=author content='j.berg@herald.example'>", "<p class=author>Von Jo Berg, Ostmark</p>", "Jo Berg");
}

#[test]
fn names_that_elements_part() {
    check(
        "",
        "<div class=byline><span class=a>Jo Berg</span> <span class=a>Anna Holm</span></div>",
        "Jo Berg|Anna Holm",
    );
    check(
        "",
        "<div class=byline><div>By <a href=/a>Jo Berg</a> <a href=/b>Anna Maria Holm</a></div></div>",
        "Jo Berg|Anna Maria Holm",
    );
    check("", "<div class=byline><span class=a>Jo Berg</span> <span class=b>Political Editor</span></div>", "Jo Berg");
    // The accounts of the site are nobody.
    let foot = "<footer><ul><li><a href='https://chat.example/profile/herald'>Bluesky</a></ul></footer>";
    let html = format!(
        "<h1>Bridge to be rebuilt</h1><p>The council voted to rebuild the old bridge, closed since the flood.</p>{foot}"
    );
    assert!(crate::extract::tests::read(&html).byline.is_empty());
}

#[test]
fn names_in_two_parts() {
    check(
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[{\"@type\":\"Person\",\"givenName\":\"Jo\",\
         \"familyName\":\"Berg\"},{\"@id\":\"#a\"}]}</script><script type=application/ld+json>{\"@type\":\"Person\",\
         \"@id\":\"#a\",\"givenName\":\"Anna\",\"familyName\":\"Holm\"}</script>",
        "",
        "Jo Berg|Anna Holm",
    );
}
