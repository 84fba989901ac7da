// Package text holds the one truth about text that readers, search, answers
// and the gate share: what a paragraph looks like when clean, where sentences
// and words begin and end, what stands for the same number, date or name.
//
// Clean gives a paragraph the form it is stored in, and Sentences, Words and
// Graphemes cut it. Terms makes of it what an index holds, by the analyser of
// its language, which Lang tells. Numbers, Dates, Names and Quotes find what a
// claim can be held to; SameNumber, SameDate, SameName and Similar compare it,
// however it was written. The cases that the rules were made for stand in
// testdata, a few lines each.
//
// Everything here is pure: no I/O, no state but tables that are built when
// first asked for, safe for concurrent use, linear in its input, and total (no
// input panics, invalid UTF-8 included). Positions are byte offsets into the
// string given, half-open; Points turns them into the code points of the
// machine interface.
package text
