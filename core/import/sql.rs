//! Dumps of a database: the rows between `INSERT INTO … VALUES` and the semicolon, read as a stream. Each table is a sheet
//! whose header is the list of columns, from the statement itself or from the `CREATE TABLE` above it. Nothing is run.

use super::ReadSeek;
use super::csv::unreadable;
use super::encoding::Decoder;
use super::rows::{Flow, RawRow, RowReader, TakeRow};
use crate::error::{Code, Error, Result};
use crate::model::RowPlace;
use encoding_rs::Encoding;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, SeekFrom};

/// Bytes of a value that are kept.
const MAX_VALUE: usize = 64 * 1024;
/// Columns of a table that are kept.
const MAX_COLUMNS: usize = super::rows::MAX_CELLS;
/// Tables that are told apart.
const MAX_TABLES: usize = 1000;

/// Whether a text is a dump: a line of it begins a statement that makes or fills a table.
pub(super) fn is_dump(head: &[u8]) -> bool {
    head.split(|b| *b == b'\n').any(|line| {
        let line: Vec<u8> = line.trim_ascii_start().iter().take(13).map(u8::to_ascii_uppercase).collect();
        [b"INSERT INTO ".as_slice(), b"CREATE TABLE ", b"REPLACE INTO "].iter().any(|begin| line.starts_with(begin))
    })
}

/// A dump.
pub(super) struct SqlDump<'f> {
    file: &'f mut dyn ReadSeek,
    encoding: &'static Encoding,
}

impl<'f> SqlDump<'f> {
    pub fn new(file: &'f mut dyn ReadSeek, encoding: &'static Encoding) -> Self {
        Self { file, encoding }
    }
}

/// A piece of a statement.
#[derive(Debug, PartialEq)]
enum Token {
    /// A word, a number or a name between back quotes.
    Word(Vec<u8>),
    /// A text between quotation marks.
    Text(Vec<u8>),
    /// One of `( ) , ;` or any other mark.
    Mark(u8),
}

/// Cuts bytes into pieces.
struct Tokens<R> {
    input: R,
    /// Whether a statement broke off inside a text.
    broken: bool,
}

impl<R: BufRead> Tokens<R> {
    fn peek(&mut self) -> Result<Option<u8>> {
        Ok(self.input.fill_buf().map_err(unreadable)?.first().copied())
    }

    fn byte(&mut self) -> Result<Option<u8>> {
        let byte = self.peek()?;
        if byte.is_some() {
            self.input.consume(1);
        }
        Ok(byte)
    }

    fn next(&mut self) -> Result<Option<Token>> {
        loop {
            let Some(byte) = self.byte()? else { return Ok(None) };
            match byte {
                b if b.is_ascii_whitespace() => {}
                b'-' if self.peek()? == Some(b'-') => self.skip_line()?,
                b'#' => self.skip_line()?,
                b'/' if self.peek()? == Some(b'*') => self.skip_comment()?,
                b'\'' | b'"' => return self.quoted(byte).map(|text| Some(Token::Text(text))),
                b'`' => return self.quoted(byte).map(|text| Some(Token::Word(text))),
                b'(' | b')' | b',' | b';' | b'=' => return Ok(Some(Token::Mark(byte))),
                first => return self.word(first).map(|word| Some(Token::Word(word))),
            }
        }
    }

    fn skip_line(&mut self) -> Result<()> {
        while self.byte()?.is_some_and(|b| b != b'\n') {}
        Ok(())
    }

    fn skip_comment(&mut self) -> Result<()> {
        let mut before = 0;
        while let Some(byte) = self.byte()? {
            if (before, byte) == (b'*', b'/') {
                break;
            }
            before = byte;
        }
        Ok(())
    }

    fn word(&mut self, first: u8) -> Result<Vec<u8>> {
        let mut word = vec![first];
        while let Some(byte) = self.peek()? {
            if byte.is_ascii_whitespace() || matches!(byte, b'(' | b')' | b',' | b';' | b'=' | b'\'' | b'"' | b'`') {
                break;
            }
            self.input.consume(1);
            if word.len() < MAX_VALUE {
                word.push(byte);
            }
        }
        Ok(word)
    }

    fn quoted(&mut self, mark: u8) -> Result<Vec<u8>> {
        let mut text = Vec::new();
        while let Some(byte) = self.byte()? {
            let byte = match byte {
                b'\\' if mark != b'`' => match self.byte()? {
                    Some(b'n') => b'\n',
                    Some(b'r') => b'\r',
                    Some(b't') => b'\t',
                    Some(b'0') => 0,
                    Some(other) => other,
                    None => break,
                },
                b if b == mark => {
                    if self.peek()? != Some(mark) {
                        return Ok(text);
                    }
                    self.input.consume(1);
                    mark
                }
                b => b,
            };
            if text.len() < MAX_VALUE {
                text.push(byte);
            }
        }
        self.broken = true;
        Ok(text)
    }
}

impl RowReader for SqlDump<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        self.file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let tokens = Tokens { input: BufReader::with_capacity(64 * 1024, &mut *self.file), broken: false };
        let decoder = Decoder::new(self.encoding);
        let mut reading = Statements { tokens, decoder, tables: HashMap::new(), skipped: None };
        reading.each(take)?;
        Ok(0)
    }
}

/// A table: its sheet, its columns and the rows read of it.
struct Sheet {
    number: u32,
    columns: Vec<Vec<u8>>,
    rows: u64,
}

struct Statements<R> {
    tokens: Tokens<R>,
    decoder: Decoder,
    tables: HashMap<Vec<u8>, Sheet>,
    /// The sheet of which no more rows are wanted.
    skipped: Option<u32>,
}

impl<R: BufRead> Statements<R> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<()> {
        let mut before = Vec::new();
        while let Some(token) = self.tokens.next()? {
            let Token::Word(word) = token else {
                before.clear();
                continue;
            };
            let upper = word.to_ascii_uppercase();
            match (before.as_slice(), upper.as_slice()) {
                (b"CREATE", b"TABLE") => self.create()?,
                (b"INSERT" | b"REPLACE" | b"IGNORE", b"INTO") if self.insert(take)? == Flow::Enough => return Ok(()),
                _ => {}
            }
            before = upper;
        }
        match self.tokens.broken {
            true => Err(Error::new(Code::FileTruncated)),
            false => Ok(()),
        }
    }

    /// The name of a table: the last part of `db`.`cdr`.
    fn name(&mut self) -> Result<Option<Vec<u8>>> {
        loop {
            match self.tokens.next()? {
                Some(Token::Word(word)) => {
                    if matches!(word.to_ascii_uppercase().as_slice(), b"IF" | b"NOT" | b"EXISTS") {
                        continue;
                    }
                    let last = word.rsplit(|b| *b == b'.').next().unwrap_or_default().to_vec();
                    if last.is_empty() {
                        continue;
                    }
                    // `db`.`cdr` is two words with a full stop in front of the second.
                    if self.tokens.peek()? == Some(b'.') {
                        continue;
                    }
                    return Ok(Some(last));
                }
                Some(Token::Text(text)) => return Ok(Some(text)),
                _ => return Ok(None),
            }
        }
    }

    /// The columns that a table is made with.
    fn create(&mut self) -> Result<()> {
        let Some(name) = self.name()? else { return Ok(()) };
        let (mut depth, mut at_name, mut columns) = (0, false, Vec::new());
        while let Some(token) = self.tokens.next()? {
            match token {
                Token::Mark(b'(') => {
                    depth += 1;
                    at_name = depth == 1;
                }
                Token::Mark(b')') => depth -= 1,
                Token::Mark(b',') => at_name = depth == 1,
                Token::Mark(b';') => break,
                Token::Word(word) | Token::Text(word) if std::mem::take(&mut at_name) => {
                    let key = ["PRIMARY", "KEY", "UNIQUE", "INDEX", "CONSTRAINT", "FULLTEXT", "FOREIGN"];
                    let is_key = key.iter().any(|key| word.eq_ignore_ascii_case(key.as_bytes()));
                    if !is_key && columns.len() < MAX_COLUMNS {
                        columns.push(word);
                    }
                }
                _ => {}
            }
        }
        self.sheet(&name).columns = columns;
        Ok(())
    }

    fn sheet(&mut self, name: &[u8]) -> &mut Sheet {
        // A dump with more tables than any exchange has keeps all the rest on one sheet, whose rows nobody reads.
        let name = if self.tables.len() < MAX_TABLES || self.tables.contains_key(name) { name } else { b"" };
        let number = self.tables.len() as u32 + 1;
        self.tables.entry(name.to_vec()).or_insert_with(|| Sheet { number, columns: Vec::new(), rows: 0 })
    }

    /// The rows of one statement, its columns before the first of a table.
    fn insert(&mut self, take: &mut TakeRow<'_>) -> Result<Flow> {
        let Some(name) = self.name()? else { return Ok(Flow::Next) };
        let mut named: Vec<Vec<u8>> = Vec::new();
        loop {
            match self.tokens.next()? {
                Some(Token::Word(word)) if word.eq_ignore_ascii_case(b"VALUES") => break,
                Some(Token::Word(word) | Token::Text(word)) if named.len() < MAX_COLUMNS => named.push(word),
                Some(Token::Mark(b';')) | None => return Ok(Flow::Next),
                Some(_) => {}
            }
        }
        let sheet = self.sheet(&name);
        let header = sheet.rows == 0 || (!named.is_empty() && named != sheet.columns);
        if !named.is_empty() {
            sheet.columns = named;
        }
        let (number, columns) = (sheet.number, sheet.columns.clone());
        if self.skipped == Some(number) {
            return self.skip();
        }
        let mut row = RawRow::default();
        if header {
            match self.give(&name, &columns, &mut row, take)? {
                Flow::Next => {}
                flow => return self.after(number, flow),
            }
        }
        let mut values: Option<Vec<Vec<u8>>> = None;
        let mut filled = false;
        while let Some(token) = self.tokens.next()? {
            match token {
                Token::Mark(b'(') if values.is_none() => (values, filled) = (Some(Vec::new()), false),
                Token::Mark(b')') => {
                    let Some(mut cells) = values.take() else { continue };
                    if !filled {
                        cells.push(Vec::new());
                    }
                    match self.give(&name, &cells, &mut row, take)? {
                        Flow::Next => {}
                        flow => return self.after(number, flow),
                    }
                }
                Token::Mark(b',') => {
                    if let Some(cells) = &mut values {
                        if !filled {
                            cells.push(Vec::new());
                        }
                        filled = false;
                    }
                }
                Token::Mark(b';') if values.is_none() => break,
                // `_binary 'text'` only says of what kind the text is.
                Token::Word(word) if word.starts_with(b"_") => {}
                Token::Word(word) => {
                    if let Some(cells) = values.as_mut().filter(|cells| !filled && cells.len() < MAX_COLUMNS + 1) {
                        cells.push(if word.eq_ignore_ascii_case(b"NULL") { Vec::new() } else { word });
                        filled = true;
                    }
                }
                Token::Text(text) => {
                    if let Some(cells) = values.as_mut().filter(|cells| !filled && cells.len() < MAX_COLUMNS + 1) {
                        cells.push(text);
                        filled = true;
                    }
                }
                Token::Mark(_) => {}
            }
        }
        Ok(Flow::Next)
    }

    /// What follows when no more rows are wanted.
    fn after(&mut self, number: u32, flow: Flow) -> Result<Flow> {
        if flow == Flow::Enough {
            return Ok(flow);
        }
        self.skipped = Some(number);
        self.skip()
    }

    /// Passes over the rest of a statement.
    fn skip(&mut self) -> Result<Flow> {
        while let Some(token) = self.tokens.next()? {
            if token == Token::Mark(b';') {
                break;
            }
        }
        Ok(Flow::Next)
    }

    fn give(&mut self, name: &[u8], cells: &[Vec<u8>], row: &mut RawRow, take: &mut TakeRow<'_>) -> Result<Flow> {
        row.clear();
        let sheet = self.sheet(name);
        sheet.rows += 1;
        row.place = RowPlace { sheet: sheet.number, row: sheet.rows, offset: 0, length: 0 };
        let mut text = Vec::new();
        for (column, cell) in cells.iter().enumerate() {
            text.clear();
            self.decoder.append(cell, &mut text);
            row.set(column, &String::from_utf8_lossy(&text));
        }
        take(row)
    }
}
