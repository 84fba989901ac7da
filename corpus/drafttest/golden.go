// Package drafttest lets every reader keep its tests as pairs of files: what
// goes in, and the draft that comes out.
package drafttest

import (
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

var update = flag.Bool("update", false, "rewrite the golden files with what comes out")

// Golden runs read over testdata/*.txtar. In each archive a file "case.ext" is
// followed by "case.want", what Format makes of the drafts read from it. With
// -update the second is rewritten.
func Golden(t *testing.T, read func(name string, data []byte) iter.Seq2[corpus.Draft, error]) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no testdata/*.txtar", err)
	}
	for _, path := range archives {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var out []txtar.File
		for i := 0; i < len(ar.Files); i++ {
			in := ar.Files[i]
			name := strings.TrimSuffix(in.Name, filepath.Ext(in.Name))
			want := txtar.File{Name: name + ".want"}
			if i+1 < len(ar.Files) && ar.Files[i+1].Name == want.Name {
				i++
				want = ar.Files[i]
			}
			t.Run(name, func(t *testing.T) {
				got := Format(read(in.Name, in.Data))
				if !*update {
					if diff := cmp.Diff(string(want.Data), got); diff != "" {
						t.Errorf("%s: -want +got\n%s", path, diff)
					}
				}
				want.Data = []byte(got)
			})
			out = append(out, in, want)
		}
		if *update {
			ar.Files = out
			if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Format prints drafts for a person to judge: the fields that are set, then the
// paragraphs, cleaned as the store does and each behind a pilcrow.
func Format(drafts iter.Seq2[corpus.Draft, error]) string {
	var b strings.Builder
	for d, err := range drafts {
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		partial := ""
		if d.Partial {
			partial = "yes"
		}
		for _, f := range [][2]string{
			{"title", d.Title}, {"author", d.Author}, {"source", d.Source}, {"published", stamp(d.Published)}, {"modified", stamp(d.Modified)}, {"partial", partial}, {"url", d.URL}, {"lang", d.Lang},
		} {
			if f[1] != "" {
				fmt.Fprintf(&b, "%s: %s\n", f[0], f[1])
			}
		}
		for _, p := range d.Paragraphs {
			if p = text.Clean(p); p != "" {
				fmt.Fprintf(&b, "¶ %s\n", p)
			}
		}
	}
	return b.String()
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// One makes a sequence of a reader's single result.
func One(d corpus.Draft, err error) iter.Seq2[corpus.Draft, error] {
	return func(yield func(corpus.Draft, error) bool) { yield(d, err) }
}
