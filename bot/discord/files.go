package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/ingest"
)

// fileHosts are where Discord keeps what people attach. An address elsewhere is
// not an attachment, whatever an event says.
var fileHosts = []string{"https://cdn.discordapp.com", "https://media.discordapp.net"}

const (
	// fileMost is how large an attachment may be, in bytes: people send 10 MB
	// without paying.
	fileMost   = 10 << 20
	fileWithin = 20 * time.Second
)

// Why an attachment is not read.
var (
	errElsewhere = errors.New("it is not kept at Discord")
	errTooLarge  = fmt.Errorf("it is larger than %d MB", fileMost>>20)
	errNotThere  = errors.New("it is no longer at Discord")
)

// files gets attachments from Discord's own hosts, and from nowhere else:
// neither what an event says nor a redirection leads elsewhere.
type files struct {
	hosts  []string // scheme and host
	client *http.Client
}

func newFiles(hosts []string) *files {
	if len(hosts) == 0 {
		hosts = fileHosts
	}
	f := &files{hosts: hosts}
	f.client = &http.Client{
		Timeout: fileWithin,
		Transport: &http.Transport{
			Proxy: nil, MaxIdleConnsPerHost: 4, MaxConnsPerHost: 8, IdleConnTimeout: 30 * time.Second,
			MaxResponseHeaderBytes: 64 << 10, ResponseHeaderTimeout: 10 * time.Second,
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > 3 || !f.has(r.URL) {
				return errElsewhere
			}
			return nil
		},
	}
	return f
}

func (f *files) has(u *url.URL) bool {
	return u.User == nil && slices.Contains(f.hosts, u.Scheme+"://"+u.Host)
}

// read returns the article that an attachment holds, by what its content is: its
// name and type are whatever its sender wrote.
func (f *files) read(ctx context.Context, at attachment) (corpus.Draft, error) {
	content, err := f.get(ctx, at)
	if err != nil {
		return corpus.Draft{}, err
	}
	d, err := ingest.Content(ctx, at.Name, content)
	d.URL = "" // a page that was saved and sent does not speak for its address
	return d, err
}

func (f *files) get(ctx context.Context, at attachment) ([]byte, error) {
	u, err := url.Parse(at.URL)
	switch {
	case err != nil || !f.has(u):
		return nil, errElsewhere
	case at.Size > fileMost:
		return nil, errTooLarge
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, errElsewhere
	}
	resp, err := f.client.Do(req)
	if err != nil {
		if errors.Is(err, errElsewhere) {
			return nil, errElsewhere
		}
		return nil, errNotThere
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, errNotThere
	}
	content, err := io.ReadAll(io.LimitReader(resp.Body, fileMost+1))
	switch {
	case err != nil:
		return nil, errNotThere
	case len(content) > fileMost:
		return nil, errTooLarge
	}
	return content, nil
}
