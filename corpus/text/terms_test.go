package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/stop"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/google/go-cmp/cmp"
)

func termTexts(lang, s string) string {
	var out []string
	for _, t := range Terms(lang, s) {
		out = append(out, t.Text)
	}
	return strings.Join(out, " ")
}

func TestTerms(t *testing.T) {
	tests := []struct{ lang, in, want string }{
		{"en", "The government's ministers were running", "govern minist run"},
		{"en", "the bosses’ café, the boss' cafe", "boss cafe boss cafe"},
		{"en", "It’s what they don't say", "say"},
		{"en", "the U.S. and US troops", "us us troop"},
		{"en", "10,000 = 10000, 3.5% of 3.5", "10000 10000 3.5 3.5"},
		{"en", "state-of-the-art air-to-air", "state art air air"},
		{"en", "The WHO said it in IT", "who said it"},
		{"en", "WHO IS IT FOR", ""},
		{"en", "World news is not new", "world news new"},
		{"en", "北京大学 opened", "北京 京大 大学 open"},
		{"en-GB", "Organised", "organis"},
		{"zh", "我爱北京,中 国", "我爱 爱北 北京 中 国"},
		{"ja", "ｱｲﾌｫﾝの新型iPhone", "アイ イフ フォ ォン ンの の新 新型 iphone"},
		{"ko", "대한민국 서울", "대한 한민 민국 서울"},
		{"de", "Die Häuser der Städte kosten 10.000 Euro, also 3,5 Prozent", "haus stadt kost 10000 euro 3.5 prozent"},
		{"fr", "L’eau de l'économie française à Paris", "eau econom francais pari"},
		{"es", "Las canciones españolas", "cancion espanol"},
		{"de", "Wer wohnt hier, seit wann und warum?", "wohnt seit"},
		{"es", "¿Quién canta, cuándo y dónde?", "cant"},
		{"fr", "Qui chante, quand et pourquoi ?", "chant"},
		{"ru", "Новые города", "нов город"},
		{"el", "Η Ελλάδα και οι Έλληνες", "ελλαδα ελληνεσ"},
		{"hi", "भारत के लोगों की", "भारत लोग"},
		{"nb", "Husene i Norge", "hus norg"},
		{"xx", "The Bosses", "the bosses"},
		{"", "Déjà-vu", "deja vu"},
	}
	for _, tt := range tests {
		t.Run(tt.lang+" "+tt.in, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, termTexts(tt.lang, tt.in)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// Where no mark needs a decision of ours, the terms are bleve's own.
func TestTermsAreBleves(t *testing.T) {
	bleve := &analysis.DefaultAnalyzer{
		Tokenizer: unicode.NewUnicodeTokenizer(),
		TokenFilters: []analysis.TokenFilter{
			en.NewPossessiveFilter(), lowercase.NewLowerCaseFilter(),
			stop.NewStopTokensFilter(english().stop), en.NewEnglishStemmerFilter(),
		},
	}
	s := "The river's two bridges were closed because of flooding, said the mayor; " +
		"nobody can't swim. Repairs costing 40 million (or 3.5 times more) began on Monday, relatively early."
	var want []Term
	for _, tok := range bleve.Analyze([]byte(s)) {
		want = append(want, Term{Span{tok.Start, tok.End}, string(tok.Term)})
	}
	if diff := cmp.Diff(want, Terms("en", s)); diff != "" {
		t.Errorf("-bleve +ours\n%s", diff)
	}
}

func TestAnalyser(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "en", "en-GB": "en", "EN_us": "en", "de-AT": "de", "nn": "no",
		"zh-Hant": "cjk", "ja": "cjk", "ko": "cjk", "th": "cjk",
		"": "standard", "xx": "standard", "tlh": "standard",
	} {
		if got := Analyser(lang); got != want {
			t.Errorf("Analyser(%q) = %q, want %q", lang, got, want)
		}
	}
	for lang := range analysers {
		if a := Analyser(lang); Analyser(a) != a && a != "cjk" {
			t.Errorf("Analyser(%q) = %q, which is no language", lang, a)
		}
	}
}

func TestStop(t *testing.T) {
	for _, w := range []string{"the", "The", "THE", "don't", "don’t", "It’s"} {
		if !Stop("en", w) {
			t.Errorf("Stop(en, %q) = false", w)
		}
	}
	if Stop("en", "city") || Stop("de", "the") || !Stop("de", "Über") || Stop("xx", "the") {
		t.Error("a stop word of the wrong language, or none of the right one")
	}
}

func FuzzTerms(f *testing.F) {
	f.Add("The U.S. paid 1,000.5% l’été 北京 don't", "ja")
	f.Fuzz(func(t *testing.T, s, lang string) {
		langs := []string{lang}
		for l := range analysers {
			langs = append(langs, l)
		}
		for _, l := range langs {
			end := 0
			for _, term := range Terms(l, s) {
				checkSpan(t, s, term.Span)
				if term.Text == "" {
					t.Fatalf("empty term at %v", term.Span)
				}
				if term.Start < end && Analyser(l) != "cjk" && !unspacedAt(s, term.Start) {
					t.Fatalf("%q: %v out of order in %s", s, term, l)
				}
				end = term.End
			}
			Stem(l, s)
			Stop(l, s)
		}
	})
}

func unspacedAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unspaced(r)
}
