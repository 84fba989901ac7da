package bot

import (
	"crypto/rand"
	_ "embed"
	"strings"
	"sync"
	"text/template"
)

//go:embed prompts.tmpl
var promptText string

var prompts = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Parse(promptText))
})

// request is what the templates of a prompt read.
type request struct {
	Fence     string
	Language  string // in English, or "the language of the question"
	Question  string
	Sentences int
	Passages  []numbered
	Failed    []Dropped
	Turns     []string
}

// numbered is a paragraph as a model sees it.
type numbered struct {
	N      int
	Source string
	Date   string
	Text   string
}

// prompt fills the two templates of one kind of request. The fence is new each
// time: what stands in an article cannot guess it.
func prompt(kind string, r request, maxTokens int) Prompt {
	r.Fence = "=== " + rand.Text() + " ==="
	if r.Language == "" {
		r.Language = "the language of the question"
	}
	fill := func(name string) string {
		var b strings.Builder
		if err := prompts().ExecuteTemplate(&b, name, r); err != nil {
			panic(err) // a template that does not fit its data, which tests would find
		}
		return strings.TrimSpace(b.String())
	}
	return Prompt{System: fill(kind + "-system"), User: fill(kind + "-user"), MaxTokens: maxTokens}
}
