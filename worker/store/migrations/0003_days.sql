-- What is derived from the events by folding the change log: events by column, and who acted.

-- A day of an account (UTC), one BLOB per column: its text (shared/columns), UTF-8, deflated. A row is read from its
-- start up to the last column that is asked for, so small and often needed ones stand first.
CREATE TABLE day_columns (
  account TEXT NOT NULL,
  day INTEGER NOT NULL,     -- since 1970-01-01
  part INTEGER NOT NULL,    -- it holds row ids from here on, counted from the first of the day; a long day has several
  rows INTEGER NOT NULL,
  "minute" BLOB NOT NULL,
  "second" BLOB NOT NULL,
  "key" BLOB NOT NULL,      -- slots of the row ids
  "operator" BLOB NOT NULL,
  "person" BLOB NOT NULL,
  "call" BLOB NOT NULL,
  "result" BLOB NOT NULL,
  "is" BLOB NOT NULL,
  "region" BLOB NOT NULL,
  "sensitive" BLOB NOT NULL,
  "purchase" BLOB NOT NULL,
  "sources" BLOB NOT NULL,
  "tags" BLOB NOT NULL,
  "address" BLOB NOT NULL,
  "resources" BLOB NOT NULL,
  PRIMARY KEY (account, day, part)
) STRICT, WITHOUT ROWID;

-- Who acted or is listed in the cloud's directory, by their present name. Entries outlive the events they come from.
CREATE TABLE operator (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,     -- the name in the form in which names are compared
  named INTEGER NOT NULL,   -- row id of the event that the name is from: those before do not change it
  type TEXT NOT NULL,
  first INTEGER NOT NULL,   -- row ids of the oldest and the newest of their events; who never acted: above all, and 0
  last INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX operator_name ON operator (folded, account, id);

-- The one row about how far the log is folded: all changes up to `seq`, and those of the batch after it up to the
-- row id `place`.
CREATE TABLE fold (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  version INTEGER NOT NULL, -- raised by whoever changes days: who read them before does not write
  seq INTEGER NOT NULL,
  place INTEGER NOT NULL,
  above INTEGER             -- while the days are built anew, newest first: events from this row id on are in
) STRICT;

INSERT INTO fold (only, version, seq, place, above) VALUES (1, 0, 0, 0, NULL);
