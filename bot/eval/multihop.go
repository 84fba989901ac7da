package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

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

// Fact is a stretch of one paragraph of one article.
type Fact struct {
	URL  string // canonical
	Text string // clean
}

// MultiHop reads the questions of a folder in the form of MultiHop-RAG (Tang
// and Yang, 2024): queries.jsonl, {query, question_type, evidence_list: [{url,
// fact}]}. The articles are in corpus.json beside it.
func MultiHop(dir string) (out []Question, err error) {
	path := filepath.Join(dir, "queries.jsonl")
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var line struct {
			Query    string `json:"query"`
			Kind     string `json:"question_type"`
			Evidence []struct {
				URL  string `json:"url"`
				Fact string `json:"fact"`
			} `json:"evidence_list"`
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("read %s: line %d: %w", path, len(out)+1, err)
		}
		q := Question{N: len(out) + 1, Kind: line.Kind, Text: line.Query}
		for _, e := range line.Evidence {
			q.Facts = append(q.Facts, Fact{URL: corpus.CanonicalURL(e.URL), Text: text.Clean(e.Fact)})
		}
		out = append(out, q)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return out, nil
}
