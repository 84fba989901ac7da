package configs

import (
	"fmt"
	"strings"
)

// Reference returns the commented YAML file that sets every option to its
// default. It is what configs/pilcrow.yaml holds.
func Reference() string {
	var b strings.Builder
	b.WriteString("# Pilcrow's settings, each at its default. Nothing here has to be set.\n")
	b.WriteString("#\n")
	b.WriteString("# A flag beats the environment, which beats this file. Secrets are read from\n")
	b.WriteString("# the environment alone: " + strings.Join(secrets(), ", ") + ".\n")

	c := defaults()
	opts, sections := options(&c)
	for _, o := range opts {
		if !strings.Contains(o.key, ".") {
			b.WriteByte('\n')
			writeOption(&b, "", o)
		}
	}
	for _, s := range sections {
		b.WriteByte('\n')
		writeComment(&b, "", s.doc)
		fmt.Fprintf(&b, "%s:\n", s.key)
		for _, o := range opts {
			if strings.HasPrefix(o.key, s.key+".") && !o.secret {
				writeOption(&b, "  ", o)
			}
		}
	}
	return b.String()
}

func secrets() []string {
	var c Config
	opts, _ := options(&c)
	var names []string
	for _, o := range opts {
		if o.secret {
			names = append(names, o.env)
		}
	}
	return names
}

func writeOption(b *strings.Builder, indent string, o option) {
	writeComment(b, indent, o.doc+" ["+o.env+"]")
	value := *o.value
	if value == "" {
		value = `""`
	}
	_, name, section := strings.Cut(o.key, ".")
	if !section {
		name = o.key
	}
	fmt.Fprintf(b, "%s%s: %s\n", indent, name, value)
}

// writeComment wraps a doc at 78 columns.
func writeComment(b *strings.Builder, indent, doc string) {
	line := indent + "#"
	for _, word := range strings.Fields(doc) {
		if len(line)+1+len(word) > 78 {
			b.WriteString(line + "\n")
			line = indent + "#"
		}
		line += " " + word
	}
	b.WriteString(line + "\n")
}
