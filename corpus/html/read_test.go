package html_test

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"

	"pilcrow/corpus"
	"pilcrow/corpus/drafttest"
	"pilcrow/corpus/html"
)

func TestPages(t *testing.T) {
	drafttest.Golden(t, func(_ string, page []byte) iter.Seq2[corpus.Draft, error] {
		return drafttest.One(html.Read(t.Context(), page, html.Hint{}))
	})
}

// A page says in which encoding it is, the server says it, or neither does and
// both may be wrong.
func TestEncodings(t *testing.T) {
	const french = "Le café de la gare a rouvert ses portes lundi, après deux ans de travaux, et l’on y sert de nouveau la soupe."
	const korean = "역 앞의 찻집이 이 년 동안의 공사를 마치고 월요일에 다시 문을 열었고 예전처럼 국을 팔고 있다고 주인이 말했다."
	late := "<script>" + strings.Repeat("x", 2000) + "</script>"
	tests := []struct {
		name, head, text, in, header string
	}{
		{"UTF-8 not declared", "", french, "utf-8", ""},
		{"UTF-8 declared as Latin-1", `<meta charset="iso-8859-1">`, french, "utf-8", ""},
		{"Windows-1252 not declared", "", french, "windows-1252", ""},
		{"Windows-1252 by the header", "", french, "windows-1252", "text/html; charset=windows-1252"},
		{"EUC-KR in a meta element", `<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">`, korean, "euc-kr", ""},
		{"EUC-KR declared behind scripts", late + `<meta charset="euc-kr">`, korean, "euc-kr", ""},
		{"UTF-16 with a mark", "\uFEFF", french, "utf-16le", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			encoding, _ := charset.Lookup(tt.in)
			page, err := encoding.NewEncoder().Bytes([]byte(tt.head + "<body><p>" + tt.text + "</p></body>"))
			if err != nil {
				t.Fatal(err)
			}
			d, err := html.Read(t.Context(), page, html.Hint{ContentType: tt.header})
			if err != nil || len(d.Paragraphs) != 1 || d.Paragraphs[0] != tt.text {
				t.Errorf("got %q, %v", d.Paragraphs, err)
			}
		})
	}
}

// A page that is known to be from one site cannot pass itself off as another's.
func TestAddress(t *testing.T) {
	tests := []struct {
		name, head, from, want string
	}{
		{"nothing known", ``, "", ""},
		{"canonical of a saved page", `<link rel=canonical href="https://a.example/story">`, "", "https://a.example/story"},
		{"OpenGraph where there is no canonical", `<meta property="og:url" content="https://a.example/og">`, "", "https://a.example/og"},
		{"its own", ``, "https://a.example/x?utm_source=mail#top", "https://a.example/x"},
		{"another page of the site", `<link rel=canonical href="/story">`, "https://m.a.example.com/story?page=2", "https://m.a.example.com/story"},
		{"another host of the site", `<link rel=canonical href="https://www.a-site.co.uk/story">`, "https://amp.a-site.co.uk/story", "https://www.a-site.co.uk/story"},
		{"another site", `<link rel=canonical href="https://b.example/story">`, "https://a.example/x", "https://a.example/x"},
		{"another site under the same suffix", `<link rel=canonical href="https://b.co.uk/story">`, "https://a.co.uk/x", "https://a.co.uk/x"},
		{"another site, then its own", `<link rel=canonical href="https://b.example/story"><meta property="og:url" content="https://a.example/y">`,
			"https://a.example/x", "https://a.example/y"},
		{"the front page", `<link rel=canonical href="https://a.example/">`, "https://a.example/x", "https://a.example/x"},
		{"another IP address", `<link rel=canonical href="http://10.0.0.2/x">`, "http://10.0.0.1/x", "http://10.0.0.1/x"},
		{"a page for mobile phones that names two", `<link rel=canonical href="https://m.a.example/story"><meta property="og:url" content="https://www.a.example/story">`,
			"https://m.a.example/story", "https://www.a.example/story"},
		{"a page for mobile phones that names itself", `<link rel=canonical href="https://m.a.example/story">`, "https://m.a.example/story", "https://m.a.example/story"},
		{"AMP that names the page", `<link rel=canonical href="https://a.example/story">`, "https://amp.a.example/story?amp=1", "https://a.example/story"},
		{"AMP as a parameter", `<html amp>`, "https://a.example/story?id=7&amp=1&outputType=amp", "https://a.example/story?id=7"},
		{"AMP at the end", `<html ⚡>`, "https://a.example/story/amp/", "https://a.example/story/"},
		{"AMP at the beginning", `<html amp>`, "https://a.example/amp/story", "https://a.example/story"},
		{"AMP as an extension", `<html amp>`, "https://a.example/story.amp.html", "https://a.example/story.html"},
		{"an address that only looks like AMP", ``, "https://a.example/guitars/amp", "https://a.example/guitars/amp"},
		{"no web address", `<link rel=canonical href="javascript:alert(1)">`, "", ""},
		{"noted by the browser", `<!-- saved from url=(0025)https://a.example/saved -->`, "", "https://a.example/saved"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := "<head>" + tt.head + "</head><body><p>" + sentence + "</p></body></html>"
			d, err := html.Read(t.Context(), []byte(page), html.Hint{URL: tt.from})
			if err != nil || d.URL != tt.want {
				t.Errorf("got %q, %v; want %q", d.URL, err, tt.want)
			}
		})
	}
}

const sentence = "The ferry stopped running on Monday after forty years, and nobody who lives on the island was asked whether that was wise."

// Pages made to break a reader are refused, or read without the trap.
func TestHostile(t *testing.T) {
	p := "<p>" + sentence + "</p>"
	tests := []struct {
		name, page string
		want       error // nil: the sentence is read
	}{
		{"formatting that reopens in each paragraph", "<p>" + repeat("<b id=%>", 400) + sentence + strings.Repeat("<p>x", 100_000), nil},
		{"formatting hidden behind what is dropped", "<p>" + repeat("<<i></i>b id=%>", 400) + sentence + strings.Repeat("<p>x", 100_000), nil},
		{"attributes merged into the body", repeat("<body a%=1>", 100_000) + p, nil},
		{"a drawing left open", "<svg><path/>" + p, nil},
		{"text cut into crumbs", "<p>" + sentence + strings.Repeat(" x</q>", 200_000), nil},
		{"nested JSON-LD", `<script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, 50_000) + `</script>` + p, nil},
		{"named JSON-LD in a circle", `<script type="application/ld+json">{"@type":"Article","@id":"a","author":{"@id":"a"}}</script>` + p, nil},
		{"nesting", strings.Repeat("<div>", 10_000) + p, errAny},
		{"too many elements", strings.Repeat("<p>x", 1_500_000), corpus.ErrTooLarge},
		{"too many attributes", "<p " + strings.Repeat("a\t", 1_500_000) + ">" + p, corpus.ErrTooLarge},
		{"too long", p + strings.Repeat("x", 9<<20), corpus.ErrTooLarge},
		{"nothing", "", corpus.ErrEmpty},
		{"a PDF", "%PDF-1.7\n", errAny},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := html.Read(t.Context(), []byte(tt.page), html.Hint{})
			switch {
			case tt.want == nil:
				if err != nil || !strings.Contains(strings.Join(d.Paragraphs, "\n"), sentence) {
					t.Errorf("got %.200q, %v", d.Paragraphs, err)
				}
			case tt.want == errAny:
				if err == nil {
					t.Errorf("got %.200q", d.Paragraphs)
				}
			case !errors.Is(err, tt.want):
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

var errAny = errors.New("any error")

// repeat returns n copies of s with a number each in place of the %.
func repeat(s string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(s, "%", strings.Repeat("i", i%7)+string(rune('a'+i%26))+strings.Repeat("j", i/182%50)))
	}
	return b.String()
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := html.Read(ctx, []byte("<p>"+sentence), html.Hint{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
