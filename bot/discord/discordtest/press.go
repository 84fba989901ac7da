package discordtest

import (
	"fmt"
	"maps"
	"slices"
)

// find looks for a component of a message, of one of these types, by its label,
// placeholder, emoji or custom_id.
func (s *Server) find(m *Message, name string, types ...int) object {
	s.tb.Helper()
	var found object
	var search func(list []any)
	search = func(list []any) {
		for _, v := range list {
			o, _ := v.(object)
			emoji, _ := o["emoji"].(object)
			if slices.Contains(types, int(number(o["type"]))) && found == nil &&
				slices.Contains([]any{o["label"], o["placeholder"], o["custom_id"], emoji["name"]}, any(name)) {
				found = o
			}
			inner, _ := o["components"].([]any)
			search(inner)
			if a, ok := o["accessory"].(object); ok {
				search([]any{a})
			}
		}
	}
	s.Wait(fmt.Sprintf("[%s] on a message", name), func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		search(m.components)
		return found != nil
	})
	return found
}

// use makes an interaction with a component, of which data holds more.
func (s *Server) use(u *User, m *Message, o object, label string, more object) *Interaction {
	s.tb.Helper()
	s.mu.Lock()
	if m.deleted || m.to != nil && m.to != u {
		s.tb.Errorf("discordtest: %s cannot see the message", u.Name)
	}
	if o["disabled"] == true {
		s.tb.Errorf("discordtest: %s: it is disabled", label)
	}
	data := object{"custom_id": o["custom_id"], "component_type": o["type"], "id": o["id"]}
	maps.Copy(data, more)
	s.mu.Unlock()
	return s.send(&Interaction{kind: kindComponent, user: u, channel: m.channel, on: m, data: data, label: label})
}

// Click presses a button, waiting until it is there. The name is the label,
// the emoji or the custom_id.
func (s *Server) Click(u *User, m *Message, name string) *Interaction {
	s.tb.Helper()
	o := s.find(m, name, typeButton)
	if o["url"] != nil {
		s.tb.Fatalf("discordtest: [%s] is a link to %v", name, o["url"])
	}
	return s.use(u, m, o, "clicks ["+name+"]", nil)
}

// Submit fills a form, by labels or custom_ids of its fields, and sends it.
func (s *Server) Submit(u *User, form *Modal, values map[string]string) *Interaction {
	s.tb.Helper()
	used := map[string]bool{}
	label := "submits “" + form.Title + "”"
	field := func(name any, o object) object {
		value, _ := o["value"].(string)
		for _, key := range []any{name, o["custom_id"]} {
			key, _ := key.(string)
			if v, ok := values[key]; ok {
				value, used[key] = v, true
			}
		}
		n, least, most := length(value), number(o["min_length"]), number(o["max_length"])
		if o["required"] != false && n == 0 || n > 0 && float64(n) < least || most > 0 && float64(n) > most || n > 4000 {
			s.tb.Errorf("discordtest: the field %v cannot have %d characters", name, n)
		}
		label += fmt.Sprintf(" %v:%s", name, value)
		return object{"type": o["type"], "custom_id": o["custom_id"], "value": value}
	}
	components, _ := form.data["components"].([]any)
	var sent []any
	for _, v := range components {
		o, _ := v.(object)
		switch number(o["type"]) {
		case typeRow:
			inner, _ := o["components"].([]any)
			input, _ := inner[0].(object)
			sent = append(sent, object{"type": typeRow, "components": []any{field(input["label"], input)}})
		case typeLabel:
			input, _ := o["component"].(object)
			sent = append(sent, object{"type": typeLabel, "component": field(o["label"], input)})
		}
	}
	for name := range values {
		if !used[name] {
			s.tb.Errorf("discordtest: the form “%s” has no field %q", form.Title, name)
		}
	}
	return s.send(&Interaction{
		kind: kindModal, user: u, channel: form.from.channel, on: form.from.on, parent: form.from, label: label,
		data: object{"custom_id": form.data["custom_id"], "components": sent},
	})
}

// Part is something that a message of a person has besides its text.
type Part func(*Message)

// Reply makes the message a reply.
func Reply(to *Message) Part {
	return func(m *Message) { m.kind, m.referenced, m.reference = messageReply, to, to.referenceTo(0) }
}

// Embed adds an embed, in Discord's JSON.
func Embed(embed map[string]any) Part {
	return func(m *Message) { m.embeds = append(m.embeds, filledEmbeds([]any{embed})...) }
}

// Component adds a component, in Discord's JSON, of a type that nobody may know.
func Component(component map[string]any) Part {
	return func(m *Message) { m.components = append(m.components, component) }
}

// Attach adds a file.
func Attach(name, contentType string, data []byte) Part {
	return func(m *Message) {
		m.files = append(m.files, m.s.keepFile(m.channel, &File{Name: name, Type: contentType, Data: data}))
	}
}

// AttachAt adds a file that is said to be at an address, which Discord would
// not do.
func AttachAt(name, contentType, url string) Part {
	return func(m *Message) {
		m.files = append(m.files, m.s.keepFile(m.channel, &File{Name: name, Type: contentType, url: url}))
	}
}

// Forward makes the message a forward of another one: it has no content of its
// own, but a snapshot.
func Forward(of *Message) Part {
	return func(m *Message) {
		o := of.json(true)
		snapshot := object{}
		for _, k := range []string{"type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags", "mentions", "mention_roles", "components"} {
			snapshot[k] = o[k]
		}
		m.content, m.reference, m.flags = "", of.referenceTo(1), m.flags|flagSnapshot
		m.snapshots = append(m.snapshots, object{"message": snapshot})
	}
}

// Post writes a message in a person's name. "@Name" of somebody known mentions
// them.
func (c *Channel) Post(u *User, content string, parts ...Part) *Message {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &Message{s: s, channel: c, author: u, content: s.withMentions(content)}
	for _, p := range parts {
		p(m)
	}
	c.archived = false
	return m.add()
}

func (f *File) json() object {
	return object{"id": f.id, "filename": f.Name, "size": len(f.Data), "url": f.url, "proxy_url": f.url, "content_type": f.Type}
}
