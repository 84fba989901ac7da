// Package bot is the brain that every front end shares: it takes a Message,
// finds evidence, and answers with sentences that are each tied to paragraphs,
// or says that the articles don't tell.
//
// Reading order: Message and Event say what goes in and comes out; Bot.Handle
// carries one to the other. refuse.go decides when to say nothing, extract.go
// picks sentences to quote, write.go lets a model write and shows what passes
// the gate of bot/verify, summarise.go and claims.go do the other two jobs.
//
// What holds for every front end: a Sentence carries at least one Citation,
// and the quote of a Citation is an exact substring of the paragraph that it
// names. Nothing else ever carries a claim about the world.
package bot

import (
	"time"

	"pilcrow/corpus"
)

// Message is what a person asks, in the front end's own words but in no
// platform's types.
type Message struct {
	// Conversation names what Text goes on with: a thread, a chat, any key of
	// the front end's. Empty stands alone.
	Conversation string
	Text         string
	Language     string    // that the answer is written in, a BCP 47 base tag; empty means Text's own
	Collections  []string  // what the place where the answer is seen may read
	Since        time.Time // published at or after; zero sets no limit
	Until        time.Time // published before; zero sets no limit
	Source       string    // one outlet
	Article      string    // one article's ID
	Extractive   bool      // do without the model: its use was spent
	Told         bool      // the reader sees what is logged, too: what a Notice says is no warning there
	Now          time.Time // the clock that "last week" is read by; zero means time.Now
}

// Event is one thing that happens while a Message is answered, in the order in
// which a reader may see it. The last event of every stream without an error is
// a Done.
type Event interface{ event() }

// Notice is a fixed sentence about the answer, never about the world.
type Notice struct{ Text string }

// Disagreement says that two quotes shown differ in a number, a date or a name.
type Disagreement struct{ First, Second Citation }

// Understood says how a question was read, where it was rewritten first.
type Understood struct{ Question string }

// Sentence is shown as soon as it comes. It has passed the gate.
type Sentence struct {
	Text      string     // without citation markers
	Citations []Citation // at least one
}

// Refused says that nothing was found that answers, and why. No Sentence
// precedes or follows it.
type Refused struct {
	Reason  Reason
	Detail  string     // what is missing, in the asker's words: an outlet, a name; may be empty
	Nearest []Citation // the paragraphs that come closest, best first; may be empty
}

// Done ends the stream.
type Done struct {
	Mode    Mode
	Dropped []Dropped // sentences of a model that did not pass, never to be shown as claims
}

func (Notice) event()       {}
func (Disagreement) event() {}
func (Understood) event()   {}
func (Sentence) event()     {}
func (Refused) event()      {}
func (Done) event()         {}

// Mode says who chose the words.
type Mode string

const (
	Extractive Mode = "extractive" // sentences of the articles, word for word
	Model      Mode = "model"      // a model's sentences, each checked
)

// Reason says why there is no answer.
type Reason string

const (
	NoEvidence   Reason = "no_evidence"   // nothing found says enough of what was asked
	AbsentSource Reason = "absent_source" // the question names an outlet that is not read here
	AbsentName   Reason = "absent_name"   // the question names somebody or something in no article
	Gate         Reason = "gate"          // nothing that the model wrote passed the check
	Failed       Reason = "error"         // something broke; the log knows what
)

// Citation ties words to one paragraph of one revision of one article.
type Citation struct {
	N         int // counts from 1 in order of first use within one answer
	Article   corpus.Article
	Revision  int
	Paragraph int    // counts from 1 within the revision
	Text      string // the whole stored paragraph
	Start     int    // the quote is Text[Start:End], in bytes
	End       int
	Also      []string // other outlets that tell the same, where it was shown once
}

// Quote returns the words cited: an exact substring of the paragraph.
func (c *Citation) Quote() string { return c.Text[c.Start:c.End] }

// Dropped is a sentence that was written but not shown.
type Dropped struct {
	Text    string
	Reasons []string
}
