package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"pilcrow/bot/verify"
	"pilcrow/corpus/text"
)

const (
	answerSentences = 6   // at most, asked of a model
	answerTokens    = 700 // for those
	repairTokens    = 500 // for writing the failed ones again
	judgeTokens     = 8   // for a yes or a no
	repaired        = 6   // failed sentences that are given back
	doubtful        = .3  // scores from here to the same below 1 get a second look
	none            = "NONE"
)

// writer carries one text from a model through the gate to a reader.
type writer struct {
	b        *Bot
	material *material
	question string
	cited    numbering
	shown    []string // what was shown, so that nothing is said twice
	failed   []Dropped
	yield    func(Event, error) bool
	stopped  bool // the reader went away
	declined bool // the model said that there is no answer
}

// silent reports whether the model has written nothing at all.
func (w *writer) silent() bool { return len(w.shown)+len(w.failed) == 0 && !w.declined }

// write lets the model answer one prompt and shows what passes the gate, as it
// comes. It returns the model's error, if any; what was shown before stays.
func (w *writer) write(ctx context.Context, p Prompt) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var cut splitter
	for piece, err := range w.b.model.Generate(ctx, p) {
		if err != nil {
			return err
		}
		for _, s := range cut.add(piece) {
			if w.take(ctx, s, p.System); w.stopped {
				return nil
			}
		}
	}
	for _, s := range cut.end() {
		if w.take(ctx, s, p.System); w.stopped {
			return nil
		}
	}
	return ctx.Err()
}

// take shows a sentence if it passes, and keeps it for repair if not.
func (w *writer) take(ctx context.Context, s written, rules string) {
	if strings.Trim(s.text, ".!* ") == none {
		w.declined = true
		return
	}
	citations, verdict := w.material.check(s, w.question, rules)
	if w.b.secondLook && doubt(verdict) {
		citations = w.lookAgain(ctx, s, citations)
	}
	if len(citations) == 0 {
		w.failed = append(w.failed, Dropped{Text: s.text, Reasons: verdict.Reasons})
		return
	}
	if slices.Contains(w.shown, s.text) {
		return
	}
	w.shown = append(w.shown, s.text)
	for i := range citations {
		citations[i] = w.cited.number(citations[i])
	}
	w.stopped = !w.yield(Sentence{Text: s.text, Citations: citations}, nil)
}

// doubt reports whether the gate is unsure of a sentence for its words alone:
// a wrong number, name or quotation leaves no doubt.
func doubt(v verify.Verdict) bool {
	if v.Kind != verify.Claim || v.Score <= doubtful || v.Score >= 1-doubtful {
		return false
	}
	return !slices.ContainsFunc(v.Reasons, func(r string) bool {
		return !strings.HasPrefix(r, string(verify.ContentAbsent))
	})
}

// lookAgain asks the model whether the first paragraph cited says the sentence,
// and returns the citations that are left then. Where it cannot be asked, the
// gate's word stands.
func (w *writer) lookAgain(ctx context.Context, s written, citations []Citation) []Citation {
	if len(s.ids) == 0 || s.ids[0] < 1 || s.ids[0] > len(w.material.pages) {
		return citations
	}
	n := s.ids[0]
	said := ""
	for piece, err := range w.b.model.Generate(ctx, prompt("judge", request{
		Question: s.text, Passages: w.material.numbered()[n-1 : n],
	}, judgeTokens)) {
		if err != nil {
			return citations
		}
		said += piece
	}
	if !strings.HasPrefix(strings.ToUpper(strings.TrimSpace(said)), "YES") {
		return nil
	}
	if len(citations) > 0 {
		return citations
	}
	v := w.material.source.Cited(s.text, w.question, strconv.Itoa(n))
	if len(v.Places) == 0 {
		return nil
	}
	return []Citation{w.material.cite(n, v.Places[0].Span)}
}

// repair gives what failed back to the model, once. What fails again is
// dropped for good.
func (w *writer) repair(ctx context.Context, language string) {
	var again []Dropped
	for _, f := range w.failed {
		if len(again) < repaired && !slices.Contains(f.Reasons, string(verify.NoClaim)) {
			again = append(again, f)
		}
	}
	if len(again) == 0 || w.stopped {
		return
	}
	first, before := w.failed, len(w.shown)
	w.failed = nil
	err := w.write(ctx, prompt("repair", request{
		Language: language, Question: w.question, Passages: w.material.numbered(), Failed: again,
	}, repairTokens))
	if err != nil {
		w.b.log.WarnContext(ctx, "no repair", "error", err)
	}
	// Of what failed, the first words were asked for and not shown: but for
	// those that now stand there mended.
	for _, mended := range w.shown[before:] {
		if i := closest(first, mended); i >= 0 {
			first = slices.Delete(first, i, i+1)
		}
	}
	w.failed = first
}

// closest returns the index of the failed sentence that mended was made of: of
// those that share half of its words or more the one that shares most, or −1.
func closest(failed []Dropped, mended string) int {
	words := make(map[string]bool)
	for _, w := range text.Words(mended) {
		words[text.Fold(w.Of(mended))] = true
	}
	best, most := -1, 0
	for i, f := range failed {
		shared := make(map[string]bool)
		for _, w := range text.Words(f.Text) {
			if t := text.Fold(w.Of(f.Text)); words[t] {
				shared[t] = true
			}
		}
		if n := len(shared); 2*n >= len(words) && n > most {
			best, most = i, n
		}
	}
	return best
}
