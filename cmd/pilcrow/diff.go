package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pilcrow/bot/terminal"
	"pilcrow/corpus"
	"pilcrow/corpus/diff"
)

// revisions are the two that are compared; 0 stands for the usual one.
type revisions struct{ from, to int }

// showDiff shows what the article changed from one revision to another.
func (c *call) showDiff(ctx context.Context, s *corpus.Store, a corpus.Article, span revisions) error {
	kept, err := s.Revisions(ctx, a.ID)
	if err != nil {
		return missing(err, a.ID)
	}
	if span.to == 0 {
		span.to = a.Revision
	}
	if span.from == 0 {
		for _, r := range kept { // oldest first; one that was purged is not among them
			if r.N < span.to {
				span.from = r.N
			}
		}
	}
	if span.from == 0 {
		return fmt.Errorf("article %q has no revision before %d to compare it with", a.ID, span.to)
	}
	var texts [2][]string
	for i, n := range []int{span.from, span.to} {
		ps, err := s.Paragraphs(ctx, a.ID, n, 0, 0)
		if errors.Is(err, corpus.ErrNotFound) {
			a.Revision = n
			return c.lacking(ctx, s, a, 0)
		}
		if err != nil {
			return err
		}
		for _, p := range ps {
			texts[i] = append(texts[i], p.Text)
		}
	}

	scr := c.screen()
	scr.Block("", "", scr.Byline(a))
	when := func(n int) string {
		for _, r := range kept {
			if r.N == n {
				return fmt.Sprintf("revision %d (%s)", n, terminal.Date(r.Added))
			}
		}
		return fmt.Sprintf("revision %d", n)
	}
	scr.Block("", "", scr.Dim("from "+when(span.from)+" to "+when(span.to)))
	c.showChanges(scr, diff.Paragraphs(texts[0], texts[1]), texts[0], texts[1])
	return scr.Err()
}

// lacking says which revision, or which paragraph of it, is not there.
func (c *call) lacking(ctx context.Context, s *corpus.Store, a corpus.Article, paragraph int) error {
	kept, err := s.Revisions(ctx, a.ID)
	if err != nil {
		return missing(err, a.ID)
	}
	var have []string
	for _, r := range kept {
		if r.N == a.Revision {
			return fmt.Errorf("revision %d of article %q has no paragraph %d; it has %d", a.Revision, a.ID, paragraph, r.Paragraphs)
		}
		have = append(have, fmt.Sprint(r.N))
	}
	return fmt.Errorf("article %q has no revision %d; it has %s", a.ID, a.Revision, strings.Join(have, ", "))
}

// showChanges prints paragraphs with their numbers and what became of them;
// those that stayed as they were are only counted.
func (c *call) showChanges(scr *terminal.Screen, changes []diff.Change, old, new []string) {
	for len(changes) > 0 {
		n := slices.IndexFunc(changes, func(ch diff.Change) bool { return ch.Kind != diff.Kept })
		if n < 0 {
			n = len(changes)
		}
		if n > 0 {
			place := fmt.Sprintf("¶%d", changes[0].New)
			if n > 1 {
				place += fmt.Sprintf("–%d", changes[n-1].New)
			}
			scr.Printf("\n%s\n", scr.Dim("        "+place+" unchanged"))
			changes = changes[n:]
			continue
		}
		ch := changes[0]
		changes = changes[1:]
		number, mark, body := ch.New, "~", c.words(scr, ch.Pieces)
		switch ch.Kind {
		case diff.Added:
			mark, body = "+", terminal.Plain(new[ch.New-1])
		case diff.Removed:
			number, mark, body = ch.Old, "-", terminal.Plain(old[ch.Old-1])
		case diff.Moved:
			mark = ">"
			if ch.Pieces == nil {
				body = terminal.Plain(new[ch.New-1])
			}
			body = scr.Dim(fmt.Sprintf("(was\u00a0¶%d)", ch.Old)) + " " + body
		}
		scr.Printf("\n")
		scr.Block(scr.Dim(fmt.Sprintf("%4d  ", number))+scr.Accent(mark)+" ", "        ", body)
	}
}

// words writes the pieces of a paragraph with marks around those that differ.
func (c *call) words(scr *terminal.Screen, pieces []diff.Piece) string {
	var b strings.Builder
	each := func(text string, style func(string) string) string { // a style does not span line ends
		words := strings.Split(text, " ")
		for i, w := range words {
			words[i] = style(w)
		}
		return strings.Join(words, " ")
	}
	for _, p := range pieces {
		text := terminal.Plain(p.Text)
		switch p.Op {
		case diff.Gone:
			text = each("[-"+text+"-]", scr.Dim)
		case diff.Came:
			text = each("{+"+text+"+}", scr.Bold)
		}
		b.WriteString(text)
	}
	return b.String()
}
