package verify

import "pilcrow/corpus/text"

// cover is how much of a claim stands in a source.
type cover struct {
	window  float64 // share of the claim's weight in the best window of lines
	all     float64 // share found anywhere, the question's words counted as found
	missing float64 // weight found nowhere
}

// windowLines is the size of the window that a claim is looked for in: one
// sentence of an answer often draws together several of its source. Four to six
// lines do alike on answers, three a point less of AUC (RAGTruth-QA).
const windowLines = 4

// readable holds when the claim was read to its end.
func readable(_ *evidence, c *claim) []finding {
	if c.cut {
		return []finding{{Reason: TooLong}}
	}
	return nil
}

// content holds when enough of the claim's words stand in the source, and
// close together. The risk is R2 of FINDINGS: what is covered in the best
// window and in all, less where under two words are missing.
func content(e *evidence, c *claim) []finding {
	r := e.cover(c)
	risk := (1 - (r.window+r.all)/2) * min(1, r.missing/2)
	if risk <= 0 {
		return nil
	}
	if r.window < 1-passing {
		if lang := text.Lang(c.Of(c.text)); lang != "" && text.Analyser(lang) != text.Analyser(e.lang) {
			return []finding{{Reason: OtherLanguage, about: lang}}
		}
	}
	return []finding{{Reason: ContentAbsent, about: c.missing(e.Source), risk: risk}}
}

// cover measures c against s.
func (s *Source) cover(c *claim) cover {
	if c.weight == 0 {
		return cover{window: 1, all: 1}
	}
	var r cover
	score := make([]float64, len(s.lines)) // of the window that begins at each line
	seen := make(map[string]bool, len(c.words))
	for _, w := range c.words {
		if w.stem == "" || seen[w.stem] {
			continue
		}
		seen[w.stem] = true
		stem, found := s.words.find(w.stem)
		if found || c.asked[w.stem] {
			r.all += w.weight
		} else {
			r.missing += w.weight
		}
		next := 0 // the first window that has not counted this stem yet
		for _, at := range s.posts[stem] {
			for i := max(next, at-windowLines+1); i <= at; i++ {
				score[i] += w.weight
			}
			next = at + 1
		}
	}
	for _, v := range score {
		r.window = max(r.window, v)
	}
	r.window /= c.weight
	r.all /= c.weight
	return r
}

// missing lists the words of c that stand nowhere in s, up to five.
func (c *claim) missing(s *Source) string {
	var out []byte
	n := 0
	for _, w := range c.words {
		if !w.content() || c.asked[w.stem] {
			continue
		}
		if _, found := s.words.find(w.stem); found {
			continue
		}
		if n++; n > 5 {
			break
		}
		if n > 1 {
			out = append(out, ' ')
		}
		out = append(out, w.fold...)
	}
	return string(out)
}
