-- What is read besides events: log files of buckets, names of users and roles, prices of purchases.

-- Objects of a bucket: those that wait to be read, those that were read of late, and those that cannot be read.
CREATE TABLE file (
  source TEXT NOT NULL,       -- 'files-{bucket}'
  key TEXT NOT NULL,
  etag TEXT NOT NULL,         -- with another one it is read again
  size INTEGER NOT NULL,      -- bytes
  modified INTEGER NOT NULL,  -- unix seconds, as the bucket says
  state TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'broken')),
  pieces INTEGER NOT NULL DEFAULT 0,    -- so many of it are stored
  tries INTEGER NOT NULL DEFAULT 0,     -- that failed since the last piece was stored
  next_try INTEGER NOT NULL DEFAULT 0,  -- unix seconds
  reason TEXT NOT NULL DEFAULT '',      -- why it cannot be read
  PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX file_open ON file (source, state, modified) WHERE state <> 'read';
CREATE INDEX file_modified ON file (source, modified);

-- What is asked of an API key beside events, which it may not be allowed to. Times are unix seconds.
CREATE TABLE feature (
  source TEXT NOT NULL,       -- 'api-{account}'
  name TEXT NOT NULL CHECK (name IN ('directory', 'prices')),
  account TEXT NOT NULL,
  tried INTEGER,
  succeeded INTEGER,
  next_try INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,  -- since it last succeeded
  problem TEXT,               -- JSON: as in source
  state TEXT NOT NULL DEFAULT '{}',     -- JSON: where it goes on
  PRIMARY KEY (source, name)
) STRICT, WITHOUT ROWID;

-- What billing says of purchases, by the row id of the event. Goes when the event does.
CREATE TABLE price (
  event INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'exact', 'none')),
  amount TEXT,                -- decimal, in units of the currency
  currency TEXT,
  payer TEXT,                 -- uin
  tries INTEGER NOT NULL,     -- that found nothing
  next_try INTEGER NOT NULL   -- unix seconds
) STRICT;

CREATE INDEX price_pending ON price (account, next_try) WHERE state = 'pending';

CREATE TRIGGER price_of_removed AFTER DELETE ON event BEGIN
  DELETE FROM price WHERE event = old.id;
END;
