package discord

import (
	"net/url"
	"slices"
	"strings"

	"pilcrow/bot/discord/markup"
	"pilcrow/corpus"
)

// parts are the message and what it forwards, in the order in which they are
// read.
func (p *post) parts() []*post {
	out := []*post{p}
	for i := range p.Forwarded {
		out = append(out, &p.Forwarded[i])
	}
	return out
}

// words is what a message says in its own words and in those that it forwards.
func (p *post) words() string {
	var words []string
	for _, part := range p.parts() {
		for _, on := range append([]string{part.Content}, part.Displays...) {
			if s, _ := markup.Read(on); s != "" {
				words = append(words, s)
			}
		}
	}
	return strings.Join(words, "\n")
}

// said is the words of a message, or where there are none what stands on the
// cards under it: a card is mostly made of the page that the words lead to.
func (p *post) said() string {
	if words := p.words(); words != "" {
		return words
	}
	var cards []string
	for _, part := range p.parts() {
		for _, e := range part.Embeds {
			for _, on := range append([]string{e.Title, e.Description}, e.Fields...) {
				if s, _ := markup.Read(on); s != "" {
					cards = append(cards, s)
				}
			}
		}
	}
	return strings.Join(cards, "\n")
}

// links are the addresses that a message leads to, each once, in order: in its
// words, in what it forwards and on its cards. Discord's own are left out, which
// are no articles.
func (p *post) links() []string {
	var out []string
	seen := make(map[string]bool)
	add := func(addresses ...string) {
		for _, address := range addresses {
			key := corpus.CanonicalURL(address)
			if key == "" || seen[key] || isDiscords(key) {
				continue
			}
			seen[key] = true
			out = append(out, address)
		}
	}
	for _, part := range p.parts() {
		for _, on := range append([]string{part.Content}, part.Displays...) {
			_, links := markup.Read(on)
			add(links...)
		}
		for _, e := range part.Embeds {
			add(e.URL)
			for _, on := range append([]string{e.Description}, e.Fields...) {
				_, links := markup.Read(on)
				add(links...)
			}
		}
	}
	return out
}

// files are the attachments of a message and of what it forwards.
func (p *post) files() []attachment {
	var out []attachment
	for _, part := range p.parts() {
		out = append(out, part.Attachments...)
	}
	return out
}

// discords are the hosts of Discord's own pages and files.
var discords = []string{"discord.com", "discord.gg", "discordapp.com", "discordapp.net", "discord.media", "discord.new"}

func isDiscords(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := u.Hostname()
	return slices.ContainsFunc(discords, func(d string) bool { return host == d || strings.HasSuffix(host, "."+d) })
}
