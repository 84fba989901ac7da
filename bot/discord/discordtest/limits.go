package discordtest

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

// Limits of messages: https://discord.com/developers/docs/resources/message
// and .../components/reference.
const (
	maxContent   = 2000
	maxEmbeds    = 10
	maxEmbedText = 6000
	maxRows      = 5
	maxNodes     = 40
	maxV2Text    = 4000
)

func length(v any) int {
	s, _ := v.(string)
	return utf8.RuneCountInString(s)
}

// tooLong notes a text that is longer than it may be.
func tooLong(problems map[string]string, path string, v any, limit int) {
	if n := length(v); n > limit {
		problems[path] = fmt.Sprintf("%d characters, more than %d", n, limit)
	}
}

func checkContent(problems map[string]string, body object, v2 bool) {
	tooLong(problems, "content", body["content"], maxContent)
	if s, _ := body["content"].(string); !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError) {
		problems["content"] = "has a broken character"
	}
	if s, _ := body["content"].(string); v2 && s != "" {
		problems["content"] = "cannot be used with flag IS_COMPONENTS_V2"
	}
	if reference, ok := body["message_reference"].(object); ok && reference["message_id"] == nil {
		problems["message_reference.message_id"] = "is missing"
	}
}

func checkEmbeds(problems map[string]string, embeds []any) {
	if len(embeds) > maxEmbeds {
		problems["embeds"] = fmt.Sprintf("%d embeds, more than %d", len(embeds), maxEmbeds)
	}
	sum := 0
	for i, v := range embeds {
		e, _ := v.(object)
		at := fmt.Sprintf("embeds.%d.", i)
		check := func(name string, v any, limit int) {
			tooLong(problems, at+name, v, limit)
			sum += length(v)
		}
		part := func(name string) object { o, _ := e[name].(object); return o }
		check("title", e["title"], 256)
		check("description", e["description"], 4096)
		check("footer.text", part("footer")["text"], 2048)
		check("author.name", part("author")["name"], 256)
		fields, _ := e["fields"].([]any)
		if len(fields) > 25 {
			problems[at+"fields"] = fmt.Sprintf("%d fields, more than 25", len(fields))
		}
		for j, v := range fields {
			f, _ := v.(object)
			for name, limit := range map[string]int{"name": 256, "value": 1024} {
				path := fmt.Sprintf("fields.%d.%s", j, name)
				check(path, f[name], limit)
				if length(f[name]) == 0 {
					problems[at+path] = "is missing"
				}
			}
		}
		for _, name := range []string{"url", "thumbnail.url", "image.url", "footer.icon_url", "author.url", "author.icon_url"} {
			outer, inner, nested := strings.Cut(name, ".")
			v := e[outer]
			if nested {
				v = part(outer)[inner]
			}
			checkURL(problems, at+name, v, 2048)
		}
		if length(e["title"])+length(e["description"])+length(part("author")["name"])+length(part("footer")["text"])+len(fields) == 0 &&
			e["image"] == nil && e["thumbnail"] == nil {
			problems[strings.TrimSuffix(at, ".")] = "is empty"
		}
	}
	if sum > maxEmbedText {
		problems["embeds"] = fmt.Sprintf("%d characters in all embeds, more than %d", sum, maxEmbedText)
	}
}

func checkURL(problems map[string]string, path string, v any, limit int) {
	s, _ := v.(string)
	if s == "" {
		return
	}
	tooLong(problems, path, v, limit)
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" && u.Scheme != "attachment":
		problems[path] = "Not a well formed URL: " + s
	case u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "attachment" && u.Scheme != "discord":
		problems[path] = "Scheme must be one of http, https: " + s
	}
}
