-- What the Worker reads by itself: API keys and buckets, how far each is read, what is missing and what stands in the way.

-- One that is read. Times are unix seconds; NULL: not yet.
CREATE TABLE source (
  id TEXT PRIMARY KEY,        -- 'api-{account}', 'files-{bucket}'
  kind TEXT NOT NULL CHECK (kind IN ('api', 'files')),
  account TEXT NOT NULL,      -- whose key or bucket it is: stands in where a record names no account
  since INTEGER,              -- read from here on, but for its gaps
  seen_to INTEGER,            -- event time up to which it was read at least once
  settled_to INTEGER,         -- event time up to which it was read again after the lateness horizon
  state TEXT NOT NULL,        -- JSON: where its reader goes on; only the reader knows what is in it
  tried INTEGER,
  succeeded INTEGER,
  next_try INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,  -- since it last succeeded
  problem TEXT                -- JSON: { kind, code, message, advice, since }; NULL when fine
) STRICT, WITHOUT ROWID;

-- Whose records came out of it: a key of an organisation delivers those of many accounts.
CREATE TABLE source_account (
  account TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (account, source)
) STRICT, WITHOUT ROWID;

-- Which account an API key belongs to, so that it is asked for once.
CREATE TABLE api_key (
  digest TEXT PRIMARY KEY,    -- hex of the SHA-256 of the secret id
  hint TEXT NOT NULL,         -- the ends of the secret id, to tell keys apart
  account TEXT,               -- NULL: not found yet, and `problem` says why
  tried INTEGER NOT NULL,     -- unix seconds
  next_try INTEGER NOT NULL DEFAULT 0,
  problem TEXT                -- as in source
) STRICT, WITHOUT ROWID;

-- Stretches of event time that are known to be missing.
CREATE TABLE gap (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('stopped', 'failing', 'backfill', 'lost', 'storage')),
  starts INTEGER NOT NULL,    -- unix seconds
  ends INTEGER NOT NULL,
  opened INTEGER NOT NULL,    -- unix seconds when it was found
  closed INTEGER,             -- unix seconds when it stopped growing
  filled INTEGER,             -- unix seconds when it was read after all; 'lost' and 'storage' never are
  detail TEXT NOT NULL        -- the code of a failure, or ''
) STRICT;

CREATE INDEX gap_missing ON gap (source) WHERE filled IS NULL;

-- Reading back over a stretch of event time, newest first: of each source the one that goes on, or the last one.
CREATE TABLE backfill (
  id TEXT PRIMARY KEY,        -- '{source}-{unix ms when it was asked for}'
  source TEXT NOT NULL,
  starts INTEGER NOT NULL,    -- unix seconds
  ends INTEGER NOT NULL,
  asked INTEGER NOT NULL,     -- unix seconds
  started INTEGER,
  finished INTEGER,
  worked INTEGER NOT NULL DEFAULT 0,    -- milliseconds of work so far
  next_try INTEGER NOT NULL DEFAULT 0,  -- unix seconds
  problem TEXT                -- as in source
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX backfill_open ON backfill (source) WHERE finished IS NULL;

-- Its windows, each with a place of its own to go on from.
CREATE TABLE backfill_window (
  backfill TEXT NOT NULL,
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  token TEXT,                 -- of the next page; NULL: the first
  events INTEGER NOT NULL DEFAULT 0,    -- read in it so far
  done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
  PRIMARY KEY (backfill, starts)
) STRICT, WITHOUT ROWID;

-- Who does something that only one may do at a time, and until when nobody else does.
CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  until INTEGER NOT NULL      -- unix ms
) STRICT, WITHOUT ROWID;

-- When an account may be asked next, so that all that read it keep below its rate together.
CREATE TABLE pace (
  account TEXT PRIMARY KEY,
  next INTEGER NOT NULL       -- unix ms
) STRICT, WITHOUT ROWID;

-- How long events took from their time to the store, counted by length.
CREATE TABLE lag (
  source TEXT NOT NULL,
  slot INTEGER NOT NULL,      -- unix seconds: five minutes in which they were stored, from here on
  counts TEXT NOT NULL,       -- JSON array: one count per length (store/lag.ts)
  PRIMARY KEY (source, slot)
) STRICT, WITHOUT ROWID;

-- Events that came after the mark said that nothing would: how many, and how old they were when they were stored.
ALTER TABLE arrival ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
ALTER TABLE arrival ADD COLUMN late_total INTEGER NOT NULL DEFAULT 0;    -- seconds, all together
ALTER TABLE arrival ADD COLUMN late_longest INTEGER NOT NULL DEFAULT 0;  -- seconds
