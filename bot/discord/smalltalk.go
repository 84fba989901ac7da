package discord

import (
	"strings"
	"sync"

	"pilcrow/corpus/text"
)

// courtesies are what people say to somebody rather than ask: of these alone no
// question is made.
var courtesies = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(`
		hi hello hey hiya howdy yo good morning evening night thanks thank thx ty you much very so many a lot ok okay k cool great nice perfect lol
		hallo moin servus guten morgen abend tag danke schön dir vielen dank super prima gut
		bonjour bonsoir salut merci beaucoup coucou parfait
		hola buenos buenas días tardes noches gracias muchas vale genial perfecto
		नमस्ते नमस्कार धन्यवाद शुक्रिया बहुत ठीक है अच्छा`) {
		set[text.Fold(w)] = true
	}
	return set
})

// asked is what is asked in a message's words: "" where it is a wave, a heart, or
// a word of thanks. What followed the mention of whom it was to goes with that.
func asked(words string) string {
	words = strings.TrimSpace(strings.TrimLeft(strings.ReplaceAll(words, ", ,", ","), " ,:;!–—"))
	if strings.HasSuffix(words, "?") && len(text.Words(words)) > 0 {
		return words
	}
	for _, w := range text.Words(words) {
		if !courtesies()[text.Fold(w.Of(words))] {
			return words
		}
	}
	return ""
}
