package text

import (
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/bg"
	"github.com/blevesearch/bleve/v2/analysis/lang/ca"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/lang/ckb"
	"github.com/blevesearch/bleve/v2/analysis/lang/cs"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/el"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/eu"
	"github.com/blevesearch/bleve/v2/analysis/lang/fa"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/ga"
	"github.com/blevesearch/bleve/v2/analysis/lang/gl"
	"github.com/blevesearch/bleve/v2/analysis/lang/hi"
	"github.com/blevesearch/bleve/v2/analysis/lang/hr"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/hy"
	"github.com/blevesearch/bleve/v2/analysis/lang/id"
	"github.com/blevesearch/bleve/v2/analysis/lang/in"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pl"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/bleve/v2/analysis/token/apostrophe"
	"github.com/blevesearch/bleve/v2/analysis/token/elision"
)

// analyser turns the words of one language into index terms. Its parts are
// bleve's filters in bleve's order, put together here by hand: the registry
// would find them by name behind a cache with locks. Importing the filters
// costs every start 3 ms, most of it the patterns of the Croatian stemmer, and
// the binary 4.5 MB, half of it the Polish one's table; no index comes along.
type analyser struct {
	name       string
	foldFirst  bool                   // diacritics go before stop words are looked up, not after stemming
	possessive bool                   // "'s" is cut off
	dotGroups  bool                   // "1.000" is a thousand
	normal     []analysis.TokenFilter // spelling, before the stop words
	stop       analysis.TokenMap
	stem       []analysis.TokenFilter
	slow       bool // so stem each different word of a text once
}

// analyserOf returns the analyser for a BCP 47 tag; only the base matters.
func analyserOf(lang string) *analyser {
	if lang == "en" {
		return english()
	}
	if i := strings.IndexAny(lang, "-_"); i >= 0 {
		lang = lang[:i]
	}
	if build, ok := analysers[strings.ToLower(lang)]; ok {
		return build()
	}
	return neutral
}

// neutral serves every language without an analyser of its own: lower case,
// folded, no stop words, no stemming.
var neutral = &analyser{name: "standard", foldFirst: true}

var english = sync.OnceValue(func() *analyser {
	return &analyser{name: "en", foldFirst: true, possessive: true,
		stop: stopWords("en"), stem: filters(porter{en.NewEnglishStemmerFilter()})}
})

var pairs = sync.OnceValue(func() *analyser {
	return &analyser{name: "cjk", foldFirst: true, normal: filters(cjk.NewCJKWidthFilter())}
})

var norwegian = sync.OnceValue(func() *analyser {
	return &analyser{name: "no", dotGroups: true, stop: stopWords("no"), stem: filters(no.NewNorwegianStemmerFilter())}
})

// analysers is keyed by base tag. Each is built when first asked for.
var analysers = map[string]func() *analyser{
	"en": english,
	"zh": pairs, "yue": pairs, "ja": pairs, "ko": pairs, "th": pairs, "lo": pairs, "km": pairs, "my": pairs,
	"no": norwegian, "nb": norwegian, "nn": norwegian,
	"ar": sync.OnceValue(func() *analyser {
		return &analyser{name: "ar", normal: filters(ar.NewArabicNormalizeFilter()), stop: stopWords("ar"), stem: filters(ar.NewArabicStemmerFilter())}
	}),
	"bg": sync.OnceValue(func() *analyser { return &analyser{name: "bg", stop: stopWords("bg")} }),
	"ca": sync.OnceValue(func() *analyser {
		return &analyser{name: "ca", dotGroups: true, normal: elide(ca.CatalanArticles), stop: stopWords("ca")}
	}),
	"ckb": sync.OnceValue(func() *analyser {
		return &analyser{name: "ckb", normal: filters(ckb.NewSoraniNormalizeFilter()), stop: stopWords("ckb"), stem: filters(ckb.NewSoraniStemmerFilter())}
	}),
	"cs": sync.OnceValue(func() *analyser { return &analyser{name: "cs", stop: stopWords("cs")} }),
	"da": sync.OnceValue(func() *analyser {
		return &analyser{name: "da", dotGroups: true, stop: stopWords("da"), stem: filters(da.NewDanishStemmerFilter())}
	}),
	"de": sync.OnceValue(func() *analyser {
		return &analyser{name: "de", dotGroups: true, stop: stopWords("de"), stem: filters(de.NewGermanNormalizeFilter(), de.NewGermanLightStemmerFilter())}
	}),
	"el": sync.OnceValue(func() *analyser {
		return &analyser{name: "el", foldFirst: true, dotGroups: true, stop: stopWords("el")}
	}),
	"es": sync.OnceValue(func() *analyser {
		return &analyser{name: "es", dotGroups: true, stop: stopWords("es"), stem: filters(es.NewSpanishNormalizeFilter(), es.NewSpanishLightStemmerFilter())}
	}),
	"eu": sync.OnceValue(func() *analyser {
		return &analyser{name: "eu", dotGroups: true, stop: stopWords("eu")}
	}),
	"fa": sync.OnceValue(func() *analyser {
		return &analyser{name: "fa", normal: filters(ar.NewArabicNormalizeFilter(), fa.NewPersianNormalizeFilter()), stop: stopWords("fa")}
	}),
	"fi": sync.OnceValue(func() *analyser {
		return &analyser{name: "fi", stop: stopWords("fi"), stem: filters(fi.NewFinnishStemmerFilter())}
	}),
	"fr": sync.OnceValue(func() *analyser {
		return &analyser{name: "fr", normal: elide(fr.FrenchArticles), stop: stopWords("fr"), stem: filters(fr.NewFrenchLightStemmerFilter())}
	}),
	"ga": sync.OnceValue(func() *analyser {
		return &analyser{name: "ga", normal: elide(ga.IrishArticles), stop: stopWords("ga")}
	}),
	"gl": sync.OnceValue(func() *analyser {
		return &analyser{name: "gl", dotGroups: true, stop: stopWords("gl")}
	}),
	"hi": sync.OnceValue(func() *analyser {
		return &analyser{name: "hi", normal: filters(in.NewIndicNormalizeFilter(), hi.NewHindiNormalizeFilter()), stop: stopWords("hi"), stem: filters(hi.NewHindiStemmerFilter())}
	}),
	"hr": sync.OnceValue(func() *analyser {
		return &analyser{name: "hr", slow: true, dotGroups: true, stop: stopWords("hr"), stem: filters(hr.NewSuffixTransformationFilter(), hr.NewCroatianStemmerFilter())}
	}),
	"hu": sync.OnceValue(func() *analyser {
		return &analyser{name: "hu", stop: stopWords("hu"), stem: filters(hu.NewHungarianStemmerFilter())}
	}),
	"hy": sync.OnceValue(func() *analyser { return &analyser{name: "hy", stop: stopWords("hy")} }),
	"id": sync.OnceValue(func() *analyser {
		return &analyser{name: "id", dotGroups: true, stop: stopWords("id")}
	}),
	"it": sync.OnceValue(func() *analyser {
		return &analyser{name: "it", dotGroups: true, normal: elide(it.ItalianArticles), stop: stopWords("it"), stem: filters(it.NewItalianLightStemmerFilterFilter())}
	}),
	"nl": sync.OnceValue(func() *analyser {
		return &analyser{name: "nl", dotGroups: true, stop: stopWords("nl"), stem: filters(nl.NewDutchStemmerFilter())}
	}),
	"pl": sync.OnceValue(polish),
	"pt": sync.OnceValue(func() *analyser {
		return &analyser{name: "pt", dotGroups: true, stop: stopWords("pt"), stem: filters(pt.NewPortugueseLightStemmerFilter())}
	}),
	"ro": sync.OnceValue(func() *analyser {
		return &analyser{name: "ro", dotGroups: true, stop: stopWords("ro"), stem: filters(ro.NewRomanianStemmerFilter())}
	}),
	"ru": sync.OnceValue(func() *analyser {
		return &analyser{name: "ru", stop: stopWords("ru"), stem: filters(ru.NewRussianStemmerFilter())}
	}),
	"sv": sync.OnceValue(func() *analyser {
		return &analyser{name: "sv", stop: stopWords("sv"), stem: filters(sv.NewSwedishStemmerFilter())}
	}),
	"tr": sync.OnceValue(func() *analyser {
		return &analyser{name: "tr", dotGroups: true, normal: filters(apostrophe.NewApostropheFilter()), stop: stopWords("tr"), stem: filters(tr.NewTurkishStemmerFilter())}
	}),
}

// polish builds the one analyser whose stemmer is data: a table of 2 MB that
// bleve embeds. It is read once, in about 30 ms.
func polish() *analyser {
	a := &analyser{name: "pl", stop: stopWords("pl")}
	if stem, err := pl.NewPolishStemmerFilter(); err == nil {
		a.stem = filters(stem)
	}
	return a
}

func filters(fs ...analysis.TokenFilter) []analysis.TokenFilter { return fs }

func elide(articles []byte) []analysis.TokenFilter {
	return filters(elision.NewElisionFilter(wordList(articles)))
}

// stopLists are bleve's lists of stop words, by the name of the analyser.
var stopLists = map[string][]byte{
	"ar":  ar.ArabicStopWords,
	"bg":  bg.BulgarianStopWords,
	"ca":  ca.CatalanStopWords,
	"ckb": ckb.SoraniStopWords,
	"cs":  cs.CzechStopWords,
	"da":  da.DanishStopWords,
	"de":  de.GermanStopWords,
	"el":  el.GreekStopWords,
	"en":  en.EnglishStopWords,
	"es":  es.SpanishStopWords,
	"eu":  eu.BasqueStopWords,
	"fa":  fa.PersianStopWords,
	"fi":  fi.FinnishStopWords,
	"fr":  fr.FrenchStopWords,
	"ga":  ga.IrishStopWords,
	"gl":  gl.GalicianStopWords,
	"hi":  hi.HindiStopWords,
	"hr":  hr.CroatianStopWords,
	"hu":  hu.HungarianStopWords,
	"hy":  hy.ArmenianStopWords,
	"id":  id.IndonesianStopWords,
	"it":  it.ItalianStopWords,
	"nl":  nl.DutchStopWords,
	"no":  no.NorwegianStopWords,
	"pl":  pl.PolishStopWords,
	"pt":  pt.PortugueseStopWords,
	"ro":  ro.RomanianStopWords,
	"ru":  ru.RussianStopWords,
	"sv":  sv.SwedishStopWords,
	"tr":  tr.TurkishStopWords,
}

// questionWords are those with which one asks, as far as the lists of stop words
// lack them: English has them all. They stand in a question for what it wants.
var questionWords = map[string]string{
	"de": "wer wen wem wessen wann warum wieso weshalb wieviel wieviele wohin woher womit wofür wodurch woran worüber",
	"fr": "quoi quand où comment combien pourquoi lequel laquelle lesquels lesquelles est-ce",
	"es": "quien quién quienes quiénes cuando cuándo cuanto cuánto cuánta cuantos cuántos cuántas donde dónde adónde como cómo cual cuál cuáles",
	"it": "cosa quando quali quanta quante",
	"nl": "wanneer waar waarom welk welke hoeveel waarheen wiens",
	"ru": "сколько какова каков каковы какая какой какое какие каком какую откуда куда зачем почему чей чья чьё",
	"pt": "quando onde quanto quanta quantos quantas quais como",
}

// stopWords returns the words of a language that carry no content of their own.
func stopWords(name string) analysis.TokenMap {
	m := wordList(stopLists[name])
	for w := range strings.FieldsSeq(questionWords[name]) {
		m.AddToken(w)
	}
	return m
}

// wordList reads one of bleve's lists: a word a line, comments behind # or |.
func wordList(list []byte) analysis.TokenMap {
	m := analysis.NewTokenMap()
	if err := m.LoadBytes(list); err != nil {
		panic(err) // it reads from memory
	}
	return m
}
