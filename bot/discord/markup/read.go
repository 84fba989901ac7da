package markup

import (
	"regexp"
	"strings"

	"pilcrow/corpus/text"
)

var (
	tags      = regexp.MustCompile(`<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|id:\w+|/[^:<>]+:\d+)>`)
	maskedURL = regexp.MustCompile(`(!?)\[((?:\\.|\[[^\]]*\]|[^\[\]\\])*)\]\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+"[^"]*")?\s*\)`)
	marker    = regexp.MustCompile(`\s?\[\[\d+\]\]\(<[^<>\s]*>\)`) // a citation of ours
	bareURL   = regexp.MustCompile(`<?(?i:https?)://[^\s<>|]+>?`)
	lineMarks = regexp.MustCompile(`(?m)^\s*(?:(?:>>> |> |-# |#{1,3} |[-*+] |\d+\. )\s*)+`)
	spans     = strings.NewReplacer("```", "\n", "**", "", "__", "", "~~", "", "||", "", "`", "")
	italics   = regexp.MustCompile(`(^|[^\pL\pN*_\\])[*_]([^*_\n]*[^*_\n\\])[*_]`)
	escapes   = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
)

// Read returns what a message says, without Discord's marks, mentions and
// addresses, a line for each of its own; and the addresses that it leads to, in
// order, each once.
func Read(content string) (said string, links []string) {
	told := make(map[string]bool)
	link := func(address string) {
		address = strings.Trim(address[:bare(address)], "<>")
		if !told[address] && bareURL.MatchString(address) {
			told[address] = true
			links = append(links, address)
		}
	}
	for at := content; ; { // in the order of the text, whether masked or not
		m, b := maskedURL.FindStringSubmatchIndex(at), bareURL.FindStringIndex(at)
		if m == nil && b == nil {
			break
		}
		if m != nil && (b == nil || m[0] <= b[0]) {
			link(at[m[6]:m[7]])
			at = at[m[1]:]
			continue
		}
		link(at[b[0]:b[1]])
		at = at[b[1]:]
	}
	s := tags.ReplaceAllString(content, " ")
	s = maskedURL.ReplaceAllString(marker.ReplaceAllString(s, ""), "$2")
	s = bareURL.ReplaceAllStringFunc(s, func(a string) string { return " " + a[bare(a):] })
	s = lineMarks.ReplaceAllString(s, "")
	s = italics.ReplaceAllString(spans.Replace(s), "$1$2")
	s = escapes.ReplaceAllString(s, "$1")
	var lines []string
	for l := range strings.Lines(s) {
		if l = text.Clean(l); strings.Trim(l, " .,;:!?()[]<>\"'-–—") != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n"), links
}

// bare returns where an address ends that punctuation of its sentence follows.
func bare(address string) int {
	end := ".,:;\"'!?]*_~"
	if !strings.Contains(address, "(") {
		end += ")"
	}
	return len(strings.TrimRight(address, end))
}
