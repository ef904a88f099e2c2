//! Country codes of ISO 3166-1.

use serde::{Deserialize, Serialize};

/// An ISO 3166-1 alpha-2 code in upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

/// Why a text is not a country.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a country: expected a two-letter ISO 3166-1 code, as in `BR` or `JP`")]
pub struct UnknownCountry(String);

impl Country {
    /// Accepts a two-letter code that ISO 3166-1 assigns, in any case.
    pub fn new(code: &str) -> Result<Self, UnknownCountry> {
        let upper = code.to_ascii_uppercase();
        match <[u8; 2]>::try_from(upper.as_bytes()) {
            Ok(pair) if ASSIGNED.as_bytes().chunks(3).any(|known| known[..2] == pair) => Ok(Self(pair)),
            _ => Err(UnknownCountry(code.to_owned())),
        }
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl TryFrom<String> for Country {
    type Error = UnknownCountry;

    fn try_from(code: String) -> Result<Self, UnknownCountry> {
        Self::new(&code)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}

/// All 249 officially assigned codes, and `XK`, which is in common use for Kosovo.
const ASSIGNED: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH \
GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB \
LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM \
PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG \
TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_two_letters_and_a_space() {
        assert_eq!(ASSIGNED.len(), 250 * 3);
        assert!(
            ASSIGNED.as_bytes().chunks(3).all(|row| row[0].is_ascii_uppercase() && row[1].is_ascii_uppercase() && row[2] == b' ')
        );
    }

    #[test]
    fn an_unassigned_code_is_refused_by_name() {
        assert_eq!(
            Country::new("uk").unwrap_err().to_string(),
            "`uk` is not a country: expected a two-letter ISO 3166-1 code, as in `BR` or `JP`"
        );
        assert_eq!(Country::new("br").map(|c| c.to_string()).unwrap_or_default(), "BR");
    }
}
