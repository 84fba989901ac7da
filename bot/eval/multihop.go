package eval

import (
	"fmt"
	"path/filepath"
	"strings"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// Question is one question of a data set and the facts that answer it.
type Question struct {
	N     int    // its line in the data set, from 1: all that a report says of it
	Kind  string // as the data set sorts them
	Text  string
	Facts []Fact // none where the articles do not answer it
}

// Fact is a stretch of one paragraph of one article, or all of it.
type Fact struct {
	URL  string // canonical
	Text string // clean; empty where the whole article is the fact
}

// MultiHop reads the questions of a folder in the form of MultiHop-RAG (Tang
// and Yang, 2024): queries.jsonl, {query, question_type, evidence_list: [{url,
// fact}]}. The articles are in corpus.json beside it.
func MultiHop(dir string) ([]Question, error) {
	type line struct {
		Query    string `json:"query"`
		Kind     string `json:"question_type"`
		Evidence []struct {
			URL  string `json:"url"`
			Fact string `json:"fact"`
		} `json:"evidence_list"`
	}
	lines, err := jsonLines[line](filepath.Join(dir, "queries.jsonl"))
	if err != nil {
		return nil, err
	}
	var out []Question
	for i, l := range lines {
		q := Question{N: i + 1, Kind: l.Kind, Text: l.Query}
		for _, e := range l.Evidence {
			q.Facts = append(q.Facts, Fact{URL: corpus.CanonicalURL(e.URL), Text: text.Clean(e.Fact)})
		}
		out = append(out, q)
	}
	return out, nil
}

// PlainSources reads the questions of a file in the form of RGB, whose facts
// are whole documents, and all its documents.
func PlainSources(path string) ([]corpus.Draft, []Question, error) {
	lines, err := jsonLines[plainLine](path)
	if err != nil {
		return nil, nil, err
	}
	var drafts []corpus.Draft
	add := func(document string) string {
		url := fmt.Sprintf("https://documents.example/%d", len(drafts)+1)
		drafts = append(drafts, corpus.Draft{URL: url, Paragraphs: strings.Split(document, "\n\n")})
		return url
	}
	var out []Question
	for i, l := range lines {
		q := Question{N: i + 1, Text: l.Query}
		for _, d := range l.Positive {
			q.Facts = append(q.Facts, Fact{URL: add(d)})
		}
		for _, d := range l.Negative {
			add(d)
		}
		out = append(out, q)
	}
	return drafts, out, nil
}
