package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// read returns a reply's body, unpacked. Of one that has more than limit bytes
// it returns the beginning and ErrTooLarge. Nothing past that is ever unpacked,
// so that a bomb costs no more than a page.
func read(ctx context.Context, u *url.URL, resp *http.Response, limit int64) ([]byte, error) {
	// Packed it has no reason to be larger; empty members of a gzip stream
	// would otherwise be read without end.
	packed := &io.LimitedReader{R: resp.Body, N: limit + 1}
	var r io.Reader = packed
	switch encoding := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(packed)
		if errors.Is(err, io.EOF) { // a reply without a body
			return nil, nil
		}
		if err != nil {
			return nil, unpacked(ctx, u, err)
		}
		r = z
	default:
		return nil, &Fault{Kind: ErrGarbled, URL: u.String(), Why: fmt.Sprintf("it is packed as %.20q, which nobody asked for", encoding)}
	}
	var b bytes.Buffer
	if n := min(resp.ContentLength, limit); n > 0 {
		b.Grow(int(n) + bytes.MinRead)
	}
	n, err := b.ReadFrom(io.LimitReader(r, limit+1))
	switch {
	case n > limit || packed.N <= 0:
		return b.Bytes()[:min(n, limit)], tooLarge(u, limit)
	case err != nil:
		return nil, unpacked(ctx, u, err)
	}
	return b.Bytes(), nil
}

// unpacked says why a body could not be read.
func unpacked(ctx context.Context, u *url.URL, err error) error {
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, new(flate.CorruptInputError)) {
		return &Fault{Kind: ErrGarbled, URL: u.String(), Why: "it says that it is packed with gzip, and is not"}
	}
	return broken(ctx, u, err)
}

func tooLarge(u *url.URL, limit int64) error {
	return &Fault{Kind: ErrTooLarge, URL: u.String(), Why: "more than " + size(limit)}
}

func size(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d kB", n>>10)
}
