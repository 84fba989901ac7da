-- A feed is followed for a collection. AUTOINCREMENT never gives a number
-- twice, so that what was polled of a removed feed is not taken for another's.
CREATE TABLE feeds (
	n          INTEGER PRIMARY KEY AUTOINCREMENT,
	collection TEXT    NOT NULL,
	url        TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	site       TEXT    NOT NULL,
	added      INTEGER NOT NULL,
	etag       TEXT    NOT NULL DEFAULT '',
	modified   TEXT    NOT NULL DEFAULT '',
	next       INTEGER NOT NULL,           -- when it is due
	every      INTEGER NOT NULL DEFAULT 0, -- milliseconds between two polls; 0 before the first
	polled     INTEGER,                    -- when it was last read
	failures   INTEGER NOT NULL DEFAULT 0, -- in a row
	failing    INTEGER,                    -- when they began
	reason     TEXT    NOT NULL DEFAULT '',
	reported   INTEGER NOT NULL DEFAULT 0,
	paused     INTEGER NOT NULL DEFAULT 0,
	UNIQUE (collection, url)
) STRICT;
CREATE INDEX feeds_next ON feeds (next) WHERE paused = 0;

-- The entries of a feed that were dealt with.
CREATE TABLE feed_entries (
	feed    INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
	entry   TEXT    NOT NULL, -- hash of its identity
	version TEXT    NOT NULL, -- hash of what the feed said
	article TEXT    NOT NULL, -- the article's ID; empty where none came of it
	tries   INTEGER NOT NULL, -- failed ones, where it may yet come of it; else 0
	listed  INTEGER NOT NULL, -- when the feed last had it
	PRIMARY KEY (feed, entry)
) STRICT, WITHOUT ROWID;
