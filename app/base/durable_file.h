#pragma once

#include <QString>

#include <system_error>

class QFile;

/// What a power cut must not take away again. Any thread; all of it blocks until the disk has it.
namespace longcode {

/// What was written to this open file is on the disk. False: it may not be.
[[nodiscard]] bool flushToDisk(QFile &file);

/// The same of a file or folder by its path; of a folder, the names in it. On Windows, which has no such call
/// for what is not open for writing, only whether it is there.
[[nodiscard]] bool reachesDisk(const QString &path);

/// Puts `from` in the place of `to`, over what is there, in one step (QFile::rename would not), and its name
/// on the disk as far as that is possible. No error: it stands there.
[[nodiscard]] std::error_code replaceFile(const QString &from, const QString &to);

} // namespace longcode
