// Package verify answers one question: does this paragraph say this sentence?
//
// It is the gate between a model and a reader, and, turned round, what finds
// the paragraph behind a claim. It reads words, figures and names, knows no
// model and does no I/O: everything here is pure, safe for concurrent use,
// total, and linear in the text that is checked times the text that it is
// checked against.
//
// Reading order: Source holds passages read once; a claim is one sentence read
// against them; gather picks the lines that speak of it; gate.go lists what
// must hold, one check a file, and weighs it into a Verdict for an answer or a
// Judgement of a claim.
package verify
