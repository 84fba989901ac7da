package charset

import "bytes"

// Binary returns what a file that is not text looks like ("a PNG image"), told
// by its first bytes, or "" where they could be text.
func Binary(head []byte) string {
	for _, s := range signatures {
		if len(head) >= s.at && bytes.HasPrefix(head[s.at:], []byte(s.magic)) {
			return s.what
		}
	}
	return ""
}

// signatures are the first bytes of what gets mistaken for an article
// (https://en.wikipedia.org/wiki/List_of_file_signatures). None of them begins
// a text.
var signatures = []struct {
	at    int
	magic string
	what  string
}{
	{0, "%PDF-", "a PDF"},
	{0, "\x89PNG\r\n", "a PNG image"},
	{0, "\xFF\xD8\xFF", "a JPEG image"},
	{0, "GIF87a", "a GIF image"},
	{0, "GIF89a", "a GIF image"},
	{8, "WEBP", "a WebP image"},
	{8, "WAVE", "a sound file"},
	{0, "ID3\x03", "a sound file"},
	{0, "ID3\x04", "a sound file"},
	{4, "ftyp", "a video, sound or HEIC file"},
	{0, "\x1A\x45\xDF\xA3", "a video file"},
	{0, "PK\x03\x04", "a zip archive, Word file or e-book"},
	{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word or Excel file"},
	{0, "{\\rtf", "an RTF file"},
	{0, "\x1F\x8B\x08", "a gzip file"},
	{0, "\xFD7zXZ\x00", "an xz file"},
	{0, "\x28\xB5\x2F\xFD", "a zstd file"},
	{0, "7z\xBC\xAF\x27\x1C", "a 7-Zip archive"},
	{0, "Rar!\x1A\x07", "a RAR archive"},
	{0, "SQLite format 3\x00", "an SQLite database"},
	{0, "\x7FELF", "a program"},
	{0, "wOF2", "a font"},
}
