//! Scripts of requests, and what Apache Kafka 4.3.1 answered to them (`X.expected.jsonl`), replayed against the engine in virtual time. Both
//! were recorded on three brokers with default settings but for those that a script's first line names.
//!
//! Scripts with lines such as `{"node":"kill 2"}` were recorded with `cargo xtask record`, the others with the scripts' own tool.
//!
//! To look at one script: `cargo test --test transcripts metadata`.

#![cfg(not(target_arch = "wasm32"))]

mod bytes_json;
mod cluster;
mod exceptions;
mod fault;
mod message_json;
mod normaliser;
mod report;
mod run;
mod variables;

use serde_json::{Deserializer, Value};
use std::fs;
use std::path::Path;

/// A file's JSON objects, each with the number of the line where it begins.
fn read(name: &str) -> Vec<(usize, Value)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut values = Deserializer::from_str(&text).into_iter();
    let mut objects = Vec::new();
    loop {
        let rest = text.get(values.byte_offset()..).unwrap_or_default();
        let begins = text.len() - rest.trim_start().len();
        let line = 1 + text[..begins].matches('\n').count();
        match values.next() {
            Some(Ok(value)) => objects.push((line, value)),
            Some(Err(error)) => panic!("{name}:{line}: {error}"),
            None => return objects,
        }
    }
}

/// The line of a transcript that came of the script's line of this number.
fn of_line(transcript: &[Value], number: usize) -> Option<&Value> {
    transcript.iter().find(|line| line["line"] == number)
}

fn replay(name: &str) {
    let script = read(&format!("{name}.jsonl"));
    let expected: Vec<Value> = read(&format!("{name}.expected.jsonl")).into_iter().map(|(_, line)| line).collect();
    let exceptions = exceptions::of(name);
    let actual = run::transcript(&script);
    let mut wrong = Vec::new();
    for (number, asked) in &script {
        let mut found = report::differences(of_line(&expected, *number), of_line(&actual, *number));
        for exception in exceptions.iter().filter(|exception| exception.lines.contains(number)) {
            let all = found.len();
            found.retain(|found| !exception.excuses(&found.path, found.expected, found.actual));
            if found.len() == all {
                wrong.push(format!("  line {number} is an exception no more: {}", exception.reason));
            }
        }
        if !found.is_empty() {
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            wrong.push(format!("  line {number}: {asked}\n{}", found.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{name}: {} of {} lines differ\n{}", wrong.len(), script.len(), wrong.join("\n"));
}

macro_rules! scripts {
    ($($test:ident: $name:literal;)*) => {
        $(
            #[test]
            fn $test() {
                replay($name);
            }
        )*
    };
}

scripts! {
    api_versions: "api-versions";
    change_topics: "change-topics";
    classic_group: "classic-group";
    config_operations: "config-operations";
    configs: "configs";
    create_topics: "create-topics";
    describe_quorum: "describe-quorum";
    elect_leaders: "elect-leaders";
    failover_acks_1: "failover-acks-1";
    failover_administration: "failover-administration";
    failover_cancelled: "failover-cancelled";
    failover_controllers: "failover-controllers";
    failover_elr: "failover-elr";
    failover_group: "failover-group";
    failover_idempotent: "failover-idempotent";
    failover_inside_a_batch: "failover-inside-a-batch";
    failover_leader: "failover-leader";
    failover_min_isr: "failover-min-isr";
    failover_no_leader: "failover-no-leader";
    failover_owed_rebalance: "failover-owed-rebalance";
    failover_pause: "failover-pause";
    failover_reassigned: "failover-reassigned";
    failover_shutdown: "failover-shutdown";
    failover_static_member: "failover-static-member";
    failover_unclean: "failover-unclean";
    fetch_diverging: "fetch-diverging";
    fetch_offsets: "fetch-offsets";
    fetch_sessions: "fetch-sessions";
    group_limits: "group-limits";
    group_offsets: "group-offsets";
    group_timeouts: "group-timeouts";
    group_too_large: "group-too-large";
    group_votes: "group-votes";
    idempotent_producer: "idempotent-producer";
    leader_epochs: "leader-epochs";
    list_offsets: "list-offsets";
    log_dirs: "log-dirs";
    log_compaction: "log-compaction";
    log_retention: "log-retention";
    log_versions: "log-versions";
    metadata: "metadata";
    offsets: "offsets";
    offsets_expiry: "offsets-expiry";
    produce_batches: "produce-batches";
    reassignments: "reassignments";
    throttles: "throttles";
    produce_fetch: "produce-fetch";
    unregister_broker: "unregister-broker";
    unusable: "unusable";
    static_members: "static-members";
    transaction_offsets: "transaction-offsets";
    transactions: "transactions";
}
