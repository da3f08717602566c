#include "people/pair_rows.h"

#include "style/console_style.h"
#include "style/icons.h"
#include "style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace longcode::people {

PairRows::PairRows(PairWords words, int most, qsizetype longestFirst, qsizetype longestSecond,
                   QWidget *parent)
    : QWidget(parent)
    , m_words(std::move(words))
    , m_most(most)
    , m_longestFirst(longestFirst)
    , m_longestSecond(longestSecond)
    , m_column(new QVBoxLayout)
    , m_add(new QPushButton(m_words.add, this)) {
    setObjectName(m_words.objectName);
    m_add->setObjectName(m_words.objectName + QStringLiteral("Add"));
    m_add->setAutoDefault(false);
    style::setButtonKind(m_add, style::ButtonKind::Link);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(6);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(6);
    whole->addLayout(m_column);
    whole->addWidget(m_add, 0, Qt::AlignLeading);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow({}, {});
        nameRows();
        m_rows.last().whole->show(); // the layout would do it later, and the keyboard goes there now
        m_rows.last().first->setFocus();
        Q_EMIT edited();
    });
}

void PairRows::setPairs(const QList<std::pair<QString, QString>> &pairs) {
    for (const Row &row : std::as_const(m_rows))
        delete row.whole;
    m_rows.clear();
    for (const auto &[first, second] : pairs)
        addRow(first, second);
    nameRows();
}

QList<std::pair<QString, QString>> PairRows::pairs() const {
    QList<std::pair<QString, QString>> all;
    for (const Row &row : m_rows)
        all.append({row.first->text(), row.second->text()});
    return all;
}

void PairRows::addRow(const QString &first, const QString &second) {
    Row row;
    row.whole = new QWidget(this);
    row.first = new QLineEdit(row.whole);
    row.second = new QLineEdit(row.whole);
    row.remove = new QToolButton(row.whole);
    row.problem = new QLabel(row.whole);
    row.first->setMaxLength(int(m_longestFirst));
    row.second->setMaxLength(int(m_longestSecond));
    row.first->setText(first);
    row.second->setText(second);
    row.first->setCursorPosition(0);
    row.second->setCursorPosition(0);
    row.first->setPlaceholderText(m_words.first);
    row.second->setPlaceholderText(m_words.second);
    row.remove->setIcon(style::icon(style::IconName::Close, style::IconTone::Muted));
    row.remove->setAutoRaise(true);
    row.problem->setTextFormat(Qt::PlainText);
    row.problem->setWordWrap(true);
    row.problem->hide();
    auto *fields = new QHBoxLayout;
    fields->setSpacing(6);
    fields->addWidget(row.first, 3);
    fields->addWidget(row.second, 2);
    fields->addWidget(row.remove);
    auto *column = new QVBoxLayout(row.whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(fields);
    column->addWidget(row.problem);
    for (QLineEdit *field : {row.first, row.second})
        connect(field, &QLineEdit::textEdited, this, &PairRows::edited);
    connect(row.remove, &QToolButton::clicked, this, [this, whole = row.whole] { removeRow(whole); });
    m_column->addWidget(row.whole);
    m_rows.append(row);
}

void PairRows::removeRow(QWidget *whole) {
    const auto at =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.whole == whole; });
    if (at == m_rows.end())
        return;
    const qsizetype place = at - m_rows.begin();
    m_rows.erase(at);
    whole->hide();
    whole->deleteLater();
    nameRows();
    if (m_rows.isEmpty())
        m_add->setFocus();
    else
        focusRow(qMin(place, m_rows.size() - 1));
    Q_EMIT edited();
}

void PairRows::nameRows() {
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        const QString place = QString::number(i);
        row.first->setObjectName(m_words.objectName + QStringLiteral("First") + place);
        row.second->setObjectName(m_words.objectName + QStringLiteral("Second") + place);
        row.remove->setObjectName(m_words.objectName + QStringLiteral("Remove") + place);
        row.problem->setObjectName(m_words.objectName + QStringLiteral("Problem") + place);
        row.first->setAccessibleName(QStringLiteral("%1 %2").arg(m_words.first).arg(i + 1));
        row.second->setAccessibleName(QStringLiteral("%1 %2").arg(m_words.second).arg(i + 1));
        row.remove->setAccessibleName(m_words.remove.arg(i + 1));
        row.remove->setToolTip(row.remove->accessibleName());
    }
    m_add->setEnabled(m_rows.size() < m_most);
}

void PairRows::setProblem(qsizetype row, const QString &sentence) {
    if (row < 0 || row >= m_rows.size())
        return;
    QLabel *label = m_rows[row].problem;
    QPalette ink = label->palette();
    ink.setColor(QPalette::WindowText, style::tokensFor(this).danger);
    label->setPalette(ink);
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
    m_rows[row].first->setAccessibleDescription(sentence);
}

void PairRows::focusRow(qsizetype row) {
    if (row >= 0 && row < m_rows.size())
        m_rows[row].first->setFocus();
}

} // namespace longcode::people
