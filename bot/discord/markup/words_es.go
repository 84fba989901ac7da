package markup

var spanish = Words{
	Months: [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	Date:   "%d de %m de %y",

	Searching:  "Leyendo los artículos…",
	Understood: "Entendido como: %s",
	Differ:     "Las fuentes difieren: compara %s y %s.",
	Nearest:    "Los párrafos más cercanos:",
	LeftOutOne: "Se omitió 1 frase: no está en los artículos.",
	LeftOut:    "Se omitieron %s frases: no están en los artículos.",
	Attached:   "Este es el comienzo. El texto entero es largo y va adjunto en un archivo.",

	NoModel:     "El modelo de lenguaje no ha respondido; estas son las palabras de los propios artículos.",
	ModelBroke:  "El modelo de lenguaje se detuvo antes de tiempo; lo que se muestra está comprobado.",
	CutQuestion: "La pregunta es muy larga; solo se leyó el comienzo.",
	Unsaid:      "Los artículos de aquí no lo dicen: %s",

	NoEvidence:       "Los artículos de aquí no lo dicen.",
	Overview:         "Para una visión general usa /novedades; para un solo artículo, /resumir; /artículos muestra lo que hay.",
	AbsentSource:     "Aquí no hay nada de %s, así que no hay con qué responder.",
	AbsentSomeSource: "Aquí no hay nada de ese medio, así que no hay con qué responder.",
	AbsentName:       "Ningún artículo de aquí menciona %s.",
	AbsentSomeName:   "La pregunta nombra algo que ningún artículo de aquí menciona.",
	Unchecked:        "Se escribió una respuesta, pero nada de ella se encontró en los artículos, así que no se muestra.",
	Failed:           "Algo ha fallado antes de la respuesta. Vuelve a preguntar, por favor.",

	Untitled:  "Sin título",
	Also:      "también en: %s",
	Changed:   "cambiado desde entonces",
	Withdrawn: "retirado desde entonces",
	Partial:   "solo está el comienzo",
	Gone:      "la página ya no existe",

	Supported:    "Respaldado",
	Contradicted: "Contradicho",
	Related:      "Se menciona, pero no se dice",
	NotFound:     "No encontrado",
	NoClaim:      "Aquí no hay ninguna afirmación que se pueda buscar.",

	Articles:    "Artículos %s a %s de %s",
	Article:     "Artículo %s de %s",
	NoArticles:  "Aquí no hay artículos así.",
	Digest:      "Lo nuevo desde el %s",
	DigestOn:    "Lo nuevo desde el %s sobre «%s»",
	Quiet:       "No hay nada nuevo desde el %s.",
	QuietOn:     "No hay nada nuevo desde el %s sobre «%s».",
	NoParagraph: "Ya no hay párrafo que mostrar.",
}
