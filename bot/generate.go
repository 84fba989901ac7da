package bot

import (
	"context"
	"iter"
)

// Generator writes text for a prompt.
type Generator interface {
	// Generate yields what is written, piece by piece, in any cut: a piece may
	// end inside a word or a citation marker, though never inside a code
	// point. It ends after an error. Breaking off the iteration, or the end of
	// ctx, stops the work and its cost. An error holds no word of the prompt,
	// of the text or of the provider's answer.
	Generate(ctx context.Context, p Prompt) iter.Seq2[string, error]
}

// Prompt is what a Generator is asked to write.
type Prompt struct {
	System    string // who writes, and the rules
	User      string // the evidence, fenced, and the question
	MaxTokens int    // at most this much is written; 0 leaves it to the Generator
}
