-- What events are classified by: sensitive rules, networks, and how far the stored events were looked at with them.

-- Rules that an admin made.
CREATE TABLE rule (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,       -- JSON: { en, zh? }
  query TEXT NOT NULL,
  severity TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT, WITHOUT ROWID;

-- What an admin decided otherwise about a shipped rule; the rest of it is in the code.
CREATE TABLE shipped_rule (
  id TEXT PRIMARY KEY,
  severity TEXT,            -- NULL: as shipped
  active INTEGER CHECK (active IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Networks that are inside.
CREATE TABLE network (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  cidrs TEXT NOT NULL,      -- JSON: [canonical CIDR]
  valid_from TEXT,          -- RFC 3339 with milliseconds, UTC, so that texts order as times do
  valid_to TEXT
) STRICT, WITHOUT ROWID;

-- The one row about classification. Events from the row id `below` on were looked at with this version of rules,
-- networks and catalogues: all of them where it is 0. Row ids are below 2^46 = 70368744177664.
CREATE TABLE classification (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  version INTEGER NOT NULL,
  catalogue TEXT NOT NULL,  -- which catalogue of the code it is
  turn INTEGER NOT NULL,    -- raised whenever looking at them begins anew
  below INTEGER NOT NULL,
  looked INTEGER NOT NULL   -- events looked at so far
) STRICT;

INSERT INTO classification (only, version, catalogue, turn, below, looked) VALUES (1, 1, '', 1, 70368744177664, 0);

-- A new version has every event looked at anew.
CREATE TRIGGER classification_raised AFTER UPDATE OF version ON classification WHEN new.version <> old.version BEGIN
  UPDATE classification SET turn = turn + 1, below = 70368744177664, looked = 0;
END;

-- Whatever changes what events are raises the version, in the same transaction.
CREATE TRIGGER rule_added AFTER INSERT ON rule WHEN new.active = 1 BEGIN
  UPDATE classification SET version = version + 1;
END;

CREATE TRIGGER rule_changed AFTER UPDATE ON rule
WHEN old.active <> new.active OR (new.active = 1 AND old.query <> new.query) BEGIN
  UPDATE classification SET version = version + 1;
END;

CREATE TRIGGER rule_removed AFTER DELETE ON rule WHEN old.active = 1 BEGIN
  UPDATE classification SET version = version + 1;
END;

CREATE TRIGGER shipped_rule_added AFTER INSERT ON shipped_rule WHEN new.active IS NOT NULL BEGIN
  UPDATE classification SET version = version + 1;
END;

CREATE TRIGGER shipped_rule_changed AFTER UPDATE ON shipped_rule WHEN old.active IS NOT new.active BEGIN
  UPDATE classification SET version = version + 1;
END;

CREATE TRIGGER network_added AFTER INSERT ON network BEGIN
  UPDATE classification SET version = version + 1;
END;

CREATE TRIGGER network_changed AFTER UPDATE ON network
WHEN old.cidrs <> new.cidrs OR old.valid_from IS NOT new.valid_from OR old.valid_to IS NOT new.valid_to BEGIN
  UPDATE classification SET version = version + 1;
END;

CREATE TRIGGER network_removed AFTER DELETE ON network BEGIN
  UPDATE classification SET version = version + 1;
END;
