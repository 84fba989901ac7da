package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// errHeld says that another process holds a lock.
var errHeld = errors.New("held by another process")

// serveLocks keeps two processes off one database and one token: with either,
// people would be answered twice. The locks end with the process, however it
// ends. release frees them.
func (c *call) serveLocks(database, token string) (release func(), err error) {
	var held []*os.File
	release = func() {
		for _, f := range held {
			f.Close()
		}
	}
	take := func(path, what string) error {
		f, err := makeLock(path)
		if errors.Is(err, errHeld) {
			return fmt.Errorf("another pilcrow serve is at work with this %s; end it first", what)
		}
		if err != nil {
			return unwritable(filepath.Dir(path), err)
		}
		held = append(held, f)
		return nil
	}
	if err := take(database+".serve.lock", "database"); err != nil {
		return nil, err
	}
	dir, err := c.dataDir()
	if err != nil || mayWrite(dir) != nil {
		dir = os.TempDir() // no home, in a container
	}
	sum := sha256.Sum256([]byte(token))
	if err := take(filepath.Join(dir, "token-"+hex.EncodeToString(sum[:8])+".lock"), "token"); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

func makeLock(path string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	return lockFile(path)
}

// mayWrite returns an error where nothing can be written to a folder, nor the
// folder be made. It leaves nothing behind.
func mayWrite(dir string) error {
	there := dir
	for {
		if _, err := os.Stat(there); !errors.Is(err, fs.ErrNotExist) || there == filepath.Dir(there) {
			break
		}
		there = filepath.Dir(there)
	}
	f, err := os.CreateTemp(there, ".pilcrow-*")
	if err != nil {
		return unwritable(dir, err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// unwritable says what to do where err kept something from being written to a
// folder.
func unwritable(dir string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("nothing can be written to the folder %s (%w); allow yourself to, or name a database elsewhere with --db or PILCROW_DB", dir, err)
}
