package discord

import (
	"errors"

	"github.com/bwmarrin/discordgo"
)

// interaction is what a person did with a command, a button or a form. Only
// ID and Token are sure to be there.
type interaction struct {
	ID          string
	Token       string // answers it, for 15 minutes; a secret
	Application string
	Kind        discordgo.InteractionType

	Guild   string // "" in a direct message
	Context discordgo.InteractionContextType
	Channel channel
	User    user
	Locale  string // of the person's Discord

	// Permissions of the app in the channel. Without any it was installed by
	// the person alone and can only answer the interaction.
	May int64
	// InstalledIn is the guild that installed the app, "" where only the
	// person did.
	InstalledIn string

	Name    string                // of the command
	Options map[string]string     // of the command, each as text
	Files   map[string]attachment // that an option has the ID of
	Focused string                // the option that is being typed
	Target  *post                 // the message that a message command was used on

	CustomID string            // of the button or form
	Fields   map[string]string // of the form
	Values   []string          // chosen in a menu
	Message  *post             // that the button is on
}

// user is a person, or a bot.
type user struct {
	ID          string
	Name        string // as shown
	Bot         bool
	Roles       []string // in the guild where something was done
	Permissions int64    // in the channel where something was done
}

// channel is where something was done.
type channel struct {
	ID     string
	Parent string // the channel of a thread, else a category
	Owner  string // who opened a thread
	Name   string
	Kind   discordgo.ChannelType
}

// isThread reports whether the channel is a thread.
func (c *channel) isThread() bool {
	switch c.Kind {
	case discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread, discordgo.ChannelTypeGuildNewsThread:
		return true
	}
	return false
}

// readInteraction reads an event. The error says that there is nothing to
// answer to.
func readInteraction(o object) (*interaction, error) {
	i := &interaction{
		ID: o.id("id"), Token: o.text("token"), Application: o.id("application_id"),
		Kind:    discordgo.InteractionType(o.number("type")),
		Guild:   o.id("guild_id"),
		Context: discordgo.InteractionContextType(o.number("context")),
		Locale:  o.text("locale"),
		May:     o.number("app_permissions"),
	}
	if !o.get("context").Exists() && i.Guild == "" {
		i.Context = discordgo.InteractionContextPrivateChannel // the one that others may see
	}
	if i.ID == "" || i.Token == "" {
		return nil, errors.New("interaction without id or token")
	}
	i.Channel = readChannel(o.object("channel"))
	if i.Channel.ID == "" {
		i.Channel.ID = o.id("channel_id")
	}
	if in := o.object("authorizing_integration_owners").id("0"); in != "0" {
		i.InstalledIn = in
	}
	if m := o.object("member"); m != nil {
		i.User = readUser(m.object("user"))
		i.User.Roles = m.texts("roles")
		i.User.Permissions = m.number("permissions")
		if nick := m.text("nick"); nick != "" {
			i.User.Name = nick
		}
	} else {
		i.User = readUser(o.object("user"))
	}
	if m := o.object("message"); m != nil {
		p := readPost(m)
		i.Message = &p
	}
	i.readData(o.object("data"))
	return i, nil
}

func (i *interaction) readData(data object) {
	i.Name, i.CustomID, i.Values = data.text("name"), data.text("custom_id"), data.texts("values")
	i.Options, i.Fields = make(map[string]string), make(map[string]string)
	i.readOptions(data.objects("options"))
	i.Files = make(map[string]attachment)
	files := data.object("resolved").object("attachments")
	for _, f := range files {
		i.Files[f.key] = readAttachment(files.object(f.key))
	}
	for _, row := range data.objects("components") {
		fields := row.objects("components")
		if label := row.object("component"); label != nil {
			fields = append(fields, label)
		}
		for _, f := range fields {
			i.Fields[f.text("custom_id")] = f.text("value")
		}
	}
	if target := data.id("target_id"); target != "" {
		if m := data.object("resolved").object("messages").object(target); m != nil {
			p := readPost(m)
			i.Target = &p
		}
	}
}

// readOptions reads options, and those of a subcommand, whose name follows the
// command's.
func (i *interaction) readOptions(options []object) {
	for _, opt := range options {
		name := opt.text("name")
		switch discordgo.ApplicationCommandOptionType(opt.number("type")) {
		case discordgo.ApplicationCommandOptionSubCommand, discordgo.ApplicationCommandOptionSubCommandGroup:
			i.Name += " " + name
			i.readOptions(opt.objects("options"))
			continue
		}
		i.Options[name] = opt.text("value")
		if opt.flag("focused") {
			i.Focused = name
		}
	}
}

func readUser(o object) user {
	u := user{ID: o.id("id"), Name: o.text("global_name"), Bot: o.flag("bot")}
	if u.Name == "" {
		u.Name = o.text("username")
	}
	return u
}

func readChannel(o object) channel {
	return channel{
		ID: o.id("id"), Parent: o.id("parent_id"), Owner: o.id("owner_id"), Name: o.text("name"),
		Kind: discordgo.ChannelType(o.number("type")),
	}
}
