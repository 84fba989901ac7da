package pdf

import (
	"slices"
	"strings"
	"unicode"
)

// edge is how many lines at the top and at the bottom of a page can be running
// heads, footers and page numbers.
const edge = 3

// withoutFurniture leaves out what pages repeat at their edges, their numbers,
// and tables of contents.
func withoutFurniture(lines []line) []line {
	pages := byPage(lines)
	repeats := make(map[string]int) // pages that have a text at their edge
	for _, page := range pages {
		seen := make(map[string]bool)
		for _, l := range edges(page) {
			if k := edgeKey(l.text); !seen[k] {
				seen[k] = true
				repeats[k]++
			}
		}
	}
	least := max(2, (len(pages)+2)/3) // a third: left and right pages differ, and chapters
	var out []line
	for _, page := range pages {
		drop := make(map[line]bool)
		for _, l := range edges(page) {
			if k := edgeKey(l.text); isPageNumber(k) || repeats[k] >= least && len(pages) > 1 {
				drop[l] = true
			}
		}
		for _, l := range page {
			if !drop[l] && !hasLeader(l.text) {
				out = append(out, l)
			}
		}
	}
	return out
}

// hasLeader reports whether a line has the dots that lead the eye to a page
// number.
func hasLeader(s string) bool {
	return strings.Contains(s, ". . . .") || strings.Contains(s, ".....") || strings.Contains(s, "……")
}

func byPage(lines []line) [][]line {
	var pages [][]line
	for i := 0; i < len(lines); {
		j := i
		for j < len(lines) && lines[j].page == lines[i].page {
			j++
		}
		pages = append(pages, lines[i:j])
		i = j
	}
	return pages
}

// edges returns the lines of a page in its top and bottom seventh that are the
// outermost there.
func edges(page []line) []line {
	sorted := slices.Clone(page)
	slices.SortStableFunc(sorted, func(a, b line) int {
		switch {
		case a.bottom > b.bottom:
			return -1
		case a.bottom < b.bottom:
			return 1
		}
		return 0
	})
	var out []line
	for i, l := range sorted {
		zone := l.height / 7
		if i < edge && l.top > l.height-zone || i >= len(sorted)-edge && l.bottom < zone {
			out = append(out, l)
		}
	}
	return out
}

// edgeKey is the same for the running heads of two pages: a "#" for each
// number.
func edgeKey(s string) string {
	var b strings.Builder
	digit := false
	for _, r := range strings.ToLower(s) {
		if unicode.IsDigit(r) {
			if !digit {
				b.WriteByte('#')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(r)
	}
	return b.String()
}

// isPageNumber reports whether a key is "#", "- # -", "page # of #", "# | #" or
// a small Roman number.
func isPageNumber(key string) bool {
	words := strings.FieldsFunc(key, func(r rune) bool { return !unicode.IsLetter(r) && r != '#' })
	if len(words) == 0 {
		return false
	}
	for _, w := range words {
		switch w {
		case "#", "page", "p", "pg", "of", "seite", "von", "página", "de", "pagina", "di", "стр", "sur":
		default:
			if len(words) > 1 || strings.Trim(w, "ivxl") != "" {
				return false
			}
		}
	}
	return strings.Contains(key, "#") || len(words) == 1
}
