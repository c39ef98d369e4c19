//! Rows of what people type and how it is read, and properties that hold for any text.

use proptest::prelude::*;

use super::field::HAS;
use super::ranges::DateRange;
use super::tree::{Field, Node, NodeKind, Pattern, Word};
use super::*;

const TODAY: Date = jiff::civil::date(2026, 11, 22);

fn read(text: &str) -> Query {
    parse(text, TODAY)
}

/// Checks rows `INPUT ==> CANONICAL | note; note`, where each note is a part of the message; in order, none left over.
#[track_caller]
fn check(rows: &str) {
    let mut failures = String::new();
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let (input, expected) = row.split_once("==>").expect("a row has ==>");
        let (canonical, notes) = expected.split_once(" | ").unwrap_or((expected, ""));
        let notes: Vec<&str> = notes.split("; ").filter(|note| !note.is_empty()).collect();
        let query = read(input);
        let found: Vec<&str> = query.notes.iter().map(|note| note.message.as_str()).collect();
        let as_noted = found.len() == notes.len() && found.iter().zip(&notes).all(|(found, note)| found.contains(note));
        if query.to_string() != canonical.trim() || !as_noted {
            failures.push_str(&format!("{input} ==> {query} | {}\n    wanted {}\n", found.join("; "), expected.trim()));
        }
        same_again(&query);
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// The canonical form reads back to the same tree, and without notes.
#[track_caller]
fn same_again(query: &Query) {
    let again = read(&query.to_string());
    assert_eq!(again.root.bare(), query.root.bare(), "{} -> {query}", query.text);
    assert_eq!(again.notes, [], "{query}");
}

#[test]
fn rows() {
    check(include_str!("rows.txt"));
}

/// The tree with what the canonical form does not show: `~` marks a stop word, `?` a part that may be missing.
fn shape(node: &Node) -> String {
    let many =
        |name: &str, parts: &[Node]| format!("{name}[{}]", parts.iter().map(shape).collect::<Vec<_>>().join(" "));
    let missing = if node.may_be_missing() { "?" } else { "" };
    let stop = if node.is_stop() { "~" } else { "" };
    let inner = match &node.kind {
        NodeKind::Word(_) | NodeKind::Chunk(_) | NodeKind::Phrase(_) => node.to_string(),
        NodeKind::All(parts) => return many("all", parts),
        NodeKind::And(parts) => many("and", parts),
        NodeKind::Or(parts) => many("or", parts),
        NodeKind::Not(inner) => format!("not {}", shape(inner)),
        NodeKind::Field(Field::Text(scope, inner)) => format!("{}:{}", scope.name(), shape(inner)),
        _ => node.to_string(),
    };
    format!("{stop}{inner}{missing}")
}

#[test]
fn parts_are_strict_or_not() {
    for row in r#"Lachin medal ==> all[lachin? medal?]
        Lachin AND medal ==> and[lachin? medal?]
        corridor Lachin AND medal ==> all[corridor? and[lachin? medal?]]
        "Lachin medal" corridor ==> all["lachin medal" corridor?]
        medal OR order town ==> all[or[medal? order?]? town?]
        medal OR "order of" town ==> all[or[medal? "order of"] town?]
        COVID-19 title:x -y ==> all[covid-19? title:x? not y?]
        what is the medal for ==> all[~what? ~is? ~the? medal? ~for?]
        the AND medal ==> and[the? medal?]
        the OR medal town ==> all[or[the? medal?]? town?]
        to be or not to be ==> all[to? be? or? not? to? be?]
        the -medal ==> all[the? not medal?]
        who place:Lachin ==> all[who? place:Lachin]
        the "order of" ==> all[~the? "order of"]
        the title:medal ==> all[~the? title:medal?]
        title:the medal ==> all[title:the? medal?]
        title:(the medal) ==> title:all[~the? medal?]
        last train home ==> all[last? train? home?]
        what was said about the last train home ==> all[~what? ~was? ~said? ~about? ~the? ~last? train? home?]
        don't drink ==> all[~don-t? drink?]
        US troops ==> all[US? troops?]
        us troops ==> all[~us? troops?]
        die Medaille und das Dorf ==> all[~die? medaille? ~und? ~das? dorf?]
        people who die in Lachin ==> all[people? ~who? die? ~in? lachin?]
        медаль за освобождение ==> all[медаль? ~за? освобождение?]
        Laçın və Kəlbəcər üçün medal ==> all[lacin? ~ve? kelbecer? ~ucun? medal?]"#
        .lines()
    {
        let (input, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
        assert_eq!(shape(&read(input).root), expected, "{input}");
    }
}

#[test]
fn filters_that_cannot_be_read_are_refused() {
    for (text, refused) in [
        ("date:soon Lachin", "date:soon: it is no date"),
        ("kind:news", "kind:news: the kinds are article, live"),
        ("-lang:xx medal", "lang:xx: the languages are af am"),
        ("words:abc", "words:abc: it is no number or range"),
        ("words:500..300", "words:500..300: it is no number or range"),
        ("has:paper", "has:paper: what articles can be asked to have"),
        ("near:7", "near:7: it is no place with a distance"),
        ("person:\"\" x", "person:\"\": it holds no name"),
        ("kind:(article news)", "kind:news: the kinds are"),
        ("date:() x", "date:(): it holds no value"),
        ("date:soon kind:news", "date:soon: it is no date; kind:news: the kinds are"),
        // Words in one part of the text, and names of fields that there are not, are read as words.
        ("title:() foo:bar date: 2020 date:2020 x", ""),
        ("by:(title:date:soon)", ""),
    ] {
        let query = read(text);
        let found: Vec<&str> = query.refused.iter().map(|note| note.message.as_str()).collect();
        let wanted: Vec<&str> = refused.split("; ").filter(|why| !why.is_empty()).collect();
        let as_wanted = found.len() == wanted.len() && found.iter().zip(&wanted).all(|(a, b)| a.starts_with(b));
        assert!(as_wanted, "{text}: {found:?}");
        assert!(query.refused.iter().all(|note| query.text.get(note.span.range()).is_some()), "{text}");
    }
}

#[test]
fn spans_are_what_was_typed() {
    let text = r#"Laçın (a OR "b c") -title:(x y) date:last week COVID-19"#;
    let query = read(text);
    let typed: Vec<&str> = query.root.children().iter().map(|node| node.span.of(&query.text)).collect();
    assert_eq!(typed, ["Laçın", r#"(a OR "b c")"#, "-title:(x y)", "date:last week", "COVID-19"]);
    let NodeKind::Chunk(words) = &query.root.children()[4].kind else {
        panic!("a chunk");
    };
    assert_eq!(words.iter().map(|word| word.span.of(&query.text)).collect::<Vec<_>>(), ["COVID", "19"]);
    assert_eq!(read("x foo:bar").notes[0].span.of("x foo:bar"), "foo:bar");
}

#[test]
fn too_much_is_cut_with_a_note() {
    let deep = format!("{}x{}", "(a OR (b ".repeat(20_000), "))".repeat(20_000));
    let query = read(&deep);
    assert!(query.notes.iter().any(|note| note.message.contains("too deeply")), "{:?}", query.notes);
    assert!(matches!(&query.root.kind, NodeKind::All(parts) if parts.len() > 300));
    assert_eq!(read(&"(".repeat(50_000)).to_string(), "");
    assert_eq!(read(&"NOT ".repeat(20_000)).to_string(), "");
    assert_eq!(read(&format!("{}x", "NOT ".repeat(20_001))).to_string(), "-x");
    let long = "medal ".repeat(100_000);
    assert!(read(&long).notes.iter().any(|note| note.message.contains("too long")));
    for hostile in [
        "\" «",
        "a\" ",
        "date:x ",
        "( -",
        "x:\"",
        "title:(",
        "w/5 ",
        "»\"「",
        "site:(www.",
        "'",
        "AROUND(5 ",
        "DATE(geq (",
        "ATLEAST ",
        "ATLEAST 5",
        "DATE AFT ",
        "LENGTH > ",
        "date:[ ",
        "NOT/5 x ",
        "BUT NOT ",
        "HD=( ",
        "!\"",
        "x^ ",
    ] {
        same_again(&read(&hostile.repeat(3_000)));
    }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "[a-zа-яəğıöüş]{1,6}",
        Just("the".to_owned()),
        Just("of".to_owned()),
        Just("und".to_owned()),
        Just("to".to_owned()),
        Just("november".to_owned()),
        Just("北".to_owned()),
        "[0-9]{1,4}",
    ]
    .prop_map(|word| crate::text::fold(&word))
}

/// A word of a script with blanks: others make no chunk with it.
fn spaced() -> impl Strategy<Value = String> {
    word().prop_filter("a script with blanks", |word| !word.starts_with(crate::text::is_cjk))
}

fn as_words(words: Vec<String>) -> Vec<Word> {
    words
        .into_iter()
        .map(|folded| Word { span: Span::new(0, 0), folded, stop: false, capitals: Capitals::Free, written: None })
        .collect()
}

fn leaf() -> impl Strategy<Value = NodeKind> {
    prop_oneof![
        4 => word().prop_map(|word| NodeKind::Word(as_words(vec![word]).remove(0))),
        1 => prop::collection::vec(spaced(), 2..4).prop_map(|words| NodeKind::Chunk(as_words(words))),
        1 => prop::collection::vec("[北京びกเา]", 2..4).prop_map(|words| NodeKind::Chunk(as_words(words))),
        1 => prop::collection::vec(word(), 1..4).prop_map(|words| NodeKind::Phrase(as_words(words))),
        1 => (word(), 1u8..3).prop_map(|(word, edits)| NodeKind::Fuzzy(as_words(vec![word]).remove(0), edits)),
        1 => "[a-z]{1,3}[*]([a-z][?][a-z])?".prop_map(|pattern| NodeKind::Pattern(Pattern(pattern))),
        1 => ("[A-Z][a-z]{1,5}|[A-Z]{2,5}|[a-z]{2,5}", any::<bool>()).prop_map(|(typed, phrase)| {
            let folded = typed.to_lowercase();
            let phrase = phrase || ["and", "or", "not", "near"].contains(&folded.as_str());
            let capitals = if typed == folded { Capitals::Some } else { Capitals::As(typed) };
            let word = Word { span: Span::new(0, 0), folded, stop: false, capitals, written: None };
            if phrase { NodeKind::Phrase(vec![word]) } else { NodeKind::Word(word) }
        }),
    ]
}

/// Parts close to each other, and how often they are found.
fn placed() -> impl Strategy<Value = Node> {
    let none = Span::new(0, 0);
    let reach = prop_oneof![
        (1u32..1_000).prop_map(Reach::Within),
        (1u32..1_000).prop_map(Reach::Before),
        Just(Reach::Sentence),
        Just(Reach::Paragraph),
    ];
    let plain = leaf().prop_map(move |kind| Node { span: none, kind });
    let grown = plain.prop_recursive(3, 12, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(move |parts| Node::or(parts, none)),
            (reach.clone(), prop::collection::vec(inner, 2..4)).prop_map(move |(reach, mut parts)| {
                // A chain of one operator is one part.
                if let Some(NodeKind::Near(first, nodes)) = parts.first().map(|part| part.kind.clone())
                    && first == reach
                {
                    parts.splice(0..1, nodes);
                }
                Node { span: none, kind: NodeKind::Near(reach, parts) }
            }),
        ]
    });
    (prop_oneof![4 => Just(1u32), 1 => 2u32..9], grown).prop_map(move |(times, node)| match times {
        1 => node,
        _ => Node { span: none, kind: NodeKind::AtLeast(times, Box::new(node)) },
    })
}

fn field() -> impl Strategy<Value = NodeKind> {
    let day = (1900i16..2100, 1i8..13, 1i8..29).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a day"));
    let of = prop::sample::select(vec![
        DateOf::Published,
        DateOf::Captured,
        DateOf::Changed,
        DateOf::About,
        DateOf::AboutOverlap,
    ]);
    let role = prop::sample::select(vec![
        Role::By,
        Role::Person,
        Role::Place,
        Role::Org,
        Role::Section,
        Role::Tag,
        Role::Dateline,
    ]);
    prop_oneof![
        (of, prop::option::of(day.clone()), prop::option::of(day)).prop_map(|(of, a, b)| {
            let (from, to) = if a.is_some() && b.is_some() && b < a { (b, a) } else { (a, b) };
            NodeKind::Field(Field::Date(of, DateFilter::Within(DateRange { from, to })))
        }),
        (role, "[A-Z][a-zəçş]{1,5}( [A-Z][a-z'’.-]{0,4}[a-z])?")
            .prop_map(|(role, name)| { NodeKind::Field(Field::Name(role, name, Spelling::Any)) }),
        (prop::sample::select(vec![Role::Person, Role::Place]), "[A-Z][a-zəçş]{1,5}( [A-Z][a-z]{1,4})?")
            .prop_map(|(role, name)| { NodeKind::Field(Field::Name(role, name, Spelling::Exact)) }),
        ("[A-Z][a-zəçş]{1,5}( [A-Z][a-z]{1,4})?(, [A-Z][a-z]{1,4})?", 1u32..20_000_000)
            .prop_map(|(name, metres)| { NodeKind::Field(Field::Near(Centre::Name(name), metres)) }),
        (-90_000i32..90_000, -180_000i32..180_000, 1u32..20_000_000).prop_map(|(north, east, metres)| {
            let centre = Centre::Point(f64::from(north) / 1e3, f64::from(east) / 1e3);
            NodeKind::Field(Field::Near(centre, metres))
        }),
        prop::sample::select(KINDS.to_vec()).prop_map(|kind| NodeKind::Field(Field::Kind(kind))),
        Just(NodeKind::Field(Field::Has(HAS[0]))),
        prop::sample::select(crate::lang::codes().collect::<Vec<_>>())
            .prop_map(|lang| NodeKind::Field(Field::Lang(lang))),
        "[a-v]{2,5}[.][a-z]{2}".prop_map(|site| NodeKind::Field(Field::Site(site))),
        (0u32..900, prop::option::of(0u32..900))
            .prop_map(|(min, more)| { NodeKind::Field(Field::Length { min, max: more.map(|more| min + more) }) }),
    ]
}

fn joined(leaf: BoxedStrategy<Node>) -> impl Strategy<Value = Node> {
    let none = Span::new(0, 0);
    leaf.prop_recursive(4, 40, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(move |parts| Node::all(parts, none)),
            prop::collection::vec(inner.clone(), 2..4).prop_map(move |parts| Node::and(parts, none)),
            prop::collection::vec(inner.clone(), 2..4).prop_map(move |parts| Node::or(parts, none)),
            inner.prop_map(move |node| Node::not(node, none)),
        ]
    })
}

fn tree() -> impl Strategy<Value = Node> {
    let none = Span::new(0, 0);
    let plain = prop_oneof![3 => leaf().prop_map(move |kind| Node { span: none, kind }), 1 => placed()].boxed();
    let scope = prop::sample::select(vec![Scope::Title, Scope::Body, Scope::Lead, Scope::First(50)]);
    let scoped = (scope, joined(plain.clone())).prop_map(move |(scope, inner)| Node {
        span: none,
        kind: NodeKind::Field(Field::Text(scope, Box::new(inner))),
    });
    let field = field().prop_map(move |kind| Node { span: none, kind });
    joined(prop_oneof![3 => plain, 1 => scoped, 1 => field].boxed())
}

proptest! {
    #[test]
    fn any_tree_prints_and_reads_back(mut root in tree()) {
        super::stop_words::mark(&mut root);
        let again = read(&root.to_string());
        prop_assert_eq!(again.root.bare(), root, "{}", again.text);
        prop_assert_eq!(again.notes, []);
    }

    #[test]
    fn any_text_reads_and_prints_and_reads_back(text in "\\PC{0,60}") {
        let query = read(&text);
        let again = read(&query.to_string());
        prop_assert_eq!(again.root.bare(), query.root.bare(), "{}", query);
    }

    #[test]
    fn any_soup_of_operators_reads_back(parts in prop::collection::vec(prop::sample::select(SOUP.to_vec()), 0..24)) {
        let query = read(&parts.concat());
        let again = read(&query.to_string());
        prop_assert_eq!(again.root.bare(), query.root.bare(), "{} -> {}", query.text, query);
        spans_nest(&query.root, &query.text);
        for note in &query.notes {
            prop_assert!(query.text.get(note.span.range()).is_some());
        }
    }

    #[test]
    fn any_value_of_any_field_reads_back(
        field in prop::sample::select(vec!["title", "by", "place", "site", "lang", "kind", "date", "words", "about~"]),
        form in prop::sample::select(vec!["", "\"", "("]),
        text in "(\\PC{0,20}|(www|http|[a-z.:/()\\[\\] -]){0,12})",
    ) {
        let query = read(&format!("x -{field}:{form}{text}{form} y"));
        let again = read(&query.to_string());
        prop_assert_eq!(again.root.bare(), query.root.bare(), "{} -> {}", query.text, query);
        spans_nest(&query.root, &query.text);
    }

    #[test]
    fn any_date_is_a_range_or_words(text in "[0-9a-z.<>=/ -]{0,16}") {
        if let Some(read) = DateFilter::read(&text, TODAY) {
            let again = DateFilter::read(&read.filter.to_string(), TODAY);
            prop_assert_eq!(again.map(|again| again.filter), Some(read.filter));
        }
    }
}

/// Every part lies on character boundaries and in what it is part of.
fn spans_nest(node: &Node, text: &str) {
    assert!(text.get(node.span.range()).is_some(), "{node} in {text}");
    for child in node.children() {
        assert!(node.span.contains(child.span), "{child} in {node} in {text}");
        spans_nest(child, text);
    }
}

const SOUP: &[&str] = &[
    " ",
    " ",
    " ",
    "(",
    ")",
    "\"",
    "“",
    "«",
    "»",
    "-",
    "--",
    "NOT ",
    " AND ",
    " OR ",
    "and",
    "the",
    "title:",
    "body:(",
    "date:",
    "date:(",
    "about~:",
    "by:",
    "place:(",
    "site:",
    "site:(",
    "lang:",
    "kind:",
    "words:",
    "foo:",
    "near:",
    "x",
    "Laçın",
    "COVID-19",
    "2020",
    "2019..",
    "..",
    "last week",
    "november",
    "10/11/2020",
    ">300",
    "stub",
    "en",
    "*",
    "~1",
    "=",
    "?",
    "w/5",
    "caps(",
    "atleast3(",
    "hlead(",
    "first50(",
    " w/s ",
    " pre/2 ",
    " NEAR ",
    "med*",
    "m?d",
    "x~2",
    "\"a b\"~3",
    "=x",
    "Apple",
    "İd",
    "https://www.x.com/y",
    "10:30",
    "北京",
    "d'",
    "don't",
    ",",
    "|",
    "&&",
    "US",
    "\u{0301}",
    "\u{200d}",
    "ﬀ",
    "ｶﾞ",
    "İ",
    "Ⱥ",
    "\u{05D0}\"\u{05D1}",
    "none",
    "New York",
    "hd=",
    "HEADLINE(",
    "BYLINE(",
    "LENGTH",
    "wc",
    " > ",
    "DATE",
    " AFT ",
    "DATE(geq (",
    "before:",
    "[2019 TO 2020]",
    " near5 ",
    " /s ",
    " NOT/5 ",
    " AROUND(5) ",
    " SAME ",
    "w/seg",
    "ATLEAST ",
    "5 ",
    "atleast5 ",
    "ALLCAPS(",
    "PLURAL(",
    " BUT ",
    "!",
    "gam$",
    "\"a * ",
    "b* c\"",
    "^4",
    "/",
    ">=2020",
    "<2021-05",
    ".",
    "'",
];

#[test]
fn a_query_that_is_too_long_is_cut_before_a_character_and_says_so() {
    // Two bytes a letter behind one of one byte: the limit falls into the middle of a letter.
    let query = read(&format!("x{}", "ш".repeat(LONGEST_QUERY / 2)));
    assert_eq!(query.text.len(), LONGEST_QUERY - 1);
    assert!(query.text.ends_with('ш'));
    let notes: Vec<&str> = query.notes.iter().map(|note| note.message.as_str()).collect();
    assert!(notes.contains(&"the query is too long; only its first 100000 bytes are read"), "{notes:?}");
    let whole = read(&"x".repeat(LONGEST_QUERY));
    assert_eq!(whole.text.len(), LONGEST_QUERY);
    assert!(whole.notes.iter().all(|note| !note.message.contains("too long")), "{:?}", whole.notes);
}

#[test]
fn a_query_is_empty_where_nothing_is_asked_for() {
    for text in ["", "   ", "()", "\"\"", "- -"] {
        assert!(read(text).is_empty(), "{text:?} asks for {}", read(text));
    }
    for text in ["a", "-a", "date:2020", "\"a b\"", "(a)"] {
        assert!(!read(text).is_empty(), "{text:?} asks for nothing");
    }
}

#[test]
fn what_cannot_be_read_is_refused_once() {
    for (text, refused) in [("date:soon", 1), ("date:soon AND date:soon", 1), ("date:soon OR kind:news", 2)] {
        let query = parse(text, TODAY);
        assert_eq!(query.refused.len(), refused, "{text}: {:?}", query.refused);
    }
    let many: Vec<String> = (0..60).map(|number| format!("kind:news{number}")).collect();
    assert_eq!(parse(&many.join(" "), TODAY).refused.len(), 20, "more help nobody");
}
