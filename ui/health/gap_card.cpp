#include "health/gap_card.h"

#include "health/ask_row.h"
#include "health/relay_words.h"
#include "settings/page_parts.h"
#include "style/panel.h"
#include "style/plain_text.h"

#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::health {

namespace {

constexpr int mostGapsListed = 5;

QString moment(const QDateTime &at) {
    return QLocale().toString(at.toLocalTime(), GapCard::tr("d MMM, HH:mm", "moment near to now"));
}

QString gapLine(const desk::LogGap &gap) {
    const QString when = gap.since.isValid()
                             ? GapCard::tr("between %1 and %2").arg(moment(gap.since), moment(gap.noticedAt))
                             : GapCard::tr("noticed %1").arg(moment(gap.noticedAt));
    return QStringLiteral("%1, %2. %3").arg(gapWords(gap), when, style::singleLine(gap.what));
}

} // namespace

GapCard::GapCard(desk::RelayHealth &health, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_health(health), m_clock(clock) {
    setObjectName(QStringLiteral("gapCard"));
    QVBoxLayout *column = nullptr;
    style::Panel *card = settings::makeCard(tr("Missed events"), column, this);
    m_list = settings::wrappedText({}, card);
    m_list->setObjectName(QStringLiteral("gapList"));
    column->addWidget(m_list);
    m_look = new AskRow(tr("&Look for what was missed"), QStringLiteral("recover"), card);
    m_look->button()->setToolTip(tr("Asks Telnyx for messages and deliveries of that time"));
    QPushButton *forget = m_look->addButton(tr("It does &not matter"), QStringLiteral("forgetGapsButton"));
    column->addWidget(m_look);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(card);
    connect(m_look, &AskRow::asked, this, &GapCard::look);
    connect(forget, &QPushButton::clicked, this, [this] {
        m_looked = false;
        m_health.forgetGaps();
    });
    connect(&m_health, &desk::RelayHealth::gapsChanged, this, &GapCard::refresh);
    connect(&m_health, &desk::RelayHealth::silenceChanged, this, &GapCard::refresh);
    refresh();
}

void GapCard::look() {
    MissedTime time = missedTime(m_health.gaps());
    if (m_health.silence()) {
        const QDateTime now = m_clock.now();
        const QDateTime dayAgo = now.addDays(-1);
        time = {time.from.isValid() ? qMin(time.from, dayAgo) : dayAgo, now};
    }
    if (!time.from.isValid())
        return; // it was over the moment before
    m_looked = true;
    m_look->run(m_health.recover(time.from, time.to), tr("Asking Telnyx for that time…"));
}

void GapCard::refresh() {
    const QList<desk::LogGap> gaps = m_health.gaps();
    QStringList lines;
    for (const desk::LogGap &gap : gaps.mid(qMax<qsizetype>(0, gaps.size() - mostGapsListed)))
        lines.append(gapLine(gap));
    if (gaps.size() > mostGapsListed)
        lines.prepend(tr("%1 gaps, the newest:").arg(gaps.size()));
    const bool silent = m_health.silence().has_value();
    if (silent)
        lines.append(tr("The relay is silent: replies and reports of the last 24 hours may be missing."));
    m_list->setText(lines.join(u'\n'));
    m_list->setVisible(!lines.isEmpty());
    m_look->button()->setVisible(silent || !gaps.isEmpty());
    m_look->findChild<QPushButton *>(QStringLiteral("forgetGapsButton"))->setVisible(!gaps.isEmpty());
    setVisible(silent || !gaps.isEmpty() || m_looked);
}

} // namespace longcode::health
