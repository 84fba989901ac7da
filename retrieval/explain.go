package retrieval

import (
	"fmt"
	"strings"
	"time"
)

// why returns the addends of a hit's score, those of the lookup it was taken
// for first. The last one takes off what that lookup's score does not say: the
// other lookups that the hit does not answer, and what earlier hits answered.
func why(sh *sheet, r *row, score float64, clauses int) []Part {
	prefix := ""
	if clauses > 1 {
		prefix = fmt.Sprintf("clause %d ", sh.Clause+1)
	}
	var out []Part
	for k, v := range r.parts {
		if v != 0 {
			out = append(out, Part{prefix + partNames[k], v})
		}
	}
	if rest := score - r.score; rest < -1e-9 {
		out = append(out, Part{"not needed", rest})
	}
	return out
}

// String writes the plan for people: a line for each outlet, time and lookup.
func (p Plan) String() string {
	var b strings.Builder
	for _, m := range p.Outlets {
		fmt.Fprintf(&b, "outlet %q: %s\n", m.Of(p.Text), strings.Join(m.Sources, "; "))
	}
	for _, d := range p.Periods {
		fmt.Fprintf(&b, "time %q: %s\n", d.Of(p.Text), d)
	}
	for i := range p.Clauses {
		fmt.Fprintf(&b, "clause %d %q\n", i+1, p.Clause(i))
		if p.Parts != nil {
			fmt.Fprintf(&b, "  asks %q\n", p.Parts[i].Asks)
			for _, w := range p.Parts[i].With {
				fmt.Fprintf(&b, "  with %q\n", w.Of(p.Text))
			}
		}
		for _, l := range p.Lookups {
			if l.Clause != i {
				continue
			}
			if l.Named {
				fmt.Fprintf(&b, "  in %s\n", strings.Join(l.Outlets, "; "))
			} else if len(l.Outlets) > 0 {
				fmt.Fprintf(&b, "  rather in %s\n", strings.Join(l.Outlets, "; "))
			}
		}
		for _, d := range p.times(i) {
			fmt.Fprintf(&b, "  around %s\n", d)
		}
	}
	if p.Tidings {
		b.WriteString("asks what happened\n")
	}
	return b.String()
}

// String writes a period as dates, both inclusive.
func (p Period) String() string {
	layout := time.DateOnly
	if p.Annual {
		layout = "01-02"
	}
	day := func(t time.Time, open string) string {
		if t.IsZero() {
			return open
		}
		return t.Format(layout)
	}
	from := day(p.From, "…")
	to := "…"
	if !p.To.IsZero() {
		to = day(p.To.Add(-time.Nanosecond), "…")
	}
	s := from
	if to != from {
		s = from + " to " + to
	}
	switch {
	case p.Annual:
		s += " of any year"
	case p.Keeps:
		s += ", kept to"
	}
	return s
}
