#pragma once

#include <QList>
#include <QString>

namespace longcode::inbox {

/// A foreign text as it is drawn: paragraphs end with one line feed, and characters that would act without
/// being seen are written out. Places in it (UTF-16 units) can be taken back to the text it was made from.
class ShownText {
public:
    ShownText() = default;
    explicit ShownText(const QString &foreign);

    [[nodiscard]] const QString &shown() const { return m_shown; }
    /// The text itself, with one line feed at the end of each paragraph.
    [[nodiscard]] const QString &original() const { return m_original; }
    [[nodiscard]] int toShown(int original) const;
    [[nodiscard]] int toOriginal(int shown) const;
    /// What somebody who selected this stretch of the drawn text wants to have.
    [[nodiscard]] QString originalBetween(int shownFrom, int shownTo) const;

private:
    void align();

    QString m_original;
    QString m_shown;
    QList<int> m_starts; ///< where each original unit begins in the drawn text; empty: in the same place
};

} // namespace longcode::inbox
