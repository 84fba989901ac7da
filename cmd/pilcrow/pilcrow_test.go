package main

import (
	"bytes"
	"context"
	"database/sql"
	"flag"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"pilcrow/bot/openai/openaitest"
	"pilcrow/corpus"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pilcrow": main})
}

// TestScript runs the sessions in testdata/script, each in a home of its own.
// They read as documentation: what is typed, and what comes.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir+"/home")
			env.Setenv("PILCROW_DB", env.WorkDir+"/pilcrow.db")
			env.Setenv("LocalAppData", env.WorkDir+"/home")
			env.Setenv("AppData", env.WorkDir+"/home")
			env.Values[townKey{}] = &scriptTown{tb: env.T().(testing.TB)}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"answered": waitAnswered,
			"article":  nameArticle,
			"click":    click,
			"complain": complain,
			"crowd":    askInCrowd,
			"discord":  startDiscord,
			"hangup":   hangUp,
			"lock":     lockDatabase,
			"model":    startModel,
			"online":   waitOnline,
			"site":     startSite,
			"slash":    useSlash,
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Geteuid() == 0, nil
			case "nohup":
				return signal.Ignored(syscall.SIGHUP), nil
			}
			return false, nil
		},
	})
}

// nameArticle implements "article NAME WORDS": it puts the ID of the article
// whose line in the last output of pilcrow articles has these words into the
// variable NAME.
func nameArticle(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: article NAME WORDS")
	}
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		if strings.Contains(line, args[1]) {
			ts.Setenv(args[0], strings.Fields(line)[0])
			return
		}
	}
	ts.Fatalf("no article with %q", args[1])
}

// lockDatabase implements "lock FILE": another process writes to the database
// FILE until the script ends.
func lockDatabase(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lock FILE")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	conn, err := db.Conn(context.Background())
	ts.Check(err)
	_, err = conn.ExecContext(context.Background(), "BEGIN IMMEDIATE")
	ts.Check(err)
	ts.Defer(func() { conn.Close(); db.Close() })
}

// hangUp implements "hangup": the terminal of what runs in the background is
// closed.
func hangUp(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: hangup")
	}
	for _, cmd := range ts.BackgroundCmds() {
		ts.Check(cmd.Process.Signal(syscall.SIGHUP))
	}
}

// startModel implements "model FILE [PAUSE]": from here on there is a chat
// model, which replies to each prompt with the next line of FILE, and with the
// last one again and again; it waits PAUSE before each piece of a reply. "model
// 401" is one whose server does not accept the key, and says so at length.
func startModel(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: model FILE [PAUSE]")
	}
	const key = "a-key-to-keep"
	var handler http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, `{"error":{"message":"Incorrect API key provided: `+key+`"}}`, http.StatusUnauthorized)
	})
	if args[0] != "401" {
		replies := strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")
		var pause time.Duration
		if len(args) == 2 {
			var err error
			pause, err = time.ParseDuration(args[1])
			ts.Check(err)
		}
		var mu sync.Mutex
		handler = &openaitest.Server{Pause: pause, Reply: func(string) string {
			mu.Lock()
			defer mu.Unlock()
			reply := replies[0]
			if len(replies) > 1 {
				replies = replies[1:]
			}
			return reply
		}}
	}
	srv := httptest.NewServer(handler)
	ts.Defer(srv.Close)
	ts.Setenv("PILCROW_MODEL", "a-model")
	ts.Setenv("OPENAI_BASE_URL", srv.URL+"/v1")
	ts.Setenv("OPENAI_API_KEY", key)
}

// startSite implements "site FOLDER": from here on there is a web site with the
// files of FOLDER, as they stand when they are asked for, at $SITE. It knows
// which it has sent, and answers 404 for what is not there. A name that ends in
// .to holds an address to redirect to.
func startSite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: site FOLDER")
	}
	root := os.DirFS(ts.MkAbs(args[0]))
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if to, err := fs.ReadFile(root, name+".to"); err == nil {
			w.Header().Set("Location", strings.TrimSpace(string(to)))
			w.WriteHeader(http.StatusFound)
			return
		}
		content, err := fs.ReadFile(root, name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", `"`+corpus.Hash(string(content))+`"`)
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
	}))
	ts.Defer(srv.Close)
	ts.Setenv("SITE", srv.URL)
	ts.Setenv("PILCROW_FETCH_ALLOW", srv.Listener.Addr().String())
	ts.Setenv("PILCROW_FETCH_PAUSE", "0s")
}

// BenchmarkVersion measures what every command pays before it does anything:
// the start of the process and what its packages initialise.
func BenchmarkVersion(b *testing.B) {
	bin := build(b)
	for b.Loop() {
		start(b, bin, b.TempDir(), "version")
	}
}

// BenchmarkFirstHit measures from the start of the process to the hits of a
// search, over the articles of PILCROW_EVAL_DIR or else those of the demo.
func BenchmarkFirstHit(b *testing.B) {
	bin, home := build(b), b.TempDir()
	articles := "demo"
	if dir := os.Getenv("PILCROW_EVAL_DIR"); dir != "" {
		articles = filepath.Join(dir, "multihoprag", "corpus.json")
	}
	start(b, bin, home, "add", articles)
	for b.Loop() {
		start(b, bin, home, "search", "--limit", "1", "when does the night ferry leave")
	}
}

// start runs the program to its end, with its articles in home.
func start(b *testing.B, bin, home string, args ...string) {
	b.Helper()
	cmd := exec.Command(bin, append(args, "--db", filepath.Join(home, "articles.db"))...)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("pilcrow %s: %v: %s", strings.Join(args, " "), err, out)
	}
}

// build makes the program as a release is made.
func build(tb testing.TB) string {
	tb.Helper()
	bin := filepath.Join(tb.TempDir(), "pilcrow")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", bin, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("build: %v: %s", err, out)
	}
	return bin
}
