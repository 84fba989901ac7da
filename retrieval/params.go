package retrieval

// Params weighs the parts of a search. Each figure beside a field is what the
// evidence recall at 10 (and the share of questions with all their evidence)
// becomes on the development half of MultiHop-RAG when that part is left out;
// with all of them it is 80.5 (56.5), ±1.8 (±2.8). Around its value each is
// flat within half a point: nothing here is a fit.
type Params struct {
	// A passage's score is the sum of these parts, each a share of the largest.
	Passage  float64 // BM25 of the passage
	Sentence float64 // best sentence of the passage
	Article  float64 // the article as a whole
	Vector   float64 // cosine, scaled from its minimum to its maximum

	// A passage gains these shares of the best score.
	Outlet  float64 // where it is of an outlet that the clause names
	Outlets float64 // where the clause names none, but the question does
	Date    float64 // where it was published on, or within a day of, a date that the clause names
	Window  float64 // where it was published in the time the question keeps to: "since August", "last week"

	// Beside counts the terms of the question's other clauses, where those of
	// the clause count 1.
	Beside float64

	// A passage answers a clause with likelihood (score / best score)^Sharp,
	// and Met of that likelihood is no longer needed once it is taken.
	Sharp float64
	Met   float64

	Near    int // passages nearest by vector that are looked at, whatever their words
	Pool    int // passages of each list that are looked at closely
	Extent  int // words up to which a hit takes in its neighbouring paragraphs
	Words   int // of a question that are read
	Lookups int // that a question is cut into at most
	Terms   int // content words that make a clause; with fewer it joins its neighbour
}

// Defaults returns the parameters that were measured.
func Defaults() Params {
	return Params{
		Passage: 1, Sentence: 1, Article: .5, Vector: .25,
		Outlet: .5, Outlets: .25, Date: .3, Window: .6,
		Beside: .3,
		Sharp:  8, Met: .3,
		Pool: 100, Extent: 300, Words: 400, Lookups: 16, Terms: 4,
	}
}
