// Package corpus keeps articles: who wrote them, what they said and when, and
// what they said before they were changed.
//
// The Store is the only truth of the program. Every index, vector and snapshot
// elsewhere can be deleted and is rebuilt from here by following the change
// log. A citation is an address in this package (article, revision, paragraph,
// byte range), and stays valid for as long as the article is kept: revisions
// are added, never altered.
//
// Two drafts are one article if they have one address in one collection, or,
// where there is no address, if they have the same text. So a text without an
// address may be in several collections at once, while what one collection
// says of an address never changes what another one cites.
package corpus

import (
	"errors"
	"fmt"
	"time"
)

// Sentinel errors, found with errors.Is.
var (
	// ErrNotFound says that no such article, revision or collection is kept.
	ErrNotFound = errors.New("not found")
	// ErrPurged says that an article was kept once and nothing of it is left.
	// It is an ErrNotFound.
	ErrPurged = fmt.Errorf("%w: it was removed for good", ErrNotFound)
	// ErrEmpty says that a draft has no paragraph with text in it.
	ErrEmpty = errors.New("no text")
	// ErrFetched says that an upload would change an article that came from
	// its own URL. The fetched text is the better witness and is kept.
	ErrFetched = errors.New("article was fetched from its address, and an upload does not change it; leave out the address to add the text beside it")
	// ErrTooLarge says that a draft is past one of the bounds below.
	ErrTooLarge = errors.New("article is too large")
)

// What bounds one article, so that no input can make a single transaction or
// passage grow without end.
const (
	MaxParagraphs     = 20_000
	MaxParagraphBytes = 4 << 20
	MaxArticleBytes   = 32 << 20
)

// Origin says how an article reached the store.
type Origin string

const (
	Uploaded Origin = "uploaded" // a file, a folder, standard input
	Fetched  Origin = "fetched"  // read from its URL by the program itself
)

// Draft is an article as a reader found it, before the store knows it.
// Every field but Paragraphs may be empty; a zero Published means unknown.
type Draft struct {
	Origin     Origin // empty means Uploaded
	Title      string
	Author     string
	Source     string // the outlet: "Dawn", "The Guardian"
	URL        string // the page's own choice where it states one; the store applies CanonicalURL
	Lang       string // BCP 47 base tag ("en", "zh"); the store fills it in where it is empty and the text tells
	Published  time.Time
	Modified   time.Time // when it was last changed, as it says itself
	Partial    bool      // only its beginning could be read: the rest is for subscribers
	Paragraphs []string  // in reading order; the store cleans each with text.Clean and drops empty ones
}

// Article describes one article as it stands now.
type Article struct {
	ID          string // opaque, unique in the store, never reused, never changed
	Revision    int    // the current revision; the first is 1, and one that is purged is never counted again
	Title       string
	Author      string
	Source      string
	URL         string
	Lang        string
	Published   time.Time // UTC; zero where unknown
	Modified    time.Time // UTC; when it says that it was last changed; zero where it does not
	Added       time.Time // UTC; when the store first saw it
	Gone        time.Time // UTC; when its address was first found to have no page any more; zero while it has
	Partial     bool      // only its beginning could be read
	Collections []string  // sorted; empty once withdrawn from the last one
	Paragraphs  int       // how many the current revision has
}

// Withdrawn reports whether the article was removed from its last collection.
// Its citations still resolve until it is purged.
func (a *Article) Withdrawn() bool { return len(a.Collections) == 0 }

// Paragraph is the unit of citation.
type Paragraph struct {
	N    int    // counts from 1 within the revision
	Text string // clean: NFC, no soft hyphens, each run of white space one space
	Hash string // hex SHA-256 of Text, first 16 bytes
}

// Status is what adding a draft did.
type Status string

const (
	StatusAdded     Status = "added"
	StatusUpdated   Status = "updated"   // a new revision, or corrected metadata
	StatusUnchanged Status = "unchanged" // nothing was written
)

// Correction changes what an article says of itself; nil leaves a field alone.
// A corrected field is pinned: adding the article again does not undo it.
type Correction struct {
	Title, Author, Source, Lang *string
	Published                   *time.Time // a zero time means unknown
}
