package discord

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
	"pilcrow/corpus/text"
)

// announceCommand says what is announced where: /announce add, list, remove.
func (a *App) announceCommand() command {
	var days []choice
	for d := time.Sunday; d <= time.Saturday; d++ {
		days = append(days, choice{Name: d.String(), Value: strconv.Itoa(int(d))})
	}
	return command{
		definition: definition{
			Name: "announce", Contexts: []int{0, 1}, Installs: []int{0},
			Options: []option{
				{Kind: discordgo.ApplicationCommandOptionSubCommand, Name: "add", Options: []option{
					{Kind: discordgo.ApplicationCommandOptionChannel, Name: "channel"},
					{Kind: discordgo.ApplicationCommandOptionString, Name: "every", Choices: []choice{
						{Name: "each article as it comes", Value: string(ledger.Immediate)},
						{Name: "a digest a day", Value: string(ledger.Daily)},
						{Name: "a digest a week", Value: string(ledger.Weekly)},
					}},
					{Kind: discordgo.ApplicationCommandOptionString, Name: "topic", MaxLength: 200},
					{Kind: discordgo.ApplicationCommandOptionString, Name: "feed", MaxLength: 2000},
					{Kind: discordgo.ApplicationCommandOptionString, Name: "collection", MaxLength: 100, Complete: true},
					{Kind: discordgo.ApplicationCommandOptionString, Name: "hour", MaxLength: 2},
					{Kind: discordgo.ApplicationCommandOptionString, Name: "weekday", Choices: days},
					{Kind: discordgo.ApplicationCommandOptionString, Name: "zone", MaxLength: 60},
					{Kind: discordgo.ApplicationCommandOptionString, Name: "tags", MaxLength: 200},
				}},
				{Kind: discordgo.ApplicationCommandOptionSubCommand, Name: "list"},
				{Kind: discordgo.ApplicationCommandOptionSubCommand, Name: "remove", Options: []option{
					{Kind: discordgo.ApplicationCommandOptionString, Name: "announcement", Required: true, MaxLength: 100, Complete: true},
				}},
			},
		},
		route:    route{always(deferPrivate), a.announcements},
		complete: a.completeAnnouncement,
	}
}

// announcements answers /announce, for those who may manage.
func (a *App) announcements(ctx context.Context, i *interaction) (reply, error) {
	rights, err := a.options.Ledger.Rights(ctx, i.place(true), i.who())
	if err != nil {
		return nil, err
	}
	switch {
	case !rights.Manage:
		return nil, refuse("mayNotManage")
	case a.options.Announcer == nil || i.Guild != "" && i.InstalledIn != i.Guild:
		return nil, refuse("newsNotHere")
	}
	switch i.Name {
	case "announce add":
		return a.addAnnouncement(ctx, i)
	case "announce remove":
		return a.removeAnnouncement(ctx, i)
	}
	return a.listAnnouncements(ctx, i)
}

// addAnnouncement sets one up.
func (a *App) addAnnouncement(ctx context.Context, i *interaction) (reply, error) {
	f := ledger.Follow{
		Place: i.place(false), Every: ledger.Every(i.Options["every"]), Topic: text.Clean(i.Options["topic"]),
		Feed: strings.TrimSpace(i.Options["feed"]), Collection: strings.TrimSpace(i.Options["collection"]),
		Zone: strings.TrimSpace(i.Options["zone"]), Person: i.User.ID, Hour: 8, Weekday: time.Monday,
	}
	if f.Every == "" {
		f.Every = ledger.Immediate
	}
	if f.Zone == "" && i.Guild != "" {
		s, err := a.options.Ledger.Settings(ctx, i.Guild)
		if err != nil {
			return nil, err
		}
		f.Zone = s.Zone
	}
	for name, to := range map[string]*int{"hour": &f.Hour, "weekday": (*int)(&f.Weekday)} {
		if s := strings.TrimSpace(i.Options[name]); s != "" {
			n, err := strconv.Atoi(s)
			if err != nil {
				return nil, refuse("newsCannot", name+": "+s)
			}
			*to = n
		}
	}
	if i.Guild != "" {
		if id := i.Options["channel"]; id != "" {
			f.Place.Channel = id
		}
		if err := a.settleChannel(ctx, i, &f); err != nil {
			return nil, err
		}
	}
	f, err := a.options.Announcer.Add(ctx, f)
	switch {
	case errors.Is(err, ledger.ErrTooMany):
		return nil, refuse("newsCannot", reason(err))
	case err != nil && ctx.Err() == nil:
		a.log.InfoContext(ctx, "announcement not set up", "error", err)
		return nil, refuse("newsCannot", reason(err))
	case err != nil:
		return nil, err
	}
	return page{Reply: oneMessage(say(i.Locale, "newsAdded", whereNews(f)) + "\n" + describeNews(i, f))}, nil
}

// settleChannel fills in what Discord knows of the channel of f, which has to be
// one of the guild's.
func (a *App) settleChannel(ctx context.Context, i *interaction, f *ledger.Follow) error {
	if !isID(f.Place.Channel) {
		return refuse("newsNotHere")
	}
	var raw json.RawMessage
	err := a.rest.do(ctx, request{method: "GET", path: "/channels/" + f.Place.Channel}, &raw)
	switch {
	case isGone(err):
		return refuse("newsNoChannel", "<#"+f.Place.Channel+">")
	case err != nil:
		return err
	}
	o := parse(raw)
	if o.id("guild_id") != i.Guild {
		return refuse("newsNotHere")
	}
	c := readChannel(o)
	f.Place.Parent = ""
	if c.isThread() {
		f.Place.Parent = c.Parent
	}
	f.Forum = c.Kind == discordgo.ChannelTypeGuildForum || c.Kind == discordgo.ChannelTypeGuildMedia
	for name := range strings.SplitSeq(i.Options["tags"], ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		tags := o.objects("available_tags")
		at := slices.IndexFunc(tags, func(t object) bool { return strings.EqualFold(t.text("name"), name) })
		if at < 0 {
			return refuse("newsCannot", "tags: "+name)
		}
		f.Tags = append(f.Tags, tags[at].id("id"))
	}
	return nil
}

// removeAnnouncement ends one.
func (a *App) removeAnnouncement(ctx context.Context, i *interaction) (reply, error) {
	list, err := a.follows(ctx, i)
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		if f.ID == i.Options["announcement"] {
			return note(i, "newsRemoved"), a.options.Announcer.Remove(ctx, f.ID)
		}
	}
	return nil, refuse("newsUnknown")
}

// listAnnouncements shows what is announced in the guild, or to the person.
func (a *App) listAnnouncements(ctx context.Context, i *interaction) (reply, error) {
	list, err := a.follows(ctx, i)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return note(i, "newsNone"), nil
	}
	var lines []string
	for _, f := range list {
		lines = append(lines, "- "+whereNews(f)+": "+describeNews(i, f))
	}
	return page{Reply: oneMessage(fitted(lines))}, nil
}

func (a *App) follows(ctx context.Context, i *interaction) ([]ledger.Follow, error) {
	return a.options.Ledger.Follows(ctx, i.Guild, i.User.ID)
}

// completeAnnouncement lists announcements to remove, and collections to
// announce, for those who may manage.
func (a *App) completeAnnouncement(ctx context.Context, i *interaction) ([]choice, error) {
	rights, err := a.options.Ledger.Rights(ctx, i.place(true), i.who())
	if err != nil || !rights.Manage {
		return nil, err
	}
	typed := text.Fold(i.Options[i.Focused])
	var out []choice
	add := func(name, value string) {
		if len(out) < mostChoices && strings.Contains(text.Fold(name), typed) {
			out = append(out, choice{Name: within(name, longestLabel), Value: value})
		}
	}
	if i.Focused == "collection" {
		for _, c := range rights.Read {
			if len(c) <= longestLabel {
				add(collectionLabel(i, c), c)
			}
		}
		return out, nil
	}
	list, err := a.follows(ctx, i)
	for n, f := range list {
		add(strconv.Itoa(n+1)+". "+plainNews(i, f), f.ID)
	}
	return out, err
}

// whereNews is the channel of f as Discord shows it.
func whereNews(f ledger.Follow) string { return "<#" + f.Place.Channel + ">" }

// describeNews says what f announces, and when.
func describeNews(i *interaction, f ledger.Follow) string { return markup.Escape(plainNews(i, f)) }

func plainNews(i *interaction, f ledger.Follow) string {
	parts := []string{phrase(i.Locale, "news "+string(f.Every))}
	switch f.Every {
	case ledger.Daily:
		parts = append(parts, clock(f))
	case ledger.Weekly:
		parts = append(parts, called(i.Locale, "announce add weekday", f.Weekday.String()), clock(f))
	}
	for _, of := range []string{f.Topic, f.Feed, collectionLabel(i, f.Collection)} {
		if of != "" {
			parts = append(parts, of)
		}
	}
	if f.Stopped != "" {
		parts = append(parts, phrase(i.Locale, "news stopped"))
	}
	return strings.Join(parts, " · ")
}

func clock(f ledger.Follow) string {
	zone := f.Zone
	if zone == "" {
		zone = "UTC"
	}
	return strconv.Itoa(f.Hour) + ":00 " + zone
}

// guild goes on with what is announced in a server that the bot is in again, and
// stops what is announced in one that it was removed from. A server that cannot
// be reached for a while says so, and is none of these.
func (a *App) guild(ctx context.Context, here bool, o object) {
	id := o.id("id")
	if id == "" || o.flag("unavailable") {
		return
	}
	var err error
	switch {
	case here:
		if a.options.Announcer != nil {
			err = a.options.Announcer.GuildBack(ctx, id)
		}
		err = errors.Join(err, a.missRoles(ctx, id, o))
	case a.options.Announcer != nil:
		err = a.options.Ledger.GuildGone(ctx, id)
	}
	if err != nil && ctx.Err() == nil {
		a.log.WarnContext(ctx, "coming and going of a server", "guild", id, "error", err)
	}
}
