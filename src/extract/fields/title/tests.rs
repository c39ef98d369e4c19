use crate::extract::tests::read;

#[test]
fn headlines_come_without_site_and_section() {
    let text = "<p>The council of Ostmark voted to rebuild the old bridge, which had been closed since the flood.</p>";
    for row in [
        "<title>Bridge to be rebuilt | Herald</title><h1>Bridge to be rebuilt</h1> ==> Bridge to be rebuilt",
        "<title>Herald - City - Bridge to be rebuilt</title><td>Bridge to be rebuilt<br>By Jo Berg</td> ==> Bridge to be rebuilt",
        "<link rel=canonical href=https://herald.example/a/b-c-d><title>Bridge to be rebuilt | The Herald</title><h1>The Herald\
         </h1><p>Bridge to be rebuilt</p> ==> Bridge to be rebuilt",
        "<title>Herald - Bridge to be rebuilt</title><h2>Bridge to be rebuilt</h2> ==> Bridge to be rebuilt",
        "<title>Bridge to be rebuilt</title><h1>The Herald</h1> ==> Bridge to be rebuilt",
        "<title>Council - Bridge to be rebuilt</title><h1><span class=a>Council</span><span class=b> - </span>\
         <span class=c>Bridge to be rebuilt</span></h1> ==> Bridge to be rebuilt",
    ] {
        let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
        assert_eq!(read(&format!("{input}{text}")).title, expected, "{input}");
    }
}

#[track_caller]
fn check(head: &str, body: &str, expected: &str) {
    let text =
        "<p>The council voted on Monday to do what it had put off for years, and nobody knows what it will cost.</p>";
    assert_eq!(
        read(&format!("<html><head>{head}</head><body>{body}{text}</body></html>")).title,
        expected,
        "{head}{body}"
    );
}

#[test]
fn headings_are_believed_before_what_is_written_for_search_engines() {
    check(
        "<meta property=og:title content='You will not believe this bridge'>",
        "<h1>Council votes for a tunnel</h1>",
        "Council votes for a tunnel",
    );
    // Very short, or a label that the page's own name has too.
    check(
        "<meta property=og:title content='You will not believe this bridge'>",
        "<h1>Our blog</h1>",
        "You will not believe this bridge",
    );
    check(
        "<meta property=og:title content='Ostmark and the river: you will not believe what the council found there'>",
        "<h1>Ostmark and the river</h1>",
        "Ostmark and the river: you will not believe what the council found there",
    );
    // Of two headings neither is the one.
    check(
        "<meta property=og:title content='You will not believe this bridge'>",
        "<h1>Council votes for a tunnel</h1><h1>Weather in the coming days</h1>",
        "You will not believe this bridge",
    );
    check(
        "<meta property=og:title content='Bridge to be rebuilt in June'>",
        "<h1>Bridge to be rebuilt</h1>",
        "Bridge to be rebuilt",
    );
    check("<meta name=twitter:title content='Bridge to be rebuilt'>", "<h1>Herald</h1>", "Bridge to be rebuilt");
    check("", "<h1>Bridge to be rebuilt</h1><h1>Other news</h1>", "Bridge to be rebuilt");
    check("", "<h2>Bridge to be rebuilt</h2>", "Bridge to be rebuilt");
    check("<title>Bridge to be rebuilt</title>", "<h2>Other news</h2>", "Bridge to be rebuilt");
    check("", "", "");
}

#[test]
fn the_site_goes_in_many_languages() {
    check(
        "<meta property=og:site_name content='Новости Остмарка'><title>Мост восстановят к июню - Новости Остмарка</title>",
        "",
        "Мост восстановят к июню",
    );
    check("<title>Köprü yeniden yapılacak | Gazete</title>", "", "Köprü yeniden yapılacak");
    check("<title>Le pont sera reconstruit » Le Courrier</title>", "", "Le pont sera reconstruit");
    check(
        "<meta property=og:site_name content='晨报'><title>市议会决定重建老桥 - 晨报</title>",
        "",
        "市议会决定重建老桥",
    );
    // A dash in the headline is no mark before a site.
    check(
        "<title>Bridge or tunnel - the council has decided</title>",
        "",
        "Bridge or tunnel - the council has decided",
    );
}

#[test]
fn kickers_and_banners_are_no_part_of_it() {
    check(
        "<title>Bridge to be rebuilt</title>",
        "<h1><span class=kicker>City</span> Bridge to be rebuilt</h1>",
        "Bridge to be rebuilt",
    );
    check(
        "<meta property=og:site_name content='Ostmark Herald'><title>Bridge to be rebuilt</title>",
        "<h1>The Ostmark Herald</h1><p>Bridge to be rebuilt</p>",
        "Bridge to be rebuilt",
    );
    check(
        "<meta property=og:title content='Exclusive: bridge to be rebuilt'>",
        "<h1><span class=kicker>Exclusive:</span> bridge to be rebuilt</h1>",
        "Exclusive: bridge to be rebuilt",
    );
}

#[test]
fn what_is_written_behind_it_goes() {
    let named =
        "<meta property=og:title content='Bridge to be rebuilt - Herald'><meta property=og:site_name content=Herald>";
    check(named, "<h1>Bridge to be rebuilt <span>June 3, 2020</span></h1>", "Bridge to be rebuilt");
    check(named, "<h1>Bridge to be rebuilt <a href=//post.example>(post.example)</a> 87</h1>", "Bridge to be rebuilt");
    check(named, "<h1>Bridge to be rebuilt in June</h1>", "Bridge to be rebuilt in June");
    let kicker = "<meta property=og:title content='Остмарк: Мост восстановят к июню'>\
         <script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Остмарк: Мост восстановят к июню\"}</script>";
    check(kicker, "<h1>Мост восстановят к июню</h1>", "Остмарк: Мост восстановят к июню");
    // Cut off by a field of limited length.
    let cut = "<meta property=og:title content='Bridge to be rebuilt in June after all - Herald'>\
         <meta property=og:site_name content=Herald>\
         <script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge to be rebuilt in\"}</script>";
    check(cut, "", "Bridge to be rebuilt in June after all");
}

#[test]
fn headings_inside_the_text_are_none() {
    let named = "<meta property=og:title content='What do people think of bridges?'>";
    check(named, "<h1>A message from the people of the Herald:</h1>", "What do people think of bridges?");
    let long = "<p>The council of Ostmark voted on Monday to do what it had put off for years, and nobody in the town knows \
         what it will cost, who is to pay for it and when.</p>";
    let inside = format!("{}<h1>But what they want is a tunnel</h1>", long.repeat(3));
    check(named, &inside, "What do people think of bridges?");
    check(named, "<h1>But what they want is a tunnel</h1>", "But what they want is a tunnel");
}

#[test]
fn words_of_a_title_are_counted_in_all_scripts() {
    for (title, count) in [("Bridge to be rebuilt", 4), ("", 0), ("市议会决定重建老桥", 5), ("Мост - восстановят", 3)]
    {
        assert_eq!(super::word_count(title), count, "{title}");
    }
}

#[test]
fn titles_that_say_nothing_never_win() {
    check(
        "<title>Herald</title><meta property=og:site_name content=Herald>",
        "<h1>Bridge to be rebuilt</h1>",
        "Bridge to be rebuilt",
    );
    check("<title>Startseite</title>", "<h1>Brücke wird neu gebaut</h1>", "Brücke wird neu gebaut");
    check(
        "<title>新闻</title><meta property=og:title content=null>",
        "<h1>市议会决定重建老桥</h1>",
        "市议会决定重建老桥",
    );
    check("<title> - Home</title>", "", "");
    check("<title>Herald » City » Bridge to be rebuilt in June</title>", "", "Bridge to be rebuilt in June");
    check("<title>Bridge to be rebuilt in June | City | Herald</title>", "", "Bridge to be rebuilt in June");
}

#[test]
fn steps_and_series() {
    check(
        "<meta property=og:title content='Old bridge: opening, tickets, trains'>\
         <script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Town saves its bridge\"}</script>",
        "<nav><ol><li><h1>Old bridge: opening, tickets, trains</h1></ol></nav><h2>Town saves its bridge</h2>",
        "Town saves its bridge",
    );
    check(
        "<meta property=og:title content='How the miller sells old grain'>\
         <script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Voices: How the miller sells old grain\"}</script>",
        "<h1>Voices: How the miller sells old grain</h1>",
        "Voices: How the miller sells old grain",
    );
    check(
        "<title>Harbour strike Dockers show strength</title>",
        "<h1><span class=k>Harbour strike</span>Dockers show strength</h1>",
        "Harbour strike Dockers show strength",
    );
    check("<title>eCommerce is dead</title>", "<h1><span class=k>e</span>Commerce is dead</h1>", "eCommerce is dead");
}
