-- Version 2: what exhibits say of themselves, and when the person says that they were captured.

-- Asserted --------------------------------------------------------------------------------------------------------------
CREATE TABLE exhibit_time (
  id INTEGER PRIMARY KEY, exhibit INTEGER NOT NULL, t INTEGER NOT NULL, zone TEXT NOT NULL, basis TEXT NOT NULL,
  precision TEXT NOT NULL
) STRICT;

-- Made from the originals on first sight, like `thumbnail` ---------------------------------------------------------------
CREATE TABLE exhibit_fact (
  exhibit INTEGER PRIMARY KEY, reader INTEGER NOT NULL, t INTEGER, kind TEXT, zone TEXT, precision TEXT,
  duration_ms INTEGER
) STRICT;
CREATE TABLE exhibit_wave (
  exhibit INTEGER PRIMARY KEY, reader INTEGER NOT NULL, duration_ms INTEGER, bucket_ms INTEGER, peaks BLOB
) STRICT;
