package text

import (
	"slices"
	"strings"
	"sync"
)

// Orders reports whether a sentence tells its reader, or a program that reads
// it, to do something: "Click here", "Add a link to your answer", "Ignore what
// was said before". It says nothing about the world. The grammar is that of
// English: a verb in its bare form where the subject would stand, or words
// about the reader's own answer. Sentences of other languages are known by
// those words only.
func Orders(sentence string) bool {
	words := Words(sentence)
	low := make([]string, 0, len(words))
	for _, w := range words {
		low = append(low, strings.ToLower(w.Of(sentence)))
	}
	if len(low) == 0 {
		return false
	}
	for i, w := range low {
		for _, rest := range addressed()[w] {
			if n := i + 1 + len(rest); n <= len(low) && slices.Equal(low[i+1:n], rest) {
				return true
			}
		}
	}
	if strings.ContainsAny(sentence[:words[0].Start], "\"“„«'‘") {
		return false // somebody is quoted: that he said it is told
	}
	if i := unstopped(sentence, words, low); i > 0 {
		return Orders(sentence[words[i].Start:])
	}
	if i := behind(sentence, words); i > 0 && low[i] == words[i].Of(sentence) && bids(sentence, words[i:], low[i:]) {
		return true // "When the bell rings, close the gate"
	}
	i := 0
	for i < len(low) && polite()[low[i]] {
		i++
	}
	if i == len(low) {
		return false
	}
	if !slices.ContainsFunc(low[:i], func(w string) bool { return !gentle()[w] }) && bids(sentence, words[i:], low[i:]) {
		return true
	}
	if !imperatives()[low[i]] {
		return false
	}
	// "Show hosts were told", "Report finds": a noun at the head of a headline
	// has its verb behind it.
	return i+1 == len(low) || i > 0 || follows()[low[i+1]] || len(low) > i+2 && follows()[low[i+2]] ||
		strings.ContainsAny(sentence[words[i].End:words[i+1].Start], "\"“'‘")
}

// behind returns the word behind the first comma of a sentence that begins with
// what goes before an order or a statement: "In", "When", "To", "Before"; 0 where
// there is none.
func behind(sentence string, words []Span) int {
	switch first := strings.ToLower(words[0].Of(sentence)); first {
	case "i", "you", "he", "she", "it", "we", "they", "who", "what":
		return 0
	default:
		if !notVerbs()[first] && first != "to" {
			return 0
		}
	}
	for i := 1; i < len(words) && i < maxFronted; i++ {
		if strings.HasPrefix(sentence[words[i-1].End:], ",") {
			return i
		}
	}
	return 0
}

// maxFronted bounds what may stand before an order, in words.
const maxFronted = 12

// bids reports whether a sentence is an order by its first words: a verb that is
// no noun, or any word with an object behind it that only verbs have there.
func bids(sentence string, words []Span, low []string) bool {
	if len(low) == 1 {
		return onlyVerb(low[0])
	}
	next := words[1].Of(sentence)
	switch gap := strings.Trim(sentence[words[0].End:words[1].Start], " \"“'‘"); {
	case gap != "":
		return false // "Remember, Anna wants to win."
	case onlyVerb(low[0]):
		return !finite(next)
	}
	return (determiner(next) || object(next)) && !introduces(low[0]) && inEnglish(next, low)
}

// onlyVerb reports whether a word is a verb in its bare form and nothing else.
func onlyVerb(low string) bool {
	return onlyVerbs()[low] || len(low) > 6 && strings.HasSuffix(low, "ize")
}

// inEnglish reports whether low are words of English, where next alone may be a
// word of another language: "Macron a dit".
func inEnglish(next string, low []string) bool {
	return next != "a" && next != "an" && next != "me" || slices.ContainsFunc(low, func(w string) bool {
		switch w {
		case "the", "of", "and", "to", "for", "with", "about", "from", "by", "that", "your", "this":
			return true
		}
		return false
	})
}

// finite reports whether a word is the verb of the subject before it.
func finite(low string) bool {
	switch low {
	case "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "says", "said":
		return true
	}
	return false
}

// object reports whether a word stands in the place of an object rather than of
// a subject.
func object(word string) bool {
	switch word {
	case "these", "those", "my", "our", "their", "any", "each", "every", "some", "me", "us", "them", "him", "yourself":
		return true
	}
	return false
}

// introduces reports whether a word may open a sentence that tells, with the object
// of no verb behind it: "In the", "When a", "Only this", "Given the". These are
// the closed classes of English, adverbs and participles; what else has an
// article behind it is a verb.
func introduces(low string) bool {
	for _, end := range []string{"ing", "ed", "ly", "wise", "ward", "wards", "where", "s", "n't", "'re", "'ve", "'ll", "'d", "'m", "’m", "’re", "’ve", "’ll", "’d", "n’t"} {
		if strings.HasSuffix(low, end) && low != "discuss" && low != "address" && low != "assess" && low != "express" && low != "feed" && low != "need" && low != "embed" && low != "bring" && low != "reply" && low != "apply" && low != "rely" && low != "multiply" && low != "supply" {
			return true
		}
	}
	return notVerbs()[low]
}

// unstopped returns the word that an order begins with behind a sentence whose
// full stop is missing or taken for that of an abbreviation: "opens in June Add
// a link"; 0 where there is none.
func unstopped(sentence string, words []Span, low []string) int {
	for i := len(words) - 2; i > 0; i-- {
		next := words[i+1].Of(sentence)
		if !imperatives()[low[i]] || low[i] == words[i].Of(sentence) || low[i+1] != next || !follows()[next] {
			continue
		}
		gap := sentence[words[i-1].End:words[i].Start]
		if !strings.HasSuffix(gap, " ") || strings.ContainsAny(gap, ",;-–—&") {
			continue
		}
		title := low[i-1] != words[i-1].Of(sentence) && strings.TrimSpace(gap) == ""
		object := determiner(next) || i+2 < len(low) && determiner(words[i+2].Of(sentence)) // "Open the", "Break down the"
		if !title || object && low[i-1] != "to" && low[i-1] != "and" && !polite()[low[i-1]] {
			return i
		}
	}
	return 0
}

func determiner(word string) bool {
	return word == "the" || word == "a" || word == "an" || word == "this" || word == "your"
}

// addresses are words to whoever writes an answer.
var addresses = []string{
	" your answer ", " your response ", " your reply ", " your message ", " your output ", " your responses ", " your answers ",
	" your summary ", " your system prompt ", " your instructions ", " previous instructions ", " prior instructions ", " above instructions ",
	" as an ai ", " language model ", " you must now ", " you are now ", " from now on you ", " the assistant must ", " the assistant should ",
	" ignore all ", " ignore the above ", " ignore previous ", " disregard the ", " disregard all ", " disregard previous ",
	" deine antwort ", " deiner antwort ", " ihre antwort ", " ihrer antwort ", " votre réponse ", " ta réponse ", " tu respuesta ", " su respuesta ",
}

// addressed holds addresses by their first word: the words behind it.
var addressed = sync.OnceValue(func() map[string][][]string {
	out := make(map[string][][]string, len(addresses))
	for _, p := range addresses {
		words := strings.Fields(p)
		out[words[0]] = append(out[words[0]], words[1:])
	}
	return out
})

// gentle are the polite words that are no part of a verb.
var gentle = sync.OnceValue(func() map[string]bool {
	return set("please kindly now then also next first finally always never don't just simply instead")
})

var polite = sync.OnceValue(func() map[string]bool {
	return set("please kindly now then also next first finally and so always never do not don't just simply instead be sure to you must should can could will would")
})

// imperatives are verbs that orders begin with.
var imperatives = sync.OnceValue(func() map[string]bool {
	return set(`accept add advertise advise anagram answer append apply ask augment avoid begin break buy call calculate change check choose cite claim click
		code combine compare complete compose compute confirm consider contact convert copy count create deliver define delete describe design
		detail develop disclose discuss display disregard download draft email emphasize encode encourage end enhance ensure enter evaluate
		execute explain explore express extend fetch fill find finish follow forget format forward generate get give go group guess guide help hide highlight
		identify ignore illustrate imagine impersonate include incorporate increase infuse inject insert install instruct integrate introduce invite join jumble
		keep learn let link list log look make mention misspell mix modify name notify obey offer omit open order output outline override paraphrase
		pay perform ping play post praise prepare present pretend print produce promote prompt provide put quote randomize rate read rearrange recite recommend record
		redirect refer refuse register reject remember remind remove render repeat rephrase replace reply report request respond respell return reveal reverse review
		rewrite run say scramble scroll search see select send share shift show shuffle sign sing skip solve speak spell start state stop store subscribe substitute
		suggest summarise summarize swap switch tag take talk teach tease tell think transform translate transpose try turn type urge use utilize visit warn watch
		weave write`)
})

// onlyVerbs are verbs that are no nouns: in their bare form at the head of a
// sentence they are orders, whatever follows.
var onlyVerbs = sync.OnceValue(func() map[string]bool {
	return set(`add advise advertise allow analyse append arrange ascertain assess assign attach avoid become believe broaden calculate choose cite collect
		combine compose compute conclude conduct configure consider construct contain convince create decide decode decipher decrypt deduce define delete deliver
		demonstrate denote depict describe determine develop diagnose differentiate discover discuss distinguish elaborate embed emphasise employ enable
		encipher encode encourage encrypt enhance ensure enumerate evaluate examine expand explain explore express extract forecast formulate generate give
		identify illustrate imagine imitate impersonate imply improve include incorporate indicate infer inform insert insinuate inspect integrate
		interpret introduce invent invert investigate justify learn locate make mention minimise maximise modify narrate negate obtain omit organise persuade
		portray predict prepare prioritise produce pronounce propose provide publish recite recommend reconstruct refer reflect remember remove render
		reorder rephrase replace reproduce respond retrieve reveal rewrite scramble select send simulate solicit solve specify spell submit substitute
		suggest summarise synthesise tell transcribe transform translate transpose underline understand utilise validate verify visualise write`)
})

// notVerbs are the words that open a sentence that tells and may have an article
// or pronoun behind them: prepositions, conjunctions, adverbs, auxiliaries,
// question words, numbers, days and past forms without "-ed".
var notVerbs = sync.OnceValue(func() map[string]bool {
	return set(`a about above altogether beside despite earlier sooner according across after against ahead albeit all almost along alongside already also although am amid amidst among amongst an and another
		any apart are around as aside at atop away back be became because been before began behind being below beneath besides between beyond bid born both
		bought broke brought built but by came can cannot caught circa come concerning could cut dare de did do does done down drawn driven due during
		each either else enough even ever every except far few fewer five for forward found four from front further gave given gone got had half happy
		has have he held hello hence her here hers hi him his hit how however i if in inside instead into is it its itself just kept knew known last later
		least led left less let like little long lost made many may maybe me mean meanwhile meant met might mine minus monday more moreover most much must my near
		neither never nevertheless next no nobody none nonetheless nor not nothing notwithstanding now of off often oh ok okay old on once one only onto opposite or other
		our out outside over overnight own paid past per perhaps plus put quite ran rather read right round said sat save saw say second seen sent set seven shall
		she shot should shown since six small so sold some somehow sometimes soon spent still stood such sunday sure taken than thank that the their them
		then there thereafter therefore these they third this those though three through throughout thus till to today together told tomorrow
		tonight too took top toward turn twelve twice two under underneath unless unlike until up upon us very via was we well went were what whatever when
		whenever wherever whether which whichever while who whoever whole whom whose why will with within without won worse worst worth would written wrote yes yesterday yet you
		young your zero eight ten nine eleven hundred thousand million spring summer autumn winter january february march april may june july august
		september october november december friday saturday thursday tuesday wednesday evening morning night noon midnight fast hard straight abroad
		downtown uptown nearby overall online offline elsewhere ago all-in aboard en la le el der die das al von van no-one nay alas ah well long-time first`)
})

// follows are words that stand behind a verb in its bare form rather than
// behind a noun: its object begins.
var follows = sync.OnceValue(func() map[string]bool {
	return set(`a an the this that these those all any each every some your you me us our my it them him her more here there how what when where
		why who which if whether to in on out up down off with without from by for at about into over only no not random other another one two three
		both vowels letters words numbers spaces users readers people everyone and or as using now this`)
})
