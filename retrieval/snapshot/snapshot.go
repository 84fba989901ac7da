// Package snapshot keeps what an index has built in one file, so that the next
// start need not build it again.
//
// A snapshot is a cache. It says what it was made from, and whatever is wrong
// with it (another version, another store, a flipped bit, a missing half) is
// an error at Read, after which the index is built from the store.
package snapshot

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"pilcrow/corpus"
)

// Errors that Read returns beside those of reading a file.
var (
	// ErrOther says that the snapshot was made by another version or from
	// another store.
	ErrOther = errors.New("made by another version or from another store")
	// ErrDamaged says that the file is not as it was written.
	ErrDamaged = errors.New("damaged")
)

const magic = "pilcrow snapshot 1\n"

// Origin says what a snapshot was made from, and by what.
type Origin struct {
	Maker string // the index, its format, and the versions of all that shapes what it holds
	Store string // identity of the store
}

// Write replaces the file at path (mode 0600) by a snapshot. Who reads the file
// meanwhile, in this process or another, sees the old one or the new one whole.
func Write(path string, o Origin, at corpus.Cursor, content []byte) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("write snapshot %s: %w", path, err)
		}
	}()
	b := make([]byte, 0, len(magic)+len(o.Maker)+len(o.Store)+len(content)+64)
	b = append(b, magic...)
	b = appendString(b, o.Maker)
	b = appendString(b, o.Store)
	b = binary.AppendVarint(b, int64(at))
	b = append(b, content...)
	sum := sha256.Sum256(b)
	b = append(b, sum[:]...)

	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	sweep(path)
	return syncDir(filepath.Dir(path))
}

// abandoned is when a temporary file has no writer any more.
const abandoned = time.Hour

// sweep removes what writers of this file left when they were killed.
func sweep(path string) {
	left, _ := filepath.Glob(path + ".*.tmp") // at worst it stays
	for _, name := range left {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > abandoned {
			os.Remove(name)
		}
	}
}

// syncDir makes a rename in dir outlast a power cut, where the system lets a
// directory be opened.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Read returns the content of the snapshot at path and the cursor that it was
// written at. Its error wraps fs.ErrNotExist where there is none.
func Read(path string, o Origin) (at corpus.Cursor, content []byte, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("read snapshot %s: %w", path, err)
		}
	}()
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, nil, err
	}
	if len(b) < len(magic)+sha256.Size || string(b[:len(magic)]) != magic {
		return 0, nil, ErrDamaged
	}
	body, sum := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	if sha256.Sum256(body) != [sha256.Size]byte(sum) {
		return 0, nil, ErrDamaged
	}
	d := NewDecoder(body[len(magic):])
	maker, store := d.String(), d.String()
	at = corpus.Cursor(d.Int())
	if d.Err() != nil {
		return 0, nil, d.Err()
	}
	if maker != o.Maker || store != o.Store {
		return 0, nil, ErrOther
	}
	return at, d.rest, nil
}
