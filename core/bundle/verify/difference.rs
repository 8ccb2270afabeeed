//! The closed list of differences, and their words.

use crate::bundle::Difference;
use crate::bundle::cells::visible;
use crate::model::words;

words!(
    /// What can be wrong with a bundle.
    DifferenceKind {
        /// The file is no zip.
        NotAZip = "not_a_zip",
        /// The zip breaks off, is encrypted, or is packed in a way that is not read.
        ZipDamaged = "zip_damaged",
        /// The list of contents at the end of the zip and the headers before the files say different things.
        HeadersDisagree = "headers_disagree",
        /// Two entries have one name, or names that are one on some systems.
        DuplicateEntry = "duplicate_entry",
        /// Bytes in the zip that belong to no entry.
        TrailingBytes = "trailing_bytes",
        /// A link or another special file.
        Symlink = "symlink",
        /// A path that leads out of the folder, or that not every system can write.
        PathUnsafe = "path_unsafe",
        /// A name that is not in Unicode normal form C.
        NameNotNormal = "name_not_normal",
        /// More than one folder at the top, or a file beside it.
        SeveralTopFolders = "several_top_folders",
        /// A manifest by SHA-256 or SHA-512 is absent.
        ManifestMissing = "manifest_missing",
        /// A manifest by another algorithm than SHA-256 and SHA-512.
        ManifestDowngraded = "manifest_downgraded",
        /// A line of a manifest that is none.
        ManifestMalformed = "manifest_malformed",
        /// A manifest was changed.
        ManifestEdited = "manifest_edited",
        /// A tag manifest is absent.
        TagManifestMissing = "tag_manifest_missing",
        /// A file was changed.
        ByteFlipped = "byte_flipped",
        /// A listed file of the payload is absent.
        PayloadDeleted = "payload_deleted",
        /// A file of the payload is not listed.
        PayloadAdded = "payload_added",
        /// `bag-info.txt` was changed.
        BagInfoEdited = "bag_info_edited",
        /// `bag-info.txt` lacks a field, or says what cannot be.
        BagInfoUnfit = "bag_info_unfit",
        /// Another tag file was changed.
        TagFileEdited = "tag_file_edited",
        /// A file beside `data/` that no bundle has or that is not listed.
        UnlistedFile = "unlisted_file",
        /// `fetch.txt`: parts of the bag would come from elsewhere.
        FetchPresent = "fetch_present",
        /// A file that every bundle has, or that the inventory lists, is absent.
        RequiredFileMissing = "required_file_missing",
        /// The inventory says something else than the bag.
        InventoryDisagrees = "inventory_disagrees",
        /// Count or size of the payload are not what `bag-info.txt` says.
        OxumDisagrees = "oxum_disagrees",
        /// The code is not the one of these files.
        CodeMismatch = "code_mismatch",
        /// The custody chain is broken.
        CustodyBroken = "custody_broken",
        /// The bundle keeps to a profile that this program does not know.
        ProfileUnknown = "profile_unknown",
        /// The profile asks for a signature that is absent.
        SignatureMissing = "signature_missing",
    }
);

impl DifferenceKind {
    /// Whether it speaks of files that are too many, too few or out of place, not only of their contents.
    pub(super) const fn breaks_completeness(self) -> bool {
        !matches!(
            self,
            Self::ByteFlipped
                | Self::ManifestEdited
                | Self::BagInfoEdited
                | Self::BagInfoUnfit
                | Self::TagFileEdited
                | Self::InventoryDisagrees
                | Self::CodeMismatch
                | Self::CustodyBroken
        )
    }

    /// Words without the path, Russian and English.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NotAZip => ("Это не zip-архив.", "This is not a zip archive."),
            Self::ZipDamaged => (
                "Архив повреждён, зашифрован или упакован неизвестным способом.",
                "The archive is damaged, encrypted, or packed in an unknown way.",
            ),
            Self::HeadersDisagree => (
                "Оглавление архива и заголовок файла говорят разное: разные программы могут распаковать разное.",
                "The archive's list of contents and the file's own header disagree: programs may unpack different things.",
            ),
            Self::DuplicateEntry => (
                "В архиве два файла с одним именем: разные программы могут взять разный.",
                "The archive holds two files of one name: programs may take different ones.",
            ),
            Self::TrailingBytes => (
                "В архиве есть байты, которые не относятся ни к одному файлу.",
                "The archive holds bytes that belong to no file.",
            ),
            Self::Symlink => {
                ("Вместо файла — ссылка или особый файл.", "A link or a special file in the place of a file.")
            }
            Self::PathUnsafe => (
                "Путь выводит за пределы папки или не годится для всех систем.",
                "The path leads out of the folder or does not suit every system.",
            ),
            Self::NameNotNormal => (
                "Имя файла записано не в нормальной форме Юникода (NFC).",
                "The file name is not in Unicode normal form C.",
            ),
            Self::SeveralTopFolders => {
                ("Файл лежит вне единственной верхней папки.", "The file lies outside the one top folder.")
            }
            Self::ManifestMissing => ("Нет списка контрольных сумм.", "A manifest of digests is absent."),
            Self::ManifestDowngraded => (
                "Список сумм по другому алгоритму: в пакете только SHA-256 и SHA-512.",
                "A manifest by another algorithm: a bundle has SHA-256 and SHA-512 only.",
            ),
            Self::ManifestMalformed => {
                ("Строку списка сумм нельзя прочитать.", "A line of the manifest cannot be read.")
            }
            Self::ManifestEdited => ("Список контрольных сумм изменён.", "The manifest of digests was changed."),
            Self::TagManifestMissing => {
                ("Нет списка сумм служебных файлов.", "The manifest of the tag files is absent.")
            }
            Self::ByteFlipped => {
                ("Файл изменён: контрольная сумма не сходится.", "The file was changed: its digest does not match.")
            }
            Self::PayloadDeleted => ("Файл есть в списке, но в пакете его нет.", "The file is listed but absent."),
            Self::PayloadAdded => ("Файла нет в списке: он добавлен.", "The file is not listed: it was added."),
            Self::BagInfoEdited => ("Сведения о пакете изменены.", "The description of the bag was changed."),
            Self::BagInfoUnfit => (
                "В сведениях о пакете нет нужного поля, или оно повторено.",
                "The description of the bag lacks a field or repeats it.",
            ),
            Self::TagFileEdited => ("Служебный файл изменён.", "A tag file was changed."),
            Self::UnlistedFile => ("Посторонний файл рядом с папкой data.", "A stray file beside the folder data."),
            Self::FetchPresent => (
                "Файл fetch.txt: часть пакета пришлось бы брать из другого места.",
                "fetch.txt: parts of the bag would have to come from elsewhere.",
            ),
            Self::RequiredFileMissing => ("Нет обязательного файла.", "A required file is absent."),
            Self::InventoryDisagrees => {
                ("Опись расходится с содержимым пакета.", "The inventory and the contents disagree.")
            }
            Self::OxumDisagrees => (
                "Число или размер файлов не те, что указаны в сведениях о пакете.",
                "Number or size of the files are not those in the description of the bag.",
            ),
            Self::CodeMismatch => {
                ("Код пакета не соответствует его файлам.", "The code is not the code of these files.")
            }
            Self::CustodyBroken => {
                ("Цепочка журнала обращения с доказательствами прервана.", "The chain of the custody log is broken.")
            }
            Self::ProfileUnknown => {
                ("Вид пакета этой программе не известен.", "This program does not know the profile of the bundle.")
            }
            Self::SignatureMissing => {
                ("Нет подписи, которой требует вид пакета.", "A signature that the profile asks for is absent.")
            }
        }
    }

    pub(super) fn at(self, path: &str) -> Difference {
        let path = visible(path).into_owned();
        let (text, text_en) = self.words();
        Difference { kind: self.word().to_owned(), text: text.to_owned(), text_en: text_en.to_owned(), path }
    }
}
