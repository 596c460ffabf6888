//! Frames: the headers before requests and responses, and the length before both on a stream.
//!
//! Inside of the engine a frame has no length before it: only connections from outside have.

use super::api::{ApiKey, Request, Response};
use super::codec::{WireError, WireReason, decode, encode_after};
use super::rope::Rope;
use bytes::{Buf as _, Bytes, BytesMut};
use std::fmt;

/// What precedes a request (`RequestHeader`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestHeader {
    /// A number, since it may be of an API that nobody knows.
    pub api_key: i16,
    pub version: i16,
    /// Comes back with the response. Any number.
    pub correlation: i32,
    pub client_id: Option<String>,
}

/// Reads a request's header; what is left is its body. An API or version that is not known has the header of the nearest that is.
///
/// Any negative length of the client id is null. The header's tagged fields are read over.
pub fn decode_request_header(frame: &Bytes) -> Result<(RequestHeader, Bytes), WireError> {
    let mut reader = Reader { message: "RequestHeader", length: frame.len(), rest: frame.clone() };
    let api_key = reader.i16("RequestApiKey")?;
    let version = reader.i16("RequestApiVersion")?;
    let correlation = reader.i32("CorrelationId")?;
    let client_id = match usize::try_from(reader.i16("ClientId")?) {
        Ok(length) => Some(String::from_utf8_lossy(&reader.take("ClientId", length)?).into_owned()),
        Err(_) => None,
    };
    if ApiKey::from_i16(api_key).is_some_and(|key| key.is_flexible(version)) {
        reader.skip_tags()?;
    }
    Ok((RequestHeader { api_key, version, correlation, client_id }, reader.rest))
}

/// A whole request frame.
pub fn encode_request<T: Request>(version: i16, correlation: i32, client_id: Option<&str>, request: &mut T) -> Result<Rope, WireError> {
    encode_after(request_head(T::KEY, version, correlation, client_id)?, request, version)
}

fn request_head(key: ApiKey, version: i16, correlation: i32, client_id: Option<&str>) -> Result<Vec<u8>, WireError> {
    encode_request_header(&RequestHeader { api_key: key as i16, version, correlation, client_id: client_id.map(str::to_owned) })
}

/// A request's header alone.
pub fn encode_request_header(header: &RequestHeader) -> Result<Vec<u8>, WireError> {
    let mut head = Vec::with_capacity(128);
    head.extend_from_slice(&header.api_key.to_be_bytes());
    head.extend_from_slice(&header.version.to_be_bytes());
    head.extend_from_slice(&header.correlation.to_be_bytes());
    match &header.client_id {
        Some(id) => {
            let length = i16::try_from(id.len()).map_err(|_| fault("RequestHeader", "ClientId", head.len(), WireReason::TooLong))?;
            head.extend_from_slice(&length.to_be_bytes());
            head.extend_from_slice(id.as_bytes());
        }
        None => head.extend_from_slice(&(-1_i16).to_be_bytes()),
    }
    if ApiKey::from_i16(header.api_key).is_some_and(|key| key.is_flexible(header.version)) {
        head.push(0);
    }
    Ok(head)
}

/// A response's header has tagged fields if its message has, but for ApiVersions: its reader cannot know yet.
fn response_header_is_flexible(key: ApiKey, version: i16) -> bool {
    key != ApiKey::ApiVersions && key.is_flexible(version)
}

/// A whole response frame.
pub fn encode_response<T: Response>(version: i16, correlation: i32, response: &mut T) -> Result<Rope, WireError> {
    encode_after(response_head(T::KEY, version, correlation), response, version)
}

fn response_head(key: ApiKey, version: i16, correlation: i32) -> Vec<u8> {
    let mut head = Vec::with_capacity(128);
    head.extend_from_slice(&correlation.to_be_bytes());
    if response_header_is_flexible(key, version) {
        head.push(0);
    }
    head
}

/// Reads a response's header; what is left is its body. The version is the request's.
pub fn decode_response_header(key: ApiKey, version: i16, frame: &Bytes) -> Result<(i32, Bytes), WireError> {
    let mut reader = Reader { message: "ResponseHeader", length: frame.len(), rest: frame.clone() };
    let correlation = reader.i32("CorrelationId")?;
    if response_header_is_flexible(key, version) {
        reader.skip_tags()?;
    }
    Ok((correlation, reader.rest))
}

/// Reads a whole response frame: the correlation id and the response.
pub fn decode_response<T: Response>(frame: &Bytes, version: i16) -> Result<(i32, T), WireError> {
    let (correlation, body) = decode_response_header(T::KEY, version, frame)?;
    Ok((correlation, decode(body, version)?))
}

/// The same of a frame in pieces, whose records are shared with it.
pub fn decode_response_rope<T: Response>(frame: &Rope, version: i16) -> Result<(i32, T), WireError> {
    let (correlation, body) = decode_response_header_rope(T::KEY, version, frame)?;
    Ok((correlation, decode(body, version)?))
}

fn decode_response_header_rope(key: ApiKey, version: i16, frame: &Rope) -> Result<(i32, Rope), WireError> {
    after_header(frame, |first| decode_response_header(key, version, first))
}

/// As [`decode_request_header`], of a frame in pieces.
pub fn decode_request_header_rope(frame: &Rope) -> Result<(RequestHeader, Rope), WireError> {
    after_header(frame, decode_request_header)
}

/// Reads a header, which as a rule lies in the first piece, and returns what follows it.
fn after_header<H>(frame: &Rope, read: impl Fn(&Bytes) -> Result<(H, Bytes), WireError>) -> Result<(H, Rope), WireError> {
    if let Some((first, later)) = frame.chunks().split_first()
        && let Ok((header, rest)) = read(first)
    {
        let mut body = Rope::from(rest);
        later.iter().for_each(|chunk| body.push(chunk.clone()));
        return Ok((header, body));
    }
    let (header, rest) = read(&frame.to_bytes())?;
    Ok((header, rest.into()))
}

struct Reader {
    message: &'static str,
    length: usize,
    rest: Bytes,
}

impl Reader {
    fn fault(&self, field: &'static str, reason: WireReason) -> WireError {
        fault(self.message, field, self.length - self.rest.len(), reason)
    }

    fn i16(&mut self, field: &'static str) -> Result<i16, WireError> {
        self.rest.try_get_i16().map_err(|_| self.fault(field, WireReason::Truncated))
    }

    fn i32(&mut self, field: &'static str) -> Result<i32, WireError> {
        self.rest.try_get_i32().map_err(|_| self.fault(field, WireReason::Truncated))
    }

    fn take(&mut self, field: &'static str, count: usize) -> Result<Bytes, WireError> {
        if count > self.rest.len() {
            return Err(self.fault(field, WireReason::Truncated));
        }
        Ok(self.rest.split_to(count))
    }

    fn uvarint(&mut self, field: &'static str) -> Result<usize, WireError> {
        let mut value = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.rest.try_get_u8().map_err(|_| self.fault(field, WireReason::Truncated))?;
            if shift == 28 && byte > 15 {
                break;
            }
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value as usize);
            }
        }
        Err(self.fault(field, WireReason::Varint))
    }

    fn skip_tags(&mut self) -> Result<(), WireError> {
        let mut before = None;
        for _ in 0..self.uvarint("TaggedFields")? {
            let tag = Some(self.uvarint("TaggedFields")?);
            if tag <= before {
                return Err(self.fault("TaggedFields", WireReason::TagOrder));
            }
            before = tag;
            let size = self.uvarint("TaggedFields")?;
            self.take("TaggedFields", size)?;
        }
        Ok(())
    }
}

const fn fault(message: &'static str, field: &'static str, offset: usize, reason: WireReason) -> WireError {
    WireError { message, version: 0, field, offset, reason }
}

/// Cuts a stream of bytes into frames: each comes with its length before it, as 32 bits.
#[derive(Clone, Debug)]
pub struct FrameReader {
    buffer: BytesMut,
    bytes_max: usize,
}

/// A length that no frame may have; the connection is to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadFrameLength {
    pub length: i32,
    pub bytes_max: usize,
}

impl fmt::Display for BadFrameLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a frame of {} bytes, where 0 to {} are allowed", self.length, self.bytes_max)
    }
}

impl std::error::Error for BadFrameLength {}

impl FrameReader {
    /// `socket.request.max.bytes` by default, 100 MiB.
    pub const BYTES_MAX: usize = 104_857_600;

    /// A reader of frames of up to so many bytes.
    pub fn new(bytes_max: usize) -> Self {
        Self { buffer: BytesMut::new(), bytes_max }
    }

    /// Takes what came from the stream. Memory grows with what came, not with what a length announces.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next frame, without its length; `None` while more bytes are needed. Never call it again after an error.
    pub fn next_frame(&mut self) -> Result<Option<Bytes>, BadFrameLength> {
        let Some(&head) = self.buffer.first_chunk::<4>() else { return Ok(None) };
        let length = i32::from_be_bytes(head);
        let bytes_max = self.bytes_max;
        let wanted = usize::try_from(length).ok().filter(|wanted| *wanted <= bytes_max).ok_or(BadFrameLength { length, bytes_max })?;
        if self.buffer.len() - head.len() < wanted {
            return Ok(None);
        }
        self.buffer.advance(head.len());
        Ok(Some(self.buffer.split_to(wanted).freeze()))
    }
}

impl Default for FrameReader {
    fn default() -> Self {
        Self::new(Self::BYTES_MAX)
    }
}
