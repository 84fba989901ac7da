package terminal

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"golang.org/x/term"
)

// Widths, in columns: what is assumed away from a terminal, and the longest
// line that reads well.
const (
	defaultWidth = 80
	widest       = 96
	narrowest    = 24
)

// Screen is a place to show text. Its zero value with W set shows plain text,
// 80 columns wide. The first error of W is kept and returned by Err; what
// follows it is not written.
type Screen struct {
	W     io.Writer
	Width int  // columns; 0 means 80
	Style bool // colour, weight and hyperlinks are understood

	err error
}

// NewScreen finds out what w is. Style needs a terminal, and yields to
// NO_COLOR (see no-color.org) and TERM=dumb.
func NewScreen(w io.Writer, getenv func(string) string) *Screen {
	s := &Screen{W: w, Width: defaultWidth}
	if !IsTerminal(w) {
		return s
	}
	if cols, _, err := term.GetSize(int(w.(*os.File).Fd())); err == nil && cols > 0 {
		s.Width = min(max(cols, narrowest), widest)
	}
	s.Style = getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
	return s
}

// IsTerminal reports whether v, a reader or a writer, is a terminal.
func IsTerminal(v any) bool {
	f, ok := v.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Err returns the first error of writing.
func (s *Screen) Err() error { return s.err }

// Printf writes a format of our own; strings from elsewhere are made Plain
// before they come here.
func (s *Screen) Printf(format string, args ...any) {
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.W, format, args...)
	}
}

// Line writes text as one line, however long. What is read by other programs as
// well, such as a list, is not wrapped.
func (s *Screen) Line(text string) {
	s.Printf("%s\n", strings.ReplaceAll(text, "\u00a0", " "))
}

// Block writes text wrapped to the width, its first line after first and the
// others after rest.
func (s *Screen) Block(first, rest, text string) {
	for i, line := range wrap(text, s.width()-max(columns(first), columns(rest))) {
		if i == 0 {
			s.Printf("%s%s\n", first, line)
		} else {
			s.Printf("%s%s\n", rest, line)
		}
	}
}

func (s *Screen) width() int {
	if s.Width <= 0 {
		return defaultWidth
	}
	return s.Width
}

// Bold and Dim set the weight of text where that is understood.
func (s *Screen) Bold(text string) string { return s.sgr("1", text) }
func (s *Screen) Dim(text string) string  { return s.sgr("2", text) }

// Accent marks what leads the eye: prompts and citation numbers.
func (s *Screen) Accent(text string) string { return s.sgr("36", text) }

func (s *Screen) sgr(code, text string) string {
	if !s.Style || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Link makes text, which is already Plain, lead to address (OSC 8). An
// address that is not of the web is left out.
func (s *Screen) Link(address, text string) string {
	if !s.Style || !webAddress(address) {
		return text
	}
	return "\x1b]8;;" + address + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

// webAddress reports whether a is an http or https URL of printable ASCII,
// which is all that may stand inside an escape sequence.
func webAddress(a string) bool {
	if strings.ContainsFunc(a, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return false
	}
	u, err := url.Parse(a)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}
