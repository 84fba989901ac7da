package snapshot_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"pilcrow/retrieval/snapshot"
)

var ours = snapshot.Origin{Maker: "test 1", Store: "store"}

func TestRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	if _, _, err := snapshot.Read(path, ours); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a file: %v, want %v", err, fs.ErrNotExist)
	}
	for _, content := range [][]byte{nil, []byte("content"), bytes.Repeat([]byte{0xff}, 1<<20)} {
		if err := snapshot.Write(path, ours, 42, content); err != nil {
			t.Fatal(err)
		}
		at, got, err := snapshot.Read(path, ours)
		if err != nil || at != 42 || !bytes.Equal(got, content) {
			t.Errorf("read %d bytes at %d, %v; wrote %d", len(got), at, err, len(content))
		}
	}
	for _, other := range []snapshot.Origin{{Maker: "test 2", Store: "store"}, {Maker: "test 1", Store: "other"}, {}} {
		if _, _, err := snapshot.Read(path, other); !errors.Is(err, snapshot.ErrOther) {
			t.Errorf("read as %v: %v, want %v", other, err, snapshot.ErrOther)
		}
	}
}

// Who reads while others write gets one of the snapshots whole.
func TestReplacedWhileRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	content := func(i int) []byte { return bytes.Repeat([]byte{byte(i)}, 10_000*(i+1)) }
	if err := snapshot.Write(path, ours, 0, content(0)); err != nil {
		t.Fatal(err)
	}
	var writers, readers sync.WaitGroup
	done := make(chan struct{})
	for i := range 4 {
		writers.Go(func() {
			for range 10 {
				if err := snapshot.Write(path, ours, 0, content(i)); err != nil {
					t.Error(err)
				}
			}
		})
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				_, got, err := snapshot.Read(path, ours)
				if err != nil || len(got) == 0 || !bytes.Equal(got, content(int(got[0]))) {
					t.Errorf("read %d bytes: %v", len(got), err)
					return
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 1 {
		t.Errorf("writing left %v", left)
	}
}

// A writer that is killed leaves half a file. The next one clears it away, but
// not what another is writing just now.
func TestLeftByTheKilled(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "index")
	for name, age := range map[string]time.Duration{"index.1.tmp": 2 * time.Hour, "index.2.tmp": 0, "other.3.tmp": 2 * time.Hour} {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if err := snapshot.Write(path, ours, 0, nil); err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*"))
	for i := range left {
		left[i] = filepath.Base(left[i])
	}
	if want := []string{"index", "index.2.tmp", "other.3.tmp"}; !slices.Equal(left, want) {
		t.Errorf("left are %v, want %v", left, want)
	}
}

func TestNowhereToWrite(t *testing.T) {
	dir := t.TempDir()
	if err := snapshot.Write(filepath.Join(dir, "none", "index"), ours, 0, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("into no folder: %v, want %v", err, fs.ErrNotExist)
	}
	path := filepath.Join(dir, "index")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := snapshot.Write(path, ours, 0, nil); err == nil {
		t.Error("wrote over a folder")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("a failure left %v", left)
	}
}

func TestCode(t *testing.T) {
	var e snapshot.Encoder
	e.Int(math.MinInt64)
	e.Len(7)
	e.String("¶")
	e.String("")
	e.Len(1)
	e.Int(-1)

	d := snapshot.NewDecoder(e.Bytes())
	if n := d.Int(); n != math.MinInt64 {
		t.Errorf("read %d", n)
	}
	if n := d.Len(8); n != 7 {
		t.Errorf("read %d", n)
	}
	if s := d.String() + d.String(); s != "¶" {
		t.Errorf("read %q", s)
	}
	if err := d.End(); !errors.Is(err, snapshot.ErrDamaged) {
		t.Errorf("with something left: %v, want %v", err, snapshot.ErrDamaged)
	}

	for name, read := range map[string]func(*snapshot.Decoder){
		"a number at its limit": func(d *snapshot.Decoder) { d.Int(); d.Len(7) },
		"a string too long":     func(d *snapshot.Decoder) { d.Int(); d.Len(8); d.Len(8); _ = d.String() },
		"past the end": func(d *snapshot.Decoder) {
			for range 100 {
				d.Int()
			}
		},
	} {
		d := snapshot.NewDecoder(e.Bytes())
		read(d)
		if !errors.Is(d.Err(), snapshot.ErrDamaged) {
			t.Errorf("%s: %v, want %v", name, d.Err(), snapshot.ErrDamaged)
		}
		if d.Int() != 0 || d.Count() != 0 || d.String() != "" {
			t.Errorf("%s: something is read after it", name)
		}
	}
}
