package text

import (
	"strings"
	"sync"
)

// sayings are the words for times that Dates does not read alone, in English.
var sayings = map[string]string{
	"vorgestern": "2 days ago", "avant-hier": "2 days ago", "anteayer": "2 days ago", "antier": "2 days ago",
	"lundi": "Monday", "mardi": "Tuesday", "mercredi": "Wednesday", "jeudi": "Thursday", "vendredi": "Friday", "samedi": "Saturday", "dimanche": "Sunday",
	"lunes": "Monday", "martes": "Tuesday", "miércoles": "Wednesday", "jueves": "Thursday", "viernes": "Friday", "sábado": "Saturday", "domingo": "Sunday",

	"आज": "today", "कल": "yesterday", "परसों": "2 days ago", // of days gone: nobody asks for tomorrow's articles
	"पिछले": "last", "पिछली": "last", "पिछला": "last", "इस": "this", "पहले": "ago",
	"घंटा": "hour", "घंटे": "hours", "दिन": "days", "हफ़्ता": "week", "हफ़्ते": "week", "हफ्ता": "week", "हफ्ते": "week", "सप्ताह": "week",
	"महीना": "month", "महीने": "month", "साल": "year", "वर्ष": "year",
	"सोमवार": "Monday", "मंगलवार": "Tuesday", "बुधवार": "Wednesday", "गुरुवार": "Thursday", "शुक्रवार": "Friday", "शनिवार": "Saturday", "रविवार": "Sunday",
	"जनवरी": "January", "फ़रवरी": "February", "फरवरी": "February", "मार्च": "March", "अप्रैल": "April", "मई": "May", "जून": "June",
	"जुलाई": "July", "अगस्त": "August", "सितंबर": "September", "सितम्बर": "September", "अक्टूबर": "October", "अक्तूबर": "October",
	"नवंबर": "November", "नवम्बर": "November", "दिसंबर": "December", "दिसम्बर": "December",
	"से": "", "तक": "", "को": "", "में": "", // since, until, on, in, which Hindi puts behind
}

// cleanSayings are sayings as Clean writes them.
var cleanSayings = sync.OnceValue(func() map[string]string {
	clean := make(map[string]string, len(sayings))
	for said, english := range sayings {
		clean[Clean(said)] = english
	}
	return clean
})

// translated puts English in the place of each word that is in sayings.
func translated(s string) string {
	var out []string
	for _, w := range strings.Fields(s) {
		if english, ok := cleanSayings()[strings.ToLower(w)]; ok {
			w = english
		}
		if w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}
