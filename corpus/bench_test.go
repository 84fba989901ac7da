package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// archive returns n made-up articles of about 11 kB in 25 paragraphs, the size
// of a news archive's.
func archive(n int) []Draft {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields(`the council of harbour towns met again on Tuesday to speak about ferries and their
		fares which had risen by a third since spring while fewer people travelled at night than before`)
	drafts := make([]Draft, n)
	for i := range drafts {
		d := Draft{Title: fmt.Sprint("Report ", i), Source: "The Harbour Post", URL: fmt.Sprintf("https://harbour.example/%d", i)}
		for range 25 {
			var b strings.Builder
			for b.Len() < 440 {
				b.WriteString(words[r.IntN(len(words))])
				b.WriteByte(' ')
			}
			d.Paragraphs = append(d.Paragraphs, b.String())
		}
		drafts[i] = d
	}
	return drafts
}

// addInBatches adds drafts the way a reader of many files does.
func addInBatches(t testing.TB, s *Store, drafts []Draft, want Status) {
	const size = 64
	for len(drafts) > 0 {
		batch := drafts[:min(size, len(drafts))]
		drafts = drafts[len(batch):]
		added, err := s.AddAll(t.Context(), "main", batch)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range added {
			if a.Err != nil || a.Status != want {
				t.Fatalf("%s, %v; want %s", a.Status, a.Err, want)
			}
		}
	}
}

// BenchmarkAdd adds 609 new articles, cleaning, hashing and syncing included.
func BenchmarkAdd(b *testing.B) {
	drafts := archive(609)
	for b.Loop() {
		b.StopTimer()
		s := open(b)
		b.StartTimer()
		addInBatches(b, s, drafts, StatusAdded)
	}
	b.ReportMetric(float64(len(drafts)*b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkAddEach adds one article with a transaction of its own.
func BenchmarkAddEach(b *testing.B) {
	s := open(b)
	drafts := archive(max(b.N, 1000))
	i := 0
	for b.Loop() {
		d := drafts[i%len(drafts)]
		d.URL = fmt.Sprint(d.URL, "/", i)
		must(s.Add(b.Context(), "main", d))(b, StatusAdded)
		i++
	}
}

// BenchmarkUnchanged adds 609 articles that the store has.
func BenchmarkUnchanged(b *testing.B) {
	s := open(b)
	drafts := archive(609)
	addInBatches(b, s, drafts, StatusAdded)
	for b.Loop() {
		addInBatches(b, s, drafts, StatusUnchanged)
	}
	b.ReportMetric(float64(len(drafts)*b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkArticles lists 609 articles.
func BenchmarkArticles(b *testing.B) {
	s := open(b)
	addInBatches(b, s, archive(609), StatusAdded)
	for b.Loop() {
		for _, err := range s.Articles(b.Context(), Filter{Query: "report"}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkCount counts the articles of one of two collections, 2,000 in each.
func BenchmarkCount(b *testing.B) {
	s := open(b)
	for _, collection := range []string{"main", "other"} {
		drafts := make([]Draft, 2_000)
		for i := range drafts {
			drafts[i] = Draft{Title: fmt.Sprint("Report ", i), Lang: "en", Paragraphs: []string{fmt.Sprint(collection, i)}}
		}
		if _, err := s.AddAll(b.Context(), collection, drafts); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if n, err := s.Count(b.Context(), Filter{Collections: []string{"main"}}); n != 2_000 || err != nil {
			b.Fatal(n, err)
		}
	}
}

// BenchmarkOpen opens a store that is there, as each command does.
func BenchmarkOpen(b *testing.B) {
	path := b.TempDir() + "/pilcrow.db"
	for b.Loop() {
		s, err := Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Head(b.Context()); err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}

// BenchmarkVectors reads the vectors of some 7,000 passages.
func BenchmarkVectors(b *testing.B) {
	s := open(b)
	vecs := map[string][]float32{}
	var hashes []string
	for i := range 7000 {
		h := Hash(fmt.Sprint(i))
		v := make([]float32, 512)
		v[i%512] = 1
		vecs[h] = v
		hashes = append(hashes, h)
	}
	if err := s.PutVectors(b.Context(), "m", vecs); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		got, err := s.Vectors(b.Context(), "m", hashes)
		if err != nil || len(got) != len(hashes) {
			b.Fatal(len(got), err)
		}
	}
}
