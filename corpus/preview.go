package corpus

import "cmp"

// Preview returns d as Add would keep it in an empty store: clean, with its
// language, and without what Add drops. Its error is the one about d that Add
// would return.
func Preview(d Draft) (Draft, error) {
	e, err := prepare("", d)
	if err != nil {
		return Draft{}, err
	}
	return Draft{
		Origin: e.origin,
		Title:  e.title, Author: e.author, Source: e.source,
		URL: e.url, Lang: cmp.Or(e.lang, e.language()),
		Published:  fromMilli(e.published),
		Modified:   fromMilli(e.modified),
		Partial:    e.partial,
		Paragraphs: e.paragraphs,
	}, nil
}
