//! The form for a producer.

pub const ADD: &str = "Add a producer";
/// Leads to the form.
pub const ADD_WITH: &str = "Add a producer with…";
pub const WITH: &str = "with…";
pub const FORM: &str = "New producer";
pub const NAME: &str = "client.id";
pub const NEXT_FREE: &str = "the next free: p1, p2, …";
pub const TOPIC: &str = "writes to";
pub const RATE: &str = "records a second";
pub const KEYS: &str = "keys";
pub const KEYS_USERS: &str = "user-…, ten of them";
pub const KEYS_DRAWN: &str = "of my own, drawn at random";
pub const KEYS_NONE: &str = "none: sticky";
pub const PREFIX: &str = "keys begin with";
pub const COUNT: &str = "so many keys";
pub const TRANSACTIONS: &str = "transactions";
pub const TRANSACTIONS_NONE: &str = "none: each record for itself";
pub const IN_TRANSACTIONS: &str = "in transactions";
pub const PER_TRANSACTION: &str = "records per transaction";
pub const ABORT_EVERY: &str = "abort every n-th";
/// What nothing means there.
pub const NEVER: &str = "0: never";
pub const IDEMPOTENCE_DEFAULT: &str = "Kafka's default: where acks is all";
pub const PARTITIONER_DEFAULT: &str = "Kafka's default: by key, else sticky";
pub const BAD_RATE: &str = "A number of records a second: 0.1 to 1 000.";
pub const BAD_COUNT: &str = "A number of keys: 1 to 1 000 000.";
pub const BAD_PER_TRANSACTION: &str = "A number of records: 1 to 1 000 000.";
pub const BAD_ABORT_EVERY: &str = "A number of transactions, such as 2 for every second; 0 or nothing: never.";
