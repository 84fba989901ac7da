package retrieval

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sources are the outlets of the archive that the plans of testdata are for.
var sources = []string{
	"Compass", "Daily Lantern | World News", "Ledger.com", "The Harbour Post", "The Meadow",
	"The Owl - Books", "The Owl - Films", "北京晨报",
}

// TestNewPlan reads testdata/plan/*.txtar: each file of an archive is a
// question, and below an empty line the plan made of it. The comment says what
// the archive is about. Now is Friday, 1 March 2024.
func TestNewPlan(t *testing.T) {
	outlets := NewOutlets(sources, func(word, _ string) bool { return word == "Meadow" || word == "Compass" })
	now := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	files, err := filepath.Glob("testdata/plan/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range archive.Files {
				question, want, _ := strings.Cut(string(f.Data), "\n\n")
				question = strings.TrimSpace(question)
				got := NewPlan(question, outlets, now, Defaults()).String()
				if *update {
					archive.Files[i].Data = []byte(question + "\n\n" + got)
				} else if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: %s\n-want +got:\n%s", f.Name, question, diff)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
