//! Identities. They come from evidence: a call's id is that of its smallest record,
//! a group's that of its earliest call.

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "bindings", derive(specta::Type))]
        #[serde(transparent)]
        pub struct $name(#[cfg_attr(feature = "bindings", specta(type = i32))] pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// An imported file.
    SourceId
);
id!(
    /// One call as one source states it.
    RecordId
);
id!(
    /// A real-world call: the id of its smallest record.
    CallId
);
id!(
    /// A group of calls: the id of its earliest call.
    GroupId
);
id!(
    /// A numbered item of evidence.
    ExhibitId
);
id!(
    /// An event of the custody chain: its sequence number.
    EventId
);
