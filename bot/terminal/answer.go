package terminal

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"pilcrow/bot"
	"pilcrow/corpus"
)

// Answer shows events as they come: each sentence with its markers, then the
// sources, or why there is no answer and what comes closest. It returns the
// citations in the order of their numbers, for a reader who asks for one.
func (s *Screen) Answer(events iter.Seq2[bot.Event, error]) ([]bot.Citation, error) {
	var cited []bot.Citation
	for event, err := range events {
		if err != nil {
			return cited, err
		}
		switch e := event.(type) {
		case bot.Understood:
			s.Block("", "", s.Dim("Understood as: "+Plain(e.Question)))
		case bot.Notice:
			s.Block("", "", s.Dim(e.Text+more(e)))
		case bot.Disagreement:
			s.Block("", "", s.Dim(fmt.Sprintf("The sources differ: compare %s and %s.", mark(e.First.N), mark(e.Second.N))))
		case bot.Sentence:
			var marks strings.Builder
			for _, c := range e.Citations {
				marks.WriteString("\u00a0" + s.Accent(mark(c.N)))
				if c.N > len(cited) {
					cited = append(cited, c)
				}
			}
			s.Block("", "", Plain(e.Text)+marks.String())
		case bot.Refused:
			s.Block("", "", Refusal(e))
			switch {
			case len(e.Nearest) > 0:
				s.Printf("\n%s\n", s.Dim("The nearest paragraphs:"))
			case e.Reason == bot.NoEvidence:
				s.Block("", "", s.Dim("For an overview: pilcrow summarise. What there is: pilcrow articles."))
			}
			for _, c := range e.Nearest {
				s.source(mark(c.N), c)
				s.Block("    ", "    ", s.Dim(excerpt(Plain(c.Text), 3*s.width())))
			}
			return e.Nearest, s.Err()
		case bot.Done:
			if n := len(e.Dropped); n > 0 {
				s.Printf("%s\n", s.Dim(fmt.Sprintf("(%s left out: not found in the articles)", count(n, "sentence"))))
			}
		}
		if s.err != nil {
			return cited, s.err
		}
	}
	if len(cited) > 0 {
		s.Printf("\n")
	}
	s.sources(cited)
	return cited, s.Err()
}

// sources lists what was cited, a paragraph a line: two quotes from one
// paragraph share it.
func (s *Screen) sources(cited []bot.Citation) {
	type place struct {
		article             string
		revision, paragraph int
	}
	marks := map[place]string{}
	at := func(c bot.Citation) place { return place{c.Article.ID, c.Revision, c.Paragraph} }
	for _, c := range cited {
		marks[at(c)] += mark(c.N)
	}
	for _, c := range cited {
		if m := marks[at(c)]; m != "" {
			s.source(m, c)
			delete(marks, at(c))
		}
	}
}

// source shows the line of one paragraph: [1] title · outlet · date · ¶3.
func (s *Screen) source(marks string, c bot.Citation) {
	line := s.byline(c.Article, c.Link()) + s.Dim("\u00a0· ¶"+strconv.Itoa(c.Paragraph))
	if len(c.Also) > 0 {
		line += s.Dim("\u00a0· told by " + Plain(strings.Join(c.Also, ", ")) + " as well")
	}
	switch {
	case c.Article.Withdrawn():
		line += s.Dim("\u00a0· withdrawn")
	case c.Outdated():
		line += s.Dim("\u00a0· changed since")
	}
	s.Block(s.Accent(marks)+" ", strings.Repeat(" ", len(marks)+1), line)
}

// Paragraph shows what a citation stands on: the whole paragraph, with the
// words that were quoted in bold.
func (s *Screen) Paragraph(c bot.Citation) {
	s.source(mark(c.N), c)
	if 0 <= c.Start && c.Start < c.End && c.End <= len(c.Text) {
		s.Block("    ", "    ", Plain(c.Text[:c.Start])+s.boldWords(Plain(c.Quote()))+Plain(c.Text[c.End:]))
	} else {
		s.Block("    ", "    ", Plain(c.Text))
	}
	if webAddress(c.Article.URL) {
		s.Printf("    %s\n", s.Dim(c.Article.URL))
	}
}

// boldWords sets each word in bold by itself, so that weight neither spans
// line ends nor the indent after them.
func (s *Screen) boldWords(text string) string {
	words := strings.Split(text, " ")
	for i, w := range words {
		words[i] = s.Bold(w)
	}
	return strings.Join(words, " ")
}

// Byline says which article: its title, outlet and date where they are known.
func (s *Screen) Byline(a corpus.Article) string { return s.byline(a, a.URL) }

func (s *Screen) byline(a corpus.Article, address string) string {
	title := Plain(a.Title)
	if strings.TrimSpace(title) == "" {
		title = "Untitled"
	}
	line := s.Link(address, title)
	if source := Plain(a.Source); source != "" {
		line += s.Dim("\u00a0· " + source)
	}
	if date := Date(a.Published); date != "" {
		line += s.Dim("\u00a0· " + date)
	}
	return line
}

// Date shows a day as a newspaper does, or nothing where it is unknown.
func Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2\u00a0January\u00a02006")
}

// Refusal says in a sentence why there is no answer.
func Refusal(r bot.Refused) string {
	what := Plain(strings.TrimSpace(r.Detail))
	switch r.Reason {
	case bot.AbsentSource:
		if what == "" {
			what = "that outlet"
		}
		return "Nothing from " + what + " is kept here, so there is nothing to answer from."
	case bot.AbsentName:
		if what == "" {
			return "The question names something that no article here mentions."
		}
		return "No article here mentions " + what + "."
	case bot.Gate:
		return "An answer was written, but none of it could be found in the articles, so it is not shown."
	case bot.Failed:
		return "Something went wrong on the way to an answer. Please ask again."
	default:
		return "The articles here don't say."
	}
}

// mark is the marker of citation n.
func mark(n int) string { return "[" + strconv.Itoa(n) + "]" }

// count says "1 sentence" or "3 sentences".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// excerpt cuts text at a space after at most limit bytes.
func excerpt(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	cut := strings.ToValidUTF8(text[:limit], "")
	if i := strings.LastIndexByte(cut, ' '); i > limit/2 {
		cut = cut[:i]
	}
	return cut + " …"
}

// more says where a person finds out what is behind a notice.
func more(n bot.Notice) string {
	switch n.Text {
	case bot.NoModel, bot.ModelBroke:
		return " \"pilcrow doctor\" says why."
	}
	return ""
}
