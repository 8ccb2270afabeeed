-- Version 3: the recipe of the person's own by which a source was read, as text.

-- Evidence ---------------------------------------------------------------------------------------------------------------
CREATE TABLE source_recipe (source INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;

-- Guards -----------------------------------------------------------------------------------------------------------------
CREATE TRIGGER source_recipe_no_update BEFORE UPDATE ON source_recipe
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER source_recipe_no_delete BEFORE DELETE ON source_recipe
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
