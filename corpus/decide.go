package corpus

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
)

// record is what the store knows of an identity. The zero record is unknown.
type record struct {
	n        int64
	revision int
	hash     []byte // of the current revision; nil once purged
	meta     meta
	pinned   pins
	member   bool // the collection has it
	shared   bool // another collection has it
}

func findRecord(ctx context.Context, q rowQuerier, collection string, key [sha256.Size]byte) (record, error) {
	var r record
	err := q.QueryRowContext(ctx, `
		SELECT a.n, a.revision, r.hash, a.origin, a.title, a.author, a.source, a.url, a.lang, a.published, a.modified, a.partial, a.pinned,
			EXISTS (SELECT 1 FROM members WHERE article = a.n AND removed IS NULL AND collection = ?2),
			EXISTS (SELECT 1 FROM members WHERE article = a.n AND removed IS NULL AND collection <> ?2)
		FROM articles a LEFT JOIN revisions r ON r.article = a.n AND r.revision = a.revision
		WHERE a.key = ?1`, key[:], collection).Scan(
		&r.n, &r.revision, &r.hash, &r.meta.origin, &r.meta.title, &r.meta.author, &r.meta.source, &r.meta.url,
		&r.meta.lang, &r.meta.published, &r.meta.modified, &r.meta.partial, &r.pinned, &r.member, &r.shared)
	if errors.Is(err, sql.ErrNoRows) {
		return record{}, nil
	}
	return r, err
}

// verdict is what adding an entry is to do.
type verdict struct {
	status Status
	revise bool // keep the paragraphs as a new revision
	join   bool // the collection gets the article, again or for the first time
	meta   meta // as it is to stand
}

// decide holds the rules of Add. It writes nothing.
func decide(old record, e *entry) (verdict, error) {
	if old.hash == nil {
		v := verdict{status: StatusAdded, revise: true, join: true, meta: e.meta}
		if v.meta.lang == "" {
			v.meta.lang = e.language()
		}
		return v, nil
	}
	v := verdict{revise: !bytes.Equal(old.hash, e.hash[:]), join: !old.member, meta: old.meta}
	upload := old.meta.origin == Fetched && e.origin != Fetched
	switch {
	case e.partial && !old.meta.partial:
		v.revise = false // what is for subscribers now was not when it was read
	case old.meta.partial && !e.partial: // the whole at last, whoever brings it
		v.meta = merge(old.meta, e.meta, old.pinned)
	case upload && v.revise:
		return verdict{}, ErrFetched
	case !upload && !old.shared:
		v.meta = merge(old.meta, e.meta, old.pinned)
	}
	if said := v.meta; !v.revise { // a page that only says so was not changed
		said.modified = old.meta.modified
		if said == old.meta {
			v.meta = old.meta
		}
	}
	if v.revise && v.meta.lang == "" && old.pinned&pinLang == 0 {
		v.meta.lang = e.language()
	}
	switch {
	case v.join:
		v.status = StatusAdded
	case v.revise || v.meta != old.meta:
		v.status = StatusUpdated
	default:
		v.status = StatusUnchanged
	}
	return v, nil
}
