package verify

// calendars holds when each month and weekday of the claim stands in the
// evidence. Days and years are figures.
func calendars(e *evidence, c *claim) []finding {
	var out []finding
	for _, w := range c.words {
		if !calendar(w.fold) || w.weight == 0 && w.number < 0 || c.asked[w.stem] {
			continue
		}
		if !e.spoken(w.fold) {
			out = append(out, finding{Reason: DateAbsent, about: w.Of(c.text)})
		}
	}
	return out
}

// spoken reports whether the evidence holds the month or weekday fold.
func (e *evidence) spoken(fold string) bool {
	for _, at := range e.held {
		for _, w := range e.lines[at].words {
			if sameDay(w.fold, fold) {
				return true
			}
		}
	}
	return false
}

// sameDay reports whether two words name the same month or day of the week.
func sameDay(a, b string) bool {
	return a == b || month(a) != "" && month(a) == month(b)
}

// calendar reports whether fold names a month or a day of the week.
func calendar(fold string) bool {
	switch fold {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "march":
		return true
	}
	return month(fold) != ""
}
