package retrieval

import "slices"

// things cuts a question between the things that it is asked of.
func (a *asker) things(q part) []part {
	whole := []part{q}
	r := q.own
	head := -1
	for i := r.start; i < min(r.start+4, r.end); i++ {
		if a.is(a.ask, i) {
			head = i
			break
		}
	}
	if head < 0 || a.is(a.reason, head) || a.is(a.reason, head-1) || a.is(a.degree, head) && a.is(a.carry, head+1) {
		return whole
	}
	and := -1
	for i := head + 2; i < r.end-1; i++ {
		if a.is(a.between, i) {
			return whole
		}
		if and < 0 && a.is(a.and, i) && !a.bound(i) && !a.bound(i+1) {
			and = i
		}
	}
	if and < 0 {
		return whole
	}
	if a.has(a.refer, run{and, r.end}) { // "who found the wreck and raised it"
		return []part{
			{run{r.start, and}, true, q.shared},
			{run{and, r.end}, false, append(slices.Clone(q.shared), run{r.start, and})},
		}
	}
	left, right := a.pair(run{head + 1, and}, run{and + 1, r.end})
	for _, side := range []run{left, right} {
		for _, m := range a.plan.Outlets {
			if a.span(side).Overlaps(m.Span) {
				return whole // each outlet is looked into anyway
			}
		}
		if a.says(side) == 0 && !a.dated(side) {
			return whole
		}
	}
	sides := []run{left, right}
	for left.start > head+1 && a.comma(left.start) { // "the pier, the mole and the bridge"
		left = a.element(run{head + 1, left.start})
		sides = append([]run{left}, sides...)
	}
	before, behind := run{r.start, left.start}, run{right.end, r.end}
	var out []part
	for i := range sides {
		own, shared := run{sides[i].start, r.end}, append(slices.Clone(q.shared), before)
		if i == 0 {
			own.start, shared = r.start, slices.Clone(q.shared)
		}
		if i+1 < len(sides) {
			own.end = sides[i+1].start
			shared = append(shared, behind)
		}
		if i+1 == len(sides) {
			own.start = and
		} else if i+2 == len(sides) {
			own.end = and
		}
		out = append(out, part{own, false, shared})
	}
	return out
}

// element returns the last element of a list: a name or a word, with its article.
func (a *asker) element(r run) run {
	out := run{r.end - 1, r.end}
	if n := a.nameAt(r.end - 1); n.end > n.start {
		out.start = max(n.start, r.start)
	}
	if out.start > r.start && a.is(a.article, out.start-1) {
		out.start--
	}
	return out
}

// dated reports whether a run has a date, an outlet or a quotation.
func (a *asker) dated(r run) bool {
	return slices.ContainsFunc(a.wholes, a.span(r).Overlaps)
}

// pair returns the two things that an "and" stands between: how far each
// reaches is told by what they have alike.
func (a *asker) pair(before, behind run) (left, right run) {
	first := behind.start
	// The same word opens both: "the pier and the mole", "best actor and best film".
	for i := before.end - 1; i >= before.start; i-- {
		if a.low[i] != a.low[first] && !(a.is(a.article, i) && a.is(a.article, first)) {
			continue
		}
		left = run{i, before.end}
		right = run{first, min(first+left.end-left.start, behind.end)}
		for k := right.start + 1; k < behind.end; k++ {
			if a.low[k] == a.low[before.end-1] {
				return left, run{first, k + 1}
			}
		}
		for k := right.start + 2; k < right.end; k++ {
			if a.is(a.at, k) || a.is(a.carry, k) {
				right.end = k
			}
		}
		if n := a.nameAt(first + 1); n.end > right.end && n.end <= behind.end {
			right.end = n.end
		}
		return left, right
	}
	if a.is(a.article, first) && first+1 < behind.end {
		first++
	}
	left, right = run{before.end - 1, before.end}, run{behind.start, first + 1}
	if n := a.nameAt(before.end - 1); n.start >= before.start && n.end > n.start {
		left.start = n.start
	}
	if n := a.nameAt(first); n.end > right.end && n.end <= behind.end {
		right.end = n.end
	}
	for right.end < behind.end && number(a.low[right.end]) && !number(a.low[first]) {
		right.end++
	}
	for left.start > before.start && number(a.low[left.start]) && !number(a.low[first]) && !a.is(a.at, left.start-1) {
		left.start--
		if n := a.nameAt(left.start); n.end > n.start {
			left.start = max(n.start, before.start)
		}
	}
	return left, right
}

// nameAt returns the words of the name or date that word i belongs to; none
// where it belongs to none.
func (a *asker) nameAt(i int) run {
	if i < 0 || i >= len(a.words) {
		return run{}
	}
	for _, s := range a.units {
		if !s.Overlaps(a.words[i]) {
			continue
		}
		out := run{i, i + 1}
		for out.start > 0 && s.Overlaps(a.words[out.start-1]) {
			out.start--
		}
		for out.end < len(a.words) && s.Overlaps(a.words[out.end]) {
			out.end++
		}
		return out
	}
	return run{}
}

func number(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }
