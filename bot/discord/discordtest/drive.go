package discordtest

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// What people do. Each of these is refused, by failing the test, where
// Discord's client would not offer it: a command that is not registered, a
// button that is disabled, a form that is not filled.

// Option is a value given to a command's option.
type Option struct {
	Name string
	// Value is a string, bool, int, float64, *User, *Channel, *Role or *File.
	Value any
}

// Opt makes an Option.
func Opt(name string, value any) Option { return Option{name, value} }

// Slash uses a command: "/ask" with options, or "/ask question:How tall is it?"
// with options in the line. Subcommands are words after the name. It waits
// until the command is registered.
func (s *Server) Slash(u *User, c *Channel, line string, options ...Option) *Interaction {
	s.tb.Helper()
	command, path, options := s.parse(u, c, line, options)
	i := &Interaction{kind: kindCommand, user: u, channel: c, label: label(line, command, options)}
	i.data = s.commandData(u, c, command, path, options, "")
	return s.send(i)
}

// Autocomplete types text into an option of a command, and returns what the
// bot suggests. The line is one of Slash, with the options filled before.
func (s *Server) Autocomplete(u *User, c *Channel, line, option, text string) []Choice {
	s.tb.Helper()
	command, path, options := s.parse(u, c, line, nil)
	options = append(options, Opt(option, text))
	i := &Interaction{kind: kindAutocomplete, user: u, channel: c, label: label(line, command, options) + "…"}
	i.data = s.commandData(u, c, command, path, options, option)
	s.send(i)
	s.Wait("suggestions for "+i.label, i.isAcknowledged)
	return i.choices
}

// MessageCommand uses a command of a message's menu.
func (s *Server) MessageCommand(u *User, name string, m *Message) *Interaction {
	s.tb.Helper()
	command := s.command(name, 3)
	s.mayUse(u, m.channel, command)
	i := &Interaction{kind: kindCommand, user: u, channel: m.channel, target: m, label: name + " on a message of " + m.author.Name}
	s.mu.Lock()
	i.data = object{
		"id": command["id"], "name": name, "type": 3, "target_id": m.ID,
		"resolved": object{"messages": object{m.ID: m.json(true)}},
	}
	s.mu.Unlock()
	return s.send(i)
}

// command waits for a registered command.
func (s *Server) command(name string, kind int) object {
	s.tb.Helper()
	var found object
	s.Wait("the command "+name+" to be registered", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, o := range s.commands {
			if o["name"] == name && o["type"] == kind {
				found = o
			}
		}
		return found != nil
	})
	return found
}

// mayUse checks that the client would show a command at all.
func (s *Server) mayUse(u *User, c *Channel, command object) {
	s.tb.Helper()
	s.WaitReady()
	s.mu.Lock()
	defer s.mu.Unlock()
	contexts, _ := command["contexts"].([]any)
	where, may := 0., c.may(u)
	if c.kind == kindDM {
		where = 1
	}
	if len(contexts) > 0 && !slices.Contains(contexts, any(where)) || contexts == nil && where == 1 && command["dm_permission"] == false {
		s.tb.Fatalf("discordtest: %v cannot be used in %s", command["name"], c.title())
	}
	if may&UseCommands == 0 || may&ViewChannel == 0 {
		s.tb.Fatalf("discordtest: %s may not use commands in %s", u.Name, c.title())
	}
	if p, ok := command["default_member_permissions"].(string); ok && c.guild != nil {
		need, _ := strconv.ParseUint(p, 10, 64)
		if may&Permission(need) != Permission(need) || need == 0 && may&Administrator == 0 && u != c.guild.Owner {
			s.tb.Fatalf("discordtest: %s may not use %v", u.Name, command["name"])
		}
	}
}

var optionStart = regexp.MustCompile(`(?:^|\s)([-_\p{L}\p{N}]+):`)

// parse takes a line apart: the command, the subcommands, the options.
func (s *Server) parse(u *User, c *Channel, line string, more []Option) (command object, path []object, options []Option) {
	s.tb.Helper()
	name, rest, _ := strings.Cut(strings.TrimPrefix(line, "/"), " ")
	command = s.command(name, 1)
	s.mayUse(u, c, command)
	at := command
	for {
		word, after, _ := strings.Cut(rest, " ")
		sub := option(at, word)
		if sub == nil || number(sub["type"]) > 2 {
			break
		}
		path, at, rest = append(path, sub), sub, after
	}
	var starts [][]int
	for _, m := range optionStart.FindAllStringSubmatchIndex(rest, -1) {
		if option(at, rest[m[2]:m[3]]) != nil {
			starts = append(starts, m)
		}
	}
	if len(starts) == 0 && strings.TrimSpace(rest) != "" || len(starts) > 0 && strings.TrimSpace(rest[:starts[0][0]]) != "" {
		s.tb.Fatalf("discordtest: %s: there is no option or subcommand %q", line, rest)
	}
	for k, m := range starts {
		end := len(rest)
		if k+1 < len(starts) {
			end = starts[k+1][0]
		}
		options = append(options, Opt(rest[m[2]:m[3]], strings.TrimSpace(rest[m[1]:end])))
	}
	return command, path, append(options, more...)
}

func option(o object, name string) object {
	list, _ := o["options"].([]any)
	for _, v := range list {
		if p, _ := v.(object); p["name"] == name {
			return p
		}
	}
	return nil
}

// label is what the transcript says of a command.
func label(line string, _ object, options []Option) string {
	head, _, _ := strings.Cut(line, ":")
	if head != line { // options in the line
		fields := strings.Fields(head)
		head = strings.Join(fields[:len(fields)-1], " ")
	}
	var b strings.Builder
	b.WriteString(head)
	for _, o := range options {
		value := o.Value
		switch v := value.(type) {
		case *User:
			value = "@" + v.Name
		case *Channel:
			value = "#" + v.Name
		case *Role:
			value = "@" + v.Name
		case *File:
			value = v.Name
		}
		fmt.Fprintf(&b, " %s:%v", o.Name, value)
	}
	return b.String()
}

// commandData is what an interaction says of a command and its options.
func (s *Server) commandData(u *User, c *Channel, command object, path []object, options []Option, focused string) object {
	s.tb.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	at := command
	if len(path) > 0 {
		at = path[len(path)-1]
	}
	resolved := object{}
	list := []any{}
	for _, o := range options {
		def := option(at, o.Name)
		if def == nil {
			s.tb.Fatalf("discordtest: /%v has no option %s", command["name"], o.Name)
		}
		given := object{"name": o.Name, "type": def["type"]}
		if o.Name == focused {
			if def["autocomplete"] != true {
				s.tb.Fatalf("discordtest: option %s of /%v has no autocomplete", o.Name, command["name"])
			}
			given["focused"], given["value"] = true, o.Value
		} else {
			given["value"] = s.optionValue(c, def, o, resolved)
		}
		list = append(list, given)
	}
	defs, _ := at["options"].([]any)
	for _, v := range defs {
		def, _ := v.(object)
		if def["required"] == true && focused == "" && !slices.ContainsFunc(options, func(o Option) bool { return o.Name == def["name"] }) {
			s.tb.Fatalf("discordtest: /%v needs option %v", command["name"], def["name"])
		}
	}
	for _, sub := range slices.Backward(path) {
		list = []any{object{"name": sub["name"], "type": sub["type"], "options": list}}
	}
	data := object{"id": command["id"], "name": command["name"], "type": 1}
	if len(list) > 0 {
		data["options"] = list
	}
	if len(resolved) > 0 {
		data["resolved"] = resolved
	}
	return data
}

// optionValue turns a value into the type of the option.
func (s *Server) optionValue(c *Channel, def object, o Option, resolved object) any {
	s.tb.Helper()
	into := func(kind, id string, v object) string {
		m, ok := resolved[kind].(object)
		if !ok {
			m = object{}
			resolved[kind] = m
		}
		m[id] = v
		return id
	}
	text := fmt.Sprint(o.Value)
	bad := func() { s.tb.Fatalf("discordtest: option %s cannot be %q", o.Name, text) }
	switch number(def["type"]) {
	case 3:
		n, least, most := length(text), number(def["min_length"]), number(def["max_length"])
		if float64(n) < least || most > 0 && float64(n) > most || n > 6000 || n == 0 {
			s.tb.Fatalf("discordtest: option %s cannot be %d characters long", o.Name, n)
		}
		if choices, _ := def["choices"].([]any); len(choices) > 0 {
			for _, v := range choices {
				if p, _ := v.(object); p["name"] == text || p["value"] == text {
					return p["value"]
				}
			}
			bad()
		}
		return text
	case 4, 10:
		n, err := strconv.ParseFloat(text, 64)
		least, hasLeast := def["min_value"].(float64)
		most, hasMost := def["max_value"].(float64)
		if err != nil || hasLeast && n < least || hasMost && n > most {
			bad()
		}
		return n
	case 5:
		b, err := strconv.ParseBool(text)
		if err != nil {
			bad()
		}
		return b
	}
	switch v := o.Value.(type) {
	case *User:
		if c.guild != nil && c.guild.member(v) != nil {
			into("members", v.ID, c.guild.member(v).json(false))
		}
		return into("users", v.ID, v.json())
	case *Channel:
		p := v.json()
		p["permissions"] = permissionText(v.may(s.Bot))
		return into("channels", v.ID, p)
	case *Role:
		return into("roles", v.ID, v.json(1))
	case *File:
		s.keepFile(c, v)
		return into("attachments", v.id, v.json())
	}
	bad()
	return nil
}

// Acknowledged returns how long the bot took to acknowledge, or 0 if it has
// not yet.
func (i *Interaction) Acknowledged() time.Duration {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	if i.acknowledged.IsZero() {
		return 0
	}
	return i.acknowledged.Sub(i.real)
}

func (i *Interaction) isAcknowledged() bool { return i.Acknowledged() > 0 }

// Private says whether the answer is for the person alone.
func (i *Interaction) Private() bool {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return i.private
}

// Message waits for the first answer to say something, and returns it: the
// bot's new message, or the one whose button was used if that was changed.
func (i *Interaction) Message() *Message {
	i.s.tb.Helper()
	i.s.Wait("an answer to "+i.label, func() bool {
		i.s.mu.Lock()
		defer i.s.mu.Unlock()
		return i.answered && i.answer != nil && i.answer.flags&flagLoading == 0
	})
	return i.answer
}

// FollowUps returns the messages after the first.
func (i *Interaction) FollowUps() []*Message {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return slices.Clone(i.followUps)
}

// Modal waits for the form that the bot opens.
func (i *Interaction) Modal() *Modal {
	i.s.tb.Helper()
	i.s.Wait("a form after "+i.label, func() bool {
		i.s.mu.Lock()
		defer i.s.mu.Unlock()
		return i.modal != nil
	})
	return i.modal
}

// WaitFor blocks until a message that answers the interaction contains the
// text, and returns that message.
func (i *Interaction) WaitFor(text string) *Message {
	i.s.tb.Helper()
	var found *Message
	i.s.Wait("“"+text+"” after "+i.label, func() bool {
		i.s.mu.Lock()
		defer i.s.mu.Unlock()
		for _, m := range append([]*Message{i.answer}, i.followUps...) {
			if m != nil && !m.deleted && strings.Contains(m.text(), text) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

// waiting says whether the bot still has to answer.
func (i *Interaction) waiting() bool {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return !i.answered
}

// Transcript shows the messages that answer the interaction, as
// Channel.Transcript does.
func (i *Interaction) Transcript() string {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	var b strings.Builder
	for _, m := range append([]*Message{i.answer}, i.followUps...) {
		if m != nil {
			b.WriteString(m.transcript())
		}
	}
	return b.String()
}
