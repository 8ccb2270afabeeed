//! What is in scope: only that leaves.

use crate::model::{CallId, Contents, Dossier, DossierSource, SourceId};
use rustc_hash::FxHashSet;

/// The dossier together with the question "does this leave?".
pub(super) struct Scope<'a> {
    pub(super) dossier: &'a Dossier,
    contents: Contents,
    /// Ascending: eight bytes a call.
    calls: Vec<CallId>,
    sources: FxHashSet<SourceId>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(dossier: &'a Dossier, contents: Contents) -> Self {
        // A whole original would disclose what is not in scope, whatever the caller asked for.
        let contents = if dossier.scope.groups.is_empty() { contents } else { Contents::Extracts };
        let mut calls: Vec<CallId> = dossier.calls.iter().map(|call| call.id).collect();
        calls.sort_unstable();
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
        self.calls.binary_search(&call).is_ok()
    }

    pub(super) fn has_source(&self, source: SourceId) -> bool {
        self.sources.contains(&source)
    }

    /// Sources that leave, by id: withdrawn ones stay.
    pub(super) fn sources(&self) -> impl Iterator<Item = &'a DossierSource> {
        self.dossier.sources.iter().filter(|s| !s.source.withdrawn)
    }
}
