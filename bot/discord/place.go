package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
)

// place is where an answer to i will be seen: by the person alone where private
// says so, and in a direct message with the bot.
func (i *interaction) place(private bool) ledger.Place {
	p := ledger.Place{
		Guild: i.Guild, Channel: i.Channel.ID,
		Member: i.Guild != "" && i.InstalledIn == i.Guild,
	}
	if i.Channel.isThread() {
		p.Parent = i.Channel.Parent
	}
	if private || i.Guild == "" && i.Context == discordgo.InteractionContextBotDM {
		p.Private = i.User.ID
	}
	return p
}

// who is the person of i, with what they are in its guild.
func (i *interaction) who() ledger.Who { return i.User.who() }

func (u *user) who() ledger.Who {
	return ledger.Who{
		Person: u.ID, Roles: u.Roles,
		Manager: u.Permissions&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0,
	}
}

// moderates reports whether the person may delete other people's messages.
func (u *user) moderates() bool {
	return u.Permissions&(discordgo.PermissionManageMessages|discordgo.PermissionAdministrator) != 0
}

// printer speaks the person's language.
func (i *interaction) printer() *markup.Printer { return markup.New(i.Locale) }

// private says that the answer to i is for the person alone: they said so, or
// what they clicked on was for them alone.
func (i *interaction) private() bool {
	return i.Options["private"] == "true" || i.Message != nil && i.Message.Private
}

// publicUnlessPrivate opens what may be seen by all, unless the person says
// otherwise.
func publicUnlessPrivate(i *interaction) opening {
	if i.private() {
		return deferPrivate
	}
	return deferPublic
}

// mayAsk returns what may be read at a place, and where: in a channel that is
// to be silent, the answer is for the person alone.
func (a *App) mayAsk(ctx context.Context, p ledger.Place, w ledger.Who) (ledger.Place, ledger.Rights, error) {
	rights, err := a.options.Ledger.Rights(ctx, p, w)
	if err == nil && rights.Silent {
		p.Private = w.Person
		rights, err = a.options.Ledger.Rights(ctx, p, w)
	}
	switch {
	case err != nil:
		return p, rights, err
	case !rights.Ask || len(rights.Read) == 0:
		return p, rights, refuse("mayNotAsk")
	}
	return p, rights, nil
}
