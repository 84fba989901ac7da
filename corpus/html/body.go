package html

import "strings"

// body returns the element that holds the article, the smallest that has
// nearly all of its prose.
func (o *outline) body(title string) *element {
	o.weigh()
	e := descend(o.elements[0])
	if e.body {
		return e
	}
	// The prose of the page stands in several places: the article beside
	// teasers, comments or legal notices. Let names tell, then the headline.
	if named := o.named(e); named != nil && 3*named.prose >= e.prose {
		return descend(named)
	}
	if under := o.underTitle(e, title); under != nil && 10*under.prose >= e.prose {
		return descend(under)
	}
	return e
}

// weigh adds up the prose in each element, and settles which of them are
// furniture: those named so and what is inside them. A name is not believed of
// what holds most of the page's prose, or the largest text that is named as an
// article's.
func (o *outline) weigh() {
	all := o.elements[0]
	least := sentence
	if o.sum(least, false); all.prose == 0 { // verse, a list, a notice
		least = 1
		o.sum(least, false)
	}
	for e := o.named(all); e != nil; e = e.parent {
		e.furniture = false
	}
	for _, e := range o.elements {
		if least == sentence && 2*e.prose > all.prose {
			e.furniture = false
		}
		if e.parent != nil && e.parent.furniture && !(e.quoted && e.body) {
			e.furniture = true
		}
	}
	o.sum(least, true)
}

// sum adds up the prose in each element, from blocks of at least so many bytes,
// with furniture or without.
func (o *outline) sum(least int, article bool) {
	for _, e := range o.elements {
		e.prose = 0
	}
	for i := range o.blocks {
		if b := &o.blocks[i]; !article || !b.in.furniture {
			b.in.prose += b.prose(least)
		}
	}
	for i := len(o.elements) - 1; i > 0; i-- { // children before parents
		e := o.elements[i]
		e.parent.prose += e.prose
	}
}

// descend goes down from e for as long as one child holds nearly all of its
// prose. Where names say that this is the text already, a part of the article
// in a box of its own is not taken for the whole.
func descend(e *element) *element {
	for {
		share := 70
		if e.body {
			share = 90
		}
		var most *element
		for _, kid := range e.kids {
			if most == nil || kid.prose > most.prose {
				most = kid
			}
		}
		if most == nil || most.prose == 0 || 100*most.prose < share*e.prose {
			return e
		}
		e = most
	}
}

// named returns the element inside e that is named as an article's text and
// has the most prose, or nil.
func (o *outline) named(e *element) (best *element) {
	for _, c := range o.elements {
		if c.body && c.prose > 0 && c.first >= e.first && c.last <= e.last && (best == nil || c.prose >= best.prose) {
			best = c
		}
	}
	return best
}

// underTitle returns the smallest element inside e that has both the headline
// and a paragraph's worth of prose, or nil.
func (o *outline) underTitle(e *element, title string) *element {
	const paragraph = 200 // bytes
	for i := e.first; i < e.last; i++ {
		b := &o.blocks[i]
		if b.in.furniture || !sameTitle(b.text, title) {
			continue
		}
		for c := b.in; c != nil && c != e; c = c.parent {
			if c.prose >= paragraph {
				return c
			}
		}
	}
	return nil
}

// sameTitle reports whether s is the headline, or the headline as the page's
// metadata shortens or lengthens it.
func sameTitle(s, title string) bool {
	if s == "" || title == "" {
		return false
	}
	s, title = strings.ToLower(s), strings.ToLower(title)
	if len(s) > len(title) {
		s, title = title, s
	}
	return s == title || len(s) >= 20 && 2*len(s) > len(title) && strings.HasPrefix(title, s)
}
