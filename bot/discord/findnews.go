package discord

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"pilcrow/bot/ledger"
)

// findNews looks for the message of an announcement that may have been posted:
// one of ours with its ID at the end of a button's. Both results are "" where there is
// none.
func (a *App) findNews(ctx context.Context, j ledger.Job) (message, channel string, err error) {
	place := j.Follow.Place
	if !j.Follow.Forum {
		message, err = a.newsIn(ctx, place.Channel, j.ID)
		return message, place.Channel, err
	}
	var raw json.RawMessage
	if err := a.rest.do(ctx, request{method: "GET", path: "/guilds/" + place.Guild + "/threads/active"}, &raw); err != nil {
		return "", "", err
	}
	for _, t := range parse(raw).objects("threads") {
		id := t.id("id")
		if t.id("parent_id") != place.Channel || t.id("owner_id") != a.user || time.Since(madeAt(id)) > newsLookBack {
			continue
		}
		message, err := a.newsIn(ctx, id, j.ID)
		if err != nil && !isGone(err) {
			return "", "", err
		}
		if message != "" {
			return message, id, nil
		}
	}
	return "", "", nil
}

// newsLookBack is how old a forum's post may be to be looked into. A job is
// given out again after 15 minutes, and may have waited for the bot's start.
const newsLookBack = 7 * 24 * time.Hour

// newsIn looks for the message of job among the latest of a channel.
func (a *App) newsIn(ctx context.Context, channel, job string) (string, error) {
	var raw []json.RawMessage
	path := "/channels/" + channel + "/messages"
	if err := a.rest.do(ctx, request{method: "GET", path: path + "?limit=50", lane: "GET " + path}, &raw); err != nil {
		return "", err
	}
	for _, r := range raw {
		m := parse(r)
		if m.object("author").id("id") != a.user {
			continue
		}
		for _, row := range m.objects("components") {
			for _, b := range row.objects("components") {
				if strings.HasSuffix(b.text("custom_id"), ":"+job) {
					return m.id("id"), nil
				}
			}
		}
	}
	return "", nil
}
