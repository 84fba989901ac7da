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
	PRIMARY KEY (scope, id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_day ON spent (day);
