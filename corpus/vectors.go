package corpus

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// MaxDims bounds the length of a vector.
const MaxDims = 1 << 14

// vectorBatch is how many vectors one query reads: some megabytes.
const vectorBatch = 500

// Vectors returns those vectors of model that are kept for hashes, by hash.
// What a hash stands for is the caller's matter; see Hash. The slices are the
// caller's own.
func (s *Store) Vectors(ctx context.Context, model string, hashes []string) (_ map[string][]float32, err error) {
	defer wrap(&err, "read vectors of %s", model)
	found := make(map[string][]float32, len(hashes))
	for batch := range slices.Chunk(hashes, vectorBatch) {
		if err := s.readVectors(ctx, model, batch, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (s *Store) readVectors(ctx context.Context, model string, hashes []string, into map[string][]float32) error {
	list, err := json.Marshal(hashes)
	if err != nil {
		return err
	}
	rows, err := s.reader.QueryContext(ctx, `
		SELECT v.hash, v.vector, m.dims FROM models m
		JOIN vectors v ON v.model = m.n
		WHERE m.name = ?1 AND v.hash IN (SELECT value FROM json_each(?2))`, model, string(list))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var hash string
		var blob sql.RawBytes
		var dims int
		if err := rows.Scan(&hash, &blob, &dims); err != nil {
			return err
		}
		if len(blob) != 4*dims {
			return fmt.Errorf("%w (a vector of %d bytes, not %d)", ErrDamaged, len(blob), 4*dims)
		}
		into[hash] = decodeVector(blob)
	}
	return rows.Err()
}

// PutVectors keeps vectors of model by hash, in one transaction, and replaces
// those it has. All vectors of one model have one length, at most MaxDims, and
// finite numbers; otherwise nothing is kept.
func (s *Store) PutVectors(ctx context.Context, model string, vecs map[string][]float32) (err error) {
	defer wrap(&err, "write vectors of %s", model)
	if len(vecs) == 0 {
		return nil
	}
	hashes := slices.Sorted(maps.Keys(vecs)) // a steady order makes equal files
	dims := len(vecs[hashes[0]])
	for _, h := range hashes {
		if err := checkVector(vecs[h], dims); err != nil {
			return fmt.Errorf("%.40q: %w", h, err)
		}
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		n, err := modelRow(ctx, tx, model, dims)
		if err != nil {
			return err
		}
		stmt, err := tx.PrepareContext(ctx, "INSERT OR REPLACE INTO vectors (model, hash, vector) VALUES (?, ?, ?)")
		if err != nil {
			return err
		}
		defer stmt.Close()
		for _, h := range hashes {
			if _, err := stmt.ExecContext(ctx, n, h, encodeVector(vecs[h])); err != nil {
				return err
			}
		}
		return nil
	})
}

// SweepVectors deletes, of every model, the vectors whose hash is not in use,
// where an article was purged since the last time. inUse returns the hashes of
// all that the articles hold as they are at that place in the change log; a
// purge after it waits for the next time. What vanishes too much is only made
// again. It costs nothing where nothing was purged, and inUse is not called.
func (s *Store) SweepVectors(ctx context.Context, at Cursor, inUse func() []string) (err error) {
	defer wrap(&err, "sweep vectors")
	var purged bool
	if err := s.reader.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM unswept WHERE seq <= ?)", at).Scan(&purged); err != nil || !purged {
		return err
	}
	list, err := json.Marshal(inUse())
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM vectors WHERE hash NOT IN (SELECT value FROM json_each(?))", string(list)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM unswept WHERE seq <= ?", at)
		return err
	})
}

func checkVector(v []float32, dims int) error {
	if len(v) == 0 || len(v) > MaxDims {
		return fmt.Errorf("a vector of %d numbers, not 1 to %d", len(v), MaxDims)
	}
	if len(v) != dims {
		return fmt.Errorf("a vector of %d numbers among those of %d", len(v), dims)
	}
	for _, x := range v {
		if f := float64(x); math.IsNaN(f) || math.IsInf(f, 0) {
			return errors.New("a vector with a number that is not finite")
		}
	}
	return nil
}

// modelRow returns the row of model, a new one where it is unknown.
func modelRow(ctx context.Context, tx *sql.Tx, model string, dims int) (n int64, err error) {
	var known int
	err = tx.QueryRowContext(ctx, `
		INSERT INTO models (name, dims) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET name = name RETURNING n, dims`, model, dims).Scan(&n, &known)
	if err == nil && known != dims {
		err = fmt.Errorf("vectors of %d numbers where the model gave %d before; use another model name", dims, known)
	}
	return n, err
}

func encodeVector(v []float32) []byte {
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

func decodeVector(b []byte) []float32 {
	v := make([]float32, len(b)/4)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return v
}
