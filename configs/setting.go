package configs

import (
	"fmt"
	"log/slog"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Setting is one option with its effective value.
type Setting struct {
	Key    string // "embed.model"
	Env    string // "PILCROW_EMBED_MODEL"
	Doc    string
	Secret bool
	Value  string // "***" for a secret that is set
	From   string // "default", "pilcrow.yaml:3", "PILCROW_DB", "--db"
}

// option is a leaf of Config that can be read and set.
type option struct {
	key, env, doc, check string
	secret               bool
	value                *string
}

// section is what Config says of a group of options.
type section struct{ key, doc string }

// options lists the leaves of c in the order of the struct, and the sections
// that they stand in.
func options(c *Config) (opts []option, sections []section) {
	v := reflect.ValueOf(c).Elem()
	for f, fv := range v.Fields() {
		key, doc := f.Tag.Get("key"), f.Tag.Get("doc")
		if fv.Kind() != reflect.Struct {
			opts = append(opts, leaf("", f, fv))
			continue
		}
		sections = append(sections, section{key, doc})
		for g, gv := range fv.Fields() {
			opts = append(opts, leaf(key+".", g, gv))
		}
	}
	return opts, sections
}

func leaf(prefix string, f reflect.StructField, v reflect.Value) option {
	return option{
		key:    prefix + f.Tag.Get("key"),
		env:    f.Tag.Get("env"),
		doc:    f.Tag.Get("doc"),
		check:  f.Tag.Get("check"),
		secret: f.Tag.Get("secret") == "true",
		value:  v.Addr().Interface().(*string),
	}
}

// validate says what is wrong with a value, in words that follow its key.
func (o *option) validate() error {
	v := *o.value
	if strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return fmt.Errorf("holds a control character")
	}
	switch {
	case v == "":
		return nil
	case o.check == "url":
		u, err := url.Parse(v)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("%q is not an address that begins with http:// or https://", v)
		}
		if u.User != nil {
			return fmt.Errorf("has a user or a password in the address; set the key in the environment instead")
		}
	case o.check == "switch":
		if v != "on" && v != "off" {
			return fmt.Errorf("%q is neither on nor off", v)
		}
	case o.check == "count":
		if n, err := strconv.Atoi(v); err != nil || n < 1 {
			return fmt.Errorf("%q is not a number above 0", v)
		}
	case o.check == "price":
		if p, err := strconv.ParseFloat(v, 64); err != nil || !(p >= 0 && p <= 1e6) {
			return fmt.Errorf("%q is not a price such as 0.15", v)
		}
	case o.check == "duration":
		if d, err := time.ParseDuration(v); err != nil || d < 0 {
			return fmt.Errorf("%q is not a length of time such as 1s or 250ms", v)
		}
	case o.check == "level":
		if !slices.Contains([]string{"debug", "info", "warn", "error"}, v) {
			return fmt.Errorf("%q is not one of debug, info, warn, error", v)
		}
	}
	return nil
}

// LooksAgain returns SecondLook as a truth value.
func (m Model) LooksAgain() bool { return m.SecondLook == "on" }

// Tokens returns ContextTokens as a number, 0 where it is none.
func (m Model) Tokens() int {
	n, err := strconv.Atoi(m.ContextTokens)
	if err != nil {
		return 0
	}
	return n
}

// Wait returns Pause as a length of time.
func (f Fetch) Wait() time.Duration {
	d, err := time.ParseDuration(f.Pause)
	if err != nil {
		return 0
	}
	return d
}

// Keep returns KeepMB in bytes and KeepDays as a length of time.
func (f Fetch) Keep() (bytes int64, age time.Duration) {
	mb, err := strconv.ParseInt(f.KeepMB, 10, 32)
	if err != nil {
		return 0, 0
	}
	days, err := strconv.ParseInt(f.KeepDays, 10, 16)
	if err != nil {
		return 0, 0
	}
	return mb << 20, time.Duration(days) * 24 * time.Hour
}

// Number returns a limit as a number, 0 where it is empty: none.
func (Limits) Number(limit string) int {
	n, err := strconv.Atoi(limit)
	if err != nil {
		return 0
	}
	return n
}

// Prices returns the prices of a million tokens read and written, 0 where there
// is none.
func (l Limits) Prices() (in, out float64) {
	price := func(s string) float64 {
		p, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return 0
		}
		return p
	}
	return price(l.PriceIn), price(l.PriceOut)
}

// ReadsMessages returns MessageContent as a truth value.
func (d Discord) ReadsMessages() bool { return d.MessageContent == "on" }

// BotToken returns Token without what is copied along with it: white space, and
// the word that stands before it in a request.
func (d Discord) BotToken() string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(d.Token), "Bot "))
}

// PublicCollections returns the names in Public.
func (d Discord) PublicCollections() []string {
	var names []string
	for name := range strings.SplitSeq(d.Public, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// Slots returns AtOnce as a number.
func (d Discord) Slots() int {
	n, err := strconv.Atoi(d.AtOnce)
	if err != nil {
		return 0
	}
	return n
}

// Often returns Min, Max and AtOnce, 0 where they are none.
func (f Feeds) Often() (least, most time.Duration, atOnce int) {
	least, err := time.ParseDuration(f.Min)
	if err != nil {
		least = 0
	}
	if most, err = time.ParseDuration(f.Max); err != nil {
		most = 0
	}
	if atOnce, err = strconv.Atoi(f.AtOnce); err != nil {
		atOnce = 0
	}
	return least, most, atOnce
}

// SlogLevel returns Level as slog has it.
func (l Log) SlogLevel() slog.Level {
	var level slog.Level
	if err := level.UnmarshalText([]byte(l.Level)); err != nil {
		return slog.LevelWarn
	}
	return level
}
