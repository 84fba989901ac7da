package discordtest

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Text shows the message as a person would read it, without its author: the
// content, embeds, files and components, one under the other.
func (m *Message) Text() string {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	return m.text()
}

func (m *Message) text() string {
	var b strings.Builder
	if m.flags&flagLoading != 0 {
		b.WriteString("(thinking)\n")
	}
	if m.content != "" {
		b.WriteString(m.content + "\n")
	}
	for _, v := range m.snapshots {
		o, _ := v.(object)
		inner, _ := o["message"].(object)
		fmt.Fprintf(&b, "(forwarded) %v\n", inner["content"])
	}
	for _, v := range m.embeds {
		o, _ := v.(object)
		b.WriteString(indent("▌ ", embedText(o)))
	}
	for _, f := range m.files {
		fmt.Fprintf(&b, "(file %s, %s)\n", f.Name, f.Type)
		if strings.HasPrefix(f.Type, "text/") && utf8.Valid(f.Data) {
			b.WriteString(indent("│ ", string(f.Data)))
		}
	}
	b.WriteString(componentsText(m.components))
	return m.s.named(b.String())
}

func indent(with, text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimRight(text, "\n") + "\n") {
		b.WriteString(strings.TrimRight(with+strings.TrimSuffix(line, "\n"), " ") + "\n")
	}
	return b.String()
}

func embedText(o object) string {
	var b strings.Builder
	part := func(name, key string) {
		if p, ok := o[name].(object); ok && p[key] != nil && p[key] != "" {
			fmt.Fprintf(&b, "%v\n", p[key])
		}
	}
	part("author", "name")
	if o["title"] != nil {
		fmt.Fprintf(&b, "**%v**", o["title"])
		if o["url"] != nil {
			fmt.Fprintf(&b, " <%v>", o["url"])
		}
		b.WriteString("\n")
	}
	if o["description"] != nil {
		fmt.Fprintf(&b, "%v\n", o["description"])
	}
	fields, _ := o["fields"].([]any)
	for _, v := range fields {
		f, _ := v.(object)
		fmt.Fprintf(&b, "%v: %v\n", f["name"], f["value"])
	}
	part("footer", "text")
	return b.String()
}

func componentsText(list []any) string {
	var b strings.Builder
	for _, v := range list {
		o, _ := v.(object)
		inner, _ := o["components"].([]any)
		switch number(o["type"]) {
		case typeRow:
			var row []string
			for _, v := range inner {
				p, _ := v.(object)
				row = append(row, componentText(p))
			}
			b.WriteString(strings.Join(row, " ") + "\n")
		case typeDisplay:
			fmt.Fprintf(&b, "%v\n", o["content"])
		case typeSection:
			b.WriteString(componentsText(inner))
			a, _ := o["accessory"].(object)
			b.WriteString(componentText(a) + "\n")
		case typeContainer:
			b.WriteString(indent("┃ ", componentsText(inner)))
		case 14:
			b.WriteString("───\n")
		default:
			fmt.Fprintf(&b, "(component %v)\n", o["type"])
		}
	}
	return b.String()
}

// componentText is a button as [label], or [label](link), or a menu as
// {placeholder: options}, where those are the guild's {placeholder: chosen}.
func componentText(o object) string {
	off := ""
	if o["disabled"] == true {
		off = " (off)"
	}
	switch number(o["type"]) {
	case typeButton:
		label, _ := o["label"].(string)
		if emoji, _ := o["emoji"].(object); emoji != nil {
			label = strings.TrimSpace(fmt.Sprint(emoji["name"]) + " " + label)
		}
		if o["url"] != nil {
			return fmt.Sprintf("[%s%s](%v)", label, off, o["url"])
		}
		return "[" + label + off + "]"
	case typeSelect:
		var labels []string
		options, _ := o["options"].([]any)
		for _, v := range options {
			p, _ := v.(object)
			labels = append(labels, fmt.Sprint(p["label"]))
		}
		placeholder, _ := o["placeholder"].(string)
		return "{" + placeholder + off + ": " + strings.Join(labels, " | ") + "}"
	case typeUserMenu, typeRoleMenu, typeMentionableMenu, typeChannelMenu:
		placeholder, _ := o["placeholder"].(string)
		of := map[float64]string{typeUserMenu: "<@", typeRoleMenu: "<@&", typeMentionableMenu: "<@", typeChannelMenu: "<#"}[number(o["type"])]
		var chosen []string
		values, _ := o["default_values"].([]any)
		for _, v := range values {
			p, _ := v.(object)
			chosen = append(chosen, fmt.Sprint(of, p["id"], ">"))
		}
		return strings.TrimSuffix("{"+placeholder+off+": "+strings.Join(chosen, " "), ": ") + "}"
	}
	return fmt.Sprintf("(component %v)", o["type"])
}

func (f *Modal) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "form “%s”:\n", f.Title)
	line := func(label any, o object) {
		need := "optional"
		if o["required"] != false {
			need = "required"
		}
		fmt.Fprintf(&b, "  %v (%s)", label, need)
		if v, _ := o["value"].(string); v != "" {
			b.WriteString(": " + v)
		}
		b.WriteString("\n")
	}
	components, _ := f.data["components"].([]any)
	for _, v := range components {
		o, _ := v.(object)
		switch number(o["type"]) {
		case typeRow:
			inner, _ := o["components"].([]any)
			p, _ := inner[0].(object)
			line(p["label"], p)
		case typeLabel:
			p, _ := o["component"].(object)
			line(o["label"], p)
		case typeDisplay:
			fmt.Fprintf(&b, "  %v\n", o["content"])
		}
	}
	return b.String()
}

var (
	channelMention = regexp.MustCompile(`<#([0-9]+)>`)
	snowflake      = regexp.MustCompile(`\b[0-9]{17,20}\b`)
)

// named puts names for what differs between two runs: IDs and the port.
func (s *Server) named(text string) string {
	text = mention.ReplaceAllStringFunc(text, func(m string) string {
		if u := s.userByID(mention.FindStringSubmatch(m)[1]); u != nil {
			return "@" + u.Name
		}
		return m
	})
	text = channelMention.ReplaceAllStringFunc(text, func(m string) string {
		if c := s.channels[channelMention.FindStringSubmatch(m)[1]]; c != nil {
			return "#" + c.Name
		}
		return m
	})
	text = roleMention.ReplaceAllStringFunc(text, func(m string) string {
		for _, g := range s.guilds {
			for _, r := range g.roles {
				if r.ID == roleMention.FindStringSubmatch(m)[1] {
					return "@" + strings.TrimPrefix(r.Name, "@")
				}
			}
		}
		return m
	})
	text = strings.ReplaceAll(text, s.CDN, "https://cdn.test")
	return snowflake.ReplaceAllStringFunc(text, func(id string) string {
		switch c, u := s.channels[id], s.userByID(id); {
		case c != nil:
			return "{" + c.Name + "}"
		case u != nil:
			return "{" + u.Name + "}"
		case s.messages[id] != nil:
			return "{message of " + s.messages[id].author.Name + "}"
		}
		for _, g := range s.guilds {
			if g.ID == id {
				return "{" + g.Name + "}"
			}
		}
		for _, i := range s.interactions {
			if i.ID == id {
				return "{interaction}"
			}
		}
		if strings.HasPrefix(id, "0") {
			return id
		}
		return "{id}"
	})
}

// Transcript shows what happened in the channel, oldest first, as it stands
// now, with what was for one person alone:
//
//	ada: /ask question:How tall is the lighthouse?
//	Pilcrow, to ada alone:
//	  It is 31 metres tall. [1]
//	  [Show] [Delete]
//	ada clicks [Show]
//
// IDs are replaced by names.
func (c *Channel) Transcript() string {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.transcript()
}

func (c *Channel) transcript() string {
	var b strings.Builder
	for _, e := range c.log {
		switch e := e.(type) {
		case *Interaction:
			who := e.user.Name + ": "
			if e.kind == kindComponent || e.kind == kindModal {
				who = e.user.Name + " "
			}
			b.WriteString(c.s.named(who+e.label) + "\n")
			if e.modal != nil {
				b.WriteString(indent("  ", c.s.named(e.modal.text())))
			}
			for _, choice := range e.choices {
				b.WriteString("  " + c.s.named(choice.Name) + "\n")
			}
		case *Message:
			b.WriteString(e.transcript())
		}
	}
	return b.String()
}

func (m *Message) transcript() string {
	var b strings.Builder
	b.WriteString(m.author.Name)
	if m.to != nil {
		b.WriteString(", to " + m.to.Name + " alone")
	}
	if m.referenced != nil && m.source == nil {
		b.WriteString(", replying to " + m.referenced.author.Name)
	}
	if m.deleted {
		return b.String() + ": (deleted)\n"
	}
	b.WriteString(":\n" + indent("  ", m.text()))
	if m.thread != nil {
		b.WriteString("  (thread “" + m.thread.Name + "”)\n")
	}
	return b.String()
}

// Transcript shows all channels in which something happened.
func (s *Server) Transcript() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	show := func(c *Channel) {
		if len(c.log) > 0 {
			fmt.Fprintf(&b, "# %s\n%s", strings.TrimPrefix(c.title(), "#"), c.transcript())
		}
	}
	for _, g := range s.guilds {
		for _, c := range g.channels {
			show(c)
		}
	}
	for _, u := range s.users {
		if u.dm != nil {
			show(u.dm)
		}
	}
	return b.String()
}
