package html

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"pilcrow/corpus/text"
)

// post is an article as JSON-LD describes it (https://schema.org/Article).
type post struct {
	title, author, publisher, url, published, modified, lang string

	paid  bool   // not to be read by everybody
	words int    // how many it says that it has; 0 where it does not
	body  string // as given: its line breaks are its paragraphs
}

// graph is the JSON-LD of a page.
type graph struct {
	objects []map[string]any          // in order, outermost first
	byID    map[string]map[string]any // those that others refer to
}

// maxObjects bounds how many JSON-LD objects of a page are read.
const maxObjects = 2000

// add reads a script. What is no JSON is passed over: a page is worth reading
// without it.
func (g *graph) add(script string) {
	script = strings.Map(func(r rune) rune {
		if r < ' ' { // raw line breaks within strings are a common mistake
			return ' '
		}
		return r
	}, script)
	script = strings.TrimSpace(script)
	script = strings.TrimSuffix(strings.TrimPrefix(script, "<!--"), "-->")
	var v any
	if json.Unmarshal([]byte(script), &v) == nil {
		g.walk(v)
	}
}

func (g *graph) walk(v any) {
	if len(g.objects) >= maxObjects {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			g.walk(x)
		}
	case map[string]any:
		g.objects = append(g.objects, v)
		if id, ok := v["@id"].(string); ok && len(v) > 1 {
			if g.byID == nil {
				g.byID = make(map[string]map[string]any)
			}
			if g.byID[id] == nil {
				g.byID[id] = v
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "publisher", "author"} {
			g.walk(v[key])
		}
	}
}

// posts returns the articles of the graph.
func (g *graph) posts() []post {
	var out []post
	for _, o := range g.objects {
		if !isArticle(o["@type"]) {
			continue
		}
		p := post{
			title:     plain(g.name(o["headline"], 0)),
			author:    g.people(o["author"]),
			publisher: plain(g.name(o["publisher"], 0)),
			url:       address(o["mainEntityOfPage"]),
			published: g.name(o["datePublished"], 0),
			modified:  g.name(o["dateModified"], 0),
			paid:      isFalse(o["isAccessibleForFree"]),
			words:     count(o["wordCount"]),
			lang:      g.name(o["inLanguage"], 0),
		}
		if p.title == "" {
			p.title = plain(g.name(o["name"], 0))
		}
		if u := address(o["url"]); u != "" {
			p.url = u
		}
		p.body, _ = o["articleBody"].(string)
		out = append(out, p)
	}
	return out
}

// isArticle reports whether a @type, or one of several, is a kind of article.
func isArticle(v any) bool {
	switch v := v.(type) {
	case string:
		v = strings.TrimPrefix(v, "http://schema.org/")
		return strings.HasSuffix(v, "Article") || strings.HasSuffix(v, "BlogPosting") || v == "Report" || v == "Review" || v == "ClaimReview"
	case []any:
		for _, x := range v {
			if s, ok := x.(string); ok && isArticle(s) {
				return true
			}
		}
	}
	return false
}

// isFalse reports whether v says no, as JSON has it or in words.
func isFalse(v any) bool {
	s, ok := v.(string)
	return v == false || ok && (strings.EqualFold(s, "false") || strings.HasSuffix(s, "schema.org/False"))
}

// count returns a number of words, 0 where v is none.
func count(v any) int {
	switch v := v.(type) {
	case float64:
		if v > 0 && v < 1e6 {
			return int(v)
		}
	case string:
		if n, err := strconv.Atoi(v); err == nil && n > 0 && n < 1e6 {
			return n
		}
	}
	return 0
}

// name returns v itself where it is a string, or the name of the first thing
// that it is or refers to.
func (g *graph) name(v any, depth int) string {
	if depth > 3 {
		return ""
	}
	switch v := v.(type) {
	case string:
		return v
	case []any:
		for _, x := range v {
			if s := g.name(x, depth+1); s != "" {
				return s
			}
		}
	case map[string]any:
		for _, key := range []string{"name", "@value"} {
			if s := g.name(v[key], depth+1); s != "" {
				return s
			}
		}
		if id, ok := v["@id"].(string); ok && g.byID[id] != nil {
			return g.name(g.byID[id]["name"], depth+1)
		}
	}
	return ""
}

// people returns the names of authors, parted by commas.
func (g *graph) people(v any) string {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var names []string
	for _, x := range list {
		if s := plain(g.name(x, 0)); s != "" && len(names) < 20 {
			names = append(names, s)
		}
	}
	return strings.Join(names, ", ")
}

// address returns the URL that v is or has.
func address(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		for _, key := range []string{"@id", "url"} {
			if s, ok := v[key].(string); ok {
				return s
			}
		}
	}
	return ""
}

// plain returns a string of JSON-LD as text: pages escape what needs no
// escaping there, and leave tags in.
func plain(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, "<") {
		s = inlineTag().ReplaceAllString(s, "")
	}
	return text.Clean(s)
}

var inlineTag = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)</?(?:b|i|em|strong|span|u|mark|sup|sub|small|font|a|p|br)(?:\s[^<>]*)?/?>`)
})
