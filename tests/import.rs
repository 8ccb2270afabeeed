//! Reading files: bytes in, fates and sums out. Every number here is invented.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "import/binary.rs"]
mod binary;
#[path = "import/common.rs"]
mod common;
#[path = "import/corpus.rs"]
mod corpus;
#[path = "import/damage.rs"]
mod damage;
#[path = "import/databases.rs"]
mod databases;
#[path = "import/exchanges.rs"]
mod exchanges;
#[path = "import/extracts.rs"]
mod extracts;
#[path = "import/forms.rs"]
mod forms;
#[path = "import/hostile.rs"]
mod hostile;
#[path = "import/layouts.rs"]
mod layouts;
#[path = "import/mapping.rs"]
mod mapping;
#[path = "import/notes.rs"]
mod notes;
#[path = "import/numbers.rs"]
mod numbers;
#[path = "import/operators.rs"]
mod operators;
#[path = "import/papers.rs"]
mod papers;
#[path = "import/periods.rs"]
mod periods;
#[path = "import/phone_texts.rs"]
mod phone_texts;
#[path = "import/phones.rs"]
mod phones;
#[path = "import/tables.rs"]
mod tables;
#[path = "import/torn.rs"]
mod torn;
#[path = "import/unheaded.rs"]
mod unheaded;
#[path = "import/wild.rs"]
mod wild;
#[path = "import/workbooks.rs"]
mod workbooks;
