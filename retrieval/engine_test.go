package retrieval_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/chromem"
	"pilcrow/retrieval/hashed"
)

// archive is a store with its engine.
type archive struct {
	*retrieval.Engine
	store *corpus.Store
	index *bm25.Index
}

// drafts are the articles that the tests search. Each tells one story, in
// paragraphs of their own.
var drafts = []struct {
	collection string
	corpus.Draft
}{
	{"main", corpus.Draft{
		Title: "Herring quota is halved", Source: "The Harbour Post", Published: day(2023, 10, 7), URL: "https://post.example/herring",
		Paragraphs: []string{
			"The island council halved the herring quota on Friday after a night of argument.",
			"Skippers say that forty boats will stay in harbour this winter.",
			"Marta Quill, who speaks for the skippers, called the count of fish a fairy tale.",
		},
	}},
	{"main", corpus.Draft{
		Title: "Tram line to the lighthouse opens", Source: "Daily Lantern | World News", Published: day(2023, 11, 20), URL: "https://lantern.example/tram",
		Paragraphs: []string{
			"A tram now climbs from the old market to the lighthouse in eleven minutes.",
			"The builder, Oskar Venn, rode in the first car with a brass band.",
			"Tickets cost two crowns; skippers ride free on Sundays.",
		},
	}},
	{"main", corpus.Draft{
		Title: "Skippers sue over the count of fish", Source: "Daily Lantern | World News", Published: day(2024, 2, 22), URL: "https://lantern.example/count",
		Paragraphs: []string{
			"The skippers of the island have sued the council over the herring quota.",
			"Their lawyer wants the count of fish to be done again by an outsider.",
		},
	}},
	{"closed", corpus.Draft{
		Title: "What the council said behind closed doors", Source: "Whisper", Published: day(2023, 10, 8),
		Paragraphs: []string{"In secret the council expects the herring quota to be struck down, and the tram to go bankrupt."},
	}},
	{"main", corpus.Draft{
		Title: "北方海湾的灯塔", Source: "北京晨报", Lang: "zh", Published: day(2024, 1, 5),
		Paragraphs: []string{"北方海湾的灯塔建于一九一二年，至今仍由同一家人看守。"},
	}},
	{"main", corpus.Draft{
		Title: "Die Mole von Sandhafen", Source: "Küstenblatt", Lang: "de", Published: day(2024, 1, 9),
		Paragraphs: []string{"Die alten Molen von Sandhafen wurden nach dem Sturm aus Granit neu gebaut."},
	}},
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 9, 0, 0, 0, time.UTC) }

var now = day(2024, 3, 1)

func open(t testing.TB) *archive {
	t.Helper()
	s, err := corpus.Open(t.Context(), corpus.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	a := &archive{store: s, index: bm25.New()}
	for _, d := range drafts {
		a.add(t, d.collection, d.Draft)
	}
	a.sync(t)
	a.Engine = retrieval.New(retrieval.Options{Store: s, Lexical: a.index})
	return a
}

func (a *archive) add(t testing.TB, collection string, d corpus.Draft) corpus.Article {
	t.Helper()
	article, _, err := a.store.Add(t.Context(), collection, d)
	if err != nil {
		t.Fatal(err)
	}
	return article
}

func (a *archive) sync(t testing.TB) {
	t.Helper()
	if err := retrieval.Sync(t.Context(), a.store, a.index); err != nil {
		t.Fatal(err)
	}
}

// titles searches and returns the titles of the hits, best first.
func (a *archive) titles(t testing.TB, q retrieval.Query) []string {
	t.Helper()
	if q.Collections == nil {
		q.Collections = []string{"main"}
	}
	q.Now = now
	hits, err := a.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	check(t, hits)
	var out []string
	for _, h := range hits {
		out = append(out, h.Article.Title)
	}
	return out
}

// check holds hits to what Searcher and Hit promise.
func check(t testing.TB, hits []retrieval.Hit) {
	t.Helper()
	for i, h := range hits {
		if h.Score < 0 || h.Score > 1 {
			t.Errorf("hit %d has score %v", i, h.Score)
		}
		sum := 0.0
		for _, p := range h.Why {
			sum += p.Value
		}
		if d := sum - h.Score; d < -1e-6 || d > 1e-6 {
			t.Errorf("hit %d: the parts add up to %v, the score is %v", i, sum, h.Score)
		}
		if len(h.Text) != h.Last-h.First+1 {
			t.Errorf("hit %d: %d paragraphs for %d to %d", i, len(h.Text), h.First, h.Last)
		}
		if n := len(strings.Fields(strings.Join(h.Text, " "))); n > 300 && h.First != h.Last {
			t.Errorf("hit %d has %d words", i, n)
		}
		for j, g := range hits[:i] {
			if g.Score < h.Score || g.Score == h.Score && g.Article.ID > h.Article.ID {
				t.Errorf("hits %d and %d are out of order", j, i)
			}
			if g.Article.ID == h.Article.ID && g.First <= h.Last && h.First <= g.Last {
				t.Errorf("hits %d and %d overlap", j, i)
			}
		}
	}
}

const (
	quota  = "Herring quota is halved"
	tram   = "Tram line to the lighthouse opens"
	suit   = "Skippers sue over the count of fish"
	secret = "What the council said behind closed doors"
	tower  = "北方海湾的灯塔"
	mole   = "Die Mole von Sandhafen"
)

func TestSearch(t *testing.T) {
	a := open(t)
	for _, tt := range []struct {
		name  string
		query retrieval.Query
		first string // title of the first hit; empty for no hit at all
	}{
		{"words", retrieval.Query{Text: "Who built the tram to the lighthouse?"}, tram},
		{"an outlet steers", retrieval.Query{Text: "What does Daily Lantern say about the herring quota?"}, suit},
		{"a date steers", retrieval.Query{Text: "What was said of the herring quota on 7 October 2023?"}, quota},
		{"last week", retrieval.Query{Text: "What about the herring quota last week?"}, suit},
		{"before a month", retrieval.Query{Text: "Skippers and the herring quota before November 2023"}, quota},
		{"a word misspelt", retrieval.Query{Text: "Who built the trsm to the lighthuose?"}, tram},
		{"chinese", retrieval.Query{Text: "谁看守灯塔？"}, tower},
		{"german, in another form", retrieval.Query{Text: "Wer baute die Mole aus Granit?"}, mole},
		{"nothing in common", retrieval.Query{Text: "Photosynthesis?"}, ""},
		{"empty", retrieval.Query{Text: ""}, ""},
		{"stops only", retrieval.Query{Text: " ?! … "}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := a.titles(t, tt.query)
			if tt.first == "" && len(got) > 0 || tt.first != "" && (len(got) == 0 || got[0] != tt.first) {
				t.Errorf("%q finds %q first, want %q", tt.query.Text, got, tt.first)
			}
		})
	}
}

func TestSearchLimits(t *testing.T) {
	a := open(t)
	const text = "herring quota, tram, skippers and the count of fish"
	var id string
	for article, err := range a.store.Articles(t.Context(), corpus.Filter{Collections: []string{"main"}, Query: "tram"}) {
		if err != nil {
			t.Fatal(err)
		}
		id = article.ID
	}
	for _, tt := range []struct {
		name  string
		query retrieval.Query
		want  []string // titles, in any order
	}{
		{"none", retrieval.Query{}, []string{quota, tram, suit}},
		{"since", retrieval.Query{Since: day(2023, 11, 20)}, []string{tram, suit}},
		{"until leaves out its moment", retrieval.Query{Until: day(2023, 11, 20)}, []string{quota}},
		{"since and until", retrieval.Query{Since: day(2023, 11, 1), Until: day(2023, 12, 1)}, []string{tram}},
		{"source", retrieval.Query{Source: "The Harbour Post"}, []string{quota}},
		{"source in part, in any case", retrieval.Query{Source: "the daily lantern"}, []string{tram, suit}},
		{"source that is not there", retrieval.Query{Source: "Mountain Echo"}, nil},
		{"article", retrieval.Query{Article: id}, []string{tram}},
		{"collection", retrieval.Query{Collections: []string{"closed"}}, []string{secret}},
		{"two collections", retrieval.Query{Collections: []string{"closed", "main"}}, []string{quota, tram, suit, secret}},
		{"no collection", retrieval.Query{Collections: []string{}}, nil},
		{"how many", retrieval.Query{Limit: 1}, []string{suit}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.query.Text = text
			got := a.titles(t, tt.query)
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// What the index does not know yet must not be shown either.
func TestSearchAfterRemoval(t *testing.T) {
	a := open(t)
	hits, err := a.Search(t.Context(), retrieval.Query{Text: "tram", Collections: []string{"main"}})
	if err != nil || len(hits) == 0 || hits[0].Article.Title != tram {
		t.Fatalf("%v, %v", hits, err)
	}
	if err := a.store.Remove(t.Context(), "main", hits[0].Article.ID); err != nil {
		t.Fatal(err)
	}
	if got := a.titles(t, retrieval.Query{Text: "tram"}); slices.Contains(got, tram) {
		t.Errorf("a removed article is found before the index has caught up: %q", got)
	}
}

func TestSearchLongArticles(t *testing.T) {
	a := open(t)
	var ps []string
	for i := range 60 {
		ps = append(ps, fmt.Sprintf("Stage %d of the long race led the riders over the %s pass. %s", i, strings.Repeat("high ", i%7), strings.Repeat("They rode on and on. ", i%9)))
	}
	ps = append(ps, strings.Repeat("The riders slept at last in the valley. ", 100))
	a.add(t, "main", corpus.Draft{Title: "The long race", Paragraphs: ps})
	a.sync(t)
	got := a.titles(t, retrieval.Query{Text: "riders, pass, race and valley", Limit: 50})
	if n := len(got); n < 5 || n > 61 {
		t.Errorf("%d hits", n)
	}
}

func TestSearchHugeQuestion(t *testing.T) {
	a := open(t)
	question := strings.Repeat("herring, quota and skippers of the harbour; ", 20_000)
	if got := a.titles(t, retrieval.Query{Text: question}); len(got) == 0 || got[0] != quota {
		t.Errorf("got %q", got)
	}
	ev, err := a.Find(t.Context(), retrieval.Query{Text: question, Collections: []string{"main"}})
	if err != nil {
		t.Fatal(err)
	}
	p := retrieval.Defaults()
	if words, lookups := len(strings.Fields(ev.Plan.Text)), len(ev.Plan.Lookups); words > p.Words || lookups > p.Lookups {
		t.Errorf("%d words in %d lookups", words, lookups)
	}
}

func TestSearchCancelled(t *testing.T) {
	a := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.Search(ctx, retrieval.Query{Text: "tram", Collections: []string{"main"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestSearchEmptyArchive(t *testing.T) {
	s, err := corpus.Open(t.Context(), corpus.Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	e := retrieval.New(retrieval.Options{Store: s, Lexical: bm25.New()})
	ev, err := e.Find(t.Context(), retrieval.Query{Text: "Is anybody there?", Collections: []string{"main"}})
	if err != nil || len(ev.Hits) > 0 {
		t.Errorf("%v, %v", ev.Hits, err)
	}
}

// An embedder that fails costs its part of the score and no more.
func TestSearchVectors(t *testing.T) {
	a := open(t)
	embed := hashed.New(a.index.View().IDF)
	vectors := chromem.New(a.store, embed)
	if err := retrieval.Sync(t.Context(), a.store, vectors); err != nil {
		t.Fatal(err)
	}
	for _, e := range []retrieval.Embedder{embed, broken{embed}} {
		a.Engine = retrieval.New(retrieval.Options{Store: a.store, Lexical: a.index, Vectors: vectors, Embedder: e})
		if got := a.titles(t, retrieval.Query{Text: "Who built the tram to the lighthouse?"}); len(got) == 0 || got[0] != tram {
			t.Errorf("%T finds %q", e, got)
		}
	}
}

type broken struct{ retrieval.Embedder }

func (broken) Embed(context.Context, retrieval.Kind, []string) ([][]float32, error) {
	return nil, errors.New("the server is down")
}

func TestFind(t *testing.T) {
	a := open(t)
	for _, tt := range []struct {
		name, question         string
		outlets, absent, dates []string
	}{
		{"all there", "What does The Harbour Post say about herring, and what did Marta Quill call the count of fish?", nil, nil, nil},
		{"outlet", "According to the Mountain Echo, who built the tram?", []string{"Mountain Echo"}, nil, nil},
		{"outlet of another collection", "Does the Whisper article expect the quota to fall?", []string{"Whisper"}, nil, nil},
		{"name", "Did Zebulon Crake ride the tram?", nil, []string{"Zebulon Crake"}, nil},
		{"date", "What did Daily Lantern report on 3 May 2022?", nil, nil, []string{"3 May 2022"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ev, err := a.Find(t.Context(), retrieval.Query{Text: tt.question, Collections: []string{"main"}, Now: now})
			if err != nil {
				t.Fatal(err)
			}
			check(t, ev.Hits)
			if !slices.Equal(ev.Absent.Outlets, tt.outlets) || !slices.Equal(ev.Absent.Names, tt.absent) || !slices.Equal(ev.Absent.Dates, tt.dates) {
				t.Errorf("absent: %+v", ev.Absent)
			}
			for _, c := range ev.Asked {
				for _, share := range []float64{c.Passage, c.Window, c.Article, c.Peak} {
					if share < 0 || share > 1 {
						t.Errorf("clause %q: coverage out of range: %+v", c.Text, c)
					}
				}
				if c.Article < c.Passage {
					t.Errorf("clause %q: an article covers less than its passage: %+v", c.Text, c)
				}
				for _, h := range c.Hits {
					if h < 0 || h >= len(ev.Hits) {
						t.Errorf("clause %q: hit %d of %d", c.Text, h, len(ev.Hits))
					}
				}
			}
		})
	}
}

func TestFindCoverage(t *testing.T) {
	a := open(t)
	ev, err := a.Find(t.Context(), retrieval.Query{
		Text:        "Who rode in the first tram car with a brass band, and which volcano buried the vineyards of the monks?",
		Collections: []string{"main"}, Now: now,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ev.Asked) != 2 {
		t.Fatalf("asked: %+v", ev.Asked)
	}
	if there, not := ev.Asked[0].Window, ev.Asked[1].Window; there < .9 || not > .1 {
		t.Errorf("coverage of what is told: %v, of what is not: %v", there, not)
	}
	if ev.Rarity("herring") >= ev.Rarity("volcano") {
		t.Errorf("a word that is told is as rare as one that is not")
	}
}

// By words alone nothing is found that has none in common; by vectors it is,
// where Near allows it.
func TestSearchNear(t *testing.T) {
	a := open(t)
	embed := topics{"tram": 0, "railway": 0, "herring": 1, "fish": 1}
	vectors := chromem.New(a.store, embed)
	if err := retrieval.Sync(t.Context(), a.store, vectors); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		near int
		want []string
	}{
		{0, nil},
		{1, []string{tram}},
		{2, []string{tram}}, // the next is as far as can be
	} {
		p := retrieval.Defaults()
		p.Near = tt.near
		a.Engine = retrieval.New(retrieval.Options{Store: a.store, Lexical: a.index, Vectors: vectors, Embedder: embed, Params: p})
		if got := a.titles(t, retrieval.Query{Text: "railway?"}); !slices.Equal(got, tt.want) {
			t.Errorf("Near %d finds %q, want %q", tt.near, got, tt.want)
		}
	}
}

// topics embeds a text by the topics that its words belong to.
type topics map[string]int

func (topics) Model() string { return "topics" }

func (m topics) Embed(_ context.Context, _ retrieval.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, s := range texts {
		v := make([]float32, 3)
		v[2] = .1 // of no topic
		for word, topic := range m {
			if strings.Contains(strings.ToLower(s), word) {
				v[topic] = 1
			}
		}
		norm := float32(0)
		for _, x := range v {
			norm += x * x
		}
		for k := range v {
			v[k] /= float32(math.Sqrt(float64(norm)))
		}
		out[i] = v
	}
	return out, nil
}
