package retrieval

import (
	"strings"
	"unicode"

	"pilcrow/corpus/text"
)

// particles are characters of Chinese and Japanese that join words, or ask. A
// pair of characters with one of them says where two words meet, not what is
// asked for.
const particles = "的了是在有和与與也都就吗嗎呢吧啊谁誰什么麼怎哪几幾之被把从從到这這那个個" + "のはがをにでともへやか"

// askings are the words with which Chinese, Japanese and Korean ask.
var askings = strings.Fields("为什么 為什麼 什么 甚麼 怎么 怎麼 多少钱 多少錢 多少 多长 多長 多久 多大 多高 多远 多遠 多重 何时 何時 何处 何處 なぜ どこ いつ だれ どう いくら いくつ 何年 何人 何が 何を 何 누구 무엇 언제 어디 어떻게 얼마 입니까 습니까 인가요 나요 까요")

// hollow reports whether a term of a script without spaces, at a place of s,
// carries no content of its own.
func hollow(s string, at text.Span) bool {
	term := at.Of(s)
	kana, han := 0, 0
	for _, r := range term {
		switch {
		case strings.ContainsRune(particles, r):
			return true
		case unicode.Is(unicode.Hiragana, r):
			kana++
		case unicode.In(r, unicode.Han, unicode.Hangul):
			han++
		default:
			return false
		}
	}
	if han == 0 {
		return kana > 0 // endings of verbs
	}
	for _, w := range askings {
		for from := 0; ; {
			i := strings.Index(s[from:], w)
			if i < 0 {
				break
			}
			from += i
			if (text.Span{Start: from, End: from + len(w)}).Overlaps(at) {
				return true
			}
			from += len(w)
		}
	}
	return false
}
