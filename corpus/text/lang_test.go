package text

import (
	"strings"
	"testing"
)

func TestLang(t *testing.T) {
	tests := []struct{ want, s string }{
		{"en", "What happened in the harbour last week?"},
		{"en", "Who won the election?"},
		{"en", "The river rose again on Sunday, and the town closed both of its bridges."},
		{"de", "Was geschah gestern im Hafen?"},
		{"de", "Was kostet die Brücke?"},
		{"de", "Wann öffnet die Brücke?"},
		{"de", "Der Fluss stieg am Sonntag wieder, und die Stadt sperrte beide Brücken."},
		{"fr", "Que s'est-il passé dans le port hier ?"},
		{"fr", "La rivière a encore monté dimanche et la ville a fermé ses deux ponts."},
		{"es", "¿Qué pasó en el puerto la semana pasada?"},
		{"es", "El río volvió a crecer el domingo y la ciudad cerró los dos puentes."},
		{"it", "Il fiume è salito ancora domenica e la città ha chiuso i due ponti."},
		{"pt", "O rio subiu outra vez no domingo e a cidade não abriu as duas pontes."},
		{"nl", "De rivier steeg zondag weer en de stad sloot de beide bruggen."},
		{"sv", "Floden steg igen på söndagen och staden stängde båda broarna som inte är nya."},
		{"da", "Floden steg igen søndag, og broerne blev lukket af byen, fordi de ikke er nye."},
		{"fi", "Joki nousi taas sunnuntaina, ja kaupunki sulki molemmat sillat, koska ne eivät ole uusia."},
		{"pl", "Rzeka znowu się podniosła w niedzielę i miasto zamknęło oba mosty, bo nie są nowe."},
		{"cs", "Řeka se v neděli opět zvedla a město uzavřelo oba mosty, protože nejsou nové."},
		{"tr", "Nehir pazar günü yine yükseldi ve şehir iki köprüyü de kapattı, çünkü bu çok tehlikeli."},
		{"hu", "A folyó vasárnap ismét megáradt, és a város lezárta mindkét hidat, mert az nem új."},
		{"ro", "Râul a crescut din nou duminică și orașul a închis ambele poduri, pentru că nu sunt noi."},
		{"id", "Sungai itu naik lagi pada hari Minggu dan kota itu menutup kedua jembatan yang tidak baru."},
		{"ru", "Река снова поднялась в воскресенье, и город закрыл оба моста, потому что они не новые."},
		{"uk", "Річка знову піднялася в неділю, і місто закрило обидва мости, бо вони вже не нові. Мешканці їздять тепер довшою дорогою через сусіднє село."},
		{"el", "Το ποτάμι ανέβηκε πάλι."},
		{"ar", "ارتفع النهر مرة أخرى يوم الأحد وأغلقت المدينة الجسرين في هذا الشهر"},
		{"fa", "رودخانه روز یکشنبه دوباره بالا آمد و شهر هر دو پل را بست که برای مردم خوب است"},
		{"hi", "नदी रविवार को फिर से बढ़ी और शहर ने दोनों पुल बंद कर दिए हैं।"},
		{"zh", "河水又上涨了"},
		{"ja", "川がまた増水した"},
		{"ko", "강물이 다시 불었다"},
		{"he", "הנהר עלה שוב"},
		{"th", "แม่น้ำเพิ่มขึ้นอีก"},
		{"", ""},
		{"", "42"},
		{"", "OK"},
		{"", "Norwind Lindal Keller"},
		{"", "Keller 2023"},
	}
	for _, tt := range tests {
		if got := Lang(tt.s); got != tt.want {
			t.Errorf("Lang(%q) = %q, want %q", tt.s, got, tt.want)
		}
	}
	long := strings.Repeat("Nobody knows what it is. ", 1000)
	if got := Lang(long); got != "en" {
		t.Errorf("Lang of a long text = %q", got)
	}
}

func FuzzLang(f *testing.F) {
	f.Add("Der river с 中 \xff")
	f.Fuzz(func(t *testing.T, s string) {
		if tag := Lang(s); len(tag) > 3 {
			t.Errorf("Lang(%q) = %q", s, tag)
		}
	})
}
