package discord

import (
	"cmp"
	"context"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"pilcrow/bot/ledger"
	"pilcrow/corpus/text"
)

// words.txt holds the names and descriptions of commands in each language.
//
//go:embed words.txt
var wordsFile string

// wording is a name and a description in one language.
type wording struct{ name, description string }

// phrases.txt holds what the bot says besides answers.
//
//go:embed phrases.txt
var phrasesFile string

// phrases returns the phrases by key and language.
var phrases = sync.OnceValue(func() map[string]map[string]wording { return readWords(phrasesFile) })

// phrase returns the phrase under key in a person's language, else in English.
func phrase(locale, key string) string {
	base, _, _ := strings.Cut(strings.ToLower(locale), "-")
	p := phrases()[key]
	if w, ok := p[base]; ok {
		return w.name
	}
	return p["en"].name
}

// spoken returns the language of an answer to a question at p, and that of the
// fixed words around it: the question's, else that of the person's Discord.
// Where a server answers in some languages only, it is one of them. Words fall
// back on the person's where there are none in it. The language is "" for a
// question too short to tell that goes on with others: theirs.
func (a *App) spoken(ctx context.Context, p ledger.Place, question, locale string, goesOn bool) (language, words string, err error) {
	language = text.Lang(question)
	untold := language == ""
	if untold {
		language, _, _ = strings.Cut(strings.ToLower(locale), "-")
	}
	if p.Member && p.Guild != "" {
		s, err := a.options.Ledger.Settings(ctx, p.Guild)
		if err != nil {
			return "", "", err
		}
		if len(s.Languages) > 0 && !slices.Contains(s.Languages, language) {
			language, untold = s.Languages[0], false
		}
	}
	words = locale
	if _, ok := phrases()["broken"][language]; ok {
		words = language
	}
	if untold && goesOn {
		language = ""
	}
	return language, words, nil
}

// say returns the phrase under key as plain text, with args in their places.
func say(locale, key string, args ...string) string {
	p := phrase(locale, key)
	for _, arg := range args {
		p = strings.Replace(p, "%s", arg, 1)
	}
	return p
}

// words returns the wordings by key and locale. A key is a command, a command and
// its option, or these and a choice: "ask", "ask question", "summarise length short".
var words = sync.OnceValue(func() map[string]map[string]wording { return readWords(wordsFile) })

// readWords reads blocks of a line with the key and, indented, a line for each
// locale: "de frage | Was du wissen willst".
func readWords(file string) map[string]map[string]wording {
	out := make(map[string]map[string]wording)
	var key string
	for line := range strings.Lines(file) {
		indented := strings.HasPrefix(line, "\t")
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case !indented:
			key = line
			out[key] = make(map[string]wording)
		default:
			locales, rest, _ := strings.Cut(line, " ")
			name, description, _ := strings.Cut(rest, "|")
			for locale := range strings.SplitSeq(locales, ",") {
				out[key][locale] = wording{strings.TrimSpace(name), strings.TrimSpace(description)}
			}
		}
	}
	return out
}

// localised returns d with the wordings of words.txt, of which "en" is the
// default.
func (d definition) localised() definition {
	var names, descriptions map[string]string
	d.Description, names, descriptions = worded(d.Name, d.Description)
	d.Names, d.Descriptions = names, descriptions
	d.Options = localisedOptions(d.Name, d.Options)
	return d
}

func localisedOptions(key string, options []option) []option {
	out := make([]option, len(options))
	for i, o := range options {
		at := key + " " + o.Name
		o.Description, o.Names, o.Descriptions = worded(at, o.Description)
		o.Options = localisedOptions(at, o.Options)
		o.Choices = slices.Clone(o.Choices)
		for j := range o.Choices {
			c := &o.Choices[j]
			_, c.Names, _ = worded(at+" "+c.Name, "")
		}
		out[i] = o
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// called returns what a choice of an option is called in a language.
func called(locale, option, choice string) string {
	return cmp.Or(words()[option+" "+choice][locale].name, choice)
}

func worded(key, fallback string) (description string, names, descriptions map[string]string) {
	description = fallback
	names, descriptions = make(map[string]string), make(map[string]string)
	for locale, w := range words()[key] {
		if locale == "en" {
			if w.description != "" {
				description = w.description
			}
			continue
		}
		names[locale] = w.name
		if w.description != "" {
			descriptions[locale] = w.description
		}
	}
	return description, names, descriptions
}
