package retrieval

import (
	"strings"
	"testing"
	"time"

	"pilcrow/corpus/text"
)

// FuzzNewPlan holds plans to what their fields say, whatever the question.
func FuzzNewPlan(f *testing.F) {
	for _, s := range []string{
		"", "?", "Which river flooded the old mill town in spring, and who paid to rebuild the stone bridge?",
		"What did The Harbour Post's report of Oct. 7 say since August, while Ledger.com was silent?",
		"between May and", "since", "according to", "the article", "\xff\xfe,,;;", "北京晨报关于灯塔，说了什么？", "A, B; C: D?",
		strings.Repeat("and ", 50), "The Owl - Books, The Owl - Films and the owl",
	} {
		f.Add(s)
	}
	outlets := NewOutlets(sources, nil)
	params := Defaults()
	f.Fuzz(func(t *testing.T, question string) {
		p := NewPlan(question, outlets, time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC), params)
		if n := len(text.Words(p.Text)); n > params.Words {
			t.Errorf("%d words", n)
		}
		at := 0
		for _, c := range p.Clauses {
			if c.Start != at || c.End < c.Start {
				t.Fatalf("clauses %v do not cover %q", p.Clauses, p.Text)
			}
			at = c.End
		}
		if at != len(p.Text) || len(p.Clauses) > params.Lookups || len(p.Lookups) > params.Lookups {
			t.Errorf("%d clauses up to %d of %d bytes, %d lookups", len(p.Clauses), at, len(p.Text), len(p.Lookups))
		}
		looked := make(map[int]bool)
		for _, l := range p.Lookups {
			looked[l.Clause] = true
		}
		if len(looked) != len(p.Clauses) {
			t.Errorf("%d of %d clauses are looked up", len(looked), len(p.Clauses))
		}
		for _, m := range p.Outlets {
			if m.End > len(p.Text) || len(m.Sources) == 0 {
				t.Errorf("outlet %v", m)
			}
		}
		for _, d := range p.Periods {
			if d.End > len(p.Text) || d.Start > d.End || !d.From.IsZero() && !d.To.IsZero() && !d.From.Before(d.To) {
				t.Errorf("period %+v of %q", d, p.Text)
			}
		}
		_ = p.String()
		p.outletPlaces(text.Names(p.Lang, p.Text))
	})
}
