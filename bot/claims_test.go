package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
)

// TestClaims looks for the sources of the texts of a file.
func TestClaims(t *testing.T) {
	sessions(t, "testdata/claims.txtar", "session", func(b *bot.Bot, _ int, f txtar.File, _ time.Time) string {
		claims, err := b.FindSources(context.Background(), string(f.Data), []string{"main"}, now)
		if err != nil {
			t.Fatal(err)
		}
		var w strings.Builder
		for _, k := range claims {
			fmt.Fprintf(&w, "%s: %s\n", k.Stand, k.Of(string(f.Data)))
			for _, c := range k.Citations {
				fmt.Fprintf(&w, "  [%d] %s ¶%d: %s\n", c.N, c.Article.Source, c.Paragraph, c.Quote())
			}
		}
		return w.String()
	})
}

// TestClaimsElsewhere: what a place may not read is no source there.
func TestClaimsElsewhere(t *testing.T) {
	b, _ := newBot(t, nil, archiveOf(t, "testdata/answers.txtar")...)
	claims, err := b.FindSources(t.Context(), "The Alder Bridge will close on 17 March 2025.", []string{"elsewhere"}, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range claims {
		if len(k.Citations) > 0 {
			t.Errorf("%s is cited", k.Citations[0].Article.Title)
		}
	}
}

// TestClaimsOfMuch: a text of 100,000 words is read as far as it is worth.
func TestClaimsOfMuch(t *testing.T) {
	b, _ := newBot(t, nil, archiveOf(t, "testdata/answers.txtar")...)
	for name, s := range map[string]string{
		"one sentence":   strings.Repeat("the Alder Bridge closes and ", 20_000),
		"many sentences": strings.Repeat("The Alder Bridge will close on 17 March. ", 12_500),
		"no words":       strings.Repeat("?! … ", 50_000),
		"bad bytes":      strings.Repeat("\xff\xfe ", 50_000),
	} {
		claims, err := b.FindSources(t.Context(), s, []string{"main"}, now)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(claims) > 100 {
			t.Errorf("%s: %d claims", name, len(claims))
		}
	}
}
