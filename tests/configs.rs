//! Settings, as the page asks for them.

use partita::base::Duration;
use partita::playground::{Command, ConfigOf, Session};
use partita::simulation::Config;
use partita::view::query::configs::{ConfigView, ConfigsAsk};
use partita::view::{Answer, Query, query};

fn ask(session: &Session, of: ConfigOf, name: &str) -> Result<Vec<ConfigView>, String> {
    match query::answer(session, &Query::Configs { configs: ConfigsAsk { of, name: name.into() } }) {
        Answer::Configs { configs } => Ok(configs),
        Answer::Absent { why } => Err(why),
        other => panic!("{other:?}"),
    }
}

fn scene() -> Session {
    Session::scene(Config::default()).expect("three brokers can be")
}

fn set(session: &mut Session, of: ConfigOf, name: &str, key: &str, value: Option<&str>) {
    let (name, key, value) = (name.to_owned(), key.to_owned(), value.map(str::to_owned));
    session.apply(9, Command::AlterConfig { of, name, key, value });
    session.advance(session.now() + Duration::from_secs(2));
}

fn told<'a>(configs: &'a [ConfigView], name: &str) -> (Option<&'a str>, &'a str, bool) {
    let config = configs.iter().find(|config| *config.name == *name).unwrap_or_else(|| panic!("{name} is listed"));
    (config.value.as_deref(), &config.source, config.own)
}

#[test]
fn a_topics_settings_are_told_with_where_they_are_from() {
    let mut session = scene();
    set(&mut session, ConfigOf::Topic, "orders", "retention.ms", Some("60000"));
    let configs = ask(&session, ConfigOf::Topic, "orders").expect("orders is there");
    assert_eq!(told(&configs, "retention.ms"), (Some("60000"), "DYNAMIC_TOPIC_CONFIG", true));
    assert_eq!(told(&configs, "cleanup.policy"), (Some("delete"), "DEFAULT_CONFIG", false));
    assert!(configs.is_sorted_by(|one, next| one.name < next.name));
    set(&mut session, ConfigOf::Topic, "orders", "retention.ms", None);
    assert_eq!(
        told(&ask(&session, ConfigOf::Topic, "orders").expect("there"), "retention.ms"),
        (Some("604800000"), "DEFAULT_CONFIG", false)
    );
}

#[test]
fn a_broker_tells_its_own_and_the_clusters_settings() {
    let mut session = scene();
    set(&mut session, ConfigOf::Brokers, "", "message.max.bytes", Some("2000"));
    let all = ask(&session, ConfigOf::Brokers, "").expect("told");
    assert_eq!(told(&all, "message.max.bytes"), (Some("2000"), "DYNAMIC_DEFAULT_BROKER_CONFIG", true));
    assert_eq!(told(&all, "log.retention.bytes"), (Some("-1"), "DEFAULT_CONFIG", false));
    assert!(all.iter().all(|config| !config.read_only));
    set(&mut session, ConfigOf::Broker, "2", "message.max.bytes", Some("3000"));
    let two = ask(&session, ConfigOf::Broker, "2").expect("it runs");
    assert_eq!(told(&two, "message.max.bytes"), (Some("3000"), "DYNAMIC_BROKER_CONFIG", true));
    assert!(two.iter().any(|config| &*config.name == "node.id" && config.read_only));
    let all = ask(&session, ConfigOf::Brokers, "").expect("told");
    assert_eq!(told(&all, "message.max.bytes").0, Some("2000"), "one broker's own value is not the cluster's");
}

#[test]
fn what_cannot_be_told_is_refused_in_words() {
    let mut session = scene();
    session.apply(1, Command::KillBroker { node: 2, machine: false });
    session.advance(session.now() + Duration::from_secs(1));
    assert_eq!(ask(&session, ConfigOf::Broker, "2"), Err("Broker 2 does not run: nobody can be asked for its settings.".to_owned()));
    assert!(ask(&session, ConfigOf::Topic, "gone").is_err_and(|why| why.starts_with("UNKNOWN_TOPIC_OR_PARTITION")));
}
