package story

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"pilcrow/corpus/text"
)

func TestSame(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/same.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		name, want, _ := strings.Cut(f.Name, ": ")
		t.Run(name, func(t *testing.T) {
			first, second, ok := strings.Cut(string(f.Data), "--\n")
			if !ok {
				t.Fatal("not two texts")
			}
			a, b := read(first), read(second)
			share := Share(a, b)
			if back := Share(b, a); back != share {
				t.Errorf("share is %v, and the other way %v", share, back)
			}
			if got := Same(share, Told{Outlet: "Lantern"}, Told{Outlet: "Courier"}); got != (want == "same") {
				t.Errorf("share %.2f: one story %t, want %s", share, got, want)
			}
			if n := common(a.Sketch(), b.Sketch()); want == "same" && n < Candidate {
				t.Errorf("%d hashes of the sketches in common: never compared", n)
			}
		})
	}
}

func read(lines string) Text {
	return Read(text.Lang(lines), strings.Split(strings.TrimSpace(lines), "\n"))
}

func common(a, b []uint64) (n int) {
	for _, h := range a {
		if slices.Contains(b, h) {
			n++
		}
	}
	return n
}

// TestSameByOutletAndDate asks for more where one outlet, or time, makes it
// likely that the words are a template.
func TestSameByOutletAndDate(t *testing.T) {
	day := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		a, b Told
		want bool // at a share of one half
	}{
		{Told{"Lantern", day}, Told{"Courier", day.AddDate(0, 0, 6)}, true},
		{Told{"Courier", day.AddDate(0, 0, 6)}, Told{"Lantern", day}, true},
		{Told{"Lantern", day}, Told{"Courier", day.AddDate(0, 0, 8)}, false},
		{Told{"Lantern", day}, Told{"Lantern", day}, false},
		{Told{"", day}, Told{"", day}, true},
		{Told{"Lantern", day}, Told{"Courier", time.Time{}}, true},
		{Told{}, Told{}, true},
	} {
		if got := Same(.5, tt.a, tt.b); got != tt.want {
			t.Errorf("Same(.5, %v, %v) = %t, want %t", tt.a, tt.b, got, tt.want)
		}
		if !Same(.6, tt.a, tt.b) || Same(.35, tt.a, tt.b) {
			t.Errorf("%v, %v: .6 is no story, or .35 is one", tt.a, tt.b)
		}
	}
}

// TestHashes holds the hashes, which are kept: where they change, Version must.
func TestHashes(t *testing.T) {
	sketch := read("The harbour board of Tollness voted on Tuesday to close the old swing bridge for eleven weeks while its bearings are replaced, the longest closure since the flood, and shopkeepers on the quay called the timing reckless.").Sketch()
	if got := fmt.Sprintf("%d %x", len(sketch), sketch[0]); Version != 1 || got != "21 6766bfe38f7b96e" {
		t.Errorf("version %d: %s", Version, got)
	}
}

func BenchmarkRead(b *testing.B) {
	p := strings.Repeat("The harbour board of Tollness voted on Tuesday to close the old swing bridge for eleven weeks while its bearings are replaced. ", 60)
	b.SetBytes(int64(len(p)))
	for b.Loop() {
		Read("en", []string{p})
	}
}
