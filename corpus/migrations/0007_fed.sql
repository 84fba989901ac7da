-- 1 where the article's text is not the page's, but that of a feed, which had
-- more.
ALTER TABLE pages ADD COLUMN fed INTEGER NOT NULL DEFAULT 0;
