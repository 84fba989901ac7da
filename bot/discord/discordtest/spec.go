package discordtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// spec is Discord's OpenAPI file.
type spec struct {
	paths    map[string]map[string]json.RawMessage
	compiler *jsonschema.Compiler
	mu       sync.Mutex
	schemas  map[string]*jsonschema.Schema // by their steps, nil where there is none
	doc      any
}

const specURL = "discord:///openapi.json"

// loaded keeps files between tests, as reading one takes a tenth of a second.
var loaded sync.Map

func loadSpec(path string) (*spec, error) {
	if x, ok := loaded.Load(path); ok {
		return x.(*spec), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	root, _ := doc.(map[string]any)
	paths, ok := root["paths"].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s: it has no paths, so it is no OpenAPI file", path)
	}
	x := &spec{compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}, doc: doc, paths: map[string]map[string]json.RawMessage{}}
	for p, v := range paths {
		x.paths[p] = map[string]json.RawMessage{}
		for method := range v.(map[string]any) {
			x.paths[p][strings.ToUpper(method)] = nil
		}
	}
	x.compiler.DefaultDraft(jsonschema.Draft2020)
	x.compiler.AssertFormat()
	x.compiler.RegisterFormat(&jsonschema.Format{Name: "snowflake", Validate: func(v any) error {
		if s, ok := v.(string); ok && !isSnowflake.MatchString(s) {
			return errors.New("not a snowflake")
		}
		return nil
	}})
	if err := x.compiler.AddResource(specURL, doc); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	actual, _ := loaded.LoadOrStore(path, x)
	return actual.(*spec), nil
}

var isSnowflake = regexp.MustCompile(`^(0|[1-9][0-9]{0,19})$`)

// route returns the path of the file that fits, or "".
func (x *spec) route(path string) string {
	best := ""
	for p := range x.paths {
		if fits(p, path) && (best == "" || strings.Count(p, "{") < strings.Count(best, "{")) {
			best = p
		}
	}
	return best
}

func (x *spec) has(method, path string) bool {
	if x == nil {
		return true
	}
	_, ok := x.paths[path][method]
	return ok
}

// schema compiles what is at these steps of the file; nil if nothing is.
func (x *spec) schema(steps ...string) (*jsonschema.Schema, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	place := strings.Join(steps, " ")
	if s, ok := x.schemas[place]; ok {
		return s, nil
	}
	pointer, at := "", x.doc
	for _, step := range steps {
		o, _ := at.(map[string]any)
		at = o[step]
		pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(step)
	}
	if at == nil {
		x.schemas[place] = nil
		return nil, nil
	}
	s, err := x.compiler.Compile(specURL + "#" + strings.NewReplacer("{", "%7B", "}", "%7D", "@", "%40").Replace(pointer))
	if err != nil {
		return nil, err
	}
	x.schemas[place] = s
	return s, nil
}

// request checks the path's variables, the query and the body.
func (x *spec) request(c *call) error {
	method := strings.ToLower(c.route.method)
	if !x.has(c.route.method, c.route.path) {
		return fmt.Errorf("there is no %s %s", c.route.method, c.route.path)
	}
	for name, value := range c.vars {
		if strings.HasSuffix(name, "_id") && !isSnowflake.MatchString(value) {
			return fmt.Errorf("%s is %q", name, value)
		}
	}
	body, err := x.schema("paths", c.route.path, method, "requestBody", "content", "application/json", "schema")
	switch {
	case err != nil:
		return err
	case body == nil && len(c.rec.Body) > 0:
		return errors.New("a body, where none is")
	case body == nil:
		return nil
	case len(c.rec.Body) == 0 && len(c.files) == 0:
		return errors.New("no body")
	}
	return brief(body.Validate(lenient(c.body)))
}

// brief cuts what a schema of many alternatives says of each.
func brief(err error) error {
	if err == nil {
		return nil
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) > 30 {
		lines = append(lines[:30], "…")
	}
	return errors.New(strings.Join(lines, "\n"))
}

// lenient takes away what discordgo writes otherwise than the file says, and
// Discord takes: permissions as a string.
func lenient(v any) any {
	l, ok := v.([]any)
	if !ok {
		return v
	}
	out := make([]any, len(l))
	for i, v := range l {
		o, ok := v.(object)
		if !ok {
			return v
		}
		p := object{}
		for k, v := range o {
			if _, isText := v.(string); k != "default_member_permissions" || !isText {
				p[k] = v
			}
		}
		out[i] = p
	}
	return out
}

// answer checks that this package answers as Discord does.
func (x *spec) answer(method, path string, status int, answer any) error {
	s, err := x.schema("paths", path, strings.ToLower(method), "responses", fmt.Sprint(status), "content", "application/json", "schema")
	if err != nil || s == nil || status == http.StatusNoContent {
		return err
	}
	b, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	return brief(s.Validate(v))
}
