package text_test

import (
	"testing"
	"time"

	"pilcrow/corpus/text"
)

// FuzzWhen shows that no text for a time is taken for a stretch that ends
// before it begins.
func FuzzWhen(f *testing.F) {
	now := time.Date(2026, 5, 18, 9, 30, 0, 0, time.UTC)
	f.Add("last week")
	f.Add("2026-02-29")
	f.Fuzz(func(t *testing.T, s string) {
		if from, to, err := text.When(s, now); err == nil && to.Before(from) {
			t.Errorf("When(%q) = %v to %v", s, from, to)
		}
	})
}
