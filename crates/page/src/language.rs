//! Which language a text is in, where the detector is sure.

use whatlang::Lang;

/// How much text is looked at, in bytes: little at first, since detecting costs more than reading a page, then more if need be.
const SAMPLE: usize = 500;
const MORE: usize = 1500;

/// The fewest letters a guess can be based on; far fewer are enough where the script alone decides.
const FEWEST: usize = 60;

/// The ISO 639-1 code of the language of some texts together, if the detector is sure.
pub(crate) fn detect<'t>(texts: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut sample = String::with_capacity(MORE + 4);
    for text in texts {
        let room = MORE.saturating_sub(sample.len());
        if room == 0 {
            break;
        }
        sample.push_str(&text[..text.floor_char_boundary(room)]);
        sample.push('\n');
    }
    let start = &sample[..sample.floor_char_boundary(SAMPLE)];
    sure(start).or_else(|| if start.len() < sample.len() { sure(&sample) } else { None })
}

fn sure(sample: &str) -> Option<String> {
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let latin = sample.chars().filter(char::is_ascii_alphabetic).count();
    if letters < if latin * 2 > letters { FEWEST } else { FEWEST / 4 } {
        return None;
    }
    let info = whatlang::detect(sample)?;
    if info.is_reliable() { short(info.lang()).map(str::to_owned) } else { None }
}

/// ISO 639-1 for ISO 639-3, for the languages of the detector.
fn short(lang: Lang) -> Option<&'static str> {
    Some(match lang.code() {
        "epo" => "eo",
        "eng" => "en",
        "rus" => "ru",
        "cmn" => "zh",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "ben" => "bn",
        "fra" => "fr",
        "deu" => "de",
        "ukr" => "uk",
        "kat" => "ka",
        "ara" => "ar",
        "hin" => "hi",
        "jpn" => "ja",
        "heb" => "he",
        "yid" => "yi",
        "pol" => "pl",
        "amh" => "am",
        "jav" => "jv",
        "kor" => "ko",
        "nob" => "nb",
        "dan" => "da",
        "swe" => "sv",
        "fin" => "fi",
        "tur" => "tr",
        "nld" => "nl",
        "hun" => "hu",
        "ces" => "cs",
        "ell" => "el",
        "bul" => "bg",
        "bel" => "be",
        "mar" => "mr",
        "kan" => "kn",
        "ron" => "ro",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "mkd" => "mk",
        "lit" => "lt",
        "lav" => "lv",
        "est" => "et",
        "tam" => "ta",
        "vie" => "vi",
        "urd" => "ur",
        "tha" => "th",
        "guj" => "gu",
        "uzb" => "uz",
        "pan" => "pa",
        "aze" => "az",
        "ind" => "id",
        "tel" => "te",
        "pes" => "fa",
        "mal" => "ml",
        "ori" => "or",
        "mya" => "my",
        "nep" => "ne",
        "sin" => "si",
        "khm" => "km",
        "tuk" => "tk",
        "aka" => "ak",
        "zul" => "zu",
        "sna" => "sn",
        "afr" => "af",
        "lat" => "la",
        "slk" => "sk",
        "cat" => "ca",
        "tgl" => "tl",
        "hye" => "hy",
        "cym" => "cy",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, language: Option<&str>) {
        assert_eq!(detect([text].into_iter()).as_deref(), language, "{text}");
    }

    #[test]
    fn the_ten_lexicon_languages_are_told_apart() {
        check(
            "You can pay your property tax online or at the city hall, and the office will send you a receipt by mail.",
            Some("en"),
        );
        check(
            "Vous pouvez payer la taxe foncière en ligne ou à la mairie, et le service vous enverra un reçu par courrier.",
            Some("fr"),
        );
        check(
            "Puede pagar el impuesto sobre bienes inmuebles en línea o en el ayuntamiento, y la oficina le enviará un recibo.",
            Some("es"),
        );
        check(
            "O contribuinte pode pagar o imposto pela internet ou na prefeitura, e a secretaria não cobra nenhuma taxa pela emissão.",
            Some("pt"),
        );
        check(
            "È possibile pagare la tassa sui rifiuti online oppure presso gli uffici comunali, che invieranno una ricevuta.",
            Some("it"),
        );
        check(
            "Sie können die Grundsteuer im Internet oder im Rathaus bezahlen, und das Amt schickt Ihnen eine Quittung zu.",
            Some("de"),
        );
        check(
            "Вы можете оплатить налог на имущество через интернет или в городской администрации, и вам пришлют квитанцию.",
            Some("ru"),
        );
        check("يمكنك دفع ضريبة الأملاك عبر الإنترنت أو في مبنى البلدية، وسيرسل لك المكتب إيصالاً بالبريد.", Some("ar"));
        check("您可以在网上或到市政府缴纳房产税，办公室会把收据邮寄给您。", Some("zh"));
        check("固定資産税はインターネットまたは市役所の窓口でお支払いいただけます。領収書は郵送します。", Some("ja"));
    }

    #[test]
    fn a_few_words_are_no_ground_for_a_guess() {
        check("Home Contact Map", None);
        check("", None);
    }
}
