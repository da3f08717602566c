#include "spelling/dictionary_files.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace longcode::spelling {

QStringList dictionaryFolders() {
    QStringList folders = qEnvironmentVariable("DICPATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    for (const char *name : {"hunspell", "myspell", "myspell/dicts"})
        folders += QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, QLatin1String(name),
                                             QStandardPaths::LocateDirectory);
    folders +=
        {QStringLiteral("/usr/share/hunspell"),       QStringLiteral("/usr/share/myspell"),
         QStringLiteral("/usr/local/share/hunspell"), QStringLiteral("/opt/homebrew/share/hunspell"),
         QStringLiteral("/Library/Spelling"),         QDir::homePath() + QStringLiteral("/Library/Spelling")};
    folders.removeDuplicates();
    return folders;
}

QList<DictionaryFile> dictionariesIn(const QStringList &folders) {
    QList<DictionaryFile> found;
    for (const QString &folder : folders) {
        const QFileInfoList words = QDir(folder).entryInfoList({QStringLiteral("*.dic")}, QDir::Files);
        for (const QFileInfo &file : words) {
            const QString language = file.completeBaseName();
            const QFileInfo affixes(file.dir(), language + QStringLiteral(".aff"));
            const bool known = std::any_of(found.cbegin(), found.cend(), [&](const DictionaryFile &other) {
                return other.language == language;
            });
            if (known || language.startsWith(QStringLiteral("hyph_")) || !file.isReadable() ||
                !affixes.isReadable())
                continue;
            found.append({language, affixes.absoluteFilePath(), file.absoluteFilePath()});
        }
    }
    std::sort(found.begin(), found.end(),
              [](const DictionaryFile &a, const DictionaryFile &b) { return a.language < b.language; });
    return found;
}

} // namespace longcode::spelling
