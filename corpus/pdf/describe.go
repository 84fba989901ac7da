package pdf

import (
	"strings"
	"time"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"pilcrow/corpus"
	"pilcrow/corpus/stamp"
	"pilcrow/corpus/text"
)

// describe returns what a document says of itself, as far as that can be
// believed: programs fill these fields with the names of files, accounts and
// themselves.
func describe(pdfium pdfium.Pdfium, doc references.FPDF_DOCUMENT, lines []line) corpus.Draft {
	info := func(tag string) string {
		got, err := pdfium.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: doc, Tag: tag})
		if err != nil {
			return ""
		}
		return text.Clean(got.Value)
	}
	d := corpus.Draft{Title: bigText(lines), Published: date(info("CreationDate"))}
	if t := info("Title"); believableTitle(t) && (d.Title == "" || onFirstPage(lines, t)) {
		d.Title = t
	}
	if a := info("Author"); believableName(a) {
		d.Author = a
	}
	return d
}

// bigText returns the first text on the first page that is set in its largest
// type, where that is larger than most of the document's, or "".
func bigText(lines []line) string {
	usual := usualSize(lines)
	start, end := -1, -1
	for i, l := range lines {
		if l.page != lines[0].page {
			break
		}
		letters := strings.IndexFunc(l.text, unicode.IsLetter) >= 0
		switch {
		case end == i && start >= 0 && alike(lines[start], l) && l.size > 1.2*usual:
			end = i + 1
		case letters && l.size > 1.2*usual && l.top > l.height*.4 && (start < 0 || l.size > 1.12*lines[start].size):
			start, end = i, i+1
		}
	}
	if start < 0 {
		return ""
	}
	var words []string
	for _, l := range lines[start:end] {
		words = append(words, l.text)
	}
	title := strings.Join(words, " ")
	if len(title) < 4 || len(title) > 300 {
		return ""
	}
	return title
}

// usualSize returns the size that most of the text is set in, to half a point.
func usualSize(lines []line) float64 {
	bytes := make(map[int]int)
	best := 0
	for _, l := range lines {
		half := int(2*l.size + .5)
		bytes[half] += len(l.text)
		if bytes[half] > bytes[best] || bytes[half] == bytes[best] && half < best {
			best = half
		}
	}
	return float64(best) / 2
}

// believableTitle reports whether a title can have been written by a person for
// a reader.
func believableTitle(s string) bool {
	low := strings.ToLower(s)
	for _, junk := range []string{"untitled", "microsoft word", "powerpoint", "document", "unknown", "layout 1", "slide 1", "print"} {
		if strings.HasPrefix(low, junk) {
			return false
		}
	}
	for _, ext := range []string{".doc", ".docx", ".pdf", ".indd", ".qxd", ".qxp", ".tex", ".dvi", ".rtf", ".odt", ".ppt", ".pptx", ".ai", ".txt", ".html", ".htm"} {
		if strings.HasSuffix(low, ext) {
			return false
		}
	}
	words := strings.Contains(s, " ") || strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxLatin1 }) >= 0
	return words && len(s) <= 300 && strings.IndexFunc(s, unicode.IsLetter) >= 0 && !strings.ContainsAny(s, "\\_")
}

// believableName reports whether an author can be a person or an outlet.
func believableName(s string) bool {
	switch strings.ToLower(s) {
	case "", "admin", "administrator", "user", "owner", "author", "unknown", "anonymous", "root", "guest", "default", "pc", "windows user", "microsoft office user":
		return false
	}
	return len(s) <= 200 && !unicode.IsLower([]rune(s)[0]) && !strings.ContainsAny(s, "@\\_0123456789")
}

// onFirstPage reports whether the letters of s stand on the first page.
func onFirstPage(lines []line, s string) bool {
	var page strings.Builder
	for _, l := range lines {
		if l.page == lines[0].page {
			page.WriteString(squash(l.text))
		}
	}
	return strings.Contains(page.String(), squash(s))
}

// withoutTitle leaves the title out of the beginning of the text.
func withoutTitle(paragraphs []string, title string) []string {
	for i, p := range paragraphs[:min(len(paragraphs), 8)] {
		if title != "" && squash(p) == squash(title) {
			return append(paragraphs[:i:i], paragraphs[i+1:]...)
		}
	}
	return paragraphs
}

// squash leaves the letters and digits of s, in lower case.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// date reads a date of PDF 32000-1, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm', where all
// behind the year can be missing.
func date(s string) time.Time {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "D:"), "'", "")
	for _, layout := range []string{"20060102150405-0700", "20060102150405Z0700", "20060102150405", "200601021504", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil {
			return stamp.Parse(t.UTC().Format(time.RFC3339)) // drops years that cannot be
		}
	}
	return stamp.Parse(s)
}
