//! Where the article that a person looks for stands in the list, compared with `tests/golden/ranking.txt`.
//! `UPDATE=1 cargo test --test it ranking` writes it again; a change of ranking is then a diff to read.

use std::fmt::Write;
use std::fs;

use crate::archive::{CORPUS, package};
use crate::corpus;
use crate::rows::{self, Hit};

/// `QUERY ==> the page looked for`, without folder and ending.
const SOUGHT: &str = r#"
Lachin medal ==> new-medals
Lachin district returned ==> lachin-district-returned
town of Lachin and two villages ==> lachin-town
how Lachin came back ==> three-years-after
about:2020-12-01 medal ==> new-medals
Laçın rayonu ==> lacin-rayonu
Laçın havalimanı ==> lacin-havalimani
Лачинский район ==> lachin
weightlifter silver Batumi ==> weightlifter-batumi
correction Black Sea Cup ==> correction-batumi
medal liberation of Prague ==> prague-medal
ferry aground reef ==> ferry
storm bridge closed ==> storm-live
first Webb pictures ==> first-images
Denmark semi-final Baku ==> denmark-baku
Gletscher drei Meter Eis ==> gletscher
Korrektur Sonnkarferner ==> korrektur-gletscher
Caspian gas reaches Italy ==> caspian-gas
Caspian gas in brief ==> gas-in-brief
Caspian gas tankers Brindisi ==> gas-from-the-caspian
Caspian gas eight billion ==> adriatic-pipe
pipeline Ceyhan welders ==> pipeline
grain prices harbour ==> harbour-cranes
village bread oven ==> bread-oven
carpet knot ==> knots
manat dollar rate ==> manat
Shusha festival ==> shusha-festival
Şuşa festivalı ==> xaribulbul
Şuşa müzik festivali ==> susa-festivali
фестиваль в Шуше ==> shusha
astronomer Sputnik ==> obituary-marlowe
lighthouse fund trial ==> lighthouse-fund-trial
parcel Athens Georgia ==> wrong-georgia
museum diary dates ==> diary
apple picking robots ==> orchard-robots
Раджабов Кубок мира ==> radzhabov
Rəcəbov Dünya Kuboku ==> recebov
fındığın qiyməti ==> ixrac
Mingəçevir isti hava ==> isti-hava
kitab avtobusu ==> kitab-avtobusu
снег на перевале ==> sneg
уровень Каспия ==> pamyati-okeanologa
lodos vapur seferleri ==> lodos-canli
çanak fırını kazısı ==> canak-firini
çay hasadı ==> cay-hasadi
Frankfurt Schach Postkarte ==> zwei-frankfurts
صابون طرابلس ==> sabun-tarabulus
مسبار المريخ ==> misbar-alamal
برداشت زعفران ==> zafaran
prix du muguet ==> muguet
marca de mate ==> mate
when was the Lachin district returned ==> lachin-district-returned
which medals were created in November 2020 ==> new-medals
liberation ==> new-medals
Aliyev Lachin 2022 ==> lachin-town
Rzayeva bakery walnut tree ==> three-years-after
Jafarov silver ==> weightlifter-batumi
Jafarov lute ==> shusha-festival
correction ==> correction-batumi
October 4 1957 ==> obituary-marlowe
weather snow on Wednesday ==> bulletin-2020-12-01
oil price currency Azerbaijan 2015 ==> manat
football Baku Czech Republic ==> denmark-baku
Лачин коридор миротворцы ==> lachin
tar ustası Caferov ==> susa-festivali
tar ustası Cəfərov ==> xaribulbul
图书馆 迟还的书 ==> huanshu
"#;

/// Names of the pages found, best first, as the program lists them: short lists filled up.
fn found(query: &str) -> Vec<String> {
    let run = CORPUS.run("query", &["--json", "--no-group", "-n", "20", "-e", query]).code(0);
    rows::parse::<Hit>(&run.stdout).iter().map(|hit| corpus::name(hit.path.as_deref().unwrap())).collect()
}

/// Two lines a query: rank of the page looked for (`-`: not among twenty) and the query; the first five.
fn table() -> String {
    let (mut lines, mut ranks) = (String::new(), Vec::new());
    for row in SOUGHT.lines().filter(|row| !row.is_empty()) {
        let (query, sought) = row.split_once(" ==> ").unwrap();
        let names = found(query);
        let rank = names.iter().position(|name| name == sought).map(|at| at + 1);
        let shown = rank.map_or("-".to_owned(), |rank| rank.to_string());
        let first = names[..names.len().min(5)].join(" ");
        writeln!(lines, "{shown:>2}  {query} ==> {sought}\n      {first}").unwrap();
        ranks.push(rank);
    }
    let number = ranks.len() as f64;
    let within = |most: usize| ranks.iter().flatten().filter(|&&rank| rank <= most).count() as f64 / number;
    let reciprocal = ranks.iter().flatten().map(|&rank| 1.0 / rank as f64).sum::<f64>() / number;
    let (first, five) = (within(1), within(5));
    format!("{number} queries, recall@1 {first:.3}, recall@5 {five:.3}, MRR {reciprocal:.3}\n\n{lines}")
}

#[test]
fn every_query_as_its_golden_line() {
    let file = package().join("tests/golden/ranking.txt");
    let now = table();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &now).unwrap();
    }
    let then = fs::read_to_string(&file).unwrap();
    let changed: Vec<String> = then
        .lines()
        .zip(now.lines())
        .filter(|(then, now)| then != now)
        .map(|(then, now)| format!("- {then}\n+ {now}"))
        .collect();
    assert!(then == now, "the ranking differs (UPDATE=1 writes it again):\n{}", changed.join("\n"));
}
