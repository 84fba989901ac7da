package bot

import (
	"slices"
	"strconv"
	"strings"

	"pilcrow/corpus/text"
)

// written is one sentence as a model wrote it, apart from its markers.
type written struct {
	text string
	ids  []int // of the passages it cites, in order, each once; any number at all
}

// maxPending bounds a sentence without an end, in bytes. What is longer is cut
// there: no check could make sense of it.
const maxPending = 4000

// splitter cuts a stream of text into sentences with their citations as soon
// as each is complete. What a model thinks aloud between <think> tags, and
// everything in code fences, is left out. The zero splitter is ready.
type splitter struct {
	pending  string // not yet cut
	thinking bool
	fenced   bool
}

// add takes the next piece and returns the sentences that it completes.
func (s *splitter) add(piece string) []written {
	s.pending += piece
	var out []written
	for {
		line, rest, whole := strings.Cut(s.pending, "\n")
		if !whole {
			break
		}
		s.pending = rest
		out = append(out, s.line(line)...)
	}
	if s.thinking || s.fenced || opens(s.pending) {
		if len(s.pending) > maxPending { // keep what may be the beginning of a tag
			s.pending = s.pending[len(s.pending)-len(closeThink):]
		}
		return out
	}
	// Only a sentence with another behind it is known to be complete: with a
	// whole word of another, since that word may show that it goes on, and
	// with more than markers, since those would be its own.
	for {
		spans := text.Sentences(s.pending)
		if len(spans) < 2 || !strings.Contains(spans[1].Of(s.pending), " ") || trailing(spans[1].Of(s.pending)) {
			if len(s.pending) <= maxPending {
				return out
			}
			spans = append(spans[:0], text.Span{Start: 0, End: len(s.pending)}, text.Span{Start: len(s.pending)})
		}
		out = append(out, sentences(s.pending[:spans[1].Start])...)
		s.pending = s.pending[spans[1].Start:]
	}
}

// end returns what is left when the stream has ended.
func (s *splitter) end() []written {
	rest := s.pending
	s.pending = ""
	return s.line(rest)
}

const (
	openThink  = "<think>"
	closeThink = "</think>"
	fence      = "```"
)

// line cuts one whole line.
func (s *splitter) line(line string) []written {
	var out []written
	for line != "" {
		switch {
		case s.thinking:
			_, after, closed := strings.Cut(line, closeThink)
			if !closed {
				return out
			}
			s.thinking, line = false, after
		case strings.HasPrefix(strings.TrimSpace(line), fence):
			s.fenced = !s.fenced
			return out
		case s.fenced:
			return out
		default:
			// Some servers send the end of a thought without its beginning.
			if thought, after, ended := strings.Cut(line, closeThink); ended && !strings.Contains(thought, openThink) {
				line = after
				continue
			}
			said, after, opened := strings.Cut(line, openThink)
			out = append(out, sentences(said)...)
			s.thinking, line = opened, after
		}
	}
	return out
}

// opens reports whether the text opens a tag or a fence, or may be about to.
func opens(s string) bool {
	if strings.Contains(s, openThink) || strings.HasPrefix(strings.TrimSpace(s), "`") {
		return true
	}
	i := strings.LastIndexByte(s, '<')
	return i >= 0 && strings.HasPrefix(openThink, s[i:])
}

// trailing reports whether a sentence may turn out to be only markers of the
// sentence before it.
func trailing(sentence string) bool {
	bare, _ := markers(sentence)
	return strings.Trim(bare, " [【(^0123456789,;.") == ""
}

// sentences cuts a stretch of a line. Markers behind a full stop belong to the
// sentence before them.
func sentences(s string) []written {
	s = plain(s)
	var out []written
	for _, span := range text.Sentences(s) {
		bare, ids := markers(span.Of(s))
		if strings.Trim(bare, " .,;") == "" {
			if n := len(out); n > 0 {
				out[n-1].ids = union(out[n-1].ids, ids)
			}
			continue
		}
		out = append(out, written{text: bare, ids: ids})
	}
	return out
}

// plain takes the marks of lists, headings, quotes and emphasis off a line. A
// row of a table becomes its cells with commas between; a rule becomes "".
func plain(line string) string {
	line = strings.TrimSpace(line)
	line = strings.TrimLeft(line, "#> ")
	for _, bullet := range []string{"- ", "* ", "+ ", "• ", "– "} {
		line = strings.TrimPrefix(line, bullet)
	}
	if n := strings.IndexFunc(line, func(r rune) bool { return r < '0' || r > '9' }); n > 0 && n < 3 {
		if rest := line[n:]; strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ") {
			line = rest[2:]
		}
	}
	if strings.HasPrefix(line, "|") {
		line = strings.Join(strings.FieldsFunc(line, func(r rune) bool { return r == '|' }), ",")
	}
	if strings.Trim(line, "-=*_:, ") == "" {
		return ""
	}
	return strings.NewReplacer("**", "", "__", "", "`", "").Replace(line)
}

// markers takes the citation markers out of a sentence: [1], [1, 2], [1][2],
// 【1】 and [^1], wherever they stand. It returns what is left, clean, and the
// numbers.
func markers(s string) (string, []int) {
	var bare strings.Builder
	var ids []int
	for s != "" {
		i := strings.IndexAny(s, "[【")
		if i < 0 {
			break
		}
		size := 1
		if s[i] != '[' {
			size = len("【")
		}
		end := strings.IndexAny(s[i:], "]】")
		found, ok := []int(nil), false
		if end > 0 {
			found, ok = numbers(s[i+size : i+end])
		}
		if !ok {
			bare.WriteString(s[:i+size])
			s = s[i+size:]
			continue
		}
		bare.WriteString(strings.TrimRight(s[:i], " "))
		ids = union(ids, found)
		s = s[i+end:]
		if s[0] == ']' {
			s = s[1:]
		} else {
			s = s[len("】"):]
		}
	}
	bare.WriteString(s)
	return text.Clean(bare.String()), ids
}

// numbers reads the inside of a marker: "1", "^1", "1, 2", "1–3", "1†source".
func numbers(s string) ([]int, bool) {
	s, _, _ = strings.Cut(s, "†")
	var out []int
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		from, to, isRange := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		a, err := strconv.Atoi(strings.Trim(from, "^¶#"))
		if err != nil || a < 0 {
			return nil, false
		}
		b := a
		if isRange {
			if b, err = strconv.Atoi(to); err != nil || b < a || b-a > 20 {
				return nil, false
			}
		}
		for ; a <= b; a++ {
			out = append(out, a)
		}
	}
	return out, len(out) > 0
}

// union appends those of b to a that a lacks.
func union(a, b []int) []int {
	for _, id := range b {
		if !slices.Contains(a, id) {
			a = append(a, id)
		}
	}
	return a
}
