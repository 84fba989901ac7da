package ledger

import (
	"context"
	"errors"
	"slices"

	"pilcrow/corpus/sqlite"
)

// Rights are what somebody may do at a place, at this moment. They are worked
// out anew for each command, click, autocomplete and share, and not kept.
type Rights struct {
	// Ask says that they may ask, summarise, and find sources. Without it Read
	// is empty.
	Ask bool
	// Add says that they may add and remove articles in Own, and its feeds.
	Add bool
	// Manage says that they may change the settings, read the audit log, and
	// delete another's answers.
	Manage bool
	// Silent says that nothing may be shown here to everybody: answer
	// privately, for which rights are to be asked again with Private set.
	// Read is empty.
	Silent bool

	// Read are the collections that words shown here may come from: what a
	// question, a search, a list and an autocomplete are given. Sorted; where
	// it is empty, nothing may be read, so never hand it to a filter that
	// takes an empty list for all.
	Read []string
	// Own is the collection that articles are added to from here, or "" where
	// nothing can be added.
	Own string
	// Links is the collection for what is summarised by its link and not
	// added, or "". Questions do not read it; what is cited from it may be
	// shown here.
	Links string
}

// Rights returns what w may do at p.
func (l *Ledger) Rights(ctx context.Context, p Place, w Who) (_ Rights, err error) {
	defer sqlite.Wrap(&err, "rights in guild %s", p.Guild)
	var s Settings
	if home := p.home(); home != "" {
		if s, err = readSettings(ctx, l.db.Reader, home); err != nil {
			return Rights{}, err
		}
	}
	return rights(p, w, s, l.public), nil
}

// rights is Rights, with the guild's settings and the public collections.
func rights(p Place, w Who, s Settings, public []string) Rights {
	if !isID(w.Person) || p.Private != "" && p.Private != w.Person {
		return Rights{} // nobody acts where another alone will see it
	}
	guild := p.home()
	if guild == "" {
		return outside(p, public)
	}
	var r Rights
	r.Manage = w.Manager || shares(w.Roles, s.ManageRoles)
	r.Add = r.Manage || shares(w.Roles, s.AddRoles)
	r.Ask = r.Add || len(s.AskRoles) == 0 || shares(w.Roles, s.AskRoles)
	r.Silent = p.Private == "" && s.silent(p)
	if r.Add {
		r.Own = GuildCollection(guild)
	}
	if !r.Ask || r.Silent {
		return r
	}
	r.Links = GuildCollection(guild) + links
	r.Read = visible(p, s, public)
	return r
}

// outside returns the rights where no guild's rules hold: in messages, and
// where a person brought the bot along. A person's own collection is read
// where they alone will see the words.
func outside(p Place, public []string) Rights {
	r := Rights{Ask: true, Read: visible(p, Settings{}, public)}
	if p.Private != "" {
		r.Add, r.Manage = true, true
		r.Own = PersonCollection(p.Private)
		r.Links = r.Own + links
	}
	return r
}

// visible returns the collections that may be seen at p by those who may ask
// there, sorted: what a guild's settings wish for, of what is its own or
// public, and a person's own where they alone see it. It is all that decides
// this.
func visible(p Place, s Settings, public []string) []string {
	var list []string
	if guild := p.home(); guild == "" {
		list = slices.Clone(public)
	} else {
		for _, name := range s.reads(p, guild, public) {
			if owns(guild, name) || slices.Contains(public, name) {
				list = append(list, name)
			}
		}
	}
	if isID(p.Private) {
		list = append(list, PersonCollection(p.Private))
	}
	slices.Sort(list)
	return list
}

// May reports whether an article that is in these collections may be cited
// here. An article in none was withdrawn, and may not.
func (r Rights) May(collections []string) bool {
	for _, name := range collections {
		if slices.Contains(r.Read, name) || name == r.Links && name != "" {
			return true
		}
	}
	return false
}

// ErrNothingToShare says that the target may read nothing of an answer.
var ErrNothingToShare = errors.New("this place may read none of the cited articles")

// Share returns of a private answer what a target may show, whose rights are
// r: the sentences of which every citation may be read there, since a sentence
// says what all its citations say together, and the citations that they use.
// Numbers stay. left is how many sentences were taken out; ErrNothingToShare
// where none stays. collections returns those that an article is in now, none
// for one that is gone.
func (r Rights) Share(b Body, collections func(article string) ([]string, error)) (shared Body, left int, err error) {
	may := map[int]bool{}
	for _, c := range b.Citations {
		names, err := collections(c.Article)
		if err != nil {
			return Body{}, 0, err
		}
		may[c.N] = r.Ask && !r.Silent && r.May(names)
	}
	used := map[int]bool{}
	for _, s := range b.Sentences {
		if len(s.Citations) == 0 || slices.ContainsFunc(s.Citations, func(n int) bool { return !may[n] }) {
			left++
			continue
		}
		shared.Sentences = append(shared.Sentences, s)
		for _, n := range s.Citations {
			used[n] = true
		}
	}
	if len(shared.Sentences) == 0 {
		return Body{}, left, ErrNothingToShare
	}
	for _, c := range b.Citations {
		if used[c.N] {
			shared.Citations = append(shared.Citations, c)
		}
	}
	return shared, left, nil
}

// shares reports whether two lists have something in common.
func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
