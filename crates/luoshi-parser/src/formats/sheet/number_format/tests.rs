//! Expected texts are what Excel shows (its documentation and the ECMA-376 examples), worked out by hand.

use super::*;

/// 17 June 2016 was a Friday: serial 42538 (from 1 January 1900 = 1, leap day of 1900 counted).
const FRIDAY: f64 = 42538.0;

fn show(code: &str, value: f64) -> Option<String> {
    NumberFormat::new(code).show(value, false)
}

#[track_caller]
fn check(cases: &[(&str, f64, &str)]) {
    for (code, value, expected) in cases {
        assert_eq!(show(code, *value).as_deref(), Some(*expected), "{code} of {value}");
    }
}

#[test]
fn general_shows_every_digit_and_no_binary_noise() {
    for (value, expected) in [
        (1.0, "1"),
        (-0.0, "0"),
        (-66.0, "-66"),
        (0.1 + 0.2, "0.3"),
        (1.0 / 3.0, "0.333333333333333"),
        (13_800_138_000.0, "13800138000"),
        (350_205_199_001_011_234.0, "350205199001011000"),
        (1e-10, "1E-10"),
        (2.5e-12, "2.5E-12"),
        (6.02e23, "6.02E+23"),
        (42538.5, "42538.5"),
    ] {
        assert_eq!(general(value), expected);
    }
}

#[test]
fn digit_patterns() {
    check(&[
        ("0", 3.0, "3"),
        ("0", 0.5, "1"),
        ("0", -2.5, "-3"),
        ("000", 7.0, "007"),
        ("0.00", 2.675, "2.68"),
        ("0.00", 1.005, "1.01"),
        ("0.0#", 1.0, "1.0"),
        ("0.##", 1.25, "1.25"),
        ("0.##", 1.0, "1."),
        ("#", 5.0, "5"),
        ("#.00", 0.5, ".50"),
        ("#,##0", 1234567.0, "1,234,567"),
        ("#,##0", 12.0, "12"),
        ("#,##0.00", 1234.5, "1,234.50"),
        ("0,000", 12.0, "0,012"),
        ("0%", 0.985, "99%"),
        ("0.00%", 0.98765, "98.77%"),
        ("0.0,", 12345.0, "12.3"),
        ("0.00E+00", 12345.0, "1.23E+04"),
        ("0.0E+00", 9.96, "1.0E+01"),
        ("0\"件\"", 12.0, "12件"),
        ("\"共\"0\"件\"", 12.0, "共12件"),
        ("000\\-0000", 5551234.0, "555-1234"),
        ("General\"项\"", 66.0, "66项"),
        ("G/通用格式\"项\"", -66.0, "-66项"),
        ("0.000", 999.9996, "1000.000"),
        ("0.00", 0.004, "0.00"),
        ("0.00", 0.0, "0.00"),
    ]);
}

#[test]
fn sections_conditions_currencies_and_padding() {
    check(&[
        ("#,##0;(#,##0)", -1234.0, "(1,234)"),
        ("0;-0;\"无\"", 0.0, "无"),
        ("0.00;[Red]-0.00", -1.5, "-1.50"),
        ("[红色]0;[Blue]-0", 4.0, "4"),
        ("[>=100]0\"以上\";0", 150.0, "150以上"),
        ("[>=100]0\"以上\";0", 50.0, "50"),
        ("[$¥-804]#,##0.00", 1234.5, "¥1,234.50"),
        ("_ * #,##0.00_ ;_ * -#,##0.00_ ", 1234.5, "1,234.50"),
        ("0_ ", 7.0, "7"),
        ("@", 7.0, "7"),
    ]);
}

#[test]
fn dates_as_chinese_offices_write_them() {
    check(&[
        ("yyyy\"年\"m\"月\"d\"日\"", FRIDAY, "2016年6月17日"),
        ("yyyy\"年\"m\"月\"d\"日\";@", FRIDAY, "2016年6月17日"),
        ("yyyy年m月d日", FRIDAY, "2016年6月17日"),
        ("[$-804]yyyy\"年\"mm\"月\"", FRIDAY, "2016年06月"),
        ("yyyy/m/d", FRIDAY, "2016/6/17"),
        ("yyyy\\-mm\\-dd", FRIDAY, "2016-06-17"),
        ("yyyy.m.d", FRIDAY, "2016.6.17"),
        ("yy-m-d", FRIDAY, "16-6-17"),
        ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", FRIDAY, "二〇一六年六月十七日"),
        ("[$-804]aaaa", FRIDAY, "星期五"),
        ("aaa", FRIDAY, "五"),
        ("[$-804]dddd", FRIDAY, "星期五"),
        ("d-mmm-yy", FRIDAY, "17-Jun-16"),
        ("[$-F800]dddd, mmmm dd, yyyy", FRIDAY, "2016年6月17日"),
        ("yyyy/m/d h:mm", FRIDAY + 0.40625, "2016/6/17 9:45"),
        ("yyyy/m/d", 1.0, "1900/1/1"),
        ("yyyy/m/d", 59.0, "1900/2/28"),
        ("yyyy/m/d", 60.0, "1900/2/29"),
        ("yyyy/m/d", 61.0, "1900/3/1"),
        ("yyyy/m/d", 36585.0, "2000/2/29"),
        ("yyyy/m/d", 2_958_465.0, "9999/12/31"),
    ]);
    assert_eq!(NumberFormat::new("yyyy/m/d").show(0.0, true).as_deref(), Some("1904/1/1"));
    for (number, expected) in [(14, "2016/6/17"), (31, "2016年6月17日"), (57, "2016年6月"), (58, "6月17日")]
    {
        assert_eq!(NumberFormat::built_in(number).unwrap().show(FRIDAY, false).as_deref(), Some(expected));
    }
}

#[test]
fn times() {
    check(&[
        ("h:mm", 0.5, "12:00"),
        ("h:mm AM/PM", 0.75, "6:00 PM"),
        ("h:mm AM/PM", 0.0, "12:00 AM"),
        ("上午/下午h\"时\"mm\"分\"", 0.625, "下午3时00分"),
        ("[h]:mm:ss", 1.5, "36:00:00"),
        ("mm:ss", 0.001, "01:26"),
        ("ss.00", 0.5 / 86400.0, "00.50"),
        // One second before midnight, and so little that it is midnight.
        ("h:mm:ss", 86399.0 / 86400.0, "23:59:59"),
        ("d h:mm:ss", 1.999_999_999, "2 0:00:00"),
    ]);
}

#[test]
fn chinese_numerals() {
    check(&[
        ("[DBNum1][$-804]General", 0.0, "〇"),
        ("[DBNum1][$-804]General\"、\"", 3.0, "三、"),
        ("[DBNum1]General", 66.0, "六十六"),
        ("[DBNum1]General", 105.0, "一百〇五"),
        ("[DBNum1]General", 10_010.0, "一万〇一十"),
        ("[DBNum1]General", 120_000_000.0, "一亿二千万"),
        ("[DBNum2]General", 2_016.0, "贰仟零壹拾陆"),
    ]);
}

#[test]
fn what_is_not_understood_or_shows_nothing_is_told() {
    for (code, value) in [
        ("# ?/?", 0.5),
        (";;;", 5.0),
        ("\"\"", 5.0),
        ("bbbb", FRIDAY),
        ("yyyy", -1.0),
        ("##0.0E+0", 5.0),
        ("[x]0", 1.0),
    ] {
        assert_eq!(show(code, value), None, "{code}");
    }
}

proptest::proptest! {
    /// Any code on any number: an answer or none, in no more time and space than its own length asks for.
    #[test]
    fn any_code_is_survived(code in "[0#?.,%eE+ymdhsa;@\"\\\\\\[\\]$A/P\\-_*<>=0-9年上午/下午BNumG]{0,60}", value in proptest::num::f64::ANY) {
        let shown = show(&code, value);
        proptest::prop_assert!(shown.is_none_or(|text| text.len() < 2_000));
    }
}
