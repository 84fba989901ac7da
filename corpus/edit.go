package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pilcrow/corpus/text"
)

// Edit corrects what the article id says of itself and pins each corrected
// field. Unlike a draft, a correction comes from a person who should hear of a
// mistake: a field too long, a language that is no tag and a date outside the
// years 1 to 9999 are errors that name the field. It returns the article as it
// then stands.
func (s *Store) Edit(ctx context.Context, id string, c Correction) (a Article, err error) {
	defer wrap(&err, "edit %.60q", id)
	change, pinned, err := c.check()
	if err != nil {
		return Article{}, err
	}
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
		change(&m)
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

// check returns what c does to an article and which fields it pins.
func (c Correction) check() (change func(*meta), pinned pins, err error) {
	var title, author, source, lang *string
	for _, f := range []struct {
		name     string
		from, to **string
		pin      pins
	}{
		{"title", &c.Title, &title, pinTitle},
		{"author", &c.Author, &author, pinAuthor},
		{"source", &c.Source, &source, pinSource},
	} {
		if *f.from == nil {
			continue
		}
		s := text.Clean(**f.from)
		if len(s) > MaxField {
			return nil, 0, fmt.Errorf("%s: %d bytes, at most %d", f.name, len(s), MaxField)
		}
		*f.to = &s
		pinned |= f.pin
	}
	if c.Lang != nil {
		s := baseTag(*c.Lang)
		if s == "" && *c.Lang != "" {
			return nil, 0, fmt.Errorf("lang %.20q: not a language tag such as en or zh", *c.Lang)
		}
		lang = &s
		pinned |= pinLang
	}
	var published instant
	if c.Published != nil {
		if !c.Published.IsZero() {
			if !datable(*c.Published) {
				return nil, 0, fmt.Errorf("published %s: year must be 1 to 9999", c.Published.Format(time.DateOnly))
			}
			published = milli(*c.Published)
		}
		pinned |= pinPublished
	}
	return func(m *meta) {
		set(&m.title, title)
		set(&m.author, author)
		set(&m.source, source)
		set(&m.lang, lang)
		if c.Published != nil {
			m.published = published
		}
	}, pinned, nil
}

func set(field, value *string) {
	if value != nil {
		*field = *value
	}
}
