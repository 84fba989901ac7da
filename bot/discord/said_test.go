package discord

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestLinks(t *testing.T) {
	for _, c := range []struct {
		post post
		want []string
	}{
		{post{Content: "see https://a.example/x and <https://a.example/x?utm_source=y>, https://A.example:443/x#part"}, []string{"https://a.example/x"}},
		{post{Content: "[a](https://a.example/1) ftp://b.example javascript:alert(1)"}, []string{"https://a.example/1"}},
		{post{Content: "https://discord.com/channels/1/2/3 https://cdn.discordapp.com/attachments/1/2/a.png https://discord.gg/x"}, nil},
		{post{Content: "https://discord.com.phish.example/x"}, []string{"https://discord.com.phish.example/x"}},
		{post{Embeds: []embed{{URL: "https://a.example/card", Description: "more at https://a.example/more", Fields: []string{"Source\nhttps://a.example/field"}}}},
			[]string{"https://a.example/card", "https://a.example/more", "https://a.example/field"}},
		{post{Content: "https://a.example/1", Forwarded: []post{{Content: "https://a.example/2", Embeds: []embed{{URL: "https://a.example/1"}}}}},
			[]string{"https://a.example/1", "https://a.example/2"}},
	} {
		if got := c.post.links(); !slices.Equal(got, c.want) {
			t.Errorf("%+v leads to %q, want %q", c.post, got, c.want)
		}
	}
}

// TestSaid reads what messages say, whatever they are made of.
func TestSaid(t *testing.T) {
	for raw, want := range map[string]string{
		`{"content": "**The wall** <@1> https://a.example/x"}`:                                         "The wall",
		`{"content": "https://a.example/x", "embeds": [{"title": "Wall", "description": "By June."}]}`: "Wall\nBy June.",
		`{"content": "Look.", "embeds": [{"title": "Wall"}]}`:                                          "Look.",
		`{"message_snapshots": [{"message": {"content": "Told."}}, {"message": 7}]}`:                   "Told.",
		`{"components": [{"type": 17, "components": [{"type": 10, "content": "# Inside"}, {"type": 9, "components": [{"type": 10, "content": "Deeper."}]}]}, {"type": 99, "components": "?"}]}`: "Inside\nDeeper.",
		`{"embeds": [{"fields": [{"name": "Since", "value": "1 June"}]}]}`:        "Since\n1 June",
		`{"content": 7, "embeds": {}, "attachments": null, "components": [null]}`: "7",
		`[]`: "",
	} {
		p := readPost(parse([]byte(raw)))
		if got := p.said(); got != want {
			t.Errorf("%s says %q, want %q", raw, got, want)
		}
	}
}

// TestFiles gets what is at Discord's hosts and nothing else.
func TestFiles(t *testing.T) {
	var asked []string
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("asked elsewhere for %s", r.URL)
	}))
	defer elsewhere.Close()
	cdn := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
		case "/moved":
			http.Redirect(w, r, "/there", http.StatusFound)
		case "/there":
			w.Write([]byte("The lighthouse is 31 metres tall."))
		case "/endless":
			part := []byte(strings.Repeat("sea ", 1<<14))
			for range 1000 {
				if _, err := w.Write(part); err != nil {
					return
				}
			}
		default:
			http.NotFound(w, r)
		}
	}))
	defer cdn.Close()
	here, err := url.Parse(cdn.URL)
	if err != nil {
		t.Fatal(err)
	}
	f := newFiles([]string{cdn.URL})
	for _, c := range []struct {
		at   attachment
		want error
	}{
		{attachment{URL: cdn.URL + "/there"}, nil},
		{attachment{URL: cdn.URL + "/moved"}, nil},
		{attachment{URL: cdn.URL + "/away"}, errElsewhere},
		{attachment{URL: cdn.URL + "/endless"}, errTooLarge},
		{attachment{URL: cdn.URL + "/none"}, errNotThere},
		{attachment{URL: cdn.URL + "/there", Size: fileMost + 1}, errTooLarge},
		{attachment{URL: elsewhere.URL}, errElsewhere},
		{attachment{URL: "http://ada:secret@" + here.Host + "/there"}, errElsewhere},
		{attachment{URL: "https://" + here.Host + "/there"}, errElsewhere},
		{attachment{URL: cdn.URL + "@127.0.0.1/there"}, errElsewhere},
		{attachment{URL: "file:///etc/passwd"}, errElsewhere},
		{attachment{URL: "//" + here.Host + "/there"}, errElsewhere},
		{attachment{URL: ""}, errElsewhere},
	} {
		d, err := f.read(context.Background(), c.at)
		if !errors.Is(err, c.want) || err == nil && len(d.Paragraphs) != 1 {
			t.Errorf("%q: %v, %v, want %v", c.at.URL, d.Paragraphs, err, c.want)
		}
	}
	if strings.Contains(strings.Join(asked, " "), "secret") {
		t.Errorf("asked for %q", asked)
	}
	for address, want := range map[string]bool{
		"https://cdn.discordapp.com/attachments/1/2/a.txt?ex=1":  true,
		"https://media.discordapp.net/attachments/1/2/a.txt":     true,
		"http://cdn.discordapp.com/attachments/1/2/a.txt":        false,
		"https://cdn.discordapp.com.phish.example/a.txt":         false,
		"https://phish.example/cdn.discordapp.com":               false,
		"https://cdn.discordapp.com:8443/a.txt":                  false,
		"https://discordapp.com/a.txt":                           false,
		"https://cdn.discordapp.com@phish.example/a.txt":         false,
		"https://CDN.discordapp.com/attachments/1/2/capital.txt": false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := newFiles(nil).has(u); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}
