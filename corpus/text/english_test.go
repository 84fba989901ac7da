package text

import (
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
)

// bleveStem is the stem that an index made by bleve's filter would hold.
func bleveStem(word string) string {
	return string(en.NewEnglishStemmerFilter().Filter(analysis.TokenStream{{Term: []byte(word)}})[0].Term)
}

// Stems are bleve's own: of words of every ending, of exceptions, and of what
// is no word.
func TestStemsAreBleves(t *testing.T) {
	begins := strings.Fields("a y sk hop hopp fall plan relat abl comput yell say boy communic generat arsen succ exc inn univers nation hope tr bl oddl mann egg off add b-b o'clock 3d n'y ayy yy eyyo logolog")
	ends := strings.Fields(`s es ies ied sses us ss ed eed eedly edly ing ingly y Y ly li ization izations ational iveness fulness ousness tional biliti bility lessly
		entli ality iviti ivity alism ation fully ously ancy ency ably ally izer ator bly ogi logy icate ative alize icity ical ness ful ement ance ence able ible ment ate ive ize
		iti ism ion sion tion ous ant ent ic al er e l ll ee 's 's' ' at bl iz bbed dding ffs gg tted zzed`)
	for _, b := range begins {
		for _, e := range append(ends, "") {
			for _, f := range append(ends, "") {
				checkStem(t, strings.ToLower(b+e+f))
			}
		}
	}
	for _, w := range strings.Fields("andes atlas bias cosmos dying early gently howe idly lying news only singly skies skis sky tying ugly succeeds proceeded exceed canning innings earrings herring outings 'tis ' '' 'y") {
		checkStem(t, w)
	}
}

func checkStem(t *testing.T, word string) {
	t.Helper()
	if got, want := string(stemEnglish([]byte(word))), bleveStem(word); got != want {
		t.Errorf("%q: stem %q, want %q", word, got, want)
	}
}

func FuzzStem(f *testing.F) {
	for _, w := range strings.Fields("running yellowly 'sayings' happily generalizations café") {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, word string) {
		word = Fold(word)
		for _, c := range word {
			if c > 127 {
				return
			}
		}
		if !strings.Contains(word, "Y") && len(word) < 64 {
			checkStem(t, word)
		}
	})
}
