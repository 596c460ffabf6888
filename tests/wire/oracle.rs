//! Our messages against those of the crate `kafka-protocol`, which has its own generator: random values of every API and version that both
//! know must mean the same bytes.
//!
//! The crate (0.18) follows an older Kafka: it lacks the streams groups' APIs, and the latest version of a number of messages, which are
//! listed here so that a newer crate is noticed.

use crate::samples;
use bytes::{Bytes, BytesMut};
use kafka_protocol::messages as theirs;
use partita::wire::ApiKey;
use partita::wire::codec::Described;
use partita::wire::messages as ours;

const SEEDS: u64 = 40;

const LACKING_REQUESTS: &str = "ListOffsetsRequest v11, OffsetCommitRequest v10, OffsetFetchRequest v10, InitProducerIdRequest v6, \
    WriteTxnMarkersRequest v2, DescribeLogDirsRequest v5, BrokerHeartbeatRequest v2, ShareFetchRequest v2, ShareAcknowledgeRequest v2, \
    AddRaftVoterRequest v1, WriteShareGroupStateRequest v1, ReadShareGroupStateSummaryRequest v1, StreamsGroupHeartbeatRequest v0, \
    StreamsGroupDescribeRequest v0, DescribeShareGroupOffsetsRequest v1";
const LACKING_RESPONSES: &str = "ListOffsetsResponse v11, WriteTxnMarkersResponse v2, DescribeLogDirsResponse v5, \
    BrokerHeartbeatResponse v2, ShareFetchResponse v2, ShareAcknowledgeResponse v2, AddRaftVoterResponse v1, \
    WriteShareGroupStateResponse v1, ReadShareGroupStateSummaryResponse v1, StreamsGroupHeartbeatResponse v0, \
    StreamsGroupDescribeResponse v0, DescribeShareGroupOffsetsResponse v1";

type Recode = fn(theirs::ApiKey, Bytes, i16) -> Result<(Bytes, usize), String>;

fn recode_request(key: theirs::ApiKey, mut bytes: Bytes, version: i16) -> Result<(Bytes, usize), String> {
    let request = theirs::RequestKind::decode(key, &mut bytes, version).map_err(|error| format!("{error:#}"))?;
    let mut again = BytesMut::new();
    request.encode(&mut again, version).map_err(|error| format!("{error:#}"))?;
    Ok((again.freeze(), bytes.len()))
}

fn recode_response(key: theirs::ApiKey, mut bytes: Bytes, version: i16) -> Result<(Bytes, usize), String> {
    let response = theirs::ResponseKind::decode(key, &mut bytes, version).map_err(|error| format!("{error:#}"))?;
    let mut again = BytesMut::new();
    response.encode(&mut again, version).map_err(|error| format!("{error:#}"))?;
    Ok((again.freeze(), bytes.len()))
}

/// What differs, and the versions that the crate lacks.
#[derive(Default)]
struct Comparison {
    differences: Vec<String>,
    lacking: Vec<String>,
}

fn compare(describe: fn(ApiKey) -> Described, recode: Recode) -> Comparison {
    let mut comparison = Comparison::default();
    for &key in ApiKey::ALL {
        let described = describe(key);
        for version in key.versions() {
            let theirs = theirs::ApiKey::try_from(key as i16).ok().filter(|theirs| {
                let known = theirs.valid_versions();
                known.min <= version && version <= known.max
            });
            let found = match theirs {
                Some(theirs) => (0..SEEDS).find_map(|seed| difference(&described, theirs, version, seed, recode)),
                None => Some(Difference::Lacking),
            };
            match found {
                Some(Difference::Lacking) => comparison.lacking.push(format!("{} v{version}", described.name)),
                Some(Difference::Bytes(what)) => comparison.differences.push(format!("{} v{version}, {what}", described.name)),
                None => {}
            }
        }
    }
    comparison
}

enum Difference {
    Lacking,
    Bytes(String),
}

fn difference(described: &Described, theirs: theirs::ApiKey, version: i16, seed: u64, recode: Recode) -> Option<Difference> {
    let bytes = samples::encoded(described, version, seed);
    let what = match recode(theirs, bytes.clone(), version) {
        Ok((again, 0)) if again == bytes => return None,
        Ok((again, 0)) => format!("it writes {again:x} for {bytes:x}"),
        Ok((_, left)) => format!("it leaves {left} bytes of {bytes:x}"),
        // The table of versions says more than the message does.
        Err(error) if error.contains("specified version not supported by this message type") => return Some(Difference::Lacking),
        Err(error) => format!("it says {error} to {bytes:x}"),
    };
    Some(Difference::Bytes(format!("seed {seed}: {what}")))
}

#[test]
fn requests_mean_the_same_bytes() {
    let Comparison { differences, lacking } = compare(ours::request, recode_request);
    assert_eq!(differences.join("\n"), "");
    assert_eq!(lacking.join(", "), LACKING_REQUESTS);
}

#[test]
fn responses_mean_the_same_bytes() {
    let Comparison { differences, lacking } = compare(ours::response, recode_response);
    assert_eq!(differences.join("\n"), "");
    assert_eq!(lacking.join(", "), LACKING_RESPONSES);
}
