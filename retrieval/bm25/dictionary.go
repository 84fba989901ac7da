package bm25

import "sync"

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

func (d *dictionary) add(t string, id uint32) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ids[t] = id
}
