package passage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// A passage closes once it has enough words, and before a paragraph that
// would make it too long. Lengths are in words as Words counts them.
const (
	enough  = 150 // a passage with so many is full
	roomy   = 200 // one that has few still takes a paragraph up to this length
	few     = 100 // a rest shorter than this joins the passage before it,
	longest = 300 // which never makes a passage of several paragraphs longer than this
)

// Pack cuts an article into passages of consecutive whole paragraphs, about
// 150 to 200 words each and never more than 300, in order, none left out. ps
// are all paragraphs of a's current revision. A paragraph that alone is longer
// than 300 words becomes several passages, its Parts, cut between sentences
// where there are any.
func Pack(a *corpus.Article, ps []corpus.Paragraph) []Passage {
	var out []Passage
	header := Header(a)
	add := func(part int, ps []corpus.Paragraph, texts ...string) {
		out = append(out, Passage{
			Article: a.ID, Revision: a.Revision, First: ps[0].N, Last: ps[len(ps)-1].N, Part: part,
			Lang: a.Lang, Header: header, Texts: texts,
		})
	}
	flush := func(run []corpus.Paragraph) {
		if len(run) == 0 {
			return
		}
		texts := make([]string, len(run))
		for i := range run {
			texts[i] = run[i].Text
		}
		add(0, run, texts...)
	}

	start, size := 0, 0 // the open passage is ps[start:i], of size words
	before := 0         // words of the passage before it, 0 where it cannot grow
	for i := range ps {
		n := Words(ps[i].Text)
		if n > longest {
			flush(ps[start:i])
			for k, t := range parts(ps[i].Text) {
				add(k+1, ps[i:i+1], t)
			}
			start, size, before = i+1, 0, 0
			continue
		}
		if size > 0 && (size >= enough || size+n > roomy && size >= few || size+n > longest) {
			flush(ps[start:i])
			start, size, before = i, 0, size
		}
		size += n
	}
	if size > 0 && size < few && before > 0 && before+size <= longest {
		last := &out[len(out)-1]
		for _, p := range ps[start:] {
			last.Texts = append(last.Texts, p.Text)
			last.Last = p.N
		}
		return out
	}
	flush(ps[start:])
	return out
}

// Header returns what an article says of itself, as it stands in front of each
// of its passages: "Title. Source. January 2, 2006".
func Header(a *corpus.Article) string {
	var known []string
	for _, s := range []string{a.Title, a.Source} {
		if s != "" {
			known = append(known, strings.TrimRight(s, "."))
		}
	}
	if !a.Published.IsZero() {
		known = append(known, a.Published.UTC().Format("January 2, 2006"))
	}
	return strings.Join(known, ". ")
}

// parts cuts one long paragraph into stretches of whole sentences, enough
// words each where the sentences allow it.
func parts(s string) []string {
	var out []string
	start, end, size := 0, 0, 0 // the open stretch
	last := 0                   // where the one before it starts
	for _, sentence := range text.Sentences(s) {
		for piece := range pieces(sentence.Of(s)) {
			n := Words(piece.Of(sentence.Of(s)))
			if size >= enough || size > 0 && size+n > longest {
				out = append(out, s[start:end])
				last, size = start, 0
			}
			if size == 0 {
				start = sentence.Start + piece.Start
			}
			end = sentence.Start + piece.End
			size += n
		}
	}
	if size < few && len(out) > 0 && Words(s[last:end]) <= longest {
		out[len(out)-1] = s[last:end]
		return out
	}
	return append(out, s[start:end])
}

// pieces yields s whole where it is no longer than a passage may be, else cut
// into pieces of enough words, wherever that falls.
func pieces(s string) func(yield func(text.Span) bool) {
	return func(yield func(text.Span) bool) {
		if Words(s) <= longest {
			yield(text.Span{Start: 0, End: len(s)})
			return
		}
		var c counter
		start := 0
		for i, r := range s {
			if c.words() >= enough && c.begins(r) {
				if !yield(text.Span{Start: start, End: i}) {
					return
				}
				start, c = i, counter{}
			}
			if r == ' ' && start == i {
				start++
				continue
			}
			c.add(r)
		}
		yield(text.Span{Start: start, End: len(s)})
	}
}

// Words says how long s is: the number of its words, two characters of a
// script without spaces counting as one word, and a run of letters and signs
// without end as many as it has stretches of longWord characters.
func Words(s string) int {
	var c counter
	for _, r := range s {
		c.add(r)
	}
	return c.words()
}

const longWord = 40

type counter struct {
	full, half int
	run        int // characters of the word under way that were counted
}

func (c *counter) words() int { return c.full + (c.half+1)/2 }

// begins reports whether no word goes on with r.
func (c *counter) begins(r rune) bool { return r == ' ' || c.run == 0 || unspaced(r) }

func (c *counter) add(r rune) {
	switch {
	case r == ' ':
		c.run = 0
	case unspaced(r):
		c.half++
		c.run = 0
	default:
		if c.run == 0 {
			c.full++
		}
		if c.run++; c.run == longWord {
			c.run = 0
		}
	}
}

// unspaced reports whether r belongs to a script that puts no space between
// words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && r != utf8.RuneError && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
