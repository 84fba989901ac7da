-- Times are milliseconds since 1970 in UTC; NULL where unknown.

-- One row: what tells this store from every other.
CREATE TABLE store (
	identity TEXT NOT NULL
) STRICT;
INSERT INTO store VALUES (lower(hex(randomblob(16))));

-- A row stays for ever, so that an ID never comes to mean another article;
-- one whose current revision has no row in revisions has been purged.
CREATE TABLE articles (
	n         INTEGER PRIMARY KEY,
	id        TEXT    NOT NULL UNIQUE,
	key       BLOB    NOT NULL UNIQUE, -- SHA-256 of what identifies it
	revision  INTEGER NOT NULL,        -- the last one given
	origin    TEXT    NOT NULL,
	title     TEXT    NOT NULL,
	author    TEXT    NOT NULL,
	source    TEXT    NOT NULL,
	url       TEXT    NOT NULL,
	lang      TEXT    NOT NULL,
	published INTEGER,
	added     INTEGER NOT NULL,
	pinned    INTEGER NOT NULL DEFAULT 0 -- bits: the fields that a person corrected
) STRICT;
CREATE INDEX articles_newest ON articles (coalesce(published, added), n);

CREATE TABLE revisions (
	n          INTEGER PRIMARY KEY,
	article    INTEGER NOT NULL REFERENCES articles,
	revision   INTEGER NOT NULL,
	hash       BLOB    NOT NULL, -- SHA-256 of its paragraphs
	paragraphs INTEGER NOT NULL,
	added      INTEGER NOT NULL,
	UNIQUE (article, revision)
) STRICT;

CREATE TABLE paragraphs (
	revision INTEGER NOT NULL REFERENCES revisions ON DELETE CASCADE,
	n        INTEGER NOT NULL, -- from 1 within the revision
	text     TEXT    NOT NULL,
	UNIQUE (revision, n)
) STRICT;

-- Which collection holds which article. A membership that was ended keeps its
-- row until it is purged, so that ending it can be undone.
CREATE TABLE members (
	article    INTEGER NOT NULL REFERENCES articles,
	collection TEXT    NOT NULL,
	removed    INTEGER,
	PRIMARY KEY (article, collection)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_collection ON members (collection, removed);
CREATE INDEX members_removed ON members (removed) WHERE removed IS NOT NULL;

-- The change log, kept short: an article has one row, at its latest change.
-- AUTOINCREMENT never gives a number twice, even the highest after its row
-- moved on.
CREATE TABLE changes (
	seq     INTEGER PRIMARY KEY AUTOINCREMENT,
	article INTEGER NOT NULL UNIQUE REFERENCES articles
) STRICT;

CREATE TABLE models (
	n    INTEGER PRIMARY KEY,
	name TEXT    NOT NULL UNIQUE,
	dims INTEGER NOT NULL
) STRICT;

CREATE TABLE vectors (
	model  INTEGER NOT NULL REFERENCES models,
	hash   TEXT    NOT NULL,
	vector BLOB    NOT NULL, -- dims float32, little-endian
	UNIQUE (model, hash)
) STRICT;
