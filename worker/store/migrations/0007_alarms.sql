-- Alarm policies, how far they have looked, the alerts that they gave, and the messages that go out about those.
-- Times are unix seconds.

-- Policies that an admin made.
CREATE TABLE alarm (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,         -- JSON: { en, zh? }
  query TEXT NOT NULL,
  condition TEXT NOT NULL,    -- JSON
  severity TEXT NOT NULL,
  schedule TEXT,              -- JSON; NULL: always
  channels TEXT NOT NULL,     -- JSON: "*" or [channel id]
  silence INTEGER NOT NULL,   -- seconds between two messages about one alert
  old INTEGER NOT NULL CHECK (old IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT, WITHOUT ROWID;

-- What an admin decided otherwise about a policy of the code; NULL: as it comes.
CREATE TABLE shipped_alarm (
  id TEXT PRIMARY KEY,
  severity TEXT,
  schedule TEXT,              -- JSON; 'null': always
  channels TEXT,
  silence INTEGER,
  active INTEGER CHECK (active IN (0, 1))
) STRICT, WITHOUT ROWID;

-- The one row about how far the events were looked at. Whoever writes names the turn at which it read; whatever
-- changes what a pass goes by raises it, so that a pass that is under way is done again.
CREATE TABLE alarm_pass (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  turn INTEGER NOT NULL,
  seq INTEGER NOT NULL,       -- all that came in up to this number was looked at
  watched INTEGER NOT NULL    -- when Sidetrail itself was looked at last
) STRICT;

INSERT INTO alarm_pass (only, turn, seq, watched) VALUES (1, 0, 0, 0);

-- Whatever a policy asks anew it asks from now on: what it remembers is forgotten.
CREATE TRIGGER alarm_added AFTER INSERT ON alarm BEGIN
  UPDATE alarm_pass SET turn = turn + 1;
END;

CREATE TRIGGER alarm_changed AFTER UPDATE ON alarm BEGIN
  UPDATE alarm_pass SET turn = turn + 1;
  DELETE FROM alarm_group WHERE alarm = old.id AND (
    old.query <> new.query OR old.condition <> new.condition OR old.schedule IS NOT new.schedule OR old.old <> new.old
      OR old.active <> new.active
  );
END;

CREATE TRIGGER alarm_removed AFTER DELETE ON alarm BEGIN
  UPDATE alarm_pass SET turn = turn + 1;
  DELETE FROM alarm_group WHERE alarm = old.id;
  DELETE FROM hush WHERE alarm = old.id;
END;

CREATE TRIGGER shipped_alarm_added AFTER INSERT ON shipped_alarm BEGIN
  UPDATE alarm_pass SET turn = turn + 1;
  DELETE FROM alarm_group WHERE alarm = new.id;
END;

CREATE TRIGGER shipped_alarm_changed AFTER UPDATE ON shipped_alarm BEGIN
  UPDATE alarm_pass SET turn = turn + 1;
  DELETE FROM alarm_group WHERE alarm = new.id AND (
    old.schedule IS NOT new.schedule OR old.active IS NOT new.active
  );
END;

-- What a policy remembers of a group of events: no longer than late events may still come in beside it.
CREATE TABLE alarm_group (
  alarm TEXT NOT NULL,
  grp TEXT NOT NULL,          -- JSON: [account, value]; '' where all events are one group
  memory TEXT NOT NULL,       -- JSON, by kind of condition
  until INTEGER NOT NULL,     -- when it may be forgotten
  PRIMARY KEY (alarm, grp)
) STRICT, WITHOUT ROWID;

CREATE INDEX alarm_group_until ON alarm_group (until);

CREATE TABLE alert (
  num INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  alarm TEXT NOT NULL,
  grp TEXT NOT NULL,
  label TEXT,                 -- what the group is called
  per TEXT,                   -- what groups are made by
  name TEXT NOT NULL,         -- JSON: the policy's
  severity TEXT NOT NULL,
  system INTEGER NOT NULL CHECK (system IN (0, 1)),
  note TEXT,                  -- JSON: { en, zh }: what is wrong, where no event says it
  accounts TEXT,              -- JSON: [account] of its events; NULL: any
  whose TEXT,                 -- JSON: [{ account, operator, person }] of its events; NULL: too many to list
  opened INTEGER NOT NULL,
  first INTEGER NOT NULL,     -- times of its events
  last INTEGER NOT NULL,
  count INTEGER NOT NULL,
  examples TEXT NOT NULL,     -- JSON: row ids of the newest of its events, newest first
  grown INTEGER NOT NULL,     -- when it grew last, by our clock
  recovered INTEGER,
  acknowledged INTEGER,
  acknowledged_by TEXT,
  told TEXT CHECK (told IN ('opened', 'summary', 'recovered')),
  told_at INTEGER,
  told_count INTEGER,
  due INTEGER                 -- when it has to be looked at again; NULL: when it grows
) STRICT;

CREATE INDEX alert_of_group ON alert (alarm, grp, last);
CREATE INDEX alert_due ON alert (due) WHERE due IS NOT NULL;
CREATE INDEX alert_open ON alert (alarm) WHERE recovered IS NULL;
CREATE INDEX alert_over ON alert (recovered) WHERE recovered IS NOT NULL;

-- Groups of events that nobody wants to be told about, for a while or until further notice.
CREATE TABLE hush (
  alarm TEXT NOT NULL,
  grp TEXT NOT NULL,
  muted_until INTEGER,
  muted_by TEXT,
  expected INTEGER,
  expected_by TEXT,
  PRIMARY KEY (alarm, grp)
) STRICT, WITHOUT ROWID;

-- Alerts of a policy that is off or gone end by themselves: they are to be looked at.
CREATE TRIGGER alarm_ended AFTER UPDATE OF active ON alarm WHEN new.active = 0 BEGIN
  UPDATE alert SET due = 0 WHERE alarm = new.id AND recovered IS NULL;
END;

CREATE TRIGGER alarm_gone AFTER DELETE ON alarm BEGIN
  UPDATE alert SET due = 0 WHERE alarm = old.id AND recovered IS NULL;
END;

CREATE TRIGGER shipped_alarm_off AFTER INSERT ON shipped_alarm WHEN new.active = 0 BEGIN
  UPDATE alert SET due = 0 WHERE alarm = new.id AND recovered IS NULL;
END;

CREATE TRIGGER shipped_alarm_ended AFTER UPDATE OF active ON shipped_alarm WHEN new.active = 0 BEGIN
  UPDATE alert SET due = 0 WHERE alarm = new.id AND recovered IS NULL;
END;

CREATE TRIGGER hush_added AFTER INSERT ON hush BEGIN
  UPDATE alarm_pass SET turn = turn + 1;
END;

CREATE TRIGGER hush_changed AFTER UPDATE ON hush BEGIN
  UPDATE alarm_pass SET turn = turn + 1;
END;

-- A pass writes alerts too: it must not spoil itself.
CREATE TRIGGER alert_acknowledged AFTER UPDATE OF acknowledged ON alert
WHEN new.acknowledged IS NOT NULL AND new.acknowledged IS NOT old.acknowledged BEGIN
  UPDATE alarm_pass SET turn = turn + 1;
END;

-- Where messages go.
CREATE TABLE channel (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  settings TEXT NOT NULL,     -- JSON, by kind; nothing secret in it
  sealed TEXT,                -- what is secret, sealed with the id as associated data
  language TEXT NOT NULL,
  created INTEGER NOT NULL,
  paced INTEGER NOT NULL DEFAULT 0,     -- its rate: unix ms up to which it is used
  failures INTEGER NOT NULL DEFAULT 0,  -- attempts that failed, in a row
  failing INTEGER,            -- since when; NULL: the last attempt did not fail
  problem TEXT,               -- JSON: why the last attempt failed
  next_try INTEGER NOT NULL DEFAULT 0,  -- nothing is sent before
  sent INTEGER                -- when something was sent last
) STRICT, WITHOUT ROWID;

-- Messages: written in the transaction that changes the alert, sent afterwards.
CREATE TABLE notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  alert INTEGER NOT NULL REFERENCES alert (num) ON DELETE CASCADE,
  channel TEXT NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('opened', 'summary', 'recovered')),
  made INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL,
  ended INTEGER,              -- when it was sent or given up
  count INTEGER,              -- events of the alert that it told of
  problem TEXT                -- why the last attempt failed
) STRICT;

CREATE INDEX notice_pending ON notice (channel, id) WHERE state = 'pending';
CREATE INDEX notice_of_alert ON notice (alert, channel);
CREATE INDEX notice_of_channel ON notice (channel, state);
CREATE INDEX notice_ended ON notice (ended) WHERE ended IS NOT NULL;

-- What nobody was told of, since there was no channel, is told when there is one.
CREATE TRIGGER channel_added AFTER INSERT ON channel BEGIN
  UPDATE alarm_pass SET turn = turn + 1;
  UPDATE alert SET told = NULL, told_at = NULL, told_count = NULL, due = 0
  WHERE recovered IS NULL AND acknowledged IS NULL AND NOT EXISTS (SELECT 1 FROM notice WHERE notice.alert = alert.num);
END;

-- Who changed which policy or channel, when (unix ms) and how; it outlives them.
CREATE TABLE alarm_change (
  number INTEGER PRIMARY KEY,
  alarm TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL          -- JSON: what it was set to
) STRICT;

CREATE INDEX alarm_change_of ON alarm_change (alarm, number);

CREATE TABLE channel_change (
  number INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL          -- JSON: what it was set to, without what is secret
) STRICT;

CREATE INDEX channel_change_of ON channel_change (channel, number);
