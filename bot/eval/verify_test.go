package eval

import (
	"bytes"
	"os"
	"testing"
)

// TestGateGolden holds the figures of the gate, and what it does with every
// answer, to testdata/verify.golden.
func TestGateGolden(t *testing.T) {
	if os.Getenv("PILCROW_EVAL_LONG") == "" {
		t.Skip("compares every score; PILCROW_EVAL_LONG=1 runs it")
	}
	dir := os.Getenv("PILCROW_EVAL_DIR")
	if dir == "" {
		t.Skip("PILCROW_EVAL_DIR is not set")
	}
	g, err := CheckAnswers(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := g.WriteTable(&got); err != nil {
		t.Fatal(err)
	}
	got.WriteString("\n")
	if err := g.WriteCases(&got); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/verify.golden", got.Bytes())
}

func TestGateFigures(t *testing.T) {
	sentence := func(bad bool, score float64) CheckedSentence {
		return CheckedSentence{Bad: bad, Supported: score >= .5, Score: score}
	}
	answers := []Checked{
		{N: 1, Bad: true, Sentences: []CheckedSentence{sentence(false, .9), sentence(true, .1)}},
		{N: 2, Bad: true, Sentences: []CheckedSentence{sentence(true, .6)}},
		{N: 3, Sentences: []CheckedSentence{sentence(false, .8), sentence(false, .4)}},
		{N: 4, Sentences: []CheckedSentence{sentence(false, 1)}},
	}
	for _, test := range []struct {
		name string
		got  float64
		want float64
	}{
		{"AUC of answers: three of four pairs are in order", answerAUC(answers), .75},
		{"AUC of sentences: seven of eight pairs", sentenceAUC(answers), 7. / 8},
		{"F1 as flagged: answers 1 and 3", flaggedF1(answers), .5},
		{"best F1: the three lowest", bestF1(answers), .8},
		{"caught with a quarter of the good gone", caught(.25, unsupported)(answers), 1},
		{"caught with none gone", caught(0, unsupported)(answers), .5},
		{"good ones flagged", goodFlagged(answers), .25},
		{"balanced accuracy", flaggedAccuracy(answers), .5},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, test.got, test.want)
		}
	}
}
