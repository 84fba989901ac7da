package bot

import (
	"context"
	"log/slog"
)

type told struct{}

// Told returns a context for a reader who sees every Notice beside what the
// program logs: what a Notice says is then logged as a detail, at info level,
// and not as a warning.
func Told(ctx context.Context) context.Context { return context.WithValue(ctx, told{}, true) }

// warn logs why a Notice was given.
func (b *Bot) warn(ctx context.Context, msg string, err error) {
	level := slog.LevelWarn
	if ctx.Value(told{}) != nil {
		level = slog.LevelInfo
	}
	b.log.Log(ctx, level, msg, "error", err)
}
