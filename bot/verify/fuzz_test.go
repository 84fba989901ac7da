package verify

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func seeds(f *testing.F) {
	for _, s := range []string{
		"", " ", "1.", "Based on passage 99999999999999999999, no.", "“”\"\"(", "not not not not",
		"The harbour of Ostby will get a new sea wall (passage 1).", "£7.1m – 45 % – 3rd – Oct 7", "港に新しい防波堤", "\xff\xfe\x00",
		"(unspecified", "1. 2. 3. Step 4:", "A B A B beat A", "don't", "\u202e\u00ad\u200b",
	} {
		f.Add(s, "What will it cost?", "The harbour of Ostby will get a new sea wall.\nIt will cost 7.1 million pounds.")
		f.Add("Ostby will get a wall.", "", s)
	}
}

// FuzzText: whatever is checked against whatever, each sentence stands in the
// text, in order, and scores lie in [0,1].
func FuzzText(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, answer, question, passages string) {
		var ps []Passage
		for l := range strings.Lines(passages) {
			ps = append(ps, Passage{ID: l, Text: l})
		}
		last := 0
		for _, c := range Read(ps...).Text(answer, question) {
			if c.Start < last || c.End <= c.Start || c.End > len(answer) {
				t.Fatalf("span %v after %d in %d bytes", c.Span, last, len(answer))
			}
			if utf8.ValidString(answer) && !utf8.ValidString(c.Of(answer)) {
				t.Fatalf("span %v cuts a character", c.Span)
			}
			last = c.End
			if !(c.Score >= 0 && c.Score <= 1) {
				t.Fatalf("score %v", c.Score)
			}
		}
	})
}

// FuzzCited: no sentence passes that cites nothing, or an id that was not
// given; and what speaks for a sentence is one of the passages cited.
func FuzzCited(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, sentence, id, passages string) {
		var ps []Passage
		var ids []string
		for l := range strings.Lines(passages) {
			ps = append(ps, Passage{ID: l, Text: l})
			ids = append(ids, l)
		}
		s := Read(ps...)
		if s.Cited(sentence, "").Supported {
			t.Fatal("passed without a citation")
		}
		if !slices.Contains(ids, id) && s.Cited(sentence, "", id).Supported {
			t.Fatalf("passed by %q, which was not given", id)
		}
		for _, k := range ids {
			v := s.Cited(sentence, "", k)
			for _, p := range v.Places {
				i := slices.Index(ids, p.ID)
				if p.ID != k || p.Start < 0 || p.End > len(ps[i].Text) || p.Start >= p.End {
					t.Fatalf("cited %q, supported by %+v", k, p)
				}
			}
		}
	})
}

// FuzzJudge: a place lies in its passage, and a claim that stands there word
// for word is supported.
func FuzzJudge(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, claim, _, passage string) {
		s := Read(Passage{ID: "1", Text: passage})
		j := s.Judge(claim)
		if !(j.Score >= 0 && j.Score <= 1) {
			t.Fatalf("score %v", j.Score)
		}
		for _, p := range j.Places {
			if p.ID != "1" || p.Start < 0 || p.End > len(passage) || p.Start >= p.End {
				t.Fatalf("place %+v", p)
			}
		}
		if (j.Stand == NotFound) != (len(j.Places) == 0) {
			t.Fatalf("%s with %d places", j.Stand, len(j.Places))
		}
	})
}
