// Package discordtest is a Discord of our own for tests: REST and gateway on
// loopback, as strict as Discord is, and a bit more.
//
// A test starts a Server, builds guilds, channels and members, lets the bot
// connect to Server.URL, and then does what people do: Slash, Message
// commands, Click, Select, Submit, Autocomplete, Post. What the bot answers is
// read as text: Channel.Transcript, Message.Text.
//
//	s := discordtest.New(t, discordtest.Options{})
//	g := s.Guild("Tollness")
//	harbour, ada := g.Channel("harbour"), g.Member("ada")
//	// start the bot with s.URL and s.Token
//	asked := s.Slash(ada, harbour, "/ask", discordtest.Opt("question", "How tall is the lighthouse?"))
//	asked.WaitFor("31 metres")
//	s.Click(ada, asked.Message(), "Show")
//	s.Settle()
//	fmt.Print(harbour.Transcript())
//
// # What fails a test
//
// Each request is checked against Discord's published OpenAPI file, if the
// environment variable PILCROW_DISCORD_SPEC names one, and against the limits
// that the file does not hold: lengths of embeds, components, commands. The
// test fails, with the request shown, if
//
//   - a request is answered 400 or 405, always, but for code 50083 (thread is
//     archived), which a bot cannot foresee;
//   - a request is answered 401, 403, 404 or 50083, unless the test said so
//     through Server.Expect; and if one is sent again to a target that had
//     refused with 403 or 404;
//   - a message is written without allowed_mentions that allow nothing;
//   - an interaction is not acknowledged within three seconds;
//   - the gateway is spoken to in a way that Discord would close it for, unless
//     the test said so through Server.Expect.
//
// What goes wrong at Discord's side is ordered through Server.Inject,
// Server.Mangle and the methods of Gateway.
//
// # Rules
//
// Everything may be called from several goroutines. Lengths count code points,
// as Discord's API does. A method that waits gives up after Options.Patience,
// and fails the test then. Sources of limits: the OpenAPI file and
// https://discord.com/developers/docs.
package discordtest
