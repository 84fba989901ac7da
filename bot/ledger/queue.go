package ledger

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// ErrFull says that so many wait already that one more is asked to come later.
var ErrFull = errors.New("too many questions are waiting; ask again in a minute")

// Queue lets some answers be made at once and the others wait their turn. The
// turn goes round the guilds (a person in direct messages counts as one), in
// each round the people, for each in the order they asked: so nobody waits
// because another asks much. It is kept in memory, and safe for concurrent use.
type Queue struct {
	slots int
	room  int

	mu      sync.Mutex
	busy    int
	waiting int
	guilds  []*guildLine // next turn first; none is empty
}

type guildLine struct {
	guild  string
	people []*personLine // next turn first; none is empty
}

type personLine struct {
	person string
	tasks  []*waiter
}

type waiter struct {
	ready chan struct{} // closed when it is its turn
	moved chan int      // its place, the latest only
	place int
}

// personShare is the part of the room that one person may fill.
const personShare = 10

// NewQueue returns a queue that lets slots in at once, at least 1, and room
// wait at most, of which one person may take a tenth.
func NewQueue(slots, room int) *Queue { return &Queue{slots: max(slots, 1), room: max(room, 0)} }

// Enter waits for a turn. moved, which may be nil, is called with the place in
// the queue, 1 being the next, at first and each time it changes for the
// better; never for one who need not wait. The caller calls leave when the
// answer is made, once. It returns ErrFull, or ctx's error.
func (q *Queue) Enter(ctx context.Context, guild, person string, moved func(place int)) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if guild == "" {
		guild = "/" + person
	}
	q.mu.Lock()
	if q.busy < q.slots {
		q.busy++
		q.mu.Unlock()
		return sync.OnceFunc(q.leave), nil
	}
	w := &waiter{ready: make(chan struct{}), moved: make(chan int, 1)}
	if !q.line(guild, person, w) {
		q.mu.Unlock()
		return nil, ErrFull
	}
	q.tell()
	q.mu.Unlock()
	for {
		select {
		case <-w.ready:
			return sync.OnceFunc(q.leave), nil
		case n := <-w.moved:
			if moved != nil {
				moved(n)
			}
		case <-ctx.Done():
			q.forget(guild, person, w)
			return nil, ctx.Err()
		}
	}
}

// line puts w at the end of its line, if there is room.
func (q *Queue) line(guild, person string, w *waiter) bool {
	if q.waiting >= q.room {
		return false
	}
	i := slices.IndexFunc(q.guilds, func(g *guildLine) bool { return g.guild == guild })
	if i < 0 {
		i = len(q.guilds)
		q.guilds = append(q.guilds, &guildLine{guild: guild})
	}
	g := q.guilds[i]
	j := slices.IndexFunc(g.people, func(p *personLine) bool { return p.person == person })
	if j < 0 {
		j = len(g.people)
		g.people = append(g.people, &personLine{person: person})
	}
	p := g.people[j]
	if len(p.tasks) >= max(q.room/personShare, 1) {
		return false
	}
	p.tasks = append(p.tasks, w)
	q.waiting++
	return true
}

// leave gives the slot to the next, if anybody waits.
func (q *Queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.waiting == 0 {
		q.busy--
		return
	}
	q.next()
}

// next calls the next waiter, and sends its guild and person to the end of
// their rounds.
func (q *Queue) next() {
	g := q.guilds[0]
	p := g.people[0]
	w := p.tasks[0]
	q.waiting--
	p.tasks = p.tasks[1:]
	g.people = g.people[1:]
	if len(p.tasks) > 0 {
		g.people = append(g.people, p)
	}
	q.guilds = q.guilds[1:]
	if len(g.people) > 0 {
		q.guilds = append(q.guilds, g)
	}
	close(w.ready)
	q.tell()
}

// forget takes out one who no longer waits; if its turn has just come, the
// turn goes on.
func (q *Queue) forget(guild, person string, w *waiter) {
	q.mu.Lock()
	select {
	case <-w.ready:
		q.mu.Unlock()
		q.leave()
		return
	default:
	}
	defer q.mu.Unlock()
	for _, g := range q.guilds {
		for _, p := range g.people {
			if i := slices.Index(p.tasks, w); i >= 0 {
				p.tasks = slices.Delete(p.tasks, i, i+1)
				q.waiting--
			}
		}
		g.people = slices.DeleteFunc(g.people, func(p *personLine) bool { return len(p.tasks) == 0 })
	}
	q.guilds = slices.DeleteFunc(q.guilds, func(g *guildLine) bool { return len(g.people) == 0 })
	q.tell()
}

// tell gives each waiter its place, by playing the rounds to their end.
func (q *Queue) tell() {
	type turn struct {
		people [][]*waiter
	}
	rounds := make([]turn, len(q.guilds))
	for i, g := range q.guilds {
		for _, p := range g.people {
			rounds[i].people = append(rounds[i].people, p.tasks)
		}
	}
	for n := 1; len(rounds) > 0; n++ {
		g := rounds[0]
		tasks := g.people[0]
		tasks[0].at(n)
		g.people = g.people[1:]
		if len(tasks) > 1 {
			g.people = append(g.people, tasks[1:])
		}
		rounds = rounds[1:]
		if len(g.people) > 0 {
			rounds = append(rounds, g)
		}
	}
}

// at notes a place, and says so where it is the first or a better one: one who
// asks little may come in before, which is no news that anybody wants.
func (w *waiter) at(place int) {
	if w.place != 0 && place >= w.place {
		return
	}
	w.place = place
	select {
	case <-w.moved:
	default:
	}
	w.moved <- place
}
