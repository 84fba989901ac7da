// Package configs says what can be set, where each value comes from, and
// what a wrong one is told.
//
// A value is taken from a command-line flag, else the environment, else the
// YAML file, else its default. Secrets come from the environment alone: a
// secret in the file is refused with the name of the variable to use.
//
// The documentation of an option stands on its field, in the doc tag. The
// reference file pilcrow.yaml beside this package is made from those tags by
// Reference, and a test holds the two together. Config is plain values: it
// opens nothing, and only cmd/pilcrow imports it.
package configs

// Config is every setting. The tags of a field say its key in the file, the
// environment variable that overrides it, and what a reader should know.
type Config struct {
	Database string `key:"database" env:"PILCROW_DB" doc:"The SQLite file that holds the articles. The indexes beside it, in a folder of the same name ending in .index, are a cache and may be deleted. Empty means pilcrow.db in the folder for your data."`

	Model   Model   `key:"model" doc:"The chat model that writes answers: any server that speaks OpenAI's protocol. Without one, answers are sentences quoted from the articles."`
	Embed   Embed   `key:"embed" doc:"The embedding model that helps to find paragraphs which use other words than the question. Without one, a small embedded one is used, which needs no network."`
	Fetch   Fetch   `key:"fetch" doc:"How pages and feeds are fetched."`
	Feeds   Feeds   `key:"feeds" doc:"How feeds are followed."`
	Discord Discord `key:"discord" doc:"The Discord bot."`
	Limits  Limits  `key:"limits" doc:"How much may be had from the chat model in Discord in a day, which begins at midnight in UTC. Past a limit answers go on in the articles' own words. Empty means no limit."`
	Log     Log     `key:"log" doc:"What is written to standard error beside errors. Never a secret, and no question's text."`
}

// Model is the chat model.
type Model struct {
	Name    string `key:"name" env:"PILCROW_MODEL" doc:"The model's name as its server knows it. Empty means no model."`
	BaseURL string `key:"base_url" env:"OPENAI_BASE_URL" check:"url" doc:"Where the server's API begins."`
	APIKey  string `key:"api_key" env:"OPENAI_API_KEY" secret:"true" doc:"The server's key."`

	SecondLook    string `key:"second_look" env:"PILCROW_SECOND_LOOK" check:"switch" doc:"Whether the model is asked again, with the cited paragraph alone, about sentences that the check is unsure of. Costs a short request for each. on or off."`
	ContextTokens string `key:"context_tokens" env:"PILCROW_CONTEXT_TOKENS" check:"count" doc:"How many tokens of paragraphs the model is given for an answer. Small local models want fewer."`
}

// Embed is the embedding model. What is empty is taken from Model.
type Embed struct {
	Model   string `key:"model" env:"PILCROW_EMBED_MODEL" doc:"The model's name as its server knows it. Empty means the embedded one. Changing it embeds the articles again, by itself."`
	BaseURL string `key:"base_url" env:"PILCROW_EMBED_BASE_URL" check:"url" doc:"Where the server's API begins. Empty means the same as model.base_url."`
	APIKey  string `key:"api_key" env:"PILCROW_EMBED_API_KEY" secret:"true" doc:"The server's key. Empty means the same as the chat model's."`
}

// Fetch is how pages and feeds are fetched.
type Fetch struct {
	Contact string `key:"contact" env:"PILCROW_FETCH_CONTACT" doc:"Where the people whose pages are fetched can reach you: the address of a page or of mail. It is sent along with each request."`
	Allow   string `key:"allow" env:"PILCROW_FETCH_ALLOW" doc:"What may be fetched from besides the public internet: addresses or ranges of addresses, separated by commas, each with a port where that is not 80 or 443, such as 10.1.0.0/16, 127.0.0.1:8080. Whoever may add a link can then read what is there."`
	Pause   string `key:"pause" env:"PILCROW_FETCH_PAUSE" check:"duration" doc:"How long a host is left alone between two requests, such as 1s or 250ms. A site that asks for more in its robots.txt gets it."`

	KeepMB   string `key:"keep_mb" env:"PILCROW_FETCH_KEEP_MB" check:"count" doc:"How many megabytes of fetched pages are kept for each collection, packed, so that pilcrow refetch --offline can read them again. The articles themselves are always kept."`
	KeepDays string `key:"keep_days" env:"PILCROW_FETCH_KEEP_DAYS" check:"count" doc:"For how many days fetched pages are kept."`
}

// Feeds is how feeds are followed.
type Feeds struct {
	Min    string `key:"min" env:"PILCROW_FEEDS_MIN" check:"duration" doc:"The shortest time between two polls of a feed, such as 10m. A busy feed is polled this often, unless it or its server asks for less."`
	Max    string `key:"max" env:"PILCROW_FEEDS_MAX" check:"duration" doc:"The longest time between two polls of a feed, such as 24h."`
	AtOnce string `key:"at_once" env:"PILCROW_FEEDS_AT_ONCE" check:"count" doc:"How many feeds are polled at once. Each makes one request at a time."`
}

// Discord is the bot's account.
type Discord struct {
	API   string `key:"api" env:"PILCROW_DISCORD_API" check:"url" doc:"Where Discord's API begins."`
	Token string `key:"token" env:"DISCORD_TOKEN" secret:"true" doc:"The bot's token."`

	MessageContent string `key:"message_content" env:"PILCROW_MESSAGE_CONTENT" check:"switch" doc:"Whether the bot reads messages that do not mention it: then it answers in its threads without being mentioned. Wants Message Content Intent switched on at Discord, under Bot. on or off."`
	Public         string `key:"public" env:"PILCROW_PUBLIC" doc:"The collections that every server and every person may read, with commas between."`
	AtOnce         string `key:"at_once" env:"PILCROW_AT_ONCE" check:"count" doc:"How many answers are made at once. Others wait for their turn, which goes round servers and people. What a local model can do at once, where there is one."`
}

// Limits are what may be had from the chat model in Discord in a day.
type Limits struct {
	PersonQuestions  string `key:"person_questions" env:"PILCROW_PERSON_QUESTIONS" check:"count" doc:"How many questions of one person, over all places, the model answers."`
	PersonTokens     string `key:"person_tokens" env:"PILCROW_PERSON_TOKENS" check:"count" doc:"How many tokens it reads and writes for one person."`
	ChannelQuestions string `key:"channel_questions" env:"PILCROW_CHANNEL_QUESTIONS" check:"count" doc:"How many questions it answers in one channel and its threads."`
	ChannelTokens    string `key:"channel_tokens" env:"PILCROW_CHANNEL_TOKENS" check:"count" doc:"How many tokens for one channel."`
	GuildQuestions   string `key:"guild_questions" env:"PILCROW_GUILD_QUESTIONS" check:"count" doc:"How many questions it answers in one server."`
	GuildTokens      string `key:"guild_tokens" env:"PILCROW_GUILD_TOKENS" check:"count" doc:"How many tokens for one server."`
	AllQuestions     string `key:"all_questions" env:"PILCROW_ALL_QUESTIONS" check:"count" doc:"How many questions it answers altogether."`
	AllTokens        string `key:"all_tokens" env:"PILCROW_ALL_TOKENS" check:"count" doc:"How many tokens altogether."`

	PriceIn  string `key:"price_in" env:"PILCROW_PRICE_IN" check:"price" doc:"What a million tokens read cost, such as 0.15. With a price, /usage also says what was spent."`
	PriceOut string `key:"price_out" env:"PILCROW_PRICE_OUT" check:"price" doc:"What a million tokens written cost."`
	Currency string `key:"currency" env:"PILCROW_CURRENCY" doc:"The currency of the prices, such as EUR."`
}

// Log is what the program says of itself.
type Log struct {
	Level string `key:"level" env:"PILCROW_LOG" check:"level" doc:"The least serious message written: debug, info, warn or error."`
}

// defaults is what holds where nothing is set. Paths depend on the person and
// are found by the command.
func defaults() Config {
	return Config{
		Model:   Model{BaseURL: "https://api.openai.com/v1", SecondLook: "on", ContextTokens: "3000"},
		Fetch:   Fetch{Pause: "1s", KeepMB: "256", KeepDays: "90"},
		Feeds:   Feeds{Min: "10m", Max: "24h", AtOnce: "16"},
		Discord: Discord{API: "https://discord.com/api/v10", MessageContent: "off", Public: "main", AtOnce: "64"},
		Log:     Log{Level: "warn"},
	}
}

// EmbedServer returns the address and key of the embedding server, which are
// the chat model's where they are not set apart. A key is never sent to an
// address that it was not given for: with an address of its own, only a key
// of its own is used.
func (c *Config) EmbedServer() (baseURL, apiKey string) {
	if c.Embed.BaseURL == "" {
		if c.Embed.APIKey != "" {
			return c.Model.BaseURL, c.Embed.APIKey
		}
		return c.Model.BaseURL, c.Model.APIKey
	}
	return c.Embed.BaseURL, c.Embed.APIKey
}
