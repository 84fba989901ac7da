package bm25

import (
	"context"
	"runtime"
	"sync"

	"pilcrow/corpus/text"
	"pilcrow/retrieval/passage"
)

// analysed is an article whose passages are terms.
type analysed struct {
	passage.Change
	analyser string
	passages [][][]string // each passage's header and sentences as terms
}

// analyse reads every passage into terms, on all processors.
func analyse(ctx context.Context, changes []passage.Change) ([]analysed, error) {
	out := make([]analysed, len(changes))
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), len(changes)) {
		wg.Go(func() {
			for i := range next {
				out[i] = analyseOne(changes[i])
			}
		})
	}
	for i := range changes {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return out, ctx.Err()
}

func analyseOne(c passage.Change) analysed {
	out := analysed{Change: c, analyser: text.Analyser(c.Article.Lang)}
	var header []string
	for i := range c.Passages {
		p := &c.Passages[i]
		if i == 0 || p.Header != c.Passages[i-1].Header {
			header = termsOf(p.Lang, p.Header)
		}
		sentences := [][]string{header}
		for _, t := range p.Texts {
			for _, s := range text.Sentences(t) {
				if ts := termsOf(p.Lang, s.Of(t)); len(ts) > 0 {
					sentences = append(sentences, ts)
				}
			}
		}
		out.passages = append(out.passages, sentences)
	}
	return out
}

func termsOf(lang, s string) []string {
	ts := text.Terms(lang, s)
	out := make([]string, len(ts))
	for i := range ts {
		out[i] = ts[i].Text
	}
	return out
}
