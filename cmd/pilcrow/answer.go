package main

import (
	"encoding/json"
	"iter"
	"time"

	"pilcrow/bot"
	"pilcrow/corpus/text"
)

// answerJSON is what ask prints.
type answerJSON struct {
	ID        json.RawMessage `json:"id"`
	Question  string          `json:"question"`
	Mode      bot.Mode        `json:"mode"`
	Refused   bool            `json:"refused"`
	Reason    *bot.Reason     `json:"reason"` // null where there is an answer
	Sentences []sentenceJSON  `json:"sentences"`
	Citations []citationJSON  `json:"citations"`
	Nearest   []citationJSON  `json:"nearest"`
	Dropped   []droppedJSON   `json:"dropped"`
}

type sentenceJSON struct {
	Text      string `json:"text"`
	Citations []int  `json:"citations"`
}

type citationJSON struct {
	N         int        `json:"n"`
	Article   string     `json:"article"`
	Revision  int        `json:"revision"`
	Paragraph int        `json:"paragraph"`
	Title     string     `json:"title"`
	Source    string     `json:"source"`
	Published *time.Time `json:"published"`
	URL       string     `json:"url"`
	Link      string     `json:"link"`
	Text      string     `json:"text"`
	Quote     string     `json:"quote"`
	Start     int        `json:"start"` // code points
	End       int        `json:"end"`
}

type droppedJSON struct {
	Text    string   `json:"text"`
	Reasons []string `json:"reasons"`
}

// collect makes one object of the events that answer a question.
func collect(id json.RawMessage, question string, events iter.Seq2[bot.Event, error]) (*answerJSON, error) {
	a := &answerJSON{
		ID: id, Question: question, Mode: bot.Extractive,
		Sentences: []sentenceJSON{}, Citations: []citationJSON{}, Nearest: []citationJSON{}, Dropped: []droppedJSON{},
	}
	for event, err := range events {
		if err != nil {
			return nil, err
		}
		switch e := event.(type) {
		case bot.Sentence:
			s := sentenceJSON{Text: e.Text, Citations: []int{}}
			for _, c := range e.Citations {
				s.Citations = append(s.Citations, c.N)
				if c.N > len(a.Citations) {
					a.Citations = append(a.Citations, newCitationJSON(c))
				}
			}
			a.Sentences = append(a.Sentences, s)
		case bot.Refused:
			a.Refused, a.Reason = true, &e.Reason
			for _, c := range e.Nearest {
				a.Nearest = append(a.Nearest, newCitationJSON(c))
			}
		case bot.Done:
			a.Mode = e.Mode
			for _, d := range e.Dropped {
				a.Dropped = append(a.Dropped, droppedJSON{d.Text, list(d.Reasons)})
			}
		}
	}
	return a, nil
}

func newCitationJSON(c bot.Citation) citationJSON {
	start, end := text.Points(c.Text, text.Span{Start: c.Start, End: c.End})
	return citationJSON{
		N: c.N, Article: c.Article.ID, Revision: c.Revision, Paragraph: c.Paragraph,
		Title: c.Article.Title, Source: c.Article.Source, Published: known(c.Article.Published),
		URL: c.Article.URL, Link: c.Link(),
		Text: c.Text, Quote: c.Quote(), Start: start, End: end,
	}
}
