#pragma once

#include <QObject>
#include <QStringList>

#include <memory>

class QSettings;

namespace longcode::composer {

/// How a person likes to write: kept in an INI file of the profile folder, nothing secret. UI thread.
class Habits final : public QObject {
    Q_OBJECT
public:
    /// `file`: the INI file; empty keeps nothing beyond this object.
    explicit Habits(const QString &file, QObject *parent = nullptr);
    ~Habits() override;

    /// The one used last first; at most `mostRecent`.
    [[nodiscard]] QStringList recentEmoji() const { return m_recent; }
    void useEmoji(const QString &emoji);
    static constexpr int mostRecent = 24;

    [[nodiscard]] bool checksSpelling() const { return m_checks; }
    void setChecksSpelling(bool checks);
    /// "en_US", for customers without a language of their own; empty: the system's.
    [[nodiscard]] QString spellingLanguage() const { return m_language; }
    void setSpellingLanguage(const QString &language);
    /// Where the person's own words are, beside the INI file; empty with it.
    [[nodiscard]] QString ownWordsFile() const;

Q_SIGNALS:
    void spellingChanged();

private:
    std::unique_ptr<QSettings> m_file;
    QStringList m_recent;
    bool m_checks = true;
    QString m_language;
};

} // namespace longcode::composer
