package bm25

import (
	"strings"
	"sync"
)

// dictionary numbers the terms of a field. It only grows, and is shared by all
// the data of an index: numbers past what a data knows are for later ones.
type dictionary struct {
	mu  sync.RWMutex
	ids map[string]uint32
}

func newDictionary() *dictionary { return &dictionary{ids: make(map[string]uint32)} }

func (d *dictionary) find(t string) (uint32, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	id, ok := d.ids[t]
	return id, ok
}

// number returns the number of t, which is next where t is new.
func (d *dictionary) number(t string, next uint32) (id uint32, isNew bool) {
	if id, ok := d.find(t); ok {
		return id, false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ids[strings.Clone(t)] = next // t may be a piece of a long paragraph
	return next, true
}
