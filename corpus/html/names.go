package html

import (
	"iter"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// names is what an element's tag, class, id and role say of what is inside.
type names struct {
	furniture bool // navigation, teasers, captions, boxes: no part of the text
	body      bool // the text of the article
	quoted    bool // a post from elsewhere, set into the text
}

// judge reads the names of n. Authors of pages name elements for what they are
// and write the names in a few dozen English words, also around text in other
// languages.
func (o *outline) judge(n *html.Node) names {
	var v names
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside, atom.Form, atom.Fieldset, atom.Figure, atom.Menu, atom.Dialog:
		v.furniture = true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "data-component", "data-testid":
			w := o.verdict(a.Val)
			v.furniture = v.furniture || w.furniture
			v.body = v.body || w.body
			v.quoted = v.quoted || w.quoted && n.DataAtom == atom.Blockquote
		case "role":
			v.furniture = v.furniture || furnitureRoles()[a.Val]
		case "itemprop":
			switch strings.ToLower(a.Val) {
			case "articlebody", "reviewbody":
				v.body = true
			case "author", "caption", "comment", "datemodified", "datepublished", "publisher":
				v.furniture = true
			}
		case "hidden":
			v.furniture = true
		case "aria-hidden":
			v.furniture = v.furniture || a.Val == "true"
		case "style":
			v.furniture = v.furniture || hiding(a.Val)
		}
	}
	return v
}

// hiding reports whether a style keeps an element from being seen.
func hiding(style string) bool {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// verdict judges the value of a class or id.
func (o *outline) verdict(value string) names {
	v, ok := o.verdicts[value]
	if !ok {
		v = judgeWords(value)
		o.verdicts[value] = v
	}
	return v
}

func judgeWords(value string) names {
	var v names
	for _, name := range strings.Fields(value) {
		if name == "hentry" || name == "type-post" {
			return names{} // WordPress: the rest are the article's topics, tags and author
		}
		prev := ""
		for w := range words(name) {
			pair := prev + " " + w
			v.furniture = v.furniture || furnitureWords()[w] || furnitureWords()[pair]
			v.body = v.body || bodyWords()[w] || bodyWords()[pair]
			v.quoted = v.quoted || w == "tweet" || w == "instagram" || w == "tiktok" || w == "bluesky"
			prev = w
		}
	}
	return v
}

// words yields the words of a name in lower case, however they are joined:
// story-body, story_body, storyBody.
func words(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start, lower := 0, false
		for i, r := range name {
			letter := unicode.IsLetter(r)
			if !letter || lower && unicode.IsUpper(r) {
				if start < i && !yield(strings.ToLower(name[start:i])) {
					return
				}
				start = i
			}
			if !letter {
				start = i + len(string(r))
			}
			lower = unicode.IsLower(r)
		}
		if start < len(name) {
			yield(strings.ToLower(name[start:]))
		}
	}
}

var furnitureRoles = list(`alert, banner, complementary, contentinfo, dialog, form, menu, navigation, search`)

// furnitureWords are words, and pairs of them, that name what is not the text
// of an article.
var furnitureWords = list(`
	ad, ads, adsense, advert, advertisement, advertising, adverts, promo, promoted, promos, promotion, sponsor, sponsored, sponsors, cta,
	addthis, addtoany, share, sharedaddy, sharethis, sharing, sociable, social, syndication,
	also read, latest, more stories, most popular, most read, next article, next prev, prev next, outbrain, popular, read more, recirc, recirculation,
	recommendation, recommendations, recommended, related, relatedposts, revcontent, see also, taboola, teaser, teasers, trending, up next,
	viral, zergnet,
	mailchimp, newsletter, newsletters, optin, paywall, sign up, signup, subscribe, subscription,
	comment, comments, disqus, livefyre, replies, reply, respond,
	breadcrumb, breadcrumbs, dropdown, flyout, footer, masthead, menu, nav, navbar, navigation, pager, pagination, rail, sidebar, submenu,
	subnav, toolbar,
	consent, cookie, cookies, gdpr, privacy,
	caption, captions, carousel, credit, credits, gallery, lightbox, slideshow,
	author, authors, bio, byline, bylines, copyright, dateline, disclaimer, meta, pubdate, timestamp,
	categories, category, keywords, tag list, taglist, tags,
	banner, btn, button, buttons, icon, infobox, login, modal, overlay, player, poll, popover, popup, quiz, rating, ratings, signin,
	survey, tooltip, video, widget, widgets,
	pull quote, pullquote,
	hidden, hide, noprint, print block, print only, screen reader, sr only, visually hidden`)

// bodyWords are words, and pairs of them, that name the text itself.
var bodyWords = list(`
	article body, article content, article copy, article text, articlebody, articlecontent, articletext,
	blog content, body content, body copy, body text, bodycopy, content body, entry body, entry content, entry text, fulltext,
	news body, news content, news text, post body, post content, post entry, post text, postbody, postcontent,
	story body, story content, story copy, story text, storybody, storycontent, storytext, text content`)

// list makes a set of words parted by commas when it is first asked for.
func list(words string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		set := make(map[string]bool)
		for w := range strings.SplitSeq(words, ",") {
			set[strings.TrimSpace(w)] = true
		}
		return set
	})
}
