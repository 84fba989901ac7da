package discord

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
)

// The pages of /settings. Each is one message with what holds now, and the
// controls that change it.
const (
	pageRoles    = "roles"
	pageChannels = "channels"
	pageLimits   = "limits"
	pageMore     = "more"
)

var settingsPages = []string{pageRoles, pageChannels, pageLimits, pageMore}

func (a *App) settingsCommand() command {
	return command{
		definition: definition{
			Name: "settings", Contexts: []int{0}, Installs: []int{0},
			Options: []option{
				{Kind: discordgo.ApplicationCommandOptionSubCommand, Name: "change"},
				{Kind: discordgo.ApplicationCommandOptionSubCommand, Name: "log"},
			},
		},
		route: route{always(deferPrivate), a.settings},
	}
}

// manages refuses those who may not change the settings.
func (a *App) manages(ctx context.Context, i *interaction) error {
	rights, err := a.options.Ledger.Rights(ctx, i.place(true), i.who())
	if err == nil && (!rights.Manage || i.Guild == "" || i.InstalledIn != i.Guild) {
		err = refuse("mayNotManage")
	}
	return err
}

// settings answers /settings.
func (a *App) settings(ctx context.Context, i *interaction) (reply, error) {
	if err := a.manages(ctx, i); err != nil {
		return nil, err
	}
	if i.Name == "settings log" {
		return a.settingsLog(ctx, i, 0)
	}
	s, err := a.options.Ledger.Settings(ctx, i.Guild)
	if err != nil {
		return nil, err
	}
	return a.settingsPage(i, s, pageRoles), nil
}

// settingsOpens opens what a control of the settings does: a form at once, all
// else in place.
func settingsOpens(i *interaction) opening {
	if i.Kind == discordgo.InteractionMessageComponent && i.argument(1) == "form" {
		return atOnce
	}
	return deferUpdate
}

// set does what a control of the settings says: its custom ID is "set", what it
// changes, and the page that it stands on.
func (a *App) set(ctx context.Context, i *interaction) (reply, error) {
	if err := a.manages(ctx, i); err != nil {
		return nil, err
	}
	what, on := i.argument(1), i.argument(2)
	switch what {
	case "page":
		s, err := a.options.Ledger.Settings(ctx, i.Guild)
		if err == nil && on == pageBind {
			return a.bindPage(ctx, i, s, i.argument(3))
		}
		return a.settingsPage(i, s, on), err
	case "channel":
		s, err := a.options.Ledger.Settings(ctx, i.Guild)
		if err != nil {
			return nil, err
		}
		return a.bindPage(ctx, i, s, strings.Join(i.Values, ""))
	case "log":
		before, _ := strconv.ParseInt(on, 10, 64) // 0, the first page, where it is none
		return a.settingsLog(ctx, i, before)
	case "form":
		s, err := a.options.Ledger.Settings(ctx, i.Guild)
		return settingsForm(i, s, on), err
	}
	change := changes[what]
	if change == nil {
		return nil, refuse("unknown")
	}
	s, err := a.options.Ledger.Change(ctx, i.Guild, i.User.ID, func(s *ledger.Settings) error { return change(s, i) })
	if err != nil {
		a.log.InfoContext(ctx, "settings not changed", "guild", i.Guild, "error", err)
		return nil, refuse("cannotSet", reason(err))
	}
	if on == pageBind {
		return a.bindPage(ctx, i, s, i.argument(3))
	}
	return a.settingsPage(i, s, on), nil
}

// settingsPage shows one page.
func (a *App) settingsPage(i *interaction, s ledger.Settings, on string) page {
	var lines []string
	var rows []discordgo.MessageComponent
	line := func(key, value string) {
		if value == "" {
			value = phrase(i.Locale, "set default")
		}
		lines = append(lines, "- "+phrase(i.Locale, "set "+key)+": "+value)
	}
	control := func(kind discordgo.SelectMenuType, what string, chosen []string, types ...discordgo.ChannelType) {
		none := 0
		menu := discordgo.SelectMenu{
			MenuType: kind, CustomID: strings.Join([]string{verbSet, what, on}, ":"), Placeholder: within(phrase(i.Locale, "set "+what), 150),
			MinValues: &none, MaxValues: mostChoices, ChannelTypes: types,
		}
		of := discordgo.SelectMenuDefaultValueRole
		if kind == discordgo.ChannelSelectMenu {
			of = discordgo.SelectMenuDefaultValueChannel
		}
		for _, id := range chosen[:min(len(chosen), mostChoices)] {
			menu.DefaultValues = append(menu.DefaultValues, discordgo.SelectMenuDefaultValue{ID: id, Type: of})
		}
		rows = append(rows, row(menu))
	}
	press := func(label, what string) discordgo.MessageComponent {
		return button(i.Locale, label, discordgo.SecondaryButton, verbSet, what, on)
	}
	switch on {
	case pageChannels:
		var silent, bound []string
		for _, id := range slices.Sorted(maps.Keys(s.Channels)) {
			if c := s.Channels[id]; c.Silent {
				silent = append(silent, id)
			}
			if c := s.Channels[id]; len(c.Read) > 0 {
				var names []string
				for _, name := range c.Read {
					names = append(names, collectionLabel(i, name))
				}
				bound = append(bound, "<#"+id+"> "+markup.Escape(strings.Join(names, ", ")))
			}
		}
		line("silent", named("<#", silent))
		line("forums", named("<#", s.Forums))
		line("bind", strings.Join(bound, "; "))
		control(discordgo.ChannelSelectMenu, "silent", silent)
		control(discordgo.ChannelSelectMenu, "forums", s.Forums, discordgo.ChannelTypeGuildForum)
		rows = append(rows, row(button(i.Locale, "bind", discordgo.SecondaryButton, verbSet, "page", pageBind)))
	case pageLimits:
		l := s.Limits
		line("limit member", some(l.Member.Questions))
		line("limit channel", some(l.Channel.Questions))
		line("limit guild", some(l.Guild.Questions))
		line("limit tokens", some(l.Guild.Tokens))
		rows = append(rows, row(button(i.Locale, "limits", discordgo.SecondaryButton, verbSet, "form", "limits")))
	case pageMore:
		line("collections", markup.Escape(strings.Join(s.Collections, ", ")))
		line("languages", markup.Escape(strings.Join(s.Languages, ", ")))
		line("zone", markup.Escape(s.Zone))
		line("days", some(s.KeepDays))
		line("words", onOff(i.Locale, s.SendWords))
		line("news", onOff(i.Locale, !s.NoAnnouncements))
		rows = append(rows, row(button(i.Locale, "more", discordgo.SecondaryButton, verbSet, "form", "more"), press("words", "words"), press("news", "news")))
	default:
		on = pageRoles
		line("ask", named("<@&", s.AskRoles))
		line("add", named("<@&", s.AddRoles))
		line("manage", named("<@&", s.ManageRoles))
		control(discordgo.RoleSelectMenu, "ask", s.AskRoles)
		control(discordgo.RoleSelectMenu, "add", s.AddRoles)
		control(discordgo.RoleSelectMenu, "manage", s.ManageRoles)
	}
	return page{
		Reply:   oneMessage("**" + phrase(i.Locale, "set "+on) + "**\n" + fitted(lines)),
		buttons: append(rows, settingsTabs(i, on)), update: true,
	}
}

// settingsTabs lead from one page to the others, and to the log.
func settingsTabs(i *interaction, on string) discordgo.MessageComponent {
	var tabs []discordgo.MessageComponent
	for _, p := range settingsPages {
		b := button(i.Locale, "set "+p, discordgo.SecondaryButton, verbSet, "page", p)
		b.Disabled = p == on
		tabs = append(tabs, b)
	}
	return row(append(tabs, button(i.Locale, "set log", discordgo.SecondaryButton, verbSet, "log", "0"))...)
}

// named writes IDs as Discord shows the names of.
func named(prefix string, ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, prefix+id+">")
	}
	return strings.Join(out, " ")
}

func some(n int) string {
	if n == 0 {
		return ""
	}
	return itoa(n)
}

func onOff(locale string, on bool) string {
	if on {
		return phrase(locale, "set on")
	}
	return phrase(locale, "set off")
}

// longestField is Discord's bound for what a field of a form holds.
const longestField = 4000

// settingsForm is the form for what is typed.
func settingsForm(i *interaction, s ledger.Settings, what string) form {
	on := map[string]string{"bind": pageChannels, "limits": pageLimits, "more": pageMore}[what]
	f := form{ID: strings.Join([]string{verbSet, what, on}, ":"), Title: phrase(i.Locale, "button "+what)}
	field := func(id, label, value string) {
		f.Fields = append(f.Fields, discordgo.TextInput{
			CustomID: id, Label: within(phrase(i.Locale, "set "+label), 45), Style: discordgo.TextInputShort, MaxLength: longestField, Value: within(value, longestField),
		})
	}
	switch what {
	case "bind":
		id := cmp.Or(i.argument(3), i.Channel.ID)
		field("channel", "channel id", id)
		field("collections", "collections", strings.Join(s.Channels[id].Read, ", "))
	case "limits":
		field("member", "limit member", some(s.Limits.Member.Questions))
		field("channel", "limit channel", some(s.Limits.Channel.Questions))
		field("guild", "limit guild", some(s.Limits.Guild.Questions))
		field("tokens", "limit tokens", some(s.Limits.Guild.Tokens))
	default:
		field("collections", "collections", strings.Join(s.Collections, ", "))
		field("languages", "languages", strings.Join(s.Languages, ", "))
		field("zone", "zone", s.Zone)
		field("days", "days", some(s.KeepDays))
	}
	return f
}

// logLines is how many lines of the audit log a page has.
const logLines = 15

// settingsLog shows who changed what, newest first.
func (a *App) settingsLog(ctx context.Context, i *interaction, before int64) (reply, error) {
	entries, err := a.options.Ledger.Log(ctx, i.Guild, before, logLines)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, e := range entries {
		what := markup.Escape(e.What)
		for n, side := range []string{e.Before, e.After} {
			if side != "" {
				what += []string{" − ", " + "}[n] + markup.Escape(within(side, 80))
			}
		}
		lines = append(lines, fmt.Sprintf("<t:%d:f> <@%s> %s", e.At.Unix(), e.Person, what))
	}
	if len(lines) == 0 {
		lines = append(lines, phrase(i.Locale, "set log empty"))
	}
	turn := []discordgo.MessageComponent{button(i.Locale, "set roles", discordgo.SecondaryButton, verbSet, "page", pageRoles)}
	if len(entries) == logLines {
		turn = append(turn, button(i.Locale, "later", discordgo.SecondaryButton, verbSet, "log", strconv.FormatInt(entries[len(entries)-1].N, 10)))
	}
	return page{Reply: oneMessage(fitted(lines)), buttons: []discordgo.MessageComponent{row(turn...)}, update: true}, nil
}
