package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"pilcrow/corpus/sqlite"
)

// Settings are what a guild decided. The zero value is what holds where it
// decided nothing. Roles and channels that no longer exist may stand in them:
// such a role is nobody's, such a channel is never a place. Nothing here can
// hold a key or an address.
type Settings struct {
	// Collections that are read in the guild: its own, parts of it, public
	// ones. Empty means its own and all public ones.
	Collections []string `json:"collections,omitempty"`
	// Channels with rules of their own, by id. A thread follows its parent's
	// rule unless it has one; in a silent channel all threads are silent.
	Channels map[string]Channel `json:"channels,omitempty"`

	// Who may ask; empty means everybody. Who may add may ask, and who may
	// manage may do all.
	AskRoles []string `json:"ask_roles,omitempty"`
	// Who may add and remove articles and feeds, besides those who manage.
	AddRoles []string `json:"add_roles,omitempty"`
	// Who may manage, besides those who have Manage Server.
	ManageRoles []string `json:"manage_roles,omitempty"`

	// Limits of the guild's own, within the operator's.
	Limits GuildLimits `json:"limits,omitzero"`

	// Languages that answers are given in, as BCP 47 base tags; one in another
	// is given in the first. Empty means the asker's, whatever it is.
	Languages []string `json:"languages,omitempty"`
	// Zone is the guild's own time, an IANA name; empty means UTC.
	Zone string `json:"zone,omitempty"`

	// SendWords says that "Find sources" may send another person's words to
	// the language model. Without it they are compared on this machine alone.
	SendWords bool `json:"send_words,omitempty"`
	// Forums are the forum channels whose posts are answered unasked.
	Forums []string `json:"forums,omitempty"`
	// NoAnnouncements holds back what is announced in the guild, and what comes
	// meanwhile is not announced later.
	NoAnnouncements bool `json:"no_announcements,omitempty"`
	// KeepDays is how long questions, answers and feedback of the guild are
	// kept; 0 means as the operator decided.
	KeepDays int `json:"keep_days,omitempty"`
}

// Channel is a rule for one channel.
type Channel struct {
	Read   []string `json:"read,omitempty"`   // the only collections read there; empty means the guild's
	Silent bool     `json:"silent,omitempty"` // nothing is shown there to everybody
}

// What bounds one guild's settings.
const (
	maxListed   = 100
	maxChannels = 500 // as many as Discord lets a guild have
	maxKeepDays = 3650
	maxLimit    = 1_000_000_000
)

// silent reports whether nothing may be shown at p to everybody.
func (s *Settings) silent(p Place) bool {
	return s.Channels[p.Channel].Silent || p.Parent != "" && s.Channels[p.Parent].Silent
}

// reads returns the collections that are wished for at p.
func (s *Settings) reads(p Place, guild string, public []string) []string {
	for _, id := range []string{p.Channel, p.Parent} {
		if c := s.Channels[id]; id != "" && len(c.Read) > 0 {
			return unique(c.Read)
		}
	}
	if len(s.Collections) > 0 {
		return unique(s.Collections)
	}
	return append([]string{GuildCollection(guild)}, public...)
}

// Choices returns what a guild may choose to read: its own collection, those of
// the collections held that are part of it, and the public ones.
func (l *Ledger) Choices(guild string, held []string) []string {
	own := GuildCollection(guild)
	list := []string{own}
	for _, name := range held {
		if owns(guild, name) && name != own+links { // which holds what was asked about once
			list = append(list, name)
		}
	}
	return unique(append(list, l.public...))
}

// Settings returns what the guild decided.
func (l *Ledger) Settings(ctx context.Context, guild string) (s Settings, err error) {
	defer sqlite.Wrap(&err, "read settings of guild %.60q", guild)
	return readSettings(ctx, l.db.Reader, guild)
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func readSettings(ctx context.Context, q querier, guild string) (s Settings, err error) {
	var options []byte
	err = q.QueryRowContext(ctx, "SELECT options FROM settings WHERE guild = ?", guild).Scan(&options)
	if errors.Is(err, sql.ErrNoRows) {
		return Settings{}, nil
	}
	if err != nil {
		return Settings{}, err
	}
	return s, json.Unmarshal(options, &s)
}

// Change lets change alter a guild's settings, checks them, and keeps them
// with one line in the audit log for each that differs, in one transaction. It
// returns the settings that then hold. An error of change's, or about what it
// set, keeps the old ones; the latter names the setting.
//
// Who may do so is the caller's to check, with Rights.
func (l *Ledger) Change(ctx context.Context, guild, person string, change func(*Settings) error) (s Settings, err error) {
	defer sqlite.Wrap(&err, "change settings of guild %.60q", guild)
	if !isID(guild) {
		return Settings{}, errors.New("no such guild")
	}
	err = l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		old, err := readSettings(ctx, tx, guild)
		if err != nil {
			return err
		}
		if s, err = readSettings(ctx, tx, guild); err != nil { // shares no memory with old
			return err
		}
		if err := change(&s); err != nil {
			return err
		}
		if err := s.tidy(guild, l.public); err != nil {
			return err
		}
		return putSettings(ctx, tx, guild, person, l.now(), old, s)
	})
	if err != nil {
		return Settings{}, err
	}
	return s, nil
}

func putSettings(ctx context.Context, tx *sql.Tx, guild, person string, now time.Time, old, s Settings) error {
	before, err := fields(old)
	if err != nil {
		return err
	}
	after, err := fields(s)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(keys(before, after)) {
		from, to := string(before[name]), string(after[name])
		if from == to {
			continue
		}
		if err := note(ctx, tx, Entry{Guild: guild, At: now, Person: person, What: name, Before: from, After: to}); err != nil {
			return err
		}
	}
	options, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO settings (guild, options) VALUES (?, ?)", guild, string(options))
	return err
}

// tidy puts lists into one form and returns an error where s asks for
// something that cannot be.
func (s *Settings) tidy(guild string, public []string) error {
	for _, list := range []struct {
		name string
		of   *[]string
	}{
		{"ask_roles", &s.AskRoles}, {"add_roles", &s.AddRoles}, {"manage_roles", &s.ManageRoles}, {"forums", &s.Forums},
	} {
		*list.of = unique(*list.of)
		slices.Sort(*list.of)
		if len(*list.of) > maxListed {
			return fmt.Errorf("%s: %d, at most %d", list.name, len(*list.of), maxListed)
		}
		for _, id := range *list.of {
			if !isID(id) {
				return fmt.Errorf("%s: %.60q is no id", list.name, id)
			}
		}
	}
	if err := readable("collections", &s.Collections, guild, public); err != nil {
		return err
	}
	if len(s.Channels) > maxChannels {
		return fmt.Errorf("channels: %d, at most %d", len(s.Channels), maxChannels)
	}
	for id, c := range s.Channels {
		if !isID(id) {
			return fmt.Errorf("channels: %.60q is no id", id)
		}
		if err := readable("channels", &c.Read, guild, public); err != nil {
			return err
		}
		if len(c.Read) == 0 && !c.Silent {
			delete(s.Channels, id)
			continue
		}
		s.Channels[id] = c
	}
	s.Languages = unique(s.Languages)
	for _, tag := range s.Languages {
		if !isLanguage(tag) {
			return fmt.Errorf("languages: %.20q is no language tag such as en or zh", tag)
		}
	}
	if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "Local" {
		return fmt.Errorf("zone: %.60q is no time zone such as Europe/Lisbon", s.Zone)
	}
	for _, n := range []int{
		s.Limits.Member.Questions, s.Limits.Member.Tokens, s.Limits.Channel.Questions,
		s.Limits.Channel.Tokens, s.Limits.Guild.Questions, s.Limits.Guild.Tokens,
	} {
		if n < 0 || n > maxLimit {
			return fmt.Errorf("limits: %d, must be 0 to %d", n, maxLimit)
		}
	}
	if s.KeepDays < 0 || s.KeepDays > maxKeepDays {
		return fmt.Errorf("keep_days: %d, must be 0 to %d", s.KeepDays, maxKeepDays)
	}
	return nil
}

// readable tidies a list of collections that a guild wishes to read.
func readable(name string, list *[]string, guild string, public []string) error {
	*list = unique(*list)
	slices.Sort(*list)
	if len(*list) > maxListed {
		return fmt.Errorf("%s: %d collections, at most %d", name, len(*list), maxListed)
	}
	for _, c := range *list {
		if !owns(guild, c) && !slices.Contains(public, c) {
			return fmt.Errorf("%s: %.60q is neither public nor this guild's", name, c)
		}
	}
	return nil
}

// isLanguage reports whether s is a base tag of two or three letters.
func isLanguage(s string) bool {
	if len(s) < 2 || len(s) > 3 {
		return false
	}
	for _, c := range []byte(s) {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}
