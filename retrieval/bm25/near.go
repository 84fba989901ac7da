package bm25

// shape is what a spelling is compared by before its letters are.
type shape struct{}

func shapeOf(string) shape { return shape{} }

// Near is a term that is spelt almost like a word.
type Near struct {
	Term     string
	Weight   float64 // in (0, 1]: what a match counts beside an exact one
	Passages int     // how many hold it
	id       uint32
}

// Near returns the terms that are spelt almost like word, nearest first.
func (v *View) Near(word string) []Near { return nil }
