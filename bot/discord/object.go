package discord

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// object is a JSON object read with nothing expected of it: what is missing or
// of another type is a zero value. Discord adds fields and kinds without
// notice, and one strange button must not cost a person the answer.
//
// It is the fields in order; nil is no object. What lies in one is not read
// before it is asked for, nor copied: acknowledgements wait for this.
type object []field

type field struct{ key, value string } // value is JSON

// parse reads an object; nil where raw is none.
func parse(raw []byte) object {
	if !isJSON(raw) {
		return nil
	}
	return toObject(gjson.ParseBytes(raw))
}

// isJSON reports whether raw is JSON. gjson is quick, but follows lists within
// lists as deep as they go, for which the stack ends the program.
func isJSON(raw []byte) bool {
	if len(raw) > quickly {
		return json.Valid(raw)
	}
	return gjson.ValidBytes(raw)
}

const quickly = 64 << 10 // bytes

func toObject(v gjson.Result) object {
	if !v.IsObject() {
		return nil
	}
	o := make(object, 0, 32) // an interaction has 25
	v.ForEach(func(key, value gjson.Result) bool {
		o = append(o, field{key.Str, value.Raw})
		return true
	})
	return o
}

// get returns the value of the first field of that key.
func (o object) get(key string) gjson.Result {
	for _, f := range o {
		if f.key == key {
			return gjson.Parse(f.value)
		}
	}
	return gjson.Result{}
}

func (o object) object(key string) object { return toObject(o.get(key)) }

// objects returns the objects of a list.
func (o object) objects(key string) []object {
	var out []object
	for _, v := range o.list(key) {
		if e := toObject(v); e != nil {
			out = append(out, e)
		}
	}
	return out
}

// text returns a string, or what a number or a truth value is written as.
func (o object) text(key string) string {
	switch v := o.get(key); v.Type {
	case gjson.String:
		return whole(v.Str)
	case gjson.True, gjson.Number:
		return whole(v.Raw)
	}
	return ""
}

// whole returns s as text of its own: an ID is remembered for minutes, the event
// that it came with is not.
func whole(s string) string { return strings.Clone(strings.ToValidUTF8(s, "\ufffd")) }

// texts returns the strings of a list.
func (o object) texts(key string) []string {
	var out []string
	for _, v := range o.list(key) {
		if v.Type == gjson.String {
			out = append(out, whole(v.Str))
		}
	}
	return out
}

// list returns the values of a list, nil where there is none.
func (o object) list(key string) []gjson.Result {
	v := o.get(key)
	if !v.IsArray() {
		return nil
	}
	return v.Array()
}

func (o object) flag(key string) bool { return o.get(key).Type == gjson.True }

// number returns an integer, written as one or as a string.
func (o object) number(key string) int64 {
	n, err := strconv.ParseInt(o.text(key), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// id returns a snowflake, or "" where the value is none: an ID becomes part of
// addresses.
func (o object) id(key string) string {
	s := o.text(key)
	if !isID(s) {
		return ""
	}
	return s
}

// isID reports whether s has the form of a Discord ID.
func isID(s string) bool {
	if s == "" || len(s) > 20 {
		return false
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// madeAt returns when a Discord ID was given out.
// https://discord.com/developers/docs/reference#snowflakes
func madeAt(id string) time.Time {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + discordEpoch)
}

// idAt returns the first Discord ID of a moment.
func idAt(t time.Time) string { return strconv.FormatInt((t.UnixMilli()-discordEpoch)<<22, 10) }

// discordEpoch is when Discord IDs begin, in milliseconds since 1970.
const discordEpoch = 1420070400000
