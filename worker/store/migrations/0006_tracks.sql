-- Tracking sets, what is to be delivered for them, and what became of that. Times are unix ms.

CREATE TABLE track (
  number INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used again
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  selector TEXT NOT NULL,     -- JSON: { q } or { filters: [{ product, action, events }] }
  accounts TEXT NOT NULL,     -- JSON: '*' or [id]
  target TEXT NOT NULL,       -- JSON, without what is secret
  sealed TEXT,                -- what is secret of the target
  format TEXT NOT NULL,
  compress INTEGER NOT NULL CHECK (compress IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),   -- 0: paused
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  since INTEGER NOT NULL,     -- number of the log: what came in after it is looked at
  -- How sending goes.
  failures INTEGER NOT NULL DEFAULT 0,        -- since the last success
  failing INTEGER,                            -- when the first of them was
  next_try INTEGER NOT NULL DEFAULT 0,
  problem TEXT,                               -- JSON, of the last failure
  delivered INTEGER                           -- when something was delivered last
) STRICT;

-- Events of a past range, which a new set delivers too: newest first, each of the searches of its selector in turn.
CREATE TABLE track_backfill (
  track INTEGER PRIMARY KEY,
  from_second INTEGER NOT NULL,
  to_second INTEGER NOT NULL,   -- excluded
  search INTEGER NOT NULL,      -- which one is under way
  below INTEGER NOT NULL,       -- row id below which it goes on
  events INTEGER NOT NULL,      -- events found so far
  done INTEGER NOT NULL CHECK (done IN (0, 1))
) STRICT;

-- How far the log was looked at for all sets. Whoever plans names the version at which it read them.
CREATE TABLE track_plan (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  version INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT;

INSERT INTO track_plan (only, version, seq) VALUES (1, 1, 0);

CREATE TRIGGER track_added AFTER INSERT ON track BEGIN
  UPDATE track_plan SET version = version + 1;
END;

CREATE TRIGGER track_selected AFTER UPDATE OF selector, accounts ON track
WHEN old.selector <> new.selector OR old.accounts <> new.accounts BEGIN
  UPDATE track_plan SET version = version + 1;
END;

CREATE TRIGGER track_removed AFTER DELETE ON track BEGIN
  UPDATE track_plan SET version = version + 1;
  INSERT INTO removed_track (number) VALUES (old.number);
  DELETE FROM track_backfill WHERE track = old.number;
END;

-- Sets whose deliveries are still to be removed, a part at a time.
CREATE TABLE removed_track (
  number INTEGER PRIMARY KEY
) STRICT;

-- One delivery: events of one hour that go as one object. Written before anything is sent, and kept while its events
-- are stored: it says which events a set has.
CREATE TABLE delivery (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  track INTEGER NOT NULL,       -- number of the set
  hour INTEGER NOT NULL,        -- unix hour of its events
  from_seq INTEGER,             -- the stretch of the log that it is from; NULL: of a past range
  to_seq INTEGER,
  name TEXT NOT NULL,           -- of the object, below the target's prefix and before the suffix
  base INTEGER NOT NULL,        -- the events are base + offset for each of `offsets`
  top INTEGER NOT NULL,         -- the last of them
  offsets TEXT NOT NULL,        -- JSON array of integers
  count INTEGER NOT NULL,
  arrived INTEGER NOT NULL,     -- when the first of its events came in
  state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  tried INTEGER,                -- when it was attempted first
  next_try INTEGER NOT NULL DEFAULT 0,
  done INTEGER,                 -- when it was delivered, or given up
  key TEXT,                     -- where it went
  bytes INTEGER,
  sha256 TEXT,
  problem TEXT                  -- JSON, of the last failure
) STRICT;

CREATE INDEX delivery_of ON delivery (track, number);
CREATE INDEX delivery_hour ON delivery (track, hour);
CREATE INDEX delivery_pending ON delivery (track, number) WHERE state = 'pending';
CREATE INDEX delivery_dead ON delivery (track) WHERE state = 'dead';

-- Who changed which set, when and how; it outlives the set.
CREATE TABLE track_change (
  number INTEGER PRIMARY KEY,
  track TEXT NOT NULL,          -- id of the set
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL            -- JSON: what it was set to, without what is secret
) STRICT;

CREATE INDEX track_change_of ON track_change (track, number);
