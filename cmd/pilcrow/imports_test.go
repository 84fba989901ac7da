package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport is the plan of the house: who may import whom, among our own
// packages. Imports run downwards only. Read a change here as you would read a
// change of the architecture, because it is one.
var mayImport = map[string][]string{
	// The top: wiring, flags, printing. It alone knows the configuration.
	"cmd/pilcrow": {
		"bot", "bot/discord", "bot/eval", "bot/ledger", "bot/openai", "bot/terminal", "bot/verify", "configs",
		"corpus", "corpus/diff", "corpus/fetch", "corpus/html", "corpus/ingest", "corpus/opml", "corpus/poll", "corpus/text",
		"retrieval", "retrieval/bm25", "retrieval/chromem", "retrieval/hashed", "retrieval/openai",
	},
	"configs": {},

	// Front ends and scoring, around the brain.
	"bot/terminal": {"bot", "bot/verify", "corpus"},
	"bot/discord":  {"bot", "bot/discord/markup", "bot/ledger", "corpus", "corpus/charset", "corpus/fetch", "corpus/html", "corpus/ingest", "corpus/pdf", "corpus/text"},
	"bot/eval":     {"bot", "bot/verify", "corpus", "corpus/ingest", "corpus/text", "retrieval"},
	"bot":          {"bot/verify", "corpus", "corpus/text", "retrieval"},
	"bot/verify":   {"corpus/text"},

	// What Discord shows.
	"bot/discord/discordtest":       {},
	"bot/discord/markup":            {"bot", "bot/verify", "corpus", "corpus/text"},
	"bot/discord/markup/markuptest": {},

	// What a community needs remembered, in the file of the corpus.
	"bot/ledger": {"corpus", "corpus/sqlite"},

	// Who writes.
	"bot/openai":            {"bot", "retrieval/remote"},
	"bot/openai/openaitest": {},

	// From a question to evidence.
	"retrieval":               {"corpus", "corpus/text", "retrieval/bm25", "retrieval/passage"},
	"retrieval/bm25":          {"corpus", "corpus/text", "retrieval/passage", "retrieval/snapshot"},
	"retrieval/chromem":       {"corpus", "retrieval", "retrieval/passage", "retrieval/snapshot"},
	"retrieval/hashed":        {"corpus/text", "retrieval"},
	"retrieval/openai":        {"retrieval", "retrieval/remote"},
	"retrieval/passage":       {"corpus", "corpus/text"},
	"retrieval/remote":        {},
	"retrieval/snapshot":      {"corpus"},
	"retrieval/retrievaltest": {"corpus", "corpus/text", "retrieval", "retrieval/passage"},

	// From an outside format to an article.
	"corpus/ingest": {
		"corpus", "corpus/charset", "corpus/fetch", "corpus/html", "corpus/jsonl", "corpus/markdown",
		"corpus/pdf", "corpus/plain", "corpus/text",
	},
	"corpus/html":      {"corpus", "corpus/charset", "corpus/pullquote", "corpus/stamp", "corpus/text"},
	"corpus/jsonl":     {"corpus", "corpus/charset", "corpus/stamp", "corpus/text"},
	"corpus/markdown":  {"corpus", "corpus/charset", "corpus/pullquote", "corpus/stamp", "corpus/text"},
	"corpus/pdf":       {"corpus", "corpus/pullquote", "corpus/stamp", "corpus/text"},
	"corpus/plain":     {"corpus", "corpus/charset", "corpus/pullquote", "corpus/stamp", "corpus/text"},
	"corpus/fetch":     {},
	"corpus/feed":      {"corpus", "corpus/charset", "corpus/stamp", "corpus/text"},
	"corpus/opml":      {"corpus/text"},
	"corpus/poll":      {"corpus", "corpus/feed", "corpus/fetch", "corpus/ingest", "corpus/text"},
	"corpus/charset":   {},
	"corpus/pullquote": {"corpus/text"},
	"corpus/stamp":     {"corpus/text"},
	"corpus/drafttest": {"corpus", "corpus/text"},

	// The ground.
	"corpus":        {"corpus/sqlite", "corpus/story", "corpus/text"},
	"corpus/sqlite": {},
	"corpus/diff":   {"corpus/text"},
	"corpus/story":  {"corpus/text"},
	"corpus/text":   {},
}

// owner gives each outside module the one folder that may import it, besides
// the tests and test packages named in testOnly.
var owner = map[string]string{
	"github.com/abadojack/whatlanggo":    "corpus/text",
	"github.com/blevesearch/bleve/v2":    "corpus/text",
	"github.com/bwmarrin/discordgo":      "bot/discord",
	"github.com/gorilla/websocket":       "bot/discord",
	"github.com/tidwall/gjson":           "bot/discord",
	"github.com/klippa-app/go-pdfium":    "corpus/pdf",
	"github.com/mmcdole/gofeed":          "corpus/feed",
	"github.com/philippgille/chromem-go": "retrieval/chromem",
	"github.com/rivo/uniseg":             "corpus/text",
	"github.com/spf13/cobra":             "cmd/pilcrow",
	"github.com/spf13/pflag":             "cmd/pilcrow",
	"github.com/tetratelabs/wazero":      "corpus/pdf",
	"github.com/yuin/goldmark":           "corpus/markdown",
	"golang.org/x/term":                  "bot/terminal",
	"golang.org/x/text":                  "corpus/text",
	"modernc.org/sqlite":                 "corpus/sqlite",
}

// shared are modules with more than one importer, and why.
var shared = map[string][]string{
	// One embeds, the other writes, each with a model on a server.
	"github.com/sashabaranov/go-openai": {"retrieval/openai", "bot/openai"},
	// One parses pages, the other knows how hosts are written.
	"golang.org/x/net": {"bot/discord/markup", "corpus/html", "corpus/fetch", "corpus/feed", "corpus/opml"},
	// One reads the configuration, the other an article's front matter.
	"go.yaml.in/yaml/v3": {"configs", "corpus/markdown"},
}

// testOnly are modules for tests, and for packages that help tests.
var testOnly = []string{
	"github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "github.com/santhosh-tekuri/jsonschema/v6", "golang.org/x/tools",
}

// TestImports holds the tree and the plan together.
func TestImports(t *testing.T) {
	moduleOf := map[string]string{}
	var ours []importer
	for _, p := range listImports(t) {
		switch {
		case p.Module == nil: // the standard library
		case !p.Module.Main:
			moduleOf[p.ImportPath] = p.Module.Path
		case p.ForTest == "" && !strings.HasSuffix(p.ImportPath, ".test"):
			ours = append(ours, p)
		}
	}
	seen := map[string]bool{}
	for _, p := range ours {
		name, _ := our(p.ImportPath)
		seen[name] = true
		allowed, planned := mayImport[name]
		if !planned {
			t.Errorf("%s is not in the plan: say in mayImport what it may import", name)
			continue
		}
		for _, path := range p.Imports {
			if dep, ok := our(path); ok {
				if !slices.Contains(allowed, dep) {
					t.Errorf("%s imports %s, which the plan does not allow", name, dep)
				}
			} else if module := moduleOf[path]; module != "" {
				checkOwner(t, name, module)
			}
		}
		for _, path := range slices.Concat(p.TestImports, p.XTestImports) {
			if module := moduleOf[path]; module != "" && !slices.Contains(testOnly, module) {
				checkOwner(t, "the test of "+name, module)
			}
		}
	}
	for name := range mayImport {
		if !seen[name] {
			t.Errorf("the plan has %s, the tree has not", name)
		}
	}
}

// checkOwner reports an outside module that is imported by another than its
// owner, or the owner's test.
func checkOwner(t *testing.T, name, module string) {
	t.Helper()
	pkg := strings.TrimPrefix(name, "the test of ")
	switch {
	case slices.Contains(testOnly, module):
		if !strings.HasSuffix(name, "test") {
			t.Errorf("%s imports %s, which is for tests", name, module)
		}
	case shared[module] != nil:
		if !slices.Contains(shared[module], pkg) {
			t.Errorf("%s imports %s, which belongs to %s", name, module, strings.Join(shared[module], " and "))
		}
	case owner[module] == "":
		t.Errorf("%s imports %s, which has no owner: name one in owner", name, module)
	case owner[module] != pkg && !strings.HasPrefix(pkg, owner[module]+"/"):
		t.Errorf("%s imports %s, which belongs to %s", name, module, owner[module])
	}
}

// our returns a package's path within this module.
func our(path string) (string, bool) { return strings.CutPrefix(path, "pilcrow/") }

type importer struct {
	ImportPath, ForTest                string
	Imports, TestImports, XTestImports []string
	Module                             *struct {
		Path string
		Main bool
	}
}

func listImports(t *testing.T) []importer {
	t.Helper()
	cmd := exec.Command("go", "list", "-test", "-deps",
		"-json=ImportPath,ForTest,Imports,TestImports,XTestImports,Module", "pilcrow/...")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v: %s", err, stderr.String())
	}
	var list []importer
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p importer
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}
