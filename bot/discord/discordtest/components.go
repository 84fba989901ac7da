package discordtest

import (
	"fmt"
	"slices"
)

// Types of components.
const (
	typeRow       = 1
	typeButton    = 2
	typeSelect    = 3
	typeText      = 4
	typeSection   = 9
	typeDisplay   = 10
	typeThumbnail = 11
	typeContainer = 17
	typeLabel     = 18

	styleLink    = 5
	stylePremium = 6
)

// form walks over the components of one message or modal.
type form struct {
	problems map[string]string
	ids      map[string]bool
	nodes    int
	text     int
	modal    bool
	v2       bool
}

func checkComponents(problems map[string]string, components []any, v2 bool) {
	f := &form{problems: problems, ids: map[string]bool{}, v2: v2}
	if !v2 && len(components) > maxRows {
		problems["components"] = fmt.Sprintf("%d rows, more than %d", len(components), maxRows)
	}
	f.walk("components", components, 0)
	if f.nodes > maxNodes {
		problems["components"] = fmt.Sprintf("%d components, more than %d", f.nodes, maxNodes)
	}
	if f.text > maxV2Text {
		problems["components"] = fmt.Sprintf("%d characters in all texts, more than %d", f.text, maxV2Text)
	}
}

func (f *form) note(path, format string, args ...any) {
	f.problems[path] = fmt.Sprintf(format, args...)
}

// walk checks a list, whose parent is of a type (0 at the top).
func (f *form) walk(path string, list []any, parent int) {
	for i, v := range list {
		o, _ := v.(object)
		f.component(fmt.Sprintf("%s.%d", path, i), o, parent)
	}
}

// allowed are the types that may stand within a type; 0 is the top of a message.
var allowed = map[int][]int{
	0:             {typeRow, typeSection, typeDisplay, 12, 13, 14, typeContainer},
	typeRow:       {typeButton, typeSelect, typeText, 5, 6, 7, 8},
	typeSection:   {typeDisplay},
	typeContainer: {typeRow, typeSection, typeDisplay, 12, 13, 14},
}

func (f *form) component(path string, o object, parent int) {
	f.nodes++
	kind := int(number(o["type"]))
	switch {
	case f.modal && parent == 0:
		if kind != typeRow && kind != typeLabel && kind != typeDisplay {
			f.note(path+".type", "a component of type %d cannot be in a modal", kind)
		}
	case f.modal && parent == typeRow && kind != typeText:
		f.note(path+".type", "a row of a modal holds a text, not a component of type %d", kind)
	case !f.modal && (!slices.Contains(allowed[parent], kind) || kind == typeText || !f.v2 && parent == 0 && kind != typeRow):
		f.note(path+".type", "a component of type %d cannot be here", kind)
	}
	children, _ := o["components"].([]any)
	switch kind {
	case typeRow:
		f.row(path, children)
	case typeButton:
		f.button(path, o)
	case typeSelect, 5, 6, 7, 8:
		f.choose(path, o, kind)
	case typeText:
		f.input(path, o, parent)
	case typeDisplay:
		f.text += length(o["content"])
		if length(o["content"]) == 0 {
			f.note(path+".content", "is missing")
		}
	case typeSection:
		if len(children) < 1 || len(children) > 3 {
			f.note(path+".components", "%d texts, not 1 to 3", len(children))
		}
		f.walk(path+".components", children, kind)
		if a, _ := o["accessory"].(object); number(a["type"]) == typeButton {
			f.nodes++
			f.button(path+".accessory", a)
		} else if number(a["type"]) != typeThumbnail {
			f.note(path+".accessory", "is missing")
		}
	case typeContainer:
		f.walk(path+".components", children, kind)
	case typeLabel:
		f.label(path, o)
	}
}

func (f *form) row(path string, children []any) {
	buttons := 0
	for _, v := range children {
		if o, _ := v.(object); number(o["type"]) == typeButton {
			buttons++
		}
	}
	switch {
	case len(children) == 0:
		f.note(path+".components", "is empty")
	case buttons > 5:
		f.note(path+".components", "%d buttons, more than 5", buttons)
	case buttons == 0 && len(children) > 1, buttons > 0 && buttons < len(children):
		f.note(path+".components", "a row holds buttons, or one other component")
	}
	f.walk(path+".components", children, typeRow)
}

func (f *form) customID(path string, v any) {
	id, _ := v.(string)
	tooLong(f.problems, path+".custom_id", v, 100)
	switch {
	case id == "":
		f.note(path+".custom_id", "is missing")
	case f.ids[id]:
		f.note(path+".custom_id", "Component custom id cannot be duplicated: %s", id)
	}
	f.ids[id] = true
}

func (f *form) button(path string, o object) {
	tooLong(f.problems, path+".label", o["label"], 80)
	emoji, _ := o["emoji"].(object)
	if length(o["label"]) == 0 && emoji == nil && number(o["style"]) != stylePremium {
		f.note(path+".label", "a button needs a label or an emoji")
	}
	if emoji != nil && length(emoji["name"]) == 0 && length(emoji["id"]) == 0 {
		f.note(path+".emoji", "Invalid emoji")
	}
	switch style := number(o["style"]); {
	case style < 1 || style > 6:
		f.note(path+".style", "there is no style %v", o["style"])
	case style == styleLink:
		if length(o["url"]) == 0 {
			f.note(path+".url", "is missing")
		}
		if length(o["custom_id"]) > 0 {
			f.note(path+".custom_id", "A custom id and url cannot both be specified")
		}
		checkURL(f.problems, path+".url", o["url"], 512)
	case style != stylePremium:
		if length(o["url"]) > 0 {
			f.note(path+".url", "is for buttons of style 5")
		}
		f.customID(path, o["custom_id"])
	}
}

func (f *form) choose(path string, o object, kind int) {
	f.customID(path, o["custom_id"])
	tooLong(f.problems, path+".placeholder", o["placeholder"], 150)
	options, _ := o["options"].([]any)
	least, most := 1., 1.
	if v, ok := o["min_values"].(float64); ok {
		least = v
	}
	if v, ok := o["max_values"].(float64); ok {
		most = v
	}
	if least < 0 || least > 25 || most < 1 || most > 25 || least > most {
		f.note(path+".min_values", "%v to %v values cannot be chosen", least, most)
	}
	f.checkMenu(path, o, kind, least, most)
	if kind != typeSelect {
		return
	}
	if len(options) < 1 || len(options) > 25 {
		f.note(path+".options", "%d options, not 1 to 25", len(options))
	}
	if int(most) > len(options) {
		f.note(path+".max_values", "%v values of %d options", most, len(options))
	}
	values := map[string]bool{}
	for i, v := range options {
		p, _ := v.(object)
		at := fmt.Sprintf("%s.options.%d", path, i)
		for _, name := range []string{"label", "value", "description"} {
			tooLong(f.problems, at+"."+name, p[name], 100)
			if name != "description" && length(p[name]) == 0 {
				f.note(at+"."+name, "is missing")
			}
		}
		value, _ := p["value"].(string)
		if values[value] {
			f.note(at+".value", "The specified option value is already used: %s", value)
		}
		values[value] = true
	}
}

func (f *form) input(path string, o object, parent int) {
	f.customID(path, o["custom_id"])
	if parent == typeRow {
		tooLong(f.problems, path+".label", o["label"], 45)
		if length(o["label"]) == 0 {
			f.note(path+".label", "is missing")
		}
	}
	tooLong(f.problems, path+".placeholder", o["placeholder"], 100)
	tooLong(f.problems, path+".value", o["value"], 4000)
	least, most := number(o["min_length"]), number(o["max_length"])
	if _, given := o["max_length"]; least < 0 || least > 4000 || given && most < 1 || most > 4000 || given && least > most {
		f.note(path+".min_length", "a text of %v to %v characters cannot be", least, most)
	}
	if most > 0 && float64(length(o["value"])) > most {
		f.note(path+".value", "is longer than max_length")
	}
	if style := number(o["style"]); style != 1 && style != 2 {
		f.note(path+".style", "there is no style %v", o["style"])
	}
}

func (f *form) label(path string, o object) {
	tooLong(f.problems, path+".label", o["label"], 45)
	tooLong(f.problems, path+".description", o["description"], 100)
	if length(o["label"]) == 0 {
		f.note(path+".label", "is missing")
	}
	inner, _ := o["component"].(object)
	f.component(path+".component", inner, typeLabel)
}

func number(v any) float64 {
	n, _ := v.(float64)
	return n
}

// checkModal checks the data of a callback that opens a modal.
func checkModal(problems map[string]string, data object) {
	tooLong(problems, "data.title", data["title"], 45)
	tooLong(problems, "data.custom_id", data["custom_id"], 100)
	for _, name := range []string{"title", "custom_id"} {
		if length(data[name]) == 0 {
			problems["data."+name] = "is missing"
		}
	}
	components, _ := data["components"].([]any)
	if len(components) < 1 || len(components) > 5 {
		problems["data.components"] = fmt.Sprintf("%d components, not 1 to 5", len(components))
	}
	f := &form{problems: problems, ids: map[string]bool{}, modal: true}
	f.walk("data.components", components, 0)
}

// checkChoices checks the data of a callback that answers an autocomplete.
func checkChoices(problems map[string]string, data object) []Choice {
	list, _ := data["choices"].([]any)
	if len(list) > 25 {
		problems["data.choices"] = fmt.Sprintf("%d choices, more than 25", len(list))
	}
	var choices []Choice
	for i, v := range list {
		o, _ := v.(object)
		at := fmt.Sprintf("data.choices.%d", i)
		tooLong(problems, at+".name", o["name"], 100)
		tooLong(problems, at+".value", o["value"], 100)
		if length(o["name"]) == 0 {
			problems[at+".name"] = "is missing"
		}
		if s, ok := o["value"].(string); o["value"] == nil || ok && s == "" {
			problems[at+".value"] = "is missing"
		}
		name, _ := o["name"].(string)
		choices = append(choices, Choice{Name: name, Value: o["value"]})
	}
	return choices
}
