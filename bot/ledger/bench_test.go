package ledger_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// BenchmarkRights is what each click costs.
func BenchmarkRights(b *testing.B) {
	l := openLedger(b, ledger.Options{Public: []string{"main"}})
	_, err := l.Change(b.Context(), "1", "10", ruled("1"))
	check(b, err)
	for b.Loop() {
		_, err := l.Rights(b.Context(), square, ledger.Who{Person: "10"})
		check(b, err)
	}
}

// BenchmarkQuestion is all that is written for one question.
func BenchmarkQuestion(b *testing.B) {
	l := openLedger(b, ledger.Options{Limits: ledger.Limits{Person: ledger.Amount{Tokens: 1 << 40}}})
	for i := 0; b.Loop(); i++ {
		askOnce(b, l, i)
	}
}

// BenchmarkCrowd is the same for each of two hundred that come at once.
func BenchmarkCrowd(b *testing.B) {
	l := openLedger(b, ledger.Options{Limits: ledger.Limits{Person: ledger.Amount{Tokens: 1 << 40}}})
	b.SetParallelism(100)
	var n atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			askOnce(b, l, int(n.Add(1)))
		}
	})
}

func askOnce(b *testing.B, l *ledger.Ledger, i int) {
	_, err := l.First(b.Context(), fmt.Sprint(i))
	check(b, err)
	a := begin(b, l, asked)
	_, err = l.Reserve(b.Context(), a.ID, square, "10", 1000)
	check(b, err)
	check(b, l.Posted(b.Context(), a.ID, fmt.Sprint("m", i)))
	check(b, l.Charge(b.Context(), a.ID, 1000, 100))
	check(b, l.Finish(b.Context(), a.ID, ledger.Done, "model", said))
}

// BenchmarkAnnounce queues, hands out and notes 50 new articles for 100 channels.
func BenchmarkAnnounce(b *testing.B) {
	for b.Loop() {
		tn := newTown(b, ledger.Options{Public: []string{"main"}})
		for i := range 100 {
			tn.follow(fmt.Sprint(i), ledger.Follow{Every: ledger.Immediate})
		}
		var drafts []corpus.Draft
		for i := range 50 {
			drafts = append(drafts, corpus.Draft{Title: fmt.Sprint(i), URL: fmt.Sprint("https://a.example/", i), Paragraphs: []string{"What happened."}})
		}
		_, err := tn.store.AddAll(b.Context(), "main", drafts)
		check(b, err)
		tn.fill()
		posted := 0
		for {
			jobs, err := tn.Next(b.Context(), 100)
			check(b, err)
			if len(jobs) == 0 {
				break
			}
			for _, j := range jobs {
				check(b, tn.Sent(b.Context(), j.ID, "m", "c"))
				posted++
			}
		}
		if posted != 5_000 {
			b.Errorf("%d posted", posted)
		}
	}
}
