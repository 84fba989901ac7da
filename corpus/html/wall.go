package html

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"pilcrow/corpus"
)

// What a page is that holds no article but stands where one should be, found
// with errors.Is.
var (
	ErrLogin  = errors.New("a login page, not an article; log in with a browser, save the page and add the file")
	ErrPerson = errors.New("a page that wants to know whether a person asks; save the article with a browser and add the file")
	// ErrScript is also corpus.ErrEmpty.
	ErrScript = fmt.Errorf("%w: a script is to draw it; save the page with a browser and add the file", corpus.ErrEmpty)
)

// Bounds, in bytes: what stands in front of an article says no more than this.
const (
	fewWords = 500
	notice   = 300
)

// wall returns an error where text, which is all that was found, is not an
// article's.
func (o *outline) wall(f *facts, page []byte, title string, text []string) error {
	n := size(text)
	if n == 0 {
		if bytes.Contains(page, []byte("<script")) || bytes.Contains(page, []byte("<SCRIPT")) {
			return ErrScript
		}
		return corpus.ErrEmpty
	}
	if n > fewWords {
		return nil
	}
	all := strings.ToLower(strings.Join(text, "\n"))
	person := all
	for _, b := range o.blocks {
		if len(person) < 4*fewWords {
			person += "\n" + strings.ToLower(b.text)
		}
	}
	switch {
	case f.password && (n < 100 || logIn().MatchString(strings.ToLower(title))):
		return ErrLogin
	case asksPerson().MatchString(person):
		return ErrPerson
	case asksScript().MatchString(all) && n < notice:
		return ErrScript
	}
	return nil
}

var logIn = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(log ?in|log on|sign ?in|anmeld(en|ung)|einloggen|connexion|se connecter|iniciar sesi[oó]n|entrar|accedi|inloggen|logga in|вход|войти)`)
})

var asksPerson = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`verify(ing)? (that )?you are (a )?human|checking (if the site connection is secure|your browser)|are you a robot|unusual traffic from your|complete the captcha|prove (that )?you('re| are) (not a robot|human)`)
})

var asksScript = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(enable|activate|turn on|requires?|need) javascript|javascript (is|to be|must be) (disabled|required|enabled|turned off)|javascript (aktivieren|ist deaktiviert)|activ(er|ez) javascript|habilit(ar|e) javascript`)
})

// partial reports whether the text is only the beginning of an article whose
// rest is for subscribers. Many a site that sells its articles sends them whole
// and hides them; these are not partial.
func (o *outline) partial(f *facts, article *element, text []string) bool {
	p := f.post()
	paid := p.paid || f.meta["article:content_tier"] == "locked" || f.meta["content_tier"] == "locked"
	words := 0
	for _, s := range text {
		words += len(strings.Fields(s))
	}
	cut := 10*p.words > 14*words // the page counts many more words than it has
	const short = 250            // words; below it, an article for sale is a sample of one
	switch {
	case paid:
		return words < short || cut || trailsOff(text)
	case words < short || cut:
		return o.asksForMore(article)
	}
	return false
}

// trailsOff reports whether a text ends in the middle.
func trailsOff(text []string) bool {
	if len(text) == 0 {
		return false
	}
	last := text[len(text)-1]
	return strings.HasSuffix(last, "…") || strings.HasSuffix(last, "...")
}

// asksForMore reports whether a notice in the article or behind it asks the
// reader to subscribe or to register.
func (o *outline) asksForMore(article *element) bool {
	for _, b := range o.blocks[article.first:] {
		if b.asksForMore() {
			return true
		}
	}
	return false
}

func (b *block) asksForMore() bool {
	if len(b.text) > notice || len(b.text) < 15 {
		return false
	}
	s := strings.ToLower(b.text)
	return slices.ContainsFunc(paywalls, func(phrase string) bool { return strings.Contains(s, phrase) })
}

// paywalls are what such a notice says, in lower case.
var paywalls = []string{
	"to continue reading", "to keep reading", "subscribe to read", "subscribe to continue", "subscribe to unlock", "subscribe now to",
	"register to read", "register to continue", "sign up to read", "sign up to continue", "sign in to read", "sign in to continue",
	"log in to read", "log in to continue", "is only for subscribers", "is for subscribers", "is only available to subscribers",
	"is available to subscribers", "is reserved for subscribers", "is exclusively for subscribers", "is only for members",
	"subscriber-only", "subscriber only", "for subscribers only", "exclusive to subscribers", "exclusive to our subscribers",
	"unlock this article", "unlock this story", "unlock the full", "read the full article with", "read the full article by",
	"read the full story with", "reached your limit", "reached your article limit", "want to read more", "want to read the rest",
	"weiterlesen mit", "jetzt abonnieren", "nur für abonnent", "abonnez-vous pour", "réservé aux abonnés", "% de cet article à lire",
	"solo para suscriptores", "suscríbete para", "riservato agli abbonati", "abbonati per", "alleen voor abonnees",
	"exclusivo para assinantes",
}
