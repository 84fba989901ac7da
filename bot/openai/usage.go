package openai

// Usage is what one reply cost, in tokens.
type Usage struct {
	Model     string // as in Options
	In        int    // read
	Out       int    // written, with what the model thought
	Estimated bool   // the server did not say, or was broken off before it could
}

// tally counts one reply.
type tally struct {
	model   string
	asked   float64 // estimated tokens of the prompt
	written float64 // estimated tokens of the reply
	told    *usage  // the server's last word
}

// add counts an event. A server may tell its usage in each, so far.
func (t *tally) add(c *chunk) {
	t.written += estimate(c.text()) + estimate(c.thought())
	if c.Usage != nil && c.Usage.In+c.Usage.Out > 0 {
		t.told = c.Usage
	}
}

// usage returns the count, of which the server's own is the better.
func (t *tally) usage() Usage {
	if t.told != nil {
		return Usage{Model: t.model, In: int(t.told.In), Out: int(t.told.Out)}
	}
	return Usage{Model: t.model, In: int(t.asked + .5), Out: int(t.written + .5), Estimated: true}
}

// estimate guesses the number of tokens in a text: four letters of English
// make about one (OpenAI's rule of thumb), and two bytes of anything beyond
// ASCII, so that é is half a token, a Cyrillic letter one and a Chinese
// character one and a half. It leans to too much.
func estimate[T string | []byte](text T) float64 {
	wide := 0
	for i := range len(text) {
		if text[i] >= 0x80 {
			wide++
		}
	}
	return float64(len(text)-wide)/4 + float64(wide)/2
}
