ALTER TABLE articles ADD COLUMN modified INTEGER;                  -- when its page says that it was last changed
ALTER TABLE articles ADD COLUMN partial  INTEGER NOT NULL DEFAULT 0; -- 1 where only its beginning could be read
ALTER TABLE articles ADD COLUMN gone     INTEGER;                  -- since when its address has no page any more

-- The page that an article was last read from. body is gzip, and NULL once it
-- is no longer kept.
CREATE TABLE pages (
	article       INTEGER PRIMARY KEY REFERENCES articles,
	collection    TEXT    NOT NULL,
	asked         TEXT    NOT NULL, -- the address that was asked for
	url           TEXT    NOT NULL, -- where it came from
	content_type  TEXT    NOT NULL,
	etag          TEXT    NOT NULL,
	last_modified TEXT    NOT NULL,
	checked       INTEGER NOT NULL, -- when the site was last asked
	kept          INTEGER NOT NULL, -- when body came
	size          INTEGER NOT NULL, -- of body
	body          BLOB
) STRICT;
CREATE INDEX pages_asked ON pages (collection, asked);
CREATE INDEX pages_kept ON pages (collection, kept, size) WHERE body IS NOT NULL;
