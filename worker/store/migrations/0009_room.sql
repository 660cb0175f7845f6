-- Reads are kept for a shorter time than other events while the database is nearly full: one row then, else none.

CREATE TABLE room (
  only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
  since INTEGER NOT NULL,   -- unix seconds: reads before it are not kept
  told INTEGER NOT NULL     -- unix seconds: followers were told to drop those before it
) STRICT, WITHOUT ROWID;
