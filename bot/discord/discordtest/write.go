package discordtest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// draft is what a request wants a message to say.
type draft struct {
	content    *string
	embeds     []any
	components []any
	hasEmbeds  bool
	hasRows    bool
	keep       []any // attachments to keep or describe
	hasKeep    bool
	flags      int
	hasFlags   bool
	files      []*File
}

// written says how a message is written.
type written int

const (
	inChannel written = iota // by the bot as itself
	asPost                   // the first of a forum's post
	asAnswer                 // to an interaction
	asEdit                   // over one that is there
)

// draft reads a message from a body, and checks what Discord checks.
func (c *call) draft(body object, how written) (draft, *apiError) {
	var d draft
	if s, ok := body["content"].(string); ok {
		s = strings.TrimSpace(s)
		d.content = &s
	} else if v, ok := body["content"]; ok && v == nil {
		d.content = new(string)
	}
	d.embeds, d.hasEmbeds = items(body, "embeds")
	d.components, d.hasRows = items(body, "components")
	d.keep, d.hasKeep = items(body, "attachments")
	if f, ok := body["flags"].(float64); ok {
		d.flags, d.hasFlags = int(f), true
	}
	d.files = c.files
	problems := map[string]string{}
	checkContent(problems, body, d.flags&flagComponents != 0)
	checkEmbeds(problems, d.embeds)
	checkComponents(problems, d.components, d.flags&flagComponents != 0)
	checkFiles(problems, d)
	checkWritten(problems, body, d.flags, how)
	if how != asEdit || d.content != nil && *d.content != "" {
		checkMentions(problems, body)
	}
	if len(problems) > 0 {
		return d, invalid(problems)
	}
	return d, nil
}

// items returns a list, and whether the body has it. A list that is null is
// there, and empty.
func items(body object, name string) ([]any, bool) {
	v, ok := body[name]
	l, _ := v.([]any)
	return l, ok
}

// checkWritten checks what only some messages can have. What Discord would
// leave unread is refused here: whoever sent it meant something.
func checkWritten(problems map[string]string, body object, flags int, how written) {
	may := map[written]int{
		inChannel: flagSuppress | flagSilent | flagComponents,
		asPost:    flagSuppress | flagSilent | flagComponents,
		asAnswer:  flagSuppress | flagSilent | flagComponents | flagEphemeral,
		asEdit:    flagSuppress | flagComponents,
	}[how]
	if bad := flags &^ may; bad != 0 {
		problems["flags"] = fmt.Sprintf("flags %d cannot be set here", bad)
	}
	nonce := body["nonce"]
	if length(nonce) > maxNonce {
		problems["nonce"] = fmt.Sprintf("%d characters, more than %d", length(nonce), maxNonce)
	}
	if body["enforce_nonce"] == true && nonce == nil {
		problems["enforce_nonce"] = "there is no nonce"
	}
	if how == inChannel {
		return
	}
	for _, name := range []string{"nonce", "enforce_nonce", "message_reference"} {
		if body[name] != nil {
			problems[name] = "is only for a new message in a channel"
		}
	}
}

// maxNonce: https://discord.com/developers/docs/resources/message#create-message
const maxNonce = 25

func checkFiles(problems map[string]string, d draft) {
	for i, f := range d.files {
		if len(f.Data) > 10<<20 {
			problems[fmt.Sprintf("files.%d", i)] = "larger than 10 MiB"
		}
		if f.Name == "" {
			problems[fmt.Sprintf("files.%d", i)] = "has no name"
		}
	}
	if len(d.files) > 10 {
		problems["files"] = "more than 10 files"
	}
}

// checkMentions holds the bot to mention nobody, ever: Discord allows more.
func checkMentions(problems map[string]string, body object) {
	m, ok := body["allowed_mentions"].(object)
	if !ok {
		problems["allowed_mentions"] = "is missing (this package wants it with an empty parse, so that nobody is pinged)"
		return
	}
	parse, ok := m["parse"].([]any)
	if users, _ := m["users"].([]any); !ok || len(parse) > 0 || len(users) > 0 {
		problems["allowed_mentions"] = "has to have an empty list parse, and no users"
	}
	if roles, _ := m["roles"].([]any); len(roles) > 0 {
		problems["allowed_mentions"] = "allows roles"
	}
	if m["replied_user"] == true {
		problems["allowed_mentions"] = "pings the user who is replied to"
	}
}

// apply puts a draft into a message, or refuses one that would be empty.
func (m *Message) apply(d draft) *apiError {
	content, embeds, components, files := m.content, m.embeds, m.components, m.files
	if d.content != nil {
		content = *d.content
	}
	if d.hasEmbeds {
		embeds = d.embeds
	}
	if d.hasRows {
		components = d.components
	}
	described := map[string]bool{} // the new files that attachments lists
	if d.hasKeep {
		files = nil
		for _, k := range d.keep {
			o, _ := k.(object)
			id := fmt.Sprint(o["id"])
			if slices.ContainsFunc(d.files, func(f *File) bool { return f.id == id }) {
				described[id] = true
				continue
			}
			i := slices.IndexFunc(m.files, func(f *File) bool { return f.id == id })
			if i < 0 {
				return invalid(map[string]string{"attachments": "there is no attachment " + id})
			}
			files = append(files, m.files[i])
		}
	}
	v2 := (m.flags|d.flags)&flagComponents != 0
	if v2 && (content != "" || len(embeds) > 0) {
		return invalid(map[string]string{"content": "cannot be used with flag IS_COMPONENTS_V2, nor can embeds"})
	}
	if content == "" && len(embeds) == 0 && len(files)+len(d.files) == 0 && (!v2 || len(components) == 0) {
		return refuse(http.StatusBadRequest, codeEmptyMessage, "Cannot send an empty message")
	}
	for _, f := range d.files {
		files = append(files, m.s.keepFile(m.channel, f))
	}
	m.content, m.embeds, m.components, m.files = content, filledEmbeds(embeds), filledComponents(components), files
	m.flags = m.flags&^flagLoading | d.flags&(flagComponents|flagSilent|flagSuppress)
	return nil
}

// filledEmbeds adds what Discord adds.
func filledEmbeds(embeds []any) []any {
	out := make([]any, 0, len(embeds))
	for _, e := range embeds {
		o := object{"type": "rich"}
		from, _ := e.(object)
		for k, v := range from {
			if v != nil && v != "" {
				o[k] = v
			}
		}
		out = append(out, o)
	}
	return out
}

// componentDefaults are what Discord adds to components that do not say it.
var componentDefaults = map[int]object{
	typeSelect: {"min_values": 1, "max_values": 1}, typeUserMenu: {"min_values": 1, "max_values": 1},
	typeRoleMenu: {"min_values": 1, "max_values": 1}, typeMentionableMenu: {"min_values": 1, "max_values": 1},
	typeChannelMenu: {"min_values": 1, "max_values": 1},
	14:              {"spacing": 1, "divider": true}, typeContainer: {"accent_color": nil, "spoiler": false},
}

// filledComponents numbers components, as Discord does.
func filledComponents(components []any) []any {
	id := 0
	var fill func(any) any
	fill = func(v any) any {
		switch v := v.(type) {
		case []any:
			out := make([]any, len(v))
			for i := range v {
				out[i] = fill(v[i])
			}
			return out
		case object:
			o := object{}
			_, isComponent := v["type"].(float64)
			if isComponent {
				id++
				o["id"] = id
				maps.Copy(o, componentDefaults[int(number(v["type"]))])
			}
			for k, x := range v {
				switch {
				case x == nil, k == "id" && isComponent && x == 0.:
				case k == "components" || k == "accessory":
					o[k] = fill(x)
				default:
					o[k] = x
				}
			}
			return o
		}
		return v
	}
	out, _ := fill(components).([]any)
	return out
}
