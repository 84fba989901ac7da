-- Purges whose vectors may still be there: by the change that each made.
CREATE TABLE unswept (
	seq INTEGER NOT NULL PRIMARY KEY
) STRICT;
