//! Canonical JSON (RFC 8785): one value, one line, one digest.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A value as canonical JSON.
///
/// # Panics
/// If it is no JSON value: a map with keys that are no strings, a number that is not finite.
pub fn canonical(value: &impl Serialize) -> String {
    serde_json_canonicalizer::to_string(value).expect("a tree of strings, whole numbers and lists is JSON")
}

/// Reads a line that must be canonical JSON.
pub(crate) fn parse_canonical<T: DeserializeOwned>(line: &str) -> Result<T, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("it is not JSON: {error}"))?;
    if canonical(&value) != line {
        return Err("it is not canonical JSON (RFC 8785)".to_owned());
    }
    serde_json::from_value(value).map_err(|error| format!("it does not have the fields that belong there: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Input and canonical form of the example in RFC 8785 §3.2.2 and §3.2.3, and its sorting example.
    #[test]
    fn the_examples_of_rfc_8785() {
        let input = r#"{
            "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
            "literals": [null, true, false]
        }"#;
        let expected = r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#;
        assert_eq!(canonical(&serde_json::from_str::<Value>(input).unwrap()), expected);

        let input = r#"{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}"#;
        let sorted = canonical(&serde_json::from_str::<Value>(input).unwrap());
        let names = ["Carriage Return", "One", "Control", "Latin", "Euro Sign", "Emoji", "Hebrew"];
        let places: Vec<usize> = names.iter().map(|name| sorted.find(name).unwrap()).collect();
        assert!(places.is_sorted(), "{sorted}");
    }

    /// Numbers of RFC 8785, Appendix B: bits of a double and its canonical form.
    #[test]
    fn the_numbers_of_rfc_8785() {
        for (bits, form) in [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            assert_eq!(canonical(&f64::from_bits(bits)), form, "{bits:016x}");
        }
    }

    #[test]
    fn another_form_of_the_same_value_is_refused() {
        assert_eq!(parse_canonical::<Value>(r#"{"a":1,"b":"ü"}"#), Ok(serde_json::json!({"a": 1, "b": "ü"})));
        for line in
            [r#"{"b":"ü","a":1}"#, r#"{"a":1, "b":"ü"}"#, r#"{"a":1,"b":"\u00fc"}"#, r#"{"a":1.0}"#, r#"{"a":1,"a":1}"#, "", "{"]
        {
            assert!(parse_canonical::<Value>(line).is_err(), "{line}");
        }
    }
}
