package discord

// allCommands lists what can be asked. Their order is Discord's.
func (a *App) allCommands() []command {
	return []command{
		a.helpCommand(),
	}
}
