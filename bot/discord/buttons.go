package discord

// allButtons lists what the buttons and forms under answers do, by the first
// word of their custom ID.
func (a *App) allButtons() map[string]route {
	return map[string]route{}
}
