//! DeleteTopics, versions 1 to 6 (`ControllerApis.deleteTopics`): by name, or from version 6 on by id.
//!
//! A topic asked for twice is not deleted; one asked for by name and by id neither.

use super::connections::{Answer, RequestContext};
use super::error::ApiError;
use super::image::MetadataImage;
use super::node::{Controller, Outcome};
use crate::base::{Context, Uuid};
use crate::wire::messages::delete_topics_request::DeleteTopicState;
use crate::wire::messages::delete_topics_response::DeletableTopicResult;
use crate::wire::messages::{DeleteTopicsRequest, DeleteTopicsResponse, RemoveTopicRecord};
use crate::wire::{ErrorCode, MetadataRecord};

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: DeleteTopicsRequest) -> Answer {
    let named = body.topic_names.into_iter().map(|name| DeleteTopicState { name: Some(name), ..Default::default() });
    let topics: Vec<_> = body.topics.into_iter().chain(named).collect();
    let mut deletion = Deletion { image: &controller.image, records: Vec::new(), responses: Vec::new() };
    let outcome = match permit(controller, request.version, body.timeout_ms) {
        Ok(()) => deletion.all(topics),
        Err(error) => {
            topics.into_iter().for_each(|topic| deletion.refuse(topic.name, topic.topic_id, error.clone()));
            deletion.outcome()
        }
    };
    controller.finish(cx, request, outcome)
}

fn permit(controller: &Controller, version: i16, timeout_ms: i32) -> Result<(), ApiError> {
    if !controller.config.settings.delete_topic {
        let code = if version < 3 { ErrorCode::InvalidRequest } else { ErrorCode::TopicDeletionDisabled };
        return Err(ApiError::new(code, if version < 3 { "This version does not support topic deletion." } else { code.message() }));
    }
    controller.admit(timeout_ms)
}

struct Deletion<'a> {
    image: &'a MetadataImage,
    records: Vec<MetadataRecord>,
    responses: Vec<DeletableTopicResult>,
}

impl Deletion<'_> {
    fn all(mut self, topics: Vec<DeleteTopicState>) -> Outcome<DeleteTopicsResponse> {
        let (mut names, mut ids) = (Vec::new(), Vec::new());
        for topic in topics {
            match (topic.name, topic.topic_id.is_zero()) {
                (None, true) => self.refuse_request(None, Uuid::ZERO, "Neither topic name nor id were specified."),
                (Some(name), false) => self.refuse_request(Some(name), topic.topic_id, "You may not specify both topic name and topic id."),
                (Some(name), true) => names.push(name),
                (None, false) => ids.push(topic.topic_id),
            }
        }
        for name in distinct(&names) {
            let id = self.image.topic(name).map_or(Uuid::ZERO, |topic| topic.id);
            if names.iter().filter(|other| *other == name).count() > 1 {
                self.refuse_request(Some(name.clone()), Uuid::ZERO, "Duplicate topic name.");
            } else if ids.contains(&id) {
                ids.retain(|other| *other != id);
                self.refuse_request(Some(name.clone()), id, "The provided topic name maps to an ID that was already supplied.");
            } else if id.is_zero() {
                let error = ErrorCode::UnknownTopicOrPartition;
                self.refuse(Some(name.clone()), id, ApiError::new(error, error.message()));
            } else {
                self.delete(name.clone(), id);
            }
        }
        for id in distinct(&ids) {
            if ids.iter().filter(|other| *other == id).count() > 1 {
                self.refuse_request(None, *id, "Duplicate topic id.");
            } else if let Some(topic) = self.image.topic_by_id(*id) {
                self.delete(topic.name.to_string(), *id);
            } else {
                self.refuse(None, *id, ApiError::new(ErrorCode::UnknownTopicId, ErrorCode::UnknownTopicId.message()));
            }
        }
        self.outcome()
    }

    fn outcome(self) -> Outcome<DeleteTopicsResponse> {
        Outcome { records: self.records, response: DeleteTopicsResponse { responses: self.responses, ..Default::default() } }
    }

    fn delete(&mut self, name: String, topic_id: Uuid) {
        self.records.push(MetadataRecord::RemoveTopic(RemoveTopicRecord { topic_id, ..Default::default() }));
        self.responses.push(DeletableTopicResult { name: Some(name), topic_id, ..Default::default() });
    }

    fn refuse_request(&mut self, name: Option<String>, id: Uuid, message: &str) {
        self.refuse(name, id, ApiError::new(ErrorCode::InvalidRequest, message));
    }

    fn refuse(&mut self, name: Option<String>, topic_id: Uuid, error: ApiError) {
        self.responses.push(DeletableTopicResult {
            name,
            topic_id,
            error_code: error.code.code(),
            error_message: error.message,
            ..Default::default()
        });
    }
}

/// Each item once, in the order of its first coming.
fn distinct<T: PartialEq>(items: &[T]) -> Vec<&T> {
    items
        .iter()
        .enumerate()
        .filter(|(index, item)| !items.iter().take(*index).any(|earlier| earlier == *item))
        .map(|(_, item)| item)
        .collect()
}
