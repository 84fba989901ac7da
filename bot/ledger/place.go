package ledger

import (
	"slices"
	"strings"
)

// Place is where words will be seen, which decides what they may be made from.
// Not where a command was typed: an answer that is about to be shared has the
// place it is shared to.
//
// The zero value of each field gives less, never more.
type Place struct {
	Guild   string `json:"guild,omitempty"`   // empty in a direct or group message
	Channel string `json:"channel,omitempty"` // for a thread the thread's own id
	Parent  string `json:"parent,omitempty"`  // the channel of a thread or a forum's post; else empty
	// Private is the one person who will see the words: a direct message with
	// the bot, or a reply shown to one. Empty means everybody in the channel,
	// also of a group message.
	Private string `json:"private,omitempty"`
	// Member says that the bot is a member of the guild. False where a person
	// brought a command that they installed for themselves: then Guild counts
	// for nothing, its limits neither.
	Member bool `json:"member,omitempty"`
}

// Who is the person who asks or clicks, now: roles are read anew at each
// interaction, never remembered.
type Who struct {
	Person  string
	Roles   []string // in the guild of the place
	Manager bool     // has Manage Server there; may do everything there
}

const (
	guildPrefix  = "guild-"
	personPrefix = "person-"
	links        = "/links"
)

// GuildCollection returns the name of a guild's own collection.
func GuildCollection(guild string) string { return guildPrefix + guild }

// PersonCollection returns the name of a person's own collection.
func PersonCollection(person string) string { return personPrefix + person }

// home returns the guild whose rules hold at p, or "".
func (p Place) home() string {
	if !p.Member || !isID(p.Guild) {
		return ""
	}
	return p.Guild
}

// owns reports whether a collection is the guild's own or part of it.
func owns(guild, collection string) bool {
	own := GuildCollection(guild)
	return collection == own || strings.HasPrefix(collection, own+"/")
}

// isID reports whether s can be an id, so that no id can name another's
// collection.
func isID(s string) bool {
	return s != "" && len(s) <= 64 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_'
	})
}

// unique returns list without what stands in it twice, in its order, and
// without empty strings; never nil's own slice.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
