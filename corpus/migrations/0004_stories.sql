-- Which articles are one story. All of it is a cache that follows the change
-- log.
CREATE TABLE stories (
	version INTEGER NOT NULL, -- of the rules
	seq     INTEGER NOT NULL  -- every change up to here was read
) STRICT;
INSERT INTO stories VALUES (0, 0);

-- The hashes by which an article's like are found; by article, to undo them.
CREATE TABLE sketches (
	article INTEGER NOT NULL PRIMARY KEY REFERENCES articles,
	hashes  BLOB    NOT NULL -- int64, little-endian
) STRICT;
CREATE TABLE sketched (
	hash    INTEGER NOT NULL,
	article INTEGER NOT NULL REFERENCES articles,
	PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;

-- Each pair stands here twice, once either way.
CREATE TABLE twins (
	article INTEGER NOT NULL REFERENCES articles,
	twin    INTEGER NOT NULL REFERENCES articles,
	PRIMARY KEY (article, twin)
) STRICT, WITHOUT ROWID;
