package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
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
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		f, err := lockFile(path)
		if errors.Is(err, errHeld) {
			return fmt.Errorf("another pilcrow serve is at work with this %s; end it first", what)
		}
		if err != nil {
			return fmt.Errorf("lock %s: %w", path, err)
		}
		held = append(held, f)
		return nil
	}
	if err := take(database+".serve.lock", "database"); err != nil {
		return nil, err
	}
	dir, err := c.dataDir()
	if err != nil {
		dir = os.TempDir() // no home, in a container
	}
	sum := sha256.Sum256([]byte(token))
	if err := take(filepath.Join(dir, "token-"+hex.EncodeToString(sum[:8])+".lock"), "token"); err != nil {
		release()
		return nil, err
	}
	return release, nil
}
