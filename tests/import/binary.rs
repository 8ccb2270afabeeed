//! A binary workbook is read as any other.

use crate::common::seen;
use ulika_samples::binary_book;

#[test]
fn a_binary_workbook_is_read_as_any_other() {
    let seen = seen(binary_book().unwrap());
    assert_eq!((seen.what.recipe.as_str(), seen.what.encoding.as_str()), ("table", ""));
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:07+03:00 incoming answered +79071112233 12 -",
            "2025-09-04T10:15:07+03:00 outgoing answered +79071112244 65 -",
        ]
    );
    assert_eq!((seen.records()[0].place.sheet, seen.records()[0].place.row), (2, 2));
}
