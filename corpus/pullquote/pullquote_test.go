package pullquote

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/corpus/text"
)

var update = flag.Bool("update", false, "rewrite the golden file with what comes out")

func TestFind(t *testing.T) {
	const path = "testdata/quotes.txtar"
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]string)
	for _, f := range ar.Files {
		want[f.Name] = string(f.Data)
	}
	var out []txtar.File
	for _, f := range ar.Files {
		name, ok := strings.CutSuffix(f.Name, ".txt")
		if !ok {
			continue
		}
		got := marked(string(f.Data))
		out = append(out, f, txtar.File{Name: name + ".want", Data: []byte(got)})
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want[name+".want"], got); diff != "" && !*update {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	if *update {
		ar.Files = out
		if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// marked returns the pull-quotes of s, each behind "> ".
func marked(s string) string {
	paragraphs := strings.Split(strings.TrimSpace(s), "\n")
	var b strings.Builder
	for _, i := range Find(text.Lang(s), paragraphs) {
		b.WriteString("> " + paragraphs[i] + "\n")
	}
	return b.String()
}

func TestDrop(t *testing.T) {
	in := []string{"First of all, a beginning.", "“Nobody reads the manual here.”", "“Nobody reads the manual here,” she said, and left the room.", "An end."}
	want := []string{in[0], in[2], in[3]}
	if diff := cmp.Diff(want, Drop("en", in)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := Drop("en", in[:1]); len(got) != 1 {
		t.Errorf("Drop of one paragraph = %q", got)
	}
}

// Over news articles that were cleaned of page furniture by others, few
// paragraphs are pull-quotes. Reading them, seven in a hundred were something
// else.
func TestFindIsRare(t *testing.T) {
	dir := os.Getenv("PILCROW_EVAL_DIR")
	if dir == "" {
		t.Skip("PILCROW_EVAL_DIR is not set")
	}
	b, err := os.ReadFile(filepath.Join(dir, "multihoprag", "corpus.json"))
	if err != nil {
		t.Fatal(err)
	}
	var articles []struct{ Body string }
	if err := json.Unmarshal(b, &articles); err != nil {
		t.Fatal(err)
	}
	all, found := 0, 0
	for _, a := range articles {
		paragraphs := strings.Split(a.Body, "\n\n")
		all += len(paragraphs)
		found += len(Find(text.Lang(a.Body), paragraphs))
	}
	t.Logf("%d of %d paragraphs in %d articles", found, all, len(articles))
	if 200*found > all {
		t.Errorf("more than one paragraph in 200 was taken for a pull-quote")
	}
}

func BenchmarkFind(b *testing.B) {
	p := strings.Repeat("The fire door was kept open with a brick for most of the summer, and nobody said why. ", 4)
	paragraphs := make([]string, 100)
	for i := range paragraphs {
		paragraphs[i] = p
		if i%10 == 5 {
			paragraphs[i] = "The fire door was kept open with a brick for most of the summer."
		}
	}
	for b.Loop() {
		Find("en", paragraphs)
	}
}
