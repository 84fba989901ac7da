package snapshot

import "encoding/binary"

// Encoder writes the values of a snapshot's content one after the other.
type Encoder struct{ b []byte }

// Bytes returns what was written.
func (e *Encoder) Bytes() []byte { return e.b }

// Int writes a whole number.
func (e *Encoder) Int(n int64) { e.b = binary.AppendVarint(e.b, n) }

// Len writes a number that is not negative.
func (e *Encoder) Len(n int) { e.b = binary.AppendUvarint(e.b, uint64(n)) }

// String writes a string.
func (e *Encoder) String(s string) { e.b = appendString(e.b, s) }

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// Decoder reads values in the order in which an Encoder wrote them. Once one
// cannot be read, it and all after it are zero, and Err says so.
type Decoder struct {
	rest []byte
	err  error
}

// NewDecoder returns a decoder of what an Encoder wrote.
func NewDecoder(b []byte) *Decoder { return &Decoder{rest: b} }

// Err returns ErrDamaged once something could not be read.
func (d *Decoder) Err() error { return d.err }

// End returns ErrDamaged unless everything was read and nothing is left.
func (d *Decoder) End() error {
	if len(d.rest) > 0 {
		d.Fail()
	}
	return d.err
}

// Fail makes the decoder one whose content is damaged.
func (d *Decoder) Fail() { d.rest, d.err = nil, ErrDamaged }

// Int reads a whole number.
func (d *Decoder) Int() int64 {
	n, size := binary.Varint(d.rest)
	if size <= 0 {
		d.Fail()
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

// Len reads a number that is at least 0 and less than limit.
func (d *Decoder) Len(limit int) int {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 || n >= uint64(max(limit, 0)) {
		d.Fail()
		return 0
	}
	d.rest = d.rest[size:]
	return int(n)
}

// Count reads how many values follow. Each takes a byte at least, so that a
// damaged count never makes the reader ask for more memory than the file has.
func (d *Decoder) Count() int { return d.Len(len(d.rest) + 1) }

// String reads a string.
func (d *Decoder) String() string {
	n := d.Count()
	if d.err != nil || n > len(d.rest) {
		d.Fail()
		return ""
	}
	s := string(d.rest[:n])
	d.rest = d.rest[n:]
	return s
}
