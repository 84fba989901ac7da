package eval

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"pilcrow/bot/verify"
)

// Gate says how well the gate tells the sentences of models that their
// passages bear out from those that they do not.
type Gate struct {
	Answers   []Checked // on questions, in the form of RAGTruth
	Summaries []Checked // of news, in the form of FaithBench
}

// Checked is one text of a model: what people said of it, and what the gate
// did.
type Checked struct {
	N         int // its line in the data set, from 1
	Bad       bool
	Sentences []CheckedSentence
}

// CheckedSentence is one sentence of it.
type CheckedSentence struct {
	Bad       bool // people marked words of it as unsupported
	Conflict  bool // as evidently contradicted
	Supported bool
	Score     float64
}

// Score is that of the lowest sentence.
func (c Checked) Score() float64 {
	low := 1.
	for _, s := range c.Sentences {
		low = min(low, s.Score)
	}
	return low
}

// Flagged reports whether the gate holds a sentence back.
func (c Checked) Flagged() bool {
	return slices.ContainsFunc(c.Sentences, func(s CheckedSentence) bool { return !s.Supported })
}

// CheckAnswers puts the answers and summaries of dir through the gate:
// ragtruth/qa.jsonl and faithbench/summaries.jsonl.
func CheckAnswers(dir string) (*Gate, error) {
	answers, err := ragTruth(filepath.Join(dir, "ragtruth", "qa.jsonl"))
	if err != nil {
		return nil, err
	}
	summaries, err := faithBench(filepath.Join(dir, "faithbench", "summaries.jsonl"))
	return &Gate{answers, summaries}, err
}

// passageHead is what RAGTruth puts before each passage.
var passageHead = regexp.MustCompile(`(?:^|\n\n)passage \d+:`)

// ragTruth reads answers in the form of RAGTruth (Niu et al., 2024): {query,
// d1: passages, d2: answer, labels: [{start, end, label_type}]}.
func ragTruth(path string) ([]Checked, error) {
	type line struct {
		Query    string `json:"query"`
		Passages string `json:"d1"`
		Answer   string `json:"d2"`
		Labels   []struct {
			Start int    `json:"start"` // code points
			End   int    `json:"end"`
			Type  string `json:"label_type"`
		} `json:"labels"`
	}
	lines, err := jsonLines[line](path)
	if err != nil {
		return nil, err
	}
	var out []Checked
	for i, l := range lines {
		var passages []verify.Passage
		for _, p := range passageHead.Split(l.Passages, -1) {
			if strings.TrimSpace(p) != "" {
				passages = append(passages, verify.Passage{ID: strconv.Itoa(len(passages) + 1), Text: p})
			}
		}
		c := Checked{N: i + 1, Bad: len(l.Labels) > 0}
		for _, s := range verify.Read(passages...).Text(l.Answer, l.Query) {
			start := utf8.RuneCountInString(l.Answer[:s.Start])
			end := start + utf8.RuneCountInString(s.Of(l.Answer))
			out := CheckedSentence{Supported: s.Supported, Score: s.Score}
			for _, m := range l.Labels {
				if min(end, m.End)-max(start, m.Start) >= minMarked {
					out.Bad = true
					out.Conflict = m.Type == "Evident Conflict"
				}
			}
			c.Sentences = append(c.Sentences, out)
		}
		out = append(out, c)
	}
	return out, nil
}

// minMarked is how many code points of a sentence must be marked: a mark often
// takes in the space or full stop beside it.
const minMarked = 3

// faithBench reads summaries in the form of FaithBench (Bao et al., 2024):
// {source, summary, annotations: [{label}]}. A summary is bad where anything in
// it is labelled unwanted.
func faithBench(path string) ([]Checked, error) {
	type line struct {
		Source      string `json:"source"`
		Summary     string `json:"summary"`
		Annotations []struct {
			Label []string `json:"label"`
		} `json:"annotations"`
	}
	lines, err := jsonLines[line](path)
	if err != nil {
		return nil, err
	}
	var out []Checked
	for i, l := range lines {
		c := Checked{N: i + 1}
		for _, a := range l.Annotations {
			c.Bad = c.Bad || slices.Contains(a.Label, "Unwanted")
		}
		for _, s := range verify.Read(verify.Passage{ID: "1", Text: l.Source}).Text(l.Summary, "") {
			c.Sentences = append(c.Sentences, CheckedSentence{Supported: s.Supported, Score: s.Score})
		}
		out = append(out, c)
	}
	return out, nil
}

// WriteTable writes the figures.
func (g *Gate) WriteTable(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "gate\tn\tfigure")
	row := func(name string, f Figure) { fmt.Fprintf(tw, "%s\t%d\t%s\n", name, f.N, f) }
	row("answers: AUC", resample(g.Answers, answerAUC))
	row("answers: F1 as flagged", resample(g.Answers, flaggedF1))
	row("answers: F1 at the best threshold", resample(g.Answers, bestF1))
	row("sentences: AUC", resample(g.Answers, sentenceAUC))
	row("unsupported caught, 5 % of good ones removed", resample(g.Answers, caught(.05, unsupported)))
	row("unsupported caught, 10 % of good ones removed", resample(g.Answers, caught(.10, unsupported)))
	row("evident conflicts caught, 5 % of good ones removed", resample(g.Answers, caught(.05, conflicting)))
	row("good ones removed as flagged", resample(g.Answers, goodFlagged))
	row("summaries: balanced accuracy as flagged", resample(g.Summaries, flaggedAccuracy))
	row("summaries: balanced accuracy at the best threshold", resample(g.Summaries, bestAccuracy))
	row("summaries: AUC", resample(g.Summaries, answerAUC))
	return tw.Flush()
}

// WriteCases writes a line for each text.
func (g *Gate) WriteCases(w io.Writer) error {
	for _, set := range []struct {
		name string
		of   []Checked
	}{{"answer", g.Answers}, {"summary", g.Summaries}} {
		for _, c := range set.of {
			if _, err := fmt.Fprintf(w, "%s %d bad=%t flagged=%t score=%.2f\n", set.name, c.N, c.Bad, c.Flagged(), c.Score()); err != nil {
				return err
			}
		}
	}
	return nil
}

// resample returns a statistic of cases and half of the width that 95 % of two
// hundred resamplings of whole cases fall into.
func resample[T any](cases []T, stat func([]T) float64) Figure {
	if len(cases) == 0 {
		return Figure{}
	}
	const times = 200
	rng := rand.New(rand.NewPCG(1, 2))
	stats := make([]float64, 0, times)
	again := make([]T, len(cases))
	for range times {
		for i := range again {
			again[i] = cases[rng.IntN(len(cases))]
		}
		if v := stat(again); !math.IsNaN(v) {
			stats = append(stats, v)
		}
	}
	out := Figure{N: len(cases), Mean: stat(cases)}
	if len(stats) > 0 {
		slices.Sort(stats)
		out.HalfWidth = (stats[len(stats)*39/40] - stats[len(stats)/40]) / 2
	}
	return out
}

// scored is a thing with a score and what people said of it.
type scored struct {
	bad   bool
	score float64
}

func answersScored(cs []Checked) []scored {
	out := make([]scored, len(cs))
	for i, c := range cs {
		out[i] = scored{c.Bad, c.Score()}
	}
	return out
}

func answerAUC(cs []Checked) float64 { return auc(answersScored(cs)) }

func sentenceAUC(cs []Checked) float64 {
	var all []scored
	for _, c := range cs {
		for _, s := range c.Sentences {
			all = append(all, scored{s.Bad, s.Score})
		}
	}
	return auc(all)
}

// auc is how often a bad one scores lower than a good one, ties counting half.
func auc(xs []scored) float64 {
	slices.SortFunc(xs, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	wins, good, bad := 0., 0., 0.
	for i := 0; i < len(xs); {
		j := i
		tiedBad, tiedGood := 0., 0.
		for ; j < len(xs) && xs[j].score == xs[i].score; j++ {
			if xs[j].bad {
				tiedBad++
			} else {
				tiedGood++
			}
		}
		wins += tiedGood * (bad + tiedBad/2)
		bad, good = bad+tiedBad, good+tiedGood
		i = j
	}
	return wins / (good * bad)
}

// bestF1 is F1 over bad answers at the score that makes it best.
func bestF1(cs []Checked) float64 {
	xs := answersScored(cs)
	slices.SortFunc(xs, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	bad := 0.
	for _, x := range xs {
		bad += indicator(x.bad)
	}
	best, hits := 0., 0.
	for i, x := range xs {
		hits += indicator(x.bad)
		if i+1 == len(xs) || xs[i+1].score != x.score {
			best = max(best, 2*hits/(float64(i+1)+bad))
		}
	}
	return best
}

// flaggedF1 is F1 over bad answers of those that the gate flags.
func flaggedF1(cs []Checked) float64 {
	hits, flagged, bad := 0., 0., 0.
	for _, c := range cs {
		hits += indicator(c.Bad && c.Flagged())
		flagged += indicator(c.Flagged())
		bad += indicator(c.Bad)
	}
	return 2 * hits / (flagged + bad)
}

// flaggedAccuracy is the mean of the shares of bad ones flagged and good ones
// not flagged.
func flaggedAccuracy(cs []Checked) float64 {
	var bad, badFlagged, good, goodPassed float64
	for _, c := range cs {
		if c.Bad {
			bad++
			badFlagged += indicator(c.Flagged())
		} else {
			good++
			goodPassed += indicator(!c.Flagged())
		}
	}
	return (badFlagged/bad + goodPassed/good) / 2
}

// bestAccuracy is balanced accuracy at the score that makes it best.
func bestAccuracy(cs []Checked) float64 { return accuracy(answersScored(cs)) }

func accuracy(xs []scored) float64 {
	slices.SortFunc(xs, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	bad, good := 0., 0.
	for _, x := range xs {
		bad += indicator(x.bad)
		good += indicator(!x.bad)
	}
	best, below, goodBelow := .5, 0., 0.
	for i, x := range xs {
		below += indicator(x.bad)
		goodBelow += indicator(!x.bad)
		if i+1 == len(xs) || xs[i+1].score != x.score {
			best = max(best, (below/bad+1-goodBelow/good)/2)
		}
	}
	return best
}

func unsupported(s CheckedSentence) bool { return s.Bad }
func conflicting(s CheckedSentence) bool { return s.Conflict }

// caught returns the share of the sentences that which selects that score
// under the highest threshold under which at most cost of the good ones do.
func caught(cost float64, which func(CheckedSentence) bool) func([]Checked) float64 {
	return func(cs []Checked) float64 {
		var good, sought []float64
		for _, c := range cs {
			for _, s := range c.Sentences {
				if !s.Bad {
					good = append(good, s.Score)
				}
				if which(s) {
					sought = append(sought, s.Score)
				}
			}
		}
		slices.Sort(good)
		limit := good[int(cost*float64(len(good)))] // what scores less than this may go
		n := 0
		for _, s := range sought {
			if s < limit {
				n++
			}
		}
		return float64(n) / float64(len(sought))
	}
}

// goodFlagged is the share of good sentences that the gate holds back.
func goodFlagged(cs []Checked) float64 {
	good, flagged := 0., 0.
	for _, c := range cs {
		for _, s := range c.Sentences {
			if !s.Bad {
				good++
				flagged += indicator(!s.Supported)
			}
		}
	}
	return flagged / good
}
