package verify

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// Each file of testdata shows one check at work. A section of it begins with
// passages, a line each, and goes on, after an empty line, with sentences; under
// each, indented by a tab, what the check holds against it.

// golden runs a file of testdata, calling read with the passages and then what
// it returned with each sentence.
func golden(t *testing.T, file string, read func(passages []Passage) func(sentence string) []string) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for _, section := range txtar.Parse(data).Files {
		t.Run(section.Name, func(t *testing.T) {
			head, cases, found := strings.Cut(string(section.Data), "\n\n")
			if !found {
				t.Fatal("no empty line after the passages")
			}
			var passages []Passage
			for l := range strings.Lines(head) {
				passages = append(passages, Passage{ID: strconv.Itoa(len(passages) + 1), Text: strings.TrimSpace(l), Group: "an article"})
			}
			check := read(passages)
			var want, got strings.Builder
			for l := range strings.Lines(cases) {
				l = strings.TrimRight(l, "\n")
				want.WriteString(l + "\n")
				if l == "" || strings.HasPrefix(l, "\t") {
					continue
				}
				got.WriteString(l + "\n")
				for _, f := range check(l) {
					got.WriteString("\t" + f + "\n")
				}
			}
			if diff := cmp.Diff(strings.TrimRight(want.String(), "\n"), strings.TrimRight(got.String(), "\n")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// checks runs a file with one check.
func goldenCheck(t *testing.T, file string, check func(*evidence, *claim) []finding) {
	t.Helper()
	golden(t, file, func(passages []Passage) func(string) []string {
		s := Read(passages...)
		return func(sentence string) (out []string) {
			c := s.one(sentence, nil)
			for _, f := range check(s.gather(c), c) {
				out = append(out, f.String())
			}
			return out
		}
	})
}

func TestFigures(t *testing.T)    { goldenCheck(t, "numbers.txtar", figures) }
func TestCalendars(t *testing.T)  { goldenCheck(t, "dates.txtar", calendars) }
func TestNames(t *testing.T)      { goldenCheck(t, "names.txtar", names) }
func TestQuotations(t *testing.T) { goldenCheck(t, "quotes.txtar", quotations) }
func TestRoles(t *testing.T)      { goldenCheck(t, "roles.txtar", roles) }
func TestDenials(t *testing.T)    { goldenCheck(t, "denials.txtar", denials) }
func TestDirections(t *testing.T) { goldenCheck(t, "directions.txtar", directions) }
func TestConflicts(t *testing.T)  { goldenCheck(t, "conflicts.txtar", conflicts) }
func TestAttributed(t *testing.T) { goldenCheck(t, "attribution.txtar", attributed) }
func TestTold(t *testing.T) {
	goldenCheck(t, "absence.txtar", func(e *evidence, c *claim) []finding { return told(e.Source, c) })
}

// TestContent shows the words that are missing and the risk that they are.
func TestContent(t *testing.T) {
	goldenCheck(t, "content.txtar", func(e *evidence, c *claim) []finding {
		out := content(e, c)
		for i, f := range out {
			out[i].about = fmt.Sprintf("%.2f %s", f.risk, f.about)
		}
		return out
	})
}

// TestJudge shows how passages stand to claims, and why not better.
func TestJudge(t *testing.T) {
	golden(t, "judge.txtar", func(passages []Passage) func(string) []string {
		s := Read(passages...)
		return func(sentence string) []string {
			j := s.Judge(sentence)
			out := []string{string(j.Stand)}
			if len(j.Places) > 0 {
				p := j.Places[0]
				i, _ := strconv.Atoi(p.ID)
				out[0] += " " + p.ID + ": " + p.Of(passages[i-1].Text)
			}
			return append(out, j.Reasons...)
		}
	})
}
