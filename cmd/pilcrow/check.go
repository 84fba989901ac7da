package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"pilcrow/bot/terminal"
	"pilcrow/bot/verify"
	"pilcrow/corpus/text"
)

const checkHelp = `Checks each sentence of a text against passages: does any of them say it? This
is the gate that every answer passes. It needs no articles and no model.

A score of 1 means fully supported; an answer is as good as its lowest
sentence. The reasons say what speaks against a sentence.

--batch reads objects {id, text, question, passages: [string...]}, one a line,
and prints one a line with the same id.`

func newCheck(c *call) *cobra.Command {
	var asJSON bool
	var file, question string
	var passages []string
	cmd := &cobra.Command{
		Use:     "check TEXT...",
		GroupID: groupAsk,
		Short:   "Check a text against passages, sentence by sentence",
		Long:    checkHelp,
		Example: "  pilcrow check --passage article.txt the wall will cost 7.1 million pounds\n" +
			"  pilcrow check --batch answers.jsonl > checked.jsonl",
		Args: wordsOrBatch(&file, "a text"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file != "" {
				if question != "" || len(passages) > 0 {
					return usagef("takes no --question or --passage beside --batch, whose lines have their own")
				}
				return batch(cmd.Context(), c, file, func(id json.RawMessage, line checkLine) (any, error) {
					return line.check(id), nil
				})
			}
			line := checkLine{Text: joined(args), Question: question}
			for _, name := range passages {
				data, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				line.Passages = append(line.Passages, string(data))
			}
			if len(passages) == 0 {
				return usagef("needs a passage to check against; name a text file with --passage")
			}
			out := line.check(nil)
			if asJSON {
				return printJSON(c.Stdout, out)
			}
			screen := c.screen()
			if len(out.Sentences) == 0 {
				screen.Printf("There is no sentence in this.\n")
			}
			for _, s := range out.Sentences {
				mark := "✓"
				if !s.Supported {
					mark = "✗"
				}
				screen.Block(mark+" ", "  ", fmt.Sprintf("%s (%.2f)", terminal.Plain(s.Text), s.Score))
				for _, r := range s.Reasons {
					screen.Block("    ", "    ", screen.Dim(terminal.Plain(r)))
				}
			}
			return screen.Err()
		},
	}
	f := cmd.Flags()
	f.StringVar(&question, "question", "", "the `question` that the text answers")
	f.StringArrayVar(&passages, "passage", nil, "a text `file` to check against; may be repeated")
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	f.StringVar(&file, "batch", "", "check each line of `file`, or of - for standard input, in JSON")
	return cmd
}

// checkLine is a text and what it has to stand on.
type checkLine struct {
	Text     string   `json:"text"`
	Question string   `json:"question"`
	Passages []string `json:"passages"`
}

type checkedJSON struct {
	ID        json.RawMessage       `json:"id"`
	Sentences []checkedSentenceJSON `json:"sentences"`
}

type checkedSentenceJSON struct {
	Start     int      `json:"start"` // code points
	End       int      `json:"end"`
	Text      string   `json:"text"`
	Supported bool     `json:"supported"`
	Score     float64  `json:"score"`
	Reasons   []string `json:"reasons"`
}

func (l checkLine) check(id json.RawMessage) checkedJSON {
	source := make([]verify.Passage, len(l.Passages))
	for i, p := range l.Passages {
		source[i] = verify.Passage{ID: strconv.Itoa(i + 1), Text: p}
	}
	out := checkedJSON{ID: id, Sentences: []checkedSentenceJSON{}}
	for _, s := range verify.Read(source...).Text(l.Text, l.Question) {
		start, end := text.Points(l.Text, s.Span)
		out.Sentences = append(out.Sentences, checkedSentenceJSON{
			Start: start, End: end, Text: s.Of(l.Text), Supported: s.Supported, Score: s.Score, Reasons: list(s.Reasons),
		})
	}
	return out
}
