#pragma once

#include "rules/word_lists.h"

#include <QList>
#include <QString>

namespace longcode::rules {

/// One text field of a filing, taken apart once so that every rule reads it cheaply. Folding makes letters
/// lower case, strips accents and invisible characters, and takes Cyrillic and Greek look-alikes for the
/// Latin letters they look like. A value; copies share.
class Passage {
public:
    struct Link {
        QString text;
        QString host; ///< lower case
    };
    /// "{name}", "[Name]", "{{name}}", "<name>", "${name}".
    struct Variable {
        qsizetype begin = 0; ///< UTF-16 units in text()
        qsizetype length = 0;
        QString name; ///< letters and digits, lower case: "[Business Name]" → "businessname"
    };

    Passage() = default;
    Passage(const QString &field, const QString &text);

    [[nodiscard]] const QString &field() const { return m_field; }
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isBlank() const { return m_isBlank; }
    [[nodiscard]] const Words &words() const { return m_words; }
    /// Words that are not inside variables.
    [[nodiscard]] const Words &plainWords() const { return m_plainWords; }
    [[nodiscard]] const QList<Link> &links() const { return m_links; }
    [[nodiscard]] const QList<Variable> &variables() const { return m_variables; }
    [[nodiscard]] bool hasPhone() const { return m_hasPhone; }
    [[nodiscard]] bool hasMail() const { return m_hasMail; }
    [[nodiscard]] bool says(const char *list) const { return phrases(list).isIn(m_words); }

private:
    void readWords();
    void readVariables();
    void readTokens();
    void readToken(qsizetype begin, qsizetype end);

    QString m_field;
    QString m_text;
    QString m_folded;      ///< what the words point into
    QString m_plainFolded; ///< what the plain words point into
    Words m_words;
    Words m_plainWords;
    QList<Link> m_links;
    QList<Variable> m_variables;
    bool m_isBlank = true;
    bool m_hasPhone = false;
    bool m_hasMail = false;
};

/// See Passage.
[[nodiscard]] QString folded(const QString &text);
/// The words of a folded text: runs of letters and digits, apostrophes inside, and % or + behind a digit.
[[nodiscard]] Words wordsOf(const QString &foldedText);
/// A word that mixes Latin letters with Cyrillic or Greek ones, as written; empty when there is none.
[[nodiscard]] QString mixedWord(const QString &text);

} // namespace longcode::rules
