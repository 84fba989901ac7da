package passage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/corpus"
	"pilcrow/retrieval/passage"
)

// paragraphs makes one paragraph of each length, in words; sentences of ten
// words each.
func paragraphs(lengths ...int) []corpus.Paragraph {
	var out []corpus.Paragraph
	for i, n := range lengths {
		words := make([]string, n)
		for k := range words {
			words[k] = "word"
			if k%10 == 9 || k == n-1 {
				words[k] = "end."
			}
			if k%10 == 0 {
				words[k] = "Begin"
			}
		}
		out = append(out, corpus.Paragraph{N: i + 1, Text: strings.Join(words, " ")})
	}
	return out
}

// shape writes passages as "1-3 4 5/1 5/2": paragraphs and parts.
func shape(ps []passage.Passage) string {
	var out []string
	for _, p := range ps {
		switch {
		case p.Part > 0:
			out = append(out, fmt.Sprintf("%d/%d", p.First, p.Part))
		case p.First == p.Last:
			out = append(out, fmt.Sprint(p.First))
		default:
			out = append(out, fmt.Sprintf("%d-%d", p.First, p.Last))
		}
	}
	return strings.Join(out, " ")
}

func TestPack(t *testing.T) {
	tests := map[string]struct {
		lengths []int
		want    string
	}{
		"nothing":                 {nil, ""},
		"one word":                {[]int{1}, "1"},
		"until there is enough":   {[]int{50, 50, 50, 50, 50, 50}, "1-3 4-6"},
		"not too much":            {[]int{120, 120, 120}, "1 2 3"},
		"little takes more":       {[]int{40, 180, 160}, "1-2 3"},
		"but never too much":      {[]int{90, 250}, "1 2"},
		"a heading":               {[]int{5, 200, 5, 200}, "1-2 3-4"},
		"a rest joins":            {[]int{160, 60}, "1-2"},
		"a big rest stands":       {[]int{160, 120}, "1 2"},
		"a rest that is too much": {[]int{290, 20}, "1 2"},
		"one long":                {[]int{300}, "1"},
		"one too long":            {[]int{301}, "1/1 1/2"},
		"too long between":        {[]int{50, 400, 50}, "1 2/1 2/2 2/3 3"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := shape(passage.Pack(&corpus.Article{ID: "a"}, paragraphs(test.lengths...))); got != test.want {
				t.Errorf("%v packed as %q, want %q", test.lengths, got, test.want)
			}
		})
	}
}

// What holds for every article: its paragraphs are all there, in order, once,
// and none is cut unless it is too long.
func check(t *testing.T, ps []corpus.Paragraph) {
	t.Helper()
	a := corpus.Article{ID: "a", Revision: 3, Title: "T", Lang: "en"}
	next := 1
	for _, p := range passage.Pack(&a, ps) {
		if p.Article != "a" || p.Revision != 3 || p.Lang != "en" || p.Header != "T" {
			t.Fatalf("passage of %q revision %d, %q, %q", p.Article, p.Revision, p.Lang, p.Header)
		}
		if p.Part > 0 {
			i := strings.Index(ps[p.First-1].Text, p.Texts[0])
			if p.First != p.Last || len(p.Texts) != 1 || i < 0 || passage.Words(p.Texts[0]) > 300 {
				t.Fatalf("part %d of paragraph %d is %.40q", p.Part, p.First, p.Texts)
			}
			if p.Part == 1 {
				if p.First != next {
					t.Fatalf("paragraph %d comes after %d", p.First, next-1)
				}
				next++
			} else if p.First != next-1 {
				t.Fatalf("part %d of paragraph %d comes after paragraph %d", p.Part, p.First, next-1)
			}
			continue
		}
		if p.First != next || p.Last < p.First || len(p.Texts) != p.Last-p.First+1 {
			t.Fatalf("paragraphs %d to %d with %d texts come after %d", p.First, p.Last, len(p.Texts), next-1)
		}
		total := 0
		for i, s := range p.Texts {
			if s != ps[p.First-1+i].Text {
				t.Fatalf("paragraph %d was changed", p.First+i)
			}
			total += passage.Words(s)
		}
		if total > 300 {
			t.Fatalf("paragraphs %d to %d have %d words", p.First, p.Last, total)
		}
		next = p.Last + 1
	}
	if next != len(ps)+1 {
		t.Fatalf("the last paragraph packed is %d of %d", next-1, len(ps))
	}
}

func FuzzPack(f *testing.F) {
	f.Add("One.\nTwo, and a half. Three!\n" + strings.Repeat("again and again ", 200))
	f.Add(strings.Repeat("東京の新聞は毎日読まれる。", 100))
	f.Add(strings.Repeat("x", 30_000) + "\n\xff\xfe\n" + strings.Repeat("ข่าว", 500))
	f.Fuzz(func(t *testing.T, s string) {
		var ps []corpus.Paragraph
		for i, line := range slices.DeleteFunc(strings.Split(s, "\n"), func(s string) bool { return strings.TrimSpace(s) == "" }) {
			ps = append(ps, corpus.Paragraph{N: i + 1, Text: strings.ToValidUTF8(line, "\uFFFD")})
		}
		check(t, ps)
	})
}

// The parts of a long paragraph hold all of it, cut between sentences where
// there are any.
func TestParts(t *testing.T) {
	tests := map[string]string{
		"sentences":     paragraphs(2345)[0].Text,
		"no sentences":  strings.TrimSpace(strings.Repeat("word ", 2345)),
		"no words":      strings.Repeat("x", 50_000),
		"Chinese":       strings.Repeat("北京大学的学生", 1000),
		"Thai":          strings.Repeat("ข่าววันนี้", 1000),
		"with one long": paragraphs(50)[0].Text + " " + strings.TrimSpace(strings.Repeat("word ", 500)) + ". " + paragraphs(50)[0].Text,
		"100,000 words": paragraphs(100_000)[0].Text,
	}
	for name, s := range tests {
		t.Run(name, func(t *testing.T) {
			ps := []corpus.Paragraph{{N: 1, Text: s}}
			check(t, ps)
			rest := s
			for _, p := range passage.Pack(&corpus.Article{}, ps) {
				part := p.Texts[0]
				if name == "sentences" && !strings.HasSuffix(part, ".") {
					t.Errorf("part %d ends in mid-sentence: …%q", p.Part, part[max(0, len(part)-20):])
				}
				var ok bool
				if rest, ok = strings.CutPrefix(rest, part); !ok {
					t.Fatalf("part %d is not what comes next", p.Part)
				}
				rest = strings.TrimLeft(rest, " ")
			}
			if rest != "" {
				t.Errorf("%d bytes are in no part", len(rest))
			}
		})
	}
}

func TestWords(t *testing.T) {
	for s, want := range map[string]int{
		"":                         0,
		"one":                      1,
		"It's half-done, at 3.5 %": 5,
		"北京大学":                     2,
		"東京 and 大阪":                3,
		strings.Repeat("x", 400):   10,
	} {
		if got := passage.Words(s); got != want {
			t.Errorf("%.30q has %d words, want %d", s, got, want)
		}
	}
}

func TestHeader(t *testing.T) {
	day := time.Date(2024, 3, 1, 23, 30, 0, 0, time.FixedZone("", -3600))
	for _, test := range []struct {
		article corpus.Article
		want    string
	}{
		{corpus.Article{}, ""},
		{corpus.Article{Title: "Ferry late."}, "Ferry late"},
		{corpus.Article{Title: "Is it late?", Source: "The Heron"}, "Is it late?. The Heron"},
		{corpus.Article{Title: "Ferry late", Source: "The Heron", Published: day}, "Ferry late. The Heron. March 2, 2024"},
	} {
		if got := passage.Header(&test.article); got != test.want {
			t.Errorf("header %q, want %q", got, test.want)
		}
	}
}

func TestText(t *testing.T) {
	p := passage.Passage{Header: "Ferry late. The Heron", Texts: []string{"It was foggy.", "It is not now."}}
	if got, want := p.Text(), "Ferry late. The Heron\nIt was foggy.\nIt is not now."; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	p.Header = ""
	if got, want := p.Text(), "It was foggy.\nIt is not now."; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

// Passages that were stored as vectors and in snapshots know this shape by
// Version. Whoever changes it changes that.
func TestVersion(t *testing.T) {
	var lengths []int
	for i := range 60 {
		lengths = append(lengths, (i*i*37+11)%211+1)
	}
	got := shape(passage.Pack(&corpus.Article{}, paragraphs(lengths...)))
	const want = "1-3 4 5 6-7 8-9 10-11 12-13 14 15-16 17 18 19 20-22 23 24 25-26 27 28 29 30 31 32 " +
		"33-34 35 36 37-39 40 41 42 43-44 45-47 48-50 51-53 54 55-56 57 58 59-60"
	if passage.Version != 1 || got != want {
		t.Errorf("version %d packs as\n%s, want version 1 and\n%s", passage.Version, got, want)
	}
}
