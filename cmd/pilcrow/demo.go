package main

import (
	"context"
	"embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"pilcrow/bot/terminal"
)

// The newspapers of Tollness, a town that was invented for this program.
//
//go:embed demo/*.md
var tollness embed.FS

// demoNow is the day on which the demo takes place.
const demoNow = "2026-05-18T09:00:00Z"

const demoHelp = `Shows Pilcrow at work on eight articles of three newspapers from a town that
does not exist. At a terminal it ends in a chat about them. Nothing is kept:
the database is in a folder that is deleted at the end.`

func newDemo(c *call) *cobra.Command {
	return &cobra.Command{
		Use:     "demo",
		GroupID: groupAsk,
		Short:   "Look around in a handful of articles that come with the program",
		Long:    demoHelp,
		Args:    usage(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return c.demo(cmd.Context()) },
	}
}

// tour is what the demo shows: a remark, and a command line as a person would
// type it.
var tour = []struct {
	remark string
	args   []string
}{
	{"Three newspapers, eight articles, one of them in German. Adding them takes a moment, once.",
		[]string{"add", "demo"}},
	{"Two papers give two figures. An answer shows both, each with its paragraph.",
		[]string{"ask", "What will the sea wall cost?"}},
	{"A time or a newspaper can be kept to, in the question or beside it.",
		[]string{"ask", "--since", "last week", "What is new at the library?"}},
	{"Where the articles don't say, neither does Pilcrow.",
		[]string{"ask", "What did the Grimsby Gazette write about the oysters?"}},
	{"And the other way round: where does this come from, and is it so?",
		[]string{"cite", "The council voted eleven to four for a new sea wall. The night ferry carries 340 passengers."}},
}

func (c *call) demo(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp("", "pilcrow-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, tollness); err != nil {
		return fmt.Errorf("unpack the demo's articles: %w", err)
	}
	if terminal.IsTerminal(c.Stdin) && terminal.IsTerminal(c.Stdout) {
		return c.demoChat(ctx, dir)
	}
	return c.demoTour(ctx, dir)
}

func (c *call) demoTour(ctx context.Context, dir string) error {
	screen := c.screen()
	screen.Printf("Tollness is a harbour town that does not exist. It is %s there.\n", demoDate())
	for _, step := range tour {
		screen.Printf("\n")
		screen.Block("# ", "# ", step.remark)
		screen.Printf("$ pilcrow %s\n", commandLine(step.args))
		if err := screen.Err(); err != nil {
			return err
		}
		if err := c.demoRun(ctx, dir, c.Stdout, step.args...); err != nil {
			return err
		}
	}
	screen.Printf("\nNow your own: pilcrow add FOLDER, then pilcrow ask, or pilcrow chat.\n")
	return screen.Err()
}

func (c *call) demoChat(ctx context.Context, dir string) error {
	if err := c.demoRun(ctx, dir, io.Discard, "add", "demo"); err != nil {
		return err
	}
	screen := c.screen()
	screen.Block("", "", "Eight articles from the newspapers of Tollness, a harbour town that does not exist. It is "+demoDate()+" there. You might ask:")
	screen.Printf("\n")
	for _, q := range []string{"What will the sea wall cost?", "When does the night ferry leave?", "Was kostet die einfache Fahrt?", "Who won the chess tournament?"} {
		screen.Printf("  %s\n", q)
	}
	screen.Printf("\n")
	return c.demoRun(ctx, dir, c.Stdout, "chat")
}

// demoRun runs one command line in the demo's folder, away from the person's
// own articles and settings.
func (c *call) demoRun(ctx context.Context, dir string, stdout io.Writer, args ...string) error {
	for i, a := range args {
		if a == "demo" {
			args[i] = filepath.Join(dir, a)
		}
	}
	p := &Program{Stdin: c.Stdin, Stdout: stdout, Stderr: c.Stderr, Getenv: func(key string) string {
		switch key {
		case "TERM", "NO_COLOR":
			return c.Getenv(key)
		case "PILCROW_DB":
			return filepath.Join(dir, "pilcrow.db")
		}
		return ""
	}}
	if code := p.Run(ctx, append([]string{"--now", demoNow}, args...)); code != exitOK {
		return errReported
	}
	return nil
}

func demoDate() string {
	now, _ := (&call{nowText: demoNow}).now()
	return terminal.Date(now)
}

// commandLine shows arguments as they would be typed.
func commandLine(args []string) string {
	typed := make([]string, len(args))
	for i, a := range args {
		typed[i] = a
		if strings.ContainsAny(a, " '?") {
			typed[i] = `"` + a + `"`
		}
	}
	return strings.Join(typed, " ")
}
