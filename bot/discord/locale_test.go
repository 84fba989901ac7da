package discord

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestPhrases shows that every phrase is there in each language, with as many
// places for values; that what stands on buttons and forms fits there; and that a
// command is named as people find it in that language.
func TestPhrases(t *testing.T) {
	a := new(App)
	a.commands = a.allCommands()
	names := make(map[string]map[string]bool) // of commands, by language
	for _, d := range a.definitions() {
		note := func(locale, name string) {
			base, _, _ := strings.Cut(locale, "-")
			if names[base] == nil {
				names[base] = make(map[string]bool)
			}
			names[base]["/"+name] = true
		}
		called := map[string]string{"en": d.Name}
		for locale, name := range d.Names {
			called[locale] = name
		}
		for locale, name := range called {
			note(locale, name)
			for _, sub := range d.Options {
				if sub.Kind == 1 {
					if locale == "en" {
						note(locale, name+" "+sub.Name)
					} else {
						note(locale, name+" "+sub.Names[locale])
					}
				}
			}
		}
	}
	for key, in := range phrases() {
		for _, lang := range []string{"en", "de", "fr", "es", "hi"} {
			said := in[lang].name
			if said == "" || strings.Count(said, "%s") != strings.Count(in["en"].name, "%s") {
				t.Errorf("%s, %s: %q for %q", key, lang, said, in["en"].name)
			}
			most := 2000
			switch {
			case strings.HasPrefix(key, "button "):
				most = 80
			case strings.HasPrefix(key, "form "):
				most = 45
			case strings.HasPrefix(key, "why "): // it stands within another
				most = 100
			}
			if utf8.RuneCountInString(said) > most {
				t.Errorf("%s, %s: longer than %d: %s", key, lang, most, said)
			}
			for _, m := range commandNamed.FindAllStringSubmatch(said, -1) {
				if !names[lang][m[1]] {
					t.Errorf("%s, %s: there is no %s", key, lang, m[1])
				}
			}
		}
	}
}

var commandNamed = regexp.MustCompile(`(?:^|\s)(/[\pL\pM\pN-]+)`)

// TestWordings shows that every command, option and choice is called something in
// each language, and nothing is worded that is not there.
func TestWordings(t *testing.T) {
	a := new(App)
	a.commands = a.allCommands()
	used := make(map[string]bool)
	check := func(key string, names map[string]string) {
		used[key] = true
		for _, locale := range []string{"de", "fr", "es-ES", "es-419", "hi"} {
			if names[locale] == "" {
				t.Errorf("%s has no name in %s", key, locale)
			}
		}
		if len(names) != 5 {
			t.Errorf("%s is called %v", key, names)
		}
	}
	var options func(key string, of []option)
	options = func(key string, of []option) {
		for _, o := range of {
			at := key + " " + o.Name
			check(at, o.Names)
			check(at, o.Descriptions)
			for _, c := range o.Choices {
				check(at+" "+c.Name, c.Names)
			}
			options(at, o.Options)
		}
	}
	for _, d := range a.definitions() {
		check(d.Name, d.Names)
		if d.Kind == 0 {
			check(d.Name, d.Descriptions)
		}
		options(d.Name, d.Options)
	}
	for key, in := range words() {
		if !used[key] {
			t.Errorf("%s is worded but not there", key)
		}
		if locales := []string{in["es-ES"].name, in["es-419"].name}; slices.Contains(locales, "") {
			t.Errorf("%s is called %v in Spanish", key, locales)
		}
	}
}
