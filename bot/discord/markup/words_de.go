package markup

var german = Words{
	Months: [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	Date:   "%d. %m %y",

	Searching:  "Ich lese die Artikel …",
	Understood: "Verstanden als: %s",
	Differ:     "Die Quellen widersprechen sich: vergleiche %s und %s.",
	Nearest:    "Am nächsten kommen diese Absätze:",
	LeftOutOne: "1 Satz wurde weggelassen: er steht so nicht in den Artikeln.",
	LeftOut:    "%s Sätze wurden weggelassen: sie stehen so nicht in den Artikeln.",
	Attached:   "Das ist der Anfang. Das Ganze ist lang und hängt als Datei an.",

	NoModel:     "Das Sprachmodell hat nicht geantwortet; dies sind die Worte der Artikel selbst.",
	ModelBroke:  "Das Sprachmodell hat vorzeitig aufgehört; was hier steht, ist geprüft.",
	CutQuestion: "Die Frage ist sehr lang; nur ihr Anfang wurde gelesen.",
	Unsaid:      "Das sagen die Artikel hier nicht: %s",

	NoEvidence:       "Das sagen die Artikel hier nicht.",
	Overview:         "Einen Überblick gibt /überblick, über einen einzelnen Artikel /zusammenfassen; /artikel zeigt, was es gibt.",
	AbsentSource:     "Von %s liegt hier nichts vor, also lässt sich daraus nichts beantworten.",
	AbsentSomeSource: "Von diesem Medium liegt hier nichts vor, also lässt sich daraus nichts beantworten.",
	AbsentName:       "Kein Artikel hier erwähnt %s.",
	AbsentSomeName:   "Die Frage nennt etwas, das in keinem Artikel hier vorkommt.",
	Unchecked:        "Eine Antwort wurde geschrieben, aber nichts davon war in den Artikeln zu finden; darum wird sie nicht gezeigt.",
	Failed:           "Auf dem Weg zur Antwort ist etwas schiefgegangen. Bitte frage noch einmal.",

	Untitled:  "Ohne Titel",
	Also:      "auch bei: %s",
	Changed:   "seither geändert",
	Withdrawn: "seither entfernt",
	Partial:   "nur der Anfang liegt vor",
	Gone:      "die Seite gibt es nicht mehr",

	Supported:    "Belegt",
	Contradicted: "Widerspruch",
	Related:      "Erwähnt, aber so nicht gesagt",
	NotFound:     "Nicht gefunden",
	NoClaim:      "Darin steht keine Behauptung, die sich nachschlagen ließe.",

	Articles:    "Artikel %s bis %s von %s",
	Article:     "Artikel %s von %s",
	NoArticles:  "Solche Artikel gibt es hier nicht.",
	Digest:      "Neu seit dem %s",
	DigestOn:    "Neu seit dem %s zu „%s“",
	Quiet:       "Seit dem %s ist nichts Neues gekommen.",
	QuietOn:     "Seit dem %s ist zu „%s“ nichts Neues gekommen.",
	NoParagraph: "Es gibt keinen Absatz mehr, der sich zeigen ließe.",
}
