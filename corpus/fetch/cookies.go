package fetch

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// cookies are what sites ask to be told again on the way to one page: one that
// asks for consent leads in a circle until it is. They are forgotten with the
// page, and a site is told of its own only.
type cookies struct {
	jar  *cookiejar.Jar
	room int // bytes that may still come
}

// cookieRoom bounds the cookies of a page: four of the largest that RFC 6265,
// section 6.1, has in mind.
const cookieRoom = 16 << 10

func newCookies() *cookies {
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		panic(err) // it never is
	}
	return &cookies{jar: jar, room: cookieRoom}
}

// take notes the cookies of a reply from u, as many as there is room for.
func (c *cookies) take(u *url.URL, resp *http.Response) {
	for _, one := range resp.Cookies() {
		if size := len(one.Raw); size <= c.room {
			c.room -= size
			c.jar.SetCookies(u, []*http.Cookie{one})
		}
	}
}

// header is what u is told.
func (c *cookies) header(u *url.URL) string {
	var list []string
	for _, one := range c.jar.Cookies(u) {
		list = append(list, (&http.Cookie{Name: one.Name, Value: one.Value, Quoted: one.Quoted}).String())
	}
	return strings.Join(list, "; ")
}
