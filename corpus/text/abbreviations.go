package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// abbr says how an abbreviation behaves before a capital or a digit.
type abbr uint8

const (
	known   abbr = 1 << iota // it ends a sentence only where a word that starts sentences follows
	title                    // a name follows: it never ends a sentence
	counts                   // a number follows: "No. 5"
	endsToo                  // a capital behind it starts a sentence: "etc. The"
	proper                   // only with a capital: "Miss." is a state, "miss." a word
)

// abbreviation classes token, a word without its last stop; 0 is none.
func abbreviation(token string) abbr {
	if len(token) > 24 {
		return 0
	}
	k := abbreviations()[strings.ToLower(token)]
	if k&(title|proper) != 0 && inCapitals(token) { // the SEC, MS
		k &^= title
		if k&proper != 0 {
			return 0
		}
	}
	if k&proper != 0 {
		if r, _ := utf8.DecodeRuneInString(token); !unicode.IsUpper(r) {
			return 0
		}
	}
	return k
}

var abbreviations = sync.OnceValue(func() map[string]abbr {
	m := make(map[string]abbr, 512)
	for _, class := range []struct {
		kind  abbr
		words string
	}{
		{known | title, `mr mrs ms mx dr drs prof sens reps govs lt sgt capt maj cmdr cpl pvt adm rev supt insp amb atty
			messrs mme mlle mm hrn dipl dipl-ing sr sra srta dña exmo sigg dott dhr mevr sec-gen lt-gen им проф акад डॉ श्री`},
		{known | title | proper, `gen sen rep gov col hon pres det brig sec fr br pt hr ing sig`},
		{known | counts, `nr nrn n° nº núm num figs abb vols pp p pg pág ca cca approx aprox circa bzw vgl hrsg kap aufl`},
		{known | counts | proper, `no nos jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun`},
		{known | counts | endsToo, `fig vol art arts para chap ch cap eq env ref tel max min avg`},
		{known, `inc ltd co corp jr llc plc bros dept univ assn ave blvd rd vs v est govt gmbh bv nv ag sa cie mio mrd st ste
			sts mt ft op cit cf viz resp incl excl inkl evtl ggf sog str tsd abs av bd ed eds intl natl int'l nat'l
			div bldg apt hwy pkwy ee uu ud uds vd vds p.ex тыс млн млрд руб ул г гг стр см рис т.е т.д т.п др пр bijv
			ibid yahoo! jeopardy!`},
		{known | proper, `ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla
			ore pa tenn tex va vt wash wis wyo ont que alta sask`},
		{known | endsToo, `etc usw ecc enz al seq lbs lb oz hrs mins secs mph rpm sq cu km kg cm mm yds`},
	} {
		for _, w := range strings.Fields(class.words) {
			m[w] = class.kind
		}
	}
	return m
})

// starts reports whether word, as written, commonly starts a sentence and
// hardly a name.
func starts(word string) bool { return starters()[word] }

var starters = sync.OnceValue(func() map[string]bool {
	return set(`The A An I He She It They We You His Her Hers Its Their Our My Your This That These Those There Here In On At By
		For From With Without Within To Of As And But Or Nor So Yet If Then Than When While Where Why How What Who Whose
		Which After Before Since Until Because Although Though Despite During Under Over Between Among Against About
		Through Once Also Still Even Just Only However Meanwhile Moreover Furthermore Therefore Thus Instead Nevertheless
		Nonetheless According Additionally Both Each Every Either Neither Some Many Most Much More Several Few Other
		Others Another All Any Not No Yes Now Later Earlier Last Next Such Is Are Was Were Be Has Have Had Do Does Did Will
		Would Can Could Should May Might Must Let It's He's She's They're We're I'm I've There's That's Don't I It’s He’s
		She’s They’re We’re I’m I’ve There’s That’s Don’t Police Officials Last Today Yesterday
		Der Die Das Ein Eine Er Sie Es Wir Ich Im Am Zum Zur Und Aber Doch Auch Bei Mit Nach Von Für Seit Dort Dann Damit Dieser Diese
		Le Les Un Une Il Elle Ils Elles Nous Vous Je Ce Cette Ces Dans Mais Pour Avec Selon Depuis
		En Pero Con Según Desde Esta Este Estos Una Uno`)
})

// speech holds the verbs that tie quoted speech to its speaker.
var speech = sync.OnceValue(func() map[string]bool {
	return set(`said says say asked asks added adds wrote writes told tells replied replies shouted exclaimed wondered
		recalled noted notes continued explained posted tweeted quipped joked answered cried yelled read reads sagte
		fragte demande dit a-t-il dijo preguntó`)
})

// domains holds the last parts of host names that can be met with a capital.
var domains = sync.OnceValue(func() map[string]bool {
	return set(`com net org edu gov io ai uk eu tv info biz app dev js ts py rs md txt pdf html php asp`)
})

// set returns the words of a list parted by white space.
func set(words string) map[string]bool {
	fields := strings.Fields(words)
	m := make(map[string]bool, len(fields))
	for _, w := range fields {
		m[w] = true
	}
	return m
}

// clockFollows reports whether word goes on from "9 a.m.": a day, a month or a
// time zone.
func clockFollows(word string) bool {
	if months().has(word) || weekdays()[strings.ToLower(word)] != 0 {
		return true
	}
	n := len(word)
	return (n == 2 || n == 3 || n == 4) && strings.ToUpper(word) == word && strings.HasSuffix(word, "T") ||
		word == "UTC" || word == "Eastern" || word == "Pacific" || word == "Central" || word == "Mountain"
}
