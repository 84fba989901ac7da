-- The article that this one repeats, as another outlet's telling of one story;
-- empty where it repeats none that its job tells.
ALTER TABLE told ADD COLUMN repeats TEXT NOT NULL DEFAULT '';
