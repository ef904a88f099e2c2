//! Names of months: English, French, Spanish, Portuguese, Italian, German, Russian and Arabic, in full and abbreviated.
//!
//! Chinese and Japanese count their months; `dates` reads those.

/// The number of a month from its name in any of the languages, 1 to 12.
pub(crate) fn month(name: &str) -> Option<u32> {
    let name: String = name.chars().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).collect();
    NAMES.iter().find(|(_, names)| names.split(' ').any(|known| known == name)).map(|(month, _)| *month)
}

/// Arabic vowel signs and the lengthening stroke, which may stand in a name or not.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{652}' | '\u{640}')
}

const NAMES: [(u32, &str); 12] = [
    (1, "january jan janvier janv enero ene janeiro gennaio gen januar jänner jän января январь янв يناير جانفي"),
    (2, "february feb février fevrier févr fev febrero fevereiro febbraio februar feber февраля февраль фев فبراير شباط فيفري"),
    (3, "march mar mars marzo março marco märz maerz mär марта март мар مارس آذار اذار"),
    (4, "april apr avril avr abril abr aprile апреля апрель апр أبريل ابريل إبريل نيسان أفريل"),
    (5, "may mai mayo maio maggio mag мая май مايو أيار ايار ماي"),
    (6, "june jun juin junio junho giugno giu juni июня июнь июн يونيو يونيه حزيران جوان"),
    (7, "july jul juillet juil julio julho luglio lug juli июля июль июл يوليو يوليه تموز جويلية"),
    (8, "august aug août aout agosto ago августа август авг أغسطس اغسطس آب أوت"),
    (9, "september sep sept septembre septiembre setiembre setembro set settembre сентября сентябрь сен сент سبتمبر أيلول ايلول"),
    (10, "october oct octobre octubre outubro out ottobre ott oktober okt октября октябрь окт أكتوبر اكتوبر أوكتوبر"),
    (11, "november nov novembre noviembre novembro ноября ноябрь ноя نوفمبر"),
    (12, "december dec décembre decembre déc diciembre dic dezembro dez dicembre dezember декабря декабрь дек ديسمبر"),
];
