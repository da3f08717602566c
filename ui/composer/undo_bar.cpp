#include "composer/undo_bar.h"

#include "style/console_style.h"
#include "style/elided_label.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace longcode::composer {

namespace {

constexpr int tickLength = 200; ///< ms

} // namespace

UndoBar::UndoBar(const Clock &clock, QWidget *parent)
    : Panel(style::Fill::AccentSoft, parent)
    , m_clock(clock)
    , m_words(new style::ElidedLabel(style::TextSize::Small, style::TextTone::Text, this))
    , m_undo(new QPushButton(tr("Undo"), this)) {
    setObjectName(QStringLiteral("undoBar"));
    setRadius(7);
    m_words->setObjectName(QStringLiteral("undoBarText"));
    m_undo->setObjectName(QStringLiteral("undoSendButton"));
    m_undo->setAccessibleName(tr("Undo sending"));
    m_undo->setToolTip(tr("Nothing is sent and the text comes back (Ctrl+Z in an empty field)"));
    m_undo->setFont(style::textFont(font(), style::TextSize::Small));
    style::setButtonKind(m_undo, style::ButtonKind::Link);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 4, 10, 4);
    row->addWidget(m_words, 1);
    row->addWidget(m_undo);
    m_ticks.setInterval(tickLength);
    connect(&m_ticks, &QTimer::timeout, this, &UndoBar::tick);
    connect(m_undo, &QPushButton::clicked, this, &UndoBar::undoRequested);
    hide();
}

void UndoBar::countDown(const QDateTime &until) {
    m_until = until;
    m_ticks.start();
    show();
    tick();
}

void UndoBar::stop() {
    m_ticks.stop();
    hide();
}

void UndoBar::tick() {
    const qint64 left = m_clock.now().msecsTo(m_until);
    if (left <= 0) {
        stop();
        Q_EMIT isOver();
        return;
    }
    const QString words = tr("Sending in %1 s").arg((left + 999) / 1000);
    if (words == m_words->text())
        return;
    m_words->setText(words);
    setAccessibleDescription(words);
}

} // namespace longcode::composer
