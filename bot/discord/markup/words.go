package markup

import (
	"strconv"
	"strings"
	"time"

	"pilcrow/bot"
	"pilcrow/bot/verify"
)

// Words are the fixed phrases of one language. A %s is replaced in order.
type Words struct {
	Months [12]string
	Date   string // day, month and year, as "%d %m %y"

	// Around an answer.
	Searching  string // while there is nothing to show yet
	Understood string // the question as it was read
	Differ     string // the two sources
	Nearest    string // over the paragraphs that come closest
	LeftOutOne string
	LeftOut    string // how many, two or more
	Attached   string // where the reply is in a file

	// Notices, by the brain's own.
	NoModel     string
	ModelBroke  string
	CutQuestion string
	Unsaid      string // which part of the question

	// Why there is no answer.
	NoEvidence       string
	Overview         string // what to do where nothing comes near
	AbsentSource     string // the outlet
	AbsentSomeSource string
	AbsentName       string // the name
	AbsentSomeName   string
	Unchecked        string
	Failed           string

	// A source.
	Untitled  string
	Also      string // the other outlets
	Changed   string
	Withdrawn string
	Partial   string
	Gone      string

	// How articles stand to a claim.
	Supported    string
	Contradicted string
	Related      string
	NotFound     string
	NoClaim      string

	// Lists, digests, paragraphs.
	Articles    string // first, last, of how many
	Article     string // the only one on a page, of how many
	NoArticles  string
	Digest      string // since when
	DigestOn    string // since when, on what
	Quiet       string // since when
	QuietOn     string // since when, on what
	NoParagraph string
}

// languages holds each by its tag. English has every phrase, and so has any
// other that is listed.
var languages = map[string]*Words{"en": &english, "de": &german, "fr": &french, "es": &spanish, "hi": &hindi}

// date shows a day, or nothing where it is unknown.
func (w *Words) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	year, month, day := t.UTC().Date()
	return strings.NewReplacer("%d", strconv.Itoa(day), "%m", w.Months[month-1], "%y", strconv.Itoa(year)).Replace(w.Date)
}

// time shows a day, and the hour where it is not the day's beginning.
func (w *Words) time(t time.Time) string {
	if t = t.UTC(); t.Equal(t.Truncate(24 * time.Hour)) {
		return w.date(t)
	}
	return w.date(t) + ", " + t.Format("15:04 MST")
}

// notice says a notice of the brain; one that it does not know it says as it is.
func (w *Words) notice(text string) []piece {
	switch text {
	case bot.NoModel:
		return say(w.NoModel)
	case bot.ModelBroke:
		return say(w.ModelBroke)
	case bot.CutQuestion:
		return say(w.CutQuestion)
	}
	if part, ok := strings.CutPrefix(text, bot.Unsaid); ok {
		return say(w.Unsaid, words(clip(part, longestTitle)))
	}
	return say("%s", words(text))
}

func (w *Words) stand(s verify.Stand) string {
	switch s {
	case verify.Supported:
		return w.Supported
	case verify.Contradicted:
		return w.Contradicted
	case verify.Related:
		return w.Related
	}
	return w.NotFound
}

var english = Words{
	Months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	Date:   "%d %m %y",

	Searching:  "Reading the articles…",
	Understood: "Understood as: %s",
	Differ:     "The sources differ: compare %s and %s.",
	Nearest:    "The nearest paragraphs:",
	LeftOutOne: "1 sentence was left out: not found in the articles.",
	LeftOut:    "%s sentences were left out: not found in the articles.",
	Attached:   "This is the beginning. The whole is long and is attached as a file.",

	NoModel:     bot.NoModel,
	ModelBroke:  bot.ModelBroke,
	CutQuestion: bot.CutQuestion,
	Unsaid:      bot.Unsaid + "%s",

	NoEvidence:       "The articles here don't say.",
	Overview:         "For an overview use /digest, for one article /summarise; /articles lists what there is.",
	AbsentSource:     "Nothing from %s is kept here, so there is nothing to answer from.",
	AbsentSomeSource: "Nothing from that outlet is kept here, so there is nothing to answer from.",
	AbsentName:       "No article here mentions %s.",
	AbsentSomeName:   "The question names something that no article here mentions.",
	Unchecked:        "An answer was written, but none of it could be found in the articles, so it is not shown.",
	Failed:           "Something went wrong on the way to an answer. Please ask again.",

	Untitled:  "Untitled",
	Also:      "also in: %s",
	Changed:   "changed since",
	Withdrawn: "withdrawn since",
	Partial:   "only its beginning is here",
	Gone:      "its page is gone",

	Supported:    "Supported",
	Contradicted: "Contradicted",
	Related:      "Mentioned, but not said",
	NotFound:     "Not found",
	NoClaim:      "There is no claim in this that could be looked up.",

	Articles:    "Articles %s to %s of %s",
	Article:     "Article %s of %s",
	NoArticles:  "There are no such articles here.",
	Digest:      "What came in since %s",
	DigestOn:    "What came in since %s on “%s”",
	Quiet:       "Nothing came in since %s.",
	QuietOn:     "Nothing came in since %s on “%s”.",
	NoParagraph: "There is no paragraph to show any more.",
}
