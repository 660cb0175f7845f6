-- Who may use Sidetrail, and what they may see.

CREATE TABLE member (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('member', 'lead', 'auditor', 'admin')),
  accounts TEXT NOT NULL,   -- JSON: "*" or an array of account ids
  operators TEXT NOT NULL   -- JSON: [{ account, id }]
) STRICT, WITHOUT ROWID;

-- The member behind SIDETRAIL_ADMIN_TOKEN: there before anybody else, so that somebody can add the others.
INSERT INTO member (id, name, role, accounts, operators) VALUES ('admin', 'Admin', 'admin', '"*"', '[]');

CREATE TABLE team (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  operators TEXT NOT NULL,  -- JSON: [{ account, id }]
  leads TEXT NOT NULL       -- JSON: [member id]
) STRICT, WITHOUT ROWID;

-- A token belongs to a member, or it is an ingest token: write only, one source, one account.
CREATE TABLE token (
  digest BLOB PRIMARY KEY,  -- SHA-256 of the token; the token itself is shown once and kept nowhere
  id TEXT NOT NULL UNIQUE,
  member TEXT REFERENCES member (id) ON DELETE CASCADE,
  source TEXT,
  account TEXT,
  created INTEGER NOT NULL, -- unix seconds
  expires INTEGER,          -- unix seconds
  CHECK ((member IS NULL) <> (source IS NULL) AND (source IS NULL) = (account IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX token_member ON token (member);

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO setting (key, value) VALUES ('zone', 'Asia/Shanghai');
