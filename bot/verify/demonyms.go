package verify

import (
	"strings"
	"sync"

	"pilcrow/corpus/text"
)

// demonyms maps the stem of each word for a country and its people to the
// stems of the others, where their spelling does not show it.
var demonyms = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for group := range strings.Lines(demonymList) {
		var stems []string
		for _, w := range strings.Fields(group) {
			stems = append(stems, text.Stem("en", w))
		}
		for i, s := range stems {
			for j, other := range stems {
				if i != j && s != other {
					m[s] = append(m[s], other)
				}
			}
		}
	}
	return m
})

const demonymList = `france french frenchman
spain spanish spaniard spaniards
netherlands dutch holland
britain british uk briton
england english englishman
scotland scottish scots
wales welsh
ireland irish
germany german
greece greek
denmark danish dane
sweden swedish swede
finland finnish finn
norway norwegian
poland polish pole
turkey turkish turk
switzerland swiss
america american us usa
china chinese
japan japanese
india indian
iraq iraqi
israel israeli
pakistan pakistani
ukraine ukrainian
russia russian
peru peruvian
iran iranian
kenya kenyan
libya libyan
syria syrian
egypt egyptian
mexico mexican
canada canadian
brazil brazilian
chile chilean
cuba cuban
korea korean
portugal portuguese
thailand thai
philippines filipino philippine
lebanon lebanese
vietnam vietnamese
hungary hungarian
belgium belgian
italy italian
europe european
africa african
asia asian
`
