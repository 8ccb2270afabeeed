//! What can be said of a package before it is saved: what it has, what it lacks, which texts leave with it.

use super::words;

words!(
    /// What a package may have or lack.
    ReadinessItem {
        /// The person's own line.
        Line = "line",
        /// A detail of the operator.
        Detail = "detail",
        /// A log of the phone.
        PhoneLog = "phone_log",
        /// The period that the detail covers.
        Period = "period",
        /// Exhibits, linked to calls.
        Exhibits = "exhibits",
        /// Labels seen on the screen.
        Labels = "labels",
        /// Groups with a name given by the person.
        Groups = "groups",
        /// Rows of the sources that could not be read.
        Rows = "rows",
        /// The password of the case.
        Password = "password",
    }
);

words!(
    /// How it stands with one of them.
    ReadinessState {
        /// It is there.
        Present = "present",
        /// It is not there.
        Missing = "missing",
        /// It is there in part.
        Partial = "partial",
    }
);

words!(
    /// Where a text stands that leaves with a bundle.
    LeavingKind {
        /// The title of the case.
        Title = "title",
        /// One of the person's own lines.
        Line = "line",
        /// The name of a group.
        Group = "group",
        /// A caller label.
        Label = "label",
        /// The name of an imported file.
        Source = "source",
        /// The name of an exhibit's file.
        Exhibit = "exhibit",
        /// A text inside a picture or a recording: its metadata.
        Inside = "inside",
        /// What was said, as the person wrote it down, and the names that stand beside it and nowhere else.
        Hand = "hand",
        /// A cell that could not be read.
        Problem = "problem",
        /// A text that the custody log keeps and that stands nowhere else any more.
        Log = "log",
    }
);
