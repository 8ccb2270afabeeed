//! Workbooks in the forms in which they are written. Each is read as a stream of cells where its form allows it; the
//! one that does not is measured before anything is opened. None may end the program, whatever its bytes: where a library
//! opens one, its faults are caught.

mod cells;
mod guard;
mod ods;
mod stream;
mod xls;
mod xlsb;
mod xlsx;

pub(super) use self::ods::Ods;
pub(super) use self::xls::Xls;
pub(super) use self::xlsb::Xlsb;
pub(super) use self::xlsx::Xlsx;
