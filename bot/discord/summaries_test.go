package discord_test

import (
	"context"
	"iter"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pilcrow/bot"
	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
)

// summariser is a model that says one thing of every article, and keeps in which
// language it was to say it.
type summariser struct {
	says string
	mu   sync.Mutex
	in   []string
}

func (m *summariser) Generate(ctx context.Context, p bot.Prompt) iter.Seq2[string, error] {
	_, language, _ := strings.Cut(p.System, "plain sentences in ")
	language, _, _ = strings.Cut(language, ":")
	m.mu.Lock()
	m.in = append(m.in, language)
	says := m.says
	m.mu.Unlock()
	ledger.Count(ctx, 1000, 100)
	return func(yield func(string, error) bool) { yield(says, nil) }
}

// languages are those in which the model wrote since it was last asked for them.
func (m *summariser) languages() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := strings.Join(m.in, ", ")
	m.in = nil
	return out
}

// count is how often it wrote since.
func (m *summariser) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.in)
}

// spentOnNews is what a guild's announcements had of the model today, in
// questions and tokens.
func (s *stage) spentOnNews(guild *discordtest.Guild) (questions, tokens int) {
	s.t.Helper()
	u, err := s.options.Ledger.Usage(s.t.Context(), ledger.Place{Guild: guild.ID, Member: true}, s.people["mia"].ID)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, of := range u.Of {
		if of.Scope == ledger.OfNews {
			questions, tokens = of.Day.Questions, of.Day.In+of.Day.Out
		}
	}
	return questions, tokens
}

// TestSummaryPaid summarises an article once for all who announce it, at the
// cost of one of them; a server that has spent its day goes on in the articles'
// own words; and what it cost is read in /usage.
func TestSummaryPaid(t *testing.T) {
	t.Parallel()
	model := &summariser{says: "The harbour board replaces the tide gauge on the north pier. [1]\n"}
	var sandholm *discordtest.Guild
	s := newsroomOf(t, stageOptions{writes: model, stock: func(s *stage) {
		sandholm = s.Guild("Sandholm")
		sandholm.Join(s.people["mia"], sandholm.Role("moderator", discordtest.ManageGuild))
		s.places["#quay"] = sandholm.Channel("quay")
	}})
	s.settles(func(o *ledger.Settings) { o.Limits.Guild.Questions = 1 })
	s.announces("#news")
	s.announces("#harbour")
	comes := func(collection, article string) {
		t.Helper()
		if _, _, err := s.store.Add(t.Context(), collection, draft(t, article)); err != nil {
			t.Fatal(err)
		}
	}
	comes(ledger.GuildCollection(s.guild.ID), gaugeNews)
	for _, place := range []string{"#news", "#harbour"} {
		s.places[place].WaitFor("replaces the tide gauge on the north pier.")
	}
	if in := model.languages(); in != "English" {
		t.Errorf("the model wrote in %q, want once in English", in)
	}
	if questions, tokens := s.spentOnNews(s.guild); questions != 1 || tokens != 1100 {
		t.Errorf("%d questions, %d tokens; want 1 and 1100", questions, tokens)
	}

	// The day is spent; what all read may be paid for elsewhere.
	comes(ledger.GuildCollection(s.guild.ID), strings.ReplaceAll(gaugeNews, "gauge", "crane"))
	for _, place := range []string{"#news", "#harbour"} {
		s.places[place].WaitFor("crane has stood there since 1953")
	}
	s.announces("#quay")
	comes("main", strings.ReplaceAll(gaugeNews, "gauge", "bell"))
	for _, place := range []string{"#news", "#quay"} {
		s.places[place].WaitFor("The harbour bell is being replaced")
	}
	for guild, want := range map[*discordtest.Guild]int{s.guild: 1, sandholm: 1} {
		if questions, _ := s.spentOnNews(guild); questions != want {
			t.Errorf("%s paid for %d, want %d", guild.Name, questions, want)
		}
	}
	s.do("mia in #news: /usage")
	s.last.WaitFor("Announcements in this server**: today 1 questions, 1100 tokens")
	s.do("ada in #news: /usage")
	if text := s.last.Message().Text(); strings.Contains(text, "Announcements") {
		t.Errorf("everybody reads what the server's announcements cost:\n%s", text)
	}
}

// TestDigest posts what came in a day at its hour, each story once, at the cost of
// the server; the button leads to all who tell it.
func TestDigest(t *testing.T) {
	t.Parallel()
	var later atomic.Int64
	model := &summariser{says: "The harbour board replaces the tide gauge on the north pier. [1]\n"}
	s := newsroomOf(t, stageOptions{writes: model, clock: func() time.Time { return now.Add(time.Duration(later.Load())) }})
	s.announces("#news", discordtest.Opt("every", string(ledger.Daily)), discordtest.Opt("hour", "12"))
	const more = "\nThe new gauge is read by a computer in the harbour office, which the board bought second hand from Sandholm.\n"
	s.comes("url: https://courier.example/gauge\n" + gaugeNews + more)
	s.comes("url: https://lantern.example/gauge\n" + strings.Replace(gaugeNews, "Tollness Courier", "The Lantern", 1) + more)
	s.comes("title: Oysters\nsource: The Lantern\n\nThe oyster beds off Sandholm are healthy again after six years, the fisheries office said on Monday.\n")
	if err := s.options.Announcer.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s.shows("tide gauge") != 0 {
		t.Error("posted before its hour")
	}
	later.Store(int64(3 * time.Hour)) // from nine
	s.places["#news"].WaitFor("tide gauge on the north pier.")
	if n := model.count(); n != 1 {
		t.Errorf("the model wrote %d times, want once", n)
	}
	if questions, tokens := s.spentOnNews(s.guild); questions != 1 || tokens != 1100 {
		t.Errorf("%d questions, %d tokens; want 1 and 1100", questions, tokens)
	}
	s.do("bert clicks Articles")
	s.places["#news"].WaitFor("Articles 1 to 3 of 3")
}

// TestSummaryLanguage writes an announcement in the language that the server has
// chosen, else in the article's. Where nothing of the first can be checked it is
// the second, where nothing of that the article speaks for itself; and what fails
// each time is not paid for for ever.
func TestSummaryLanguage(t *testing.T) {
	t.Parallel()
	model := &summariser{says: "Der Pegel wird von Seehunden bewacht, sagt der Bürgermeister. [1]\n"}
	s := newsroomOf(t, stageOptions{writes: model})
	s.announces("#news")
	news := func(thing, want string) {
		t.Helper()
		s.comes(strings.ReplaceAll(gaugeNews, "gauge", thing))
		s.places["#news"].WaitFor(thing + " has stood there since 1953")
		if in := model.languages(); in != want {
			t.Errorf("of the %s the model wrote in %q, want %q", thing, in, want)
		}
	}
	// Each is written once, and what failed is written again.
	news("gauge", "English, English")
	s.settles(func(o *ledger.Settings) { o.Languages = []string{"de", "en"} })
	for _, thing := range []string{"crane", "bell", "lamp"} {
		news(thing, "German, German, English, English")
	}
	news("clock", "English, English")
	if strings.Contains(s.Transcript(), "Seehunden") {
		t.Errorf("what the article does not say is announced:\n%s", s.Transcript())
	}
	model.mu.Lock()
	model.says = "The harbour board replaces the tide hoist on the north pier. [1]\n"
	model.mu.Unlock()
	s.comes(strings.ReplaceAll(gaugeNews, "gauge", "hoist"))
	s.places["#news"].WaitFor("replaces the tide hoist on the north pier.")
}
