//! Names of months: English, French, Spanish, Portuguese, Italian, German, Russian and Arabic, in full and abbreviated.
//!
//! Chinese and Japanese count their months; `dates` reads those.

/// The number of a month from its name in any of the languages, 1 to 12.
pub(crate) fn month(name: &str) -> Option<u32> {
    let name: String = name.chars().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).collect();
    Some(match name.as_str() {
        "january" | "jan" | "janvier" | "janv" | "enero" | "ene" | "janeiro" | "gennaio" | "gen" | "januar" | "jänner"
        | "jän" | "января" | "январь" | "янв" | "يناير" | "جانفي" => 1,
        "february" | "feb" | "février" | "fevrier" | "févr" | "fev" | "febrero" | "fevereiro" | "febbraio" | "februar"
        | "feber" | "февраля" | "февраль" | "фев" | "فبراير" | "شباط" | "فيفري" => 2,
        "march" | "mar" | "mars" | "marzo" | "março" | "marco" | "märz" | "maerz" | "mär" | "марта" | "март" | "мар" | "مارس"
        | "آذار" | "اذار" => 3,
        "april" | "apr" | "avril" | "avr" | "abril" | "abr" | "aprile" | "апреля" | "апрель" | "апр" | "أبريل" | "ابريل"
        | "إبريل" | "نيسان" | "أفريل" => 4,
        "may" | "mai" | "mayo" | "maio" | "maggio" | "mag" | "мая" | "май" | "مايو" | "أيار" | "ايار" | "ماي" => {
            5
        }
        "june" | "jun" | "juin" | "junio" | "junho" | "giugno" | "giu" | "juni" | "июня" | "июнь" | "июн" | "يونيو" | "يونيه"
        | "حزيران" | "جوان" => 6,
        "july" | "jul" | "juillet" | "juil" | "julio" | "julho" | "luglio" | "lug" | "juli" | "июля" | "июль" | "июл"
        | "يوليو" | "يوليه" | "تموز" | "جويلية" => 7,
        "august" | "aug" | "août" | "aout" | "agosto" | "ago" | "августа" | "август" | "авг" | "أغسطس" | "اغسطس" | "آب"
        | "أوت" => 8,
        "september" | "sep" | "sept" | "septembre" | "septiembre" | "setiembre" | "setembro" | "set" | "settembre"
        | "сентября" | "сентябрь" | "сен" | "сент" | "سبتمبر" | "أيلول" | "ايلول" => 9,
        "october" | "oct" | "octobre" | "octubre" | "outubro" | "out" | "ottobre" | "ott" | "oktober" | "okt" | "октября"
        | "октябрь" | "окт" | "أكتوبر" | "اكتوبر" | "أوكتوبر" => 10,
        "november" | "nov" | "novembre" | "noviembre" | "novembro" | "ноября" | "ноябрь" | "ноя" | "نوفمبر" => {
            11
        }
        "december" | "dec" | "décembre" | "decembre" | "déc" | "diciembre" | "dic" | "dezembro" | "dez" | "dicembre"
        | "dezember" | "декабря" | "декабрь" | "дек" | "ديسمبر" => 12,
        _ => return None,
    })
}

/// Arabic vowel signs and the lengthening stroke, which may stand in a name or not.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{652}' | '\u{640}')
}
