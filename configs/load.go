package configs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Sources is where values are looked for.
type Sources struct {
	Flags   map[string]string   // key → value given on the command line
	Getenv  func(string) string // the environment
	File    string              // the YAML file
	Require bool                // whether the file must exist

	Database string // the default for Config.Database, which depends on the person
}

// Loaded is a Config and how it came about.
type Loaded struct {
	Config
	File string            // the file that was read; empty if none was
	from map[string]string // key → origin
}

// Load reads the settings. Its errors name the key and the file, or the
// variable or flag, that is at fault.
func Load(src Sources) (*Loaded, error) {
	l := &Loaded{Config: defaults(), from: map[string]string{}}
	opts, _ := options(&l.Config)

	if src.File != "" {
		data, err := os.ReadFile(src.File)
		switch {
		case err == nil:
			l.File = src.File
			if err := l.apply(opts, src.File, data); err != nil {
				return nil, err
			}
		case errors.Is(err, fs.ErrNotExist) && !src.Require:
		default:
			return nil, fmt.Errorf("read the configuration: %w", err)
		}
	}
	for _, o := range opts {
		if v := src.Getenv(o.env); v != "" {
			*o.value, l.from[o.key] = v, o.env
		}
		if v, ok := src.Flags[o.key]; ok {
			*o.value, l.from[o.key] = v, "flag"
		}
	}
	if l.Database == "" {
		l.Database = src.Database
	}
	for _, o := range opts {
		if err := o.validate(); err != nil {
			return nil, fmt.Errorf("%s: %s %w", l.origin(o.key), o.key, err)
		}
	}
	return l, nil
}

func (l *Loaded) origin(key string) string {
	if from, ok := l.from[key]; ok {
		return from
	}
	return "default"
}

// Settings lists every option with its value and origin, in the order of the
// reference file. Secrets are masked.
func (l *Loaded) Settings() []Setting {
	opts, _ := options(&l.Config)
	list := make([]Setting, len(opts))
	for i, o := range opts {
		list[i] = Setting{Key: o.key, Env: o.env, Doc: o.doc, Secret: o.secret, Value: *o.value, From: l.origin(o.key)}
		if o.secret && *o.value != "" {
			list[i].Value = "***"
		}
	}
	return list
}
