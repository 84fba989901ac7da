package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pilcrow/bot"
	"pilcrow/bot/discord"
	"pilcrow/bot/terminal"
	"pilcrow/configs"
	"pilcrow/corpus"
	"pilcrow/retrieval"
)

const doctorHelp = `Looks at each part that the bot needs, and says what to do where one fails: the
database, the indexes, the chat model, the embedding model, and at Discord the
token, the intents and the permissions. It changes nothing. The exit code is 1
where something that is set up does not work.`

func newDoctor(c *call) *cobra.Command {
	return &cobra.Command{
		Use:     "doctor",
		GroupID: groupRun,
		Short:   "Look at each part, and say what to do where one fails",
		Long:    doctorHelp,
		Args:    usage(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return c.doctor(cmd.Context()) },
	}
}

// finding is what the doctor says of one part.
type finding struct {
	state string // "ok", "note" where it is a choice, "FAILS"
	part  string
	words string
}

func fine(part, format string, args ...any) finding {
	return finding{"ok", part, fmt.Sprintf(format, args...)}
}

func remark(part, format string, args ...any) finding {
	return finding{"note", part, fmt.Sprintf(format, args...)}
}

func fails(part string, err error) finding { return finding{"FAILS", part, err.Error()} }

// checkWithin bounds each look at something far away.
const checkWithin = 20 * time.Second

func (c *call) doctor(ctx context.Context) error {
	cfg, err := c.configuration()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	failed := false
	for _, check := range []func(context.Context, configs.Config) []finding{
		c.checkStore, c.checkModel, c.checkEmbed, c.checkDiscord,
	} {
		for _, f := range check(ctx, cfg.Config) {
			fmt.Fprintf(w, "%s\t%s\t%s\n", f.state, f.part, terminal.Plain(f.words))
			failed = failed || f.state == "FAILS"
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if failed {
		return errReported
	}
	return nil
}

// present returns an error that says what to do where there is no database.
func present(database string) error {
	if _, err := os.Stat(database); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no database at %s; add articles with pilcrow add, or name another with --db", database)
	}
	return nil
}

// checkStore looks at the database and its indexes.
func (c *call) checkStore(ctx context.Context, cfg configs.Config) []finding {
	if err := mayWrite(filepath.Dir(cfg.Database)); err != nil {
		return []finding{fails("database", err)}
	}
	if present(cfg.Database) != nil {
		return []finding{remark("database", "there is none at %s; pilcrow serve and pilcrow add make it", cfg.Database)}
	}
	store, err := corpus.Open(ctx, cfg.Database)
	if err != nil {
		return []finding{fails("database", err)}
	}
	p, err := assemble(cfg, c.log(cfg.Log.SlogLevel()), store)
	if err != nil {
		store.Close()
		return []finding{fails("settings", err)}
	}
	defer p.Close()
	n, err := store.Count(ctx, corpus.Filter{})
	if err != nil {
		return []finding{fails("database", err)}
	}
	out := []finding{fine("database", "%s holds %s", cfg.Database, plural(n, "article"))}
	if n == 0 {
		out[0] = remark("database", "%s holds no articles; add some with pilcrow add", cfg.Database)
	}
	if book, err := openLedger(ctx, cfg); err != nil {
		out = append(out, fails("answers", err))
	} else {
		book.Close()
	}
	states, err := p.states(ctx)
	if err != nil {
		return append(out, fails("indexes", err))
	}
	for _, s := range states {
		if s.Behind > 0 {
			out = append(out, remark("index", "%s is %s behind; whatever searches catches up first", s.Name, plural(s.Behind, "article")))
		} else {
			out = append(out, fine("index", "%s is up to date", s.Name))
		}
	}
	return out
}

// checkModel lets the chat model say a word.
func (c *call) checkModel(ctx context.Context, cfg configs.Config) []finding {
	const part = "chat model"
	model := newModel(cfg, c.log(cfg.Log.SlogLevel()))
	if model == nil {
		return []finding{remark(part, "none, so answers are sentences quoted from the articles; PILCROW_MODEL names one")}
	}
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	var said strings.Builder
	for piece, err := range model.Generate(ctx, bot.Prompt{System: "Answer with one word.", User: "Say yes.", MaxTokens: 16}) {
		if err != nil {
			return []finding{fails(part, fmt.Errorf("%s at %s: %w", cfg.Model.Name, cfg.Model.BaseURL, late(err)))}
		}
		said.WriteString(piece)
	}
	if strings.TrimSpace(said.String()) == "" {
		return []finding{fails(part, fmt.Errorf("%s at %s answers with nothing; try another model", cfg.Model.Name, cfg.Model.BaseURL))}
	}
	return []finding{fine(part, "%s at %s answers", cfg.Model.Name, cfg.Model.BaseURL)}
}

// late says in words that a server took longer than checkWithin.
func late(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no answer within %v; see that it runs, or take a smaller model", checkWithin)
	}
	return err
}

// checkEmbed lets the embedding model embed a word.
func (c *call) checkEmbed(ctx context.Context, cfg configs.Config) []finding {
	const part = "embeddings"
	if cfg.Embed.Model == "" {
		return []finding{fine(part, "the embedded ones, which need no network; PILCROW_EMBED_MODEL names better ones")}
	}
	at, _ := cfg.EmbedServer()
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	vectors, err := newEmbedder(cfg, nil).Embed(ctx, retrieval.Question, []string{"ferry"})
	if err == nil && (len(vectors) != 1 || len(vectors[0]) == 0) {
		err = errors.New("answers with no vector")
	}
	if err != nil {
		return []finding{fails(part, fmt.Errorf("%s at %s: %w", cfg.Embed.Model, at, late(err)))}
	}
	return []finding{fine(part, "%s at %s, %d dimensions", cfg.Embed.Model, at, len(vectors[0]))}
}

// checkDiscord looks at what Discord says of the token.
func (c *call) checkDiscord(ctx context.Context, cfg configs.Config) []finding {
	if cfg.Discord.BotToken() == "" {
		return []finding{remark("token", "%s", noToken)}
	}
	app, err := discord.New(discord.Options{API: cfg.Discord.API, Token: cfg.Discord.BotToken(), Log: c.log(cfg.Log.SlogLevel())})
	if err != nil {
		return []finding{fails("token", err)}
	}
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	who, err := app.Identify(ctx)
	if err != nil {
		return []finding{fails("token", err)}
	}
	out := []finding{
		fine("token", "it is %s's", who.Name),
		fine("invite", "%s", who.Invite),
	}
	switch {
	case !cfg.Discord.ReadsMessages():
		out = append(out, fine("intents", "none that is privileged is asked for"))
	case who.Content:
		out = append(out, fine("intents", "messages may be read"))
	default:
		out = append(out, fails("intents", errors.New("discord.message_content is on, but Discord does not allow it: switch on Message Content Intent under Bot at https://discord.com/developers/applications")))
	}
	if who.Servers == 0 {
		return append(out, remark("permissions", "it is in no server yet; open the invite link to add it to one"))
	}
	if len(who.Lacking) == 0 {
		return append(out, fine("permissions", "what it needs, in %s", plural(who.Servers, "server")))
	}
	for _, l := range who.Lacking {
		out = append(out, fails("permissions", errors.New(l.String())))
	}
	return out
}

// plural says "1 article" or "3 articles".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
