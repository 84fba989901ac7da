package text

import (
	"sync"
	"testing"
)

// Tables are built when first asked for, perhaps by several at once. The race
// detector watches.
func TestConcurrent(t *testing.T) {
	const s = "On Oct. 7, 2023 Gen. Keller's “new and old friends” paid $1.2bn, 北京 l’été половина हिन्दी."
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for lang := range analysers {
				if got := Terms(lang, s); len(got) == 0 {
					t.Errorf("Terms(%q) is empty", lang)
				}
				Names(lang, s)
				Dates(s, lang, noon)
			}
			Sentences(s)
			Numbers(s)
			Quotes(s)
			Lang(s)
			Similar(s, Clean(s))
			SameName("U.S.", s)
		})
	}
	wg.Wait()
}
