#pragma once

#include <QList>
#include <QWidget>

#include <utility>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace longcode::people {

/// What the rows of a PairRows are called.
struct PairWords {
    QString objectName;    ///< the fields are "<objectName>First0", "<objectName>Second0", …
    QString first, second; ///< what stands in the two fields while they are empty, and their accessible names
    QString add;           ///< on the button below
    QString remove;        ///< accessible name of a row's button, "%1": its place from 1
};

/// Rows of two fields each that people add and remove: numbers with their labels, custom fields. A sentence
/// can stand below a row. UI thread.
class PairRows final : public QWidget {
    Q_OBJECT
public:
    PairRows(PairWords words, int most, qsizetype longestFirst, qsizetype longestSecond,
             QWidget *parent = nullptr);

    void setPairs(const QList<std::pair<QString, QString>> &pairs);
    /// All rows as they stand, empty ones too.
    [[nodiscard]] QList<std::pair<QString, QString>> pairs() const;
    /// An empty sentence takes it away.
    void setProblem(qsizetype row, const QString &sentence);
    void focusRow(qsizetype row);

Q_SIGNALS:
    void edited();

private:
    struct Row {
        QWidget *whole = nullptr;
        QLineEdit *first = nullptr;
        QLineEdit *second = nullptr;
        QToolButton *remove = nullptr;
        QLabel *problem = nullptr;
    };
    void addRow(const QString &first, const QString &second);
    void removeRow(QWidget *whole);
    void nameRows();

    PairWords m_words;
    int m_most;
    qsizetype m_longestFirst, m_longestSecond;
    QList<Row> m_rows;
    QVBoxLayout *m_column;
    QPushButton *m_add;
};

} // namespace longcode::people
