package discord

import (
	"context"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
)

// pageBind is the page of /settings on which one channel is bound to the
// collections that are read there. It is reached from that of the channels.
const pageBind = "bind"

// bindPage shows what is read in a channel, and lets it be chosen from what the
// server may read. Of more than a menu holds the names are typed.
func (a *App) bindPage(ctx context.Context, i *interaction, s ledger.Settings, id string) (reply, error) {
	if !isID(id) {
		id = i.Channel.ID
	}
	held, err := a.options.Store.Collections(ctx)
	if err != nil {
		return nil, err
	}
	bound := s.Channels[id].Read
	choices := a.options.Ledger.Choices(i.Guild, held)
	for _, name := range bound { // also where nothing is in it any more
		if !slices.Contains(choices, name) {
			choices = append(choices, name)
		}
	}
	one := 1
	where := discordgo.SelectMenu{
		MenuType: discordgo.ChannelSelectMenu, CustomID: strings.Join([]string{verbSet, "channel", pageBind}, ":"),
		Placeholder: phrase(i.Locale, "set bind channel"), MinValues: &one, MaxValues: 1,
		DefaultValues: []discordgo.SelectMenuDefaultValue{{ID: id, Type: discordgo.SelectMenuDefaultValueChannel}},
	}
	rows := []discordgo.MessageComponent{row(where)}
	if menu, ok := readMenu(i, id, choices, bound); ok {
		rows = append(rows, row(menu))
	} else {
		rows = append(rows, row(button(i.Locale, "bindForm", discordgo.SecondaryButton, verbSet, "form", pageBind, id)))
	}
	names := make([]string, len(bound))
	for n, name := range bound {
		names[n] = markup.Escape(collectionLabel(i, name))
	}
	reads := strings.Join(names, ", ")
	if reads == "" {
		reads = phrase(i.Locale, "set default")
	}
	return page{
		Reply:   oneMessage("**" + phrase(i.Locale, "button bind") + "**\n" + fitted([]string{"- <#" + id + ">: " + reads})),
		buttons: append(rows, settingsTabs(i, pageBind)), update: true,
	}, nil
}

// readMenu is the menu of what a channel may read, and whether it fits into one.
func readMenu(i *interaction, channel string, choices, bound []string) (discordgo.SelectMenu, bool) {
	none := 0
	menu := discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, CustomID: strings.Join([]string{verbSet, "read", pageBind, channel}, ":"),
		Placeholder: phrase(i.Locale, "set bind read"), MinValues: &none, MaxValues: len(choices),
	}
	for _, name := range choices {
		if len(name) > longestLabel || len(menu.Options) == mostChoices {
			return menu, false
		}
		menu.Options = append(menu.Options, discordgo.SelectMenuOption{
			Label: within(collectionLabel(i, name), longestLabel), Value: name, Default: slices.Contains(bound, name),
		})
	}
	return menu, true
}

// collectionLabel is the name of a collection for people: of their server's and
// of their own it is not the ID that counts.
func collectionLabel(i *interaction, name string) string {
	if name == ledger.PersonCollection(i.User.ID) {
		return phrase(i.Locale, "bind mine")
	}
	if part, ok := strings.CutPrefix(name, ledger.GuildCollection(i.Guild)); ok && (part == "" || part[0] == '/') {
		return phrase(i.Locale, "bind own") + strings.Replace(part, "/", ": ", 1)
	}
	return name
}
