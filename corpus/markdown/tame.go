package markdown

import "bytes"

// The parser's time grows with the square of some things that no author writes.
// tame makes it linear.
const (
	maxNesting = 32   // quotations and lists within each other, opened on one line
	maxMarks   = 1000 // brackets, and signs of emphasis, in one block
	maxClosed  = 100  // closing brackets without white space between them: each may start an address that ends there
	maxDefined = 500  // link definitions without a blank line between them
)

// tame returns s with what is beyond these bounds escaped, so that it still says
// the same and marks up nothing.
func tame(s string) []byte {
	var out bytes.Buffer
	out.Grow(len(s) + len(s)/16)
	brackets, emphasis, closed, defined := 0, 0, 0, 0
	rest := []byte(s)
	for len(rest) > 0 {
		line := rest
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			line = rest[:i+1]
		}
		rest = rest[len(line):]
		if len(bytes.TrimSpace(line)) == 0 {
			brackets, emphasis, defined = 0, 0, 0
		} else if bullet(line) {
			brackets, emphasis = 0, 0
		}
		if definition(line) {
			if defined++; defined%maxDefined == 0 {
				out.WriteByte('\n')
			}
		}
		nesting := 0
		begun := false   // past the marks that open containers
		escaped := false // by a backslash
		for i, c := range line {
			over := false
			switch {
			case c <= ' ':
				closed = 0
			case escaped:
			case c == '[' || c == ']':
				brackets++
				if c == ']' {
					closed++
				}
				over = brackets > maxMarks || closed > maxClosed
			case !begun && (c == '>' || bytes.IndexByte([]byte("-+*"), c) >= 0 && i+1 < len(line) && line[i+1] <= ' '):
				nesting++
				over = nesting > maxNesting
			case c == '*' || c == '_' || c == '~':
				emphasis++
				over = emphasis > maxMarks
			}
			begun = begun || over || bytes.IndexByte([]byte(" \t>-+*.)0123456789"), c) < 0
			if over {
				out.WriteByte('\\')
			}
			out.WriteByte(c)
			escaped = c == '\\' && !escaped
		}
	}
	return out.Bytes()
}

// bullet reports whether line is sure to begin an item of a list, and with it a
// block.
func bullet(line []byte) bool {
	mark := bytes.TrimLeft(line, " ")
	return len(line)-len(mark) < 4 && len(mark) > 2 && bytes.IndexByte([]byte("-+*"), mark[0]) >= 0 && mark[1] == ' ' && mark[2] > ' '
}

// definition reports whether line could define a link: "[name]: address".
func definition(line []byte) bool {
	line = bytes.TrimLeft(line, " ")
	return len(line) > 0 && line[0] == '[' && bytes.Contains(line, []byte("]:"))
}
