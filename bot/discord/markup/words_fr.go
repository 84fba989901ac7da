package markup

var french = Words{
	Months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	Date:   "%d %m %y",

	Searching:  "Je lis les articles…",
	Understood: "Compris comme : %s",
	Differ:     "Les sources divergent : comparez %s et %s.",
	Nearest:    "Les paragraphes les plus proches :",
	LeftOutOne: "1 phrase a été omise : introuvable dans les articles.",
	LeftOut:    "%s phrases ont été omises : introuvables dans les articles.",
	Attached:   "Ceci n'est que le début. L'ensemble est long ; il se trouve dans le fichier joint.",

	NoModel:     "Le modèle de langue n'a pas répondu ; voici les mots mêmes des articles.",
	ModelBroke:  "Le modèle de langue s'est arrêté trop tôt ; ce qui est montré a été vérifié.",
	CutQuestion: "La question est très longue ; seul son début a été lu.",
	Unsaid:      "Les articles d'ici ne le disent pas : %s",

	NoEvidence:       "Les articles d'ici ne le disent pas.",
	Overview:         "Pour une vue d'ensemble, utilisez /aperçu ; pour un seul article, /résumer ; /articles montre ce qu'il y a.",
	AbsentSource:     "Il n'y a rien de %s ici, donc pas de quoi répondre.",
	AbsentSomeSource: "Il n'y a rien de ce média ici, donc pas de quoi répondre.",
	AbsentName:       "Aucun article d'ici ne mentionne %s.",
	AbsentSomeName:   "La question nomme quelque chose qu'aucun article d'ici ne mentionne.",
	Unchecked:        "Une réponse a été écrite, mais rien n'a pu en être retrouvé dans les articles ; elle n'est donc pas montrée.",
	Failed:           "Quelque chose a mal tourné avant la réponse. Veuillez reposer la question.",

	Untitled:  "Sans titre",
	Also:      "aussi dans : %s",
	Changed:   "modifié depuis",
	Withdrawn: "retiré depuis",
	Partial:   "seul le début est ici",
	Gone:      "la page a disparu",

	Supported:    "Confirmé",
	Contradicted: "Contredit",
	Related:      "Évoqué, mais pas affirmé",
	NotFound:     "Introuvable",
	NoClaim:      "Il n'y a ici aucune affirmation à vérifier.",

	Articles:    "Articles %s à %s sur %s",
	Article:     "Article %s sur %s",
	NoArticles:  "Aucun article ne correspond ici.",
	Digest:      "Les nouveautés depuis le %s",
	DigestOn:    "Les nouveautés depuis le %s sur « %s »",
	Quiet:       "Rien de nouveau depuis le %s.",
	QuietOn:     "Rien de nouveau depuis le %s sur « %s ».",
	NoParagraph: "Il n'y a plus de paragraphe à montrer.",
}
