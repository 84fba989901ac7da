package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pilcrow/corpus/text"
)

// Edit corrects what the article id says of itself, pins each corrected field
// and returns the article as it then stands. Unlike a draft, a correction comes
// from a person who should hear of a mistake: a field too long, a language that
// is no tag and a date outside the years 1 to 9999 are errors that name the
// field.
func (s *Store) Edit(ctx context.Context, id string, c Correction) (a Article, err error) {
	defer wrap(&err, "edit %.60q", id)
	err = s.write(ctx, func(tx *sql.Tx) error {
		n, _, err := articleByID(ctx, tx, id)
		if err != nil {
			return err
		}
		var old meta
		if err := tx.QueryRowContext(ctx, "SELECT title, author, source, lang, published FROM articles WHERE n = ?", n).
			Scan(&old.title, &old.author, &old.source, &old.lang, &old.published); err != nil {
			return err
		}
		m := old
		pinned, err := c.apply(&m)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			UPDATE articles SET title = ?, author = ?, source = ?, lang = ?, published = ?, pinned = pinned | ? WHERE n = ?`,
			m.title, m.author, m.source, m.lang, m.published, pinned, n); err != nil {
			return err
		}
		if m != old {
			if err := logChange(ctx, tx, n); err != nil {
				return err
			}
		}
		a, err = articleByRow(ctx, tx, n)
		return err
	})
	return a, err
}

// apply corrects m and returns the fields to pin.
func (c Correction) apply(m *meta) (pinned pins, err error) {
	for _, f := range []struct {
		name         string
		value, field *string
		pin          pins
	}{
		{"title", c.Title, &m.title, pinTitle},
		{"author", c.Author, &m.author, pinAuthor},
		{"source", c.Source, &m.source, pinSource},
	} {
		if f.value == nil {
			continue
		}
		s := text.Clean(*f.value)
		if len(s) > MaxField {
			return 0, fmt.Errorf("%s: %d bytes, at most %d", f.name, len(s), MaxField)
		}
		*f.field = s
		pinned |= f.pin
	}
	if c.Lang != nil {
		if m.lang = baseTag(*c.Lang); m.lang == "" && *c.Lang != "" {
			return 0, fmt.Errorf("lang %.20q: not a language tag such as en or zh", *c.Lang)
		}
		pinned |= pinLang
	}
	if c.Published != nil {
		switch {
		case datable(*c.Published):
			m.published = milli(*c.Published)
		case c.Published.IsZero():
			m.published = instant{}
		default:
			return 0, fmt.Errorf("published %s: year must be 1 to 9999", c.Published.Format(time.DateOnly))
		}
		pinned |= pinPublished
	}
	return pinned, nil
}
