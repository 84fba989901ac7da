package discordtest

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

func (c *call) getCommands() (int, any, *apiError) {
	if c.vars["application_id"] != c.s.Bot.ID {
		return 0, nil, refuse(403, 20012, "You are not authorized to perform this action on this application")
	}
	list := []any{}
	for _, command := range c.s.commands {
		list = append(list, commandJSON(command, c.r.URL.Query().Get("with_localizations") == "true"))
	}
	return http.StatusOK, list, nil
}

// commandJSON leaves the translations out, as Discord does unless asked.
func commandJSON(command object, localised bool) object {
	o := object{}
	for k, v := range command {
		if localised || !strings.HasSuffix(k, "_localizations") {
			o[k] = v
		}
	}
	if options, ok := o["options"].([]any); ok {
		var list []any
		for _, p := range options {
			list = append(list, commandJSON(p.(object), localised))
		}
		o["options"] = list
	}
	return o
}

// putCommands replaces all commands at once.
func (c *call) putCommands() (int, any, *apiError) {
	s := c.s
	if c.vars["application_id"] != s.Bot.ID {
		return 0, nil, refuse(403, 20012, "You are not authorized to perform this action on this application")
	}
	list, _ := c.body.([]any)
	problems := map[string]string{}
	names, counts := map[string]bool{}, map[int]int{}
	var commands []object
	for i, v := range list {
		o, _ := v.(object)
		kind := commandKind(o)
		counts[kind]++
		key := fmt.Sprint(kind, o["name"])
		if names[key] {
			problems[fmt.Sprintf("%d.name", i)] = "Application command names must be unique"
		}
		names[key] = true
		checkCommand(problems, fmt.Sprintf("%d", i), o, kind)
		commands = append(commands, s.keepCommand(o, kind))
	}
	for kind, most := range map[int]int{1: 100, 2: 15, 3: 15} {
		if counts[kind] > most {
			problems[""] = fmt.Sprintf("%d commands of type %d, more than %d", counts[kind], kind, most)
		}
	}
	if len(problems) > 0 {
		return 0, nil, invalid(problems)
	}
	s.commands = commands
	s.bell.ring()
	answer := []any{}
	for _, command := range commands {
		answer = append(answer, command)
	}
	return http.StatusOK, answer, nil
}

func commandKind(o object) int {
	if kind := int(number(o["type"])); kind != 0 {
		return kind
	}
	return 1
}

// keepCommand adds what Discord adds. A command that was there keeps its ID.
func (s *Server) keepCommand(sent object, kind int) object {
	o := object{
		"id": s.id(), "application_id": s.Bot.ID, "version": s.id(), "default_member_permissions": nil,
		"type": kind, "description": "", "dm_permission": true, "contexts": nil, "integration_types": []any{0.}, "nsfw": false,
	}
	for k, v := range sent {
		if v != nil && v != "" && k != "id" && k != "application_id" && k != "version" && k != "type" {
			o[k] = v
		}
	}
	for _, before := range s.commands {
		if before["name"] == o["name"] && before["type"] == kind {
			o["id"] = before["id"]
		}
	}
	if options, ok := o["options"].([]any); ok {
		o["options"] = keepOptions(options)
	}
	return o
}

// keepOptions leaves out what is empty, as Discord does.
func keepOptions(options []any) []any {
	var list []any
	for _, p := range options {
		q := object{}
		for k, v := range p.(object) {
			if empty, ok := v.([]any); v != nil && !(ok && len(empty) == 0) {
				q[k] = v
			}
		}
		if inner, ok := q["options"].([]any); ok {
			q["options"] = keepOptions(inner)
		}
		list = append(list, q)
	}
	return list
}

var (
	// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
	slashName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)
	// https://discord.com/developers/docs/reference#locales
	locales = strings.Fields(`id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko`)
)

// checkCommand checks names, descriptions, their translations, and options.
func checkCommand(problems map[string]string, path string, o object, kind int) {
	checkNames(problems, path, o, kind == 1)
	options, _ := o["options"].([]any)
	if kind == 1 {
		checkTexts(problems, path, "description", o, 100)
		checkOptions(problems, path, options, 0)
		if n := commandText(o); n > 8000 {
			problems[path] = fmt.Sprintf("%d characters in all, more than 8000", n)
		}
		return
	}
	if length(o["description"]) > 0 || len(options) > 0 {
		problems[path] = "a command of this type has no description and no options"
	}
}

// checkTexts checks a text that has to be there, and its translations.
func checkTexts(problems map[string]string, path, name string, o object, limit int) {
	texts := map[string]any{path + "." + name: o[name]}
	translations, _ := o[name+"_localizations"].(object)
	for locale, v := range translations {
		at := path + "." + name + "_localizations." + locale
		texts[at] = v
		if !slices.Contains(locales, locale) {
			problems[at] = "there is no such locale"
		}
	}
	for at, v := range texts {
		if n := length(v); n < 1 || n > limit {
			problems[at] = fmt.Sprintf("%d characters, not 1 to %d", n, limit)
		}
	}
}

func checkNames(problems map[string]string, path string, o object, slash bool) {
	checkTexts(problems, path, "name", o, 32)
	translations, _ := o["name_localizations"].(object)
	names := map[string]any{path + ".name": o["name"]}
	for locale, v := range translations {
		names[path+".name_localizations."+locale] = v
	}
	for at, v := range names {
		name, _ := v.(string)
		if slash && (!slashName.MatchString(name) || strings.ToLower(name) != name) {
			problems[at] = "Command name is invalid: " + name
		}
	}
}

func checkOptions(problems map[string]string, path string, options []any, depth int) {
	if len(options) > 25 {
		problems[path+".options"] = fmt.Sprintf("%d options, more than 25", len(options))
	}
	names, optional := map[string]bool{}, false
	for i, v := range options {
		o, _ := v.(object)
		at := fmt.Sprintf("%s.options.%d", path, i)
		checkNames(problems, at, o, true)
		checkTexts(problems, at, "description", o, 100)
		name, _ := o["name"].(string)
		if names[name] {
			problems[at+".name"] = "Option names must be unique"
		}
		names[name] = true
		kind := int(number(o["type"]))
		required := o["required"] == true
		if required && optional {
			problems[at+".required"] = "Required options must be placed before non-required options"
		}
		optional = optional || !required && kind > 2
		choices, _ := o["choices"].([]any)
		if len(choices) > 25 {
			problems[at+".choices"] = fmt.Sprintf("%d choices, more than 25", len(choices))
		}
		if len(choices) > 0 && o["autocomplete"] == true {
			problems[at+".autocomplete"] = "cannot be used with choices"
		}
		for j, v := range choices {
			p, _ := v.(object)
			checkTexts(problems, fmt.Sprintf("%s.choices.%d", at, j), "name", p, 100)
			tooLong(problems, fmt.Sprintf("%s.choices.%d.value", at, j), p["value"], 100)
		}
		if least, most := number(o["min_length"]), number(o["max_length"]); least < 0 || least > 6000 || most < 0 || most > 6000 {
			problems[at+".max_length"] = "not 0 to 6000"
		}
		inner, _ := o["options"].([]any)
		switch {
		case kind > 2 && len(inner) > 0, kind == 2 && depth > 0, kind == 1 && depth > 1:
			problems[at+".options"] = "cannot be nested here"
		case kind <= 2:
			checkOptions(problems, at, inner, depth+1)
		}
	}
}

// commandText counts what Discord counts to 8,000: the longest translation of
// each name and description, and the values of choices.
func commandText(o object) int {
	n := 0
	for _, name := range []string{"name", "description"} {
		longest := length(o[name])
		translations, _ := o[name+"_localizations"].(object)
		for _, v := range translations {
			longest = max(longest, length(v))
		}
		n += longest
	}
	n += length(o["value"])
	for _, name := range []string{"options", "choices"} {
		l, _ := o[name].([]any)
		for _, v := range l {
			if p, ok := v.(object); ok {
				n += commandText(p)
			}
		}
	}
	return n
}
