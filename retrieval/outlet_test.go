package retrieval

import (
	"slices"
	"testing"
)

func TestOutletsMatch(t *testing.T) {
	o := NewOutlets(sources, nil)
	for _, tt := range []struct {
		name string
		want []string
	}{
		{"The Harbour Post", []string{"The Harbour Post"}},
		{"harbour post", []string{"The Harbour Post"}},
		{" THE HARBOUR POST ", []string{"The Harbour Post"}},
		{"daily lantern", []string{"Daily Lantern | World News"}},
		{"The Daily Lantern", []string{"Daily Lantern | World News"}},
		{"daily lantern | world news", []string{"Daily Lantern | World News"}},
		{"ledger", []string{"Ledger.com"}},
		{"ledger.com", []string{"Ledger.com"}},
		{"meadow", []string{"The Meadow"}}, // common, but asked for as an outlet
		{"owl", []string{"The Owl - Books", "The Owl - Films"}},
		{"The Owl - Films", []string{"The Owl - Films"}},
		{"the owl - films", []string{"The Owl - Films"}},
		{"北京晨报", []string{"北京晨报"}},
		{"Harbour", nil},
		{"", nil},
		{" | ", nil},
	} {
		if got := o.Match(tt.name); !slices.Equal(got, tt.want) {
			t.Errorf("%q stands for %q, want %q", tt.name, got, tt.want)
		}
	}
}
