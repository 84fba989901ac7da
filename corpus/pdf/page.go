package pdf

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"pilcrow/corpus/text"
)

// line is a run of characters on one baseline of one column. Positions are in
// points from the page's lower left corner.
type line struct {
	page                     int
	text                     string // clean
	left, right, top, bottom float64
	size                     float64 // height of the type, from the lowest descender to the highest ascender
	height                   float64 // of the page
	hyphen                   bool    // ends in a hyphen that PDFium took for one of line breaking
}

// glyph is a character and its box.
type glyph struct {
	r                        rune
	left, right, top, bottom float64
}

// lineHyphen is what PDFium gives for a hyphen at the end of a line.
const lineHyphen = '\x02'

// readPage returns the lines of the page n, counted from 0, in the order of the
// page's content: columns one after the other, as every typesetter writes them.
func readPage(pdfium pdfium.Pdfium, doc references.FPDF_DOCUMENT, n int) ([]line, error) {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: n}}
	size, err := pdfium.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: doc, Index: n})
	if err != nil {
		return nil, err
	}
	loaded, err := pdfium.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil, err
	}
	defer pdfium.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	count, err := pdfium.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	if err != nil {
		return nil, err
	}
	b := builder{page: n, height: size.Height}
	for i := range count.Count {
		char, err := pdfium.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: loaded.TextPage, Index: i})
		if err != nil {
			return b.done(), err
		}
		g := glyph{r: rune(char.Unicode)}
		if box, err := pdfium.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: loaded.TextPage, Index: i}); err == nil {
			g.left, g.right, g.top, g.bottom = float64(box.Rect.Left), float64(box.Rect.Right), float64(box.Rect.Top), float64(box.Rect.Bottom)
		}
		if b.startsLine(g) { // of turned text each character would be a line
			angle, err := pdfium.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: loaded.TextPage, Index: i})
			if err == nil && math.Abs(math.Sin(float64(angle.CharAngle))) > .1 {
				continue
			}
		}
		b.add(g)
	}
	return b.done(), nil
}

// builder joins glyphs into lines.
type builder struct {
	page   int
	height float64
	lines  []line

	run   strings.Builder
	line  line
	sizes float64
	n     int // printed characters in the line
}

// startsLine reports whether a printed character begins a line: it stands above
// or below the current one, or in another column.
func (b *builder) startsLine(g glyph) bool {
	if g.r <= ' ' {
		return false
	}
	if b.n == 0 {
		return true
	}
	const column = 3 // gaps wider than so many heights part columns
	middle, size := (g.top+g.bottom)/2, b.sizes/float64(b.n)
	return middle > b.line.top || middle < b.line.bottom || g.left > b.line.right+column*size || g.right < b.line.left-column*size
}

func (b *builder) add(g glyph) {
	switch {
	case g.r == '\r' || g.r == '\n':
		b.end()
		return
	case g.r == lineHyphen:
		b.line.hyphen = b.n > 0
		b.end()
		return
	case g.r <= ' ' || g.r == '\u00a0':
		b.run.WriteByte(' ')
		return
	case !utf8.ValidRune(g.r) || g.r >= 0xFFFE && g.r <= 0xFFFF:
		return
	}
	if b.startsLine(g) {
		b.end()
		b.line = line{left: g.left, right: g.right, top: g.top, bottom: g.bottom}
	}
	b.line.left, b.line.right = min(b.line.left, g.left), max(b.line.right, g.right)
	b.line.top, b.line.bottom = max(b.line.top, g.top), min(b.line.bottom, g.bottom)
	b.run.WriteRune(g.r)
	b.sizes += g.top - g.bottom
	b.n++
}

// end finishes the current line.
func (b *builder) end() {
	if s := text.Clean(b.run.String()); s != "" && b.n > 0 {
		b.line.text, b.line.page, b.line.height = s, b.page, b.height
		b.line.size = b.sizes / float64(b.n)
		if !b.overprints() {
			b.lines = append(b.lines, b.line)
		}
	}
	b.run.Reset()
	b.line, b.sizes, b.n = line{}, 0, 0
}

// overprints reports whether the line is the one before it set again, a hair
// aside, to make it look bold.
func (b *builder) overprints() bool {
	if len(b.lines) == 0 {
		return false
	}
	last := b.lines[len(b.lines)-1]
	return last.text == b.line.text && math.Abs(last.left-b.line.left) < 2 && math.Abs(last.bottom-b.line.bottom) < 2
}

func (b *builder) done() []line {
	b.end()
	return b.lines
}
