//! How the page reads what a server says: as serde_json reads it, or not at all.

use partita::base::Duration;
use partita::playground::{Command, Session};
use partita::simulation::Config;
use partita::view::query::answer;
use partita::view::reading::read;
use partita::view::{Builder, Query, ToPage};
use proptest::prelude::*;
use std::sync::LazyLock;

/// Questions of every kind: of some there is an answer, of others none.
const QUESTIONS: [&str; 14] = [
    r#"{"ask": "peers"}"#,
    r#"{"ask": "records", "look": {"topic": "orders", "limit": 20, "bytesMax": 100}}"#,
    r#"{"ask": "records", "look": {"topic": "orders", "filter": "(", "limit": 20}}"#,
    r#"{"ask": "records", "look": {"topic": "__consumer_offsets", "limit": 20, "bytesMax": 1000}}"#,
    r#"{"ask": "story", "event": 2000}"#,
    r#"{"ask": "configs", "configs": {"of": "topic", "name": "orders"}}"#,
    r#"{"ask": "configs", "configs": {"of": "broker", "name": "1"}}"#,
    r#"{"ask": "reset", "reset": {"group": "billing", "to": {"is": "earliest"}}}"#,
    r#"{"ask": "wire"}"#,
    r#"{"ask": "exchange", "frame": 3000}"#,
    r#"{"ask": "brought", "topic": "orders", "partition": 0, "base": 0}"#,
    r#"{"ask": "network"}"#,
    r#"{"ask": "packets"}"#,
    r#"{"ask": "tapes", "topic": "orders", "stretches": [{"partition": 0, "from": 0, "to": 9}]}"#,
];

/// What a server would say of a scene in which much has happened.
fn messages() -> Vec<ToPage> {
    let mut session = Session::scene(Config::default()).expect("three brokers can be");
    let mut builder = Builder::default();
    let mut said = vec![ToPage::Refused { message: "Not \"that\",\n\u{1} – \\ \u{e9}\u{1f600}".to_owned() }];
    let commands = [
        r#"{"do": "publish", "topic": "orders", "key": "ключ \"1\"", "value": "{\"a\": [1.5]}", "headers": [["h", null], ["i", "\t"]]}"#,
        r#"{"do": "publish", "topic": "nowhere", "value": null}"#,
        r#"{"do": "addConsumer", "group": "billing", "topics": ["orders"]}"#,
        r#"{"do": "killBroker", "node": 2}"#,
        r#"{"do": "faultApi", "node": 1, "api": "Produce", "count": 3, "effect": {"error": "REQUEST_TIMED_OUT"}}"#,
    ];
    for (request, command) in commands.into_iter().enumerate() {
        session.apply(request as u64, serde_json::from_str::<Command>(command).expect("a command"));
        session.advance(session.now() + Duration::from_secs(3));
        said.push(ToPage::View { view: Box::new(builder.build(&session, None, &["127.0.0.1:9092".into()])) });
        for (number, question) in QUESTIONS.into_iter().enumerate() {
            let query = serde_json::from_str::<Query>(question).expect("a question");
            said.push(ToPage::Answer { request: number as u64, answer: Box::new(answer(&session, &query)) });
        }
    }
    said
}

static TEXTS: LazyLock<Vec<String>> =
    LazyLock::new(|| messages().iter().map(|message| serde_json::to_string(message).expect("plain data")).collect());

#[test]
fn what_a_server_says_is_read() {
    let messages = messages();
    for message in &messages {
        let text = serde_json::to_string(message).expect("plain data");
        assert!(read::<ToPage>(&text).as_ref() == Some(message), "{text}");
        let spaced = serde_json::to_string_pretty(message).expect("plain data");
        assert!(read::<ToPage>(&spaced).as_ref() == Some(message), "{spaced}");
    }
}

#[test]
fn what_lies_too_deep_is_not_read() {
    let deep = |depth: usize| format!(r#"{{"refused": {{"message": "", "more": {}{}}}}}"#, "[".repeat(depth), "]".repeat(depth));
    assert!(read::<ToPage>(&deep(100)).is_some());
    assert!(read::<ToPage>(&deep(100_000)).is_none());
}

proptest! {
    #[test]
    fn what_is_damaged_is_read_as_serde_json_reads_it_or_not_at_all(
        which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), with in "[\\[\\]{},:\"0-9.eE\\\\a-d \n-]{0,3}", cut in any::<bool>(),
    ) {
        let mut text = which.get(&TEXTS).clone();
        let at = at.index(text.len());
        if text.is_char_boundary(at) && text.is_char_boundary(at + 1) {
            text.replace_range(at..=at, &with);
        }
        if cut {
            text.truncate((0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default());
        }
        if let Some(message) = read::<ToPage>(&text) {
            prop_assert!(serde_json::from_str::<ToPage>(&text).is_ok_and(|known| known == message), "{}", text);
        }
    }
}
