-- Times are milliseconds since 1970 in UTC. People, guilds, channels, roles
-- and messages go by their platform's ids.

CREATE TABLE answers (
	n        INTEGER PRIMARY KEY,
	id       TEXT    NOT NULL UNIQUE,
	status   TEXT    NOT NULL,
	kind     TEXT    NOT NULL,
	guild    TEXT    NOT NULL,
	channel  TEXT    NOT NULL,
	parent   TEXT    NOT NULL,
	private  TEXT    NOT NULL,
	member   INTEGER NOT NULL, -- the bot is a member of the guild
	asker    TEXT    NOT NULL,
	author   TEXT    NOT NULL, -- whose words the question is, where not the asker's
	question TEXT    NOT NULL,
	lang     TEXT    NOT NULL,
	mode     TEXT    NOT NULL,
	nonce    TEXT    NOT NULL,
	body     TEXT    NOT NULL, -- JSON
	began    INTEGER NOT NULL,
	ended    INTEGER
) STRICT;
CREATE INDEX answers_pending ON answers (n) WHERE status = 'pending';
CREATE INDEX answers_asker ON answers (asker);
CREATE INDEX answers_author ON answers (author) WHERE author <> '';
CREATE INDEX answers_channel ON answers (channel, n);
CREATE INDEX answers_guild ON answers (guild, began);
CREATE INDEX answers_began ON answers (began);

-- The platform's messages that show an answer, in order.
CREATE TABLE messages (
	answer  INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE,
	n       INTEGER NOT NULL,
	message TEXT    NOT NULL UNIQUE,
	PRIMARY KEY (answer, n)
) STRICT, WITHOUT ROWID;

-- Apart from the answers, so that a token can be forgotten without a trace.
CREATE TABLE tokens (
	answer  INTEGER PRIMARY KEY REFERENCES answers ON DELETE CASCADE,
	token   TEXT    NOT NULL,
	expires INTEGER NOT NULL
) STRICT;
CREATE INDEX tokens_expires ON tokens (expires);

-- Threads that were opened to go on with an answer.
CREATE TABLE threads (
	channel TEXT    PRIMARY KEY,
	answer  INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX threads_answer ON threads (answer);

CREATE TABLE feedback (
	answer INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE,
	person TEXT    NOT NULL,
	good   INTEGER NOT NULL,
	reason TEXT    NOT NULL,
	at     INTEGER NOT NULL,
	PRIMARY KEY (answer, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_person ON feedback (person);

-- What came in and was taken up.
CREATE TABLE seen (
	id TEXT    PRIMARY KEY,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_at ON seen (at);

CREATE TABLE settings (
	guild   TEXT PRIMARY KEY,
	options TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
	n      INTEGER PRIMARY KEY,
	guild  TEXT    NOT NULL,
	at     INTEGER NOT NULL,
	person TEXT    NOT NULL,
	what   TEXT    NOT NULL,
	before TEXT    NOT NULL,
	after  TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_guild ON audit (guild, n);
CREATE INDEX audit_person ON audit (person);

-- What somebody has been told once.
CREATE TABLE complaints (
	guild   TEXT    NOT NULL,
	kind    TEXT    NOT NULL,
	subject TEXT    NOT NULL,
	at      INTEGER NOT NULL,
	PRIMARY KEY (guild, kind, subject)
) STRICT, WITHOUT ROWID;

-- A question that a model answers, from when it is let in until it is paid
-- for. Days are dates in UTC.
CREATE TABLE tickets (
	id      TEXT    PRIMARY KEY,
	state   TEXT    NOT NULL, -- held, charged or released
	person  TEXT    NOT NULL,
	guild   TEXT    NOT NULL,
	channel TEXT    NOT NULL,
	day     TEXT    NOT NULL,
	tokens  INTEGER NOT NULL, -- held
	expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tickets_held ON tickets (day) WHERE state = 'held';
CREATE INDEX tickets_expires ON tickets (expires);
CREATE INDEX tickets_person ON tickets (person);

-- What was spent by one person, member, channel, guild or all in one day.
CREATE TABLE spent (
	scope     TEXT    NOT NULL,
	id        TEXT    NOT NULL,
	day       TEXT    NOT NULL,
	questions INTEGER NOT NULL,
	tokens_in INTEGER NOT NULL,
	tokens_out INTEGER NOT NULL,
	money     INTEGER NOT NULL, -- millionths, by the prices of the day
	brief     INTEGER NOT NULL DEFAULT 0, -- to be forgotten when the day is over
	PRIMARY KEY (scope, id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_day ON spent (day);

-- What is announced where, and how often.
CREATE TABLE follows (
	n          INTEGER PRIMARY KEY,
	id         TEXT    NOT NULL UNIQUE,
	guild      TEXT    NOT NULL,
	channel    TEXT    NOT NULL,
	parent     TEXT    NOT NULL,
	private    TEXT    NOT NULL,
	member     INTEGER NOT NULL,
	collection TEXT    NOT NULL, -- empty: all that the place may read
	feed       TEXT    NOT NULL,
	topic      TEXT    NOT NULL,
	every      TEXT    NOT NULL,
	hour       INTEGER NOT NULL,
	weekday    INTEGER NOT NULL,
	zone       TEXT    NOT NULL,
	forum      INTEGER NOT NULL,
	tags       TEXT    NOT NULL, -- JSON
	person     TEXT    NOT NULL, -- who set it up
	created    INTEGER NOT NULL,
	stopped    TEXT    NOT NULL, -- why nothing is announced; empty where it is
	digested   INTEGER           -- when the last digest was due
) STRICT;
CREATE INDEX follows_guild ON follows (guild);
CREATE INDEX follows_channel ON follows (channel);
CREATE INDEX follows_private ON follows (private) WHERE private <> '';

-- What is to be posted, and was.
CREATE TABLE jobs (
	n         INTEGER PRIMARY KEY,
	id        TEXT    NOT NULL UNIQUE,
	follow    INTEGER NOT NULL REFERENCES follows ON DELETE CASCADE,
	channel   TEXT    NOT NULL,
	kind      TEXT    NOT NULL,
	state     TEXT    NOT NULL,           -- gathering, queued, sending, sent or dropped
	open      INTEGER NOT NULL DEFAULT 0, -- queued or sending: it holds its channel's place
	turn      INTEGER,                    -- its place, given when it is queued
	due       INTEGER NOT NULL,           -- not before
	key       TEXT    NOT NULL,           -- the day or week of a digest
	target    INTEGER REFERENCES jobs ON DELETE CASCADE, -- whose message an edit changes
	nonce     TEXT    NOT NULL,
	claimed   INTEGER,
	uncertain INTEGER NOT NULL DEFAULT 0, -- it may have been posted
	tries     INTEGER NOT NULL DEFAULT 0,
	message   TEXT    NOT NULL DEFAULT '',
	posted_in TEXT    NOT NULL DEFAULT '', -- the channel of the message, such as a forum's new thread
	ended     INTEGER
) STRICT;
CREATE INDEX jobs_open ON jobs (channel, turn) WHERE open = 1;
CREATE INDEX jobs_turn ON jobs (turn);
CREATE INDEX jobs_follow_open ON jobs (follow) WHERE open = 1;
CREATE INDEX jobs_gathering ON jobs (due) WHERE state = 'gathering';
CREATE INDEX jobs_sending ON jobs (claimed) WHERE state = 'sending';
CREATE UNIQUE INDEX jobs_key ON jobs (follow, key) WHERE key <> '';
CREATE INDEX jobs_target ON jobs (target) WHERE target IS NOT NULL;
CREATE INDEX jobs_ended ON jobs (ended) WHERE ended IS NOT NULL;

-- Which article a follow has announced, or will, in which job: once.
CREATE TABLE told (
	n       INTEGER PRIMARY KEY, -- in the order in which they came
	follow  INTEGER NOT NULL REFERENCES follows ON DELETE CASCADE,
	article TEXT    NOT NULL,
	job     INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
	UNIQUE (follow, article)
) STRICT;
CREATE INDEX told_job ON told (job, n);
CREATE INDEX told_article ON told (article);

-- Articles that may yet turn out to have come from the feed of a follow.
CREATE TABLE doubtful (
	n       INTEGER PRIMARY KEY, -- in the order in which they came
	follow  INTEGER NOT NULL REFERENCES follows ON DELETE CASCADE,
	article TEXT    NOT NULL,
	until   INTEGER NOT NULL,
	UNIQUE (follow, article)
) STRICT;
