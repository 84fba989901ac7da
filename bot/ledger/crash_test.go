package ledger_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// TestMain becomes the program that TestKill kills, where asked to.
func TestMain(m *testing.M) {
	if path := os.Getenv("PILCROW_TEST_ANNOUNCER"); path != "" {
		if err := announceForEver(path, os.Getenv("PILCROW_TEST_PLATFORM")); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

const killChannels = 5

// announceForEver adds articles, asks and pays for questions, and announces,
// until it is killed.
func announceForEver(path, platform string) error {
	ctx := context.Background()
	store, err := corpus.Open(ctx, path)
	if err != nil {
		return err
	}
	l, err := ledger.Open(ctx, path, ledger.Options{Public: []string{"main"}})
	if err != nil {
		return err
	}
	if err := l.Recover(ctx); err != nil {
		return err
	}
	cut, err := l.Unfinished(ctx)
	if err != nil {
		return err
	}
	for _, a := range cut {
		if err := l.Finish(ctx, a.ID, ledger.Cut, "", a.Body); err != nil {
			return err
		}
	}
	a := l.Announcer(store, nil)
	head, err := store.Head(ctx)
	if err != nil {
		return err
	}
	fmt.Println("up")
	for i := int(head); ; i++ {
		if err := ask(ctx, l, i); err != nil {
			return err
		}
		var drafts []corpus.Draft
		for j := range 3 {
			drafts = append(drafts, corpus.Draft{Title: fmt.Sprint(i), URL: fmt.Sprintf("https://a.example/%d/%d", i, j), Paragraphs: []string{"What happened."}})
		}
		for _, d := range []corpus.Draft{story(i, "Courier", ""), story(i, "Lantern", "again")} {
			if _, err := store.AddAll(ctx, "main", append(drafts, d)); err != nil {
				return err
			}
			if err := pump(ctx, a, platform); err != nil {
				return err
			}
			drafts = nil
		}
	}
}

// story is an outlet's telling of what happened at turn i.
func story(i int, outlet, title string) corpus.Draft {
	var words strings.Builder
	for k := range 30 {
		fmt.Fprintf(&words, "w%dx%d ", i, k)
	}
	return corpus.Draft{
		Title: title, Source: outlet, URL: fmt.Sprintf("https://%s.example/%d", outlet, i), Lang: "en",
		Paragraphs: []string{words.String()},
	}
}

// ask begins, answers and pays for a question.
func ask(ctx context.Context, l *ledger.Ledger, i int) error {
	a := asked
	a.Question = fmt.Sprint("Question ", i)
	a, err := l.Begin(ctx, a)
	if err != nil {
		return err
	}
	_, err = l.Reserve(ctx, a.ID, a.Place, a.Asker, 100)
	return errors.Join(err, l.Charge(ctx, a.ID, 1, 1), l.Finish(ctx, a.ID, ledger.Done, "model", said))
}

// pump fills and posts all there is, with what a front end does about a job
// that it may have posted before.
func pump(ctx context.Context, a *ledger.Announcer, platform string) error {
	if err := a.Fill(ctx); err != nil {
		return err
	}
	for {
		jobs, err := a.Next(ctx, 3)
		if err != nil || len(jobs) == 0 {
			return err
		}
		for _, j := range jobs {
			if j.Kind == ledger.JobEdit { // which does no harm done twice
				query := url.Values{"channel": {j.In}, "message": {j.Message}}
				for _, again := range j.Also {
					query.Add("also", again.ID)
				}
				if _, err := call(platform + "/edit?" + query.Encode()); err != nil {
					return err
				}
				if err := a.Sent(ctx, j.ID, j.Message, j.In); err != nil {
					return err
				}
				continue
			}
			message := ""
			if j.Uncertain {
				if message, err = call(platform + "/find?" + "channel=" + j.Follow.Place.Channel + "&id=" + j.ID); err != nil {
					return err
				}
			}
			if message == "" {
				query := url.Values{"channel": {j.Follow.Place.Channel}, "id": {j.ID}, "article": {j.Articles[0].ID}}
				for _, again := range j.Also {
					query.Add("also", again.ID)
				}
				if message, err = call(platform + "/post?" + query.Encode()); err != nil {
					return err
				}
			}
			if err := a.Sent(ctx, j.ID, message, j.Follow.Place.Channel); err != nil {
				return err
			}
		}
	}
}

func call(url string) (string, error) {
	r, err := http.Get(url)
	if err != nil {
		return "", err
	}
	defer r.Body.Close()
	var message string
	return message, json.NewDecoder(r.Body).Decode(&message)
}

// platform is where messages go. It knows no nonces, so that it is the
// ledger's word alone that keeps a message from being posted twice.
type platform struct {
	mu       sync.Mutex
	channels map[string][][2]string // the id in a button and the article of each message, in order
	also     map[string][]string    // the further articles that a message names, by channel and message
	found    int                    // messages that were posted and not noted
}

func (p *platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	channel, id := r.FormValue("channel"), r.FormValue("id")
	message := ""
	switch r.URL.Path {
	case "/post":
		p.channels[channel] = append(p.channels[channel], [2]string{id, r.FormValue("article")})
		message = fmt.Sprint("m", len(p.channels[channel]))
		p.also[channel+message] = r.Form["also"]
	case "/edit":
		p.also[channel+r.FormValue("message")] = r.Form["also"]
	case "/find":
		for i, m := range p.channels[channel] {
			if m[0] == id {
				message = fmt.Sprint("m", i+1)
				p.found++
			}
		}
	}
	json.NewEncoder(w).Encode(message)
}

// TestKill kills an announcing program at random moments, 6 times or as often
// as PILCROW_KILLS says. Each article is then announced once in each channel,
// in order, but for those that tell a story again, which its message names; no
// question is half paid for, none still held, none unfinished.
func TestKill(t *testing.T) {
	kills := 6
	if s := os.Getenv("PILCROW_KILLS"); s != "" {
		var err error
		kills, err = strconv.Atoi(s)
		check(t, err)
	}
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "s.db")
	p := &platform{channels: map[string][][2]string{}, also: map[string][]string{}}
	server := httptest.NewServer(p)
	defer server.Close()
	reopen := func() (*corpus.Store, *ledger.Ledger, *ledger.Announcer) {
		store, err := corpus.Open(ctx, path)
		check(t, err)
		l, err := ledger.Open(ctx, path, ledger.Options{Public: []string{"main"}, Limits: ledger.Limits{Person: ledger.Amount{Questions: 1 << 30}}})
		check(t, err)
		return store, l, l.Announcer(store, nil)
	}
	store, l, a := reopen()
	for i := range killChannels {
		_, err := a.Add(ctx, ledger.Follow{Place: ledger.Place{Guild: "1", Channel: fmt.Sprint(i), Member: true}, Every: ledger.Immediate})
		check(t, err)
	}
	check(t, errors.Join(l.Close(), store.Close()))
	for range kills {
		cmd := exec.CommandContext(ctx, os.Args[0])
		cmd.Env = append(os.Environ(), "PILCROW_TEST_ANNOUNCER="+path, "PILCROW_TEST_PLATFORM="+server.URL)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		check(t, err)
		check(t, cmd.Start())
		bufio.NewScanner(out).Scan() // it is up
		time.Sleep(rand.N(400 * time.Millisecond))
		cmd.Process.Kill()
		if cmd.Wait(); cmd.ProcessState.ExitCode() == 1 {
			t.Fatal("the announcer gave up before it was killed")
		}
	}
	store, l, a = reopen()
	defer func() { check(t, errors.Join(l.Close(), store.Close())) }()
	check(t, l.Recover(ctx))
	check(t, pump(ctx, a, server.URL))
	var all []string // but for those that tell a story again
	again := map[string]string{}
	for c, err := range store.Changes(ctx, 0) {
		check(t, err)
		article, err := store.Article(ctx, c.Article)
		check(t, err)
		if article.Title != "again" {
			all = append(all, c.Article)
			continue
		}
		first, err := store.AtURL(ctx, []string{"main"}, strings.Replace(article.URL, "lantern", "courier", 1))
		check(t, err)
		again[first.ID] = article.ID
	}
	for i := range killChannels {
		got := p.channels[fmt.Sprint(i)]
		for j, m := range got {
			if also, twice := again[m[1]]; twice && !slices.Equal(p.also[fmt.Sprintf("%dm%d", i, j+1)], []string{also}) {
				t.Errorf("channel %d: message %d does not name who tells it again", i, j+1)
			}
		}
		for j := range max(len(got), len(all)) {
			if j >= len(got) || j >= len(all) || got[j][1] != all[j] {
				t.Fatalf("channel %d: %d messages for %d articles, apart from number %d on", i, len(got), len(all), j)
			}
		}
	}
	cut, err := l.Unfinished(ctx)
	check(t, err)
	used := use(t, l, square, asked.Asker, ledger.OfPerson)
	channel := use(t, l, asked.Place, asked.Asker, ledger.OfChannel)
	if len(cut) > 1 || used.Day != channel.Day || used.Day.Questions != used.Day.In {
		t.Errorf("%d unfinished, %+v by the person, %+v in the channel", len(cut), used.Day, channel.Day)
	}
	t.Logf("%d articles, and %d that tell a story again, in each of %d channels after %d kills, %d of them between posting and noting; %d questions",
		len(all), len(again), killChannels, kills, p.found, used.Day.Questions)
}
