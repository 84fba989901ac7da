package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/corpus/story"
)

// wire is a report of an agency, made up.
var wire = strings.Split(`The harbour board of Tollness voted on Tuesday to close the old swing bridge for eleven weeks while its bearings are replaced, the longest closure since the flood.
Lorries bound for the fish market will be sent round by the mill road, which adds nine miles, and the board said it had asked the county for marshals at the level crossing.
Shopkeepers on the quay called the timing reckless, because the closure takes in the regatta and the first weeks of the oyster season.
The engineer, Ilse Marrin, told the meeting that two of the bearings had cracked through and that she would not put her name to another winter.
A footbridge of pontoons will carry walkers and cyclists from the second week, if the tide gauges agree.`, "\n")

// TestStories follows one report through three outlets and what becomes of
// them.
func TestStories(t *testing.T) {
	ctx := t.Context()
	s := open(t)
	day := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	add := func(collection, outlet string, later int, paragraphs ...string) string {
		a, _, err := s.Add(ctx, collection, Draft{
			Source: outlet, URL: "https://" + strings.ToLower(outlet) + ".example/bridge/" + fmt.Sprint(later),
			Published: day.AddDate(0, 0, later), Paragraphs: paragraphs, Lang: "en",
		})
		if err != nil {
			t.Fatal(err)
		}
		return a.ID
	}
	check := func(what, id string, collections []string, want ...string) {
		t.Helper()
		if err := s.LinkStories(ctx); err != nil {
			t.Fatal(err)
		}
		told, err := s.Stories(ctx, []string{id}, collections)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range told[id] {
			got = append(got, a.Source)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: told by %q, want %q", what, got, want)
		}
	}
	main, both := []string{"main"}, []string{"main", "private"}

	lantern := add("main", "Lantern", 0, wire...)
	courier := add("main", "Courier", 1, "The bridge shuts.", wire[3], wire[0], strings.ReplaceAll(wire[1], "nine miles", "fourteen kilometres"))
	add("main", "Gull", 0, "The oyster beds off Tollness are healthy again after six years, the fisheries office said, and licences for the north beds will be drawn by lot among the boats that kept paying their dues through the ban.")
	add("private", "Post", 0, wire...)
	check("in what main holds", lantern, main, "Courier")
	check("in both", lantern, both, "Post", "Courier")
	check("from the other side", courier, both, "Lantern", "Post")

	// The same outlet says it again a month later, with most of it new: that is
	// another story. So is one that shares a paragraph.
	add("main", "Lantern", 30, wire[0], "The replacement of the bearings took nine weeks and not eleven, and the first lorry over the swing bridge on Saturday morning was greeted with a brass band, two speeches and a shower of hail.", "Ilse Marrin was given the old bearing for a doorstop.")
	add("main", "Gull", 1, wire[4], "The regatta of Tollness goes ahead in spite of the closure of the swing bridge, its secretary said, and the rowers will start from the slip below the mill, where there is room for sixty boats and a beer tent.", "Entries close on the last day of April.")
	check("with other stories beside it", lantern, main, "Courier")

	// What changes its text, or leaves, is part of it no longer.
	add("main", "Courier", 1, strings.Repeat("Nothing of the old report is left here, where a list of tides and winds now stands instead for the boats. ", 4))
	check("one was rewritten", lantern, main)
	courier = add("main", "Courier", 1, wire...)
	check("and written back", lantern, main, "Courier")
	if err := s.Remove(ctx, "main", courier); err != nil {
		t.Fatal(err)
	}
	check("one is removed", lantern, main)
	if n, err := s.Purge(ctx, time.Now().Add(2*UndoWindow)); n != 1 || err != nil {
		t.Fatalf("purge = %d, %v", n, err)
	}
	var left int
	if err := s.reader.QueryRow("SELECT count(*) FROM sketched WHERE article NOT IN (SELECT article FROM revisions)").Scan(&left); err != nil || left > 0 {
		t.Errorf("%d hashes left of what was purged, %v", left, err)
	}

	// By other rules all is compared anew.
	if _, err := s.writer.Exec("UPDATE stories SET version = ?; DELETE FROM twins", story.Version-1); err != nil {
		t.Fatal(err)
	}
	check("after the rules changed", lantern, both, "Post")
}
