package discord_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// TestLeaks does everything that can be done, everywhere, by everybody, and
// looks at every message that comes of it: no word of a collection stands where
// that may not be read. Each collection has one article that answers the same
// question and is known by a bird. Of all that can be done a part is, the
// same each time; with PILCROW_LOAD=full everything is:
//
//	PILCROW_LOAD=full go test ./bot/discord -run TestLeaks -timeout 30m
func TestLeaks(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute where everything is slower")
	}
	t.Parallel()
	w := newWarren(t)
	w.follow()
	w.news("as it was set up")
	w.round("as it was set up")

	// What is old stays there with its buttons; what comes after follows the
	// new rules.
	w.decide(func(s *ledger.Settings) {
		s.Channels = map[string]ledger.Channel{
			w.places["#harbour"].ID: {Read: []string{"main"}},
			w.places["#board"].ID:   {Read: []string{"main"}},
			w.places["#open"].ID:    {Silent: true},
		}
	})
	w.may["#harbour"], w.may["#board"], w.may["#open"] = []string{"plover"}, []string{"plover"}, nil
	w.silent = "#open"
	w.press("after channels were bound")
	w.retitle("after channels were bound")
	w.news("after channels were bound")
	w.round("after channels were bound")

	w.decide(func(s *ledger.Settings) { s.AskRoles = []string{w.readers.ID} })
	w.barred = []string{"bert"}
	w.press("after a role was needed")
	w.news("after a role was needed")
	w.round("after a role was needed")

	w.decide(func(s *ledger.Settings) { s.AskRoles, s.Channels = nil, nil })
	w.barred, w.silent = nil, ""
	w.may["#harbour"], w.may["#board"], w.may["#open"] = []string{"plover", "gannet"}, []string{"plover", "gannet"}, []string{"plover", "gannet"}
	w.press("after all was open again")

	if w.seen["plover"] == 0 || w.seen["gannet"] == 0 || w.seen["puffin"] == 0 || w.seen["curlew"] == 0 || w.seen["avocet"] == 0 || w.seen["dunlin"] == 0 || w.seen["fulmar"] == 0 {
		t.Errorf("nobody reads what they may, so the test shows nothing: %v", w.seen)
	}
}

// warren is a stage with two servers, and private articles of all kinds.
type warren struct {
	*stage
	readers  *discordtest.Role
	in       map[string]string   // the collections, by bird
	articles map[string]string   // by bird
	may      map[string][]string // what is read in a place, by all
	linked   map[string][]string // what else may be cited there, by who has its ID
	own      map[string]string   // a person's own
	at       map[*discordtest.Channel]string
	barred   []string // who may not ask in Tollness
	silent   string   // where nothing is shown to all
	stories  int      // that were announced
	first    string   // the ID of the article that told the first one first
	every    int      // one in so many of what can be done is done
	done     int
	opened   map[*discordtest.Message]bool
	checked  map[*discordtest.Message]string
	seen     map[string]int
}

const whenBell = "When does the chapel bell ring in the evening?"

// birds know the collections by their names in the test, and each says it in
// other words, or it would be one story.
var birds = []struct{ bird, text string }{
	{"plover", "The chapel bell at Plover Stairs rings at six in the evening, says the verger."},
	{"gannet", "In the evening the chapel bell of Gannet Row is to ring at seven, the harbour office decided."},
	{"puffin", "Puffin Lane hears its chapel bell ring at eight in the evening from Monday, minutes of the board say."},
	{"curlew", "At nine in the evening the Curlew chapel bell will ring, wrote the parish of Sandholm."},
	{"avocet", "My note: the evening chapel bell near Avocet House did ring at ten."},
	{"dunlin", "Somebody told me that the Dunlin chapel bell will ring at eleven in the evening."},
	{"fulmar", "Visitors to Fulmar Head may ring the chapel bell in the evening at half past five."},
}

func newWarren(t *testing.T) *warren {
	w := &warren{
		articles: map[string]string{}, at: map[*discordtest.Channel]string{},
		own:    map[string]string{"ada": "avocet", "bert": "dunlin"},
		opened: map[*discordtest.Message]bool{}, checked: map[*discordtest.Message]string{}, every: 29, seen: map[string]int{},
	}
	if os.Getenv("PILCROW_LOAD") == "full" {
		w.every = 1
	}
	w.stage = newStage(t, stageOptions{
		archive: new(txtar.Archive),
		stock:   func(s *stage) { w.stage = s; w.stock() },
		change: func(o *discord.Options) {
			o.Announcer = o.Ledger.Announcer(o.Store, func(context.Context, string, corpus.Article) (bool, error) { return true, nil })
			o.Content = true
		},
		server: discordtest.Options{Unlimited: true, Privileged: 1 << 15},
	})
	if w.every == 1 {
		w.Expect(10062) // so much at once that an acknowledgement may be late
	}
	w.decide(func(s *ledger.Settings) {
		s.Channels = map[string]ledger.Channel{
			w.places["#board"].ID: {Read: []string{ledger.GuildCollection(w.guild.ID) + "/board"}},
			w.places["#open"].ID:  {Read: []string{"main"}},
		}
	})
	w.start()
	return w
}

// stock builds the places and puts the articles into their collections.
func (w *warren) stock() {
	w.readers = w.guild.Role("reader", 0)
	w.guild.Join(w.people["ada"], w.readers)
	sandholm := w.Guild("Sandholm")
	for _, name := range []string{"ada", "bert"} {
		sandholm.Join(w.people[name])
	}
	sandholm.Join(w.people["mia"], sandholm.Role("moderator", discordtest.ManageGuild))
	delete(w.places, "#news")
	w.places["#board"], w.places["#open"] = w.guild.Channel("board"), w.guild.Channel("open")
	w.places["#quay"] = sandholm.Channel("quay")
	// To #brought people bring the bot along; at #foreign Discord names another
	// server as the one that installed it.
	w.places["#brought"], w.places["#foreign"] = sandholm.Channel("brought"), sandholm.Channel("foreign")
	w.places["ada's"], w.places["bert's"] = w.people["ada"].DM(), w.people["bert"].DM()
	w.places["#harbour thread"] = w.places["#harbour"].Thread(w.people["ada"], "talk")
	w.places["#board thread"] = w.places["#board"].Thread(w.people["ada"], "talk")
	w.may = map[string][]string{
		"#harbour": {"plover", "gannet"}, "#board": {"puffin"}, "#open": {"plover"}, "#quay": {"plover", "curlew"},
		"#brought": {"plover"}, "#foreign": {"plover"}, "ada's": {"plover"}, "bert's": {"plover"},
	}
	w.linked = map[string][]string{"#harbour": {"fulmar"}, "#board": {"fulmar"}, "#open": {"fulmar"}}
	for name, c := range w.places {
		w.at[c] = name
	}
	brought, foreign, tollness := w.places["#brought"].ID, w.places["#foreign"].ID, w.guild.ID
	w.Mangle(func(event string, data map[string]any) map[string]any {
		if event == "INTERACTION_CREATE" {
			switch data["channel_id"] {
			case brought:
				data["authorizing_integration_owners"] = map[string]any{"1": data["member"].(map[string]any)["user"].(map[string]any)["id"]}
			case foreign:
				data["authorizing_integration_owners"] = map[string]any{"0": tollness}
			}
		}
		return data
	})
	own := ledger.GuildCollection(w.guild.ID)
	w.in = map[string]string{
		"plover": "main", "gannet": own, "puffin": own + "/board", "fulmar": own + "/links", "curlew": ledger.GuildCollection(sandholm.ID),
		"avocet": ledger.PersonCollection(w.people["ada"].ID), "dunlin": ledger.PersonCollection(w.people["bert"].ID),
	}
	for n, b := range birds {
		name := strings.ToUpper(b.bird[:1]) + b.bird[1:]
		a, _, err := w.store.Add(w.t.Context(), w.in[b.bird], corpus.Draft{
			Title: name + " bell", Source: name + " Press", URL: w.address(b.bird), Published: now.AddDate(0, 0, -1),
			Paragraphs: []string{b.text, fmt.Sprintf("%s keeps %d ropes for it.", name, n+2)},
		})
		if err != nil {
			w.t.Fatal(err)
		}
		w.articles[b.bird] = a.ID
	}
}

// address of an article says nothing of it.
func (w *warren) address(bird string) string {
	n := slices.IndexFunc(birds, func(b struct{ bird, text string }) bool { return b.bird == bird })
	return fmt.Sprintf("https://press-%d.example/bell", n)
}

func (w *warren) decide(change func(*ledger.Settings)) {
	w.t.Helper()
	if _, err := w.options.Ledger.Change(w.t.Context(), w.guild.ID, w.people["mia"].ID, func(s *ledger.Settings) error {
		change(s)
		return nil
	}); err != nil {
		w.t.Fatal(err)
	}
}

// following are the places where what comes is announced.
var following = []string{"#harbour", "#harbour thread", "#board", "#open", "#quay", "ada's"}

// follow sets up announcements.
func (w *warren) follow() {
	w.t.Helper()
	w.WaitReady()
	for _, place := range following {
		person := w.people["mia"]
		if place == "ada's" {
			person = w.people["ada"]
		}
		w.Slash(person, w.places[place], "/announce add").WaitFor("From now on")
	}
}

// news brings one story into all collections, each outlet's telling into its
// own, and waits until every place has what it may read of it.
func (w *warren) news(when string) {
	w.t.Helper()
	w.stories++
	lamp := fmt.Sprintf("lamp %d", w.stories)
	for _, b := range birds {
		name := strings.ToUpper(b.bird[:1]) + b.bird[1:]
		a, _, err := w.store.Add(w.t.Context(), w.in[b.bird], corpus.Draft{
			Title: name + " " + lamp, Source: name + " Press", Lang: "en",
			URL:        strings.TrimSuffix(w.address(b.bird), "bell") + fmt.Sprint("lamp-", w.stories),
			Paragraphs: []string{wires[w.stories-1], "This is how " + name + " Press has it."},
		})
		if err != nil {
			w.t.Fatal(err)
		}
		w.first = cmp.Or(w.first, a.ID)
	}
	for _, place := range following {
		may := w.may[strings.TrimSuffix(place, " thread")]
		if place == w.silent {
			may = []string{"plover", "gannet"}
		}
		if place == "ada's" {
			may = append(slices.Clone(may), "avocet")
		}
		w.Wait(when+": "+lamp+" in "+place, func() bool {
			return slices.ContainsFunc(w.places[place].Messages(), func(m *discordtest.Message) bool {
				return m.Has(lamp) && !slices.ContainsFunc(may, func(bird string) bool { return !slices.Contains(markers(m.Text()), bird) })
			})
		})
	}
	w.Settle()
	w.inspect(when + ", announced")
}

// wires are stories that an agency sends to everybody, unlike each other.
var wires = []string{
	"The harbour office is to replace the old oil lamp above the fish market by an electric one before the autumn storms, since the keeper retires in August and nobody else wants to climb eighty steps twice every night.",
	"Divers have brought up a bronze lamp from the wreck off Sandholm, probably of a Baltic grain ship, and the county museum hopes to show it next spring together with forty plates, two anchors and a captain's boots.",
	"Schoolchildren collected eleven hundred jars for the lamp procession on the quay, which the council had called off twice because of wind; candles, string and matches were given by shopkeepers around the square, and the lifeboat crew will walk in front with a drum.",
}

// retitle corrects the first story's first telling: the posts that it stands in
// are written anew, by the rules of now.
func (w *warren) retitle(when string) {
	w.t.Helper()
	title := "Plover corrects a lamp"
	if _, err := w.store.Edit(w.t.Context(), w.first, corpus.Correction{Title: &title}); err != nil {
		w.t.Fatal(err)
	}
	for _, place := range []string{"#harbour", "#quay"} {
		w.places[place].WaitFor(title)
	}
	w.Settle()
	w.inspect(when + ", corrected")
	for _, m := range w.places["#harbour"].Messages() {
		if m.To() == nil && m.Has(title) && slices.Contains(markers(m.Text()), "gannet") {
			w.t.Errorf("%s: a post that was written anew still tells of gannet:\n%s", when, m.Text())
		}
	}
}

// round lets everybody do everything everywhere, or a part of it: see every.
func (w *warren) round(when string) {
	w.t.Helper()
	var links []string
	for _, b := range birds {
		links = append(links, w.address(b.bird))
	}
	for _, place := range slices.Sorted(maps.Keys(w.places)) {
		c, direct := w.places[place], strings.HasSuffix(place, "'s")
		for _, name := range []string{"ada", "bert", "mia"} {
			if direct && place != name+"'s" {
				continue
			}
			person := w.people[name]
			do := func(what func()) {
				if w.done++; w.done%w.every == 0 {
					what()
				}
			}
			use := func(line string) { do(func() { w.Slash(person, c, line) }) }
			for _, line := range []string{
				"/ask question:" + whenBell, "/ask question:" + whenBell + " private:true", "/ask question:" + whenBell + " source:press",
				"/digest since:2026-05-01", "/digest since:2026-05-01 private:true", "/digest since:2026-05-01 topic:chapel bell",
				"/articles", "/articles search:bell", "/summarise article:bell",
				"/cite text:The chapel bell rings at seven in the evening. It rings at ten. It rings at eleven.",
			} {
				use(line)
			}
			for _, b := range birds {
				id := w.articles[b.bird]
				use("/ask question:" + whenBell + " article:" + id)
				use("/summarise article:" + id)
				use("/summarise article:" + id + " private:true")
				use("/summarise article:" + w.address(b.bird))
				if place != "#brought" { // where it is not offered
					use("/edit article:" + id)
				}
			}
			for _, l := range []struct{ line, option, typed string }{
				{"/ask", "article", ""}, {"/ask", "article", "bell"}, {"/ask", "source", ""}, {"/ask private:true", "article", ""},
				{"/summarise", "article", "bell"}, {"/edit", "article", ""}, {"/remove", "article", "bell"},
			} {
				do(func() {
					for _, choice := range w.Autocomplete(person, c, l.line, l.option, l.typed) {
						w.look(when+": "+l.line, place, person, choice.Name)
					}
				})
			}
			for _, line := range []string{"/usage", "/help"} {
				use(line)
			}
			if place != "#brought" {
				for _, line := range []string{"/announce list", "/feed list", "/announce add every:daily collection:" + w.in["curlew"]} {
					use(line)
				}
				for _, l := range []struct{ line, option string }{{"/announce add", "collection"}, {"/announce remove", "announcement"}} {
					do(func() {
						for _, choice := range w.Autocomplete(person, c, l.line, l.option, "") {
							w.look(when+": "+l.line, place, person, choice.Name+" "+w.named(fmt.Sprint(choice.Value)))
						}
					})
				}
				if !direct {
					use("/settings change")
					use("/settings log")
				}
			}
			do(func() {
				w.MessageCommand(person, "Find sources", c.Post(person, "The chapel bell rings at seven in the evening, and at eleven."))
			})
			do(func() { w.MessageCommand(person, "Summarise link", c.Post(person, strings.Join(links, " "))) })
			if !w.foreign(place) {
				do(func() { c.Post(person, w.Bot.Mention()+" "+whenBell) })
			}
		}
		w.Settle()
		w.inspect(when)
	}
	w.press(when)
}

// named is the bird whose collection has this name.
func (w *warren) named(collection string) string {
	for bird, name := range w.in {
		if name == collection {
			return bird
		}
	}
	return ""
}

// foreign reports whether the bot was brought to a place.
func (w *warren) foreign(place string) bool { return place == "#brought" || place == "#foreign" }

// press lets everybody press every button that they see.
func (w *warren) press(when string) {
	w.t.Helper()
	for _, place := range slices.Sorted(maps.Keys(w.places)) {
		c := w.places[place]
		done := map[string]int{} // alike buttons are pressed some times
		for _, m := range c.Messages() {
			if m.Author() != w.Bot {
				continue
			}
			for _, name := range []string{"ada", "bert", "mia"} {
				person := w.people[name]
				if m.To() != nil && m.To() != person || strings.HasSuffix(place, "'s") && place != name+"'s" {
					continue
				}
				for _, label := range []string{
					"Show paragraphs", "Share", "Open a thread", "Discuss", "Older", "Articles", "Ask further",
					"Roles", "Channels", "Limits", "More", "Log", "Bind a channel", // of the settings; those that change some are for a test of their own
				} {
					key := fmt.Sprint(label, name, m.To() == nil, markers(m.Text()))
					if !m.Has("["+label+"]") || done[key] > 0 {
						continue
					}
					if done[key]++; label == "Open a thread" || label == "Discuss" {
						if w.opened[m] {
							continue
						}
						w.opened[m] = true
					}
					i := w.Click(person, m, label)
					if label == "Ask further" {
						w.Submit(person, i.Modal(), map[string]string{"question": "And at what time does it ring?"})
					}
				}
			}
		}
		w.Settle()
		w.inspect(when + ", buttons in " + place)
	}
	for _, parent := range []string{"#harbour", "#board", "#open"} { // threads that were opened
		for _, thread := range w.places[parent].Threads() {
			w.at[thread] = parent
			thread.Post(w.people["bert"], whenBell)
		}
	}
	w.Settle()
	w.inspect(when + ", in threads")
}

// inspect looks at what the bot has written since.
func (w *warren) inspect(when string) {
	w.t.Helper()
	for c, place := range w.at {
		for _, m := range c.Messages() {
			said := m.Text()
			for _, f := range m.Files() {
				said += "\n" + string(f.Data)
			}
			if m.Author() != w.Bot || w.checked[m] == said {
				continue
			}
			w.checked[m] = said
			if place == w.silent && m.To() == nil && m.Has("[Discuss]") {
				continue // what is announced there was set up on purpose
			}
			w.look(when, place, m.To(), said)
		}
	}
}

// look fails where words stand that may not stand there: seen by one person, or
// by all where that is nil.
func (w *warren) look(when, place string, to *discordtest.User, words string) {
	w.t.Helper()
	place = strings.TrimSuffix(place, " thread")
	name := ""
	if owner, ok := strings.CutSuffix(place, "'s"); ok {
		name = owner
	} else if to != nil {
		name = to.Name
	}
	may := append(slices.Clone(w.may[place]), w.linked[place]...)
	if place == w.silent && name != "" { // there a person reads what the server does
		may = append(may, "plover", "gannet", "fulmar")
	}
	if name != "" {
		may = append(may, w.own[name])
	}
	if name == "mia" && len(w.linked[place]) > 0 {
		may = append(may, "gannet") // which she may take out, wherever in Tollness she is
	}
	if slices.Contains(w.barred, name) && len(w.linked[place]) > 0 {
		may = nil
	}
	for _, bird := range markers(words) {
		if !slices.Contains(may, bird) {
			w.t.Errorf("%s: %s is read in %s (by %q):\n%s", when, bird, place, name, words)
		}
		w.seen[bird]++
	}
}

// markers are the birds that a text is known by.
func markers(words string) []string {
	var out []string
	words = strings.ToLower(words)
	for _, b := range birds {
		if strings.Contains(words, b.bird) {
			out = append(out, b.bird)
		}
	}
	return out
}
