package discord

import "time"

// Kept returns how much is remembered for a while, once that is over: lanes of
// requests, events that were answered, answers under way.
func (a *App) Kept() (lanes, seen, running int) {
	later := time.Now().Add(24 * time.Hour)
	a.rest.prune(later)
	a.seen.prune(later)
	a.rest.mu.Lock()
	lanes = len(a.rest.lanes) + len(a.rest.closed)
	a.rest.mu.Unlock()
	a.seen.mu.Lock()
	seen = len(a.seen.at)
	a.seen.mu.Unlock()
	a.running.mu.Lock()
	running = len(a.running.by)
	a.running.mu.Unlock()
	return lanes, seen, running
}

// Answering returns how many answers are under way.
func (a *App) Answering() int {
	a.running.mu.Lock()
	defer a.running.mu.Unlock()
	return len(a.running.by)
}

// CloseIdle closes the connections to the API that wait for a request.
func (a *App) CloseIdle() { a.rest.session.Client.CloseIdleConnections() }
