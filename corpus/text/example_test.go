package text_test

import (
	"fmt"
	"time"

	"pilcrow/corpus/text"
)

func ExampleSentences() {
	s := `Dr. Keller left at 9 a.m. Nobody saw her. "Why now?" asked J. K. Brandt.[4] It rained…`
	for _, p := range text.Sentences(s) {
		fmt.Println(p.Of(s))
	}
	// Output:
	// Dr. Keller left at 9 a.m.
	// Nobody saw her.
	// "Why now?" asked J. K. Brandt.[4]
	// It rained…
}

func ExampleTerms() {
	s := "The U.S. ministers’ 10,000 cafés"
	for _, t := range text.Terms("en", s) {
		fmt.Println(t.Text, "from", t.Of(s))
	}
	// Output:
	// us from U.S.
	// minist from ministers
	// 10000 from 10,000
	// cafe from cafés
}

func ExampleSameNumber() {
	a := text.Numbers("It cost about $1.2bn.")
	b := text.Numbers("a price of 1,234,567,890 dollars")
	fmt.Println(a[0].Value, a[0].Unit, a[0].Bound)
	fmt.Println(text.SameNumber(a[0], b[0]))
	// Output:
	// 1.2e+09 USD about
	// true
}

func ExampleDates() {
	now := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	s := "Since last week, before Oct. 7 and in 2019"
	for _, d := range text.Dates(s, "en", now) {
		fmt.Println(d.Of(s), d.From.Format(time.DateOnly), d.To.Format(time.DateOnly))
	}
	// Output:
	// last week 2024-02-19 2024-02-26
	// Oct. 7 2023-10-07 2023-10-08
	// 2019 2019-01-01 2020-01-01
}
