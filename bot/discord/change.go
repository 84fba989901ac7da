package discord

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"pilcrow/bot/ledger"
)

// changes are what the controls do to the settings.
var changes = map[string]func(*ledger.Settings, *interaction) error{
	"ask":    func(s *ledger.Settings, i *interaction) error { s.AskRoles = i.Values; return nil },
	"add":    func(s *ledger.Settings, i *interaction) error { s.AddRoles = i.Values; return nil },
	"manage": func(s *ledger.Settings, i *interaction) error { s.ManageRoles = i.Values; return nil },
	"silent": func(s *ledger.Settings, i *interaction) error {
		channels := make(map[string]ledger.Channel)
		for id, c := range s.Channels {
			if c.Silent = false; len(c.Read) > 0 {
				channels[id] = c
			}
		}
		for _, id := range i.Values {
			c := channels[id]
			c.Silent = true
			channels[id] = c
		}
		s.Channels = channels
		return nil
	},
	"forums": func(s *ledger.Settings, i *interaction) error { s.Forums = i.Values; return nil },
	"bind": func(s *ledger.Settings, i *interaction) error {
		id := strings.Trim(strings.TrimSpace(i.Fields["channel"]), "<#>")
		if !isID(id) {
			return fmt.Errorf("channel: %s", i.Fields["channel"])
		}
		bind(s, id, list(i.Fields["collections"]))
		return nil
	},
	"read": func(s *ledger.Settings, i *interaction) error {
		bind(s, i.argument(3), i.Values)
		return nil
	},
	"limits": func(s *ledger.Settings, i *interaction) error {
		for name, to := range map[string]*int{
			"member": &s.Limits.Member.Questions, "channel": &s.Limits.Channel.Questions,
			"guild": &s.Limits.Guild.Questions, "tokens": &s.Limits.Guild.Tokens,
		} {
			n := 0
			if given := strings.TrimSpace(i.Fields[name]); given != "" {
				var err error
				if n, err = strconv.Atoi(given); err != nil {
					return fmt.Errorf("%s: %s", name, given)
				}
			}
			*to = n
		}
		return nil
	},
	"words": func(s *ledger.Settings, _ *interaction) error { s.SendWords = !s.SendWords; return nil },
	"news":  func(s *ledger.Settings, _ *interaction) error { s.NoAnnouncements = !s.NoAnnouncements; return nil },
	"more": func(s *ledger.Settings, i *interaction) error {
		s.Collections, s.Languages, s.Zone = list(i.Fields["collections"]), list(i.Fields["languages"]), strings.TrimSpace(i.Fields["zone"])
		s.KeepDays = 0
		if given := strings.TrimSpace(i.Fields["days"]); given != "" {
			days, err := strconv.Atoi(given)
			if err != nil {
				return fmt.Errorf("days: %s", given)
			}
			s.KeepDays = days
		}
		return nil
	},
}

// bind lets a channel read these collections alone; none lets it read what the
// server does.
func bind(s *ledger.Settings, channel string, collections []string) {
	channels := maps.Clone(s.Channels)
	if channels == nil {
		channels = make(map[string]ledger.Channel)
	}
	c := channels[channel]
	if c.Read = collections; len(c.Read) == 0 && !c.Silent {
		delete(channels, channel)
	} else {
		channels[channel] = c
	}
	s.Channels = channels
}

// list reads names with commas between them.
func list(s string) []string {
	var out []string
	for name := range strings.SplitSeq(s, ",") {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}
