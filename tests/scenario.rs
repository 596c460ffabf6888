//! A session as a file or a link: it comes back as it was, and what is damaged or wrong is refused by name.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use partita::base::{Duration, Instant};
use partita::playground::scenario::{KEPT_MAX, PREFIX, Place};
use partita::playground::{Command, Courses, History, Opening, Scenario, Setup, Target};

fn command(json: &str) -> Command {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn go_on(history: &mut History, millis: u64) {
    history.advance(history.now() + Duration::from_millis(millis));
}

/// The scene, and then a lesson of some thirty inputs.
fn lesson() -> History {
    let mut history = History::scene(Setup { seed: 42, ..Setup::default() }).expect("the scene can be");
    let mut request = 0;
    let mut act = |history: &mut History, json: &str, millis: u64| {
        request += 1;
        history.apply(request, command(json));
        go_on(history, millis);
    };
    act(&mut history, r#"{"do": "createTopic", "name": "payments", "partitions": 6, "replicationFactor": 1}"#, 1_234);
    for number in 0..10 {
        let json = format!(
            r#"{{"do": "publish", "topic": "payments", "key": "user-{}", "value": "{{\"amount\": {}}}"}}"#,
            number % 4,
            number * 17
        );
        act(&mut history, &json, 400 + 137 * number);
    }
    for number in 1..6 {
        let json = format!(r#"{{"do": "addConsumer", "group": "billing-{}", "topics": ["payments"], "from": "earliest"}}"#, number % 2);
        act(&mut history, &json, 3_000 + number * 211);
    }
    act(&mut history, r#"{"do": "addProducer", "name": "bank", "topic": "payments", "perMinute": 120}"#, 2_000);
    for name in ["c1", "c3", "c4"] {
        act(&mut history, &format!(r#"{{"do": "crashConsumer", "consumer": "{name}"}}"#), 9_000);
    }
    for rate in [60, 600, 30, 0, 90] {
        act(&mut history, &format!(r#"{{"do": "setProducerRate", "producer": "bank", "perMinute": {rate}}}"#), 1_700);
    }
    act(&mut history, r#"{"do": "stopProducer", "producer": "bank"}"#, 500);
    act(&mut history, r#"{"do": "addPartitions", "topic": "payments", "total": 9}"#, 2_500);
    act(&mut history, r#"{"do": "stopConsumer", "consumer": "c5"}"#, 4_000);
    history.step();
    act(&mut history, r#"{"do": "deleteTopic", "name": "orders"}"#, 1_000);
    history
}

#[test]
fn a_session_comes_back_from_its_link_and_its_file() {
    let history = lesson();
    let scenario = Scenario::of(&history);
    for text in [scenario.to_link(), format!("https://example.org/play#{}", scenario.to_link()), scenario.to_file()] {
        let read = Scenario::read(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(read, scenario);
        let again = read.play().expect("it can be played");
        assert_eq!(again.position(), history.position());
        assert_eq!(again.session().trace().hash(), history.session().trace().hash());
        assert_eq!(again.opening(), history.opening());
    }
}

#[test]
fn a_typical_lesson_is_a_link_of_less_than_2_kb() {
    let scenario = Scenario::of(&lesson());
    assert!(scenario.inputs.len() >= 30, "{}", scenario.inputs.len());
    let link = scenario.to_link();
    println!("{} inputs: a link of {} characters, a file of {}", scenario.inputs.len(), link.len(), scenario.to_file().len());
    assert!(link.len() < 2_048, "{} characters", link.len());
}

#[test]
fn a_link_that_is_damaged_is_refused_whatever_was_changed() {
    let link = Scenario::of(&lesson()).to_link();
    for at in (PREFIX.len()..link.len()).step_by(7) {
        let other = if link.as_bytes()[at] == b'A' { "B" } else { "A" };
        let damaged = format!("{}{other}{}", &link[..at], &link[at + 1..]);
        let error = Scenario::read(&damaged).expect_err("one character is another").to_string();
        assert!(error.starts_with("The link's "), "{error}");
        assert!(Scenario::read(&link[..at]).is_err(), "it is cut short");
    }
}

fn sealed(json: &str) -> String {
    use std::io::Write as _;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(json.as_bytes()).expect("memory");
    let deflated = encoder.finish().expect("memory");
    let mut bytes = crc32c::crc32c(&deflated).to_be_bytes().to_vec();
    bytes.extend(deflated);
    format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
}

#[test]
fn a_link_says_which_of_its_parts_is_wrong() {
    let bomb = sealed(&" ".repeat(64 * 1_048_576));
    let many = sealed(&format!("[{{}},0,[0,0],[{}]]", vec![r#"[0,0,{"do":"deleteTopic","name":"x"}]"#; 10_001].join(",")));
    let cases = [
        ("p2.AAAA".to_owned(), "version: Version 2 is not known"),
        ("hello".to_owned(), "beginning"),
        (String::new(), "beginning"),
        ("p1.ab*c".to_owned(), "text: '*' at character 3"),
        ("p1.AAAAAAAA".to_owned(), "checksum"),
        ("p1.AA".to_owned(), "text"),
        (format!("p1.{}", "A".repeat(300_000)), "length"),
        (bomb, "contents: They are larger"),
        (many, "inputs: A session has at most 10000 inputs"),
        (sealed("{}"), "contents"),
        (sealed("[1,2]"), "contents"),
        (sealed("[{\"brokers\":77},0,[0,0],[]]"), "set-up: a cluster has 1 to 9 brokers, not 77"),
        (sealed("[{\"broker\":3},0,[0,0],[]]"), "set-up: unknown field `broker`"),
        (sealed("[{},3,[0,0],[]]"), "opening: 3 inputs cannot belong"),
        (sealed("[{},0,[0,0],[[0,0,{\"do\":\"fly\"}]]]"), "input 1: unknown variant `fly`"),
        (sealed("[{},0,[0,0],[[0,-7,{\"do\":\"deleteTopic\",\"name\":\"x\"}]]]"), "input 1: It is not what it should be"),
        (sealed("[{},0,[99999999999999,0],[]]"), "end: A session lasts at most 24:00:00"),
        (sealed("[{},0,[18446744073709551615,9223372036854775807],[]]"), "end"),
    ];
    for (link, expected) in cases {
        let error = Scenario::read(&link).expect_err(expected).to_string();
        assert!(error.starts_with(&format!("The link's {expected}")), "{expected}: {error}");
    }
}

const FILE: &str = r#"{
  "partita": 1,
  "setup": {"seed": 7, "brokers": 3},
  "inputs": [
    {"at": "00:01", "do": "createTopic", "name": "orders", "partitions": 3, "replicationFactor": 1},
    {"at": "00:02.5", "do": "publish", "topic": "orders", "key": "a", "value": "1"}
  ],
  "until": {"at": "00:10"}
}"#;

#[test]
fn a_scenario_may_be_written_by_hand() {
    let history = Scenario::read(FILE).expect("it is right").play().expect("it can be played");
    assert_eq!(history.now(), Instant::from_micros(10_000_000));
    assert_eq!(history.inputs().iter().map(|input| input.at.as_micros()).collect::<Vec<_>>(), [1_000_000, 2_500_000]);
    assert_eq!(history.setup().seed, 7);
    let again = Scenario::of(&history).play().expect("what it became, too");
    assert_eq!(again.session().trace().hash(), history.session().trace().hash());
}

#[test]
fn a_file_says_line_column_and_what_would_be_right() {
    let cases: [(&str, &str, (usize, usize), &str); 18] = [
        ("\"partita\": 1", "\"partita\": 9", (2, 14), "Version 9 is not known here; this page reads version 1."),
        ("\"partita\": 1,", "", (1, 1), "begins with \"partita\": 1"),
        ("\"seed\": 7", "\"sead\": 7", (3, 13), "unknown field `sead`, expected one of `seed`, `brokers`"),
        ("\"brokers\": 3", "\"brokers\": 0", (3, 12), "a cluster has 1 to 9 brokers, not 0"),
        ("\"brokers\": 3", "\"brokers\": \"3\"", (3, 37), "invalid type: string \"3\", expected i32"),
        ("\"00:01\"", "\"soon\"", (5, 6), "'soon' is no time; \"00:12.5\" would be"),
        ("\"00:01\"", "1", (5, 6), "A time is text"),
        ("\"at\": \"00:01\", ", "", (5, 5), "It has no time"),
        ("\"00:02.5\"", "\"00:00.5\"", (6, 6), "00:00.5 is before 00:01"),
        ("\"00:01\"", "\"00:01\", \"steps\": -4", (5, 21), "Steps are a whole number"),
        ("\"createTopic\"", "\"makeTopic\"", (5, 21), "unknown variant `makeTopic`, expected one of `createTopic`, `deleteTopic`"),
        ("\"partitions\": 3", "\"partitions\": \"three\"", (5, 60), "partitions: invalid type: string \"three\", expected i32"),
        ("\"partitions\": 3", "\"partitons\": 3", (5, 5), "missing field `partitions`"),
        ("\"key\": \"a\"", "\"kee\": \"a\"", (6, 59), "There is no field 'kee' here; there are"),
        ("\"do\": \"publish\", ", "", (6, 5), "An input says what to do"),
        ("\"00:10\"", "\"00:02\"", (8, 13), "00:02 is before 00:02.5"),
        ("\"until\"", "\"untl\"", (8, 3), "unknown field `untl`"),
        ("\"value\": \"1\"}", "\"value\": \"1\"", (7, 3), "expected `,` or `}`"),
    ];
    let mut others = Vec::new();
    for (right, wrong, (line, column), expected) in cases {
        let text = FILE.replacen(right, wrong, 1);
        assert_ne!(text, FILE, "{right}");
        let error = Scenario::read(&text).expect_err(wrong);
        if !error.message.contains(expected) || error.place != (Place::Line { line, column }) {
            others.push(format!("{wrong}: {error}"));
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn a_link_that_is_read_never_ends_the_engine() {
    let scenario = Scenario::of(&lesson());
    let json = scenario.to_file();
    for at in (0..json.len()).step_by(11) {
        for with in ["", "9", "\"", "}", "[", "null", "-1e999"] {
            let text = format!("{}{with}{}", &json[..at], &json[at + 1..]);
            let _ = Scenario::read(&text);
        }
    }
}

/// What the list of histories and the timeline show.
fn courses(history: &History) -> Vec<String> {
    let said = history.branches().map(|branch| {
        let fork = branch.fork.map(|fork| format!(" from {} at {:?}", fork.from, fork.position));
        format!(
            "{}{}{}: {} inputs, {:?}",
            branch.name,
            if branch.current { "*" } else { "" },
            fork.unwrap_or_default(),
            branch.inputs,
            branch.end
        )
    });
    said.collect()
}

/// A session with three histories, one of them renamed and left in the middle, another looked at in the past.
fn forked() -> History {
    let mut history = lesson();
    let second = |second| Target::Time(Instant::ZERO + Duration::from_secs(second));
    history.rename("main", "the lesson").expect("a name");
    history.seek(second(20)).expect("it was played so far");
    history.apply(1, command(r#"{"do": "killBroker", "node": 2}"#));
    go_on(&mut history, 9_000);
    history.seek(second(25)).expect("it was played so far");
    history.apply(2, command(r#"{"do": "createTopic", "name": "other", "partitions": 1, "replicationFactor": 1}"#));
    go_on(&mut history, 4_321);
    history.rename("fork 2", "another way").expect("a name");
    history.switch("fork 1").expect("it is there");
    history.seek(second(23)).expect("it was played so far");
    history.switch("the lesson").expect("it is there");
    history.seek(second(31)).expect("it was played so far");
    history
}

#[test]
fn a_kept_session_has_all_its_histories_and_where_their_playheads_stood() {
    let mut history = forked();
    let text = Courses::text_of(&history).expect("it is not too long");
    let mut again = opened(&text);
    assert_eq!(courses(&again), courses(&history));
    assert_eq!(courses(&again).len(), 3);
    assert_eq!((again.position(), again.is_past(), again.opening()), (history.position(), true, history.opening()));
    assert_eq!(again.session().trace().hash(), history.session().trace().hash());
    for name in ["fork 1", "another way", "the lesson"] {
        assert_eq!((history.switch(name), again.switch(name)), (Ok(()), Ok(())));
        assert_eq!(again.position(), history.position(), "where {name} was left");
        assert_eq!((history.seek(Target::End), again.seek(Target::End)), (Ok(()), Ok(())));
        assert_eq!(again.session().trace().hash(), history.session().trace().hash(), "{name}");
    }
    println!("{} characters for {:?}", text.len(), courses(&history));
    assert!(text.len() < Scenario::of(&history).to_link().len() + 1_024, "what courses share is said once");
}

fn opened(text: &str) -> History {
    let mut opening = Opening::new(Courses::read(text).expect(text)).expect("it can be");
    while !opening.play(|| true) {}
    assert!(!opening.differs());
    opening.finish()
}

#[test]
fn what_an_older_version_kept_is_opened() {
    let history = lesson();
    let again = opened(&Scenario::of(&history).to_link());
    assert_eq!((again.position(), courses(&again)), (history.position(), courses(&history)));
}

#[test]
fn what_was_kept_and_is_damaged_is_refused() {
    let text = Courses::text_of(&forked()).expect("it is not too long");
    for at in (3..text.len()).step_by(11) {
        let mut damaged = text.clone().into_bytes();
        damaged[at] = if damaged[at] == b'A' { b'B' } else { b'A' };
        assert!(Courses::read(&String::from_utf8(damaged).expect("letters")).is_err(), "changed at {at}");
        assert!(Courses::read(&text[..at]).is_err(), "cut at {at}");
    }
    for wrong in ["", "h2.abc", "{}", "h1."] {
        assert!(Courses::read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_session_too_long_to_be_kept_whole_is_kept_without_its_other_histories() {
    let mut history = lesson();
    let mut draw = 1_u32;
    let mut noise = move || {
        draw = draw.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (draw >> 24) as u8 % 26)
    };
    history.seek(Target::Time(Instant::ZERO + Duration::from_secs(30))).expect("it was played so far");
    for request in 0..3 {
        let value: String = (0..400_000).map(|_| noise()).collect();
        history.apply(request, command(&format!(r#"{{"do": "publish", "topic": "orders", "value": "{value}"}}"#)));
    }
    history.fork(None).expect("there are few");
    assert!(Courses::text_of(&history).is_some_and(|text| text.len() <= KEPT_MAX));
    for request in 0..3 {
        let value: String = (0..1_000_000).map(|_| noise()).collect();
        history.apply(request, command(&format!(r#"{{"do": "publish", "topic": "orders", "value": "{value}"}}"#)));
    }
    assert_eq!(Courses::text_of(&history), None);
}
