package verify

// Reason says in one stable word what speaks against a sentence. A Verdict
// prints it with what it is about: "number_absent: 42".
type Reason string

const (
	UnknownID       Reason = "unknown_id"       // cites a passage that was not given
	Uncited         Reason = "uncited"          // cites nothing
	OtherLanguage   Reason = "other_language"   // cannot be compared with the passages
	ContentAbsent   Reason = "content_absent"   // too many of its words are found nowhere
	NumberAbsent    Reason = "number_absent"    // no passage has the figure
	NumberElsewhere Reason = "number_elsewhere" // a passage has it, but of something else
	NumberDiffers   Reason = "number_differs"   // the same sentence has another figure
	RankDiffers     Reason = "rank_differs"     // the same list item has another number
	DateAbsent      Reason = "date_absent"      // the month or weekday is not there
	DateDiffers     Reason = "date_differs"     // the same sentence has another month or weekday
	NumberSwapped   Reason = "number_swapped"   // another figure stands beside the same words
	NameAbsent      Reason = "name_absent"      // no passage has the name
	NameElsewhere   Reason = "name_elsewhere"   // a passage has it, but of something else
	NameDiffers     Reason = "name_differs"     // the same sentence has another name
	NameSwapped     Reason = "name_swapped"     // another name stands beside the same words
	QuoteAltered    Reason = "quote_altered"    // words in quotation marks that nobody said
	Negated         Reason = "negated"          // denies what the passages say, or the reverse
	Opposite        Reason = "opposite"         // says "rose" where the passages say "fell"
	IsTold          Reason = "is_told"          // "the passages do not say", but they do
	AdmitsAbsence   Reason = "admits_absence"   // says of itself that no passage says it
	WrongPassage    Reason = "wrong_passage"    // names another passage than the one that says it
	Instruction     Reason = "instruction"      // rests on an order to the reader
	NoClaim         Reason = "no_claim"         // says nothing that could be checked; speaks not against it
)

// finding is one thing that speaks against a claim.
type finding struct {
	Reason
	about string  // which figure, name or words
	risk  float64 // of ContentAbsent alone; the others have theirs in risks
}

func (f finding) String() string {
	if f.about == "" {
		return string(f.Reason)
	}
	return string(f.Reason) + ": " + f.about
}

// weight is how sure a reason makes that a sentence is unsupported, in [0,1]:
// in an answer, where readers forgive what is near enough, and in a claim,
// where "supported" has to mean every detail.
type weight struct{ answer, claim float64 }

// risks weighs the reasons. The figures are rounded shares of sentences that
// annotators called unsupported among those with the reason: answers on
// RAGTruth-QA, claims on WiCE and on sentences with one thing changed. A reason
// that tells nothing there weighs 0 and is not given.
var risks = map[Reason]weight{
	OtherLanguage:   {.6, .6},
	NumberAbsent:    {.9, .9},
	NumberElsewhere: {0, .6},
	NumberDiffers:   {.6, .95},
	RankDiffers:     {0, .95},
	DateAbsent:      {0, .7},
	DateDiffers:     {.6, .95},
	NameAbsent:      {.15, .8},
	NameElsewhere:   {0, .6},
	NameDiffers:     {0, .95},
	NumberSwapped:   {0, .8},
	NameSwapped:     {0, .6},
	QuoteAltered:    {.6, .8},
	Negated:         {0, .9},
	Opposite:        {.6, .8},
	IsTold:          {.6, .9},
	AdmitsAbsence:   {.9, .9},
	WrongPassage:    {.6, 0},
}
