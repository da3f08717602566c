#include "health/fact_table.h"

#include "style/theme.h"

#include <QEvent>
#include <QHeaderView>

namespace longcode::health {

namespace {

constexpr int mostRowsShown = 8;

} // namespace

FactTable::FactTable(const QString &name, const QString &accessibleName, const QStringList &headings,
                     int stretched, QWidget *parent)
    : QTableView(parent), m_rows(headings) {
    setObjectName(name);
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window); // the surface of the card
    setModel(&m_rows);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    colour();
    fitHeight();
}

/// The chosen row in the calm colour of chosen conversations.
void FactTable::colour() {
    const style::Tokens &tokens = style::tokensFor(this);
    QPalette palette = this->palette();
    palette.setColor(QPalette::Highlight, tokens.accentSoft);
    palette.setColor(QPalette::HighlightedText, tokens.text);
    setPalette(palette);
}

void FactTable::setRows(const QList<Row> &rows) {
    m_rows.setRows(rows);
    fitHeight();
}

void FactTable::fitHeight() {
    const int row = fontMetrics().height() + 14;
    verticalHeader()->setDefaultSectionSize(row);
    const int shown = qBound(1, m_rows.rowCount(), mostRowsShown);
    setFixedHeight(horizontalHeader()->sizeHint().height() + shown * row + 2);
}

void FactTable::changeEvent(QEvent *event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
    if (event->type() == QEvent::StyleChange)
        colour();
}

} // namespace longcode::health
