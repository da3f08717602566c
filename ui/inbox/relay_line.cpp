#include "inbox/relay_line.h"

#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/icons.h"
#include "style/plain_text.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>

namespace longcode::inbox {

namespace {

using desk::RelayCondition;

constexpr int dotExtent = 10;

QString relayWord(const char *text) {
    return QCoreApplication::translate("longcode::inbox::RelayLine", text);
}

bool isBroken(RelayCondition condition) {
    return condition == RelayCondition::Lost || condition == RelayCondition::Refused;
}

} // namespace

QString relayWords(const desk::RelayStatus &status) {
    const QString event = relayWord("event %1").arg(QLocale().toString(status.seq));
    const QString separator = QStringLiteral(" · ");
    switch (status.condition) {
    case RelayCondition::NotSetUp:
        return relayWord("No relay is set up: answers cannot arrive");
    case RelayCondition::Connecting:
        return relayWord("Connecting to the relay…");
    case RelayCondition::CatchingUp:
        return relayWord("Catching up") + separator + event;
    case RelayCondition::Connected: {
        QString words = relayWord("Relay connected") + separator + event;
        if (status.roundTrip)
            words +=
                separator + relayWord("%1 ms").arg(QLocale().toString(qint64(status.roundTrip->count())));
        return words;
    }
    case RelayCondition::Silent:
        return relayWord("Relay connected, but no reports arrive");
    case RelayCondition::Lost:
        return relayWord("Relay not reachable, trying again");
    case RelayCondition::Refused:
        return relayWord("The relay refused this console");
    }
    return {};
}

RelayLine::RelayLine(desk::Account &account, QWidget *parent)
    : QWidget(parent)
    , m_account(account)
    , m_dot(new QWidget(this))
    , m_words(new style::ElidedLabel(style::TextSize::Tiny, style::TextTone::Muted, this))
    , m_reconnect(new QPushButton(tr("Connect now"), this)) {
    m_words->setObjectName(QStringLiteral("relayState"));
    m_words->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_reconnect->setObjectName(QStringLiteral("reconnectRelay"));
    m_reconnect->setAccessibleName(tr("Connect to the relay now"));
    style::setButtonKind(m_reconnect, style::ButtonKind::Link);
    m_reconnect->setFont(style::textFont(font(), style::TextSize::Tiny));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_dot->setFixedSize(dotExtent, dotExtent);
    row->addWidget(m_dot);
    row->addWidget(m_words, 1);
    row->addWidget(m_reconnect);
    connect(m_reconnect, &QPushButton::clicked, &m_account, &desk::Account::reconnectRelay);
    connect(&m_account, &desk::Account::relayChanged, this, &RelayLine::refresh);
    refresh();
}

void RelayLine::refresh() {
    const desk::RelayStatus status = m_account.relay();
    const bool broken = isBroken(status.condition);
    m_words->setText(relayWords(status));
    m_words->setTone(broken                                         ? style::TextTone::Danger
                     : status.condition == RelayCondition::NotSetUp ? style::TextTone::Warn
                                                                    : style::TextTone::Muted);
    const QStringList sentences{style::singleLine(status.trouble.what),
                                style::singleLine(status.trouble.remedy)};
    setToolTip(style::plainToolTip(sentences.join(QLatin1Char(' ')).trimmed()));
    m_reconnect->setVisible(broken);
    update();
}

void RelayLine::paintEvent(QPaintEvent *) {
    const style::Tokens &tokens = style::tokensFor(this);
    const RelayCondition condition = m_account.relay().condition;
    QPainter painter(this);
    const QColor colour = isBroken(condition)                      ? tokens.danger
                          : condition == RelayCondition::Connected ? tokens.accent
                                                                   : tokens.warn;
    const auto name = condition == RelayCondition::NotSetUp || isBroken(condition) ? style::IconName::RelayOff
                                                                                   : style::IconName::Relay;
    const int extent = name == style::IconName::Relay ? 18 : 12;
    QRectF square(0, 0, extent, extent);
    square.moveCenter(QRectF(m_dot->geometry()).center());
    style::paintIcon(&painter, square, name, colour);
}

} // namespace longcode::inbox
