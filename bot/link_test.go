package bot

import "testing"

func TestReachesOut(t *testing.T) {
	for sentence, want := range map[string]string{
		"See https://alder.example/x for more.":                               "https://alder.example/x",
		"See www.alder.example.":                                              "www.alder.example",
		"Write to (press@alder.example).":                                     "press@alder.example",
		"Ask @everyone about it.":                                             "@everyone",
		"Ask <@1234> about it.":                                               "@1234",
		"It is at alder.example/bridge, he said":                              "alder.example/bridge",
		"[here](javascript:x) it says":                                        "here](javascript:x",
		"The U.S. paid $2.4 million at 9 a.m. to J.K. Rowling, e.g. in v1.2.": "",
	} {
		if got, _ := reachesOut(sentence); got != want {
			t.Errorf("%q reaches out to %q, want %q", sentence, got, want)
		}
	}
}
