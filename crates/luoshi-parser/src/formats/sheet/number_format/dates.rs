//! A serial number as date and time: days since the end of 1899, or since 1904.

use super::digits::chinese_digit;
use super::{Numerals, Section, Token};

/// The first serial beyond 31 December 9999.
const END: f64 = 2_958_466.0;
const DAYS_1900_TO_1904: f64 = 1462.0;
/// The serial of 1 March 1900. Before it stands a 29 February 1900 that never was, kept from an older program.
const MARCH_1900: i64 = 61;
/// Days from 1 March of the year 0 to 30 December 1899 in the proleptic Gregorian calendar.
const DAYS_BEFORE_EPOCH: i64 = 693_899;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_CHINESE: [&str; 12] =
    ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const WEEKDAYS_CHINESE: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];

/// A point in time, rounded to what its format shows.
pub(super) struct Moment {
    year: i64,
    month: usize,
    day: i64,
    weekday: usize,
    /// Units of the finest digit shown since midnight of serial 0, and how many make a second.
    ticks: i64,
    ticks_per_second: i64,
}

impl Moment {
    /// The moment of a serial; nothing before 1900 and after 9999.
    pub(super) fn new(serial: f64, epoch_1904: bool, fraction_digits: usize) -> Option<Self> {
        let serial = if epoch_1904 { serial + DAYS_1900_TO_1904 } else { serial };
        if !(0.0..END).contains(&serial) || fraction_digits > 3 {
            return None;
        }
        let ticks_per_second = 10_i64.pow(fraction_digits as u32);
        let ticks_per_day = 86_400 * ticks_per_second;
        let ticks = (serial * ticks_per_day as f64).round() as i64;
        let days = ticks / ticks_per_day;
        let (year, month, day) = match days {
            0 => (1900, 1, 0),
            60 => (1900, 2, 29),
            _ => civil(if days < MARCH_1900 { days + 1 } else { days }),
        };
        // The program counts weekdays as if that day had been: serial 1, a Sunday to it, was a Monday.
        let weekday = (days + 6).rem_euclid(7) as usize;
        Some(Self { year, month, day, weekday, ticks, ticks_per_second })
    }

    fn seconds(&self) -> i64 {
        self.ticks / self.ticks_per_second
    }
}

/// Year, month and day of a number of days since 30 December 1899.
fn civil(days: i64) -> (i64, usize, i64) {
    // Years that begin in March end with the leap day, so months have fixed offsets; eras of 400 years are alike.
    let since_march = days + DAYS_BEFORE_EPOCH;
    let (era, day_of_era) = (since_march.div_euclid(146_097), since_march.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = (era * 400 + year_of_era, month + 3);
    if month > 12 { (year + 1, (month - 12) as usize, day) } else { (year, month as usize, day) }
}

/// A moment as a section shows it.
pub(super) fn show(section: &Section, moment: &Moment) -> Option<String> {
    let tokens = &section.tokens;
    let half_day = tokens.iter().any(|token| matches!(token, Token::Noon(..)));
    let seconds = moment.seconds();
    let hour = seconds / 3600 % 24;
    let mut shown = String::new();
    for token in tokens {
        let (number, width) = match *token {
            Token::Literal(ref text) => {
                shown.push_str(text);
                continue;
            }
            Token::Point => {
                shown.push('.');
                continue;
            }
            Token::Thousands => {
                shown.push(',');
                continue;
            }
            Token::Noon(before, after) => {
                shown.push_str(if hour < 12 { before } else { after });
                continue;
            }
            Token::Weekday(length) => {
                shown.push_str(if length > 3 { "星期" } else { "" });
                shown.push_str(WEEKDAYS_CHINESE[moment.weekday]);
                continue;
            }
            Token::Month(length @ 3..) => {
                shown.push_str(&month_name(section, moment, length));
                continue;
            }
            Token::Day(length @ 3..) => {
                shown.push_str(&weekday_name(section, moment, length));
                continue;
            }
            Token::Year(length) if length < 3 => (moment.year % 100, 2),
            Token::Year(_) => (moment.year, 4),
            Token::Month(length) => (moment.month as i64, length),
            Token::Day(length) => (moment.day, length),
            Token::Hour(length) if half_day => ((hour + 11) % 12 + 1, length),
            Token::Hour(length) => (hour, length),
            Token::Minute(length) => (seconds / 60 % 60, length),
            Token::Second(length) => (seconds % 60, length),
            Token::Fraction(digits) => {
                shown.push_str(&format!(".{:0digits$}", moment.ticks % moment.ticks_per_second));
                continue;
            }
            Token::ElapsedHours => (seconds / 3600, 1),
            Token::ElapsedMinutes => (seconds / 60, 1),
            Token::ElapsedSeconds => (seconds, 1),
            _ => return None,
        };
        match section.numerals {
            Some(numerals) => shown.push_str(&spoken(number, matches!(token, Token::Year(_)), numerals)),
            None => shown.push_str(&format!("{number:0width$}")),
        }
    }
    Some(shown)
}

fn month_name(section: &Section, moment: &Moment, length: usize) -> String {
    match (section.is_chinese, length) {
        (true, 3) => format!("{}月", moment.month),
        (true, _) => MONTHS_CHINESE[moment.month - 1].to_owned(),
        (false, 3) => MONTHS[moment.month - 1][..3].to_owned(),
        (false, 5) => MONTHS[moment.month - 1][..1].to_owned(),
        (false, _) => MONTHS[moment.month - 1].to_owned(),
    }
}

fn weekday_name(section: &Section, moment: &Moment, length: usize) -> String {
    match (section.is_chinese, length) {
        (true, 3) => format!("周{}", WEEKDAYS_CHINESE[moment.weekday]),
        (true, _) => format!("星期{}", WEEKDAYS_CHINESE[moment.weekday]),
        (false, 3) => WEEKDAYS[moment.weekday][..3].to_owned(),
        (false, _) => WEEKDAYS[moment.weekday].to_owned(),
    }
}

/// A part of a date in Chinese numerals: a year digit by digit (二〇一六), the rest as one says it (十七, 二十).
fn spoken(number: i64, is_year: bool, numerals: Numerals) -> String {
    let (tens, ones) = ((number / 10 % 10) as u8, (number % 10) as u8);
    if is_year || number >= 100 {
        return number.to_string().bytes().map(|digit| chinese_digit(digit - b'0', numerals)).collect();
    }
    let ten = if numerals == Numerals::Plain { '十' } else { '拾' };
    let mut shown = String::new();
    if tens > 1 || (tens == 1 && numerals == Numerals::Formal) {
        shown.push(chinese_digit(tens, numerals));
    }
    if tens > 0 {
        shown.push(ten);
    }
    if ones > 0 || tens == 0 {
        shown.push(chinese_digit(ones, numerals));
    }
    shown
}
