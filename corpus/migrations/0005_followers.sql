-- How an article stood at each change, so that whoever follows is told what is
-- new and nothing twice. A state goes when there is a later one that every
-- follower has been told.
CREATE TABLE states (
	seq         INTEGER PRIMARY KEY, -- of the change
	article     INTEGER NOT NULL REFERENCES articles,
	revision    INTEGER NOT NULL,
	about       BLOB    NOT NULL, -- hash of what it said of itself; empty where that was not noted
	collections TEXT    NOT NULL  -- a list in JSON
) STRICT;
CREATE INDEX states_article ON states (article, seq);

INSERT INTO states
SELECT c.seq, c.article, a.revision, x'',
	(SELECT json_group_array(collection ORDER BY collection) FROM members WHERE article = a.n AND removed IS NULL)
FROM changes c JOIN articles a ON a.n = c.article;

CREATE TABLE followers (
	name TEXT    NOT NULL PRIMARY KEY,
	seq  INTEGER NOT NULL -- told of every change up to here
) STRICT, WITHOUT ROWID;
