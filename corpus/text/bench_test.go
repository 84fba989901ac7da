package text

import (
	"testing"
	"time"
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
