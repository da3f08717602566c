#include "health/readers_card.h"

#include "health/fact_table.h"
#include "health/relay_words.h"
#include "settings/page_parts.h"
#include "style/panel.h"
#include "style/plain_text.h"

#include <QLabel>
#include <QVBoxLayout>

namespace longcode::health {

ReadersCard::ReadersCard(desk::RelayHealth &health, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_health(health), m_clock(clock) {
    QVBoxLayout *column = nullptr;
    style::Panel *readers = settings::makeCard(tr("Consoles"), column, this);
    m_readers = new FactTable(QStringLiteral("readersTable"), tr("Consoles that follow this relay"),
                              {tr("Name"), tr("Console"), tr("Behind"), tr("Seen")}, 1, readers);
    column->addWidget(m_readers);
    style::Panel *forwards = settings::makeCard(tr("Passed on to"), column, this);
    m_forwardsCard = forwards;
    m_forwardsCard->setObjectName(QStringLiteral("forwardsCard"));
    m_forwards = new FactTable(QStringLiteral("forwardsTable"), tr("Programs that get the events too"),
                               {tr("Name"), tr("Waiting"), tr("Given up"), tr("Last trouble")}, 3, forwards);
    column->addWidget(m_forwards);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(16);
    whole->addWidget(readers);
    whole->addWidget(forwards);
    connect(&m_health, &desk::RelayHealth::figuresChanged, this, &ReadersCard::refresh);
    refresh();
}

void ReadersCard::setOperating(bool operating) {
    m_operating = operating;
    refresh();
}

void ReadersCard::refresh() {
    const std::optional<desk::RelayFigures> figures = m_operating ? m_health.figures() : std::nullopt;
    setVisible(figures.has_value());
    if (!figures)
        return;
    showReaders(*figures);
    showForwards(*figures);
}

void ReadersCard::showReaders(const desk::RelayFigures &figures) {
    const QDateTime now = m_clock.now();
    QList<Row> rows;
    for (const desk::RelayReader &reader : figures.readers) {
        const qint64 behind = qMax<qint64>(0, figures.head - reader.acknowledged);
        rows.append({{style::isolated(reader.name), style::TextTone::Text},
                     {style::isolated(reader.console), style::TextTone::Muted},
                     {behind == 0 ? tr("nothing") : figureWords(behind),
                      behind == 0 ? style::TextTone::Muted : style::TextTone::Text},
                     {reader.connected ? tr("connected") : agoWords(reader.seenAt, now),
                      reader.connected ? style::TextTone::Accent : style::TextTone::Muted}});
    }
    m_readers->setRows(rows);
}

void ReadersCard::showForwards(const desk::RelayFigures &figures) {
    QList<Row> rows;
    for (const desk::RelayForward &forward : figures.forwards)
        rows.append(
            {{style::isolated(forward.name), style::TextTone::Text},
             {figureWords(forward.waiting), style::TextTone::Text},
             {figureWords(forward.dead), forward.dead > 0 ? style::TextTone::Danger : style::TextTone::Muted},
             {forward.trouble.isEmpty() ? tr("none") : style::singleLine(forward.trouble),
              forward.trouble.isEmpty() ? style::TextTone::Muted : style::TextTone::Warn}});
    m_forwards->setRows(rows);
    m_forwardsCard->setVisible(!rows.isEmpty());
}

} // namespace longcode::health
