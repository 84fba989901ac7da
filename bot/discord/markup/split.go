package markup

import (
	"slices"
	"strings"
)

// pack cuts lines into messages of at most limit units each. A message ends
// between lines where it can, else between words, else between characters,
// never within a piece.
func pack(lines []line, limit int) []string {
	var out []string
	var b strings.Builder
	left := limit
	pending := false // an empty line waits for what follows
	flush := func() {
		if b.Len() > 0 {
			out = append(out, b.String())
		}
		b.Reset()
		left, pending = limit, false
	}
	for _, l := range lines {
		if l.kind == gap {
			pending = b.Len() > 0
			continue
		}
		lead := ""
		if b.Len() > 0 {
			lead = "\n"
			if pending {
				lead = "\n\n"
			}
		}
		whole := l.kind.opens(false) + set(l.pieces)
		if n := size(lead) + size(whole); n <= left {
			b.WriteString(lead + whole)
			left, pending = left-n, false
			continue
		}
		flush()
		if n := size(whole); n <= limit {
			b.WriteString(whole)
			left = limit - n
			continue
		}
		rest := l.pieces
		for again := false; len(rest) > 0; again = true {
			opens := l.kind.opens(again)
			n := fitting(rest, limit-size(opens))
			part := opens + set(trim(rest[:n]))
			rest = guard(trimStart(rest[n:]))
			if len(rest) > 0 {
				out = append(out, part)
				continue
			}
			b.WriteString(part)
			left = limit - size(part)
		}
	}
	flush()
	return out
}

// fitting returns how many of pieces go into room units, at least one: up to
// the last space, if that is not too far back.
func fitting(pieces []piece, room int) int {
	if slices.ContainsFunc(pieces, func(p piece) bool { return p.strong }) {
		room -= len("****") // of what is open at either end
	}
	used, n, space := 0, 0, 0
	for ; n < len(pieces); n++ {
		p := pieces[n]
		if n > 0 && p.strong != pieces[n-1].strong {
			used += len("**")
		}
		if used += size(p.text); used > room {
			break
		}
		if p.text == " " {
			space = n + 1
		}
	}
	if n < len(pieces) && space > n/2 {
		n = space
	}
	return max(n, 1)
}

// guard keeps pieces from opening a list where a cut has put them at the start
// of a line.
func guard(pieces []piece) []piece {
	i := 0
	for i < len(pieces) && len(pieces[i].text) == 1 && '0' <= pieces[i].text[0] && pieces[i].text[0] <= '9' {
		i++
	}
	opens := "-+="
	if i > 0 {
		opens = ".)"
	}
	if i == len(pieces) || !strings.Contains(opens, pieces[i].text) {
		return pieces
	}
	pieces = slices.Clone(pieces)
	pieces[i].text = `\` + pieces[i].text
	return pieces
}

func trim(pieces []piece) []piece {
	for len(pieces) > 0 && pieces[len(pieces)-1].text == " " {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

func trimStart(pieces []piece) []piece {
	for len(pieces) > 0 && pieces[0].text == " " {
		pieces = pieces[1:]
	}
	return pieces
}
