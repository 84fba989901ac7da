package text

import (
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// golden calls check with each section of a file under testdata.
func golden(t *testing.T, file string, check func(t *testing.T, data string)) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse(data).Files {
		t.Run(f.Name, func(t *testing.T) { check(t, string(f.Data)) })
	}
}

// cases calls check with each case of a file under testdata: a line of text,
// and under it, indented by a tab, what is to be found there.
func cases(t *testing.T, file string, check func(t *testing.T, in string, want []string)) {
	t.Helper()
	golden(t, file, func(t *testing.T, data string) {
		var in string
		var want []string
		flush := func() {
			if in != "" {
				check(t, in, want)
			}
			want = nil
		}
		for line := range strings.Lines(data) {
			line = strings.TrimRight(line, "\n")
			if w, ok := strings.CutPrefix(line, "\t"); ok {
				want = append(want, w)
				continue
			}
			flush()
			in = line
		}
		flush()
	})
}
