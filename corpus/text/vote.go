package text

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// voter is a language that Lang knows by its stop words.
type voter struct {
	lang  string
	prior float64 // how often it is met; near relations differ, so that one wins
	marks string  // its letters beyond a to z
	more  string  // common words that the list of stop words lacks
}

var voters = [...]voter{
	{"en", 1, "", "will can said also could may says last did does happened people year years week today news new two after about tell explain summarise summarize latest"},
	{"de", 1, "äöüß", "wurde wurden sagte laut jahr jahre heute gestern mehr gibt wo welche geschah kostet kosten dauert liegt heißt fährt öffnet beginnt endet findet teuer lange gewann ab passiert passierte"},
	{"fr", 1, "àâçèéêëîïôùûœ", "plus selon dit année ans aujourd'hui hier sont cette être fait leurs deux quel quelle quels encore"},
	{"es", 1, "áéíñóúü¿¡", "según dijo año años hoy ayer más qué por dos semana"},
	{"it", 1, "àèéìòù", "più anno anni secondo detto oggi ieri chi dove perché due"},
	{"pt", 1, "áâãçéêíóõôú", "ano anos disse hoje ontem segundo quem porque dois duas"},
	{"nl", 1, "ë", "jaar volgens zei meer vandaag gisteren wie weer beide"},
	{"ru", 1, "", ""},
	{"pl", .8, "ąćęłńóśźż", ""},
	{"tr", .8, "çğıöşü", ""},
	{"sv", .8, "åäö", ""},
	{"da", .8, "æøå", "siden fordi efter mere"},
	{"no", .7, "æøå", ""},
	{"fi", .8, "äö", ""},
	{"cs", .8, "áčďéěíňóřšťúůýž", ""},
	{"hu", .8, "áéíóöőúüű", ""},
	{"ro", .7, "ăâîșțşţ", ""},
	{"id", .7, "", ""},
	{"hr", .5, "čćđšž", ""},
	{"ar", 1, "ةىيك", ""},
	{"fa", 1, "پچژگکی", ""},
	{"ckb", .3, "ێۆڵڕە", ""},
	{"hi", 1, "", ""},
	{"bg", .5, "", ""},
	{"ca", .3, "àçèéíïòóúü", ""},
	{"gl", .1, "áéíñóú", ""},
	{"eu", .3, "", ""},
	{"ga", .2, "áéíóú", ""},
}

// ballot is the set of languages that something votes for, a bit each in the
// order of voters.
type ballot uint32

// electorate maps words and letters to their ballots.
var electorate = sync.OnceValues(func() (byWord map[string]ballot, byMark map[rune]ballot) {
	byWord, byMark = make(map[string]ballot, 8192), make(map[rune]ballot, 128)
	for i, v := range voters {
		for w := range stopWords(v.lang) {
			byWord[w] |= 1 << i
		}
		for w := range strings.FieldsSeq(v.more) {
			byWord[w] |= 1 << i
		}
		for _, r := range v.marks {
			byMark[r] |= 1 << i
		}
	}
	return byWord, byMark
})

// tally adds up votes.
type tally [len(voters)]float64

// add gives out one vote of a weight, parted among a ballot by their priors.
func (t *tally) add(b ballot, weight float64) {
	sum := 0.
	for rest := b; rest != 0; rest &= rest - 1 {
		sum += voters[bits.TrailingZeros32(uint32(rest))].prior
	}
	for rest := b; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros32(uint32(rest))
		t[i] += weight * voters[i].prior / sum
	}
}

// vote returns the language that two different stop words or more and the
// letters of s speak for, by a margin; "" where they leave it open. Words with
// a capital, after the first, do not vote: they are names.
func vote(s string) string {
	byWord, byMark := electorate()
	var score tally
	var seen [4]string // the first different stop words
	distinct, count := 0, 0
	for w := range words(s) {
		word := w.Of(s)
		if len(word) > 24 || isDigit(rune(word[0])) || count > 0 && capital(word) {
			continue
		}
		count++
		word = strings.ReplaceAll(strings.ToLower(word), "’", "'")
		b := byWord[word]
		if i := strings.IndexByte(word, '\''); b == 0 && i > 0 && i < 4 { // l'eau, c'est
			b = byWord[word[:i]]
		}
		if b == 0 {
			continue
		}
		score.add(b, 1)
		if distinct < len(seen) && !slices.Contains(seen[:distinct], word) {
			seen[distinct] = word
			distinct++
		}
	}
	marks := 0
	for _, r := range s {
		if b := byMark[r]; b != 0 && marks < 40 {
			score.add(b, .4)
			marks++
		}
	}
	best, second := 0, 1
	for i := range score {
		switch {
		case i > 0 && score[i] > score[best]:
			best, second = i, best
		case i > 0 && (i == 1 || score[i] > score[second]):
			second = i
		}
	}
	if distinct < 2 || score[best] < .7 || score[best] < score[second]*1.25 || score[best] < .08*float64(count) {
		return ""
	}
	return voters[best].lang
}
