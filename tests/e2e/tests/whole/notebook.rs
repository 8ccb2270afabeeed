//! A notebook of calls that the phone's log states too, kept with the month before the day. Every day of it is the
//! twelfth of its month or earlier: nothing in it says which way round it is.

/// How many calls stand in it.
pub const LINES: usize = 8;
/// The first moment, as written.
pub const FIRST: &str = "03/10/2025 16:26:58";
/// The first moment, as it is meant.
pub const FIRST_SAID: &str = "10 марта 2025";

/// A notebook of the first calls of a log that are fit for it.
pub fn of(log: &str) -> String {
    let lines = log.lines().filter_map(|line| {
        let attribute = |name: &str| line.split_once(&format!(" {name}=\""))?.1.split('"').next();
        let way = match attribute("type")? {
            "1" => "Входящий",
            "2" => "Исходящий",
            _ => return None,
        };
        let (day, time) = attribute("readable_date")?.split_once(' ')?;
        let [day, month, year] = day.split('.').collect::<Vec<_>>().try_into().ok()?;
        let number = attribute("number").filter(|number| number.starts_with("+7"))?;
        let seconds: u32 = attribute("duration")?.parse().ok()?;
        let fit = day != month && day.parse::<u32>().is_ok_and(|day| day <= 12) && seconds > 0;
        let duration = format!("{}:{:02}", seconds / 60, seconds % 60);
        fit.then(|| format!("{month}/{day}/{year} {time};{number};{duration};{way}\n"))
    });
    format!("Дата и время;Номер;Длительность;Направление\n{}", lines.take(LINES).collect::<String>())
}
