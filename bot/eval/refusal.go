package eval

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"pilcrow/corpus"
)

// Refusal says when a bot refuses. Each figure is a share of refusals.
type Refusal struct {
	Null  Figure // of questions that no article answers
	False Figure // of questions that the articles answer

	// With half of the articles taken away, at random and several times over,
	// the same questions asked again: style tells nothing there.
	MatchedNone  Figure // where no article with a fact is left
	MatchedSome  Figure // where some are left and some are not
	MatchedFalse Figure // where all are left
}

// Halves is how often half of the articles is taken away.
const Halves = 3

// Refusals asks each question of an archive of all drafts, and of Halves
// archives of half of them.
func Refusals(ctx context.Context, drafts []corpus.Draft, questions []Question, archive Archive, now time.Time) (_ *Refusal, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("score refusals: %w", err)
		}
	}()
	var null, wrong, none, some, all []float64
	err = eachAnswer(ctx, drafts, questions, archive, now, func(q Question, r reply) {
		if len(q.Facts) == 0 {
			null = append(null, indicator(r.reason != ""))
		} else {
			wrong = append(wrong, indicator(r.reason != ""))
		}
	})
	if err != nil {
		return nil, err
	}
	for half := range Halves {
		rng := rand.New(rand.NewPCG(uint64(half), 609))
		var kept []corpus.Draft
		left := make(map[string]bool)
		for i, at := range rng.Perm(len(drafts)) {
			if i%2 == 0 {
				kept = append(kept, drafts[at])
				left[corpus.CanonicalURL(drafts[at].URL)] = true
			}
		}
		err := eachAnswer(ctx, kept, questions, archive, now, func(q Question, r reply) {
			have, lack := 0, 0
			for _, f := range q.Facts {
				if left[f.URL] {
					have++
				} else {
					lack++
				}
			}
			refused := indicator(r.reason != "")
			switch {
			case have == 0 && lack == 0:
			case have == 0:
				none = append(none, refused)
			case lack == 0:
				all = append(all, refused)
			default:
				some = append(some, refused)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return &Refusal{figure(null), figure(wrong), figure(none), figure(some), figure(all)}, nil
}

// eachAnswer asks each question of an archive of drafts.
func eachAnswer(ctx context.Context, drafts []corpus.Draft, questions []Question, archive Archive, now time.Time, each func(Question, reply)) error {
	a, free, err := archive(ctx, drafts)
	if err != nil {
		return err
	}
	defer free()
	for _, q := range questions {
		r, err := ask(ctx, a, q.Text, now)
		if err != nil {
			return fmt.Errorf("question %d: %w", q.N, err)
		}
		each(q, r)
	}
	return nil
}
