package verify

import (
	"fmt"
	"strings"
	"testing"
)

// material is twenty passages of eight sentences, about as much as an answer
// is written from.
func material() []Passage {
	var out []Passage
	for i := range 20 {
		var b strings.Builder
		for j := range 8 {
			fmt.Fprintf(&b, "On day %d the council of Ostby%d heard %d fishermen about the sea wall, its stones, and the price of %d.%d million pounds. ", j+1, i, i*j+3, i+j, j)
		}
		out = append(out, Passage{ID: fmt.Sprint(i), Group: fmt.Sprint(i / 3), Text: b.String(), Lang: "en"})
	}
	return out
}

// One sentence of an answer, against the two passages that it cites.
func BenchmarkCited(b *testing.B) {
	s := Read(material()...)
	for b.Loop() {
		s.Cited("The council of Ostby3 heard 6 fishermen about the sea wall, whose price is 7.4 million pounds.", "What is the price of the sea wall?", "3", "4")
	}
}

// One sentence, against all of them.
func BenchmarkSentence(b *testing.B) {
	s := Read(material()...)
	for b.Loop() {
		s.Sentence("The council of Ostby3 heard 6 fishermen about the sea wall, whose price is 7.4 million pounds.", "What is the price of the sea wall?")
	}
}

// One claim, against all of them.
func BenchmarkJudge(b *testing.B) {
	s := Read(material()...)
	for b.Loop() {
		s.Judge("The council of Ostby3 heard 6 fishermen about the sea wall, whose price is 7.4 million pounds.")
	}
}

func BenchmarkRead(b *testing.B) {
	ps := material()
	for b.Loop() {
		Read(ps...)
	}
}

// BenchmarkLinear checks texts that double in length: the time per sentence
// stays about the same.
func BenchmarkLinear(b *testing.B) {
	s := Read(material()...)
	for _, n := range []int{100, 1000, 10000} {
		text := strings.Repeat("The council of Ostby3 heard 6 fishermen about the sea wall. ", n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				s.Text(text, "")
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n*b.N), "µs/sentence")
		})
	}
}
