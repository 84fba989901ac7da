package discord

import "strings"

// post is a message as somebody wrote it. Without the message-content intent
// Content, Embeds and Attachments are empty, except in a direct message, where
// the bot is mentioned, and under a message command.
type post struct {
	ID      string
	Channel string
	Guild   string
	Author  user
	Webhook string // not a person's: sent by a webhook
	Kind    int64  // 0 for plain words, 19 for a reply
	Private bool   // only one person sees it
	Thread  bool   // has one, whose ID is the message's

	Content     string
	Displays    []string // text among components, where a message is made of those
	Embeds      []embed
	Attachments []attachment
	Forwarded   []post   // what a forward holds: Content, Embeds, Attachments
	Mentions    []string // user IDs
	Roles       []string // that are mentioned
	ReplyTo     string   // the message replied to
	ReplyAuthor string   // who wrote that
	ReplyRoot   string   // the first answer of the conversation, where that is an answer of ours
}

// embed is a card under a message, mostly made of a link in it.
type embed struct {
	URL, Title, Description string
	Fields                  []string
}

// attachment is a file. Nothing about it is to be believed.
type attachment struct {
	ID, Name, Type, URL string
	Size                int64
}

func readPost(o object) post {
	p := readAlone(o)
	for _, s := range o.objects("message_snapshots") {
		if m := s.object("message"); m != nil {
			p.Forwarded = append(p.Forwarded, readAlone(m)) // a forward of a forward holds no more
		}
	}
	return p
}

// readAlone reads a message without what it forwards.
func readAlone(o object) post {
	p := post{
		ID: o.id("id"), Channel: o.id("channel_id"), Guild: o.id("guild_id"),
		Author: readUser(o.object("author")), Webhook: o.id("webhook_id"), Kind: o.number("type"),
		Content: o.text("content"), Private: o.number("flags")&flagPrivate != 0,
		Thread: o.number("flags")&flagThread != 0 || o.object("thread") != nil,
	}
	p.Displays = displays(o, deepest)
	for _, e := range o.objects("embeds") {
		card := embed{URL: e.text("url"), Title: e.text("title"), Description: e.text("description")}
		for _, f := range e.objects("fields") {
			card.Fields = append(card.Fields, strings.TrimSpace(f.text("name")+"\n"+f.text("value")))
		}
		p.Embeds = append(p.Embeds, card)
	}
	for _, a := range o.objects("attachments") {
		p.Attachments = append(p.Attachments, readAttachment(a))
	}
	for _, m := range o.objects("mentions") {
		p.Mentions = append(p.Mentions, m.id("id"))
	}
	p.Roles = o.texts("mention_roles")
	p.ReplyTo = o.object("message_reference").id("message_id")
	to := o.object("referenced_message")
	p.ReplyAuthor, p.ReplyRoot = to.object("author").id("id"), rootOf(to)
	p.Author.Roles = o.object("member").texts("roles")
	return p
}

// deepest is how far components are looked into: Discord nests them three deep.
const deepest = 5

// displays returns the text among the components of o, in order.
func displays(o object, depth int) []string {
	if depth == 0 {
		return nil
	}
	var out []string
	for _, c := range o.objects("components") {
		if c.number("type") == kindTextDisplay {
			out = append(out, c.text("content"))
		}
		out = append(out, displays(c, depth-1)...)
	}
	return out
}

// kindTextDisplay is a component that is text.
// https://discord.com/developers/docs/components/reference#text-display
const kindTextDisplay = 10

func readAttachment(o object) attachment {
	return attachment{
		ID: o.id("id"), Name: o.text("filename"), Type: o.text("content_type"),
		URL: o.text("url"), Size: o.number("size"),
	}
}

// rootOf returns the first answer of the conversation that a message of ours
// belongs to, which its button "Ask further" knows.
func rootOf(m object) string {
	for _, row := range m.objects("components") {
		for _, b := range row.objects("components") {
			if parts := strings.Split(b.text("custom_id"), ":"); len(parts) == 3 && parts[0] == verbFurther {
				return parts[2]
			}
		}
	}
	return ""
}
