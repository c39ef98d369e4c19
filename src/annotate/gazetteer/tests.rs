use super::*;
use proptest::prelude::*;

fn entries(name: &str) -> Vec<Entry> {
    let gazetteer = Gazetteer::embedded();
    gazetteer.find(name).filter_map(|candidate| gazetteer.row(candidate.row)).collect()
}

#[test]
fn the_data_files_fit_each_other() {
    let gazetteer = Gazetteer::embedded();
    assert!(Fst::new(KEYS).is_ok_and(|keys| keys.verify().is_ok()), "keys.fst is damaged");
    assert_eq!(PLACES.len() % SIZE, 0);
    let total = PLACES.len() + LISTS.len() + KEYS.len() + NAMES.len();
    assert!((10_000_000..25_000_000).contains(&total), "{total} bytes");
    let mut last = 0;
    for row in 0..gazetteer.len() {
        let entry = gazetteer.row(row).expect("every row decodes");
        assert!(row == 0 || entry.record.id > last, "ids rise");
        assert!(!entry.name().is_empty() && entry.name().len() < 200, "row {row}");
        let parent = entry.record.parent;
        assert!(parent == NONE || parent < gazetteer.len(), "row {row}");
        last = entry.record.id;
    }
}

#[test]
fn every_country_has_a_continent_and_people() {
    let gazetteer = Gazetteer::embedded();
    let all = (0..gazetteer.len()).filter_map(|row| gazetteer.row(row));
    let countries: Vec<Entry> = all.filter(|entry| entry.record.kind == PlaceKind::Country).collect();
    assert!(countries.len() >= 249, "{}", countries.len());
    for country in countries {
        let parent = country.parent().expect("a country lies on a continent");
        assert_eq!(parent.record.kind, PlaceKind::Continent, "{}", country.name());
    }
}

#[test]
fn names_lead_to_places() {
    for row in "Lachin ==> 147625
         LAÇIN ==> 147625
         Лачин ==> 147625
         Berdzor ==> 147625
         Baku ==> 587084
         Bakı ==> 587084
         Баку ==> 587084
         Shusha ==> 147105
         Kəlbəcər ==> 586268
         Stepanakert ==> 146970
         Kyiv ==> 703448
         Киев ==> 703448
         Azerbaijan ==> 587116
         Azərbaycan ==> 587116
         Aserbaidschan ==> 587116
         Ադրբեջան ==> 587116
         آذربایجان ==> 587116
         The Hague ==> 2747373
         Côte d'Ivoire ==> 2287781
         U.K. ==> 2635167
         Saint-Denis ==> 935264"
        .lines()
    {
        let (name, id) = row.trim().split_once(" ==> ").expect("a row has ==>");
        let id: u32 = id.parse().expect("an id");
        assert!(entries(name).iter().any(|entry| entry.record.id == id), "{name}");
    }
    assert!(entries("Qwertzuiop").is_empty());
    assert!(entries("").is_empty());
    assert!(entries("the").is_empty());
}

#[test]
fn ancestors_lead_to_the_country() {
    let gazetteer = Gazetteer::embedded();
    let lachin = gazetteer.place(147_625).expect("Lachin");
    assert_eq!((lachin.name(), lachin.country(), lachin.record.kind), ("Lachin", "AZ", PlaceKind::City));
    let ancestors: Vec<PlaceKind> = lachin.ancestors().map(|entry| entry.record.kind).collect();
    assert_eq!(ancestors, [PlaceKind::Region, PlaceKind::Country, PlaceKind::Continent]);
    let azerbaijan = gazetteer.place(587_116).expect("Azerbaijan");
    assert!(lachin.within(&azerbaijan) && !azerbaijan.within(&lachin));
    let baku = gazetteer.place(587_084).expect("Baku");
    assert!((200.0..300.0).contains(&lachin.distance_km(&baku)), "{}", lachin.distance_km(&baku));
    assert!(baku.record.population > 1_000_000);
    assert!(gazetteer.place(1).is_none());
}

#[test]
fn the_supplement_is_there() {
    for name in ["Zabukh", "Zabux", "Hadrut", "Nagorno-Karabakh", "Artsakh", "Lachin corridor", "Zəngəzur", "Black Sea"]
    {
        let entry = *entries(name).first().unwrap_or_else(|| panic!("{name}"));
        assert!(entry.record.id >= 1 << 31, "{name} is {}", entry.record.id);
    }
}

#[test]
fn some_names_count_only_in_capitals() {
    let gazetteer = Gazetteer::embedded();
    let first = gazetteer.find("US").next().expect("the country");
    assert!(first.capitals && gazetteer.row(first.row).is_some_and(|entry| entry.country() == "US"));
    assert!(gazetteer.find("Lachin").any(|candidate| !candidate.capitals && candidate.main));
}

proptest! {
    #[test]
    fn any_string_may_be_looked_up(name in "\\PC*", id in any::<u32>()) {
        let gazetteer = Gazetteer::embedded();
        for candidate in gazetteer.find(&name) {
            prop_assert!(gazetteer.row(candidate.row).is_some());
        }
        prop_assert!(gazetteer.place(id).is_none_or(|entry| entry.record.id == id));
    }
}

#[test]
fn a_list_of_candidates_is_read_as_it_was_written() {
    let candidate = |row: u32| Candidate { row, main: row.is_multiple_of(2), capitals: row.is_multiple_of(3) };
    for count in [1, 2, 3, 255] {
        let given: Vec<Candidate> = (0..count).map(|at| candidate(at * 977)).collect();
        let mut lists = vec![7; 5];
        let value = Candidates::encode(&given, &mut lists);
        let read: Vec<Candidate> = Candidates::new(value, lists.leak()).collect();
        assert_eq!(read, given, "{count}");
    }
    let mut lists = Vec::new();
    let many: Vec<Candidate> = (0..300).map(candidate).collect();
    let value = Candidates::encode(&many, &mut lists);
    assert_eq!(Candidates::new(value, lists.leak()).count(), 255, "a list is cut where its count ends");
    assert!(Candidates::default().is_empty());
}

#[test]
fn regions_have_ids_that_never_change() {
    for (country, code, id) in [
        ("US", "TX", Some(0xC000_0000 + ((((31 * 37 + 29) * 37) * 37 + 30) * 37 + 34))),
        ("US", "00", None),
        ("US", "", None),
        ("USA", "TX", None),
        ("us", "TX", None),
        ("US", "TXAS", None),
    ] {
        assert_eq!(region_id(country, code), id, "{country}.{code}");
    }
}

#[test]
fn distances_are_those_of_the_globe() {
    for (one, other, km) in [
        ((0.0, 0.0), (0.0, 0.0), 0.0),
        ((0.0, 0.0), (0.0, 90.0), 10_007.5),
        ((0.0, 0.0), (90.0, 0.0), 10_007.5),
        ((0.0, 0.0), (0.0, 180.0), 20_015.1),
        ((40.41, 49.87), (39.64, 46.55), 295.0),
    ] {
        let found = distance_km(one, other);
        assert!((found - km).abs() < 5.0, "{one:?} {other:?}: {found}");
        assert!((found - distance_km(other, one)).abs() < 1e-6);
    }
}

#[test]
fn names_are_keys_without_their_article() {
    for (name, key) in [
        ("The Hague", "hague"),
        ("the", ""),
        ("Gaza the Great", "gaza the great"),
        ("Port-au-Prince", "port au prince"),
        ("Laçın", "lacin"),
        ("", ""),
    ] {
        assert_eq!(name_words(name), key, "{name}");
    }
}

#[test]
fn languages_speak_for_their_countries() {
    for (lang, home) in
        [("az", Some(*b"AZ")), ("ka", Some(*b"GE")), ("el", Some(*b"GR")), ("en", None), ("es", None), ("", None)]
    {
        assert_eq!(home_of(lang), home, "{lang}");
    }
    let gazetteer = Gazetteer::embedded();
    let countries: Vec<[u8; 2]> = (0..gazetteer.len())
        .filter_map(|row| gazetteer.row(row))
        .filter(|entry| entry.record.kind == PlaceKind::Country)
        .map(|entry| entry.record.country)
        .collect();
    for lang in
        ["az", "tr", "hy", "ka", "uk", "ru", "be", "kk", "uz", "pl", "cs", "hu", "ro", "bg", "el", "he", "fa", "ja"]
    {
        assert!(home_of(lang).is_some_and(|home| countries.contains(&home)), "{lang}");
    }
}

#[test]
fn a_name_is_spelt_out_word_by_word() {
    let gazetteer = Gazetteer::embedded();
    let start = gazetteer.start();
    assert!(gazetteer.at(start).is_empty(), "nothing was read");
    let new = gazetteer.step(start, "new").expect("names begin with it");
    let york = gazetteer.step(new, "york").expect("a city");
    assert!(!gazetteer.at(york).is_empty());
    assert!(gazetteer.step(new, "qwertz").is_none());
    assert!(gazetteer.step(start, "qwertzuiop").is_none());
}
