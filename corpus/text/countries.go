package text

import (
	"strings"
	"sync"
)

// places maps the folded name, abbreviation or demonym of a country, or of a
// few regions and cities with names for their people, to the first name in its
// line of the table.
var places = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 512)
	for line := range strings.Lines(placeTable) {
		first := ""
		for name := range strings.SplitSeq(strings.TrimSpace(line), ",") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			if first == "" {
				first = name
			}
			m[name] = first
		}
	}
	return m
})

// placeTable: a country a line, then its other names, its people and its
// adjective, folded.
const placeTable = `
united states, us, u.s., usa, u.s.a., united states of america, america, american, americans
united kingdom, uk, u.k., britain, great britain, british, briton, britons, brits
england, english
scotland, scottish, scots, scot
wales, welsh
ireland, irish
northern ireland
france, french, frenchman, frenchwoman
germany, german, germans
spain, spanish, spaniard, spaniards
italy, italian, italians
portugal, portuguese
netherlands, the netherlands, holland, dutch
belgium, belgian, belgians
luxembourg
switzerland, swiss
austria, austrian, austrians
denmark, danish, dane, danes
norway, norwegian, norwegians
sweden, swedish, swede, swedes
finland, finnish, finn, finns
iceland, icelandic
poland, polish, pole, poles
czech republic, czechia, czech, czechs
slovakia, slovak, slovaks
hungary, hungarian, hungarians
romania, romanian, romanians
bulgaria, bulgarian, bulgarians
greece, greek, greeks
turkey, turkiye, turkish, turk, turks
cyprus, cypriot, cypriots
malta, maltese
albania, albanian, albanians
serbia, serbian, serb, serbs
croatia, croatian, croat, croats
slovenia, slovenian, slovene
bosnia and herzegovina, bosnia, bosnian, bosnians
montenegro, montenegrin
kosovo, kosovar, kosovars
north macedonia, macedonian
estonia, estonian, estonians
latvia, latvian, latvians
lithuania, lithuanian, lithuanians
belarus, belarusian, belarusians
ukraine, ukrainian, ukrainians
moldova, moldovan, moldovans
russia, russian, russians, russian federation
georgia, georgian, georgians
armenia, armenian, armenians
azerbaijan, azerbaijani, azerbaijanis
kazakhstan, kazakh, kazakhs
uzbekistan, uzbek, uzbeks
turkmenistan, turkmen
kyrgyzstan, kyrgyz
tajikistan, tajik, tajiks
afghanistan, afghan, afghans
pakistan, pakistani, pakistanis
india, indian, indians
bangladesh, bangladeshi, bangladeshis
sri lanka, sri lankan, sri lankans
nepal, nepali, nepalese
bhutan, bhutanese
maldives, maldivian
china, chinese, prc, people's republic of china
taiwan, taiwanese
hong kong, hongkonger
japan, japanese
south korea, republic of korea, south korean, south koreans
north korea, dprk, north korean, north koreans
korea, korean, koreans
mongolia, mongolian, mongolians
vietnam, vietnamese
laos, laotian, lao
cambodia, cambodian, cambodians
thailand, thai, thais
myanmar, burma, burmese
malaysia, malaysian, malaysians
singapore, singaporean, singaporeans
indonesia, indonesian, indonesians
philippines, the philippines, philippine, filipino, filipinos
australia, australian, australians, aussie, aussies
new zealand, new zealander, new zealanders, kiwi, kiwis
fiji, fijian
papua new guinea
israel, israeli, israelis
palestine, palestinian, palestinians
lebanon, lebanese
syria, syrian, syrians
jordan, jordanian, jordanians
iraq, iraqi, iraqis
iran, iranian, iranians
saudi arabia, saudi, saudis
united arab emirates, uae, u.a.e., emirati, emiratis
qatar, qatari, qataris
kuwait, kuwaiti, kuwaitis
bahrain, bahraini
oman, omani, omanis
yemen, yemeni, yemenis
egypt, egyptian, egyptians
libya, libyan, libyans
tunisia, tunisian, tunisians
algeria, algerian, algerians
morocco, moroccan, moroccans
sudan, sudanese
south sudan, south sudanese
ethiopia, ethiopian, ethiopians
eritrea, eritrean, eritreans
somalia, somali, somalis
kenya, kenyan, kenyans
uganda, ugandan, ugandans
tanzania, tanzanian, tanzanians
rwanda, rwandan, rwandans
burundi, burundian
democratic republic of the congo, drc, dr congo, congolese
nigeria, nigerian, nigerians
niger, nigerien
ghana, ghanaian, ghanaians
ivory coast, cote d'ivoire, ivorian, ivorians
senegal, senegalese
mali, malian, malians
burkina faso, burkinabe
cameroon, cameroonian, cameroonians
chad, chadian
gabon, gabonese
angola, angolan, angolans
mozambique, mozambican
zambia, zambian, zambians
zimbabwe, zimbabwean, zimbabweans
botswana
namibia, namibian
south africa, south african, south africans
madagascar, malagasy
canada, canadian, canadians
mexico, mexican, mexicans
guatemala, guatemalan, guatemalans
honduras, honduran, hondurans
el salvador, salvadoran, salvadorans
nicaragua, nicaraguan, nicaraguans
costa rica, costa rican, costa ricans
panama, panamanian, panamanians
cuba, cuban, cubans
haiti, haitian, haitians
dominican republic
jamaica, jamaican, jamaicans
trinidad and tobago, trinidadian
puerto rico, puerto rican, puerto ricans
colombia, colombian, colombians
venezuela, venezuelan, venezuelans
ecuador, ecuadorian, ecuadorians
peru, peruvian, peruvians
bolivia, bolivian, bolivians
chile, chilean, chileans
argentina, argentine, argentinian, argentines, argentinians
uruguay, uruguayan, uruguayans
paraguay, paraguayan, paraguayans
brazil, brazilian, brazilians
europe, european, europeans
european union, eu, e.u.
united nations, un, u.n.
africa, african, africans
asia, asian, asians
latin america, latin american
middle east, middle eastern
nato, north atlantic treaty organization
london, londoner, londoners
paris, parisian, parisians
new york, new yorker, new yorkers
california, californian, californians
texas, texan, texans
florida, floridian, floridians
catalonia, catalan, catalans
basque country, basque, basques
bavaria, bavarian, bavarians
kurdistan, kurdish, kurd, kurds
tibet, tibetan, tibetans
`
