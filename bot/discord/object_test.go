package discord

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

// FuzzParse reads what encoding/json takes for an object, and finds in it what
// that finds.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"id":"1","n":-2.5e3,"t":true,"f":false,"z":null}`, ` { "a" : [ 1 , "]" , {"b":"}"} ] , "c" : { } } `,
		`{"a\"b":"c\\","d":"\u00e9\ud800","d":"again"}`, `[]`, `"{"`, `{"a":[[],[[]]],"b":[null]}`, `{"` + "\xff" + `":"` + "\xff" + `"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got := parse(raw) // whatever it is, no panic
		if !json.Valid(raw) {
			return
		}
		var want map[string]json.RawMessage
		if json.Unmarshal(raw, &want) != nil || want == nil {
			if got != nil {
				t.Fatalf("an object %v", got)
			}
			return
		}
		if !maps.EqualFunc(got, object(want), slices.Equal) {
			t.Fatalf("got %q\nwant %q", got, want)
		}
		for key, value := range want {
			var list []json.RawMessage
			if json.Unmarshal(value, &list) == nil && !slices.EqualFunc(got.list(key), list, slices.Equal) {
				t.Fatalf("%q: got %q\nwant %q", key, got.list(key), list)
			}
			var s string
			if json.Unmarshal(value, &s) == nil && got.text(key) != s {
				t.Fatalf("%q: got %q\nwant %q", key, got.text(key), s)
			}
		}
	})
}
