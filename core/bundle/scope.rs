//! What is in scope: only that leaves.

use crate::model::{CallId, Contents, Dossier, DossierSource, SourceId};
use rustc_hash::FxHashSet;

/// The dossier together with the question "does this leave?".
pub(super) struct Scope<'a> {
    pub(super) dossier: &'a Dossier,
    contents: Contents,
    calls: FxHashSet<CallId>,
    sources: FxHashSet<SourceId>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(dossier: &'a Dossier, contents: Contents) -> Self {
        // A whole original would disclose what is not in scope, whatever the caller asked for.
        let contents = if dossier.scope.groups.is_empty() { contents } else { Contents::Extracts };
        let calls = dossier.calls.iter().map(|call| call.id).collect();
        let sources = dossier.sources.iter().filter(|s| !s.source.withdrawn).map(|s| s.source.id).collect();
        Self { dossier, contents, calls, sources }
    }

    /// Whether the whole case leaves.
    pub(super) fn whole(&self) -> bool {
        self.dossier.scope.groups.is_empty()
    }

    /// Whether this is a full bundle: the whole case with its originals.
    pub(super) fn full(&self) -> bool {
        self.contents == Contents::Originals
    }

    pub(super) fn has_call(&self, call: CallId) -> bool {
        self.calls.contains(&call)
    }

    pub(super) fn has_source(&self, source: SourceId) -> bool {
        self.sources.contains(&source)
    }

    /// Sources that leave, by id: withdrawn ones stay.
    pub(super) fn sources(&self) -> impl Iterator<Item = &'a DossierSource> {
        self.dossier.sources.iter().filter(|s| !s.source.withdrawn)
    }
}
