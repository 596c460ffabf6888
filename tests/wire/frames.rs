//! Headers, and frames in a stream.

use bytes::Bytes;
use partita::wire::frame::BadFrameLength;
use partita::wire::messages::{ApiVersionsRequest, ApiVersionsResponse, MetadataRequest, MetadataResponse};
use partita::wire::{
    ApiKey, FrameReader, Message as _, RequestHeader, WireReason, decode, decode_request_header, decode_response, encode_request,
    encode_response,
};

#[test]
fn a_request_is_read_as_it_was_written() {
    for version in MetadataRequest::VERSIONS {
        let mut request = MetadataRequest::default();
        let frame = encode_request(version, -5, Some("ann"), &mut request).unwrap_or_else(|error| panic!("{error}")).to_bytes();
        let (header, body) = decode_request_header(&frame).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(header, RequestHeader { api_key: 3, version, correlation: -5, client_id: Some("ann".to_owned()) });
        assert_eq!(decode(body, version), Ok(request));
    }
}

#[test]
fn a_flexible_header_keeps_the_long_form_of_the_client_id() {
    let flexible = encode_request(12, 1, Some("ann"), &mut MetadataRequest::default()).map(|rope| rope.to_bytes());
    assert_eq!(flexible.map(|frame| frame[8..14].to_vec()), Ok(vec![0, 3, b'a', b'n', b'n', 0]));
}

#[test]
fn any_negative_length_of_a_client_id_is_null() {
    for length in [0xff, 0xfe] {
        let header = decode_request_header(&Bytes::copy_from_slice(&[0, 18, 0, 0, 0, 0, 0, 1, 0xff, length]));
        assert_eq!(header.map(|(header, body)| (header.client_id, body.len())), Ok((None, 0)));
    }
}

#[test]
fn a_header_cut_short_is_refused() {
    let frame = encode_request(12, 1, Some("ann"), &mut MetadataRequest::default()).unwrap_or_else(|error| panic!("{error}")).to_bytes();
    for length in 0..14 {
        let error = decode_request_header(&frame.slice(..length)).err().map(|error| error.reason);
        assert_eq!(error, Some(WireReason::Truncated), "{length} bytes");
    }
}

#[test]
fn an_unknown_api_has_a_header_too() {
    let frame = Bytes::from_static(&[0x7f, 0xff, 0, 9, 0, 0, 0, 1, 0xff, 0xff, 42]);
    let header = decode_request_header(&frame).map(|(header, body)| (header.api_key, header.version, body));
    assert_eq!(header, Ok((0x7fff, 9, Bytes::from_static(&[42]))));
    assert_eq!(ApiKey::from_i16(0x7fff), None);
}

#[test]
fn a_response_is_read_as_it_was_written() {
    for version in MetadataResponse::VERSIONS {
        let mut response = MetadataResponse { controller_id: 2, cluster_id: None, ..Default::default() };
        let frame = encode_response(version, 7, &mut response).unwrap_or_else(|error| panic!("{error}")).to_bytes();
        let controller_id = if version == 0 { -1 } else { 2 };
        assert_eq!(decode_response(&frame, version), Ok((7, MetadataResponse { controller_id, ..response })));
    }
}

#[test]
fn a_response_to_api_versions_has_the_oldest_header() {
    let frame = encode_response(3, 1, &mut ApiVersionsResponse { error_code: 35, ..Default::default() }).map(|rope| rope.to_bytes());
    assert_eq!(frame.map(|frame| frame[..6].to_vec()), Ok(vec![0, 0, 0, 1, 0, 35]));
    let flexible = encode_response(9, 1, &mut MetadataResponse { throttle_time_ms: 9, ..Default::default() }).map(|rope| rope.to_bytes());
    assert_eq!(flexible.map(|frame| frame[..9].to_vec()), Ok(vec![0, 0, 0, 1, 0, 0, 0, 0, 9]), "an empty section of tags");
}

#[test]
fn apis_are_known_by_number_and_name() {
    for &key in ApiKey::ALL {
        assert_eq!(ApiKey::from_i16(key as i16), Some(key));
    }
    assert_eq!((ApiKey::FindCoordinator.name(), ApiKey::FindCoordinator.kafka_name()), ("FindCoordinator", "FIND_COORDINATOR"));
    assert_eq!((ApiKey::Fetch.versions(), ApiKey::Fetch.is_flexible(11), ApiKey::Fetch.is_flexible(12)), (4..=18, false, true));
    assert!(ApiKey::ALL.iter().any(|key| key.stable_versions() != key.versions()), "some latest versions are unstable");
}

#[test]
fn a_stream_is_cut_into_frames() {
    let mut reader = FrameReader::default();
    let stream = [0, 0, 0, 2, 1, 2, 0, 0, 0, 0, 0, 0, 0, 1, 3];
    let mut frames = Vec::new();
    for byte in stream {
        reader.push(&[byte]);
        while let Ok(Some(frame)) = reader.next_frame() {
            frames.push(frame);
        }
    }
    assert_eq!(frames, [&[1, 2][..], &[], &[3]]);
}

#[test]
fn a_length_beyond_the_bound_ends_the_stream() {
    for (head, length) in [([0xff; 4], -1), ([0, 0, 1, 1], 257)] {
        let mut reader = FrameReader::new(256);
        reader.push(&head);
        assert_eq!(reader.next_frame(), Err(BadFrameLength { length, bytes_max: 256 }));
    }
    let mut reader = FrameReader::new(256);
    reader.push(&[0, 0, 1, 0]);
    assert_eq!(reader.next_frame(), Ok(None));
}

#[test]
fn requests_tolerate_bytes_behind_them() {
    let mut bytes = encode_request(3, 1, None, &mut ApiVersionsRequest::default()).map(|rope| rope.to_bytes().to_vec()).unwrap_or_default();
    bytes.extend([1, 2, 3]);
    let body = decode_request_header(&Bytes::from(bytes)).and_then(|(_, body)| decode::<ApiVersionsRequest>(body, 3));
    assert_eq!(body, Ok(ApiVersionsRequest::default()));
}
