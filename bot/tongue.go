package bot

import "pilcrow/corpus/text"

// tongues names in English the languages that a model is told to write in.
var tongues = map[string]string{
	"ar": "Arabic", "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish",
	"fr": "French", "hi": "Hindi", "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
	"no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
	"tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}

// tongue names the language of a question, "" where it is too short to tell.
func tongue(question string) string { return tongues[text.Lang(question)] }
