package discord

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"
)

// object is a JSON object read with nothing expected of it: what is missing or
// of another type is a zero value. Discord adds fields and kinds without
// notice, and one strange button must not cost a person the answer.
type object map[string]json.RawMessage

// parse reads an object; nil where raw is none. What lies in it is not read
// before it is asked for, nor copied: acknowledgements wait for this.
func parse(raw json.RawMessage) object {
	o := make(object)
	ok := split(raw, '{', '}', func(part []byte) bool {
		key := valueEnd(part, 0)
		colon := spaceEnd(part, key)
		if colon == len(part) || part[colon] != ':' || part[0] != '"' {
			return false
		}
		o[object{"": part[:key]}.text("")] = part[spaceEnd(part, colon+1):]
		return true
	})
	if !ok {
		return nil
	}
	return o
}

// split hands out what stands between the commas of an object or a list, and
// reports whether raw is one. It looks only at what parts values: raw comes out
// of encoding/json, which has looked at the rest.
func split(raw []byte, open, end byte, part func([]byte) bool) bool {
	i := spaceEnd(raw, 0)
	if i == len(raw) || raw[i] != open {
		return false
	}
	for i++; ; i++ {
		i = spaceEnd(raw, i)
		begun, last := i, i
		for i < len(raw) && raw[i] != ',' && raw[i] != end {
			if raw[i] == ':' {
				i++
			} else if i = valueEnd(raw, i); i == last {
				return false
			}
			last = i
			i = spaceEnd(raw, i)
		}
		if i == len(raw) || begun == last && raw[i] == ',' {
			return false
		}
		if begun < last && !part(raw[begun:last:last]) {
			return false
		}
		if raw[i] == end {
			return true
		}
	}
}

func spaceEnd(raw []byte, i int) int {
	for i < len(raw) && (raw[i] == ' ' || raw[i] == '\n' || raw[i] == '\r' || raw[i] == '\t') {
		i++
	}
	return i
}

// valueEnd returns where the value that begins at i ends.
func valueEnd(raw []byte, i int) int {
	depth := 0
	for ; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			for i++; i < len(raw) && raw[i] != '"'; i++ {
				if raw[i] == '\\' {
					i++
				}
			}
			if i >= len(raw) {
				return len(raw)
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			} else if depth < 0 {
				return i
			}
		case ',', ':', ' ', '\n', '\r', '\t':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}

func (o object) object(key string) object { return parse(o[key]) }

// objects returns the objects of a list.
func (o object) objects(key string) []object {
	raw := o.list(key)
	out := make([]object, 0, len(raw))
	for _, r := range raw {
		if e := parse(r); e != nil {
			out = append(out, e)
		}
	}
	return out
}

// text returns a string, or what a number or a truth value is written as.
func (o object) text(key string) string {
	raw := o[key]
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] { // raw is valid JSON: it was part of a larger value
	case '"':
		if s := raw[1:max(1, len(raw)-1)]; utf8.Valid(s) && bytes.IndexByte(s, '\\') < 0 {
			return string(s) // what most are, and acknowledgements wait for
		}
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return s
		}
	case 't':
		return "true"
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return string(raw)
	}
	return ""
}

// texts returns the strings of a list.
func (o object) texts(key string) []string {
	raw := o.list(key)
	var out []string
	for _, r := range raw {
		var s string
		if json.Unmarshal(r, &s) == nil {
			out = append(out, s)
		}
	}
	return out
}

// list returns the values of a list, nil where there is none.
func (o object) list(key string) (values []json.RawMessage) {
	ok := split(o[key], '[', ']', func(part []byte) bool {
		values = append(values, part)
		return true
	})
	if !ok {
		return nil
	}
	return values
}

func (o object) flag(key string) bool { return string(o[key]) == "true" }

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
