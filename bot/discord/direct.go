package discord

import (
	"context"
	"net/http"
)

// direct sends a person a direct message. That they take none from the bot is
// their right, and no error.
func (a *App) direct(ctx context.Context, person string, m message) error {
	var to struct {
		ID string `json:"id"`
	}
	err := a.rest.do(ctx, request{
		method: "POST", path: "/users/@me/channels", body: map[string]string{"recipient_id": person}, target: "direct message to " + person,
	}, &to)
	if err == nil {
		_, err = a.inChannel(to.ID, "").put(ctx, "", m)
	}
	if isGone(err) || status(err) == http.StatusBadRequest { // a person who is no more
		return nil
	}
	return err
}
