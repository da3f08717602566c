#include "composer/habits.h"

#include <QFileInfo>
#include <QSettings>

namespace longcode::composer {

namespace {

const QString recentKey = QStringLiteral("recentEmoji");
const QString checksKey = QStringLiteral("checkSpelling");
const QString languageKey = QStringLiteral("spellingLanguage");

} // namespace

Habits::Habits(const QString &file, QObject *parent) : QObject(parent) {
    if (file.isEmpty())
        return;
    m_file = std::make_unique<QSettings>(file, QSettings::IniFormat);
    m_recent = m_file->value(recentKey).toStringList().mid(0, mostRecent);
    m_checks = m_file->value(checksKey, true).toBool();
    m_language = m_file->value(languageKey).toString();
}

Habits::~Habits() = default;

void Habits::useEmoji(const QString &emoji) {
    m_recent.removeAll(emoji);
    m_recent.prepend(emoji);
    m_recent = m_recent.mid(0, mostRecent);
    if (m_file)
        m_file->setValue(recentKey, m_recent);
}

void Habits::setChecksSpelling(bool checks) {
    if (checks == m_checks)
        return;
    m_checks = checks;
    if (m_file)
        m_file->setValue(checksKey, checks);
    Q_EMIT spellingChanged();
}

void Habits::setSpellingLanguage(const QString &language) {
    if (language == m_language)
        return;
    m_language = language;
    if (m_file)
        m_file->setValue(languageKey, language);
    Q_EMIT spellingChanged();
}

QString Habits::ownWordsFile() const {
    return m_file ? QFileInfo(m_file->fileName()).path() + QStringLiteral("/own-words.txt") : QString();
}

} // namespace longcode::composer
