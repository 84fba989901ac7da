package bot

import (
	"strings"

	"pilcrow/corpus/text"
)

// reasons are the words by which a sentence gives a reason, by language,
// written like cues.
var reasons = map[string][]string{
	"en": {
		"because", "due to", "owing to", "thanks to", "as a result", "result of", "in response to", "in order to", "so that",
		"caused by", "caused * by", "driven by", "prompted by", "sparked by", "triggered by", "blame*", "stem* from", "led to",
		"the reason", "reasons", "in protest",
	},
	"de": {"weil", "wegen", "aufgrund", "auf grund", "infolge", "denn", "deshalb", "daher", "damit", "dank", "der grund", "gründe*"},
	"fr": {"parce que", "parce qu", "car", "en raison", "à cause", "grâce à", "afin de", "afin que", "la raison"},
	"es": {"porque", "debido a", "a causa de", "gracias a", "por culpa", "para que", "la razón", "el motivo"},
}

// because returns where a sentence gives a reason, and whether it does.
func because(lang, sentence string) (at text.Span, ok bool) {
	list := reasons[lang]
	if list == nil {
		list = reasons["en"]
	}
	spans := text.Words(sentence)
	words := make([]string, len(spans))
	for i, w := range spans {
		words[i] = strings.ToLower(w.Of(sentence))
	}
	for i := range words {
		for _, r := range list {
			if begins(words[i:], strings.Fields(r)) {
				return spans[i], true
			}
		}
	}
	return text.Span{}, false
}
