#include "spelling/own_words.h"

#include "spelling/dictionary.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

namespace longcode::spelling {

namespace {

struct OwnWordsText {
    Q_DECLARE_TR_FUNCTIONS(longcode::spelling::OwnWords)
};

bool isWord(const QString &word) {
    return !word.isEmpty() && word.size() <= Dictionary::longestWord && !word.contains(u'\n') &&
           !word.contains(u'\r');
}

} // namespace

OwnWords::OwnWords(const QString &path) : m_path(path) {
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    while (!file.atEnd() && m_words.size() < most) {
        const QString word = QString::fromUtf8(file.readLine(4L * Dictionary::longestWord)).trimmed();
        if (isWord(word) && !m_words.contains(word))
            m_words.append(word);
    }
}

bool OwnWords::contains(const QString &word) const {
    return m_words.contains(word);
}

std::optional<Failure> OwnWords::add(const QString &word) {
    const QString kept = word.trimmed();
    if (!isWord(kept) || m_words.contains(kept) || m_words.size() >= most)
        return std::nullopt;
    m_words.append(kept);
    if (m_path.isEmpty())
        return std::nullopt;
    QSaveFile file(m_path);
    const QByteArray bytes = m_words.join(u'\n').toUtf8() + '\n';
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return std::nullopt;
    return Failure{OwnWordsText::tr("“%1” could not be kept: %2").arg(kept, file.errorString()),
                   OwnWordsText::tr("It counts as right until you close Longcode.")};
}

} // namespace longcode::spelling
