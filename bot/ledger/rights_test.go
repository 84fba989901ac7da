package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pilcrow/bot/ledger"
)

// The town of Tollness: guild 1 is its newspaper's, guild 2 a rival's, which
// has the bot too. Channels of both: open, bound to the public collection
// alone, bound to the council's part of the guild's own, and silent.
const (
	open    = "100"
	public  = "101"
	council = "102"
	silent  = "103"
	thread  = "110"
)

var collections = []string{
	"main", "archive", // public
	"guild-1", "guild-1/council", "guild-1/links", "guild-2", "guild-2/council", "guild-10", "guild-1x",
	"person-10", "person-10/links", "person-11", "person-1", "vault", "",
}

// open returns a ledger in a file of its own.
func openLedger(t testing.TB, o ledger.Options) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "s.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// ruled returns settings with the channels of Tollness.
func ruled(guild string) func(*ledger.Settings) error {
	return func(s *ledger.Settings) error {
		s.Channels = map[string]ledger.Channel{
			public:  {Read: []string{"main"}},
			council: {Read: []string{ledger.GuildCollection(guild) + "/council"}},
			silent:  {Silent: true},
		}
		return nil
	}
}

// places yields every place of Tollness.
func places() iter.Seq[ledger.Place] {
	return func(yield func(ledger.Place) bool) {
		for _, guild := range []string{"", "1", "2", "1/council", "3"} {
			for _, member := range []bool{true, false} {
				for _, private := range []string{"", "10", "11"} {
					for _, channel := range []string{open, public, council, silent, ""} {
						for _, p := range []ledger.Place{
							{Guild: guild, Channel: channel, Private: private, Member: member},
							{Guild: guild, Channel: thread, Parent: channel, Private: private, Member: member},
						} {
							if !yield(p) {
								return
							}
						}
					}
				}
			}
		}
	}
}

// people yields persons with each role, with all, with none, with one that no
// setting names, and with Manage Server.
func people() iter.Seq[ledger.Who] {
	return func(yield func(ledger.Who) bool) {
		for _, roles := range [][]string{nil, {"asks"}, {"adds"}, {"manages"}, {"gone"}, {"asks", "adds", "manages", "gone"}} {
			for _, person := range []string{"10", "11"} {
				if !yield(ledger.Who{Person: person, Roles: roles}) {
					return
				}
			}
		}
		for _, w := range []ledger.Who{{Person: "10", Manager: true}, {Person: "11", Manager: true, Roles: []string{"gone"}}, {}, {Manager: true}} {
			if !yield(w) {
				return
			}
		}
	}
}

// rules are the settings that both guilds pass through, one after another.
var rules = []struct {
	name  string
	roles func(*ledger.Settings)
}{
	{"as it comes", func(*ledger.Settings) {}},
	{"roles", func(s *ledger.Settings) {
		s.AskRoles, s.AddRoles, s.ManageRoles = []string{"asks"}, []string{"adds"}, []string{"manages"}
	}},
	{"roles swapped", func(s *ledger.Settings) {
		s.AskRoles, s.AddRoles, s.ManageRoles = []string{"manages"}, []string{"asks"}, []string{"adds"}
	}},
	{"a role that was deleted", func(s *ledger.Settings) {
		s.AskRoles, s.AddRoles, s.ManageRoles = []string{"999"}, nil, nil
	}},
	{"own articles only", func(s *ledger.Settings) { s.Collections, s.AskRoles = s.Channels[council].Read, nil }},
}

// seenBy says, in other words than the package's, who may see what a private
// collection holds: its guild's members where they may ask, and one person.
func seenBy(collection string, p ledger.Place, w ledger.Who, mayAsk bool) bool {
	owner, _, _ := strings.Cut(collection, "/")
	kind, id, _ := strings.Cut(owner, "-")
	switch {
	case w.Person == "" || p.Private != "" && p.Private != w.Person:
		return false
	case collection == "main" || collection == "archive":
		return true
	case kind == "person":
		return id == w.Person && p.Private == id
	case kind != "guild" || id != p.Guild || !p.Member || !mayAsk:
		return false
	}
	channel := p.Channel
	if p.Parent != "" {
		channel = p.Parent
	}
	switch {
	case channel == silent && p.Private == "":
		return false
	case strings.HasSuffix(collection, "/links"):
		return true // each article there was shown in the guild by its link
	case channel == public:
		return false
	case channel == council:
		return collection == owner+"/council"
	}
	return true
}

// TestLeaks asks for the rights at every place, for everybody with every set
// of roles, while the settings change, and finds no private collection read
// where it may not be: not by a question, not by a citation, not by a share.
func TestLeaks(t *testing.T) {
	ctx := t.Context()
	l := openLedger(t, ledger.Options{Public: []string{"main", "archive"}})
	pairs := 0
	for _, rule := range rules {
		for _, guild := range []string{"1", "2"} {
			if _, err := l.Change(ctx, guild, "10", func(s *ledger.Settings) error {
				*s = ledger.Settings{}
				ruled(guild)(s)
				rule.roles(s)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		s, err := l.Settings(ctx, "1")
		if err != nil {
			t.Fatal(err)
		}
		for p := range places() {
			for w := range people() {
				r, err := l.Rights(ctx, p, w)
				if err != nil {
					t.Fatal(err)
				}
				pairs += checkRights(t, rule.name, p, w, s, r)
				if t.Failed() {
					return
				}
			}
		}
	}
	t.Logf("%d combinations of place, person, collection and action", pairs)
}

func checkRights(t *testing.T, rule string, p ledger.Place, w ledger.Who, s ledger.Settings, r ledger.Rights) (pairs int) {
	t.Helper()
	in := func(roles []string) bool {
		return slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(w.Roles, r) })
	}
	guild := p.Member && slices.Contains([]string{"1", "2", "3"}, p.Guild)
	if p.Guild == "3" {
		s = ledger.Settings{} // decided nothing
	}
	manages := w.Manager || in(s.ManageRoles)
	adds := manages || in(s.AddRoles)
	asks := adds || len(s.AskRoles) == 0 || in(s.AskRoles)
	at := fmt.Sprintf("%s: %+v %+v", rule, p, w)
	for _, c := range collections {
		pairs += 4
		may := seenBy(c, p, w, asks)
		if slices.Contains(r.Read, c) && (!may || strings.HasSuffix(c, "/links")) {
			t.Errorf("%s: a question reads %q", at, c)
		}
		if r.May([]string{c}) && !may {
			t.Errorf("%s: a citation of %q is shown", at, c)
		}
		body := ledger.Body{
			Sentences: []ledger.Sentence{{Text: "The harbour reopens.", Citations: []int{1}}},
			Citations: []ledger.Citation{{N: 1, Article: "a", Paragraph: 1}},
		}
		_, _, err := r.Share(body, func(string) ([]string, error) { return []string{c}, nil })
		if err == nil && !may {
			t.Errorf("%s: a sentence from %q is shared", at, c)
		}
		if r.Own == c && c != "" && (strings.Contains(c, "/") || c == ledger.GuildCollection(p.Guild) && !(guild && adds) || c != ledger.GuildCollection(p.Guild) && (guild || c != ledger.PersonCollection(p.Private))) {
			t.Errorf("%s: articles are added to %q", at, c)
		}
	}
	if guild && r.Manage && !manages {
		t.Errorf("%s: manages", at)
	}
	return pairs
}

// TestShareWhole leaves out a sentence of which one citation may not be read,
// and refuses where nothing stays.
func TestShareWhole(t *testing.T) {
	in := map[string][]string{"a": {"main"}, "b": {"person-10"}, "c": {"person-10", "main"}, "gone": nil}
	of := func(article string) ([]string, error) { return in[article], nil }
	b := ledger.Body{
		Sentences: []ledger.Sentence{
			{Text: "From the paper.", Citations: []int{1}},
			{Text: "From both.", Citations: []int{1, 2}},
			{Text: "From my notes.", Citations: []int{2}},
			{Text: "From what both have.", Citations: []int{3}},
			{Text: "From what was withdrawn.", Citations: []int{4}},
			{Text: "From nowhere."},
		},
		Citations: []ledger.Citation{{N: 1, Article: "a"}, {N: 2, Article: "b"}, {N: 3, Article: "c"}, {N: 4, Article: "gone"}},
		Evidence:  []ledger.Citation{{Article: "b"}},
		Notices:   []string{"2 sentences left out"},
	}
	r := ledger.Rights{Ask: true, Read: []string{"main"}}
	got, left, err := r.Share(b, of)
	if err != nil || left != 4 || len(got.Sentences) != 2 || len(got.Citations) != 2 || got.Evidence != nil || got.Notices != nil {
		t.Errorf("shared %+v, %d left out, %v", got, left, err)
	}
	if _, _, err := (ledger.Rights{Ask: true, Read: []string{"archive"}}).Share(b, of); !errors.Is(err, ledger.ErrNothingToShare) {
		t.Errorf("share with nothing to read: %v", err)
	}
	if _, _, err := (ledger.Rights{Ask: true, Read: []string{"main"}, Silent: true}).Share(b, of); !errors.Is(err, ledger.ErrNothingToShare) {
		t.Errorf("share where the bot is silent: %v", err)
	}
	broken := errors.New("disk")
	if _, _, err := r.Share(b, func(string) ([]string, error) { return nil, broken }); err != broken {
		t.Errorf("share without the store: %v", err)
	}
}

// TestRights says in a table what is read where.
func TestRights(t *testing.T) {
	ctx := t.Context()
	l := openLedger(t, ledger.Options{Public: []string{"main", "archive"}})
	if _, err := l.Change(ctx, "1", "10", ruled("1")); err != nil {
		t.Fatal(err)
	}
	guild := func(channel, parent, private string) ledger.Place {
		return ledger.Place{Guild: "1", Channel: channel, Parent: parent, Private: private, Member: true}
	}
	for _, tt := range []struct {
		name  string
		place ledger.Place
		read  string
		own   string
	}{
		{"a channel", guild(open, "", ""), "archive guild-1 main", ""},
		{"a private reply there", guild(open, "", "10"), "archive guild-1 main person-10", ""},
		{"a channel for the public articles", guild(public, "", ""), "main", ""},
		{"a thread of it", guild(thread, public, ""), "main", ""},
		{"the council's", guild(council, "", ""), "guild-1/council", ""},
		{"a silent one", guild(silent, "", ""), "", ""},
		{"a private reply in a silent one", guild(silent, "", "10"), "archive guild-1 main person-10", ""},
		{"a thread of a silent one", guild(thread, silent, ""), "", ""},
		{"another's private reply", guild(open, "", "11"), "", ""},
		{"a direct message", ledger.Place{Channel: "7", Private: "10"}, "archive main person-10", "person-10"},
		{"a group message", ledger.Place{Channel: "8"}, "archive main", ""},
		{"brought along to a guild", ledger.Place{Guild: "1", Channel: open, Private: "10"}, "archive main person-10", "person-10"},
		{"brought along, shown to all", ledger.Place{Guild: "1", Channel: open}, "archive main", ""},
	} {
		r, err := l.Rights(ctx, tt.place, ledger.Who{Person: "10"})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(r.Read, " "); got != tt.read || r.Own != tt.own {
			t.Errorf("%s: reads %q, adds to %q; want %q, %q", tt.name, got, r.Own, tt.read, tt.own)
		}
	}
}

// TestPublicNoMore stops reading a collection that the operator took back,
// though the settings still name it.
func TestPublicNoMore(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "s.db")
	for _, public := range [][]string{{"main", "archive"}, {"main"}} {
		l, err := ledger.Open(ctx, path, ledger.Options{Public: public})
		if err != nil {
			t.Fatal(err)
		}
		if len(public) == 2 {
			_, err = l.Change(ctx, "1", "10", func(s *ledger.Settings) error {
				s.Collections = []string{"archive", "guild-1"}
				return nil
			})
		}
		r, err2 := l.Rights(ctx, ledger.Place{Guild: "1", Channel: open, Member: true}, ledger.Who{Person: "10"})
		if err := errors.Join(err, err2, l.Close()); err != nil {
			t.Fatal(err)
		}
		if want := len(public) == 2; slices.Contains(r.Read, "archive") != want {
			t.Errorf("public %v: reads %v", public, r.Read)
		}
	}
	if _, err := ledger.Open(ctx, path, ledger.Options{Public: []string{"main", "guild-2"}}); err == nil {
		t.Error("a guild's collection was made public")
	}
}

func TestChangeRefuses(t *testing.T) {
	l := openLedger(t, ledger.Options{Public: []string{"main"}})
	for name, change := range map[string]func(*ledger.Settings){
		"another guild's collection": func(s *ledger.Settings) { s.Collections = []string{"guild-2"} },
		"a longer guild's":           func(s *ledger.Settings) { s.Collections = []string{"guild-10"} },
		"a person's, for a channel": func(s *ledger.Settings) {
			s.Channels = map[string]ledger.Channel{open: {Read: []string{"person-10"}}}
		},
		"a role that is none": func(s *ledger.Settings) { s.AskRoles = []string{"@everyone"} },
		"a channel address":   func(s *ledger.Settings) { s.Forums = []string{"https://api.example/v1"} },
		"a language":          func(s *ledger.Settings) { s.Languages = []string{"klingon"} },
		"a zone":              func(s *ledger.Settings) { s.Zone = "Tollness" },
		"this machine's zone": func(s *ledger.Settings) { s.Zone = "Local" },
		"a retention":         func(s *ledger.Settings) { s.KeepDays = -1 },
	} {
		_, err := l.Change(t.Context(), "1", "10", func(s *ledger.Settings) error { change(s); return nil })
		if err == nil {
			t.Errorf("%s was accepted", name)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: not one line: %v", name, err)
		}
	}
	log, err := l.Log(t.Context(), "1", 0, 10)
	if err != nil || len(log) != 0 {
		t.Errorf("the audit log of what was refused: %v, %v", log, err)
	}
}

// TestAudit keeps a line for each setting that differs, and pages.
func TestAudit(t *testing.T) {
	ctx := t.Context()
	l := openLedger(t, ledger.Options{})
	set := func(person string, change func(*ledger.Settings)) {
		t.Helper()
		if _, err := l.Change(ctx, "1", person, func(s *ledger.Settings) error { change(s); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	set("10", func(s *ledger.Settings) { s.AskRoles, s.Zone = []string{"5", "4", "5"}, "Europe/Lisbon" })
	set("10", func(s *ledger.Settings) { s.AskRoles = []string{"4", "5"} }) // the same
	set("11", func(s *ledger.Settings) { s.AskRoles = nil })
	if err := l.Note(ctx, ledger.Entry{Guild: "1", Person: "11", What: "add", After: "Harbour wall"}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"11 add: → Harbour wall",
		`11 ask_roles: ["4","5"] → `,
		`10 zone: → "Europe/Lisbon"`,
		`10 ask_roles: → ["4","5"]`,
	}
	var got []string
	for before := int64(0); ; {
		page, err := l.Log(ctx, "1", before, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			got = append(got, fmt.Sprintf("%s %s: %s → %s", e.Person, e.What, e.Before, e.After))
			before = e.N
		}
	}
	for i := range want {
		want[i] = strings.Replace(want[i], ": →", ":  →", 1)
	}
	if !slices.Equal(got, want) {
		t.Errorf("log:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestChangeAtOnce loses none of two people's changes.
func TestChangeAtOnce(t *testing.T) {
	l := openLedger(t, ledger.Options{})
	done := make(chan error)
	for i := range 8 {
		go func() {
			_, err := l.Change(context.WithoutCancel(t.Context()), "1", "10", func(s *ledger.Settings) error {
				s.Channels = maps.Clone(s.Channels)
				if s.Channels == nil {
					s.Channels = map[string]ledger.Channel{}
				}
				s.Channels[fmt.Sprint(i)] = ledger.Channel{Silent: true}
				return nil
			})
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	s, err := l.Settings(t.Context(), "1")
	if err != nil || len(s.Channels) != 8 {
		t.Errorf("%d channels, %v", len(s.Channels), err)
	}
}
