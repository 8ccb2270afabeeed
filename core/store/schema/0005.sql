-- Version 5: the registers of the numbering plan that the person put into the case.

-- Asserted --------------------------------------------------------------------------------------------------------------
CREATE TABLE register (
  id INTEGER PRIMARY KEY, original INTEGER NOT NULL, name TEXT NOT NULL, dated TEXT NOT NULL, basis TEXT NOT NULL
) STRICT;
