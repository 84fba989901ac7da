package main

import (
	"errors"
	"path/filepath"
	"runtime"
)

// dataDir is the folder for this person's articles: $XDG_DATA_HOME/pilcrow or
// ~/.local/share/pilcrow, on a Mac ~/Library/Application Support/pilcrow, on
// Windows %LocalAppData%\pilcrow.
func (c *call) dataDir() (string, error) {
	dir := c.userDir("XDG_DATA_HOME", ".local/share", "LocalAppData")
	if dir == "" {
		return "", errors.New("no home folder to keep the articles in; name a database with --db or PILCROW_DB")
	}
	return filepath.Join(dir, "pilcrow"), nil
}

// configFile is the configuration file that is read where it exists:
// $XDG_CONFIG_HOME/pilcrow/pilcrow.yaml or ~/.config/pilcrow/pilcrow.yaml, on
// a Mac in ~/Library/Application Support, on Windows in %AppData%.
func (c *call) configFile() string {
	dir := c.userDir("XDG_CONFIG_HOME", ".config", "AppData")
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "pilcrow", "pilcrow.yaml")
}

func (c *call) userDir(xdg, dotted, windows string) string {
	switch home := c.Getenv("HOME"); {
	case runtime.GOOS == "windows":
		return c.Getenv(windows)
	case filepath.IsAbs(c.Getenv(xdg)): // relative paths are invalid, says the XDG specification
		return c.Getenv(xdg)
	case home == "":
		return ""
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support")
	default:
		return filepath.Join(home, filepath.FromSlash(dotted))
	}
}
