-- Version 1 of the case file. docs/case-file.md explains every table; tests compare the two.

-- The case itself -----------------------------------------------------------------------------------------------------
CREATE TABLE case_info (
  id INTEGER PRIMARY KEY CHECK (id = 1), uuid TEXT NOT NULL, created_at TEXT NOT NULL, secret BLOB NOT NULL
) STRICT;

-- Evidence: appended, never changed -----------------------------------------------------------------------------------
CREATE TABLE original (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, sha256 BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE chunk (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE source (
  id INTEGER PRIMARY KEY, original INTEGER NOT NULL, event INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  recipe TEXT NOT NULL, encoding TEXT NOT NULL, duration_unit_s INTEGER NOT NULL, zone TEXT, zone_basis TEXT NOT NULL,
  received_at TEXT NOT NULL, sums TEXT NOT NULL, first_record INTEGER NOT NULL, records INTEGER NOT NULL
) STRICT;
CREATE TABLE clock (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind TEXT NOT NULL, zone TEXT NOT NULL, basis TEXT NOT NULL,
  precision TEXT NOT NULL
) STRICT;
CREATE TABLE spelling (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, raw TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL
) STRICT;
CREATE TABLE label (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE manner (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, clock INTEGER NOT NULL, direction TEXT NOT NULL,
  disposition TEXT NOT NULL, service TEXT NOT NULL, line TEXT NOT NULL
) STRICT;
CREATE TABLE record (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, sheet INTEGER NOT NULL, row INTEGER NOT NULL,
  off INTEGER NOT NULL, len INTEGER NOT NULL, t INTEGER NOT NULL, manner INTEGER NOT NULL, spelling INTEGER NOT NULL,
  duration_s INTEGER, label INTEGER
) STRICT;
CREATE TABLE ledger (
  source INTEGER NOT NULL, sheet INTEGER NOT NULL, row INTEGER NOT NULL, off INTEGER NOT NULL, len INTEGER NOT NULL,
  fate TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (source, sheet, row)
) STRICT, WITHOUT ROWID;
CREATE TABLE leaf (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, part TEXT NOT NULL, digest BLOB NOT NULL
) STRICT;
CREATE TABLE exhibit (
  id INTEGER PRIMARY KEY, original INTEGER NOT NULL, event INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  media_type TEXT NOT NULL, received_at TEXT NOT NULL
) STRICT;
CREATE TABLE withdrawal (
  id INTEGER PRIMARY KEY, event INTEGER NOT NULL, part TEXT NOT NULL, subject INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL CHECK (withdrawn BETWEEN 0 AND 1)
) STRICT;
CREATE TABLE custody (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, subject INTEGER NOT NULL,
  details_digest BLOB NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE TABLE custody_detail (seq INTEGER PRIMARY KEY, salt BLOB NOT NULL, details TEXT NOT NULL) STRICT;
CREATE TABLE release (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, details TEXT NOT NULL, previous BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TABLE tombstone (
  id INTEGER PRIMARY KEY, event INTEGER NOT NULL, part TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0 CHECK (done BETWEEN 0 AND 1)
) STRICT;

-- Asserted: the person's word, undoable -------------------------------------------------------------------------------
CREATE TABLE title (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE line (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, number TEXT NOT NULL, operator TEXT NOT NULL, zone TEXT
) STRICT;
CREATE TABLE exhibit_link (id INTEGER PRIMARY KEY, exhibit INTEGER NOT NULL, record INTEGER NOT NULL) STRICT;
CREATE TABLE exhibit_label (
  id INTEGER PRIMARY KEY, exhibit INTEGER NOT NULL, record INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE TABLE group_override (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE group_override_record (
  id INTEGER PRIMARY KEY, override INTEGER NOT NULL, record INTEGER NOT NULL
) STRICT;

-- Undo: data, never SQL text ------------------------------------------------------------------------------------------
CREATE TABLE undo (
  seq INTEGER PRIMARY KEY, op INTEGER NOT NULL, part INTEGER NOT NULL, before BLOB, after BLOB
) STRICT;
CREATE TABLE action (
  id INTEGER PRIMARY KEY, event INTEGER NOT NULL, kind TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  undone INTEGER NOT NULL CHECK (undone BETWEEN 0 AND 1)
) STRICT;

-- Derived: deleted and rebuilt from the evidence and the person's word --------------------------------------------------
CREATE TABLE number (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE spelling_number (spelling INTEGER PRIMARY KEY, number INTEGER NOT NULL) STRICT;
CREATE TABLE label_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL, folded TEXT NOT NULL) STRICT;
CREATE TABLE source_pair (
  first INTEGER NOT NULL, second INTEGER NOT NULL, offset_s INTEGER NOT NULL, spread_s INTEGER NOT NULL,
  paired INTEGER NOT NULL, PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
CREATE TABLE call_join (
  call INTEGER NOT NULL, record INTEGER NOT NULL, why TEXT, residual_s INTEGER NOT NULL, PRIMARY KEY (call, record)
) STRICT, WITHOUT ROWID;
CREATE TABLE record_call (record INTEGER PRIMARY KEY, call INTEGER NOT NULL) STRICT;
CREATE TABLE call_by_time (t INTEGER NOT NULL, call INTEGER NOT NULL, PRIMARY KEY (t, call)) STRICT, WITHOUT ROWID;
CREATE TABLE call_by_number (
  number INTEGER NOT NULL, t INTEGER NOT NULL, call INTEGER NOT NULL, PRIMARY KEY (number, t, call)
) STRICT, WITHOUT ROWID;
CREATE TABLE call_by_label (
  label INTEGER NOT NULL, t INTEGER NOT NULL, call INTEGER NOT NULL, PRIMARY KEY (label, t, call)
) STRICT, WITHOUT ROWID;
CREATE TABLE call_group (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, named_by_person INTEGER NOT NULL, facts TEXT NOT NULL
) STRICT;
CREATE TABLE call_group_member (
  part INTEGER NOT NULL, t INTEGER NOT NULL, call INTEGER NOT NULL, PRIMARY KEY (part, t, call)
) STRICT, WITHOUT ROWID;
CREATE TABLE group_of_call (call INTEGER PRIMARY KEY, part INTEGER NOT NULL) STRICT;
CREATE TABLE thumbnail (exhibit INTEGER PRIMARY KEY, png BLOB) STRICT;

-- Guards ----------------------------------------------------------------------------------------------------------------
CREATE TRIGGER original_no_update BEFORE UPDATE ON original BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER original_no_delete BEFORE DELETE ON original
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER chunk_no_update BEFORE UPDATE ON chunk BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER chunk_no_delete BEFORE DELETE ON chunk
  WHEN EXISTS (SELECT 1 FROM original WHERE id = OLD.id >> 24)
   AND NOT EXISTS (SELECT 1 FROM tombstone WHERE done = 0 AND part = 'original' AND OLD.id >> 24 BETWEEN first AND last)
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER source_no_update BEFORE UPDATE ON source BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER source_no_delete BEFORE DELETE ON source BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER clock_no_update BEFORE UPDATE ON clock BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER clock_no_delete BEFORE DELETE ON clock BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER spelling_no_update BEFORE UPDATE ON spelling BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER spelling_no_delete BEFORE DELETE ON spelling
  WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE done = 0 AND part = 'source' AND OLD.source BETWEEN first AND last)
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER label_no_update BEFORE UPDATE ON label BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER label_no_delete BEFORE DELETE ON label
  WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE done = 0 AND part = 'source' AND OLD.source BETWEEN first AND last)
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER manner_no_update BEFORE UPDATE ON manner BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER manner_no_delete BEFORE DELETE ON manner BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER record_no_update BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER record_no_delete BEFORE DELETE ON record
  WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE done = 0 AND part = 'source' AND OLD.source BETWEEN first AND last)
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
  WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE done = 0 AND part = 'source' AND OLD.source BETWEEN first AND last)
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER leaf_no_update BEFORE UPDATE ON leaf BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER leaf_no_delete BEFORE DELETE ON leaf BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER exhibit_no_update BEFORE UPDATE ON exhibit BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER exhibit_no_delete BEFORE DELETE ON exhibit BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER withdrawal_no_update BEFORE UPDATE ON withdrawal
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER withdrawal_no_delete BEFORE DELETE ON withdrawal
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER custody_no_update BEFORE UPDATE ON custody BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER custody_no_delete BEFORE DELETE ON custody BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER custody_detail_no_update BEFORE UPDATE ON custody_detail
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER custody_detail_no_delete BEFORE DELETE ON custody_detail
  WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE done = 0 AND part = 'custody_detail' AND OLD.seq BETWEEN first AND last)
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER release_no_update BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER release_no_delete BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER tombstone_no_delete BEFORE DELETE ON tombstone BEGIN SELECT RAISE(ABORT, 'tombstones stay'); END;
CREATE TRIGGER tombstone_no_update BEFORE UPDATE ON tombstone
  WHEN NOT (OLD.done = 0 AND NEW.done = 1 AND NEW.id = OLD.id AND NEW.event = OLD.event AND NEW.part = OLD.part
    AND NEW.first = OLD.first AND NEW.last = OLD.last)
  BEGIN SELECT RAISE(ABORT, 'tombstones stay'); END;
CREATE TRIGGER case_info_no_update BEFORE UPDATE ON case_info
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER case_info_no_delete BEFORE DELETE ON case_info
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
