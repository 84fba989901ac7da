package discord

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
)

// naming is where settings name a role or a channel: the setting's name in the
// audit log, and the phrase for it.
type naming struct {
	setting, phrase string
	ids             []string
}

// roleNamings are the settings that name roles.
func roleNamings(s ledger.Settings) []naming {
	return []naming{
		{"ask_roles", "set ask", s.AskRoles}, {"add_roles", "set add", s.AddRoles}, {"manage_roles", "set manage", s.ManageRoles},
	}
}

// channelNamings are those that name channels.
func channelNamings(s ledger.Settings) []naming {
	list := []naming{{setting: "forums", phrase: "set forums", ids: s.Forums}, {setting: "channels", phrase: "set channels"}}
	for id := range s.Channels {
		list[1].ids = append(list[1].ids, id)
	}
	return list
}

// gone goes on without a role or a channel that was deleted, and tells who can
// mend what named it. A role that is gone is nobody's, so that rights get fewer,
// never more.
func (a *App) gone(ctx context.Context, kind string, o object) {
	guild, role := o.id("guild_id"), o.id("role_id")
	var err error
	switch {
	case guild == "":
	case kind == "GUILD_ROLE_DELETE":
		err = a.missRole(ctx, guild, role)
	default:
		err = a.missChannel(ctx, guild, o.id("id"))
	}
	if err != nil && ctx.Err() == nil {
		a.log.WarnContext(ctx, "deleted in a server", "kind", kind, "guild", guild, "error", err)
	}
}

func (a *App) missRole(ctx context.Context, guild, role string) error {
	s, err := a.options.Ledger.Settings(ctx, guild)
	if err != nil {
		return err
	}
	return a.missed(ctx, guild, "role gone", "roleGone", role, roleNamings(s))
}

// missRoles looks for roles that were deleted while the bot was away. What is
// told of a server has all of its roles.
func (a *App) missRoles(ctx context.Context, guild string, o object) error {
	s, err := a.options.Ledger.Settings(ctx, guild)
	if err != nil {
		return err
	}
	missing := missingRoles(s, o.objects("roles"))
	if len(missing) == 0 {
		return nil
	}
	// What is told at the start may be older than the settings.
	var raw []json.RawMessage
	if err := a.rest.do(ctx, request{method: "GET", path: "/guilds/" + guild + "/roles"}, &raw); err != nil {
		return err
	}
	var roles []object
	for _, r := range raw {
		roles = append(roles, parse(r))
	}
	for _, id := range missingRoles(s, roles) {
		err = errors.Join(err, a.missed(ctx, guild, "role gone", "roleGone", id, roleNamings(s)))
	}
	return err
}

// missingRoles are those that settings name and that a server does not have.
func missingRoles(s ledger.Settings, roles []object) []string {
	if len(roles) == 0 {
		return nil // a server has one at least
	}
	var missing []string
	for _, n := range roleNamings(s) {
		for _, id := range n.ids {
			if !slices.ContainsFunc(roles, func(r object) bool { return r.id("id") == id }) {
				missing = append(missing, id)
			}
		}
	}
	return missing
}

func (a *App) missChannel(ctx context.Context, guild, channel string) error {
	s, err := a.options.Ledger.Settings(ctx, guild)
	if err != nil {
		return err
	}
	err = a.missed(ctx, guild, "channel gone", "channelGone", channel, channelNamings(s))
	if a.options.Announcer == nil {
		return err
	}
	list, listed := a.options.Ledger.Follows(ctx, guild, "")
	at := slices.IndexFunc(list, func(f ledger.Follow) bool { return f.Place.Channel == channel && f.Stopped == "" })
	if at < 0 {
		return errors.Join(err, listed)
	}
	return errors.Join(err, listed, a.stopNews(ctx, ledger.Job{Follow: list[at]}))
}

// missed tells who last set what names id that it is gone, once.
func (a *App) missed(ctx context.Context, guild, kind, key, id string, namings []naming) error {
	for _, n := range namings {
		if !slices.Contains(n.ids, id) {
			continue
		}
		person, err := a.whoSet(ctx, guild, n.setting, id)
		if err != nil {
			return err
		}
		a.log.InfoContext(ctx, kind, "guild", guild, "setting", n.setting, "id", id)
		locale, err := a.localeOf(ctx, guild)
		if err != nil {
			return err
		}
		setting, _, _ := strings.Cut(phrase(locale, n.phrase), " (") // without what none means
		return a.tellOnce(ctx, guild, person, kind, id, say(locale, key, a.guildName(ctx, guild), setting))
	}
	return nil
}

// guildName is the name of a server, as text; its ID where that cannot be asked.
func (a *App) guildName(ctx context.Context, guild string) string {
	var raw json.RawMessage
	if err := a.rest.do(ctx, request{method: "GET", path: "/guilds/" + guild}, &raw); err != nil {
		return guild
	}
	return "**" + markup.Escape(within(parse(raw).text("name"), 100)) + "**"
}

const (
	logPage  = 100
	logPages = 20
)

// whoSet is the person who last set id in a setting, "" where that is no longer
// known.
func (a *App) whoSet(ctx context.Context, guild, setting, id string) (string, error) {
	var before int64
	for range logPages {
		entries, err := a.options.Ledger.Log(ctx, guild, before, logPage)
		if err != nil || len(entries) == 0 {
			return "", err
		}
		for _, e := range entries {
			if e.What == setting && strings.Contains(e.After, `"`+id+`"`) {
				return e.Person, nil
			}
		}
		before = entries[len(entries)-1].N
	}
	return "", nil
}
