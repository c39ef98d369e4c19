//! Pages that recount the past, years after: every date, place and person in them, misprints included.
//!
//! The right answers were written down before the program was run on the pages. Durations, sets, times of the day and
//! organisations are left out.

use serde_json::Value;

use crate::archive::{CORPUS, Run, package, program};
use crate::rows::{self, Extract, Mention};

/// `SURFACE=VALUE` in the order of the text: ISO 8601 for dates, the gazetteer's id for places, the full name for people.
const PRESS: &str = "
KUTAISI=613607
Georgia=614540
Nino Gelashvili=Nino Gelashvili
1923=1923
the winter of 2011=2011-WI
Davit Kobalia=Davit Kobalia
December 5=2011-12-05
Zestaponi=610864
Batumi=615532
the spring of 2012=2012-SP
March 14=2012-03-14
Tamar Lomidze=Tamar Lomidze
A week later=2012-W12
April=2012-04
Batumi=615532
May 2=2012-05-02
Gelashvili=Nino Gelashvili
Kobalia=Davit Kobalia
Kobalia=Davit Kobalia
July 9=2012-07-09
the following day=2012-07-10
Poti=612366
August 3=2012-08-03
Lomidze=Tamar Lomidze
the end of that month=2012-08
September 19=2012-09-19
Gelashvilli=Nino Gelashvili
Tbilisi=611717
Tbilsi=611717
Irakli Mchedlishvili=Irakli Mchedlishvili
October 1=2012-10-01
November=2012-11
Mchedlishvili=Irakli Mchedlishvili
Lomidse=Tamar Lomidze
2016=2016
June=2016-06
Yerevan=616052
12 Febuary 2019=2019-02-12
Saturday=2022-09-24
Kobalia=Davit Kobalia
";

const BRIDGES: &str = "
Agnes Thornbury=Agnes Thornbury
Inverness=2646088
Sunday=2021-03-07
Glasgow=2648579
4 August 1929=1929-08-04
1951=1951
September=1951-09
Callum Macrae=Callum Macrae
Macrae=Callum Macrae
November 17=1951-11-17
Ullapool=2635199
Thornbary=Agnes Thornbury
Christmas=1951-12-25
1958=1958
Portugal=2264397
Rui Tavares=Rui Tavares
Coimbra=2740637
21 June 1960=1960-06-21
October=1960-10
The following spring=1961-SP
Porto=2735943
Inês=Inês Tavares
December 8=1961-12-08
Pitlochry=2640255
March 1974=1974-03
May 6=1974-05-06
Donald Kerr=Donald Kerr
June 3=1974-06-03
June 14=1974-06-14
Kerr=Donald Kerr
Thornbury=Agnes Thornbury
that autumn=1974-FA
Kerr=Kerr
1990=1990
Thornbury=Agnes Thornbury
Tavares=Rui Tavares
January 2003=2003-01
February=2003-02
Perth=2640358
Inverness=2646088
Inês Tavares=Inês Tavares
Glasow=2648579
28 August 2015=2015-08-28
Monday=2015-08-31
4 April=2021-04-04
noon=2021-04-04
";

const MAPS: &str = "
The Hague=2747373
Wednesday=2019-11-20
Viktor Brandl=Viktor Brandl
2012=2012
Ghent=2797656
Zeeland=3267319777
Viktor Brandl=Viktor Brandl
October 3=2012-10-03
October 19=2012-10-19
Pieter van der Zee=Pieter van der Zee
1598=1598
Van der Zee=Pieter van der Zee
January=2013-01
February 11=2013-02-11
Marie-Claire Dupont-Lanoy=Marie-Claire Dupont-Lanoy
Antwerp=2803138
April 30=2013-04-30
the last century=19
Brandl=Viktor Brandl
7 March 2015=2015-03-07
Bruges=2800931
the following morning=2015-03-08
Brandl=Viktor Brandl
March 12=2015-03-12
Rotterdam=2747891
Helene Brandl=Helene Brandl
March 16=2015-03-16
May=2015-05
Brandl=Helene Brandl
July=2015-07
Joost de Wit=Joost de Wit
Lisbon=2267057
Copenhagen=2618425
Hamburg=2911298
Utrecht=2745912
De Wit=Joost de Wit
9 December=2015-12-09
Rotterdam=2747891
18 April 2017=2017-04-18
Dupont-Lanoy=Marie-Claire Dupont-Lanoy
April 20=2017-04-20
van der Zee=Pieter van der Zee
the day after=2017-04-21
May 4=2017-05-04
Helene Brandl=Helene Brandl
Brandel=Viktor Brandl
June 15=2017-06-15
Brandl=Helene Brandl
The Hague=2747373
4 February 2019=2019-02-04
March=2019-03
September=2019-09
Femke Terpstra=Femke Terpstra
October 8=2019-10-08
Terpstra=Femke Terpstra
Ghnt=2797656
Monday=2019-11-18
December 2=2019-12-02
";

/// The mentions of a page in the form of the answers.
fn found(page: &str) -> Vec<String> {
    let path = package().join("corpus").join(page);
    let run = Run::of(program(package()).args(["extract", "--json"]).arg(path)).code(0);
    let extracts: Vec<Extract> = rows::parse(&run.stdout);
    let day = extracts[0].published.as_deref().unwrap().get(..10).unwrap();
    let hits = CORPUS.hits(&["-e", &format!("date:{day}")]);
    let id = hits.into_iter().find(|hit| hit.path.as_deref().is_some_and(|path| path.ends_with(page))).unwrap().id;
    let shown: Value = serde_json::from_str(&CORPUS.run("show", &["--json", &id]).code(0).stdout).unwrap();
    let mentions: Vec<Mention> = serde_json::from_value(shown["mentions"].clone()).unwrap();
    let one = |mention: &Mention| {
        let value = match mention.kind.as_str() {
            "date" | "person" => mention.value.clone().unwrap_or_default(),
            "place" => mention.id.map(|id| id.to_string()).unwrap_or_default(),
            _ => return None,
        };
        Some(format!("{}={value}", mention.text))
    };
    mentions.iter().filter_map(one).collect()
}

#[track_caller]
fn check(page: &str, expected: &str) {
    let found = found(page);
    let expected: Vec<&str> = expected.trim().lines().collect();
    let lacks: Vec<_> = expected.iter().filter(|row| !found.iter().any(|have| have == *row)).collect();
    let extra: Vec<_> = found.iter().filter(|row| !expected.contains(&row.as_str())).collect();
    assert!(lacks.is_empty() && extra.is_empty(), "{page}\n    lacks {lacks:#?}\n    has {extra:#?} more");
    assert_eq!(found, expected, "{page}: the order");
}

#[test]
fn an_anniversary_report() {
    check("meridianpost.example/2022/ten-years-of-the-press.html", PRESS);
}

#[test]
fn an_obituary() {
    check("northerncourier.example/2021/obituary-thornbury.html", BRIDGES);
}

#[test]
fn a_court_chronicle() {
    check("quaynews.example/2019/map-case-chronicle.html", MAPS);
}
