//! Which way a call went and who the other party was, from what a row says of either.

use super::{Mapper, reads_as};
use crate::import::columns::Columns;
use crate::import::number;
use crate::import::recipe::Field;
use crate::import::rows::RawRow;
use crate::model::{Direction, NumberKind};

/// What stands in place of the number called where the exchange itself answered.
const EXCHANGE: [&str; 6] = ["s", "h", "i", "t", "o", "hangup"];

impl Mapper<'_> {
    /// Which way the call went, and the other party's number as written.
    pub(super) fn party<'r>(
        &self,
        row: &'r RawRow,
        columns: &Columns,
        stated: Option<Direction>,
        line: Option<u32>,
    ) -> (Direction, &'r str) {
        let number = columns.cell(row, Field::Number);
        if let Some(prefix) = &self.recipe.incoming_prefix {
            let incoming = number.starts_with(prefix.as_str());
            return (if incoming { Direction::Incoming } else { Direction::Outgoing }, number);
        }
        // МТС writes this arrow; what else goes out the row has to say.
        let stated = stated.or(number.starts_with("<--").then_some(Direction::Incoming));
        if !columns.has(Field::Caller) {
            let number = if columns.has(Field::Number) { number } else { columns.cell(row, Field::Callee) };
            return (stated.unwrap_or(Direction::Unknown), number);
        }
        let (caller, callee) = (columns.cell(row, Field::Caller), columns.cell(row, Field::Callee));
        for own in self.own_numbers(line) {
            match (reads_as(caller, own), reads_as(callee, own)) {
                (true, false) => {
                    return (Direction::Outgoing, if columns.has(Field::Callee) { callee } else { number });
                }
                (false, true) => return (Direction::Incoming, caller),
                _ => {}
            }
        }
        if self.recipe.extensions > 0 {
            return self.across_the_exchange(row, columns, stated, caller, callee);
        }
        match (stated, caller, callee) {
            (Some(Direction::Incoming), "", other) | (Some(Direction::Outgoing), other, "") => {
                (stated.unwrap_or(Direction::Unknown), other)
            }
            (Some(Direction::Outgoing), _, callee) => (Direction::Outgoing, callee),
            (Some(Direction::Incoming), caller, _) => (Direction::Incoming, caller),
            (_, "", "") => (Direction::Unknown, number),
            (_, "", other) => (Direction::Unknown, other),
            (_, other, _) => (Direction::Unknown, other),
        }
    }

    /// The same for the rows of an exchange that only keeps who called whom: one party is an extension of the office,
    /// the other is outside it. Where both are inside, the call went neither way of the line.
    fn across_the_exchange<'r>(
        &self,
        row: &RawRow,
        columns: &Columns,
        stated: Option<Direction>,
        caller: &'r str,
        callee: &'r str,
    ) -> (Direction, &'r str) {
        let digits = self.recipe.extensions;
        let extension = |field| !columns.cell(row, field).is_empty();
        let from_inside = extension(Field::CallerExtension) || is_extension(caller, digits);
        let to_inside = extension(Field::CalleeExtension) || is_extension(callee, digits) || is_the_exchange(callee);
        match (stated, from_inside, to_inside) {
            // What came from a trunk came from outside, however short its number is.
            (Some(Direction::Incoming), ..) => (Direction::Incoming, caller),
            (_, true, false) => (Direction::Outgoing, callee),
            (_, false, true) => (Direction::Incoming, caller),
            (Some(Direction::Outgoing), false, false) => (Direction::Outgoing, callee),
            (_, true, true) => (Direction::Unknown, caller),
            (_, false, false) => (Direction::Unknown, if caller.is_empty() { callee } else { caller }),
        }
    }
}

/// A number of the office or a name of its own: `201`, `sip:anna@office.invalid`.
fn is_extension(text: &str, digits: usize) -> bool {
    let read = number::read(text, None);
    match read.kind {
        NumberKind::Short => read.text.len() <= digits,
        NumberKind::Sender => true,
        _ => false,
    }
}

/// Nothing, a word for a place in the exchange, or a code for one of its features (`*97`).
fn is_the_exchange(text: &str) -> bool {
    text.is_empty() || text.starts_with(['*', '#']) || EXCHANGE.contains(&text.to_lowercase().as_str())
}
