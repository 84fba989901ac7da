package bot

import (
	"cmp"
	"math"
	"slices"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// What a sentence weighs that tells of a time, where the question names one.
// They are an order more than measures: what is dated to the time goes before
// what was published in it, and that before what nothing is known of.
const (
	dated     = 1.0 // it has a date in that time
	datedNear = .9  // it has none, and one beside it in its paragraph does
	published = .8  // its article came out then, or soon after
	untimed   = .7  // nothing says when
	dayOut    = .6  // it has another date, in an article that came out on the day asked about
	otherDate = .22 // the same, where a longer time is asked about
	elsewhen  = .2  // it has another date, or its article came out at another time
)

// soonAfter is until when an article tells news of a time that is past.
const soonAfter = 7 * 24 * time.Hour

// timing says of each sentence of one paragraph when it tells of.
type timing struct {
	article   *corpus.Article
	paragraph string
	sentences []said
	dates     [][]text.Date // of each sentence, once they are read
}

// read returns the dates of sentence i. Those without a year are reckoned from
// when the article was published.
func (t *timing) read(i int) []text.Date {
	if t.dates == nil {
		t.dates = make([][]text.Date, len(t.sentences))
		for i, s := range t.sentences {
			t.dates[i] = text.Dates(s.Of(t.paragraph), t.article.Lang, t.article.Published)
		}
	}
	return t.dates[i]
}

// weight returns what sentence i weighs where the question is about one of the
// periods; 1 where it is about no time. What happened in a year is told at any
// time, and the year is in many a name ("the 2022 games"): that weighs less.
func (t *timing) weight(i int, periods []retrieval.Period) float64 {
	if len(periods) == 0 {
		return 1
	}
	out := 0.0
	for _, p := range periods {
		w := t.fits(i, p)
		if !short(p) {
			w = math.Sqrt(w)
		}
		out = max(out, w)
	}
	return out
}

// short reports whether a period is no longer than a month.
func short(p retrieval.Period) bool {
	return !p.From.IsZero() && !p.To.IsZero() && p.To.Sub(p.From) <= 31*24*time.Hour
}

func (t *timing) fits(i int, p retrieval.Period) float64 {
	has, other := met(t.read(i), p)
	switch {
	case has:
		return dated
	case other && t.out(p) && p.To.Sub(p.From) <= 24*time.Hour:
		return dayOut
	case other && t.out(p):
		return otherDate
	case other:
		return elsewhen
	}
	for _, k := range []int{i - 1, i + 1} {
		if k >= 0 && k < len(t.sentences) {
			if has, _ := met(t.read(k), p); has {
				return datedNear
			}
		}
	}
	switch {
	case t.article.Published.IsZero():
		return untimed
	case t.out(p):
		return published
	}
	return elsewhen
}

// out reports whether the article came out in the period, or soon after it.
func (t *timing) out(p retrieval.Period) bool {
	if p.Keeps {
		return p.Holds(t.article.Published, 0)
	}
	return p.Holds(t.article.Published, 24*time.Hour) || p.Holds(t.article.Published.Add(-soonAfter), 0)
}

// met reports whether one of the dates lies in the period, and whether one lies
// wholly outside.
func met(dates []text.Date, p retrieval.Period) (has, other bool) {
	for _, d := range dates {
		overlaps, inside := p.Meets(d.From, d.To)
		has = has || inside
		other = other || !overlaps
	}
	return has, other
}

// timed reports whether the question keeps a part of it to a short time, so that
// what is of another time does not answer.
func timed(ev *retrieval.Evidence) bool {
	return slices.ContainsFunc(ev.Asked, func(c retrieval.Clause) bool { return slices.ContainsFunc(c.Periods, binding) })
}

// binding reports whether only what is of the period answers. A single day may
// be no time at all ("the Sunday game"), or order events ("after November 16"),
// or be that of a report and not of what it tells.
func binding(p retrieval.Period) bool {
	return short(p) && p.To.Sub(p.From) > 24*time.Hour
}

// inTime leaves those candidates that are of the time asked about. Where what is
// of another time says more than twice as much, it leaves that: there is no
// answer, and that comes nearest.
func inTime(all []candidate) []candidate {
	in, out := 0.0, 0.0
	for i := range all {
		if c := &all[i]; c.elsewhen {
			out = max(out, c.says)
		} else {
			in = max(in, c.says)
		}
	}
	return slices.DeleteFunc(all, func(c candidate) bool { return c.elsewhen != (2*in < out) && out > 0 })
}

// outThen reports whether an article that was found came out in a time that
// binds. Then a model is shown it, and may judge what it tells.
func outThen(ev *retrieval.Evidence) bool {
	for _, c := range ev.Asked {
		for _, p := range c.Periods {
			for i := range ev.Hits {
				t := timing{article: &ev.Hits[i].Article}
				if binding(p) && t.out(p) {
					return true
				}
			}
		}
	}
	return false
}

// untimely reports whether all that is to be shown is of another time than the
// question is about.
func untimely(quotes []pick) bool {
	return len(quotes) > 0 && !slices.ContainsFunc(quotes, func(p pick) bool { return !p.beside && !p.elsewhen })
}

// anything returns what to summarise where a question asks for nothing but what
// there was at some time: "what happened in March", "what is new since Monday".
// Without a time it is what came in lately.
func anything(m *Message, ev *retrieval.Evidence) (Brief, bool) {
	if len(ev.Asked) > 0 {
		return Brief{}, false
	}
	switch periods := ev.Plan.Periods; {
	case len(periods) == 1:
		return ofTime(m, ev, periods[0])
	case len(periods) == 0 && ev.Plan.Tidings && m.Since.IsZero() && m.Until.IsZero():
		return ofTime(m, ev, retrieval.Period{From: m.Now.Add(-lately)})
	}
	return Brief{}, false
}

// lately is how far "what is new" looks back.
const lately = 7 * 24 * time.Hour

// ofTime returns the brief of all that is of a time, and of the outlet that the
// question names; false where the question is about more than that.
func ofTime(m *Message, ev *retrieval.Evidence, p retrieval.Period) (Brief, bool) {
	if len(ev.Absent.Outlets)+len(ev.Absent.Names) > 0 || m.Article != "" {
		return Brief{}, false
	}
	out := Brief{Since: p.From, Until: p.To, Source: m.Source, Collections: m.Collections, Now: m.Now}
	out.Language, out.Extractive, out.Told = cmp.Or(m.Language, text.Lang(ev.Plan.Text)), m.Extractive, m.Told
	if m.Since.After(out.Since) {
		out.Since = m.Since
	}
	if !m.Until.IsZero() && (out.Until.IsZero() || m.Until.Before(out.Until)) {
		out.Until = m.Until
	}
	for _, named := range ev.Plan.Outlets {
		if len(named.Sources) != 1 || out.Source != "" && out.Source != named.Sources[0] {
			return Brief{}, false
		}
		out.Source = named.Sources[0]
	}
	return out, true
}

// dateOf makes the words of the time that is asked about what the question asks
// for, where it asks for nothing else.
func dateOf(ev *retrieval.Evidence) []retrieval.Clause {
	p := ev.Plan.Periods[0]
	c := retrieval.Clause{Text: p.Of(ev.Plan.Text), Periods: ev.Plan.Periods, Passage: 1, Window: 1, Article: 1}
	for _, t := range text.Terms(ev.Plan.Lang, c.Text) {
		c.Words = append(c.Words, t.Of(c.Text))
	}
	return []retrieval.Clause{c}
}
