package pdf

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// writer writes a PDF, just well enough for the tests: object 1 is the catalog,
// 2 the page tree, 3 a font, 4 the document's information.
type writer struct {
	info    string // entries of the information dictionary
	pages   []string
	count   int    // of pages, as the file claims; 0 means the truth
	filters string // of the content streams
	user    string // password
}

// at returns the operators that set a line of text in a size of Helvetica.
func at(x, y, size float64, line string) string {
	line = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(line)
	return fmt.Sprintf("BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", size, x, y, line)
}

// column sets lines below each other in 10 point type, 12 points apart; a line
// that begins with a tab is indented, an empty one leaves a gap.
func column(x, y float64, lines ...string) string {
	var b strings.Builder
	for _, line := range lines {
		if indented, ok := strings.CutPrefix(line, "\t"); ok {
			b.WriteString(at(x+12, y, 10, indented))
		} else if line != "" {
			b.WriteString(at(x, y, 10, line))
		}
		y -= 12
	}
	return b.String()
}

func (w *writer) bytes() []byte {
	var b bytes.Buffer
	var offsets []int
	var key []byte
	b.WriteString("%PDF-1.4\n")
	object := func(body string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	encrypt, id := "", "0123456789abcdef"
	if w.user != "" {
		encrypt, key = encryption(w.user, id)
	}
	var kids []string
	for i := range w.pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 5+2*i))
	}
	count := w.count
	if count == 0 {
		count = len(w.pages)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", count, strings.Join(kids, " ")))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	object("<<" + w.info + ">>")
	for i, content := range w.pages {
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>", 6+2*i))
		if key != nil {
			content = rc4Object(key, 6+2*i, content)
		}
		object(fmt.Sprintf("<</Length %d%s>>stream\n%s\nendstream", len(content), w.filters, content))
	}
	if encrypt != "" {
		object(encrypt)
		encrypt = fmt.Sprintf("/Encrypt %d 0 R", len(offsets))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R/Info 4 0 R/ID[(%s)(%s)]%s>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, id, id, encrypt, start)
	return b.Bytes()
}

// padding fills a password up (PDF 32000-1, 7.6.3.3).
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// encryption returns an encryption dictionary of revision 2 and its key
// (PDF 32000-1, algorithms 2 to 4).
func encryption(password, id string) (dictionary string, key []byte) {
	padded := (password + padding)[:32]
	ownerKey := md5.Sum([]byte(padded))
	owner := rc4With(ownerKey[:5], padded)
	const permissions = -4
	sum := md5.New()
	sum.Write([]byte(padded + owner))
	var p int32 = permissions
	binary.Write(sum, binary.LittleEndian, p)
	sum.Write([]byte(id))
	key = sum.Sum(nil)[:5]
	return fmt.Sprintf("<</Filter/Standard/V 1/R 2/P %d/O<%x>/U<%x>>>", permissions, owner, rc4With(key, padding)), key
}

// rc4Object encrypts a stream of object n (algorithm 1).
func rc4Object(key []byte, n int, s string) string {
	sum := md5.Sum(append(bytes.Clone(key), byte(n), byte(n>>8), byte(n>>16), 0, 0))
	return rc4With(sum[:len(key)+5], s)
}

func rc4With(key []byte, s string) string {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := []byte(s)
	c.XORKeyStream(out, out)
	return string(out)
}

// deflated returns s as FlateDecode reads it.
func deflated(s string) string {
	var z bytes.Buffer
	c := zlib.NewWriter(&z)
	io.WriteString(c, s)
	c.Close()
	return z.String()
}

// deflatedSpaces is what FlateDecode makes so many megabytes of spaces of: one
// block of a megabyte, over and over.
func deflatedSpaces(megabytes int) string {
	var z bytes.Buffer
	c, err := flate.NewWriter(&z, flate.BestCompression)
	if err != nil {
		panic(err)
	}
	io.WriteString(c, strings.Repeat(" ", 1<<20))
	c.Flush()
	return "\x78\xDA" + strings.Repeat(z.String(), megabytes)
}
