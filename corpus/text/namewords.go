package text

import (
	"strings"
	"sync"
)

// honorifics are titles that stand before a name and are no part of it, folded.
var honorifics = sync.OnceValue(func() map[string]bool {
	return set(`mr mrs ms miss mx dr prof professor sir dame lord lady president prime minister premier chancellor king queen
		prince princess pope senator sen sens representative rep reps congressman congresswoman governor gov govs mayor
		secretary general gen colonel col major captain capt lieutenant lt commander sergeant sgt admiral adm judge justice
		chief executive officer ceo cfo coo cto chairman chairwoman chair director coach rabbi imam sheikh ayatollah reverend rev
		father sister bishop archbishop cardinal ambassador commissioner inspector detective deputy vice ex former attorney
		speaker sheriff constable private corporal brigadier marshal minister spokesman spokeswoman spokesperson
		leader founder co-founder herr frau monsieur madame mme mlle m señor señora senor senora don doña signor signora dott ing hr hon pres det supt`)
})

// offices stand before a rank and belong to it: Foreign Minister, Senate
// Majority Leader.
var offices = sync.OnceValue(func() map[string]bool {
	return set(`foreign finance defense defence interior home health education treasury trade labor labour energy justice
		prime vice deputy attorney managing executive acting interim former senate house majority minority opposition press
		chief assistant associate lieutenant first second state culture transport environment housing security national`)
})

// ranks are titles that end the name before them: "Norwind President Ana
// Keller".
var ranks = sync.OnceValue(func() map[string]bool {
	return set(`president prime chancellor secretary senator sen rep gov ceo cfo coo cto chairman chairwoman chair director
		minister mayor leader commissioner spokesman spokeswoman co-founder founder vice`)
})

// afterRank holds the words behind a rank that make it part of a name of its
// own: General Motors, Prime Video, Chief Justice aside.
var afterRank = sync.OnceValue(func() map[string]bool {
	return set(`motors electric mills dynamics assembly election elections video times league leagues day america royal river
		island islands valley school cross line lake park lane street road kong james's arthur's harry's square palace
		accounting staff officers wireless mail airport hotel club cup games`)
})

// heads are the words that "of" ties to a place or a matter.
var heads = sync.OnceValue(func() map[string]bool {
	return set(`university bank department ministry house court board bureau institute state kingdom republic union
		city gulf bay church council league duke prince princess queen king tower lord world college school academy museum
		library institution organization organisation association federation society chamber office secretary minister
		attorney director head president chief joint centre center centers hospital federation confederation commonwealth
		district cape strait sea isle university bishop archbishop statue act bill declaration treaty battle war band
		order diocese archdiocese county village town mount port medal feast leader members dean embassy mayors provost ministers speaker game games call line god son house duchess earl port province states emirates people's
		federal university governor mayor chairman conference congress parliament assembly knights guardians legend legends
		age sea empire realm rings hall master bachelor doctor doctors medal friends band queens kings masters days lords`)
})

// societies are the heads that "for" and "on" tie, and the words that end the
// names of institutions.
var societies = sync.OnceValue(func() map[string]bool {
	return set(`centre center institute campaign society association committee foundation council office organization
		organisation agency commission department administration authority ministry court services service
		bureau board union federation fund conference network school college university academy coalition alliance
		project program programme party institutes hospital museum bank house group company corporation industries
		times post journal herald tribune news league cup street forces force guard police army navy corps tobago
		herzegovina gamble grenadines barbuda nevis principe`)
})

// companies are forms of company, and such that follow a name and may be left
// out.
var companies = sync.OnceValue(func() map[string]bool {
	return set(`inc corp corporation ltd limited co company llc plc gmbh ag sa nv jr sr`)
})

// nameless are words with a capital that alone are no name.
var nameless = sync.OnceValue(func() map[string]bool {
	return set(`i ceo cfo coo cto pm am est edt pst pdt cst cdt gmt utc bst ist cet cest tv dvd faq pdf url id ok diy
		usd eur gbp aka vs no nos rs inc ltd co corp llc plc phd ad bc bce mr mrs ms dr sir madam god internet web ps rip lol omg fyi
		asap ad km mph kg pr hr rt dm sms vip led lcd usb hd uhd cd pc`)
})

// surnames are names that have the endings of common words.
var surnames = sync.OnceValue(func() map[string]bool {
	return set(`beijing boeing nanjing chongqing sterling browning fleming golding harding manning keating irving ewing pershing
		kelly emily sally billy molly holly reilly connolly donnelly beverly kimberly murphy sicily shelly wembley
		mohammed muhammed ahmed hamed alfred winifred manfred reed freed
		rivers sanders rogers rodgers meyers sellers summers walters masters peters waters powers bowers chambers
		reuters pacers lakers rangers raiders chargers packers steelers dodgers`)
})

// openers are common words, beside the stop words and those that starts
// knows, with which sentences, quotations and headlines open.
var openers = sync.OnceValue(func() map[string]bool {
	return set(`according accordingly actually additional additionally afterwards again ago all almost alone along already
		alternatively although altogether amid among analysts angry annual anyone anything apart apparently asked aside assuming
		authorities back based basically because besides best better beyond big both breaking bring built business but buy bye call
		called can captain certain certainly check children citing city clear clearly click close come comes coming common
		companies compared consider considering contact continue could council couple credit critics current currently customers
		data days dear demand despite details different doing done down due early earlier easily economic either elsewhere
		employees end enjoy enough especially essentially even eventually ever every everybody everyone everything
		exactly except experts explore expect fans far fellow few fewer final finally financial find fine first five follow
		following foreign former formerly fortunately forward four free frankly fresh full fully further future
		generally get getting give given giving global go going good got government great growing guests guys half happy hard
		have head health hello help hence here hey high higher historically home honestly hope hopefully host how however
		hundreds if image imagine immediately important in including increasingly indeed industry initially inside instead
		international interestingly investors ironically join just keep key know lack large largely last late later latest
		laugh lawyers lead leaders learn least leave left legal less let letting life like likely likewise list listen
		literally little live local long longer look looking lots love low luckily made main mainly make makes making man many
		market markets may maybe mean meaning means meantime meanwhile members men middle might military millions mind
		modern money monthly more moreover most mostly mother moving much music must my name namely national native near nearby
		nearly needless neither net never nevertheless new news next nice nobody none nonetheless normally not note nothing notably
		notice now nowadays nowhere obviously of off officially officials often oh ok okay old older once one ones only onto
		open opening opinion opponents or order original originally other others otherwise our out outside over overall
		part parents particularly past people perhaps personally photo photograph photos picture place plans please plus point
		police politically poor popular possibly potentially pre present press presumably prices previous previously prior
		private probably problem profits prosecutors protesters public put question quick quickly quite rather read readers
		reading real really recent recently related remember reports reportedly researchers residents rest results retired
		returning right rising rumors rumours sadly sales same save say says scientists scroll search second see seeing
		seems select send senior separately seriously seven several shares short shortly show sign similar similarly simple
		simply since single six sixth so social some somebody someone something sometimes somewhat soon sorry sources
		speaking special specifically spoiler spokesman stand star start started starting states stay step still stocks stop
		story strong students studies study subscribe such suddenly summer support supporters supposedly sure
		surely surprisingly take taken takes taking talk talks teachers team teams technically tell ten thank thankfully thanks
		that then theoretically thereafter therefore these they things think third this those though thousands three through throughout
		thus time times tip to today together tomorrow tonight too top total toward towards traders true try turn turns twice two
		typically ultimately under unfortunately unless unlike until unsurprisingly up update updated upon use used users
		using usually various very victims video view voters wait want was watch watching we welcome well were what whatever
		when whenever where whereas wherever whether which while who whoever whole whose why will winner winners winning with within
		without witnesses women won wonder word words work worked workers working world worse would wow write written wrong
		yeah year years yes yesterday yet you young your
		actor actress singer author writer artist comedian rapper musician striker midfielder defender goalkeeper quarterback
		manager boss analyst activist journalist billionaire founder founders owner researcher scientist
		economist professor lawyer attorney veteran legendary longtime star superstar rookie newcomer pro reporter editor
		columnist contributor presenter co-founder entrepreneur philanthropist executive executives chief
		ask tell visit hire bring send meet hier gestern heute ayer hoy ieri morgen demain ainsi aussi sagte laut nach bei
		ability access across action activity add adding afterward agencies agreement ahead air alongside although always amount
		animal answer anytime anyway area argument army around arrangement arrival art article attack attention attitude
		audience audio author available average avoid award baby bad balance ball band base battery beat beauty become bed
		beginning behaviour believe benefit bet bets big bill bird bit blood board boat body book border born bottom bowl box
		boy brain brand bread break breath brother browser budget bus buyers camera campaign capital car card care career cases
		case cash cast catch cause celebrities chain challenge challenges chance change changes channel character charge cheap
		chicken child choice choose church claim claims class climate coach coaches code coffee cold collection colleges colour
		color combination combine comment commercial committee community company comparison competition complete concern concerns
		condition conditions conference connection contract control controversy conversation conversely correction cost costs
		countless countries country county course court courts cover create creation creator creators crime crisis crowd culture
		curious customer cut daily damage dark date daughter dead deal death debate decades decision deep defence defense deliver
		demonstrators department depending design developer developers development device digital dinner direct direction
		directors discover discussion disease distance doctors dog domestic double dozens dream drink drive driver drivers
		drop drug during duty easy eat economy educators education effect effective effort efforts election electricity
		eleven embed emergency emissions employers engineers enter entire entry environment episode equity essays ethnic
		evening events evidence evil exec exchange example exercise experience explain eye eyes face facing fact factories
		facts failure fair faith fall families family fan farm farmers fashion fast fear feature features feel feeling
		field fight figures film filming fire firms fish fit flights floor focus folks food football force foreigners
		forever forget form formula fortune fourth friend friends fuel fun funding game games gaming gas gender genre
		gift gifts girl girls glass goal goals god gold gone goods government green ground group groups growth guess
		hall hand hands happen healthcare hear heart heat heavy height hell helping hi hindsight history holiday
		honest hopes horror hospital hospitals hot hotel hour hours housing huge human humans husband ice idea ideal ideas
		illustration impact impressive improve income individual individuals inflation information initial injuries
		injury innovation insurance interest interesting internal interviews introducing investment investing issue issues
		items job jobs journalists judge judges jump jury keeping kick kids kind king kitchen knowing known labour labor
		ladies laid land landlords language larger laughter law laws leader leading league learning legislation lesson
		letters level lies light limited line link liquid lists lives living loan loans location logic looks losing loss
		losses lost loud lower lunch machine magazine mail male management manufacturers map marketing marriage match
		matches material matter matters meal measures meat media medical medium meeting meetings memorable memory mental
		message method mid mine minutes miss mission mistakes mix mobile models moment moments month months mood moral
		morning mountain mouth move movie movies multiple murder museum mystery myth names nation nature need needing
		negative negotiations neighbours neighbors network night nights nine noise non nope nostalgia notable
		number numbers nurse nurses object observers odds offer offers office offline oil older online operation
		operations opinions opportunities option options organisers organizers origin outcome owners pack page pain pair paper
		parent parking participants parties partly party passengers path patience patients pay payment peace penalties percent
		perfect performance period permission person personal perspective pets phase phone phones pick pieces pilots place
		plan plants platform platforms play player players playing plenty plus poetry point points policies policy
		politicians politics positive possible poverty power practice predictably pressure pretty pricing print prison
		problems process product production products program programme progress project projects property prop proposals
		pros cons protests proof protection purchase pure purpose putting quality quote race racing radio rain range
		ranking rankings rapid rate rates ratings reach reaction read reader reality reason reasons record recovery red
		reduce reference reform refugees regardless regulators relationships relatives release religion reminder rental
		replace reply report request rescue research respect respondents responses responsibility restaurants result return
		revenue review reviewers reviews revenge rich ride risk risks road robot robots rock role romance room round
		rule rules run running safe safety sale salt sample satellite saving savings scenes schedule school schools science score
		scores screenshot screen season seats secret security seniors sense service services session set sets setting
		sex shame shape share shareholders sharing shock shoot shop shopping sick side signs sit site sites size skills
		sleep slow small smaller smart smoke soft software soldiers solution solutions son song songs sort sound space
		spectators speed spending sports spread spring stage stakeholders stand standing state statements states statistics
		status steps sticking stock stories strategy strategists street stress structure style subject success sufficient
		suggestions sun suppliers supply suspects surveys switch symptoms system systems table tall target tax taxpayers tears
		tech technology teenagers teens temperatures tenants tension terms test testing tests text texts theory
		thing thinking thirty threats tickets tight timing title titles today's tool tools topics tough tourists track trade
		trading traditional traffic training transactions transfer transparency transport transportation travel
		travellers travelers treatment trend trial trick trip trouble troops trust truly truth trying twelve twenty
		type understand unity universities unbeknownst unlikely upcoming usage user values value vehicles verdict
		version victory video viewers views villagers violence virtually visitors voice vote voters wage wages wager wall
		warm warning wars waste water ways weapon weather wednesday week weeks weekend weight whichever wild wind
		windows wine wish wives woman wood worth workers yards yield zero
		passage passages unable temperature add bake boil choose cook cool cover cut drain dry fry heat layer lay mix peel place
		pour preheat press remove repeat rinse roast rub season secure set shut slice soak spray spread sprinkle squeeze stir
		store tap tighten toss turn unscrew wash wipe wrap
		announced asked added advertisement above below both chapter figure section table source sources via
		north south east west northern southern eastern western central upper lower
		if in it its is no on or he she his her him an as at by do does did us me my am are be
		january february march april may june july august september october november december`)
})

// connective reports whether word, folded, is one with which a sentence of lang
// goes on from the last: no stop word, and no name either.
func connective(lang, word string) bool {
	if strings.HasSuffix(word, "mente") && (lang == "es" || lang == "it" || lang == "pt") || strings.HasSuffix(word, "ement") && lang == "fr" {
		return len(word) > 7
	}
	return connectives()[lang][word]
}

var connectives = sync.OnceValue(func() map[string]map[string]bool {
	return map[string]map[string]bool{
		"es": set("ademas asimismo tambien luego entonces mientras aunque segun tras hace ahora hoy ayer manana asi despues antes"),
		"fr": set("cependant toutefois pourtant neanmoins ensuite puis enfin ainsi alors aussi selon depuis pendant apres avant hier aujourd'hui demain age agee"),
		"it": set("inoltre tuttavia infatti quindi poi secondo dopo prima ieri oggi domani anche intanto"),
		"pt": set("alem entretanto contudo porem assim depois antes segundo ontem hoje amanha tambem"),
		"nl": set("echter daarnaast volgens verder ook toen gisteren vandaag morgen bovendien daarom"),
	}
})
