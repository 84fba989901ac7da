package bot

import "context"

type extractively struct{}

// Extractively returns a context in which answers are made of the articles' own
// words, as without a model: where its use was spent.
func Extractively(ctx context.Context) context.Context {
	return context.WithValue(ctx, extractively{}, true)
}

// writes reports whether a model may write in ctx.
func (b *Bot) writes(ctx context.Context) bool {
	return b.model != nil && ctx.Value(extractively{}) == nil
}
