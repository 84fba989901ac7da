package markup

import "testing"

// BenchmarkAnswer shows an answer of nine sentences, as each edit does.
func BenchmarkAnswer(b *testing.B) {
	events := long(9, 3)
	p := New("en")
	b.ReportAllocs()
	for b.Loop() {
		p.Answer(events)
	}
}
