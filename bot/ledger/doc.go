// Package ledger keeps what a community needs remembered: who may do what
// where, what was asked and said, what people think of it, and what a guild
// decided. It knows no chat platform: people, guilds, channels, roles and
// messages are strings, each from its platform and never looked into.
//
// A front end calls it like this, for each thing that comes in:
//
//	if first, err := l.First(ctx, interaction.ID); err != nil || !first { return }
//	rights, err := l.Rights(ctx, place, who)         // for the place where the answer will be seen
//	if rights.Silent { place.Private = who.Person … } // and ask again
//	if !rights.Ask { say so }
//	a, err := l.Begin(ctx, ledger.Answer{Kind: "ask", Place: place, Asker: who.Person, Question: q, Token: token})
//	…                                                 // bot.Message.Collections is rights.Read
//	l.Posted(ctx, a.ID, message)                      // a.Nonce went with the first message
//	l.Finish(ctx, a.ID, ledger.Done, mode, body)      // ErrEnded: somebody pressed Stop meanwhile
//
// A button carries the answer's id. On a click:
//
//	a, err := l.Answer(ctx, id)                       // ErrNotFound: its time is over; say so
//	rights, err := l.Rights(ctx, place, who)          // of the click, Private where the reply is for one
//	rights.May(article.Collections)                   // before each paragraph that is shown
//
// Where a model is to write, each question passes a Queue and the limits first:
//
//	leave, err := q.Enter(ctx, place.Guild, who.Person, showPlace) // ErrFull
//	defer leave()
//	over, err := l.Reserve(ctx, a.ID, place, who.Person, guess)
//	if over != nil { answer extractively; say when over.Renews }
//	l.Charge(ctx, a.ID, in, out)                      // or Release, where it came to nothing
//
// What is new is announced by an Announcer: Fill queues it for whoever follows
// it, Next hands out what to post, and Sent, Again or Drop says what became of
// it. The words are the front end's, from an answer like any other (kind
// "announce", no asker), whose collections are Job.Read. A model's words are
// reserved and charged like an answer's, to the guild and to nobody in it.
//
// A private answer is shared with rights.Share, whose rights are those of the
// channel it is shared to. After a start, before anything new is begun, Recover
// puts right what a dead program left, and Unfinished tells which answers were
// cut.
//
// Reading order: place.go and rights.go decide who reads what; settings.go and
// audit.go keep what a guild decided and who did; answer.go, seen.go and
// feedback.go keep what was said; limits.go, usage.go and queue.go share out
// what it costs; follow.go says what is announced where, fill.go finds it,
// enqueue.go queues it, schedule.go says when a digest is due, jobs.go hands it
// out; sweep.go forgets.
package ledger
