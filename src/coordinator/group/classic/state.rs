//! The states of a classic group (`ClassicGroupState`). Kafka's fifth, Dead, is a group that is not there.

/// Where a group stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// No members; perhaps offsets.
    Empty,
    /// Members are to join, or join again.
    PreparingRebalance,
    /// The members have joined; the leader's assignment is awaited.
    CompletingRebalance,
    /// The members have their assignments.
    Stable,
}

impl State {
    /// What a group that is not there is said to be in.
    pub const DEAD: &'static str = "Dead";

    /// As DescribeGroups and ListGroups write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "Empty",
            Self::PreparingRebalance => "PreparingRebalance",
            Self::CompletingRebalance => "CompletingRebalance",
            Self::Stable => "Stable",
        }
    }

    /// Whether a group may come here from `previous`.
    pub const fn may_follow(self, previous: Self) -> bool {
        matches!(
            (previous, self),
            (Self::PreparingRebalance, Self::Empty | Self::CompletingRebalance)
                | (Self::Empty | Self::CompletingRebalance | Self::Stable, Self::PreparingRebalance)
                | (Self::CompletingRebalance, Self::Stable)
        )
    }
}
