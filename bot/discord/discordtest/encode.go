package discordtest

import (
	"encoding/json"
	"strconv"
)

// encode returns v as JSON. Objects go without a detour through reflection,
// which would take longer than the bot does with an event.
func encode(v any) []byte {
	b, err := appendJSON(make([]byte, 0, 2048), v)
	if err != nil {
		panic(err) // what is kept here can be written
	}
	return b
}

func appendJSON(b []byte, v any) ([]byte, error) {
	var err error
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case string:
		return appendString(b, v)
	case object:
		if v == nil {
			return append(b, "null"...), nil
		}
		b = append(b, '{')
		begun := len(b)
		for key, value := range v {
			if len(b) > begun {
				b = append(b, ',')
			}
			if b, err = appendString(b, key); err != nil {
				return nil, err
			}
			if b, err = appendJSON(append(b, ':'), value); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	case []any:
		if v == nil {
			return append(b, "null"...), nil
		}
		b = append(b, '[')
		for n, value := range v {
			if n > 0 {
				b = append(b, ',')
			}
			if b, err = appendJSON(b, value); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	}
	return appendMarshalled(b, v)
}

func appendString(b []byte, s string) ([]byte, error) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c > '~' {
			return appendMarshalled(b, s)
		}
	}
	return append(append(append(b, '"'), s...), '"'), nil
}

func appendMarshalled(b []byte, v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	return append(b, raw...), err
}
