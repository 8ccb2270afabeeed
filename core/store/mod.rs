//! SQL. The only place that names a table or imports rusqlite.
