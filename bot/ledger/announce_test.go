package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// town is a store with its ledger, and a channel log in place of a platform.
type town struct {
	t     testing.TB
	store *corpus.Store
	*ledger.Ledger
	*ledger.Announcer
	n        int // messages
	articles int // in them
}

func newTown(t testing.TB, o ledger.Options) *town {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s.db")
	store, err := corpus.Open(t.Context(), path)
	check(t, err)
	l, err := ledger.Open(t.Context(), path, o)
	check(t, err)
	t.Cleanup(func() { check(t, errors.Join(l.Close(), store.Close())) })
	tn := &town{t: t, store: store, Ledger: l}
	tn.Announcer = l.Announcer(store, func(_ context.Context, topic string, a corpus.Article) (bool, error) {
		return strings.Contains(a.Title, topic), nil
	})
	return tn
}

// follow sets up a follow in a channel of guild 1.
func (tn *town) follow(channel string, f ledger.Follow) ledger.Follow {
	tn.t.Helper()
	f.Place = ledger.Place{Guild: "1", Channel: channel, Member: true}
	f, err := tn.Announcer.Add(tn.t.Context(), f)
	check(tn.t, err)
	return f
}

// add puts an article into a collection.
func (tn *town) add(collection, title, text string) corpus.Article {
	tn.t.Helper()
	a, _, err := tn.store.Add(tn.t.Context(), collection, corpus.Draft{Title: title, URL: "https://" + collection + ".example/" + title, Paragraphs: []string{text}})
	check(tn.t, err)
	return a
}

func (tn *town) fill() {
	tn.t.Helper()
	check(tn.t, tn.Fill(tn.t.Context()))
}

// post posts all that is to be posted now, and returns a line for each message.
func (tn *town) post() (lines []string) {
	tn.t.Helper()
	for {
		jobs, err := tn.Next(tn.t.Context(), 10)
		check(tn.t, err)
		if len(jobs) == 0 {
			return lines
		}
		for _, j := range jobs {
			var titles []string
			for _, a := range j.Articles {
				titles = append(titles, a.Title)
			}
			line := fmt.Sprintf("%s %s", j.Follow.Place.Channel, j.Kind)
			if j.Key != "" {
				line += " of " + j.Key
			}
			if j.Kind == ledger.JobEdit {
				line += " " + j.Message
			}
			if len(titles) > 10 {
				titles = append(titles[:1], "…")
			}
			line += ": " + strings.Join(titles, ", ")
			for _, a := range j.Also {
				line += ", also " + a.Title
			}
			if j.More > 0 {
				line += fmt.Sprintf(" and %d more", j.More)
			}
			lines = append(lines, line)
			tn.n++
			tn.articles += len(j.Articles) + j.More
			check(tn.t, tn.Sent(tn.t.Context(), j.ID, fmt.Sprint("m", tn.n), j.Follow.Place.Channel))
		}
	}
}

func (tn *town) want(what string, lines ...string) {
	tn.t.Helper()
	tn.fill()
	if got := tn.post(); !slices.Equal(got, lines) {
		tn.t.Errorf("%s:\n\t%s\nwant:\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(lines, "\n\t"))
	}
}

// TestAnnounce tells what two channels hear.
func TestAnnounce(t *testing.T) {
	ctx := t.Context()
	tn := newTown(t, ledger.Options{Public: []string{"main"}})
	tn.add("main", "Old news", "Long known.")
	all := tn.follow("1", ledger.Follow{Every: ledger.Immediate})
	tn.follow("1", ledger.Follow{Every: ledger.Immediate, Topic: "Ferry"}) // in a channel that hears of it anyway
	tn.follow("2", ledger.Follow{Every: ledger.Immediate, Topic: "Ferry"})
	tn.follow("3", ledger.Follow{Every: ledger.Immediate, Collection: "guild-1"})
	tn.want("what was there before")

	ferry := tn.add("main", "Ferry", "The ferry is late.")
	tn.add("guild-1", "Minutes", "The council met.")
	tn.add("guild-2", "Secret", "Of another guild.")
	tn.want("what is new",
		"1 post: Ferry", "2 post: Ferry", "3 post: Minutes", "1 post: Minutes")
	tn.want("once")

	tn.add("main", "Old news", "Long known, and put right.")
	tn.add("main", "Ferry", "The ferry has sunk.")
	tn.want("edits of what was announced", "1 edit m1: Ferry", "2 edit m2: Ferry")
	tn.add("main", "Ferry", "The ferry has not sunk.")
	tn.fill()
	tn.add("main", "Ferry", "It has.")
	tn.want("two edits at once", "1 edit m1: Ferry", "2 edit m2: Ferry")

	check(t, tn.store.Remove(ctx, "main", ferry.ID))
	tn.want("withdrawn", "1 edit m1: ", "2 edit m2: ")
	check(t, tn.store.Restore(ctx, "main", ferry.ID))
	tn.want("and back: no news, but the message says so", "1 edit m1: Ferry", "2 edit m2: Ferry")

	oysters := tn.add("main", "Oysters", "The oysters are back.")
	tn.fill()
	check(t, tn.store.Remove(ctx, "main", oysters.ID))
	tn.want("removed before it was posted")
	check(t, tn.store.Restore(ctx, "main", oysters.ID))
	tn.want("and then back", "1 post: Oysters")

	check(t, tn.Announcer.Remove(ctx, all.ID))
	tn.add("main", "Ferry again", "A new one is built.")
	tn.want("after the follow ended", "1 post: Ferry again", "2 post: Ferry again")
}

// reports are of some stories, as an agency sends them.
var reports = map[string]string{
	"bridge": `The harbour board of Tollness voted on Tuesday to close the old swing bridge for eleven weeks while its bearings
		are replaced. Lorries bound for the fish market will be sent round by the mill road, which adds nine miles.`,
	"oysters": `Oyster beds off Sandholm are healthy again after six years, the fisheries office announced. Licences for the
		northern grounds will be drawn by lot among boats that kept paying their dues through the long ban.`,
	"chapel": `Thieves took four bells from the chapel tower at Grauwiek during Sunday's storm, and nobody heard anything. The
		verger found muddy bootprints, a broken pulley and a thermos flask that belongs to no parishioner.`,
	"school": `Pupils in Mill Lane have lessons at home until Friday, since mould was discovered behind panelling in seven
		classrooms. Parents want the county to pay for childminders; a spokesman promised an answer tomorrow evening.`,
	"memorial": `A granite memorial for the lifeboat crew of 1911 was unveiled above Plover Stairs by the last survivor's
		granddaughter, aged ninety. Children laid wreaths of sea holly while the brass band played a hymn.`,
}

// tells puts a report into a collection, as an outlet has it: with a beginning
// of its own.
func (tn *town) tells(collection, outlet, report string) corpus.Article {
	tn.t.Helper()
	a, _, err := tn.store.Add(tn.t.Context(), collection, corpus.Draft{
		Title: outlet, Source: outlet, URL: "https://" + outlet + ".example/" + report, Lang: "en",
		Paragraphs: []string{"As our reporter of the " + outlet + " hears.", reports[report]},
	})
	check(tn.t, err)
	return a
}

// TestAnnounceStory announces a story once in a channel: other outlets are named
// in the post, whether that stands there or is to come, or are of a digest's one.
func TestAnnounceStory(t *testing.T) {
	ctx := t.Context()
	c := newClock("2026-05-01T10:00:00Z")
	tn := newTown(t, ledger.Options{Public: []string{"main"}, Now: c.now, Burst: 3})
	tn.follow("1", ledger.Follow{Every: ledger.Immediate})
	tn.follow("2", ledger.Follow{Every: ledger.Immediate, Collection: "guild-1"})
	tn.follow("3", ledger.Follow{Every: ledger.Daily, Hour: 12})

	courier := tn.tells("main", "Courier", "bridge")
	lantern := tn.tells("main", "Lantern", "bridge")
	tn.want("two outlets at once", "1 post: Courier, also Lantern")
	tn.tells("guild-1", "Post", "bridge")
	tn.want("a third later; in a channel that does not read the others it is the first",
		"1 edit m1: Courier, also Lantern, also Post", "2 post: Post")
	tn.want("once")
	tn.add("main", "Oysters", "The oysters are back.")
	tn.tells("main", "Gull", "bridge")
	tn.tells("main", "Herald", "bridge")
	tn.want("two more, in one edit, in order with what else came",
		"1 post: Oysters", "1 edit m1: Courier, also Lantern, also Post, also Gull, also Herald")
	c.pass(3 * time.Hour)
	tn.want("a digest", "3 digest of 2026-05-01: Courier, Oysters, also Lantern, also Post, also Gull, also Herald")
	tn.tells("main", "Sentinel", "bridge")
	tn.want("a story that a digest told is not told by the next one",
		"1 edit m1: Courier, also Lantern, also Post, also Gull, also Herald, also Sentinel")
	c.pass(24 * time.Hour)
	tn.want("no digest of nothing")

	// What becomes of those that tell it.
	tn.tells("main", "Lantern", "bridge") // unchanged
	check(t, tn.store.Remove(ctx, "main", courier.ID))
	tn.want("the first is withdrawn; the next speaks", "1 edit m1: Lantern, also Post, also Gull, also Herald, also Sentinel")
	check(t, tn.store.Restore(ctx, "main", courier.ID))
	check(t, tn.store.Remove(ctx, "main", lantern.ID))
	tn.want("the other way round", "1 edit m1: Courier, also Post, also Gull, also Herald, also Sentinel")

	// While it waits.
	first := tn.tells("main", "Courier", "oysters")
	tn.fill()
	tn.tells("main", "Lantern", "oysters")
	tn.fill()
	check(t, tn.store.Remove(ctx, "main", first.ID))
	tn.want("removed before it was posted", "1 post: Lantern")
	check(t, tn.store.Restore(ctx, "main", first.ID))
	tn.want("and back", "1 edit m10: Lantern, also Courier")

	// Beyond what a channel can take.
	for i := range 5 {
		tn.add("main", fmt.Sprint("Entry ", i), "An entry of the feed.")
	}
	tn.tells("main", "Courier", "chapel")
	tn.tells("main", "Lantern", "chapel")
	tn.want("in a list it counts once",
		"1 post: Entry 0", "1 post: Entry 1", "1 post: Entry 2", "1 more: Entry 3, Entry 4, Courier, also Lantern")
	tn.tells("main", "Gull", "chapel")
	tn.want("and is no news after that")
}

// TestStoryTwice knows a story again that another follow of the channel told,
// with the rights of that one; what could not be posted was not told.
func TestStoryTwice(t *testing.T) {
	ctx := t.Context()
	tn := newTown(t, ledger.Options{Public: []string{"main"}})
	tn.follow("1", ledger.Follow{Every: ledger.Immediate, Topic: "Courier"})
	tn.follow("1", ledger.Follow{Every: ledger.Immediate, Topic: "Lantern", Collection: "main"})
	tn.follow("1", ledger.Follow{Every: ledger.Immediate, Topic: "Gull"})
	tn.tells("guild-1", "Courier", "bridge")
	tn.want("the first", "1 post: Courier")
	tn.tells("main", "Lantern", "bridge")
	// The second follow may not read the first article, so it cannot know.
	tn.want("of another collection", "1 post: Lantern")
	tn.tells("guild-1", "Gull", "bridge")
	tn.want("a third, which reads both", "1 edit m1: Courier, also Gull")
	tn.tells("main", "Courier", "chapel")
	tn.tells("main", "Lantern", "chapel")
	tn.want("one that both read", "1 post: Courier, also Lantern")
	tn.tells("main", "Lantern", "memorial")
	tn.tells("guild-1", "Gull", "memorial")
	tn.want("a post that may not name who tells it again", "1 post: Lantern", "1 post: Gull")

	tn.tells("main", "Courier", "oysters")
	tn.fill()
	jobs, err := tn.Next(ctx, 1)
	check(t, err)
	check(t, tn.Drop(ctx, jobs[0].ID))
	tn.tells("main", "Lantern", "oysters")
	tn.want("after the first was given up", "1 post: Lantern")

	tn.tells("main", "Courier", "school")
	tn.fill()
	if jobs, err = tn.Next(ctx, 1); err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	tn.tells("main", "Lantern", "school")
	tn.fill()
	check(t, tn.Sent(ctx, jobs[0].ID, "m", "1"))
	tn.want("while the first is being posted", "1 edit m: Courier, also Lantern")
}

// TestAnnounceRights holds back what the settings of the moment do not let a
// channel read, also what waits already.
func TestAnnounceRights(t *testing.T) {
	ctx := t.Context()
	tn := newTown(t, ledger.Options{Public: []string{"main"}})
	set := func(change func(*ledger.Settings)) {
		t.Helper()
		_, err := tn.Change(ctx, "1", "10", func(s *ledger.Settings) error { *s = ledger.Settings{}; change(s); return nil })
		check(t, err)
	}
	tn.follow("1", ledger.Follow{Every: ledger.Immediate})
	set(func(s *ledger.Settings) { s.Channels = map[string]ledger.Channel{"1": {Read: []string{"main"}}} })
	tn.add("guild-1", "Minutes", "The council met.")
	tn.add("main", "Ferry", "The ferry is late.")
	tn.want("bound to the public articles", "1 post: Ferry")

	set(func(s *ledger.Settings) {})
	tn.add("guild-1", "More minutes", "The council met again.")
	tn.fill()
	set(func(s *ledger.Settings) { s.Channels = map[string]ledger.Channel{"1": {Read: []string{"main"}}} })
	tn.want("bound while it waited")

	set(func(s *ledger.Settings) { s.NoAnnouncements = true })
	tn.add("main", "Oysters", "The oysters are back.")
	tn.want("announcements held back")
	set(func(s *ledger.Settings) {})
	tn.want("and not made up for")

	set(func(s *ledger.Settings) { s.Channels = map[string]ledger.Channel{"1": {Silent: true}} })
	tn.add("main", "Wall", "The wall holds.")
	tn.want("silent to questions only", "1 post: Wall")

	for name, f := range map[string]ledger.Follow{
		"another guild's":                         {Place: ledger.Place{Guild: "1", Channel: "1", Member: true}, Collection: "guild-2"},
		"a guild that has not let the bot in":     {Place: ledger.Place{Guild: "1", Channel: "1"}},
		"a person's, in a guild":                  {Place: ledger.Place{Guild: "1", Channel: "1", Member: true}, Collection: "person-10"},
		"another person's":                        {Place: ledger.Place{Channel: "7", Private: "10"}, Collection: "person-11"},
		"a guild's, in a message":                 {Place: ledger.Place{Channel: "7", Private: "10"}, Collection: "guild-1"},
		"no channel":                              {Place: ledger.Place{Guild: "1", Member: true}},
		"a reply in a guild that one person sees": {Place: ledger.Place{Guild: "1", Channel: "1", Member: true, Private: "10"}},
		"an hour": {Place: ledger.Place{Guild: "1", Channel: "1", Member: true}, Hour: 24},
		"a zone":  {Place: ledger.Place{Guild: "1", Channel: "1", Member: true}, Zone: "Local"},
	} {
		f.Every = ledger.Daily
		if _, err := tn.Announcer.Add(ctx, f); err == nil {
			t.Errorf("%s was followed", name)
		}
	}
	_, err := tn.Announcer.Add(ctx, ledger.Follow{Place: ledger.Place{Channel: "7", Private: "10"}, Collection: "person-10", Every: ledger.Immediate})
	check(t, err)
	tn.add("person-10", "Diary", "Rain.")
	tn.add("person-11", "Diary", "Sun.")
	tn.want("a person's own", "7 post: Diary")
}

// TestAnnounceFeed announces what came from a feed, also where the feed is
// still being read when the article is there, and nothing else.
func TestAnnounceFeed(t *testing.T) {
	ctx := t.Context()
	c := newClock("2026-05-01T10:00:00Z")
	tn := newTown(t, ledger.Options{Public: []string{"main"}, Now: c.now})
	const feed = "https://main.example/feed"
	_, err := tn.store.AddFeeds(ctx, corpus.Feed{Collection: "main", URL: feed})
	check(t, err)
	feeds, err := tn.store.Feeds(ctx, "main")
	check(t, err)
	saw := func(a corpus.Article) {
		t.Helper()
		check(t, tn.store.Saw(ctx, feeds[0].N, []corpus.Sight{{Entry: a.ID, Article: a.ID}}))
	}
	tn.follow("1", ledger.Follow{Every: ledger.Immediate, Feed: feed})
	tn.follow("2", ledger.Follow{Every: ledger.Immediate, Feed: feed, Topic: "Ferry"})
	ferry := tn.add("main", "Ferry", "The ferry is late.")
	oysters := tn.add("main", "Oysters", "The oysters are back.")
	tn.add("main", "Wall", "The wall holds.")
	tn.want("while it is read")
	saw(ferry)
	saw(oysters)
	tn.want("when it was", "1 post: Ferry", "2 post: Ferry", "1 post: Oysters")
	bell := tn.add("main", "Bell", "The bell is cast.")
	saw(bell)
	tn.want("when it was first", "1 post: Bell")
	late := tn.add("main", "Late", "Too late.")
	tn.want("an upload")
	c.pass(time.Hour)
	tn.want("an upload, later")
	saw(late)
	tn.want("too late")
}

// TestAnnounceBurst bounds what a feed gone mad can do to a channel.
func TestAnnounceBurst(t *testing.T) {
	tn := newTown(t, ledger.Options{Public: []string{"main"}, Burst: 40})
	tn.follow("1", ledger.Follow{Every: ledger.Immediate})
	const n = 620
	var drafts []corpus.Draft
	for i := range n {
		drafts = append(drafts, corpus.Draft{Title: fmt.Sprint("Entry ", i), URL: fmt.Sprint("https://a.example/", i), Paragraphs: []string{"An entry of the feed."}})
	}
	for batch := range slices.Chunk(drafts, 60) {
		_, err := tn.store.AddAll(t.Context(), "main", batch)
		check(t, err)
		tn.fill()
	}
	got := tn.post()
	if len(got) != 41 || got[0] != "1 post: Entry 0" || got[39] != "1 post: Entry 39" || got[40] != "1 more: Entry 40, … and 80 more" {
		t.Errorf("%d messages, the last: %s", len(got), got[len(got)-1])
	}
	tn.add("main", "Ferry", "The ferry is late.")
	tn.want("afterwards", "1 post: Ferry")
}

// TestAgain puts a message off: its channel waits with it, in order, and
// others go on.
func TestAgain(t *testing.T) {
	ctx := t.Context()
	c := newClock("2026-05-01T10:00:00Z")
	tn := newTown(t, ledger.Options{Public: []string{"main"}, Now: c.now})
	tn.follow("1", ledger.Follow{Every: ledger.Immediate})
	tn.follow("2", ledger.Follow{Every: ledger.Immediate})
	tn.add("main", "Ferry", "The ferry is late.")
	tn.add("main", "Oysters", "The oysters are back.")
	tn.fill()
	jobs, err := tn.Next(ctx, 10)
	check(t, err)
	if len(jobs) != 2 || jobs[0].Follow.Place.Channel != "1" || jobs[0].Uncertain || len(jobs[0].Nonce) != 25 {
		t.Fatalf("%+v", jobs)
	}
	first := jobs[0]
	gaveUp, err := tn.Again(ctx, first.ID, time.Minute)
	if gaveUp || err != nil {
		t.Error(gaveUp, err)
	}
	check(t, tn.Sent(ctx, jobs[1].ID, "m0", "2"))
	tn.want("one waits", "2 post: Oysters")
	c.pass(time.Minute)
	jobs, err = tn.Next(ctx, 10)
	check(t, err)
	if len(jobs) != 1 || jobs[0].ID != first.ID || jobs[0].Nonce != first.Nonce || jobs[0].Tries != 1 || jobs[0].Uncertain {
		t.Fatalf("tried again: %+v", jobs)
	}
	// Its sender is not heard of any more.
	c.pass(16 * time.Minute)
	jobs, err = tn.Next(ctx, 10)
	check(t, err)
	if len(jobs) != 1 || jobs[0].ID != first.ID || jobs[0].Nonce != first.Nonce || !jobs[0].Uncertain {
		t.Fatalf("after its time: %+v", jobs)
	}
	for i := 2; !gaveUp; i++ {
		if gaveUp, err = tn.Again(ctx, first.ID, 0); err != nil || i > 12 {
			t.Fatalf("put off %d times, %v", i, err)
		}
		if !gaveUp {
			_, err = tn.Next(ctx, 10)
			check(t, err)
		}
	}
	tn.want("given up", "1 post: Oysters")
	if p, err := tn.Job(ctx, first.ID); err != nil || p.Articles[0].Title != "Ferry" {
		t.Errorf("a click on it: %+v, %v", p, err)
	}
	if _, err := tn.Job(ctx, "nothing"); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("a click on nothing: %v", err)
	}
}

// TestGone stops what is announced where nothing can be posted, and goes on
// from the moment when it can again.
func TestGone(t *testing.T) {
	ctx := t.Context()
	tn := newTown(t, ledger.Options{Public: []string{"main"}})
	one := tn.follow("1", ledger.Follow{Every: ledger.Immediate})
	tn.follow("1", ledger.Follow{Every: ledger.Daily})
	tn.follow("2", ledger.Follow{Every: ledger.Immediate})
	tn.add("main", "Ferry", "The ferry is late.")
	tn.fill()
	if n, err := tn.ChannelGone(ctx, "1", "the channel was deleted"); n != 2 || err != nil {
		t.Errorf("stopped %d, %v", n, err)
	}
	if n, err := tn.ChannelGone(ctx, "1", "the channel was deleted"); n != 0 || err != nil {
		t.Errorf("stopped again %d, %v", n, err)
	}
	tn.want("the other channel", "2 post: Ferry")
	if _, _, err := tn.store.Events(ctx, "announce/"+one.ID, nil); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("the corpus keeps what is new for a channel that is gone: %v", err)
	}
	check(t, tn.GuildGone(ctx, "1"))
	tn.add("main", "Oysters", "The oysters are back.")
	tn.want("nobody there")
	check(t, tn.GuildBack(ctx, "1"))
	tn.want("back, without what came meanwhile")
	tn.add("main", "Wall", "The wall holds.")
	tn.want("back", "2 post: Wall")
	check(t, tn.Resume(ctx, one.ID))
	tn.add("main", "Bell", "The bell is cast.")
	tn.want("mended", "1 post: Bell", "2 post: Bell")
	list, err := tn.Follows(ctx, "1", "")
	if err != nil || len(list) != 3 || list[0].Stopped != "" || list[1].Stopped != "the channel was deleted" {
		t.Errorf("%+v, %v", list, err)
	}
}
