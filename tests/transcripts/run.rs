//! One script against one cluster. The language is that of the scripts' own tool: each line does one thing, and what came of it is a line of
//! the transcript.

use crate::bytes_json;
use crate::cluster::{Api, Cluster, RETRY, TIMEOUT};
use crate::fault::{Fault, Outcome, script, server};
use crate::normaliser::{NAMES, Normaliser};
use crate::variables::{Variables, text_of};
use partita::base::Duration;
use partita::wire::ApiKey;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What makes a line what it is.
const KINDS: [&str; 9] = ["api", "raw", "await", "pending", "close", "ready", "sleep_ms", "node", "note"];

pub struct Run {
    cluster: Cluster,
    variables: Variables,
    normaliser: Normaliser,
    /// The lines whose answers are to come, by connection.
    awaited: BTreeMap<String, VecDeque<(usize, Value)>>,
    line: usize,
}

/// The transcript of a script: of its lines, with their numbers.
pub fn transcript(lines: &[(usize, Value)]) -> Vec<Value> {
    let needs = &lines[0].1["needs"];
    let settings: Vec<&str> = needs["settings"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    // No more than it asks for: with several, another run's name has other coordinators.
    let brokers = needs["brokers"].as_u64().unwrap_or(3) as usize;
    let cluster = Cluster::start(brokers, &settings);
    let normaliser = Normaliser::new(cluster.brokers.clone(), cluster.id.clone());
    let variables = Variables::new("rk3v9x2m1q", cluster.wall_ms());
    let mut run = Run { cluster, variables, normaliser, awaited: BTreeMap::new(), line: 0 };
    lines.iter().filter_map(|(number, line)| run.step(*number, line)).collect()
}

impl Run {
    /// Does one line of the script: what came of it, if anything is to be shown.
    fn step(&mut self, number: usize, line: &Value) -> Option<Value> {
        self.line = number;
        let mut result = Map::from_iter([("line".to_owned(), number.into())]);
        match self.try_step(line, &mut result) {
            Ok(()) => {}
            Err(Fault::Script(what)) => panic!("line {number}: {what}"),
            Err(Fault::Server(what, answer)) => {
                self.variables.lose(&line["save"], number);
                result.insert("error".to_owned(), self.normaliser.text(&self.variables, &what).into());
                if let Some(answer) = answer {
                    result.insert("answer".to_owned(), bytes_json::to_hex(&answer).into());
                }
            }
        }
        (result.len() > 1).then_some(Value::Object(result))
    }

    fn try_step(&mut self, line: &Value, result: &mut Map<String, Value>) -> Outcome<()> {
        let Some(kind) = KINDS.iter().find(|kind| line.get(**kind).is_some()) else { return script("a line of no kind") };
        let normaliser = &mut self.normaliser;
        let line = &self.variables.fill("", line, &mut |field, value| normaliser.said(field, value))?;
        let of = &line[*kind];
        match *kind {
            "api" => self.ask(line, result),
            "raw" => self.raw(line, result),
            "await" => self.await_answer(&text_of(of), result),
            "pending" => {
                let on = self.existing(of)?;
                let within = Duration::from_millis(line["ms"].as_u64().unwrap_or(300));
                let pending = !self.cluster.has_input(&on, within)?;
                result.insert("pending".to_owned(), pending.into());
                Ok(())
            }
            "close" => {
                let on = self.existing(of)?;
                self.cluster.close(&on);
                Ok(())
            }
            "ready" => self.ready(of, result),
            "sleep_ms" => {
                self.cluster.sleep(Duration::from_millis(of.as_u64().unwrap_or_default()));
                Ok(())
            }
            "node" => {
                result.insert("note".to_owned(), of.clone());
                self.cluster.trouble(&text_of(of))
            }
            _ => {
                result.insert("note".to_owned(), of.clone());
                Ok(())
            }
        }
    }

    fn ask(&mut self, line: &Value, result: &mut Map<String, Value>) -> Outcome<()> {
        let api = api_of(line)?;
        let empty = json!({});
        let body = line.get("body").unwrap_or(&empty);
        let unanswered = api.key == ApiKey::Produce && body["acks"].as_i64().unwrap_or_default() == 0;
        let bytes = api.request(body, self.variables.now)?;
        self.variables.lose(&line["save"], self.line);
        self.show_request(line, api, result);
        if api.key == ApiKey::InitProducerId {
            self.cluster.use_up_producer_id_0();
        }
        let on = self.connection(line)?;
        let client = if line.get("client").is_some() { line["client"].as_str() } else { Some("ask") };
        let deadline = self.cluster.now() + TIMEOUT;
        let mut start = self.cluster.now();
        self.cluster.send(&on, api, &bytes, client, unanswered)?;
        if unanswered {
            result.insert("response".to_owned(), Value::Null);
            return Ok(());
        }
        if line["async"] == true {
            self.awaited.entry(on).or_default().push_back((self.line, line.clone()));
            result.retain(|name, _| name == "line");
            return Ok(());
        }
        let mut response = self.cluster.answer(&on)?;
        while !holds(&line["until"], &response)? && self.cluster.now() < deadline {
            self.cluster.sleep(RETRY);
            start = self.cluster.now();
            self.cluster.send(&on, api, &bytes, client, false)?;
            response = self.cluster.answer(&on)?;
        }
        let took = (self.cluster.now() - start).as_millis();
        if !holds(&line["until"], &response)? {
            result.insert("never".to_owned(), self.normaliser.value(&self.variables, &line["until"]));
        }
        if let (Some(from), Some(to)) = (line["took_ms"][0].as_u64(), line["took_ms"][1].as_u64()) {
            result.insert("in_time".to_owned(), (from <= took && took <= to).into());
        }
        self.finish(api, self.line, line, response, result)
    }

    fn show_request(&self, line: &Value, api: Api, result: &mut Map<String, Value>) {
        if let Some(on) = line.get("on") {
            result.insert("on".to_owned(), on.clone());
        }
        result.insert("api".to_owned(), api.key.kafka_name().into());
        result.insert("version".to_owned(), api.version.into());
    }

    fn await_answer(&mut self, on: &str, result: &mut Map<String, Value>) -> Outcome<()> {
        let on = self.existing(&on.into())?;
        let awaited = self.awaited.get_mut(&on).and_then(VecDeque::pop_front);
        let Some((number, line)) = awaited else { return server(format!("nothing sent on {on} waits for its answer")) };
        let api = api_of(&line)?;
        result.insert("on".to_owned(), on.as_str().into());
        result.insert("api".to_owned(), api.key.kafka_name().into());
        result.insert("version".to_owned(), api.version.into());
        let response = self.cluster.answer(&on)?;
        self.finish(api, number, &line, response, result)
    }

    fn raw(&mut self, line: &Value, result: &mut Map<String, Value>) -> Outcome<()> {
        let bytes = bytes_json::hex(&text_of(&line["raw"]))?;
        if let Some(on) = line.get("on") {
            result.insert("on".to_owned(), on.clone());
        }
        let on = self.connection(line)?;
        self.cluster.write(&on, &bytes)?;
        let within = line["ms"].as_u64().map_or(TIMEOUT, Duration::from_millis);
        if !self.cluster.has_input(&on, within)? {
            result.insert("answer".to_owned(), "none".into());
            return Ok(());
        }
        let frame = self.cluster.frame(&on)?;
        match line.get("as") {
            Some(named) => {
                let api = api_of(named)?;
                self.finish(api, self.line, line, api.response(&frame)?, result)
            }
            None => {
                result.insert("answer".to_owned(), bytes_json::to_hex(&frame).into());
                Ok(())
            }
        }
    }

    /// Shows a response, and keeps of it what the line wants kept.
    fn finish(&mut self, api: Api, number: usize, line: &Value, mut response: Value, result: &mut Map<String, Value>) -> Outcome<()> {
        if line["mine"] == true {
            self.keep_mine(&mut response);
        }
        let any: BTreeSet<String> = line["any"].as_array().into_iter().flatten().map(text_of).collect();
        let shown = self.normaliser.response(&self.variables, api.key, &response, any);
        result.insert("response".to_owned(), shown);
        let mut lost = Vec::new();
        for (name, path) in line["save"].as_object().into_iter().flatten() {
            let path = text_of(path);
            let found = find(&response, &path)?.filter(|found| !found.is_null()).cloned();
            if found.is_none() {
                lost.push(path);
            }
            self.variables.set(name, found, number);
        }
        if lost.is_empty() { Ok(()) } else { server(format!("the response has no {}", lost.join(", "))) }
    }

    /// Drops what other runs made: elements whose name does not have this run's id in it.
    fn keep_mine(&self, node: &mut Value) {
        match node {
            Value::Array(items) => {
                items.retain(|item| {
                    let name = NAMES.iter().filter_map(|name| item.get(*name)).find_map(Value::as_str);
                    name.is_none_or(|name| name.contains(&self.variables.run))
                });
                items.iter_mut().for_each(|item| self.keep_mine(item));
            }
            Value::Object(fields) => fields.values_mut().for_each(|value| self.keep_mine(value)),
            _ => {}
        }
    }

    /// The connection that a line names, by "on" or else by its broker, opened where it is not open.
    fn connection(&mut self, line: &Value) -> Outcome<String> {
        let to = match &line["to"]["not"] {
            Value::Null => line["to"].as_i64(),
            not => Some(self.other(not.as_i64())?),
        };
        let target = to.map_or("the bootstrap server".to_owned(), |to| format!("broker {to}"));
        let on = line["on"].as_str().map_or(target.clone(), str::to_owned);
        if !self.cluster.is_open(&on) {
            let broker = to.unwrap_or(1);
            if !self.cluster.brokers.contains_key(&broker) {
                self.cluster.find();
            }
            if !self.cluster.brokers.contains_key(&broker) {
                return server(format!("the cluster's metadata names no broker {broker}"));
            }
            self.cluster.connect(&on, broker, &target)?;
            self.awaited.remove(&on);
        } else if to.is_some() && self.cluster.connections.get(&on).is_none_or(|connection| connection.target != target) {
            return script(format!("'{on}' does not go to {target}"));
        }
        Ok(on)
    }

    /// The first broker that is not this one.
    fn other(&self, id: Option<i64>) -> Outcome<i64> {
        match self.cluster.brokers.keys().find(|broker| Some(**broker) != id) {
            Some(broker) => Ok(*broker),
            None => server(format!("there is no broker but {id:?}")),
        }
    }

    fn existing(&self, on: &Value) -> Outcome<String> {
        let on = text_of(on);
        if self.cluster.is_open(&on) { Ok(on) } else { server(format!("the connection {on} is not open")) }
    }

    fn ready(&mut self, topics: &Value, result: &mut Map<String, Value>) -> Outcome<()> {
        result.insert("ready".to_owned(), self.normaliser.value(&self.variables, topics));
        let topics = topics.as_array().cloned().unwrap_or_else(|| vec![topics.clone()]);
        let deadline = self.cluster.now() + TIMEOUT;
        while !self.cluster.serves(&topics)? {
            if self.cluster.now() > deadline {
                return server("not ready after 10.0 s");
            }
            self.cluster.sleep(RETRY);
        }
        Ok(())
    }
}

fn api_of(named: &Value) -> Outcome<Api> {
    let name = text_of(&named["api"]);
    let Some(key) = ApiKey::ALL.iter().copied().find(|key| key.kafka_name() == name) else { return script(format!("no api '{name}'")) };
    let version = named["version"].as_i64().map_or(*key.stable_versions().end(), |version| version as i16);
    Ok(Api::new(key, version))
}

/// Whether the response has each value of an "until" at its path.
fn holds(until: &Value, response: &Value) -> Outcome<bool> {
    for (path, value) in until.as_object().into_iter().flatten() {
        if find(response, path)? != Some(value) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What lies at a path such as `$.topics[name=t].partitions[0].leaderId`.
fn find<'a>(node: &'a Value, path: &str) -> Outcome<Option<&'a Value>> {
    let bad = || Fault::Script(format!("'{path}' is no path such as $.topics[name=t].partitions[0]"));
    let mut rest = path.strip_prefix('$').ok_or_else(bad)?;
    let mut node = Some(node);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let (name, after) = after.split_at(after.find(['.', '[']).unwrap_or(after.len()));
            node = node.and_then(|node| node.get(name));
            rest = after;
        } else {
            let (step, after) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or_else(bad)?;
            node = match step.split_once('=') {
                Some((field, value)) => node.and_then(|node| node.as_array()?.iter().find(|item| text_of(&item[field]) == value)),
                None => node.and_then(|node| node.get(step.parse::<usize>().ok()?)),
            };
            rest = after;
        }
    }
    Ok(node)
}
