//! Rows: `TEXT | published | language ==> SURFACE=VALUE; ...` (the language may be left out).

mod languages;
mod resolve;
mod tables;

use proptest::prelude::*;

use super::*;

fn shown(text: &str, published: &str, lang: Option<&str>) -> String {
    let found = dates(text, Stamp::parse_iso(published), lang);
    let parts: Vec<String> = found
        .iter()
        .map(|mention| {
            let value = match &mention.value {
                DateValue::Days(days) => days.to_string(),
                DateValue::Timex(timex) => timex.clone(),
            };
            format!("{}={value}", mention.span.of(text))
        })
        .collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join("; ") }
}

#[track_caller]
fn check(rows: &str) {
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
        let mut cells = input.split(" | ");
        let text = cells.next().unwrap_or("");
        let published = cells.next().unwrap_or("");
        let lang = cells.next().or(Some("en"));
        assert_eq!(shown(text, published, lang), expected, "{input}");
    }
}

#[test]
fn a_text_that_begins_with_its_own_days_is_news() {
    let text = "The fair opened on May 12, and the mayor signed a decree on May 7.\n\nIt was first held in May 1989. \
                One potter has come since 1991.\n\nOn May 13 the kilns are lit.";
    assert_eq!(
        shown(text, "2021-05-12", Some("en")),
        "May 12=2021-05-12; May 7=2021-05-07; May 1989=1989-05; 1991=1991; May 13=2021-05-13"
    );
}

#[test]
fn explicit_dates_need_no_anchor() {
    check(
        "It fell on November 10, 2020. ==> November 10, 2020=2020-11-10
         It fell on 10 November 2020. ==> 10 November 2020=2020-11-10
         On Tuesday, November 10, 2020, it fell. ==> Tuesday, November 10, 2020=2020-11-10
         the 10th of November, 2020 ==> the 10th of November, 2020=2020-11-10
         Signed 2020-11-10 in Baku. ==> 2020-11-10=2020-11-10
         in November 2020 and in 2021 ==> November 2020=2020-11; 2021=2021
         in early March 1990 ==> early March 1990=1990-03
         by the end of 1942 ==> the end of 1942=1942
         since mid-2007 ==> mid-2007=2007
         in the summer of 2010 ==> the summer of 2010=2010-SU
         the first quarter of 2020 ==> the first quarter of 2020=2020-Q1
         in the 1990s ==> 1990s=199
         in the late 1980s ==> the late 1980s=198
         the 19th century ==> 19th century=18
         from 480 BC to AD 71 ==> 480 BC=BC0480; AD 71=0071
         Christmas 2007 ==> Christmas 2007=2007-12-25
         Easter 2024 ==> Easter 2024=2024-03-31
         the winter of 1939-40 ==> the winter of 1939-40=1940-WI
         in the year 71 and c. 314 ==> 71=0071; 314=0314
         Jerome (c. 347 – 30 September 420) ==> 347=0347; 30 September 420=0420-09-30
         the night of 13 February 1904 ==> the night of 13 February 1904=1904-02-13
         31 February 2020 ==> none",
    );
}

#[test]
fn ranges_are_two_mentions() {
    check(
        "from 10 November to 1 December 2020 ==> 10 November=2020-11-10; 1 December 2020=2020-12-01
         in 2019-21 ==> 2019=2019; 21=2021
         (1939–1945) ==> 1939=1939; 1945=1945
         on April 6-7, 1915 ==> April 6=1915-04-06; 7, 1915=1915-04-07
         on 6-7 February 1920 ==> 6=1920-02-06; 7 February 1920=1920-02-07
         between May and August 1950 ==> May=1950-05; August 1950=1950-08
         in 2007-08 ==> 2007=2007; 08=2008
         from November to March 1990 ==> November=1989-11; March 1990=1990-03",
    );
    let text = "from 10 November to 1 December 2020";
    let joined: Vec<bool> = dates(text, None, Some("en")).iter().map(|mention| mention.joined).collect();
    assert_eq!(joined, [false, true]);
}

#[test]
fn news_rests_on_its_publication() {
    check(
        "They met on Tuesday. | 2020-11-12 ==> Tuesday=2020-11-10
         They will meet on Tuesday. | 2020-11-12 ==> Tuesday=2020-11-17
         They met last Tuesday and yesterday. | 2020-11-12 ==> last Tuesday=2020-11-10; yesterday=2020-11-11
         It began in May. | 2020-11-12 ==> May=2020-05
         It will begin in May. | 2020-11-12 ==> May=2021-05
         It fell on December 20. | 2020-01-12 ==> December 20=2019-12-20
         three weeks ago | 2020-11-12 ==> three weeks ago=2020-W43
         two years ago | 2020-11-12 ==> two years ago=2018
         last year and next month | 2020-11-12 ==> last year=2019; next month=2020-12
         It rained over the weekend. | 2020-11-09 ==> the weekend=2020-11-07..2020-11-08
         It happened at 1430 GMT on Friday. | 2020-11-12 ==> 1430 GMT on Friday=2020-11-06
         He was held on the 25th; he will speak on the 3rd. | 2020-11-12 ==> the 25th=2020-10-25; the 3rd=2020-12-03
         this weekend | 2020-11-12 ==> this weekend=2020-11-14..2020-11-15
         this morning | 2020-11-12 ==> this morning=2020-11-12
         the day before yesterday | 2020-11-12 ==> the day before yesterday=2020-11-10
         They sold three in the third quarter and will in May. | 2020-11-12 ==> the third quarter=2020-Q3; May=2021-05
         next month in Rome, in January in Paris | 2020-11-12 ==> next month=2020-12; January=2021-01
         open from Monday to Friday | 2020-11-02 ==> Monday=2020-11-02; Friday=2020-11-06
         at 8:15 p.m. on Friday | 2020-11-12 ==> 8:15 p.m. on Friday=2020-11-06",
    );
}

#[test]
fn a_story_of_the_past_rests_on_its_own_dates() {
    check(
        "The war began on 27 September 2020. On November 10 it ended; the following day troops came. By December the \
         town was free. | 2023-11-12 ==> 27 September 2020=2020-09-27; November 10=2020-11-10; the following day=2020-11-11; \
         December=2020-12
         “We waited,” he said on Monday. They fled on 3 May 1993. | 2023-11-10 ==> Monday=2023-11-06; 3 May 1993=1993-05-03
         The town, founded in 1805, fell on 8 May 1992. By July it was empty. | 2023-11-10 ==> 1805=1805; 8 May 1992=1992-05-08; \
         July=1992-07
         On May 20, 1993 they took one, on the 25th Kelbajar. ==> May 20, 1993=1993-05-20; the 25th=1993-05-25
         It lasted until February 1945. | 1960-01-01 ==> February 1945=1945-02
         It was made on 9 June 1945. Its case is open until 30 September. | 2015-05-07 ==> 9 June 1945=1945-06-09; \
         30 September=2015-09-30
         In 1990 he came, in May 1999 he died. It is a museum today. | 2020-01-01 ==> 1990=1990; May 1999=1999-05
         In December 1944 they attacked. In January they withdrew. | 2009-01-01 ==> December 1944=1944-12; January=1945-01
         He left on 3 May 1916. Two days later he died. ==> 3 May 1916=1916-05-03; Two days later=1916-05-05
         She was born in 1920. Later that year they moved. ==> 1920=1920; Later that year=1920
         It opened in May 1901 and closed in August of the same year. ==> May 1901=1901-05; August of the same year=1901-08",
    );
}

#[test]
fn without_an_anchor_nothing_is_guessed() {
    check(
        "on November 10 ==> November 10=XXXX-11-10
         in May ==> May=XXXX-05
         last Tuesday ==> last Tuesday=XXXX-WXX-2
         last year ==> last year=PAST_REF
         yesterday ==> yesterday=PAST_REF",
    );
}

#[test]
fn durations_and_sets_are_told_from_dates() {
    check(
        "for three days | 2020-11-12 ==> three days=P3D
         the last two months | 2020-11-12 ==> the last two months=P2M
         every Monday | 2020-11-12 ==> every Monday=XXXX-WXX-1
         one flight a week, every Friday; per week on Monday | 2020-11-12 ==> a week=P1W; every Friday=XXXX-WXX-5; \
         per week=P1W; Monday=XXXX-WXX-1
         paid monthly | 2020-11-12 ==> monthly=P1M",
    );
}

#[test]
fn numbers_and_names_that_are_no_dates_are_left() {
    check(
        "She is 30 years old. | 2020-11-12 ==> none
         a man in his 90s | 2020-11-12 ==> none
         They won 3-2 and 21-19. | 2020-11-12 ==> none
         It costs $1990 or 1,990 euros. | 2020-11-12 ==> none
         at 1936 Wilson Street | 2020-11-12 ==> none
         Theresa May said May could win. | 2020-11-12 ==> none
         at 12 May Street, p. 1225; Johnnie Christmas sang | 2020-11-12 ==> none
         the Fall of Saigon, the Ice March to the sea, in the 30s °F | 2020-11-12 ==> none
         from 1500 to 2000 people, +994 12 492 1990 | 2020-11-12 ==> none
         the day before the vote | 2020-11-12 ==> none
         version 10.11.2020.4 | 2020-11-12 ==> none
         the 1990 votes | 2020-11-12 ==> none
         Resolution 1983 passed. | 2020-11-12 ==> none
         some 2000 people marched; you may march on | 2020-11-12 ==> none",
    );
}

#[test]
fn other_languages_give_their_explicit_forms() {
    check(
        "Müharibə 27 sentyabr 2020-ci ildə başladı. |  | az ==> 27 sentyabr 2020=2020-09-27
         10 ноября 2020 года и 1 декабря | 2021-01-01 | ru ==> 10 ноября 2020=2020-11-10; 1 декабря=2020-12-01
         В 2020 году погибли 2000 человек. |  | ru ==> 2020=2020
         10 Kasım 2020'de imzalandı. |  | tr ==> 10 Kasım 2020=2020-11-10
         am Dienstag, den 10. November 2020 |  | de ==> Dienstag, den 10. November 2020=2020-11-10
         le 1er décembre 2020 |  | fr ==> 1er décembre 2020=2020-12-01
         el 10 de noviembre de 2020 |  | es ==> 10 de noviembre de 2020=2020-11-10
         في 10 نوفمبر 2020 |  | ar ==> 10 نوفمبر 2020=2020-11-10
         в 1990-е годы |  | ru ==> 1990-е=199
         1990-cı illərdə |  | az ==> 1990-cı illərdə=199
         du 27 septembre au 10 novembre 2020 |  | fr ==> 27 septembre=2020-09-27; 10 novembre 2020=2020-11-10
         11月10日 | 2020-12-01 | zh ==> 11月10日=2020-11-10
         2020年11月10日 |  | zh ==> 2020年11月10日=2020-11-10
         am 10.11.2020 um 8 Uhr |  | de ==> 10.11.2020=2020-11-10",
    );
}

/// The span and order promised to every caller.
fn well_formed(text: &str, lang: Option<&str>) -> Result<(), TestCaseError> {
    let mut last = 0;
    for mention in dates(text, Stamp::parse_iso("2020-11-10"), lang) {
        prop_assert!(text.get(mention.span.range()).is_some_and(|surface| !surface.trim().is_empty()));
        prop_assert!(mention.span.start >= last);
        last = mention.span.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_ordered_spans(text in "\\PC{0,60}") {
        well_formed(&text, None)?;
    }

    #[test]
    fn any_pile_of_date_words_gives_ordered_spans(
        text in "((the|early|end|of|last|next|same|that|year|day|before|May|Nov|Tuesday|10th|[0-9]{1,10}|ago|later|century|s|BC\
                 |a|few|weeks|to|and|pm|Easter|New Year|night|years|old|winter|first|quarter|month|every|twenty|hundred)[ ,.'/–:-]{0,2}){0,14}"
    ) {
        well_formed(&text, Some("en"))?;
        well_formed(&text, Some("az"))?;
    }
}

#[test]
fn an_explicit_date_of_last_year_governs_its_paragraph() {
    check(
        "The trial opened on 10 October 2016. On October 24 the carpenter gave evidence. | 2017-06-16 ==> \
         10 October 2016=2016-10-10; October 24=2016-10-24
         The mill closed on October 24, said the owner. | 2017-06-16 ==> October 24=2016-10-24",
    );
}

#[test]
fn other_languages_have_their_own_months_and_ranges() {
    check(
        "vom 9. bis 11. September 2022 | 2024-02-05 | de ==> 9=2022-09-09; 11. September 2022=2022-09-11
         am 3. und 4. Februar | 2024-02-05 | de ==> 3=2024-02-03; 4. Februar=2024-02-04
         с 3 по 5 мая 2019 года | 2020-01-01 | ru ==> 3=2019-05-03; 5 мая 2019=2019-05-05
         la marca anterior | 2024-03-18 | es ==> none
         el 4 de marzo | 2024-03-18 | es ==> 4 de marzo=2024-03-04",
    );
}

#[test]
fn days_with_names_have_dates() {
    check(
        "Easter Monday 2024 ==> Easter Monday 2024=2024-04-01
         Palm Sunday 2024, Ash Wednesday 2024 ==> Palm Sunday 2024=2024-03-24; Ash Wednesday 2024=2024-02-14
         Whit Monday 2024 and Pentecost 2024 ==> Whit Monday 2024=2024-05-20; Pentecost 2024=2024-05-19
         on Labor Day 2020 ==> Labor Day 2020=2020-09-07
         on Memorial Day 2020 ==> Memorial Day 2020=2020-05-25
         on International Women's Day | 2020-03-12 ==> International Women's Day=2020-03-08
         All Saints' Day 2020 ==> All Saints' Day 2020=2020-11-01
         on May Day 2020 ==> May Day 2020=2020-05-01
         on Armistice Day 2018 ==> Armistice Day 2018=2018-11-11
         Guy Lombard danced all night in Labor and Columbus. ==> none",
    );
}

#[test]
fn short_and_misprinted_forms_are_read() {
    check(
        "in Q4 2020 and H1 2021 ==> Q4 2020=2020-Q4; H1 2021=2021-01-01..2021-06-30
         an Audi Q3 for sale | 2020-11-12 ==> none
         It fell on the eighteenth. | 2021-02-25 ==> the eighteenth=2021-02-18
         He came on the second try, on the tenth floor. | 2021-02-25 ==> none
         on 12 Febuary 2019 and Septmber 3 | 2019-10-01 ==> 12 Febuary 2019=2019-02-12; Septmber 3=2019-09-03
         a population of 1950 | 2020-11-12 ==> none
         a chart from the last century | 2019-11-21 ==> the last century=19",
    );
}

#[test]
fn a_chronicle_names_its_years_once() {
    check(
        "The court ruled on Wednesday. In 2012 a library bought a chart from 1598. On October 3 it was framed. He came back in \
         January. On 7 March 2015 they found a press; on May 3 they left. The trial opened on 18 April 2017. On May 4 she \
         spoke. It ended on June 15. It will be shown from December 2. | 2019-11-21 ==> Wednesday=2019-11-20; 2012=2012; \
         1598=1598; October 3=2012-10-03; January=2013-01; 7 March 2015=2015-03-07; May 3=2015-05-03; 18 April 2017=2017-04-18; \
         May 4=2017-05-04; June 15=2017-06-15; December 2=2019-12-02
         It took until August 3, 2012; by the end of that month he left. In 2016 and 2017 nothing moved. | 2022-09-19 ==> \
         August 3, 2012=2012-08-03; the end of that month=2012-08; 2016=2016; 2017=2017
         They met on 21 June 1960. The following spring they left; he came on December 8. | 2021-03-12 ==> \
         21 June 1960=1960-06-21; The following spring=1961-SP; December 8=1961-12-08",
    );
}

#[test]
fn weekdays_of_other_languages_stand_beside_words_that_make_them_days() {
    check(
        "Er kam am Dienstag. | 2020-11-12 | de ==> Dienstag=2020-11-10
         Er kommt nächsten Montag. | 2020-11-12 | de ==> Montag=2020-11-16
         в минувшую пятницу | 2020-11-12 | ru ==> пятницу=2020-11-06
         Приехали в среду. | 2020-11-12 | ru ==> среду=2020-11-11
         окружающая среда | 2020-11-12 | ru ==> none
         mardi dernier | 2020-11-12 | fr ==> mardi dernier=2020-11-10
         el sábado pasado; Domingo Paz | 2020-11-12 | es ==> sábado pasado=2020-11-07
         Salı günü geldiler, pazar yeri doldu | 2020-11-12 | tr ==> Salı=2020-11-10
         10 Kasım 2020 Salı günü |  | tr ==> 10 Kasım 2020 Salı=2020-11-10
         bazar ertəsi günü gəldilər | 2020-11-12 | az ==> bazar ertəsi=2020-11-09
         dekabrın 1-də, çərşənbə axşamı | 2020-12-12 | az ==> dekabrın 1-də, çərşənbə axşamı=2020-12-01
         cümə günü, noyabrın 13-də | 2020-12-12 | az ==> cümə günü, noyabrın 13-də=2020-11-13
         يوم الثلاثاء | 2020-11-12 | ar ==> الثلاثاء=2020-11-10
         الجمعة الماضي | 2020-11-12 | ar ==> الجمعة الماضي=2020-11-06",
    );
}

#[test]
fn periods_of_other_languages_are_read() {
    check(
        "im Sommer 2019, im 19. Jahrhundert, in den 90er Jahren |  | de ==> Sommer 2019=2019-SU; 19. Jahrhundert=18; 90er Jahren=199
         l'été 2019, au XIXe siècle, les années 90 |  | fr ==> été 2019=2019-SU; XIXe siècle=18; 90=199
         el verano de 2019, el siglo XIX, la década de 1990 |  | es ==> verano de 2019=2019-SU; siglo XIX=18; 1990=199
         летом 2019 года, в XIX веке, в 90-е годы |  | ru ==> летом 2019=2019-SU; XIX веке=18; 90-е годы=199
         19. yüzyılda, 1990'lı yıllarda |  | tr ==> 19. yüzyılda=18; 1990'lı yıllarda=199
         XIX əsrdə |  | az ==> XIX əsrdə=18
         entre 1988 y 1994 hubo |  | es ==> 1988=1988; 1994=1994
         zwischen 1988 und 1994 war |  | de ==> 1988=1988; 1994=1994
         el 1.º de diciembre de 2020 |  | es ==> 1.º de diciembre de 2020=2020-12-01",
    );
}
