// Package text holds the one truth about text that readers, search, answers
// and the gate share: what a paragraph looks like when clean, where sentences
// and words begin and end, what stands for the same number, date or name.
//
// Everything here is pure: no I/O, no state, safe for concurrent use, linear
// in its input, and total (no input panics, invalid UTF-8 included). Positions
// are byte offsets into the string given, half-open; Points turns them into
// the code points of the machine interface.
package text
