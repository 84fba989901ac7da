package html

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/net/publicsuffix"

	"pilcrow/corpus"
	"pilcrow/corpus/stamp"
	"pilcrow/corpus/text"
)

// draft weighs the facts into what an article says of itself. JSON-LD is
// believed before OpenGraph and other metadata, those before elements of the
// page.
func (f *facts) draft(from string) corpus.Draft {
	p := f.post()
	d := corpus.Draft{URL: f.address(p, from)}
	host := hostName(d.URL)
	d.Source = f.outlet(p, host)
	own := func(s string) bool {
		return sameOutlet(s, d.Source) || sameOutlet(s, f.meta["og:site_name"]) || sameOutlet(s, host)
	}
	d.Title = f.headline(p, own)
	d.Author = f.author(p, own)
	d.Published = f.date(p, d.URL)
	d.Modified = f.changed(p, d.Published)
	for _, tag := range []string{p.lang, f.lang, f.meta["og:locale"], f.meta["content-language"]} {
		if d.Lang = base(tag); d.Lang != "" {
			break
		}
	}
	return d
}

// post returns the article among those that JSON-LD describes that is this
// page's: the one with the headline that other metadata has too, else the
// first.
func (f *facts) post() post {
	for _, p := range f.posts {
		if p.title != "" && sameTitle(p.title, f.meta["og:title"]) {
			return p
		}
	}
	if len(f.posts) > 0 {
		return f.posts[0]
	}
	return post{}
}

// address returns the canonical address of the page. Where its own is known, a
// page can name another only on the same site, and not the site's front page.
// Of several that it names, one made for mobile phones comes last.
func (f *facts) address(p post, own string) string {
	own = corpus.CanonicalURL(own)
	base, _ := url.Parse(own)
	best := ""
	for _, claim := range []string{f.canonical, f.meta["og:url"], p.url, f.saved} {
		u, err := url.Parse(claim)
		if err != nil || claim == "" {
			continue
		}
		if own != "" {
			u = base.ResolveReference(u)
			if !sameSite(u, base) || len(u.Path) <= 1 && len(base.Path) > 1 {
				continue
			}
		}
		c := corpus.CanonicalURL(u.String())
		if c != "" && !mobile(u) {
			return c
		}
		first(&best, c)
	}
	first(&best, own)
	if f.amp {
		best = withoutAMP(best)
	}
	return best
}

// mobile reports whether an address is, by its looks, that of a form for mobile
// phones.
func mobile(u *url.URL) bool {
	for _, host := range []string{"m.", "mobile.", "amp.", "touch."} {
		if strings.HasPrefix(strings.ToLower(u.Hostname()), host) {
			return true
		}
	}
	return withoutAMP(u.String()) != corpus.CanonicalURL(u.String())
}

// withoutAMP takes out of an address what sites put in for the form that
// follows Google's rules for mobile phones.
func withoutAMP(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	query := u.Query()
	if query.Has("amp") || strings.EqualFold(query.Get("outputType"), "amp") || strings.EqualFold(query.Get("outputType"), "amp-type") {
		query.Del("amp")
		query.Del("outputType")
		u.RawQuery = query.Encode()
	}
	path, slash := strings.CutSuffix(u.Path, "/")
	if p, ok := strings.CutSuffix(path, "/amp"); ok {
		u.Path, u.RawPath = p, ""
		if slash || p == "" {
			u.Path += "/"
		}
	} else if p, ok := strings.CutSuffix(u.Path, ".amp.html"); ok {
		u.Path, u.RawPath = p+".html", ""
	} else if p, ok := strings.CutPrefix(u.Path, "/amp/"); ok {
		u.Path, u.RawPath = "/"+p, ""
	}
	return corpus.CanonicalURL(u.String())
}

// SameSite reports whether two addresses belong to one owner, as far as their
// hosts tell.
func SameSite(a, b string) bool {
	u, err := url.Parse(a)
	if err != nil {
		return false
	}
	v, err := url.Parse(b)
	return err == nil && sameSite(u, v)
}

// sameSite reports whether two addresses belong to one owner: the same name
// below a public suffix, or the same IP address.
func sameSite(a, b *url.URL) bool {
	x, y := strings.ToLower(a.Hostname()), strings.ToLower(b.Hostname())
	if x == y {
		return true
	}
	if _, err := netip.ParseAddr(x); err == nil {
		return false
	}
	s, err := publicsuffix.EffectiveTLDPlusOne(x)
	if err != nil {
		return false
	}
	t, err := publicsuffix.EffectiveTLDPlusOne(y)
	return err == nil && s == t
}

// outlet returns who published the page, at worst the name of its host. An
// agency that wrote for the outlet is not the outlet, whatever JSON-LD says.
func (f *facts) outlet(p post, host string) string {
	site := f.meta["og:site_name"]
	company := strings.HasPrefix(site, p.publisher+" ") && strings.HasSuffix(f.title, " "+site) // behind the outlet
	if company || sameOutlet(site, named(host)) && !sameOutlet(p.publisher, named(host)) {
		p.publisher = ""
	}
	for _, s := range []string{p.publisher, site, f.meta["application-name"], f.meta["dc.publisher"], f.meta["publisher"]} {
		if strings.EqualFold(s, f.meta["generator"]) || strings.Contains(s, "://") {
			continue // the maker of the site's software
		}
		s, _, _ = strings.Cut(s, " | ")
		s, _, _ = strings.Cut(s, " - ") // a motto
		if s = strings.Trim(s, "@ "); s != "" {
			return s
		}
	}
	for _, sep := range []string{" | ", " - ", " – ", " — "} {
		if i := strings.LastIndex(f.title, sep); i > 0 && shortFor(named(host), squash(f.title[i+len(sep):])) {
			return f.title[i+len(sep):]
		}
	}
	return host
}

// named returns the part of a host that is its owner's name: "example" of
// news.example.co.uk.
func named(host string) string {
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		domain = host
	}
	name, _, _ := strings.Cut(domain, ".")
	return name
}

// shortFor reports whether a host's name is an outlet's name with letters left
// out: nytimes, of newyorktimes.
func shortFor(short, name string) bool {
	if len(short) < 3 || len(name) > 4*len(short) || len(name) == 0 || name[0] != short[0] {
		return false
	}
	for _, c := range []byte(short) {
		i := strings.IndexByte(name, c)
		if i < 0 {
			return false
		}
		name = name[i+1:]
	}
	return true
}

// hostName returns the host of an address without "www.".
func hostName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// sameOutlet reports whether s is how a page writes an outlet's name, which may
// also be that of its host: "The Daily Example" for dailyexample.com.
func sameOutlet(s, outlet string) bool {
	x, y := squash(s), squash(outlet)
	return x != "" && (x == y || x == squash(strings.Split(outlet, ".")[0]))
}

// squash leaves the letters and digits of a name, in lower case and without
// "the".
func squash(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
	return strings.TrimPrefix(s, "the")
}

// headline returns the title without the outlet's name.
func (f *facts) headline(p post, own func(string) bool) string {
	for _, s := range []string{p.title, f.meta["og:title"], f.meta["twitter:title"], f.meta["headline"], f.meta["dc.title"], f.title} {
		if s = withoutOutlet(plain(s), own); s != "" {
			return s
		}
	}
	return ""
}

// withoutOutlet cuts an outlet's name off a title that ends, or begins, with it.
func withoutOutlet(title string, own func(string) bool) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " » ", " · ", ": "} {
		if i := strings.LastIndex(title, sep); i > 0 && own(title[i+len(sep):]) {
			title = title[:i]
		}
		if head, rest, ok := strings.Cut(title, sep); ok && own(head) {
			title = rest
		}
	}
	return strings.TrimSpace(title)
}

// author returns who wrote the page, or "".
func (f *facts) author(p post, own func(string) bool) string {
	for _, s := range []string{p.author, f.meta["author"], f.meta["article:author"], f.meta["parsely-author"], f.meta["sailthru.author"],
		f.meta["byl"], f.meta["dc.creator"], f.meta["dcterms.creator"], undated(f.byline)} {
		s = strings.ReplaceAll(unsigned(plain(s)), " , ", ", ")
		if s == "" || len(s) > 200 || strings.Contains(s, "://") || strings.Contains(s, "@") || own(s) {
			continue
		}
		return s
	}
	return ""
}

// undated cuts off a byline what follows the name: a bar, a day, a date.
func undated(byline string) string {
	byline, _, _ = strings.Cut(byline, " | ")
	if dates := text.Dates(byline, "en", time.Unix(0, 0)); len(dates) > 0 {
		byline = byline[:dates[0].Start]
	}
	byline = strings.TrimRight(byline, " ,·•-–—")
	for day := time.Sunday; day <= time.Saturday; day++ {
		byline = strings.TrimSuffix(byline, " "+day.String())
	}
	return byline
}

// unsigned cuts the "by" off a byline.
func unsigned(s string) string {
	for _, by := range []string{"written by ", "posted by ", "analysis by ", "by: ", "by ", "von ", "par ", "por ", "di ", "oleh "} {
		if len(s) > len(by) && strings.EqualFold(s[:len(by)], by) {
			return strings.TrimSpace(s[len(by):])
		}
	}
	return s
}

// date returns when the page was published, or the zero time.
func (f *facts) date(p post, address string) time.Time {
	var day time.Time // where the best that is known has no time of day
	for _, s := range []string{p.published, f.meta["article:published_time"], f.meta["og:article:published_time"], f.meta["article:published"], f.meta["datepublished"],
		f.meta["og:published_time"], f.meta["parsely-pub-date"], f.meta["sailthru.date"], f.meta["article.published"], f.meta["pubdate"], f.meta["publishdate"], f.meta["publish-date"],
		f.meta["dc.date.issued"], f.meta["dcterms.created"], f.meta["dc.date"], f.meta["date"], f.published, f.time, f.anyTime, inAddress(address)} {
		t := stamp.Parse(s)
		switch {
		case t.IsZero():
		case !day.IsZero(): // the first of the others that has one, if it means the same day
			if strings.Contains(s, ":") && t.Sub(day).Abs() < 36*time.Hour {
				return t
			}
		case !strings.Contains(s, ":"):
			day = t
		default:
			return t
		}
	}
	return day
}

// changed returns when the page was last changed, or the zero time. What was
// published later was not.
func (f *facts) changed(p post, published time.Time) time.Time {
	for _, s := range []string{p.modified, f.meta["article:modified_time"], f.meta["og:article:modified_time"], f.meta["article:modified"], f.meta["og:updated_time"],
		f.meta["datemodified"], f.meta["dcterms.modified"], f.meta["dc.date.modified"], f.meta["last-modified"], f.modified} {
		if t := stamp.Parse(s); !t.IsZero() && !t.Before(published) {
			return t
		}
	}
	return time.Time{}
}

// inAddress returns the day that many outlets put into the path of an address.
func inAddress(address string) string {
	if m := dayInPath().FindStringSubmatch(address); m != nil {
		return m[1] + "-" + m[2] + "-" + m[3]
	}
	if m := monthInPath().FindStringSubmatch(strings.ToLower(address)); m != nil {
		return m[3] + " " + m[2] + " " + m[1]
	}
	return ""
}

var dayInPath = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:/|-|$)`)
})

var monthInPath = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`/((?:19|20)\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/(\d\d?)(?:/|$)`)
})

// base returns the base of a language tag.
func base(tag string) string {
	tag, _, _ = strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	if len(tag) != 2 && len(tag) != 3 {
		return ""
	}
	return tag
}

// bodyText returns the article's paragraphs as JSON-LD has them.
func (f *facts) bodyText() []string {
	var out []string
	for line := range strings.Lines(f.post().body) {
		if line = plain(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
