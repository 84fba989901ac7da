package discord

import (
	"context"
	"fmt"
	"sync"

	"pilcrow/bot"
	"pilcrow/corpus"
)

// summaries are the summaries made lately: what many channels announce is
// summarised once. The zero summaries is ready and safe for concurrent use.
type summaries struct {
	mu   sync.Mutex
	made map[string]*summary
	ids  []string // oldest first
}

type summary struct {
	mu     sync.Mutex
	events []bot.Event
}

// summariesKept is more than are announced at one time.
const summariesKept = 64

// of returns the summary of an article as it stands. The collections are those
// that the place may read, of which the article is in one.
func (s *summaries) of(ctx context.Context, a *App, article corpus.Article, collections []string) ([]bot.Event, error) {
	key := fmt.Sprintf("%s/%d", article.ID, article.Revision)
	s.mu.Lock()
	made := s.made[key]
	if made == nil {
		if s.made == nil {
			s.made = make(map[string]*summary)
		}
		made = new(summary)
		s.made[key] = made
		if s.ids = append(s.ids, key); len(s.ids) > summariesKept {
			delete(s.made, s.ids[0])
			s.ids = s.ids[1:]
		}
	}
	s.mu.Unlock()

	made.mu.Lock()
	defer made.mu.Unlock()
	if made.events != nil {
		return made.events, nil
	}
	events, err := told(a.options.Bot.Summarise(ctx, bot.Brief{
		Article: article.ID, Collections: collections, Length: bot.Short, Now: a.options.Now(),
	}))
	if err == nil {
		made.events = events
	}
	return events, err
}
