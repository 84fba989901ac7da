package bot

import "testing"

func TestWants(t *testing.T) {
	for _, tt := range []struct {
		question string
		want     wanted
	}{
		{"When does the ferry sail?", moment},
		{"What is the release date of the album?", moment},
		{"Wann fährt die Fähre?", moment},
		{"How much did the repairs cost?", money},
		{"What will the sea wall cost?", money},
		{"How many boats are there?", count},
		{"Wie viele Boote gibt es?", count},
		{"What was the unemployment rate in May?", share},
		{"Who runs the ferry?", person},
		{"¿Quién dirige el transbordador?", person},
		{"Which harbour is the largest?", thing},
		{"the harbour master of Tollness", thing},
		{"Why did it close?", reason},
		{"What happened to the bridge?", nothing},
		{"How did she die?", nothing},
		{"Did the bridge close in May?", nothing},
		{"", nothing},
	} {
		if got, _ := wants(tt.question); got != tt.want {
			t.Errorf("%q wants %d, want %d", tt.question, got, tt.want)
		}
	}
}
