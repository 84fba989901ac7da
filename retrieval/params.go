package retrieval

// Params weighs the parts of a search. The figures beside the fields are what
// evidence recall at 10 (and the share of questions with all their evidence in
// ten hits) on the development half of MultiHop-RAG falls to from 80.6 (56.9),
// ±1.5 (±2.8), without that part; bot/eval/testdata/search.golden has them with
// their intervals. Around its value each weight is flat within half a point:
// nothing here is a fit.
type Params struct {
	// A passage's score is the sum of these parts, each a share of the largest.
	Passage  float64 // BM25 of the passage
	Sentence float64 // its best sentence: 79.0 (53.9); plain questions, right article first, 60 for 67
	Article  float64 // the article as a whole: 80.2 (56.8)
	Vector   float64 // cosine, scaled from least to largest: 80.8 (57.1) without the hashed vectors, whose use is in spelling

	// A passage gains these shares of the geometric mean of its score and the
	// best one: what is of the right outlet comes first, but not whatever it is
	// about. Without both for outlets 76.6 (52.1), without both for dates 79.7
	// (55.5).
	Outlet  float64 // it is of an outlet that the clause names
	Outlets float64 // the clause names none, but the question does
	Date    float64 // it was published on, or within a day of, a date that the clause names
	Window  float64 // it was published in the time that the question keeps to: "since August", "last week"

	// Beside is what the terms of the question's other clauses count, where
	// those of the clause count 1. At .2 and .4 recall is half a point lower.
	Beside float64

	// A passage answers a clause with likelihood (score / best score)^Sharp,
	// and Met of that likelihood is no longer needed once it is taken: 80.4
	// (56.5) with 0. Taking the best of each clause in turn gives 79.1 (55.0).
	Sharp float64
	Met   float64

	Near    int // passages nearest by vector that are looked at, whatever their words: for a real model
	Pool    int // passages of each lookup that are looked at closely
	Extent  int // words up to which a hit takes in its neighbouring paragraphs: 77.0 (52.4)
	Words   int // of a question that are read
	Lookups int // that a question is cut into at most; uncut, 74.5 (48.0)
	Terms   int // content words that make a clause; with fewer it joins its neighbour
}

// Defaults returns the parameters that were measured.
func Defaults() Params {
	return Params{
		Passage: 1, Sentence: 1, Article: .5, Vector: .25,
		Outlet: .8, Outlets: .4, Date: .5, Window: 1,
		Beside: .3,
		Sharp:  8, Met: .3,
		Pool: 100, Extent: 300, Words: 400, Lookups: 16, Terms: 4,
	}
}
