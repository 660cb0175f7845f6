-- Events, their index, the log of changes, what came in from where, and what was refused.

-- One row per event. `id` orders by time: unix second * 2^14 + slot of arrival within that second, so it is
-- the keyset cursor too. `account` stands in `facts` and inside the identity, never in the row id.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  eid BLOB NOT NULL UNIQUE,   -- 16 bytes: the identity of the record
  seq INTEGER NOT NULL,       -- number of this row's last change
  names TEXT NOT NULL,        -- tokens that are cut into pieces, to be searched by them (wildcards, words)
  facts TEXT NOT NULL,        -- tokens that only match whole; those of `listed` among them
  address BLOB NOT NULL,      -- 4 or 16 bytes of the effective address, or none
  body BLOB NOT NULL          -- summary and redacted record, deflated with a preset dictionary
) STRICT;

-- What is indexed is a function of the row, written once, here: the triggers and a rebuild read this view
-- (index-tokens.ts explains the letters).
-- `derived` are the token that every row has, and the address with its family and, for IPv4, its octet prefixes.
-- `grams` are the three-character pieces of each name with its kind, in hex because the tokenizer would split at
-- punctuation.
-- Very long names are not cut up (the cost is square): such a row has the gram `long`, which every search by
-- pieces takes in and then checks.
CREATE VIEW event_index AS
SELECT id, names, facts,
  'all' || CASE length(address)
    WHEN 4 THEN ' jv4 i' || hex(address) || ' j' || hex(substr(address, 1, 1)) || ' j' || hex(substr(address, 1, 2))
      || ' j' || hex(substr(address, 1, 3))
    WHEN 16 THEN ' jv6 i' || hex(address)
    ELSE ''
  END AS derived,
  CASE WHEN length(names) > 4000 THEN 'long' ELSE (
    WITH RECURSIVE piece(i, kind) AS (
      SELECT 1, substr(names, 1, 1)
      UNION ALL
      SELECT i + 1, CASE substr(names, i, 1) WHEN ' ' THEN substr(names, i + 1, 1) ELSE kind END
      FROM piece WHERE i < length(names) - 3
    ) SELECT group_concat('3' || kind || hex(substr(names, i + 1, 3)), ' ') FROM piece
    WHERE substr(names, i, 1) <> ' ' AND instr(substr(names, i + 1, 3), ' ') = 0
  ) END AS grams
FROM event;

-- What a page reads through the index. FTS5 asks for every column of a row that it gives: what is indexed is
-- left out here, or each row would be cut into grams to be thrown away.
CREATE VIEW event_content AS
SELECT id, NULL AS names, NULL AS facts, NULL AS derived, NULL AS grams, eid, seq, body FROM event;

-- The posting lists of every query. External content, so that a page needs no join: the unindexed columns
-- are read from the view above. To rebuild: VALUES ('delete-all'), then insert all of event_index.
CREATE VIRTUAL TABLE event_fts USING fts5(
  names, facts, derived, grams, eid UNINDEXED, seq UNINDEXED, body UNINDEXED,
  content='event_content', content_rowid='id', detail=none, columnsize=0,
  tokenize="ascii tokenchars '-_.~'"
);

CREATE TRIGGER event_inserted AFTER INSERT ON event BEGIN
  INSERT INTO event_fts(rowid, names, facts, derived, grams)
    SELECT id, names, facts, derived, grams FROM event_index WHERE id = new.id;
END;

CREATE TRIGGER event_deleted BEFORE DELETE ON event BEGIN
  INSERT INTO event_fts(event_fts, rowid, names, facts, derived, grams)
    SELECT 'delete', id, names, facts, derived, grams FROM event_index WHERE id = old.id;
END;

CREATE TRIGGER event_reindexing BEFORE UPDATE OF names, facts, address ON event
WHEN old.names <> new.names OR old.facts <> new.facts OR old.address <> new.address BEGIN
  INSERT INTO event_fts(event_fts, rowid, names, facts, derived, grams)
    SELECT 'delete', id, names, facts, derived, grams FROM event_index WHERE id = old.id;
END;

CREATE TRIGGER event_reindexed AFTER UPDATE OF names, facts, address ON event
WHEN old.names <> new.names OR old.facts <> new.facts OR old.address <> new.address BEGIN
  INSERT INTO event_fts(rowid, names, facts, derived, grams)
    SELECT id, names, facts, derived, grams FROM event_index WHERE id = new.id;
END;

-- Every event name, operator name, person's name and error code that came in, as in their tokens. There are few of
-- each: finding those that hold a text here and asking the index for them whole is cheaper than indexing pieces.
-- What no event has any more does no harm.
CREATE TABLE listed (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;

-- One row per stored batch instead of an index entry per event: the changes `first`..`last` touched the
-- events base + offset for each offset in `offsets`. `moved` lists those of them whose operator or person
-- changed, and whose they were before, so that a caller who may no longer see them is told. `revised` lists those that
-- were stored before: whoever takes each event once knows by it which may be known already.
CREATE TABLE change (
  first INTEGER PRIMARY KEY,
  last INTEGER NOT NULL,
  at INTEGER NOT NULL,        -- unix seconds
  base INTEGER NOT NULL,
  offsets TEXT NOT NULL,      -- JSON array of integers
  moved TEXT NOT NULL,        -- JSON array of { offset, account, operator, person }
  revised TEXT NOT NULL DEFAULT '[]',   -- JSON array of integers, those in `offsets`
  cause TEXT NOT NULL DEFAULT 'arrival' CHECK (cause IN ('arrival', 'rules'))   -- records came in, or rules changed
) STRICT;

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  alias TEXT,
  retention INTEGER NOT NULL DEFAULT 90 CHECK (retention BETWEEN 1 AND 3650), -- days
  floor INTEGER NOT NULL DEFAULT 0,   -- unix seconds: everything older has been removed
  epoch INTEGER NOT NULL DEFAULT 0,   -- raised when events went for another reason than age
  removed INTEGER NOT NULL DEFAULT 0  -- events removed so far
) STRICT, WITHOUT ROWID;

-- What came in from where. `account` is '' for what named none.
CREATE TABLE arrival (
  account TEXT NOT NULL,
  source TEXT NOT NULL,
  last_received INTEGER NOT NULL,     -- unix seconds
  newest INTEGER NOT NULL DEFAULT 0,  -- unix seconds of the newest event
  accepted INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  conflict INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, source)
) STRICT, WITHOUT ROWID;

-- What could not be read: redacted, bounded, once per source and content.
CREATE TABLE dead_letter (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  source TEXT NOT NULL,
  account TEXT NOT NULL,
  received INTEGER NOT NULL,          -- unix seconds of the first arrival
  reason TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
