package ingest

import (
	"bytes"
	"path/filepath"
	"strings"

	"pilcrow/corpus/charset"
)

// format is what a file holds.
type format int

const (
	unknown format = iota
	markdownText
	plainText
	webPage
	pdfFile
	jsonText
)

// extensions are those by which a file in a folder is taken for an article.
var extensions = map[string]format{
	".md": markdownText, ".markdown": markdownText,
	".txt": plainText, ".text": plainText,
	".html": webPage, ".htm": webPage, ".xhtml": webPage,
	".pdf":  pdfFile,
	".json": jsonText, ".jsonl": jsonText, ".ndjson": jsonText,
}

// formatOf returns the format that the name of a file promises.
func formatOf(path string) format {
	return extensions[strings.ToLower(filepath.Ext(path))]
}

// streamed reports whether path is read article by article.
func streamed(path string) bool {
	return path == "-" || formatOf(path) == jsonText
}

// sniff returns what content is. The name decides unless the content speaks
// against it: a page saved as .txt, a text called .html, no extension at all.
func sniff(promised format, content []byte) format {
	switch {
	case bytes.HasPrefix(content, []byte("%PDF-")):
		return pdfFile
	case promised == pdfFile && bytes.Contains(content[:min(len(content), 1024)], []byte("%PDF-")): // junk before it is allowed
		return pdfFile
	case isPage(content):
		return webPage
	case promised == webPage && charset.Binary(content) == "" && !bytes.ContainsRune(content[:min(len(content), 4096)], '<'):
		return plainText
	case promised == unknown:
		return plainText
	}
	return promised
}

// isPage reports whether content begins as an HTML document does.
func isPage(content []byte) bool {
	head := bytes.TrimPrefix(content[:min(len(content), 512)], []byte("\xEF\xBB\xBF"))
	head = bytes.ToLower(bytes.TrimSpace(head))
	for _, start := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if bytes.HasPrefix(head, []byte(start)) {
			return true
		}
	}
	return false
}
