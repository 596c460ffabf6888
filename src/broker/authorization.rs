//! Without an authorizer everybody may do everything: the operations that there are, as bit sets (`AuthHelper`,
//! `org.apache.kafka.common.acl.AclOperation`).

/// In a response that was not asked for them.
pub(super) const NOT_ASKED: i32 = i32::MIN;
/// READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS.
pub(super) const TOPIC_OPERATIONS: i32 = 3576;
/// CREATE, ALTER, DESCRIBE, CLUSTER_ACTION, DESCRIBE_CONFIGS, ALTER_CONFIGS, IDEMPOTENT_WRITE, and what CreateTokens and DescribeTokens add.
pub(super) const CLUSTER_OPERATIONS: i32 = 8096;

pub(super) const fn asked(yes: bool, operations: i32) -> i32 {
    if yes { operations } else { NOT_ASKED }
}
