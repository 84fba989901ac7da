package text

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func sentences(s string) []string {
	var out []string
	for _, p := range Sentences(s) {
		out = append(out, p.Of(s))
	}
	return out
}

func TestSentences(t *testing.T) {
	golden(t, "sentences.txtar", func(t *testing.T, data string) {
		var in strings.Builder
		var want []string
		for line := range strings.Lines(data) {
			line = strings.TrimRight(line, "\n")
			text, glued := strings.CutSuffix(line, "\\")
			want = append(want, text)
			in.WriteString(text)
			if !glued {
				in.WriteByte(' ')
			}
		}
		if diff := cmp.Diff(want, sentences(in.String())); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}

func TestSentencesOfLines(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"empty", " \n\t ", nil},
		{"heading", "The bridge\n\nIt fell. Nobody knew.", []string{"The bridge", "It fell.", "Nobody knew."}},
		{"short lines", "Opening hours\nMonday to Friday", []string{"Opening hours", "Monday to Friday"}},
		{"small letter goes on", "It fell\ninto the river.", []string{"It fell\ninto the river."}},
		{"wrapped", "The bridge that the town had built in the latter years of the\nKing's reign fell.", []string{"The bridge that the town had built in the latter years of the\nKing's reign fell."}},
		{"items", "Bring:\n- a coat\n- Boots, e.g. Old ones\n2) water\n* bread", []string{"Bring:", "- a coat", "- Boots, e.g. Old ones", "2) water", "* bread"}},
		{"crlf", "One.\r\nTwo.\r\n", []string{"One.", "Two."}},
		{"only marks", "... !!! ...", []string{"... !!! ..."}},
		{"stray quote", "He left.\n\n\"\n\nShe came.", []string{"He left.\n\n\"", "She came."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, sentences(tt.in)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("Mr. A said “Go!” [4] in the U.S. The\n- x。y…」z. No.\xff 5")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, p := range Sentences(s) {
			checkSpan(t, s, p)
			if p.Start < end {
				t.Fatalf("%v overlaps the one before in %q", p, s)
			}
			if gap := s[end:p.Start]; strings.TrimFunc(gap, unicode.IsSpace) != "" {
				t.Fatalf("%q of %q is in no sentence", gap, s)
			}
			if p.Of(s) != strings.TrimSpace(p.Of(s)) {
				t.Fatalf("%q has space around it", p.Of(s))
			}
			end = p.End
		}
		if strings.TrimSpace(s[end:]) != "" {
			t.Fatalf("%q of %q is in no sentence", s[end:], s)
		}
	})
}
