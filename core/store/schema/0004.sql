-- Version 4: the zone that the person sets for a source, over what its file or its line says.

-- Asserted --------------------------------------------------------------------------------------------------------------
CREATE TABLE source_zone (id INTEGER PRIMARY KEY, zone TEXT NOT NULL) STRICT;
