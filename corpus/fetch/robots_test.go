package fetch

import (
	"strings"
	"testing"
	"time"
)

// TestRules: files as they stand on sites, and which paths they leave.
func TestRules(t *testing.T) {
	tests := []struct {
		name, file       string
		allowed, refused string // paths, separated by spaces
	}{
		{"nothing", "", "/ /x", ""},
		{"everything refused", "User-agent: *\nDisallow: /", "", "/ /x"},
		{"nothing refused", "User-agent: *\nDisallow:", "/ /x", ""},
		{"for others", "User-agent: Googlebot\nDisallow: /", "/x", ""},
		{"for us, beside all", "User-agent: *\nDisallow: /\nUser-agent: pilcrow\nDisallow: /private", "/x", "/private /private/x /privateer"},
		{"for us, after all, in capitals, with a version", "User-agent: *\nAllow: /\n\nUSER-AGENT: PILCROW/1.0\nDISALLOW: /x", "/y", "/x"},
		{"a beginning of our name is not our name", "User-agent: pil\nDisallow: /", "/x", ""},
		{"our name is not a beginning", "User-agent: pilcrow-news\nDisallow: /", "/x", ""},
		{"several agents, one group", "User-agent: a\nUser-agent: pilcrow\nUser-agent: b\nDisallow: /x", "/y", "/x"},
		{"several groups for us", "User-agent: pilcrow\nDisallow: /x\n\nUser-agent: *\nDisallow: /\n\nUser-agent: pilcrow\nDisallow: /y", "/z", "/x /y"},
		{"the longest decides", "User-agent: *\nDisallow: /news\nAllow: /news/2026\nDisallow: /news/2026/draft", "/ /news/2026/x", "/news/x /news/2026/draft"},
		{"of two as long the one that allows", "User-agent: *\nDisallow: /x\nAllow: /x", "/x", ""},
		{"wildcards", "User-agent: *\nDisallow: /*.pdf$\nDisallow: /a/*/c", "/x.pdf?y /a/c /a/b", "/x.pdf /y/z.pdf /a/b/c /a/b/b/cd"},
		{"a query", "User-agent: *\nDisallow: /*?s=", "/x /?t=1", "/?s=1 /x?s=2"},
		{"escapes", "User-agent: *\nDisallow: /caf%c3%a9\nDisallow: /%7Euser\nDisallow: /ä", "/caf", "/caf%C3%A9 /~user /%7euser /%C3%A4"},
		{"comments, spaces, other lines", "# all\r\nUser-agent : * # who\r\nnonsense\r\nDisallow :/x # what\r\nSitemap: https://a.example/s.xml\r\nDisallow: /y", "/z", "/x /y"},
		{"a rule before any agent", "Disallow: /\nUser-agent: *\nDisallow: /x", "/y", "/x"},
		{"a byte order mark", "\uFEFFUser-agent: *\nDisallow: /x", "/y", "/x"},
		{"a page, not a file", "<!doctype html><title>Disallow: /</title>", "/x", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := parseRules([]byte(tt.file), "pilcrow")
			for _, path := range strings.Fields(tt.allowed) {
				if !r.allow(path) {
					t.Errorf("%s is refused", path)
				}
			}
			for _, path := range strings.Fields(tt.refused) {
				if r.allow(path) {
					t.Errorf("%s is allowed", path)
				}
			}
		})
	}
	if d := parseRules([]byte("User-agent: *\nCrawl-delay: 2.5\n"), "pilcrow").delay; d != 2500*time.Millisecond {
		t.Errorf("delay %s", d)
	}
}

// FuzzRules: no file breaks the reading, and none takes long.
func FuzzRules(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a*b$\nAllow: /%zz%4", "/x?y")
	f.Add("user-agent: pilcrow\ncrawl-delay: 1e99\ndisallow: *", "/")
	f.Fuzz(func(t *testing.T, file, path string) {
		r := parseRules([]byte(file), "pilcrow")
		r.allow(path)
		if r.delay < 0 {
			t.Errorf("delay %s", r.delay)
		}
		if e := escaped(path); escaped(e) != e {
			t.Errorf("%q is %q, then %q", path, e, escaped(e))
		}
	})
}
