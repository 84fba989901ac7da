package discordtest

import (
	"cmp"
	"slices"
	"strings"
)

// Types of menus. All but the first list what the guild has.
const (
	typeUserMenu        = 5
	typeRoleMenu        = 6
	typeMentionableMenu = 7
	typeChannelMenu     = 8
)

var menuTypes = []int{typeSelect, typeUserMenu, typeRoleMenu, typeMentionableMenu, typeChannelMenu}

// Select chooses from a menu, waiting until it is there, in place of what was
// chosen in it. The name is the placeholder or the custom_id. The values are
// labels of options, or values; in a menu of users, roles or channels they are
// names or IDs.
func (s *Server) Select(u *User, m *Message, name string, values ...string) *Interaction {
	s.tb.Helper()
	o := s.find(m, name, menuTypes...)
	least, most := bound(o, "min_values"), bound(o, "max_values")
	if len(values) < least || len(values) > most {
		s.tb.Fatalf("discordtest: {%s} takes %d to %d values, not %d", name, least, most, len(values))
	}
	s.mu.Lock()
	chosen, resolved := []any{}, object{}
	for _, value := range values {
		id, ok := s.chosen(m.channel, o, value, resolved)
		if !ok || slices.Contains(chosen, any(id)) {
			s.mu.Unlock()
			s.tb.Fatalf("discordtest: {%s} has no option %q, or it is chosen twice", name, value)
		}
		chosen = append(chosen, id)
	}
	s.mu.Unlock()
	more := object{"values": chosen}
	if len(resolved) > 0 {
		more["resolved"] = resolved
	}
	return s.use(u, m, o, "chooses "+cmp.Or(strings.Join(values, ", "), "nothing"), more)
}

// bound is how many values of a menu are at least or at most chosen.
func bound(o object, name string) int {
	switch n := o[name].(type) {
	case float64:
		return int(n)
	case int:
		return n
	}
	return 1
}

// chosen returns the value of what a menu shows as name, and puts what it is
// into resolved.
func (s *Server) chosen(in *Channel, o object, name string, resolved object) (string, bool) {
	kind := int(number(o["type"]))
	if kind == typeSelect {
		options, _ := o["options"].([]any)
		for _, v := range options {
			if p, _ := v.(object); p["label"] == name || p["value"] == name {
				id, _ := p["value"].(string)
				return id, true
			}
		}
		return "", false
	}
	g := in.guild
	if g == nil {
		return "", false
	}
	put := func(what, id string, v object) (string, bool) {
		all, ok := resolved[what].(object)
		if !ok {
			all = object{}
			resolved[what] = all
		}
		all[id] = v
		return id, true
	}
	called := func(is, id string) bool { return strings.TrimLeft(name, "@#") == is || name == id }
	if kind == typeUserMenu || kind == typeMentionableMenu {
		for _, m := range g.members {
			if called(m.user.Name, m.user.ID) {
				put("members", m.user.ID, m.json(false))
				return put("users", m.user.ID, m.user.json())
			}
		}
	}
	if kind == typeRoleMenu || kind == typeMentionableMenu {
		for i, r := range g.roles {
			if called(r.Name, r.ID) {
				return put("roles", r.ID, r.json(i))
			}
		}
	}
	if kind == typeChannelMenu {
		types, _ := o["channel_types"].([]any)
		for _, c := range g.channels {
			fits := len(types) == 0 || slices.Contains(types, any(float64(c.kind)))
			if called(c.Name, c.ID) && fits && !c.deleted {
				v := c.json()
				v["permissions"] = permissionText(c.may(s.Bot))
				return put("channels", c.ID, v)
			}
		}
	}
	return "", false
}

// checkMenu checks what only some menus have: which values are there from the
// beginning, and which channels are listed.
func (f *form) checkMenu(path string, o object, kind int, least, most float64) {
	options, _ := o["options"].([]any)
	if kind != typeSelect && len(options) > 0 {
		f.note(path+".options", "is for menus of type %d", typeSelect)
	}
	given := 0
	for _, v := range options {
		if p, _ := v.(object); p["default"] == true {
			given++
		}
	}
	defaults, _ := o["default_values"].([]any)
	may := map[int][]string{typeUserMenu: {"user"}, typeRoleMenu: {"role"}, typeMentionableMenu: {"user", "role"}, typeChannelMenu: {"channel"}}[kind]
	ids := map[any]bool{}
	for i, v := range defaults {
		p, _ := v.(object)
		of, _ := p["type"].(string)
		id, _ := p["id"].(string)
		if !slices.Contains(may, of) || !isSnowflake.MatchString(id) || ids[id] {
			f.note(path+".default_values", "the value %d, %v, cannot be here", i, v)
		}
		ids[id] = true
	}
	// https://discord.com/developers/docs/components/reference#channel-select
	if n := float64(max(given, len(defaults))); n > 0 && (n < least || n > most) {
		f.note(path+".default_values", "%v values are chosen, not %v to %v", n, least, most)
	}
	types, _ := o["channel_types"].([]any)
	if len(types) > 0 && kind != typeChannelMenu {
		f.note(path+".channel_types", "is for menus of type %d", typeChannelMenu)
	}
	for i, v := range types {
		if _, ok := v.(float64); !ok || slices.Contains(types[:i], v) {
			f.note(path+".channel_types", "%v is there twice, or no type", v)
		}
	}
}
