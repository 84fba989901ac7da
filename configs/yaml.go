package configs

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// apply sets options from a YAML document. The tree is walked by hand so that
// an error can name the line and the key as the person wrote it.
func (l *Loaded) apply(opts []option, file string, data []byte) error {
	var doc yaml.Node
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil // nothing but comments
	} else if err != nil {
		return fmt.Errorf("%s: %s", file, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: holds more than one document", file)
	}
	return l.walk(opts, file, "", doc.Content[0])
}

func (l *Loaded) walk(opts []option, file, prefix string, n *yaml.Node) error {
	at := func(n *yaml.Node) string { return fmt.Sprintf("%s:%d", file, n.Line) }
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil // a section left empty
	}
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("%s: expected keys with values, as in pilcrow config --dump", at(n))
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		key := prefix + name.Value
		if seen[key] {
			return fmt.Errorf("%s: %q is set twice", at(name), key)
		}
		seen[key] = true

		if isSection(opts, key) {
			if err := l.walk(opts, file, key+".", value); err != nil {
				return err
			}
			continue
		}
		o := find(opts, key)
		switch {
		case o == nil:
			return fmt.Errorf("%s: unknown key %q%s", at(name), key, nearest(opts, key))
		case o.secret:
			return fmt.Errorf("%s: %q is a secret, which is never read from a file; set %s in the environment", at(name), key, o.env)
		case value.Kind != yaml.ScalarNode:
			return fmt.Errorf("%s: %q takes one value", at(value), key)
		case value.Tag == "!!null":
			continue
		}
		*o.value = value.Value
		l.from[key] = fmt.Sprintf("%s:%d", filepath.Base(file), value.Line)
	}
	return nil
}

func find(opts []option, key string) *option {
	for i := range opts {
		if opts[i].key == key {
			return &opts[i]
		}
	}
	return nil
}

func isSection(opts []option, key string) bool {
	for _, o := range opts {
		if strings.HasPrefix(o.key, key+".") {
			return true
		}
	}
	return false
}

// nearest suggests the key that was probably meant: the one that shares most
// letters at both ends, if that is more than half of it.
func nearest(opts []option, key string) string {
	best, score := "", 0
	for _, o := range opts {
		a, b := o.key, key
		shared := 0
		for a != "" && b != "" && a[0] == b[0] {
			a, b, shared = a[1:], b[1:], shared+1
		}
		for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
			a, b, shared = a[:len(a)-1], b[:len(b)-1], shared+1
		}
		if shared > score && 2*shared > len(o.key) && !o.secret {
			best, score = o.key, shared
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}
