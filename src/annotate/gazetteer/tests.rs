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
