package text

import "github.com/abadojack/whatlanggo"

// Lang returns the BCP 47 base tag of the language that s is written in, or
// "" when it is too short or too mixed to tell.
func Lang(s string) string {
	if len(s) > 4096 {
		s = s[:4096]
	}
	if len(s) < 40 {
		return ""
	}
	info := whatlanggo.Detect(s)
	if !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}
