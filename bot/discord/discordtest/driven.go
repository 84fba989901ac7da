package discordtest

import "slices"

// Driven lists what people did to the bot: commands as "/feed add", commands of
// a message as "Find sources", an option that was typed in as "/ask source:",
// the custom_ids of the buttons and menus that were used, and "form " with those
// of the forms that were sent. Opened are the custom_ids of the forms that they
// saw.
func (s *Server) Driven() (done, opened []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.interactions {
		if i.modal != nil {
			id, _ := i.modal.data["custom_id"].(string)
			opened = append(opened, id)
		}
		switch i.kind {
		case kindCommand, kindAutocomplete:
			name, _ := i.data["name"].(string)
			if i.target == nil {
				name = "/" + name
			}
			done = append(done, name+within(i.data))
		case kindComponent, kindModal:
			id, _ := i.data["custom_id"].(string)
			if i.kind == kindModal {
				id = "form " + id
			}
			done = append(done, id)
		}
	}
	slices.Sort(done)
	slices.Sort(opened)
	return slices.Compact(done), slices.Compact(opened)
}

// within is the subcommand of a command's data, and the option that is typed in.
func within(o object) (text string) {
	options, _ := o["options"].([]any)
	for _, v := range options {
		p, _ := v.(object)
		name, _ := p["name"].(string)
		switch {
		case number(p["type"]) == 1 || number(p["type"]) == 2:
			text += " " + name + within(p)
		case p["focused"] == true:
			text += " " + name + ":"
		}
	}
	return text
}
