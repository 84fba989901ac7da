package ledger

import (
	"fmt"
	"time"
)

// Every says how often a follow announces.
type Every string

const (
	Immediate Every = "immediate" // each article by itself, as it comes
	Daily     Every = "daily"     // what came, at an hour
	Weekly    Every = "weekly"    // what came, at an hour of a weekday
)

// next returns the first moment after t at which a digest of f is due, and the
// day or week that it is for: each has one, whatever clocks do. Where a zone
// skips the hour on a day, the digest is due when the hour would have been on
// one side of the gap or the other; where it has the hour twice, once.
func (f *Follow) next(t time.Time) (due time.Time, key string, err error) {
	zone, err := time.LoadLocation(f.Zone)
	if err != nil {
		return time.Time{}, "", fmt.Errorf("zone %.60q: %w", f.Zone, err)
	}
	y, m, d := t.In(zone).Date()
	for i := -1; ; i++ { // the day before may have an hour that comes late
		day := time.Date(y, m, d+i, 12, 0, 0, 0, time.UTC) // a date, of which noon is always there
		if f.Every == Weekly && day.Weekday() != f.Weekday {
			continue
		}
		due := time.Date(y, m, d+i, f.Hour, 0, 0, 0, zone)
		if !due.After(t) {
			continue
		}
		if f.Every == Weekly {
			year, week := day.ISOWeek()
			return due.UTC(), fmt.Sprintf("%04d-W%02d", year, week), nil
		}
		return due.UTC(), day.Format(time.DateOnly), nil
	}
}
