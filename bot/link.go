package bot

import (
	"strings"
	"unicode"
)

// reachesOut returns the first address or mention in a sentence: a link, a
// domain, an e-mail address, "@someone". A model has none to give: links come
// from what the store knows of an article, and nobody is called.
func reachesOut(sentence string) (string, bool) {
	for _, field := range strings.Fields(sentence) {
		field = strings.TrimFunc(field, func(r rune) bool { return unicode.IsPunct(r) && r != '@' || r == '<' || r == '>' })
		switch {
		case strings.Contains(field, "://"), strings.Contains(field, "@"), strings.Contains(field, "]("), isDomain(field):
			return field, true
		}
	}
	return "", false
}

// isDomain reports whether a word begins like the address of a host: parts of
// lower-case letters, digits and hyphens with dots between, the last of two
// letters or more, and perhaps a path.
func isDomain(word string) bool {
	host, _, _ := strings.Cut(word, "/")
	parts := strings.Split(host, ".")
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if p == "" || strings.Trim(p, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	last := parts[len(parts)-1]
	return len(last) >= 2 && strings.Trim(last, "abcdefghijklmnopqrstuvwxyz") == "" && len(strings.Trim(parts[len(parts)-2], "0123456789")) > 0 && host != "a.m" && host != "p.m"
}
