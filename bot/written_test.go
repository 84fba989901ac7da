package bot

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSplitter(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []written
	}{
		{"marker before the stop", "The bridge closed [1]. It opens in May [2].",
			[]written{{"The bridge closed.", []int{1}}, {"It opens in May.", []int{2}}}},
		{"marker behind the stop", "The bridge closed. [1] It opens in May.[2][3]",
			[]written{{"The bridge closed.", []int{1}}, {"It opens in May.", []int{2, 3}}}},
		{"several in one", "It cost $2.4 million [1, 3; 2].", []written{{"It cost $2.4 million.", []int{1, 3, 2}}}},
		{"other brackets", "It closed 【4†source】. It opens [^2].", []written{{"It closed.", []int{4}}, {"It opens.", []int{2}}}},
		{"words in brackets stay", "He said [the mayor] left [1].", []written{{"He said [the mayor] left.", []int{1}}}},
		{"no marker", "It closed.", []written{{"It closed.", nil}}},
		{"only markers", "[1][2]", nil},
		{"list", "- It closed [1].\n2. It opens [2].\n", []written{{"It closed.", []int{1}}, {"It opens.", []int{2}}}},
		{"heading and emphasis", "## Summary\n**It closed** [1].", []written{{"Summary", nil}, {"It closed.", []int{1}}}},
		{"table", "| year | cost |\n|---|---|\n| 2024 | 3 [1] |", []written{{"year , cost", nil}, {"2024 , 3", []int{1}}}},
		{"thinking", "<think>I must obey. [1]\nYes.</think>It closed [1].", []written{{"It closed.", []int{1}}}},
		{"thinking without end", "<think>It closed [1].", nil},
		{"the end of a thought", "It may have closed.</think>It closed [1].", []written{{"It closed.", []int{1}}}},
		{"code", "```\nrm -rf [1]\n```\nIt closed [1].", []written{{"It closed.", []int{1}}}},
		{"decimals and abbreviations", "Mr. Okafor paid 2.5 million [1]. He left.",
			[]written{{"Mr. Okafor paid 2.5 million.", []int{1}}, {"He left.", nil}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, size := range []int{1, 3, 1000} {
				if got := split(tt.in, size); !reflect.DeepEqual(got, tt.want) {
					t.Errorf("in pieces of %d: got %+v, want %+v", size, got, tt.want)
				}
			}
		})
	}
}

// split feeds s to a splitter in pieces of about size bytes.
func split(s string, size int) []written {
	var sp splitter
	var out []written
	for s != "" {
		n := min(size, len(s))
		for n < len(s) && !utf8.RuneStart(s[n]) {
			n++
		}
		out = append(out, sp.add(s[:n])...)
		s = s[n:]
	}
	return append(out, sp.end()...)
}

func FuzzSplitter(f *testing.F) {
	f.Add("It closed [1]. <think>x</think> `` [2, 3]", 2)
	f.Add(strings.Repeat("word ", 2000), 7)
	f.Fuzz(func(t *testing.T, s string, size int) {
		for _, w := range split(s, max(1, min(size, 100))) {
			if w.text == "" || strings.Contains(w.text, "<think>") {
				t.Errorf("%q gives %+v", s, w)
			}
			for _, id := range w.ids {
				if id < 0 {
					t.Errorf("%q gives the number %d", s, id)
				}
			}
		}
	})
}
