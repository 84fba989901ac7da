package text

import (
	"strconv"
	"strings"
	"sync"
)

// unit is a unit of measure: a value in it times factor plus offset is the
// value in the SI unit of its dimension.
type unit struct {
	name, dimension string
	factor, offset  float64
}

// units maps every spelling of a unit, and every canonical name, to it.
var units = sync.OnceValue(func() map[string]unit {
	m := make(map[string]unit, 512)
	for line := range strings.Lines(unitTable) {
		f := strings.Fields(line)
		if len(f) < 3 {
			continue
		}
		factor, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			panic("units: " + line) // the table is ours; a test reads it
		}
		u := unit{name: strings.ReplaceAll(f[0], "_", " "), dimension: f[1], factor: factor}
		switch u.name {
		case "°C":
			u.offset = 273.15
		case "°F":
			u.offset = 459.67 * factor
		}
		m[u.name] = u
		for _, spelling := range f[3:] {
			m[spelling] = u
		}
	}
	return m
})

// unitNamed returns the unit of a canonical name.
func unitNamed(name string) unit { return units()[name] }

// unitTable: name, dimension, factor to SI, further spellings. International
// and US customary units; a month is a twelfth of the Julian year, a ton,
// which is short, long or metric, the metric one, a calorie the dietary one.
const unitTable = `
mm length .001 millimetre millimetres millimeter millimeters
cm length .01 centimetre centimetres centimeter centimeters
m length 1 metre metres meter meters mètre mètres metern metro metros metri
km length 1000 kms kilometre kilometres kilometer kilometers kilometern kilomètre kilomètres kilómetros quilômetros chilometri
inch length .0254 inches
ft length .3048 foot feet
yd length .9144 yds yard yards
mi length 1609.344 mile miles
nautical_mile length 1852
light-year length 9.4607e15 lightyear lightyears
mg mass 1e-6 milligram milligrams
g mass .001 gram grams gramm grammes
kg mass 1 kgs kilo kilos kilogram kilograms kilogramme kilogrammes kilogramm
t mass 1000 tonne tonnes tonnen
ton mass 1000 tons
oz mass .028349523 ounce ounces
lb mass .45359237 lbs
pound mass .45359237 pounds
mph speed .44704
mi/h speed .44704
km/h speed .277777778 kmh kph kmph
m/s speed 1
ft/s speed .3048
kt speed .514444444 kts knot knots
square_m area 1 m² m2 sqm
square_km area 1e6 km² km2
square_ft area .09290304 sqft
square_mi area 2589988.11
square_inch area .00064516
square_yd area .83612736
ha area 1e4 hectare hectares hektar hectáreas
acre area 4046.8564224 acres
cubic_m volume 1 m³ m3
cubic_ft volume .028316847
cubic_km volume 1e9
ml volume 1e-6 millilitre millilitres milliliter milliliters
l volume .001 litre litres liter liters
gal volume .003785411784 gallon gallons
pint volume .000473176 pints
bbl volume .158987295 barrel barrels
°C temperature 1 celsius
°F temperature .555555556 fahrenheit
° angle .017453293 degree degrees
W power 1 watt watts
kW power 1e3 kilowatt kilowatts
MW power 1e6 megawatt megawatts
GW power 1e9 gigawatt gigawatts
TW power 1e12 terawatt terawatts
hp power 745.699872 horsepower bhp ps
kWh energy 3.6e6 kilowatt-hour kilowatt-hours
MWh energy 3.6e9
GWh energy 3.6e12
TWh energy 3.6e15
J energy 1 joule joules
kJ energy 1e3 kilojoule kilojoules
kcal energy 4184 calorie calories kilocalories
V voltage 1 volt volts
mAh charge 3.6
Hz frequency 1 hertz
kHz frequency 1e3 kilohertz
MHz frequency 1e6 megahertz
GHz frequency 1e9 gigahertz
KB data 1e3 kilobyte kilobytes
MB data 1e6 megabyte megabytes
GB data 1e9 gigabyte gigabytes
TB data 1e12 terabyte terabytes
PB data 1e15 petabyte petabytes
Kbps rate 1e3
Mbps rate 1e6
Gbps rate 1e9
hPa pressure 100 hectopascals mbar millibar millibars
kPa pressure 1e3
bar pressure 1e5 bars
psi pressure 6894.757
MP pixels 1e6 megapixel megapixels
dB level 1 decibel decibels
ms time .001 millisecond milliseconds
s time 1 sec secs second seconds sekunde sekunden seconde secondes segundo segundos secondi seconden
min time 60 mins minute minutes minuten minuto minutos minuti
h time 3600 hr hrs hour hours stunde stunden heure heures hora horas uur
day time 86400 days tag tage tagen jour jours día días dia dias giorni dagen
week time 604800 weeks wk wks woche wochen semaine semaines semana semanas settimane weken
fortnight time 1209600 fortnights
month time 2629800 months monat monate monaten mois mes meses mesi maanden
year time 31557600 years yr yrs jahr jahre jahren ans années año años anos anni jaar
decade time 315576000 decades jahrzehnt jahrzehnte
century time 3155760000 centuries jahrhundert jahrhunderte
`

// scales maps the words that multiply to what they multiply by. The bare
// letters are read only where they are glued to a figure.
var scales = sync.OnceValue(func() map[string]float64 {
	m := make(map[string]float64, 128)
	for _, row := range []struct {
		factor float64
		words  string
	}{
		{12, "dozen"},
		{100, "hundred hundert"},
		{1e3, "k thousand thousands tausend mille mil mila duizend тыс тысяч тысячи тысяча 千 हजार"},
		{1e4, "万 萬 만"},
		{1e5, "lakh lakhs lac lacs लाख"},
		{1e6, "m mn mln mio million millions millionen millones millon milioni milione milhoes milhao miljoen млн миллион миллиона миллионов"},
		{1e7, "cr crore crores करोड़"},
		{1e8, "亿 億 억"},
		{1e9, "b bn mrd md billion billions milliarde milliarden milliard milliards miliardi miliardo bilhoes bilhao miljard млрд миллиард миллиарда миллиардов"},
		{1e12, "t tn trn trillion trillions billionen 兆 трлн"},
	} {
		for _, w := range strings.Fields(row.words) {
			m[w] = row.factor
		}
	}
	return m
})

// currency is what money is counted in. worth is 1, or .01 for cents.
type currency struct {
	code   string
	worth  float64
	before bool // it can stand in front of the figure
}

// currencies maps signs and ISO 4217 codes as written, and names in small
// letters, to currencies.
var currencies = sync.OnceValue(func() map[string]currency {
	m := make(map[string]currency, 256)
	for line := range strings.Lines(currencyTable) {
		code, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		if code == "" {
			continue
		}
		m[code] = currency{code, 1, true}
		for name := range strings.SplitSeq(names, ",") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			sign := strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" || !isASCIILetter(name[len(name)-1]) || name == "Rs" || name == "Fr"
			m[name] = currency{code, 1, sign}
		}
	}
	for _, name := range []string{"cent", "cents", "u.s. cents"} {
		m[name] = currency{"USD", .01, false}
	}
	for _, name := range []string{"pence", "p"} {
		m[name] = currency{"GBP", .01, false}
	}
	m["¢"] = currency{"USD", .01, false}
	return m
})

// currencyTable: ISO code, then signs and names parted by commas. Bare names
// that several countries use go to the one that English news means.
const currencyTable = `
USD $, US$, dollar, dollars, us dollar, us dollars, u.s. dollar, u.s. dollars, american dollars, bucks
EUR €, euro, euros
GBP £, pound sterling, pounds sterling, british pounds, sterling, quid
JPY ¥, JP¥, yen, japanese yen
CNY CN¥, RMB, yuan, renminbi, chinese yuan
INR ₹, Rs, rupee, rupees, indian rupees
PKR pakistani rupees
RUB ₽, ruble, rubles, rouble, roubles, russian rubles, russian roubles, руб, рублей, рубля
KRW ₩, won, south korean won, korean won
CHF SFr, Fr, franken, swiss franc, swiss francs, francs
CAD C$, CA$, canadian dollar, canadian dollars
AUD A$, AU$, australian dollar, australian dollars
NZD NZ$, new zealand dollars
HKD HK$, hong kong dollars
SGD S$, singapore dollars
TWD NT$, taiwan dollars, new taiwan dollars
BRL R$, real, reais, brazilian reais
MXN MX$, mexican pesos, mexican peso
ARS argentine pesos
PHP ₱, philippine pesos
TRY ₺, lira, liras, turkish lira, turkish liras
ILS ₪, NIS, shekel, shekels
NGN ₦, naira
ZAR rand, south african rand
SEK swedish kronor, kronor
NOK norwegian kroner
DKK danish kroner
PLN zł, zloty, zlotys, złoty
UAH ₴, hryvnia, hryvnias
AED dirham, dirhams
SAR riyal, riyals
QAR
IRR rial, rials
THB ฿, baht
VND ₫, dong
IDR rupiah
MYR RM, ringgit
CZK Kč
HUF forint
EGP egyptian pounds
KES shillings
BTC ₿, bitcoin, bitcoins
`
