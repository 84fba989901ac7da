package discord

import (
	"context"
	"strconv"
	"strings"
	"time"

	"pilcrow/bot/ledger"
)

func (a *App) usageCommand() command {
	return command{
		definition: definition{Name: "usage", Contexts: everywhere, Installs: bothInstall},
		route:      route{always(deferPrivate), a.usage},
	}
}

// usage says what the person has had from the model today and what is left; to
// those who manage, also what their server has.
func (a *App) usage(ctx context.Context, i *interaction) (reply, error) {
	rights, err := a.options.Ledger.Rights(ctx, i.place(true), i.who())
	if err != nil {
		return nil, err
	}
	used, err := a.options.Ledger.Usage(ctx, i.place(false), i.User.ID)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, u := range used.Of {
		switch u.Scope {
		case ledger.OfAll: // the operator's alone
			continue
		case ledger.OfGuild, ledger.OfChannel:
			if !rights.Manage {
				continue
			}
		case ledger.OfNews:
			if !rights.Manage || u.Month.Questions == 0 {
				continue
			}
		}
		line := "- **" + phrase(i.Locale, "usage "+string(u.Scope)) + "**: " +
			say(i.Locale, "usage today", amount(u.Day.Questions, u.Limit.Questions), amount(u.Day.In+u.Day.Out, u.Limit.Tokens)) +
			" · " + say(i.Locale, "usage month", itoa(u.Month.Questions), itoa(u.Month.In+u.Month.Out))
		if u.Month.Money > 0 {
			line += " · " + strings.TrimSpace(strconv.FormatFloat(u.Month.Money, 'f', 2, 64)+" "+used.Currency)
		}
		lines = append(lines, line)
	}
	lines = append(lines, "-# "+say(i.Locale, "usage renews", untilThen(used.Renews, a.options.Now())))
	return page{Reply: oneMessage(strings.Join(lines, "\n"))}, nil
}

// amount writes what was used of a limit, where there is one.
func amount(used, limit int) string {
	if limit == 0 {
		return itoa(used)
	}
	return itoa(used) + " / " + itoa(limit)
}

// untilThen says how far off a time is, in hours and minutes, which every
// language writes alike.
func untilThen(then, now time.Time) string {
	d := max(then.Sub(now), time.Minute).Round(time.Minute)
	if h := int(d.Hours()); h > 0 {
		return itoa(h) + " h " + itoa(int(d.Minutes())%60) + " min"
	}
	return itoa(int(d.Minutes())) + " min"
}
