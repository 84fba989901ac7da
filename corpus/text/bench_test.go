package text

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
)

// prose is ordinary news English, long enough that set-up does not count.
var prose = func() string {
	const p = `The city's transport board said on Tuesday, Oct. 10th, 2023 that it would not raise fares before next spring, "whatever the ministry decides". Dr. Ana Keller, who chairs the board, told reporters at a packed hall in Lindenthal that costs had risen by 4.2 percent to $1.3 billion since January, while three hundred and twelve new buses, most of them built by Norwind Motors Inc., were still waiting for drivers. The ministers' offices in Berlin and the U.S. embassy declined to comment. `
	s := ""
	for len(s) < 64<<10 {
		s += p
	}
	return s
}()

func BenchmarkTerms(b *testing.B) {
	for _, lang := range []string{"en", "de", "fr", "ru", "zh"} {
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(prose)))
			b.ReportAllocs()
			for b.Loop() {
				Terms(lang, prose)
			}
		})
	}
}

func BenchmarkWords(b *testing.B) {
	b.SetBytes(int64(len(prose)))
	for b.Loop() {
		Words(prose)
	}
}

func BenchmarkSentences(b *testing.B) {
	b.SetBytes(int64(len(prose)))
	for b.Loop() {
		Sentences(prose)
	}
}

func BenchmarkNumbers(b *testing.B) {
	b.SetBytes(int64(len(prose)))
	for b.Loop() {
		Numbers(prose)
	}
}

func BenchmarkDates(b *testing.B) {
	now := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	b.SetBytes(int64(len(prose)))
	for b.Loop() {
		Dates(prose, "en", now)
	}
}

func BenchmarkNames(b *testing.B) {
	b.SetBytes(int64(len(prose)))
	for b.Loop() {
		Names("en", prose)
	}
}

func BenchmarkLang(b *testing.B) {
	b.SetBytes(4096)
	for b.Loop() {
		Lang(prose[:4096])
	}
}

// hostile holds pieces that would make a careless scanner look back or ahead
// over and over.
var hostile = []string{
	"a", "A", ".", "A.", ". ", "A. ", "a. ", "(", "(.", "\"", "\".", "“", "'", "’", "[", "[1", ". [", "!", "! ", "?A", "\n", " \n", "\n- ",
	"1", "1 ", "1,", "1.", "1/", "1-", "1:", "$", "$1", "$ ", "-", "- ", "one ", "one-", "hundred ", "a ", "and ", "half a ",
	"U.S. ", "Jan. ", "Jan ", "Jan 1 ", "1 Jan ", "last ", "last week ", "the ", "THE ", "WHO ", "of ", "of the ", "Al of ", "Al-", "Al ",
	"中", "。", "「", "é", "e\u0301", "\u0301", "\u200c", "\xff", "°", " °", "%", "² ", "•", "• ", ". . ",
}

// BenchmarkHostile shows that each function stays linear: its speed must not
// fall from one size to the next.
func BenchmarkHostile(b *testing.B) {
	now := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, f := range []struct {
		name string
		run  func(string)
	}{
		{"Clean", func(s string) { Clean(s) }},
		{"Fold", func(s string) { Fold(s) }},
		{"Sentences", func(s string) { Sentences(s) }},
		{"Terms", func(s string) { Terms("en", s) }},
		{"Numbers", func(s string) { Numbers(s) }},
		{"Dates", func(s string) { Dates(s, "en", now) }},
		{"Names", func(s string) { Names("en", s) }},
		{"Quotes", func(s string) { Quotes(s) }},
		{"Similar", func(s string) { Similar(s, s) }},
	} {
		for _, size := range []int{8 << 10, 128 << 10} {
			b.Run(fmt.Sprintf("%s/%dKiB", f.name, size>>10), func(b *testing.B) {
				var texts []string
				for _, piece := range hostile {
					texts = append(texts, strings.Repeat(piece, size/len(piece)))
				}
				b.SetBytes(int64(size * len(texts)))
				for b.Loop() {
					for _, s := range texts {
						f.run(s)
					}
				}
			})
		}
	}
}

// BenchmarkStem stems ten words, and has bleve do it.
func BenchmarkStem(b *testing.B) {
	words := strings.Fields("generalization ministers running wall reported shocking company ferries happily technologies")
	for _, bb := range []struct {
		name   string
		filter analysis.TokenFilter
	}{{"own", porter{}}, {"bleve", en.NewEnglishStemmerFilter()}} {
		b.Run(bb.name, func(b *testing.B) {
			var token analysis.Token
			stream := analysis.TokenStream{&token}
			var buf []byte
			for b.Loop() {
				for _, w := range words {
					buf = append(buf[:0], w...)
					token.Term = buf
					bb.filter.Filter(stream)
				}
			}
		})
	}
}
