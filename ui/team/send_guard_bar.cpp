#include "team/send_guard_bar.h"

#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/plain_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace longcode::team {

SendGuardBar::SendGuardBar(QWidget *parent)
    : Panel(style::Fill::WarnSoft, parent)
    , m_what(new QLabel(this))
    , m_text(new style::ElidedLabel(style::TextSize::Small, style::TextTone::Text, this))
    , m_keep(new QPushButton(tr("Keep editing"), this))
    , m_send(new QPushButton(tr("Send anyway"), this)) {
    setObjectName(QStringLiteral("sendGuard"));
    setAccessibleName(tr("Before sending"));
    setRadius(7);
    m_what->setObjectName(QStringLiteral("sendGuardWhat"));
    m_what->setTextFormat(Qt::PlainText);
    m_what->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("sendGuardText"));
    m_keep->setObjectName(QStringLiteral("keepEditing"));
    m_keep->setToolTip(tr("Nothing is sent (Esc)"));
    m_send->setObjectName(QStringLiteral("sendAnyway"));
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(m_what);
    words->addWidget(m_text);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 10, 8);
    row->setSpacing(8);
    row->addLayout(words, 1);
    row->addWidget(m_send);
    row->addWidget(m_keep);
    setTabOrder(m_send, m_keep);
    connect(m_send, &QPushButton::clicked, this, &SendGuardBar::sendAnywayChosen);
    connect(m_keep, &QPushButton::clicked, this, &SendGuardBar::keepEditingChosen);
    colour();
    hide();
}

void SendGuardBar::ask(const desk::AnswerQuestion &question) {
    m_what->setText(tr("%1 Send anyway?").arg(style::isolated(question.what)));
    m_text->setText(question.text.isEmpty() ? QString() : tr("“%1”").arg(style::isolated(question.text)));
    m_text->setVisible(!question.text.isEmpty());
    setAccessibleDescription(style::singleLine(m_what->text() + u' ' + m_text->text()));
    // What a button says when the keyboard comes to it: the question belongs to it.
    m_keep->setAccessibleDescription(accessibleDescription());
    show();
    takeKeyboard();
}

void SendGuardBar::takeKeyboard() {
    window()->setAttribute(Qt::WA_KeyboardFocusChange); // who came by a key must see where the keyboard is
    m_keep->setFocus(Qt::TabFocusReason);
}

void SendGuardBar::keyPressEvent(QKeyEvent *event) {
    switch (event->key()) {
    case Qt::Key_Escape:
        Q_EMIT keepEditingChosen();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // Outside of dialogs a button has only the space bar.
        if (event->isAutoRepeat())
            return;
        (m_send->hasFocus() ? m_send : m_keep)->click();
        return;
    default:
        Panel::keyPressEvent(event);
    }
}

void SendGuardBar::changeEvent(QEvent *event) {
    Panel::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        colour();
}

void SendGuardBar::colour() {
    QPalette palette = m_what->palette();
    palette.setColor(QPalette::WindowText, style::tokensFor(this).warn);
    m_what->setPalette(palette);
    m_what->setFont(style::textFont(font(), style::TextSize::Small, style::TextWeight::Strong));
}

} // namespace longcode::team
