package openai

import (
	"math"
	"slices"

	api "github.com/sashabaranov/go-openai"

	"pilcrow/bot"
)

// Fields of a request that not every server and model takes, as their
// complaints name them.
const (
	fieldUsage       = "stream_options"
	fieldTemperature = "temperature"
	fieldLimit       = "max_tokens"            // up to 2024, and most local servers still
	fieldLimitAll    = "max_completion_tokens" // OpenAI's models that reason; Ollama ignores it, Mistral refuses it
	fieldSystem      = "system role"           // some chat templates, such as Gemma's, know only the user
)

var fields = []string{fieldUsage, fieldTemperature, fieldLimit, fieldLimitAll, fieldSystem}

// thinking is what fieldLimitAll allows beyond the text, in tokens: it counts
// what a model thinks before it writes as well.
const thinking = 8192

// dialect is what one model on one server understands of a request.
type dialect struct {
	usage       bool   // takes fieldUsage
	temperature bool   // takes fieldTemperature
	system      bool   // takes a message of the system
	limit       string // the field that bounds the text, or ""
}

// dialectOf returns what to try first: all that is of use, but for models
// that go-openai itself knows to refuse some of it.
func dialectOf(model string) *dialect {
	d := dialect{usage: true, temperature: true, system: true, limit: fieldLimit}
	known := api.NewReasoningValidator()
	if known.Validate(d.request(model, bot.Prompt{MaxTokens: 1})) == nil {
		return &d
	}
	d.limit = fieldLimitAll
	d.temperature = known.Validate(d.request(model, bot.Prompt{MaxTokens: 1})) == nil
	return &d
}

// without returns the dialect that is left when a server complains of these
// fields: of those that it has the named, or, if none is named, all that are
// merely of use. It reports false when nothing is left to give up.
func (d dialect) without(complaints []string) (dialect, bool) {
	was := d
	if slices.Contains(complaints, d.limit) {
		switch d.limit {
		case fieldLimit:
			d.limit = fieldLimitAll
		case fieldLimitAll:
			d.limit = ""
		}
	}
	d.usage = d.usage && !slices.Contains(complaints, fieldUsage)
	d.temperature = d.temperature && !slices.Contains(complaints, fieldTemperature)
	d.system = d.system && !slices.Contains(complaints, fieldSystem)
	if d == was {
		d.usage, d.temperature = false, false
	}
	return d, d != was
}

// request puts a prompt in this dialect.
func (d dialect) request(model string, p bot.Prompt) api.ChatCompletionRequest {
	r := api.ChatCompletionRequest{Model: model}
	switch user := api.ChatMessageRoleUser; {
	case p.System == "":
		r.Messages = []api.ChatCompletionMessage{{Role: user, Content: p.User}}
	case d.system:
		r.Messages = []api.ChatCompletionMessage{{Role: api.ChatMessageRoleSystem, Content: p.System}, {Role: user, Content: p.User}}
	default:
		r.Messages = []api.ChatCompletionMessage{{Role: user, Content: p.System + "\n\n" + p.User}}
	}
	switch d.limit {
	case fieldLimit:
		//lint:ignore SA1019 Most servers that are not OpenAI's know no other.
		r.MaxTokens = p.MaxTokens
	case fieldLimitAll:
		r.MaxCompletionTokens = p.MaxTokens + thinking
	}
	if d.temperature {
		r.Temperature = math.SmallestNonzeroFloat32 // go-openai leaves out a 0; wire makes it one
	}
	if d.usage {
		r.StreamOptions = &api.StreamOptions{IncludeUsage: true}
	}
	return r
}
