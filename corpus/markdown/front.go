package markdown

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"pilcrow/corpus"
	"pilcrow/corpus/stamp"
)

// maxFront bounds front matter, in bytes.
const maxFront = 64 << 10

// fields are the keys that are read, as different tools write them. Every other
// key is ignored.
var fields = map[string]string{
	"title": "title", "headline": "title",
	"author": "author", "authors": "author", "by": "author", "byline": "author", "creator": "author",
	"date": "date", "published": "date", "published_at": "date", "publishdate": "date", "pubdate": "date",
	"date_published": "date", "datepublished": "date",
	"source": "source", "outlet": "source", "publication": "source", "publisher": "source", "site": "source", "site_name": "source",
	"url": "url", "link": "url", "canonical": "url", "canonical_url": "url", "permalink": "url",
	"lang": "lang", "language": "lang", "locale": "lang",
}

// frontMatter reads the block between "---" and "---" (or "...") that s begins
// with, and returns what follows it. What is no mapping is not front matter but
// text between two rules.
func frontMatter(s string) (corpus.Draft, string) {
	var d corpus.Draft
	raw, body, ok := cutFront(s)
	if !ok {
		return d, s
	}
	values, ok := decode(raw)
	if !ok {
		return d, s
	}
	first := func(to *string, v string) {
		if *to == "" {
			*to = strings.TrimSpace(v)
		}
	}
	for _, kv := range values {
		switch fields[kv.key] {
		case "title":
			first(&d.Title, kv.value)
		case "author":
			first(&d.Author, kv.value)
		case "date":
			if d.Published.IsZero() {
				d.Published = stamp.Parse(kv.value)
			}
		case "source":
			if isURL(kv.value) {
				first(&d.URL, kv.value)
			} else {
				first(&d.Source, kv.value)
			}
		case "url":
			if isURL(kv.value) {
				first(&d.URL, kv.value)
			}
		case "lang":
			first(&d.Lang, kv.value)
		}
	}
	return d, body
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// cutFront parts s into its front matter and what follows.
func cutFront(s string) (raw, body string, ok bool) {
	first, rest, _ := strings.Cut(s, "\n")
	if strings.TrimRight(first, " \t") != "---" {
		return "", "", false
	}
	n := 0
	for l := range strings.Lines(rest) {
		if end := strings.TrimRight(l, " \t\n"); end == "---" || end == "..." {
			return rest[:n], rest[n+len(l):], true
		}
		if n += len(l); n > maxFront {
			break
		}
	}
	return "", "", false
}

// pair is a key, in lower case, and its value; a list is joined by commas.
type pair struct{ key, value string }

// decode reads YAML, and what only looks like it ("title: Ferries: a history")
// line by line. It reports false where there is no key at all.
func decode(raw string) ([]pair, bool) {
	var doc yaml.Node
	if yaml.Unmarshal([]byte(raw), &doc) != nil {
		return lines(raw)
	}
	if strings.TrimSpace(raw) == "" {
		return nil, true
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, false
	}
	var out []pair
	nodes := doc.Content[0].Content
	for i := 0; i+1 < len(nodes); i += 2 {
		out = append(out, pair{key(nodes[i].Value), value(nodes[i+1])})
	}
	return out, true
}

func key(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "-", "_")
}

// value returns a scalar, or the scalars of a list and the names of its
// mappings. What is nested deeper says nothing here; an alias may stand for a
// scalar only, because it may also stand for what it is part of.
func value(n *yaml.Node) string {
	if n.Kind != yaml.SequenceNode {
		return single(n)
	}
	var all []string
	for _, c := range n.Content {
		if v := strings.TrimSpace(single(c)); v != "" {
			all = append(all, v)
		}
	}
	return strings.Join(all, ", ")
}

func single(n *yaml.Node) string {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if key(n.Content[i].Value) == "name" {
				n = n.Content[i+1]
				break
			}
		}
	}
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(n.Value, "[["), "]]") // a link in a note-taker's vault
}

// lines reads "key: value" line by line.
func lines(raw string) ([]pair, bool) {
	var out []pair
	for l := range strings.Lines(raw) {
		k, v, ok := strings.Cut(l, ":")
		if !ok || k == "" || strings.ContainsAny(k[:1], " \t#-") || strings.ContainsAny(strings.TrimSpace(k), " \"'") {
			continue
		}
		v = strings.TrimSpace(v)
		if len(v) >= 2 && (v[0] == '"' || v[0] == '\'') && v[len(v)-1] == v[0] {
			v = v[1 : len(v)-1]
		}
		out = append(out, pair{key(k), v})
	}
	return out, len(out) > 0
}
