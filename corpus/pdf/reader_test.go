package pdf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/corpus"
)

// reader is shared by the tests: it takes seconds to start.
var reader = New()

func TestMain(m *testing.M) {
	code := m.Run()
	reader.Close()
	os.Exit(code)
}

var left = []string{
	"The road tunnel under the harbour will open on",
	"the fourth of May, the city said on Friday, two",
	"years later than it had planned and at almost",
	"twice the price.",
	"\tMost of the money went into pumps that no-",
	"body had thought were needed when the digging",
	"began in the wet summer of 2016, said the trea-",
	"surer, and nobody had asked the well-known en-",
	"gineers of the port.",
	"\tThe toll will be two fifty. It will be asked",
	"of drivers alone, since the lane for bicycles",
	"was paid for by the province and by a fund for",
}

var right = []string{
	"clean air, and it will stay until the loan is",
	"paid off.",
	"\tThe treasurer expects that to be in 2041, or",
	"some years later if fewer people should drive",
	"than the well-",
	"known forecast of the port says they will.",
}

var columnsWant = []string{
	"The road tunnel under the harbour will open on the fourth of May, the city said on Friday, two years later than it had planned and at almost twice the price.",
	"Most of the money went into pumps that nobody had thought were needed when the digging began in the wet summer of 2016, said the treasurer, and nobody had asked the well-known engineers of the port.",
	"The toll will be two fifty. It will be asked of drivers alone, since the lane for bicycles was paid for by the province and by a fund for clean air, and it will stay until the loan is paid off.",
	"The treasurer expects that to be in 2041, or some years later if fewer people should drive than the well-known forecast of the port says they will.",
}

func TestRead(t *testing.T) {
	heads := func(n int) string {
		return at(60, 770, 8, "Saltmarsh Courier") + at(520, 30, 8, fmt.Sprintf("Page %d", n))
	}
	tests := []struct {
		name string
		doc  writer
		want corpus.Draft
	}{
		{
			name: "two columns, indents, a line broken inside words",
			doc:  writer{pages: []string{at(60, 740, 24, "A tunnel opens") + column(60, 700, left...) + column(320, 700, right...)}},
			want: corpus.Draft{Title: "A tunnel opens", Lang: "en", Paragraphs: columnsWant},
		},
		{
			name: "the same text over two pages with running heads",
			doc: writer{
				info: "/Title(Microsoft Word - tunnel_final2.doc)/Author(Ada Linwood)/CreationDate(D:20240302093000+01'00')",
				pages: []string{
					heads(1) + at(60, 730, 24, "A tunnel opens") + column(60, 690, left...),
					heads(2) + column(60, 730, right...),
				},
			},
			want: corpus.Draft{Title: "A tunnel opens", Author: "Ada Linwood", Lang: "en",
				Published: time.Date(2024, 3, 2, 8, 30, 0, 0, time.UTC), Paragraphs: columnsWant},
		},
		{
			name: "paragraphs set apart by space, headings and a list",
			doc: writer{
				info: "/Title(Minutes of the harbour board)/Author(admin)/CreationDate(D:00000101)",
				pages: []string{at(60, 770, 10, "What the board decided . . . . . . . . . . 1") + at(60, 740, 14, "What the board decided") + column(60, 715,
					"The board met on Tuesday in the old customs house, and",
					"all of its members were there but one, who was at sea.",
					"",
					"It heard from the pilots, who asked for a second boat",
					"before the winter, and from the ferrymen, who did not.",
					"",
					"1. A boat will be bought.",
					"2. The ferry gets a new bell, which is to be cast before",
					"\tthe autumn by those who cast the old one.",
				) + at(60, 600, 14, "What it left open") + column(60, 580,
					"Nothing was said of the crane, which has stood still for",
					"eleven years and in which gulls have nested ever since.",
				)},
			},
			want: corpus.Draft{Title: "What the board decided", Lang: "en", Paragraphs: []string{
				"The board met on Tuesday in the old customs house, and all of its members were there but one, who was at sea.",
				"It heard from the pilots, who asked for a second boat before the winter, and from the ferrymen, who did not.",
				"1. A boat will be bought.",
				"2. The ferry gets a new bell, which is to be cast before the autumn by those who cast the old one.",
				"What it left open",
				"Nothing was said of the crane, which has stood still for eleven years and in which gulls have nested ever since.",
			}},
		},
		{
			name: "compressed, with text up the margin and bold by printing twice",
			doc: writer{filters: "/Filter/FlateDecode", pages: []string{deflated(
				"BT /F1 10 Tf 0 1 -1 0 30 300 Tm (draft of the third of March) Tj ET\n" +
					at(60, 700, 10, "Gulls do not care for tunnels.") + at(60.4, 700, 10, "Gulls do not care for tunnels.")),
			}},
			want: corpus.Draft{Lang: "en", Paragraphs: []string{"Gulls do not care for tunnels."}},
		},
		{
			name: "more pages claimed than there are",
			doc:  writer{count: 50_000_000, pages: []string{at(60, 700, 10, "Gulls do not care for tunnels.")}},
			want: corpus.Draft{Lang: "en", Paragraphs: []string{"Gulls do not care for tunnels."}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := reader.Read(t.Context(), tt.doc.bytes())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	whole := writer{pages: []string{column(60, 700, left...)}}
	cut := whole.bytes()
	bomb := writer{pages: []string{deflated(deflatedSpaces(300))}, filters: "/Filter[/FlateDecode/FlateDecode]"}
	tests := []struct {
		name string
		doc  []byte
		want error
	}{
		{"encrypted", (&writer{pages: whole.pages, user: "gull"}).bytes(), ErrEncrypted},
		{"cut off", cut[:200], ErrBroken},
		{"nothing", nil, ErrBroken},
		{"a web page", []byte("<html>"), ErrBroken},
		{"the first line alone", []byte("%PDF-1.7\n"), ErrBroken},
		{"no text", (&writer{pages: []string{"0 0 m 100 100 l S"}}).bytes(), ErrScanned},
		{"too many pages", (&writer{pages: make([]string, 1200)}).bytes(), corpus.ErrTooLarge},
		{"too large", append(cut, make([]byte, maxBytes)...), corpus.ErrTooLarge},
		{"unpacks past its memory", bomb.bytes(), errAny},
		{"deep", []byte("%PDF-1.4\n1 0 obj\n" + strings.Repeat("[", 1_000_000) + "\nendobj\ntrailer<</Root 1 0 R>>"), ErrBroken},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := reader.Read(t.Context(), tt.doc)
			if err == nil || tt.want != errAny && !errors.Is(err, tt.want) {
				t.Errorf("got %.100q, %v; want %v", got.Paragraphs, err, tt.want)
			}
			// The next document is not harmed.
			if _, err := reader.Read(t.Context(), whole.bytes()); err != nil {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

var errAny = errors.New("any error")

// A document that keeps PDFium busy is stopped.
func TestTimeLimit(t *testing.T) {
	slow := writer{pages: []string{strings.Repeat(at(60, 700, 10, "round and round"), 200_000)}}
	whole := (&writer{pages: []string{column(60, 700, left...)}}).bytes()
	if _, err := reader.Read(t.Context(), whole); err != nil { // starts it
		t.Fatal(err)
	}
	reader.timeout = 300 * time.Millisecond
	_, err := reader.Read(t.Context(), slow.bytes())
	reader.timeout = maxTime
	if !errors.Is(err, ErrBroken) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := reader.Read(ctx, slow.bytes()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// Where nothing can be kept on disk, it works without.
func TestNoCacheDirectory(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles PDFium anew")
	}
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "LocalAppData", "home"} {
		t.Setenv(name, "")
	}
	r := New()
	defer r.Close()
	if _, err := r.Read(t.Context(), (&writer{pages: []string{column(60, 700, left...)}}).bytes()); err != nil {
		t.Error(err)
	}
}

// A Reader that was closed can be used again, and one never used can be closed.
func TestClose(t *testing.T) {
	if err := New().Close(); err != nil {
		t.Error(err)
	}
	whole := (&writer{pages: []string{column(60, 700, left...)}}).bytes()
	r := New()
	for range 2 {
		if _, err := r.Read(t.Context(), whole); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	doc := (&writer{pages: []string{column(60, 700, left...), column(60, 700, right...)}}).bytes()
	for b.Loop() {
		if _, err := reader.Read(b.Context(), doc); err != nil {
			b.Fatal(err)
		}
	}
}
