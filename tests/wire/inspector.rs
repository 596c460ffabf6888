//! What the inspector shows of whole frames.

use bytes::Bytes;
use partita::wire::messages::{HeartbeatRequest, HeartbeatResponse};
use partita::wire::{ApiKey, Inspection, WireReason, encode_request, encode_response, inspect_request, inspect_response};

/// Indented, with the bytes of each field.
fn shown(Inspection { notes, .. }: &Inspection, frame: &[u8]) -> String {
    let lines = notes.iter().map(|note| {
        let bytes: String = frame[note.range.clone()].iter().map(|byte| format!("{byte:02x}")).collect();
        let line = format!("{}{} {} {} {bytes}", "  ".repeat(note.depth), note.name, note.kind.name(), note.value);
        line.trim_end().replace("  struct", " struct")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_request_is_shown_field_by_field() {
    let mut request = HeartbeatRequest { group_id: "g".to_owned(), generation_id: 3, member_id: "m".to_owned(), ..Default::default() };
    let frame = encode_request(4, 7, Some("ann"), &mut request).unwrap_or_else(|error| panic!("{error}")).to_bytes();
    let inspection = inspect_request(&frame);
    assert_eq!(inspection.error, None);
    let expected = "\
RequestHeader struct  000c0004000000070003616e6e00
  RequestApiKey int16 12 000c
  RequestApiVersion int16 4 0004
  CorrelationId int32 7 00000007
  ClientId string \"ann\" 0003616e6e
HeartbeatRequest struct  026700000003026d0000
  GroupId string \"g\" 0267
  GenerationId int32 3 00000003
  MemberId string \"m\" 026d
  GroupInstanceId string null 00
  tags tags 0 00";
    assert_eq!(shown(&inspection, &frame), expected);
}

#[test]
fn a_response_is_shown_field_by_field() {
    let frame = encode_response(4, 7, &mut HeartbeatResponse { error_code: 27, ..Default::default() });
    let frame = frame.unwrap_or_else(|error| panic!("{error}")).to_bytes();
    let inspection = inspect_response(ApiKey::Heartbeat, 4, &frame);
    let expected = "\
ResponseHeader struct  0000000700
  CorrelationId int32 7 00000007
HeartbeatResponse struct  00000000001b00
  ThrottleTimeMs int32 0 00000000
  ErrorCode int16 27 001b
  tags tags 0 00";
    assert_eq!((shown(&inspection, &frame).as_str(), inspection.error), (expected, None));
}

#[test]
fn a_broken_frame_is_shown_as_far_as_it_goes() {
    let mut request = HeartbeatRequest { group_id: "g".to_owned(), ..Default::default() };
    let frame = encode_request(0, 7, None, &mut request).unwrap_or_else(|error| panic!("{error}")).to_bytes();
    let cut = inspect_request(&frame.slice(..15));
    assert_eq!(
        cut.error.as_ref().map(|error| (error.field, error.offset, error.reason)),
        Some(("GenerationId", 13, WireReason::Truncated))
    );
    assert!(cut.notes.iter().any(|note| note.name.to_string() == "GroupId" && note.range == (10..13)));
    assert!(inspect_request(&frame.slice(..3)).error.is_some());
    assert_eq!(inspect_request(&Bytes::from_static(&[3, 0, 0, 0, 0, 0, 0, 1, 0xff, 0xff, 9])).notes.len(), 5, "the header alone");
}
