package retrieval

// Evidence is what a search found, and how well it covers what was asked.
type Evidence struct {
	Plan   Plan     // how the question was read
	Hits   []Hit    // as Search returns them
	Asked  []Clause // the parts of the question, in its order; at least one where it has a content word
	Whole  Clause   // all of a question whose parts are each a question by themselves; zero otherwise
	Absent Absent   // what the question names and the articles read do not have
	// Rarity says how rare a word is among all passages: see bm25.View.IDF.
	// It is safe for concurrent use and outlives the search.
	Rarity func(word string) float64
}

// Clause is a part of a question that asks for evidence of its own. Coverages
// are shares in [0, 1] of the rarity of its content words; the names of
// outlets, dates, and words that only speak of articles ("report", "suggest")
// do not count. Only articles that the query may read count, and only those of
// the outlets named where the clause names any that are there.
type Clause struct {
	Text    string
	Asks    string   // Text as a question by itself, where it is one
	Words   []string // its content words as written, without repeats: what coverage counts
	Outlets []string // of the store, named in this clause
	Periods []Period // the times that it is about: its own, or those that the question keeps to
	Passage float64  // covered by the passage that covers most
	Window  float64  // covered by the two neighbouring sentences (with their title) that cover most
	Article float64  // covered by the article that covers most
	Peak    float64  // how far Passage stands above the tenth best
	Hits    []int    // indexes into Evidence.Hits of those found for this clause, best first
}

// Absent is what a question names in vain.
type Absent struct {
	Outlets []string // in the place of an outlet ("according to …", "the … article"), but nobody publishes here under that name
	Names   []string // whose words meet in no article
	Dates   []string // on or within a day of which nothing was published by the outlets named beside it
}
