package verify

// Reason says in one stable word what speaks against a sentence. A Verdict
// prints it with what it is about: "number_absent: 42".
type Reason string

const (
	UnknownID       Reason = "unknown_id"       // cites a passage that was not given
	Uncited         Reason = "uncited"          // cites nothing
	TooLong         Reason = "too_long"         // too long for a sentence; not read to its end
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
	Swapped         Reason = "swapped"          // two names or figures of the same sentence changed places
	WordDiffers     Reason = "word_differs"     // the same sentence has another word
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
	risk  float64 // for an answer, where it is not that of the reason in risks
}

func (f finding) String() string {
	if f.about == "" {
		return string(f.Reason)
	}
	return string(f.Reason) + ": " + f.about
}

// The risk of what alone makes a sentence of an answer unsupported. The same
// reasons are often forgiven where they are less plain than here.
const (
	reversed = .8 // Negated: but for a "not" both say the same
	invented = .8 // NameAbsent: nobody there is called so
)

// weight is what a reason does to a sentence.
type weight struct {
	answer float64 // how sure it makes that a sentence of an answer is unsupported, in [0,1]
	claim  float64 // what it takes off the score of a claim
	bars   bool    // whether it keeps a claim from being called supported at all
}

// risks weighs the reasons. In an answer, readers forgive what is near enough:
// the figures are the rounded shares of sentences that annotators called
// unsupported among those with the reason (RAGTruth-QA); a reason that tells
// nothing there weighs 0 and is not given. For a claim, every detail has to be
// told: what it takes off is how much more often the reason meets claims that
// annotators found wanting (WiCE), rounded; what bars does so because a
// sentence with one thing changed is known by it.
var risks = map[Reason]weight{
	TooLong:         {answer: 1, claim: 1, bars: true},
	OtherLanguage:   {answer: .6, claim: .6, bars: true},
	NumberAbsent:    {answer: .9, claim: .3, bars: true},
	NumberElsewhere: {claim: .1, bars: true},
	NumberDiffers:   {answer: .6, claim: .3, bars: true},
	NumberSwapped:   {claim: .1, bars: true},
	RankDiffers:     {claim: .3, bars: true},
	DateAbsent:      {claim: .1, bars: true},
	DateDiffers:     {answer: .6, claim: .3, bars: true},
	NameAbsent:      {answer: .15, claim: .25, bars: true},
	NameElsewhere:   {claim: .1, bars: true},
	NameDiffers:     {claim: .3, bars: true},
	NameSwapped:     {claim: .05, bars: true},
	Swapped:         {answer: .6, claim: .3, bars: true},
	WordDiffers:     {claim: .05, bars: true},
	QuoteAltered:    {answer: .6, claim: .05},
	Negated:         {claim: .05, bars: true},
	Opposite:        {answer: .6, claim: .3, bars: true},
	IsTold:          {answer: .6},
	AdmitsAbsence:   {answer: .9},
	WrongPassage:    {answer: .6},
}
