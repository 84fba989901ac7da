package discord

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// definition is a command as Discord is told of it, and tells it back. Fields
// at their default are left out, so that equal commands are equal JSON.
type definition struct {
	Kind         discordgo.ApplicationCommandType `json:"type,omitempty"`
	Name         string                           `json:"name"`
	Names        map[string]string                `json:"name_localizations,omitempty"` // by locale
	Description  string                           `json:"description,omitempty"`
	Descriptions map[string]string                `json:"description_localizations,omitempty"`
	Options      []option                         `json:"options,omitempty"`
	Permissions  *string                          `json:"default_member_permissions,omitempty"`
	Contexts     []int                            `json:"contexts,omitempty"`
	Installs     []int                            `json:"integration_types,omitempty"`
}

// option is one thing that a command can be given.
type option struct {
	Kind         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Names        map[string]string                      `json:"name_localizations,omitempty"`
	Description  string                                 `json:"description"`
	Descriptions map[string]string                      `json:"description_localizations,omitempty"`
	Required     bool                                   `json:"required,omitempty"`
	Complete     bool                                   `json:"autocomplete,omitempty"`
	MinLength    int                                    `json:"min_length,omitempty"`
	MaxLength    int                                    `json:"max_length,omitempty"`
	Choices      []choice                               `json:"choices,omitempty"`
	Options      []option                               `json:"options,omitempty"` // of a subcommand
}

// choice is one of the values that an option offers.
type choice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// Where a command can be used, and how the app may have been installed.
var (
	everywhere  = []int{0, 1, 2} // servers, the bot's direct messages, other private channels
	bothInstall = []int{0, 1}    // by a server, by a person
)

// register tells Discord the commands, in one request, unless it knows them
// already: each registration makes every client load them anew.
func (a *App) register(ctx context.Context) error {
	path := "/applications/" + a.id + "/commands"
	var raw json.RawMessage
	if err := a.rest.do(ctx, request{method: "GET", path: path + "?with_localizations=true", lane: "GET " + path}, &raw); err != nil {
		return err
	}
	ours := a.definitions()
	var known []definition
	if json.Unmarshal(raw, &known) == nil { // else they are another bot's, which had the token before
		same, err := sameCommands(known, ours)
		if err != nil || same {
			return err
		}
	}
	if err := a.rest.do(ctx, request{method: "PUT", path: path, body: ours}, nil); err != nil {
		return err
	}
	a.log.InfoContext(ctx, "commands registered", "commands", len(ours))
	return nil
}

// sameCommands reports whether two sets of commands are the same.
func sameCommands(a, b []definition) (bool, error) {
	var sides [2][]byte
	for i, set := range [][]definition{a, b} {
		set = slices.Clone(set)
		for j := range set {
			set[j].Kind = cmp.Or(set[j].Kind, discordgo.ChatApplicationCommand)
			set[j].Contexts = slices.Sorted(slices.Values(set[j].Contexts))
			set[j].Installs = slices.Sorted(slices.Values(set[j].Installs))
		}
		slices.SortFunc(set, func(x, y definition) int {
			return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Name, y.Name))
		})
		var err error
		if sides[i], err = json.Marshal(set); err != nil {
			return false, err
		}
	}
	return bytes.Equal(sides[0], sides[1]), nil
}

// definitions returns what Discord is told of every command.
func (a *App) definitions() []definition {
	var out []definition
	for _, c := range a.commands {
		out = append(out, c.definition.localised())
	}
	return out
}

// in returns a command's name and description in a language.
func (d definition) in(locale string) (name, description string) {
	return cmp.Or(d.Names[locale], d.Name), cmp.Or(d.Descriptions[locale], d.Description)
}
