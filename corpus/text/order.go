package text

import (
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
	all := " " + strings.Join(low, " ") + " "
	for _, p := range addresses {
		if strings.Contains(all, p) {
			return true
		}
	}
	if strings.ContainsAny(sentence[:words[0].Start], "\"“„«'‘") {
		return false // somebody is quoted: that he said it is told
	}
	if i := unstopped(sentence, words, low); i > 0 {
		return Orders(sentence[words[i].Start:])
	}
	i := 0
	for i < len(low) && polite()[low[i]] {
		i++
	}
	if i == len(low) || !imperatives()[low[i]] {
		return false
	}
	// "Show hosts were told", "Report finds": a noun at the head of a headline
	// has its verb behind it.
	return i+1 == len(low) || i > 0 || follows()[low[i+1]] || len(low) > i+2 && follows()[low[i+2]] ||
		strings.ContainsAny(sentence[words[i].End:words[i+1].Start], "\"“")
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

// follows are words that stand behind a verb in its bare form rather than
// behind a noun: its object begins.
var follows = sync.OnceValue(func() map[string]bool {
	return set(`a an the this that these those all any each every some your you me us our my it them him her more here there how what when where
		why who which if whether to in on out up down off with without from by for at about into over only no not random other another one two three
		both vowels letters words numbers spaces users readers people everyone and or as using now this`)
})
