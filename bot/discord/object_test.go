package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestRemembered: what is remembered of an event does not keep the rest of it.
func TestRemembered(t *testing.T) {
	padding := strings.Repeat("x", 100<<10)
	var kept []string
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for n := range 200 {
		p := readPost(parse(fmt.Appendf(nil, `{"id": "%d", "content": %q, "mentions": [{"id": "7"}]}`, n, padding)))
		kept = append(kept, p.ID, p.Mentions[0])
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 2<<20 {
		t.Errorf("%d IDs of events of 100 kB keep %d kB", len(kept), grown>>10)
	}
	runtime.KeepAlive(kept)
}

// FuzzParse finds in an object what encoding/json finds, and reads anything as
// an event.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"id":"1","n":-2.5e3,"t":true,"f":false,"z":null}`, ` { "a" : [ 1 , "]" , {"b":"}"} ] , "c" : { } } `,
		`{"ab":"c\\","d":"\u00e9\ud800"}`, `[]`, `"{"`, `{"a":[[],[[]]],"b":[null]}`, `{"` + "\xff" + `":"` + "\xff" + `"}`,
		`{"a":{"b":"1"},"b":"2"}`, `{"a\u0062":"1","ab":"2"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		o := parse(raw) // whatever it is, no panic
		readPost(o)
		_, _ = readInteraction(o)
		want, ok := fields(raw)
		if !ok {
			if o != nil {
				t.Fatalf("an object: %q", o)
			}
			return
		}
		for key, value := range want {
			if got := o.get(key).Raw; got != string(value) {
				t.Fatalf("%q: got %q\nwant %q", key, got, value)
			}
			var list []json.RawMessage
			if json.Unmarshal(value, &list) == nil && list != nil {
				var got []json.RawMessage
				for _, v := range o.list(key) {
					got = append(got, json.RawMessage(v.Raw))
				}
				if !slices.EqualFunc(got, list, slices.Equal) {
					t.Fatalf("%q: got %q\nwant %q", key, got, list)
				}
			}
			var s string
			if utf8.Valid(value) && value[0] == '"' && json.Unmarshal(value, &s) == nil && o.text(key) != s {
				t.Fatalf("%q: got %q\nwant %q", key, o.text(key), s)
			}
		}
	})
}

// fields returns what an object holds under keys that Discord could use, each of
// which is there once; false where raw is no object.
func fields(raw []byte) (map[string]json.RawMessage, bool) {
	var whole map[string]json.RawMessage
	if json.Unmarshal(raw, &whole) != nil || whole == nil {
		return nil, false
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	_, _ = d.Token() // the brace
	times := make(map[string]int)
	for d.More() {
		key, _ := d.Token()
		var value json.RawMessage
		_ = d.Decode(&value)
		times[key.(string)]++
	}
	for key := range whole {
		if times[key] > 1 || !plainKey.MatchString(key) {
			delete(whole, key)
		}
	}
	return whole, true
}

var plainKey = regexp.MustCompile(`^[a-z0-9_]+$`)
