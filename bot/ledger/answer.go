package ledger

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"pilcrow/corpus/sqlite"
)

// TokenLife is how long an interaction's token can be used, and so how long it
// is kept (Discord's documentation, "Receiving and Responding").
const TokenLife = 15 * time.Minute

// Status says how far an answer got.
type Status string

const (
	Pending Status = "pending" // being written; after a restart it was cut
	Done    Status = "done"    // complete, also where it is a refusal
	Cut     Status = "cut"     // ended by a restart or an error; what was shown stands
	Stopped Status = "stopped" // ended by its asker
)

// Answer is what is kept of one question and what was said to it: enough for
// its buttons to work for as long as it is kept, across restarts.
type Answer struct {
	// ID is made by Begin: 13 lower-case letters and digits that nobody can
	// guess, to be put in a custom_id. It gives no rights by itself: ask Rights
	// for the place where what a click shows will be seen.
	ID       string `json:"id"`
	Status   Status `json:"status"`
	Kind     string `json:"kind"` // the command: "ask", "summarise", "digest", "cite", …
	Place    Place  `json:"place"`
	Asker    string `json:"asker"`
	Author   string `json:"author,omitempty"` // the person whose words Question is, where not the asker's: a message that sources are sought for
	Question string `json:"question"`
	Lang     string `json:"lang,omitempty"` // BCP 47, of the asker
	Mode     string `json:"mode,omitempty"` // "model" or "extractive", once known
	// Nonce goes with the first message that shows the answer, so that sending
	// it again makes no second one: 25 characters, the most that Discord takes.
	Nonce    string    `json:"-"`
	Messages []string  `json:"messages,omitempty"` // the ids of the messages that show it, in order
	Body     Body      `json:"body"`
	Began    time.Time `json:"began"`
	Ended    time.Time `json:"ended,omitzero"` // zero while pending

	// Token edits the reply to an interaction. It is empty where there was
	// none and once TokenLife has passed.
	Token string `json:"-"`
}

// Body is what was said. Nothing but a Sentence says anything about the world.
type Body struct {
	Sentences []Sentence `json:"sentences,omitempty"`
	Citations []Citation `json:"citations,omitempty"`
	Refused   string     `json:"refused,omitempty"`  // why nothing was said
	Evidence  []Citation `json:"evidence,omitempty"` // what it was made from, or came nearest, cited or not
	Notices   []string   `json:"notices,omitempty"`
}

// Sentence is one sentence with the numbers of its citations.
type Sentence struct {
	Text      string `json:"text"`
	Citations []int  `json:"citations"`
}

// Citation is an address in the corpus: the bytes [Start, End) of a paragraph
// of a revision of an article.
type Citation struct {
	N         int    `json:"n,omitempty"`
	Article   string `json:"article"`
	Revision  int    `json:"revision"`
	Paragraph int    `json:"paragraph"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Hash      string `json:"hash,omitempty"` // of the paragraph, as corpus.Hash makes it
	Quote     string `json:"quote,omitempty"`
}

// What bounds what is kept of one answer, in bytes of text. A question longer
// than Discord's longest message is cut there.
const (
	maxQuestion = 16 << 10
	maxBody     = 1 << 20
)

// Begin keeps a new answer as pending, before anything of it is shown, and
// returns it with its ID, Nonce and time. a's own ID, Status, Nonce, Messages
// and times are not looked at.
func (l *Ledger) Begin(ctx context.Context, a Answer) (_ Answer, err error) {
	defer sqlite.Wrap(&err, "begin an answer")
	a.ID, a.Nonce, a.Status = newID(), rand.Text()[:25], Pending
	a.Began, a.Ended, a.Messages = l.now().UTC().Truncate(time.Millisecond), time.Time{}, nil
	if len(a.Question) > maxQuestion {
		a.Question = strings.ToValidUTF8(a.Question[:maxQuestion], "")
	}
	body, err := a.Body.encode()
	if err != nil {
		return Answer{}, err
	}
	err = l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var n int64
		p := a.Place
		err := tx.QueryRowContext(ctx, `
			INSERT INTO answers (id, status, kind, guild, channel, parent, private, member, asker, author, question, lang, mode, nonce, body, began)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n`,
			a.ID, a.Status, a.Kind, p.Guild, p.Channel, p.Parent, p.Private, p.Member,
			a.Asker, a.Author, a.Question, a.Lang, a.Mode, a.Nonce, body, sqlite.Milli(a.Began)).Scan(&n)
		if err != nil || a.Token == "" {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO tokens (answer, token, expires) VALUES (?, ?, ?)",
			n, a.Token, sqlite.Milli(a.Began.Add(TokenLife)))
		return err
	})
	if err != nil {
		return Answer{}, err
	}
	return a, nil
}

// Posted notes the next message that shows the answer id. Noting it again does
// nothing.
func (l *Ledger) Posted(ctx context.Context, id, message string) (err error) {
	defer sqlite.Wrap(&err, "note a message of answer %.60q", id)
	return l.change(ctx, id, `
		INSERT OR IGNORE INTO messages (answer, n, message)
		SELECT ?1, (SELECT coalesce(max(n), 0) + 1 FROM messages WHERE answer = ?1), ?2`, message)
}

// Shows notes that a message shows the answer id from now on, whatever it showed
// before.
func (l *Ledger) Shows(ctx context.Context, id, message string) (err error) {
	defer sqlite.Wrap(&err, "note a message of answer %.60q", id)
	return l.change(ctx, id, `
		INSERT INTO messages (answer, n, message)
		SELECT ?1, (SELECT coalesce(max(n), 0) + 1 FROM messages WHERE answer = ?1), ?2 WHERE true
		ON CONFLICT (message) DO UPDATE SET answer = excluded.answer, n = excluded.n`, message)
}

// Progress keeps what the answer id says so far, so that it is known should it
// be cut.
func (l *Ledger) Progress(ctx context.Context, id string, b Body) (err error) {
	defer sqlite.Wrap(&err, "keep answer %.60q", id)
	body, err := b.encode()
	if err != nil {
		return err
	}
	return l.change(ctx, id, "UPDATE answers SET body = ?2 WHERE n = ?1 AND status = 'pending'", body)
}

// Finish ends the answer id with a status other than Pending. The first to end
// it has the word: for an answer that has ended it returns ErrEnded and changes
// nothing, so that of a Stop and a last sentence only one is shown.
func (l *Ledger) Finish(ctx context.Context, id string, s Status, mode string, b Body) (err error) {
	defer sqlite.Wrap(&err, "finish answer %.60q", id)
	body, err := b.encode()
	if err != nil {
		return err
	}
	return l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n, err := answerRow(ctx, tx, id)
		if err != nil {
			return err
		}
		r, err := tx.ExecContext(ctx, "UPDATE answers SET status = ?2, mode = ?3, body = ?4, ended = ?5 WHERE n = ?1 AND status = 'pending'",
			n, s, mode, body, sqlite.Milli(l.now()))
		if err != nil {
			return err
		}
		if changed, err := r.RowsAffected(); err != nil || changed == 0 {
			return cmp.Or(err, ErrEnded)
		}
		return nil
	})
}

// ErrEnded says that an answer has ended already.
var ErrEnded = errors.New("answer has ended")

// Answer returns what is kept under id, or ErrNotFound.
func (l *Ledger) Answer(ctx context.Context, id string) (_ Answer, err error) {
	defer sqlite.Wrap(&err, "answer %.60q", id)
	return l.oneAnswer(ctx, "a.id = ?2", id)
}

// AnswerOf returns the answer that a message shows, for a reply to it, or
// ErrNotFound.
func (l *Ledger) AnswerOf(ctx context.Context, message string) (_ Answer, err error) {
	defer sqlite.Wrap(&err, "answer of message %.60q", message)
	return l.oneAnswer(ctx, "a.n = (SELECT answer FROM messages WHERE message = ?2)", message)
}

// Unfinished returns the answers that were being written when the program
// ended, oldest first. It is for the start, before any new one is begun: tell
// those who asked, through the message or the token where there is one, and
// Finish each as Cut.
func (l *Ledger) Unfinished(ctx context.Context) (_ []Answer, err error) {
	defer sqlite.Wrap(&err, "list unfinished answers")
	return l.answers(ctx, "a.status = 'pending' ORDER BY a.n")
}

// Recent returns the last answers that ended in a channel, newest first, such
// as those of a thread that is to be gone on with.
func (l *Ledger) Recent(ctx context.Context, channel string, limit int) (_ []Answer, err error) {
	defer sqlite.Wrap(&err, "recent answers in channel %.60q", channel)
	return l.answers(ctx, "a.channel = ?2 AND a.status <> 'pending' ORDER BY a.n DESC LIMIT ?3", channel, limit)
}

// Delete forgets the answer id, with its messages and feedback. Who may do so
// is the caller's to check: its asker, or who may Manage. Deleting what is not
// there does nothing.
func (l *Ledger) Delete(ctx context.Context, id string) (err error) {
	defer sqlite.Wrap(&err, "delete answer %.60q", id)
	return l.exec(ctx, "DELETE FROM answers WHERE id = ?", id)
}

// Opened notes that the bot opened a thread to go on with the answer id.
func (l *Ledger) Opened(ctx context.Context, id, thread string) (err error) {
	defer sqlite.Wrap(&err, "note a thread of answer %.60q", id)
	return l.change(ctx, id, "INSERT OR REPLACE INTO threads (answer, channel) VALUES (?1, ?2)", thread)
}

// Thread returns the answer that a thread was opened to go on with, or
// ErrNotFound where the bot opened no such thread.
func (l *Ledger) Thread(ctx context.Context, thread string) (_ Answer, err error) {
	defer sqlite.Wrap(&err, "answer of thread %.60q", thread)
	return l.oneAnswer(ctx, "a.n = (SELECT answer FROM threads WHERE channel = ?2)", thread)
}

func (b Body) encode() (string, error) {
	j, err := json.Marshal(b)
	if err != nil {
		return "", err
	}
	if len(j) > maxBody {
		return "", fmt.Errorf("answer of %d bytes, at most %d", len(j), maxBody)
	}
	return string(j), nil
}

func (l *Ledger) oneAnswer(ctx context.Context, where string, args ...any) (Answer, error) {
	list, err := l.answers(ctx, where, args...)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Answer{}, err
	}
	return list[0], nil
}

// answers reads what where chooses, whose ?1 is the time, after which no token
// is given out any more.
func (l *Ledger) answers(ctx context.Context, where string, args ...any) ([]Answer, error) {
	rows, err := l.db.Reader.QueryContext(ctx, `
		SELECT a.id, a.status, a.kind, a.guild, a.channel, a.parent, a.private, a.member, a.asker, a.author, a.question, a.lang, a.mode, a.nonce, a.body, a.began, a.ended,
			(SELECT json_group_array(message ORDER BY n) FROM messages WHERE answer = a.n),
			coalesce((SELECT token FROM tokens WHERE answer = a.n AND expires > ?1), '')
		FROM answers a WHERE `+where, append([]any{l.now().UnixMilli()}, args...)...)
	if err != nil {
		return nil, err
	}
	return sqlite.Collect(rows, func(a *Answer) []any {
		p := &a.Place
		return []any{
			&a.ID, &a.Status, &a.Kind, &p.Guild, &p.Channel, &p.Parent, &p.Private, &p.Member, &a.Asker, &a.Author, &a.Question, &a.Lang, &a.Mode, &a.Nonce,
			fromJSON{&a.Body}, sqlite.At(&a.Began), sqlite.At(&a.Ended), fromJSON{&a.Messages}, &a.Token,
		}
	})
}

// change runs a statement about the answer id, whose row is ?1.
func (l *Ledger) change(ctx context.Context, id, query string, args ...any) error {
	return l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n, err := answerRow(ctx, tx, id)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, query, append([]any{n}, args...)...)
		return err
	})
}

// exec runs one statement in a transaction of its own.
func (l *Ledger) exec(ctx context.Context, query string, args ...any) error {
	return l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
}

func answerRow(ctx context.Context, q querier, id string) (n int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT n FROM answers WHERE id = ?", id).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	return n, err
}

// fromJSON scans a column of JSON.
type fromJSON struct{ to any }

func (j fromJSON) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("a column of JSON holds %T", v)
	}
	return json.Unmarshal([]byte(s), j.to)
}
