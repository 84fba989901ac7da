package bm25

import "slices"

// top keeps the best of what it is given: the highest scores, equals in the
// order of compare.
type top struct {
	limit   int
	compare func(a, b Doc) int
	heap    []Scored // the worst first
}

func (t *top) rank(a, b Scored) int {
	switch {
	case a.Score > b.Score:
		return -1
	case a.Score < b.Score:
		return 1
	}
	return t.compare(a.Doc, b.Doc)
}

func (t *top) add(s Scored) {
	if len(t.heap) < t.limit {
		t.heap = append(t.heap, s)
		for i := len(t.heap) - 1; i > 0 && t.rank(t.heap[i], t.heap[(i-1)/2]) > 0; i = (i - 1) / 2 {
			t.heap[i], t.heap[(i-1)/2] = t.heap[(i-1)/2], t.heap[i]
		}
		return
	}
	if t.limit <= 0 || s.Score < t.heap[0].Score || t.rank(s, t.heap[0]) >= 0 {
		return
	}
	t.heap[0] = s
	for i := 0; ; {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(t.heap); child++ {
			if t.rank(t.heap[child], t.heap[worst]) > 0 {
				worst = child
			}
		}
		if worst == i {
			return
		}
		t.heap[i], t.heap[worst] = t.heap[worst], t.heap[i]
		i = worst
	}
}

// sorted returns what was kept, best first. The top is spent.
func (t *top) sorted() []Scored {
	slices.SortFunc(t.heap, t.rank)
	return t.heap
}
