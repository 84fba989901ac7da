package bot

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is remembered of a paragraph is what reading it says, whoever asks at the
// same time, and it is bounded.
func TestParagraphs(t *testing.T) {
	const wall = "The wall at Tollness cost 4.2 million. Who paid? Click here."
	var ps paragraphs
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 3*mostRead + 10 {
				ps.read("en", fmt.Sprint("Ferry ", i))
				if i%100 > 0 {
					continue
				}
				if diff := cmp.Diff(readParagraph("en", wall), ps.read("en", wall), cmp.AllowUnexported(said{})); diff != "" {
					t.Errorf("-read +remembered\n%s", diff)
					return
				}
			}
		})
	}
	wg.Wait()
	if got, want := len(ps.read("de", wall)[0].terms), len(readParagraph("de", wall)[0].terms); got != want {
		t.Errorf("in another language %d terms, want %d", got, want)
	}
	if n := len(ps.now) + len(ps.old); n > 2*mostRead {
		t.Errorf("remembers %d paragraphs, want at most %d", n, 2*mostRead)
	}
}
