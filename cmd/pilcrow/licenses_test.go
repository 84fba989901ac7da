package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

const noticesFile = "licenses/notices.txt"

// pdfium is a module that holds another project's work in compiled form.
const pdfium = "github.com/klippa-app/go-pdfium"

// targets are the systems that the program is built for.
var targets = []string{"linux/amd64", "linux/arm64", "darwin/arm64", "windows/amd64"}

// TestLicenses fails where a module is linked into the program, on any target,
// whose licence the notices do not have. To write them anew:
//
//	go test ./cmd/pilcrow -run TestLicenses -update
func TestLicenses(t *testing.T) {
	linked := map[module][]string{} // → the folders of the packages linked
	for _, target := range targets {
		pkgs, err := linkedPackages(target)
		if err != nil {
			if target != runtime.GOOS+"/"+runtime.GOARCH && !*update {
				t.Logf("%s left out: %v", target, err)
				continue
			}
			t.Fatal(err)
		}
		for _, p := range pkgs {
			if p.Module != nil && !p.Module.Main {
				m := module{p.Module.Path, p.Module.Version, p.Module.Dir}
				linked[m] = append(linked[m], p.Dir)
			}
		}
	}
	if *update {
		text, err := collectNotices(linked)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(noticesFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for m := range linked {
		if line := m.path + " " + m.version + "\n"; !strings.Contains(notices, line) {
			t.Errorf("%s does not have %s", noticesFile, line)
		}
		if m.path == pdfium && !strings.Contains(notices, "The PDFium Authors") {
			t.Errorf("%s does not have PDFium, which is inside %s", noticesFile, pdfium)
		}
	}
	if !strings.Contains(notices, "Go standard library\n") {
		t.Errorf("%s does not have Go itself", noticesFile)
	}
}

type module struct{ path, version, dir string }

type listedPackage struct {
	Dir    string
	Module *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// linkedPackages lists what a build for target, such as linux/arm64, holds.
func linkedPackages(target string) ([]listedPackage, error) {
	goos, goarch, _ := strings.Cut(target, "/")
	cmd := exec.Command("go", "list", "-deps", "-json=Dir,Module", ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+goarch)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list for %s: %w: %s", target, err, stderr.String())
	}
	var list []listedPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
}

var noticeName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)`)

// collectNotices gathers each licence once, under the names of the modules
// that stand under it.
func collectNotices(linked map[module][]string) (string, error) {
	type entry struct {
		names []string
		text  string
	}
	byText := map[string]*entry{}
	keep := func(name, file string) error {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		text := strings.TrimSpace(strings.ReplaceAll(string(data), "\r\n", "\n"))
		key := strings.Join(strings.Fields(text), " ")
		e := byText[key]
		if e == nil {
			e = &entry{text: text}
			byText[key] = e
		}
		if !slices.Contains(e.names, name) {
			e.names = append(e.names, name)
		}
		return nil
	}

	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	if err := keep("Go standard library", filepath.Join(strings.TrimSpace(string(goroot)), "LICENSE")); err != nil {
		return "", err
	}
	for m, dirs := range linked {
		files, err := noticeFiles(m, dirs)
		if err != nil {
			return "", err
		}
		for _, f := range files {
			if err := keep(m.path+" "+m.version, f); err != nil {
				return "", err
			}
		}
		if m.path == pdfium {
			if err := keep("PDFium, in "+m.path+" "+m.version, "licenses/pdfium.txt"); err != nil {
				return "", err
			}
		}
	}

	var list []*entry
	for _, e := range byText {
		slices.Sort(e.names)
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(a.names[0], b.names[0]), cmp.Compare(a.text, b.text))
	})
	var b strings.Builder
	b.WriteString("Pilcrow holds the software listed here, each part under the licence below its\n" +
		"name. The source of a module is found at its path.\n")
	for _, e := range list {
		b.WriteString("\n" + strings.Repeat("=", 78) + "\n" + strings.Join(e.names, "\n") + "\n" +
			strings.Repeat("-", 78) + "\n\n" + e.text + "\n")
	}
	return b.String(), nil
}

// noticeFiles finds the licences of a module, also those that stand beside a
// linked package in a folder further down.
func noticeFiles(m module, dirs []string) ([]string, error) {
	var files []string
	seen := map[string]bool{}
	for _, dir := range dirs {
		for ; strings.HasPrefix(dir, m.dir) && !seen[dir]; dir = filepath.Dir(dir) {
			seen[dir] = true
			entries, err := os.ReadDir(dir)
			if err != nil {
				return nil, err
			}
			for _, e := range entries {
				name := e.Name()
				if e.Type().IsRegular() && noticeName.MatchString(name) &&
					filepath.Ext(name) != ".go" && !strings.Contains(name, "LOGO") {
					files = append(files, filepath.Join(dir, name))
				}
			}
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s %s has no licence file", m.path, m.version)
	}
	return files, nil
}
