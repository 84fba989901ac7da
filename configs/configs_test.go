package configs

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestReference holds the committed file and the doc tags together:
//
//	go test ./configs -update
func TestReference(t *testing.T) {
	if *update {
		if err := os.WriteFile("pilcrow.yaml", []byte(Reference()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("pilcrow.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), Reference()); diff != "" {
		t.Errorf("pilcrow.yaml is not what the tags say (-file +tags):\n%s", diff)
	}
}

// TestReferenceIsDefault reads the reference file back: every option that is
// not a secret stands in it, at its default.
func TestReferenceIsDefault(t *testing.T) {
	none := func(string) string { return "" }
	plain, err := Load(Sources{Getenv: none})
	if err != nil {
		t.Fatal(err)
	}
	read, err := Load(Sources{Getenv: none, File: "pilcrow.yaml", Require: true})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plain.Config, read.Config); diff != "" {
		t.Errorf("the reference file changes a default (-default +file):\n%s", diff)
	}
	for _, s := range read.Settings() {
		if got := strings.HasPrefix(s.From, "pilcrow.yaml:"); got == s.Secret {
			t.Errorf("%s comes from %s", s.Key, s.From)
		}
		if s.Doc == "" || s.Env == "" {
			t.Errorf("%s lacks a doc or an environment variable", s.Key)
		}
	}
}

// TestLoad reads each archive in testdata: a file, an environment and flags
// on one side, and the settings that differ from their defaults, or the error,
// on the other.
func TestLoad(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			src := Sources{Flags: map[string]string{}, Require: true, Database: "pilcrow.db"}
			env := map[string]string{}
			src.Getenv = func(k string) string { return env[k] }
			var want string
			for _, f := range ar.Files {
				switch f.Name {
				case "pilcrow.yaml":
					src.File = filepath.Join(t.TempDir(), f.Name)
					if err := os.WriteFile(src.File, f.Data, 0o600); err != nil {
						t.Fatal(err)
					}
				case "env":
					pairs(f.Data, env)
				case "flags":
					pairs(f.Data, src.Flags)
				case "want":
					want = string(f.Data)
				default:
					t.Fatalf("what is %s?", f.Name)
				}
			}
			if got := load(src); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func pairs(data []byte, into map[string]string) {
	for line := range strings.Lines(string(data)) {
		k, v, _ := strings.Cut(strings.TrimSpace(line), "=")
		into[k] = v
	}
}

// load renders what came of src.
func load(src Sources) string {
	l, err := Load(src)
	if err != nil {
		return strings.ReplaceAll(err.Error(), filepath.Dir(src.File)+string(filepath.Separator), "") + "\n"
	}
	var b strings.Builder
	for _, s := range l.Settings() {
		if s.From != "default" {
			b.WriteString(s.Key + " = " + s.Value + " (" + s.From + ")\n")
		}
	}
	return b.String()
}

func TestMissingFile(t *testing.T) {
	src := Sources{Getenv: func(string) string { return "" }, File: filepath.Join(t.TempDir(), "none.yaml")}
	if _, err := Load(src); err != nil {
		t.Errorf("a file that need not exist: %v", err)
	}
	src.Require = true
	if _, err := Load(src); err == nil {
		t.Error("a file that must exist is missing, and nothing was said")
	}
}

// TestEmbedServer shows that a key never travels to an address which it was
// not given for.
func TestEmbedServer(t *testing.T) {
	chat := Model{BaseURL: "https://chat.example", APIKey: "chat-key"}
	for _, tt := range []struct {
		embed     Embed
		base, key string
	}{
		{Embed{}, "https://chat.example", "chat-key"},
		{Embed{APIKey: "own"}, "https://chat.example", "own"},
		{Embed{BaseURL: "http://localhost:8080"}, "http://localhost:8080", ""},
		{Embed{BaseURL: "http://localhost:8080", APIKey: "own"}, "http://localhost:8080", "own"},
	} {
		c := Config{Model: chat, Embed: tt.embed}
		if base, key := c.EmbedServer(); base != tt.base || key != tt.key {
			t.Errorf("%+v: %s with %q, want %s with %q", tt.embed, base, key, tt.base, tt.key)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("embed:\n  model: bge-m3\n")
	f.Add("a: &a [*a]")
	f.Fuzz(func(t *testing.T, doc string) {
		l := &Loaded{Config: defaults(), from: map[string]string{}}
		opts, _ := options(&l.Config)
		if err := l.apply(opts, "f.yaml", []byte(doc)); err == nil && l.Config.Model.APIKey != "" {
			t.Error("a secret was read from a file")
		}
	})
}
