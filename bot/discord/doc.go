// Package discord is Pilcrow in Discord: it turns what people do there into
// Messages of package bot, and Events into messages that grow while they are
// read. It decides nothing about articles.
//
// Reading order: App.Run says what lives how long. gateway.go holds the
// connection that events come by, and owns its ends: what is worth another try
// and what is not. object.go reads events, believing nothing in them, and
// dispatch.go finds the handler. A handler (ask.go, summarise.go, …) returns
// its reply as a value; respond.go acknowledges first and shows the reply then.
// conversation.go hears the messages that are meant for the bot. reply.go shows
// an answer as it grows, allow.go lets it have the model within the limits.
// announce.go posts what is new; manage.go, announcements.go and settings.go are
// for those who look after a server. rest.go is the only way to Discord's API,
// files.go to what people attach.
//
// What holds: an interaction is acknowledged before any work is done for it,
// and answered once, however often its event comes. Nothing that an article, a
// model or a person wrote can ping anybody. A token is never written to the
// log. What a target answered with "forbidden" or "not there" is not sent to it
// again for a while.
package discord
