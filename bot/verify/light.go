package verify

import (
	"strings"
	"sync"
)

// lightWeight is what a light word counts beside a full one. A light word
// tells little of what a sentence claims: it may come from the source or not.
// The value is not critical: .2 and .5 give the same figures within .01.
const lightWeight = .3

// light reports whether fold is a word that writers add without adding a
// claim: connectives, hedges, words of advice, the general nouns of prose.
func light(fold string) bool {
	_, ok := lightWords()[fold]
	return ok
}

// Light reports whether a folded word tells little of what a sentence claims.
func Light(fold string) bool { return light(fold) }

var lightWords = sync.OnceValue(func() map[string]struct{} {
	fields := strings.Fields(lightList)
	set := make(map[string]struct{}, len(fields))
	for _, f := range fields {
		set[f] = struct{}{}
	}
	return set
})

const lightList = `
according accordingly actually additional additionally again ago ahead almost
along already also alternatively although always answer answers amid among another anyone
anything apart appear appears around aside away back based basically become
becomes been before begin behind believe besides best better beyond bit both brief briefly
bring brings came can cannot carefully case cases certain certainly clear
clearly come comes commonly completely consider considered consists contain
contains containing conclusion consequently correct could course crucial currently
deal depend depending depends describe described describes despite detail
detailed details different directly done due during each easily easy either
else end ensure ensures ensuring enough entire entirely especially essential
essentially etc even eventually ever every everyone everything exactly example
examples explicit explicitly explain explained explains fact factor factors far fairly few final
finally find first firstly focus focuses follow followed following follows
form former forms frequently full fully furthermore further gave general
generally get gets getting give given gives giving go goes going good got great
greatly happen happens help helpful helping helps hence here highly how
however idea ideal identify immediately important importantly inc include
included includes including increasingly indeed indicate indicated indicates
individual individuals information instance instead instructions involve
involved involves involving issue issues item items itself just keep keeping
keeps key kind kinds know known largely last lastly later latter lead leads
least led less let lets like likely list lot lots made main mainly make makes
making manner many matter may maybe mean meaning means meanwhile mention
mentioned mentions method methods might more moreover most mostly much must
namely near nearly necessarily necessary need needed needs nevertheless new
next nonetheless normally notably note noted notes now number numerous obtain
occur occurs often one ones option options order other others otherwise
overall part particular particularly per perform perhaps person people place
please plus point points possible possibly potential potentially prefer
present previous previously primarily primary prior probably procedure process
processes proper properly provide provided provides providing purpose purposes
put question questions quite range rather ready really reason reasons receive recommend
recommended refer referred refers regard regarding regardless regards relate
related relates relatively relevant remain remains remember require required
requires respectively result resulting results role same say says second
secondly section see seem seems seen set several shall should show showed
shown shows significant significantly similar similarly simple simply since
situation so some someone something sometimes somewhat soon sort specific
specifically start started starting state stated states stating step steps
still subsequently such suggest suggested suggesting suggests suitable summary
sure take taken takes taking task tell tells tend tends term terms than that
therefore thing things think third thirdly though through throughout thus time
times tip tips together too took toward towards try trying turn type types
typically unable unless until upon use used useful user users uses using
usual usually utilize utilized utilizes utilizing various vary very via view
want way ways well went whatever when whenever whereas wherever whether which
while whole wide widely will within without work works would yet
`
